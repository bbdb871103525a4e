//! The catalogue of programmes: lists and counts, one programme with all its texts, and those in force on a day.
//! Not for: councils (`councils`), materials (`materials`), changing anything.

mod body;
pub mod councils;
pub mod materials;
mod texts;

use domain::ids::{ProgrammeId, UnitId};
use domain::orgs::{Bloc, Level};
use domain::programmes::life::State;
use domain::time::{Date, number};
use domain::training::{ContentGroup, Mode, Programme, TrainingKind};
use sea_orm::QueryResult;

use super::units::like;
use crate::db::{Db, StoreError, WriteTx};
use crate::sql::{self, Sql};

pub(crate) use body::{from_json, to_json};
pub use texts::{TextLine, VersionText, text, texts};

/// A programme in force, as plans and needs name it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProgrammeLine {
    /// Id.
    pub id: ProgrammeId,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Content group.
    pub content: ContentGroup,
    /// Which programme that a plan names it carries out.
    pub programme: Option<Programme>,
    /// Periods.
    pub periods: i32,
    /// Study days.
    pub days: i32,
    /// How people meet.
    pub mode: Mode,
}

/// The texts in force on a day, by code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn approved(db: &Db, on: Date) -> Result<Vec<ProgrammeLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.id, p.code, v.body FROM programme_version v JOIN programme p ON p.id = v.programme_id WHERE v.valid_from <= ");
    sql.bind(number(on)).push(" AND (v.valid_to IS NULL OR v.valid_to > ").bind(number(on)).push(") ORDER BY p.code");
    let one = |row: &QueryResult| {
        let text = from_json(&row.try_get::<String>("", "body")?)?;
        Ok(ProgrammeLine {
            id: ProgrammeId(row.try_get("", "id")?),
            code: row.try_get("", "code")?,
            title: text.title,
            content: text.content,
            programme: text.programme,
            periods: text.periods,
            days: text.days,
            mode: text.mode,
        })
    };
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// A line of the catalogue: the text in force, or the only draft.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CatalogueLine {
    /// Id.
    pub id: ProgrammeId,
    /// Code.
    pub code: String,
    /// Title.
    pub title: String,
    /// Education or training.
    pub kind: TrainingKind,
    /// Content group.
    pub content: ContentGroup,
    /// Level it is for.
    pub level: Option<Level>,
    /// Periods.
    pub periods: i32,
    /// Study days.
    pub days: i32,
    /// How people meet.
    pub mode: Mode,
    /// For whom.
    pub audience: String,
    /// School it is taught with.
    pub partner: String,
    /// What it is.
    pub state: State,
    /// How far the next text has come, while one is in force.
    pub next: Option<State>,
    /// First day of the text in force.
    pub valid_from: Option<Date>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Day of the decision.
    pub decided_on: Option<Date>,
    /// First day on which it is not used any more.
    pub retired_on: Option<Date>,
    /// Unit that keeps it.
    pub owner: UnitId,
    /// Code of that unit.
    pub owner_code: String,
    /// Name of that unit.
    pub owner_name: String,
    /// Bloc of that unit.
    pub owner_bloc: Bloc,
}

/// Which programmes a list keeps.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Of these states; none is any.
    pub states: Vec<State>,
    /// Content group.
    pub content: Option<ContentGroup>,
    /// Education or training.
    pub kind: Option<TrainingKind>,
    /// How people meet.
    pub mode: Option<Mode>,
    /// Unit that keeps it.
    pub owner: Option<UnitId>,
    /// Folded words of code or title.
    pub folded: String,
}

const LINE: &str = "SELECT p.id, p.code, p.title, p.kind, p.content, p.level, p.periods, p.days, p.mode, p.audience, p.partner, p.state, \
     p.valid_from, p.decision_number, p.decided_on, p.retired_on, p.owner_unit_id, u.code AS owner_code, u.name AS owner_name, \
     u.bloc AS owner_bloc, (SELECT v.state FROM programme_version v WHERE v.programme_id = p.id AND p.state = 'approved' AND v.state IN \
     ('draft', 'appraising', 'to_mend', 'appraised')) AS next FROM programme p JOIN unit u ON u.id = p.owner_unit_id WHERE 1 = 1";

/// Programmes by code, after a code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, wanted: &Wanted, after: &str, limit: u32) -> Result<Vec<CatalogueLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE);
    narrow(&mut sql, wanted);
    sql.and_in("p.state", wanted.states.iter().map(|state| state.code()));
    sql.push(" AND p.code > ").bind(after).push(" ORDER BY p.code LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// How many programmes there are of each state, whatever states are wanted.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn counts(db: &Db, wanted: &Wanted) -> Result<Vec<(State, i64)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.state, COUNT(*) AS count FROM programme p WHERE 1 = 1");
    narrow(&mut sql, wanted);
    sql.push(" GROUP BY p.state ORDER BY p.state");
    let one = |row: &QueryResult| Ok((sql::code(&row.try_get::<String>("", "state")?, State::from_code)?, row.try_get("", "count")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// One programme.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none of that code.
pub async fn one(db: &Db, code: &str) -> Result<CatalogueLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE).push(" AND p.code = ").bind(code);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// The code of a programme.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn code_of(db: &Db, id: ProgrammeId) -> Result<String, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT code FROM programme WHERE id = ").bind(id.0);
    Ok(sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get("", "code")?)
}

/// The programme of a code, inside a transaction.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn id_within(tx: &WriteTx, code: &str) -> Result<Option<ProgrammeId>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM programme WHERE code = ").bind(code);
    let row = sql.first(tx.connection()).await?;
    Ok(row.map(|row| row.try_get("", "id")).transpose()?.map(ProgrammeId))
}

/// Units that keep programmes: id, code and name, by name.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn owners(db: &Db) -> Result<Vec<(UnitId, String, String)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT DISTINCT u.id, u.code, u.name FROM programme p JOIN unit u ON u.id = p.owner_unit_id ORDER BY u.name, u.code");
    let one = |row: &QueryResult| Ok((UnitId(row.try_get("", "id")?), row.try_get("", "code")?, row.try_get("", "name")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

fn narrow(sql: &mut Sql, wanted: &Wanted) {
    sql.and_in("p.content", wanted.content.map(ContentGroup::code));
    sql.and_in("p.kind", wanted.kind.map(TrainingKind::code));
    sql.and_in("p.mode", wanted.mode.map(Mode::code));
    sql.and_in("p.owner_unit_id", wanted.owner.map(|unit| unit.0));
    if !wanted.folded.is_empty() {
        sql.push(" AND p.folded LIKE ").bind(format!("%{}%", like(&wanted.folded))).push(" ESCAPE '\\'");
    }
}

pub(super) fn day(row: &QueryResult, column: &str) -> Result<Option<Date>, StoreError> {
    row.try_get::<Option<i32>>("", column)?.map(sql::date).transpose()
}

fn line(row: &QueryResult) -> Result<CatalogueLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    Ok(CatalogueLine {
        id: ProgrammeId(row.try_get("", "id")?),
        code: text("code")?,
        title: text("title")?,
        kind: sql::code(&text("kind")?, TrainingKind::from_code)?,
        content: sql::code(&text("content")?, ContentGroup::from_code)?,
        level: maybe("level")?.map(|code| sql::code(&code, Level::from_code)).transpose()?,
        periods: row.try_get("", "periods")?,
        days: row.try_get("", "days")?,
        mode: sql::code(&text("mode")?, Mode::from_code)?,
        audience: text("audience")?,
        partner: text("partner")?,
        state: sql::code(&text("state")?, State::from_code)?,
        next: maybe("next")?.map(|code| sql::code(&code, State::from_code)).transpose()?,
        valid_from: day(row, "valid_from")?,
        decision: maybe("decision_number")?,
        decided_on: day(row, "decided_on")?,
        retired_on: day(row, "retired_on")?,
        owner: UnitId(row.try_get("", "owner_unit_id")?),
        owner_code: text("owner_code")?,
        owner_name: text("owner_name")?,
        owner_bloc: sql::code(&text("owner_bloc")?, Bloc::from_code)?,
    })
}
