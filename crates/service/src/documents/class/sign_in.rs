//! Sheets to sign: all sittings of a class in one file, or one of them, for who keeps the class or teaches the sitting. The list that is
//! printed is kept, so that a sheet is known again when others have come or gone.
//! Not for: reading them (`attendance::sheets`).

use ::documents::papers::Fonts;
use ::documents::papers::sign_in::{SignSheet, sign_sheets};
use domain::classes::papers::ClassPaper;
use domain::ids::{OfficialId, SittingId};
use store::StoreError;
use store::write::signed;

use super::{Material, Refused, gathered, meeting, noted};
use crate::attendance::{caller, sitting_of};
use crate::classes::{keeper, seen};
use crate::documents::surprise;
use crate::registry::without_refusal;
use crate::reviews::{Proof, why};
use crate::sessions::digest_of;
use crate::{ActError, Ctx, Services};

/// Letters of a version: a class prints few lists, and each letter makes the code larger.
const LETTERS: usize = 8;

impl Material {
    /// What its code says of the list: another one when anybody comes, goes or moves.
    fn version(&self) -> String {
        let keys: Vec<String> = self.signers().map(|(official, _)| official.to_string()).collect();
        let said = format!("{}:{}", self.line.id, keys.join(" "));
        digest_of(&[said.as_bytes()]).chars().take(LETTERS).collect::<String>().to_uppercase()
    }

    /// The sheets of every sitting, or of one.
    pub(super) fn sheets(&self, only: Option<SittingId>) -> Vec<SignSheet> {
        let people: Vec<(String, String)> = self.signers().map(|(_, one)| (one.name.clone(), one.unit.clone())).collect();
        let version = self.version();
        let wanted = self.sittings.iter().filter(|line| only.is_none_or(|only| only == line.id));
        let sheet = |line| {
            let meeting = meeting(line);
            SignSheet {
                superior: self.frame.superior.clone(),
                issuer: self.frame.issuer.clone(),
                class: self.line.code.clone(),
                name: self.line.terms.name.clone(),
                sitting: line.id.0,
                when: meeting.when,
                room: meeting.room,
                lecturer: meeting.lecturer,
                words: meeting.words,
                version: version.clone(),
                people: people.clone(),
            }
        };
        wanted.map(sheet).collect()
    }

    async fn keep(&self, services: &Services, ctx: &Ctx, proof: &Proof) -> Result<(), StoreError> {
        let people: Vec<OfficialId> = self.signers().map(|(official, _)| official).collect();
        let tx = services.db.write().await?;
        signed::keep_sheet(&tx, &why(ctx, proof, ""), self.line.id, &self.version(), &people).await?;
        tx.commit().await
    }
}

/// Keeps the list that is printed, for who keeps the class.
pub(super) async fn keep_list(services: &Services, ctx: &Ctx, material: &Material) -> Result<(), Refused> {
    let proof = keeper(services, ctx, material.line.terms.lead).await.map_err(without_refusal)?;
    Ok(material.keep(services, ctx, &proof).await?)
}

/// The sheets of all sittings as one PDF, for who keeps the class; or of one sitting, also for who teaches it.
///
/// # Errors
/// [`super::DocumentRefusal::Empty`] while nobody is confirmed or there are no sittings; [`ActError::Forbidden`] for everybody else.
pub async fn sign_in_file(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    sitting: Option<SittingId>,
    fonts: &'static Fonts,
) -> Result<Vec<u8>, Refused> {
    let line = seen(services, ctx, code).await.map_err(without_refusal)?;
    let proof = match sitting {
        Some(sitting) => {
            let sitting = sitting_of(services, &line, sitting).await.map_err(without_refusal)?;
            caller(services, ctx, &line, &sitting).await.map_err(without_refusal)?
        }
        None => keeper(services, ctx, line.terms.lead).await.map_err(without_refusal)?,
    };
    // What stands on a sheet is of the office; whoever teaches need not see its units.
    let material = gathered(services, &Ctx::system(ctx.now, ctx.today), line, ClassPaper::SignIn).await?;
    let sheets = material.sheets(sitting);
    if sheets.iter().all(|sheet| sheet.people.is_empty()) {
        return Err(ActError::Refused(super::DocumentRefusal::Empty));
    }
    material.keep(services, ctx, &proof).await?;
    noted(services, ctx, code, ClassPaper::SignIn).await?;
    let made = tokio::task::spawn_blocking(move || sign_sheets(&sheets, fonts));
    let made = made.await.map_err(|error| surprise(&error))?;
    made.map_err(|error| surprise(&error))
}
