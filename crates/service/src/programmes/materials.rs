//! Materials: added, given new versions, taken out of use, opened.
//! Not for: which files are taken (`domain::programmes::materials`).

use domain::programmes::life::State;
use domain::programmes::materials::{Access, FileFault, MOST_MATERIALS, Media, judge};
use domain::register::scans::plain_name;
use store::read::people::scan_bytes;
use store::read::programmes as read;
use store::read::programmes::CatalogueLine;
use store::read::programmes::materials::materials;
use store::write::programmes::materials as write;

use super::{Material, ProgrammeRefusal, Refused, doer, keeper, note};
use crate::registry::is_reason;
use crate::sessions::digest_of;
use crate::{ActError, Ctx, Services};

/// A material to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewMaterial<'a> {
    /// Title.
    pub title: &'a str,
    /// Who may open it.
    pub access: Access,
    /// Name of the file.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
}

/// A file with its bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Opened {
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: Vec<u8>,
}

/// A programme whose materials may change, with its materials.
async fn kept(services: &Services, code: &str) -> Result<(CatalogueLine, Vec<Material>), Refused> {
    let line = read::one(&services.db, code).await?;
    if line.state == State::Retired {
        return Err(ActError::Refused(vec![ProgrammeRefusal::WrongState(line.state)]));
    }
    let all = materials(&services.db, line.id).await?;
    Ok((line, all))
}

fn faults(found: Vec<FileFault>) -> Refused {
    ActError::Refused(found.into_iter().map(ProgrammeRefusal::File).collect())
}

/// Adds a material with its first file.
///
/// # Errors
/// Every [`FileFault`] that applies.
pub async fn add_material(services: &Services, ctx: &Ctx, code: &str, new: &NewMaterial<'_>) -> Result<(), Refused> {
    let (line, all) = kept(services, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let title = new.title.trim();
    let media = judge(new.bytes);
    let mut found = Vec::new();
    let is_title = (1..=domain::programmes::MOST_TITLE).contains(&title.chars().count());
    found.extend((!is_title).then_some(FileFault::NoTitle));
    found.extend(media.err());
    found.extend((all.len() >= MOST_MATERIALS).then_some(FileFault::TooMany));
    let (Ok(media), true) = (media, found.is_empty()) else { return Err(faults(found)) };
    let (name, digest) = (plain_name(new.name), digest_of(&[new.bytes]));
    let file = write::NewFile { name: &name, media, bytes: new.bytes, digest: &digest };
    let tx = services.db.write().await?;
    write::add(&tx, doer(ctx, proof.as_ref()), line.id, (title, new.access), &file).await?;
    note(&tx, ctx, "programme.material", &format!("programme/{code}"), title).await?;
    Ok(tx.commit().await?)
}

/// Adds a version to a material.
///
/// # Errors
/// Every [`FileFault`] that applies; [`ActError::Stale`] when someone else added one at the same time.
pub async fn add_file(services: &Services, ctx: &Ctx, code: &str, material: i64, (name, bytes): (&str, &[u8])) -> Result<(), Refused> {
    let (line, all) = kept(services, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let material = all.iter().find(|known| known.id == material && known.withdrawn_at.is_none()).ok_or(ActError::NotFound)?;
    let (media, digest) = (judge(bytes), digest_of(&[bytes]));
    let last = material.files.first();
    let mut found = Vec::new();
    found.extend(media.err());
    found.extend(last.is_some_and(|file| file.digest == digest).then_some(FileFault::Again));
    let (Ok(media), true) = (media, found.is_empty()) else { return Err(faults(found)) };
    let name = plain_name(name);
    let file = write::NewFile { name: &name, media, bytes, digest: &digest };
    let tx = services.db.write().await?;
    write::add_file(&tx, doer(ctx, proof.as_ref()), material.id, last.map_or(1, |file| file.number + 1), &file).await?;
    note(&tx, ctx, "programme.material", &format!("programme/{code}"), &material.title).await?;
    Ok(tx.commit().await?)
}

/// Takes a material out of use; its files stay for the offices.
///
/// # Errors
/// [`ProgrammeRefusal::NoReason`]; [`ActError::Stale`] when it is out of use by now.
pub async fn withdraw_material(services: &Services, ctx: &Ctx, code: &str, material: i64, reason: &str) -> Result<(), Refused> {
    let (line, all) = kept(services, code).await?;
    let proof = keeper(services, ctx, &line.owner_code, line.owner_bloc).await?;
    let material = all.iter().find(|known| known.id == material).ok_or(ActError::NotFound)?;
    if !is_reason(reason) {
        return Err(ActError::Refused(vec![ProgrammeRefusal::NoReason]));
    }
    let tx = services.db.write().await?;
    write::withdraw(&tx, doer(ctx, proof.as_ref()), material.id).await?;
    note(&tx, ctx, "programme.material_gone", &format!("programme/{code}"), reason).await?;
    Ok(tx.commit().await?)
}

/// A file of a material, as far as the asker may open it.
///
/// # Errors
/// [`ActError::NotFound`] when there is none, or not for the asker.
pub async fn material_file(services: &Services, ctx: &Ctx, code: &str, file: i64) -> Result<Opened, ActError> {
    let view = super::programme(services, ctx, code).await?;
    let file = view.materials.iter().flat_map(|material| &material.files).find(|known| known.id == file).ok_or(ActError::NotFound)?;
    let bytes = scan_bytes(&services.db, &file.digest).await?;
    Ok(Opened { name: file.name.clone(), media: file.media, bytes })
}
