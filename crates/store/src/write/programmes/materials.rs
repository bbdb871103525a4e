//! Materials of programmes: each file is kept for ever as a version, its bytes once under their digest.
//! Not for: which files are taken (`domain::programmes::materials`).

use domain::ids::ProgrammeId;
use domain::programmes::materials::{Access, Media};

use super::{Doer, one};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write::insert;
use crate::write::register::put_bytes;

/// A file to be written.
#[derive(Debug, Clone, Copy)]
pub struct NewFile<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Their digest, in hexadecimal.
    pub digest: &'a str,
}

/// Adds a material with its first file.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add(
    tx: &WriteTx,
    doer: Doer<'_>,
    programme: ProgrammeId,
    (title, access): (&str, Access),
    file: &NewFile<'_>,
) -> Result<i64, StoreError> {
    let values = vec![programme.0.into(), title.into(), access.code().into(), doer.at.0.into()];
    let id = insert(tx, "programme_material", &["programme_id", "title", "access", "added_at"], values).await?;
    add_file(tx, doer, id, 1, file).await?;
    Ok(id)
}

/// Adds a version to a material.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody added the same version at once.
pub async fn add_file(tx: &WriteTx, doer: Doer<'_>, material: i64, next: i32, file: &NewFile<'_>) -> Result<(), StoreError> {
    put_bytes(tx, file.digest, file.bytes).await?;
    let values = vec![
        material.into(),
        next.into(),
        file.name.into(),
        file.media.code().into(),
        i64::try_from(file.bytes.len()).unwrap_or(i64::MAX).into(),
        file.digest.into(),
        doer.by.user().into(),
        doer.at.0.into(),
    ];
    let columns = ["material_id", "number", "name", "media", "size", "digest", "added_by", "added_at"];
    insert(tx, "programme_file", &columns, values).await?;
    Ok(())
}

/// Takes a material out of use; its files stay.
///
/// # Errors
/// [`StoreError::Stale`] when it is out of use by now.
pub async fn withdraw(tx: &WriteTx, doer: Doer<'_>, material: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE programme_material SET withdrawn_at = ").bind(doer.at.0).push(" WHERE withdrawn_at IS NULL AND id = ").bind(material);
    one(sql.run(tx.connection()).await?)
}
