//! The training record of a person as a paper of the agency the person works at.
//! Not for: what the record says in words: whoever asks brings them, since words of codes are those of `locales/`.

use ::documents::papers::Issue;
use ::documents::papers::forms::{TrainingRecord, training_record};
use domain::orgs::UnitKind;

use super::frame::{of_unit, province};
use super::{DocumentRefusal, Format, Refused, set, surprise};
use crate::noting::note;
use crate::registry::{self, Person, view, view_of_id, without_refusal};
use crate::{ActError, Ctx, Services};

/// The record of somebody whom the asker sees as the bytes of a file; `say` puts it in words, and is told whether the asker may read what
/// is masked of others. Taking one out is noted in the audit.
///
/// # Errors
/// [`DocumentRefusal::Empty`] for somebody who never had a post; [`ActError::NotFound`] when there is no such person for the asker.
pub async fn record_file(
    services: &Services,
    ctx: &Ctx,
    code: &str,
    say: impl FnOnce(&Person, bool) -> TrainingRecord,
    format: Format,
) -> Result<Vec<u8>, Refused> {
    let person = registry::person(services, ctx, code).await.map_err(without_refusal)?;
    let is_open = registry::sees_private(services, ctx, &person).await.map_err(without_refusal)?;
    let now = person.postings.iter().find(|posting| posting.during.contains(ctx.today));
    let posting = now.or_else(|| person.postings.iter().max_by_key(|posting| posting.during.from()));
    let unit = posting.map(|posting| posting.unit.0.as_str()).ok_or(ActError::Refused(DocumentRefusal::Empty))?;
    let unit = view(services, ctx, unit, ctx.today).await.map_err(without_refusal)?;
    // A division issues nothing: the agency that it is a part of keeps the staff file.
    let agency = unit.path.iter().rev().find(|above| above.kind != UnitKind::Division).map_or(unit.unit.id, |above| above.id);
    let unit = view_of_id(services, ctx, agency, ctx.today).await.map_err(without_refusal)?;
    let issue = Issue::ToSign { symbol: "/…".to_owned(), year: ctx.today.year() };
    let (frame, _) = of_unit(&unit, &province(services, ctx).await?, issue, ctx.today)?;
    let paper = training_record(&frame, &say(&person, is_open))?;
    let tx = services.db.write().await?;
    note(&tx, ctx, "people.training_record", &format!("official/{code}"), "").await?;
    tx.commit().await?;
    let made = tokio::task::spawn_blocking(move || set(&paper, format));
    made.await.map_err(|error| surprise(&error))?.map_err(ActError::Internal)
}
