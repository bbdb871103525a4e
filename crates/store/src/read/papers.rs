//! Papers on their way: one with its history and scans, and lists of them.
//! Not for: who may see or do what; the caller brings a `Scope` and what waits on whom.

mod contents;
mod inbox;
mod numbers;
mod rights;
mod templates;
mod texts;

use domain::ids::{CaseId, PaperNumberId, UnitId, UserId};
use domain::papers::moves::{At, Facts};
use domain::papers::procedure::Holder;
use domain::papers::{CaseState, PaperKind};
use domain::register::scans::Media;
use domain::roles::Role;
use domain::time::{Date, Instant};
use sea_orm::{ConnectionTrait, QueryResult};

use crate::db::{Db, StoreError, WriteTx};
use crate::sql::{self, Sql};

pub use contents::{Content, NoticeLine, content, notices_of};
pub use inbox::{Asked, Mine, Which, list, waiting};
pub use numbers::{
    BodyLine, NumberAsk, NumberLine, RegisterLine, bodies, last_number, number, number_years, numbers, register, register_in, registers,
};
pub use rights::{MandateLine, mandate, mandates};
pub use templates::{TemplateLine, template_in_force, templates};
pub use texts::{ProcedureText, SubmissionLine, procedure_versions, submission, submission_in};

/// What a signature was.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// Who.
    pub by: UserId,
    /// Name.
    pub name: String,
    /// On which day.
    pub on: Date,
    /// Lines above the name.
    pub lines: Vec<String>,
}

/// A number that a paper has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Numbered {
    /// Key.
    pub id: PaperNumberId,
    /// Number and symbol.
    pub symbol: String,
    /// Day of the paper.
    pub dated_on: Date,
}

/// A paper on its way.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// Key.
    pub id: CaseId,
    /// What it is.
    pub kind: PaperKind,
    /// Key of what it is about.
    pub subject: i64,
    /// The unit that drafts it: key, code, name.
    pub unit: (UnitId, String, String),
    /// What it says, in one line.
    pub title: String,
    /// What decides the steps it goes through.
    pub facts: Facts,
    /// Code and version of its procedure.
    pub route: (String, i32),
    /// How far it has come.
    pub state: CaseState,
    /// The step it is at, or was at last.
    pub step: String,
    /// The step from which it can be taken back, and by whom.
    pub sent: Option<(String, Option<UserId>)>,
    /// Who holds it.
    pub holder: Holder,
    /// For which body it is to be signed now.
    pub body: Option<String>,
    /// Since when.
    pub since: Instant,
    /// Until when it should go on.
    pub due_on: Option<Date>,
    /// In which role it was begun.
    pub opened_as: Role,
    /// By whom.
    pub opened_by: Option<UserId>,
    /// When.
    pub opened_at: Instant,
    /// Counts what happened to it; two people cannot both move it on.
    pub revision: i32,
    /// Its signature.
    pub signed: Option<Signed>,
    /// Its number.
    pub number: Option<Numbered>,
    /// When it went out.
    pub issued_on: Option<Date>,
}

impl Case {
    /// Where it is.
    #[must_use]
    pub fn at(&self) -> At {
        match self.state {
            CaseState::Open => At::Step { step: self.step.clone(), from: self.sent.as_ref().map(|(from, _)| from.clone()) },
            CaseState::Issued => At::Issued,
            CaseState::Stopped => At::Stopped,
        }
    }

    /// Whether it should have gone on by now.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.state == CaseState::Open && self.due_on.is_some_and(|due| due < today)
    }
}

/// Something that happened to a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    /// What was done.
    pub act: String,
    /// At which step.
    pub step: String,
    /// Leading to which step.
    pub to_step: Option<String>,
    /// Which opinion.
    pub opinion: Option<String>,
    /// In which words.
    pub words: String,
    /// By whom.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// A scan of the signed paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaperScan {
    /// Key.
    pub id: i64,
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Bytes.
    pub size: i64,
    /// Digest of the bytes.
    pub digest: String,
    /// When it was added.
    pub added_at: Instant,
}

const SELECT: &str = "SELECT c.id, c.kind, c.subject_id, c.unit_id, u.code AS unit_code, u.name AS unit_name, c.title, c.needs_council, \
     c.standing_committee, c.route_code, c.route_version, c.state, c.step, c.came_from, c.moved_by, c.held_role, c.held_body, c.since, \
     c.due_on, c.opened_as, c.opened_by, c.opened_at, c.revision, c.signed_by, s.name AS signer, c.signed_on, c.signature, c.number_id, \
     n.symbol, n.dated_on, c.issued_on FROM paper_case c JOIN unit u ON u.id = c.unit_id LEFT JOIN user_account s ON s.id = c.signed_by \
     LEFT JOIN paper_number n ON n.id = c.number_id WHERE ";

/// One paper.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn case(db: &Db, id: CaseId) -> Result<Case, StoreError> {
    found(db.reader(), id).await
}

/// One paper as a transaction sees it.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn case_in(tx: &WriteTx, id: CaseId) -> Result<Case, StoreError> {
    found(tx.connection(), id).await
}

async fn found(on: &impl ConnectionTrait, id: CaseId) -> Result<Case, StoreError> {
    let mut sql = Sql::new();
    sql.push(SELECT).push("c.id = ").bind(id.0);
    read(&sql.first(on).await?.ok_or(StoreError::NotFound)?)
}

/// The open paper about a subject, as a transaction sees it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn open_of(tx: &WriteTx, kind: PaperKind, subject: i64) -> Result<Option<Case>, StoreError> {
    let mut sql = Sql::new();
    sql.push(SELECT).push("c.state = 'open' AND c.kind = ").bind(kind.code()).push(" AND c.subject_id = ").bind(subject);
    sql.first(tx.connection()).await?.as_ref().map(read).transpose()
}

/// The newest paper about a subject: its key and how far it has come.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn newest_of(db: &Db, kind: PaperKind, subject: i64) -> Result<Option<(CaseId, CaseState)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, state FROM paper_case WHERE kind = ").bind(kind.code()).push(" AND subject_id = ").bind(subject);
    sql.push(" ORDER BY id DESC LIMIT 1");
    let Some(row) = sql.first(db.reader()).await? else { return Ok(None) };
    Ok(Some((CaseId(row.try_get("", "id")?), sql::code(&row.try_get::<String>("", "state")?, CaseState::from_code)?)))
}

/// What happened to a paper, oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn events(db: &Db, id: CaseId) -> Result<Vec<EventLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT e.act, e.step, e.to_step, e.opinion, e.words, a.name AS by_name, e.happened_at FROM paper_event e ");
    sql.push("LEFT JOIN user_account a ON a.id = e.user_id WHERE e.case_id = ").bind(id.0).push(" ORDER BY e.id");
    let line = |row: &QueryResult| {
        Ok(EventLine {
            act: row.try_get("", "act")?,
            step: row.try_get("", "step")?,
            to_step: row.try_get("", "to_step")?,
            opinion: row.try_get("", "opinion")?,
            words: row.try_get("", "words")?,
            by: row.try_get("", "by_name")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Scans of a paper, oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn scans(db: &Db, id: CaseId) -> Result<Vec<PaperScan>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, name, media, size, digest, added_at FROM paper_scan WHERE case_id = ").bind(id.0).push(" ORDER BY id");
    let line = |row: &QueryResult| {
        Ok(PaperScan {
            id: row.try_get("", "id")?,
            name: row.try_get("", "name")?,
            media: sql::code(&row.try_get::<String>("", "media")?, Media::from_code)?,
            size: row.try_get("", "size")?,
            digest: row.try_get("", "digest")?,
            added_at: Instant(row.try_get("", "added_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

fn read(row: &QueryResult) -> Result<Case, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let day = |name: &str| row.try_get::<Option<i32>>("", name)?.map(sql::date).transpose();
    let user = |name: &str| row.try_get::<Option<i64>>("", name).map(|id| id.map(UserId));
    let facts = Facts { council: row.try_get("", "needs_council")?, standing_committee: row.try_get("", "standing_committee")? };
    Ok(Case {
        id: CaseId(row.try_get("", "id")?),
        kind: sql::code(&text("kind")?, PaperKind::from_code)?,
        subject: row.try_get("", "subject_id")?,
        unit: (UnitId(row.try_get("", "unit_id")?), text("unit_code")?, text("unit_name")?),
        title: text("title")?,
        facts,
        route: (text("route_code")?, row.try_get("", "route_version")?),
        state: sql::code(&text("state")?, CaseState::from_code)?,
        step: text("step")?,
        sent: row.try_get::<Option<String>>("", "came_from")?.map(|from| user("moved_by").map(|by| (from, by))).transpose()?,
        holder: sql::code(&text("held_role")?, Holder::from_code)?,
        body: row.try_get("", "held_body")?,
        since: Instant(row.try_get("", "since")?),
        due_on: day("due_on")?,
        opened_as: sql::code(&text("opened_as")?, Role::from_code)?,
        opened_by: user("opened_by")?,
        opened_at: Instant(row.try_get("", "opened_at")?),
        revision: row.try_get("", "revision")?,
        signed: signed(row)?,
        number: numbered(row)?,
        issued_on: day("issued_on")?,
    })
}

fn signed(row: &QueryResult) -> Result<Option<Signed>, StoreError> {
    let Some(by) = row.try_get::<Option<i64>>("", "signed_by")? else { return Ok(None) };
    let lines = row.try_get::<Option<String>>("", "signature")?.unwrap_or_default();
    Ok(Some(Signed {
        by: UserId(by),
        name: row.try_get("", "signer")?,
        on: sql::date(row.try_get("", "signed_on")?)?,
        lines: lines.lines().map(str::to_owned).collect(),
    }))
}

fn numbered(row: &QueryResult) -> Result<Option<Numbered>, StoreError> {
    let Some(id) = row.try_get::<Option<i64>>("", "number_id")? else { return Ok(None) };
    let number = Numbered { id: PaperNumberId(id), symbol: row.try_get("", "symbol")?, dated_on: sql::date(row.try_get("", "dated_on")?)? };
    Ok(Some(number))
}
