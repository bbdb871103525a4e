//! Papers on their way: opening one, moving it, its history and scans, submissions, and versions of procedures.
//! Not for: deciding whether it may move (`domain::papers`).

mod contents;
mod numbers;
mod templates;

use domain::ids::{CaseId, PaperNumberId, UnitId, UserId};
use domain::papers::moves::Opinion;
use domain::papers::procedure::Holder;
use domain::papers::{CaseState, Issued, New};
use domain::register::scans::Media;
use domain::roles::Role;
use domain::time::{Date, Instant, number};

use super::insert;
use super::register::put_bytes;
use super::schemes::By;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

pub use contents::{NewContent, add_content, renew_content};
pub use numbers::{
    NewMandate, NewNumber, NewRegister, add_body, add_mandate, add_register, cancel_number, change_register, end_mandate, lock_register,
    take_number,
};
pub use templates::{NewTemplate, add_template, end_template};

/// Where a paper stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand<'a> {
    /// How far it has come.
    pub state: CaseState,
    /// The step.
    pub step: &'a str,
    /// The step from which it can be taken back.
    pub from: Option<&'a str>,
    /// Who holds it.
    pub holder: Holder,
    /// For which body it is to be signed now.
    pub body: Option<&'a str>,
    /// Until when it should go on.
    pub due_on: Option<Date>,
}

/// Opens a paper.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn open(
    tx: &WriteTx,
    by: By<'_>,
    new: &New,
    (code, version): (&str, i32),
    opened_as: Role,
    stand: &Stand<'_>,
    now: Instant,
) -> Result<CaseId, StoreError> {
    let columns = [
        "kind",
        "subject_id",
        "unit_id",
        "title",
        "needs_council",
        "standing_committee",
        "route_code",
        "route_version",
        "state",
        "step",
        "came_from",
        "moved_by",
        "held_role",
        "held_body",
        "since",
        "due_on",
        "opened_as",
        "opened_by",
        "opened_at",
        "revision",
    ];
    let values = vec![
        new.kind.code().into(),
        new.subject.into(),
        new.unit.0.into(),
        new.title.trim().into(),
        new.needs_council.into(),
        new.cadres_of_standing_committee.into(),
        code.into(),
        version.into(),
        stand.state.code().into(),
        stand.step.into(),
        stand.from.into(),
        by.user().into(),
        stand.holder.code().into(),
        stand.body.into(),
        now.0.into(),
        stand.due_on.map(number).into(),
        opened_as.code().into(),
        by.user().into(),
        now.0.into(),
        1.into(),
    ];
    Ok(CaseId(insert(tx, "paper_case", &columns, values).await?))
}

/// Moves a paper that is still of the revision that was looked at.
///
/// # Errors
/// [`StoreError::Stale`] when somebody moved it first.
pub async fn stand(tx: &WriteTx, by: By<'_>, id: CaseId, revision: i32, stand: &Stand<'_>, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_case SET state = ").bind(stand.state.code()).push(", step = ").bind(stand.step);
    sql.push(", came_from = ").bind(stand.from).push(", moved_by = ").bind(by.user()).push(", held_role = ").bind(stand.holder.code());
    sql.push(", held_body = ").bind(stand.body).push(", since = ").bind(now.0).push(", due_on = ").bind(stand.due_on.map(number));
    sql.push(", revision = revision + 1 WHERE state = 'open' AND id = ").bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Writes what a paper says and what decides its steps, when it is sent anew.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn retitle(tx: &WriteTx, id: CaseId, new: &New) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_case SET title = ").bind(new.title.trim()).push(", needs_council = ").bind(new.needs_council);
    sql.push(", standing_committee = ").bind(new.cadres_of_standing_committee).push(" WHERE id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Writes the signature of a paper, or that it has none any more.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn signature(tx: &WriteTx, id: CaseId, signed: Option<(UserId, Date, &[String])>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_case SET signed_by = ").bind(signed.map(|(user, ..)| user.0));
    sql.push(", signed_on = ").bind(signed.map(|(_, day, _)| number(day)));
    sql.push(", signature = ").bind(signed.map(|(.., lines)| lines.join("\n"))).push(" WHERE id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Writes the number of a paper, or that it has none any more.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn numbered(tx: &WriteTx, id: CaseId, number: Option<PaperNumberId>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_case SET number_id = ").bind(number.map(|number| number.0)).push(" WHERE id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Writes the day on which a paper went out.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn issued(tx: &WriteTx, id: CaseId, on: Date) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_case SET issued_on = ").bind(number(on)).push(" WHERE id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Something that happened to a paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewEvent<'a> {
    /// What was done.
    pub act: &'a str,
    /// At which step.
    pub step: &'a str,
    /// Leading where.
    pub to_step: Option<&'a str>,
    /// Which opinion.
    pub opinion: Option<Opinion>,
    /// In which words.
    pub words: &'a str,
}

/// Writes down what happened.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn event(tx: &WriteTx, by: By<'_>, case: CaseId, new: &NewEvent<'_>, now: Instant) -> Result<(), StoreError> {
    let columns = ["case_id", "act", "step", "to_step", "opinion", "words", "user_id", "happened_at"];
    let values = vec![
        case.0.into(),
        new.act.into(),
        new.step.into(),
        new.to_step.into(),
        new.opinion.map(Opinion::code).into(),
        new.words.trim().into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "paper_event", &columns, values).await?;
    Ok(())
}

/// A scan to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewPaperScan<'a> {
    /// Name of the file.
    pub name: &'a str,
    /// What it is.
    pub media: Media,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Their digest, in hexadecimal.
    pub digest: &'a str,
}

/// Adds a scan of the signed paper.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_paper_scan(tx: &WriteTx, by: By<'_>, case: CaseId, new: &NewPaperScan<'_>, now: Instant) -> Result<i64, StoreError> {
    put_bytes(tx, new.digest, new.bytes).await?;
    let columns = ["case_id", "name", "media", "size", "digest", "added_by", "added_at"];
    let values = vec![
        case.0.into(),
        new.name.into(),
        new.media.code().into(),
        i64::try_from(new.bytes.len()).unwrap_or(i64::MAX).into(),
        new.digest.into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "paper_scan", &columns, values).await
}

/// Adds a version of a procedure.
///
/// # Errors
/// [`StoreError::Duplicate`] when somebody else added this number first.
pub async fn add_procedure(
    tx: &WriteTx,
    by: By<'_>,
    (code, version): (&str, i32),
    (body, note): (&str, &str),
    now: Instant,
) -> Result<(), StoreError> {
    let columns = ["code", "number", "body", "note", "saved_by", "saved_at"];
    let values = vec![code.into(), version.into(), body.into(), note.trim().into(), by.user().into(), now.0.into()];
    insert(tx, "procedure_version", &columns, values).await?;
    Ok(())
}

/// Writes down a version that ships with the product, unless somebody did so first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn keep_procedure(tx: &WriteTx, (code, version): (&str, i32), body: &str, now: Instant) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("INSERT INTO procedure_version (code, number, body, note, saved_at) VALUES (").bind(code).push(", ").bind(version);
    sql.push(", ").bind(body).push(", '', ").bind(now.0).push(") ON CONFLICT (code, number) DO NOTHING");
    sql.run(tx.connection()).await?;
    Ok(())
}

/// What somebody writes in a submission.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SubmissionText<'a> {
    /// In one line.
    pub title: &'a str,
    /// At length.
    pub words: &'a str,
}

/// Adds a submission.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_submission(tx: &WriteTx, by: By<'_>, unit: UnitId, text: SubmissionText<'_>, now: Instant) -> Result<i64, StoreError> {
    let columns = ["unit_id", "title", "words", "state", "revision", "written_by", "written_at"];
    let values =
        vec![unit.0.into(), text.title.trim().into(), text.words.trim().into(), DRAFT.into(), 1.into(), by.user().into(), now.0.into()];
    insert(tx, "submission", &columns, values).await
}

/// State of a submission that its unit has.
const DRAFT: &str = "draft";

/// Changes the text of a submission that its unit has.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed or sent it first.
pub async fn change_submission(tx: &WriteTx, id: i64, revision: i32, text: SubmissionText<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE submission SET title = ").bind(text.title.trim()).push(", words = ").bind(text.words.trim());
    sql.push(", revision = revision + 1 WHERE state = ").bind(DRAFT).push(" AND id = ").bind(id).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Writes how far a submission has come; nothing when its unit has it again.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn submission_state(tx: &WriteTx, id: i64, state: Option<CaseState>, issued: Option<&Issued>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE submission SET state = ").bind(state.map_or(DRAFT, CaseState::code));
    sql.push(", paper_number = ").bind(issued.map(|issued| issued.number.clone()));
    sql.push(", issued_on = ").bind(issued.map(|issued| number(issued.dated_on))).push(" WHERE id = ").bind(id);
    sql.run(tx.connection()).await?;
    Ok(())
}
