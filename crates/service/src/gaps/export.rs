//! Gaps of people taken out of the system, with a note in the audit: lists as they are shown, and the rows of the paper.
//! Not for: files and papers themselves (`documents`).

use std::sync::Arc;

use domain::roles::Act;
use domain::standards::Requirement;
use domain::time::iso;
use store::read::gaps::{self as read, Question, ShortPerson};
use store::write::audit;

use super::urgent::within;
use super::{Ask, OfWhom, Reason, Urgent, Weights, in_force, known, place, yearly};
use crate::registry::MOST_EXPORTED;
use crate::{ActError, Ctx, Services};

/// Everybody who lacks a requirement, in name order; noted in the audit.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not take lists out; [`ActError::NotFound`] as [`super::people`].
pub async fn export_people(services: &Services, ctx: &Ctx, of: &OfWhom<'_>) -> Result<(Arc<Requirement>, Vec<ShortPerson>), ActError> {
    let scope = ctx.scope(Act::ExportPeople)?;
    let place = place(services, ctx, &scope, &of.ask.place()).await?;
    let requirement = in_force(services, ctx, of.code, of.ask.on).await?;
    let yearly = known(&yearly(of.ask.on)?);
    let question = Question { requirement: &requirement, place: &place, on: of.ask.on, yearly: &yearly, among: of.among };
    let people = read::people(&services.db, &question, None, MOST_EXPORTED).await?;
    note(services, ctx, &format!("gaps/{}", of.code), of.ask, people.len()).await?;
    Ok((requirement, people))
}

/// The urgent list; noted in the audit.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not take lists out; else as [`super::urgent()`].
pub async fn export_urgent(
    services: &Services,
    ctx: &Ctx,
    ask: &Ask,
    weights: &Weights,
    most: usize,
) -> Result<Arc<Vec<Urgent>>, ActError> {
    let scope = ctx.scope(Act::ExportPeople)?;
    let list = within(services, ctx, &scope, ask, weights, most).await?;
    note(services, ctx, "gaps/urgent", ask, list.len()).await?;
    Ok(list)
}

/// One row of the urgent list as a paper prints it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperRow {
    /// 1, 2, 3 …
    pub number: usize,
    /// Name.
    pub name: String,
    /// Year of birth.
    pub born: i32,
    /// Post on the day.
    pub post: String,
    /// Unit on the day.
    pub unit: String,
    /// Titles of what is missing, in Vietnamese, each with its citation.
    pub missing: Vec<(String, String)>,
    /// What the unit says cannot wait, in its words.
    pub stated: Vec<String>,
    /// Why this person, by code.
    pub reasons: Vec<Reason>,
}

/// The urgent list as plain rows for a paper; noted in the audit as taken out.
///
/// # Errors
/// As [`export_urgent`].
pub async fn paper(services: &Services, ctx: &Ctx, ask: &Ask, weights: &Weights, most: usize) -> Result<Vec<PaperRow>, ActError> {
    let list = export_urgent(services, ctx, ask, weights, most).await?;
    let row = |(number, urgent): (usize, &Urgent)| PaperRow {
        number,
        name: urgent.person.name.clone(),
        born: urgent.person.born,
        post: urgent.person.post.clone(),
        unit: urgent.person.unit.1.clone(),
        missing: urgent.missing.iter().map(|gap| (gap.requirement.title.vi.clone(), gap.requirement.cites.vi.clone())).collect(),
        stated: urgent.stated.iter().map(|need| need.words.clone()).filter(|words| !words.is_empty()).collect(),
        reasons: urgent.parts.iter().map(|(reason, _)| *reason).collect(),
    };
    Ok((1..).zip(list.iter()).map(row).collect())
}

async fn note(services: &Services, ctx: &Ctx, what: &str, ask: &Ask, people: usize) -> Result<(), ActError> {
    let subject = format!("{what}?unit={}&on={}", ask.unit.as_deref().unwrap_or("*"), iso(ask.on));
    let after = people.to_string();
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|who| who.user),
        act: "people.export",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: "",
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    Ok(tx.commit().await?)
}
