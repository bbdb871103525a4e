//! What a reorganisation is judged by, who works in the units it is about, and what was reorganised before.
//! Not for: the tree itself (`units`).

use std::collections::BTreeMap;

use domain::ids::UnitId;
use domain::orgs::reorganise::{Seat, StepKind};
use domain::time::{Date, Instant, Interval, number};
use sea_orm::QueryResult;

use super::units;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// Former names and other codes of all units.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Every code that a unit has or had.
    pub codes: BTreeMap<String, UnitId>,
    /// The day of each unit's last new name or code.
    pub named: BTreeMap<UnitId, Date>,
    /// Former names with their days.
    pub names: Vec<(UnitId, String, Interval)>,
    /// Former codes, and codes elsewhere.
    pub aliases: Vec<AliasLine>,
}

/// A code by which a unit was known, or is known elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AliasLine {
    /// Key.
    pub id: i64,
    /// Whose.
    pub unit: UnitId,
    /// The code.
    pub code: String,
    /// First day, if known.
    pub from: Option<Date>,
    /// The day after the last one, if it is over.
    pub to: Option<Date>,
}

/// Former names and other codes of all units.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn known(db: &Db) -> Result<Known, StoreError> {
    let mut known = Known::default();
    for (id, code, _) in units::codes(db).await? {
        known.codes.entry(code).or_insert(id);
    }
    let mut names = Sql::new();
    names.push("SELECT unit_id, name, starts_on, ends_on FROM unit_name ORDER BY unit_id, starts_on");
    for row in names.all(db.reader()).await? {
        let (unit, during) = (UnitId(row.try_get("", "unit_id")?), units::life(&row)?);
        later(&mut known.named, unit, during.to());
        known.names.push((unit, row.try_get("", "name")?, during));
    }
    let mut aliases = Sql::new();
    aliases.push("SELECT id, unit_id, code, starts_on, ends_on FROM unit_alias ORDER BY id");
    for row in aliases.all(db.reader()).await? {
        let line = alias(&row)?;
        later(&mut known.named, line.unit, line.to);
        known.aliases.push(line);
    }
    Ok(known)
}

fn later(named: &mut BTreeMap<UnitId, Date>, unit: UnitId, day: Option<Date>) {
    if let Some(day) = day {
        let last = named.entry(unit).or_insert(day);
        *last = day.max(*last);
    }
}

fn alias(row: &QueryResult) -> Result<AliasLine, StoreError> {
    let day = |column: &str| row.try_get::<Option<i32>>("", column)?.map(sql::date).transpose();
    Ok(AliasLine {
        id: row.try_get("", "id")?,
        unit: UnitId(row.try_get("", "unit_id")?),
        code: row.try_get("", "code")?,
        from: day("starts_on")?,
        to: day("ends_on")?,
    })
}

/// Somebody's work in a unit, with what a preview shows of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SeatLine {
    /// Key of the posting or the secondment.
    pub row: i64,
    /// It is work there for a time.
    pub is_secondment: bool,
    /// The seat.
    pub seat: Seat,
    /// Name of the person.
    pub name: String,
    /// The person leads.
    pub leads: bool,
}

/// Units of one question.
const CHUNK: usize = 500;

/// All work in these units on a day or later, by post and name.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn seats(db: &Db, units: &[UnitId], on: Date) -> Result<Vec<SeatLine>, StoreError> {
    let mut lines = Vec::new();
    for chunk in units.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT p.id, p.unit_id, b.title, o.code, o.name, p.leadership, p.starts_on, p.ends_on FROM posting p ");
        sql.push("JOIN post b ON b.id = p.post_id JOIN official o ON o.id = p.official_id WHERE (p.ends_on IS NULL OR p.ends_on > ");
        sql.bind(number(on)).push(")").and_in("p.unit_id", chunk.iter().map(|u| u.0)).push(" ORDER BY b.title, o.sort_key, p.id");
        for row in sql.all(db.reader()).await? {
            lines.push(seat(&row, false)?);
        }
        let mut sql = Sql::new();
        sql.push("SELECT s.id, s.unit_id, s.post AS title, o.code, o.name, CAST(NULL AS text) AS leadership, s.starts_on, s.ends_on ");
        sql.push("FROM secondment s JOIN official o ON o.id = s.official_id WHERE (s.ends_on IS NULL OR s.ends_on > ");
        sql.bind(number(on)).push(")").and_in("s.unit_id", chunk.iter().map(|u| u.0)).push(" ORDER BY s.post, o.sort_key, s.id");
        for row in sql.all(db.reader()).await? {
            lines.push(seat(&row, true)?);
        }
    }
    Ok(lines)
}

fn seat(row: &QueryResult, is_secondment: bool) -> Result<SeatLine, StoreError> {
    Ok(SeatLine {
        row: row.try_get("", "id")?,
        is_secondment,
        seat: Seat {
            unit: UnitId(row.try_get("", "unit_id")?),
            post: row.try_get("", "title")?,
            official: row.try_get("", "code")?,
            during: units::life(row)?,
        },
        name: row.try_get("", "name")?,
        leads: row.try_get::<Option<String>>("", "leadership")?.is_some(),
    })
}

/// How many accounts have a role in one of these units that goes on after a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn accounts_at(db: &Db, units: &[UnitId], on: Date) -> Result<i64, StoreError> {
    let mut accounts = 0;
    for chunk in units.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push("SELECT COUNT(DISTINCT user_id) AS accounts FROM user_grant WHERE (ends_on IS NULL OR ends_on > ").bind(number(on));
        sql.push(")").and_in("unit_id", chunk.iter().map(|u| u.0));
        accounts += sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?.try_get::<i64>("", "accounts")?;
    }
    Ok(accounts)
}

/// A reorganisation as it stands in the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReorganisationLine {
    /// Key.
    pub id: i64,
    /// The act.
    pub act: StepKind,
    /// Units in words.
    pub subject: String,
    /// First day of the new order.
    pub on: Date,
    /// Number of the decision.
    pub decision: Option<String>,
    /// Why.
    pub reason: String,
    /// People who went.
    pub people: i64,
    /// The operation that its changes share.
    pub operation: String,
    /// When.
    pub at: Instant,
    /// Who; `None` is the terminal.
    pub who: Option<String>,
    /// When it was taken back, if it was.
    pub undone_at: Option<Instant>,
}

const LINE: &str = "SELECT r.id, r.act, r.subject, r.effective_on, r.decision_number, r.reason, r.people, r.operation, r.happened_at, \
    (SELECT MAX(c.happened_at) FROM register_change c WHERE c.undoes = r.operation AND NOT EXISTS \
    (SELECT 1 FROM register_change d WHERE d.undoes = c.operation)) AS undone_at, a.name FROM reorganisation r LEFT JOIN user_account a ON a.id = r.user_id";

/// Reorganisations, newest first, before one of them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, before: Option<i64>, limit: u32) -> Result<Vec<ReorganisationLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE);
    if let Some(before) = before {
        sql.push(" WHERE r.id < ").bind(before);
    }
    sql.push(" ORDER BY r.id DESC LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// One reorganisation.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, id: i64) -> Result<ReorganisationLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(LINE).push(" WHERE r.id = ").bind(id);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

fn line(row: &QueryResult) -> Result<ReorganisationLine, StoreError> {
    Ok(ReorganisationLine {
        id: row.try_get("", "id")?,
        act: sql::code(&row.try_get::<String>("", "act")?, StepKind::from_code)?,
        subject: row.try_get("", "subject")?,
        on: sql::date(row.try_get("", "effective_on")?)?,
        decision: row.try_get("", "decision_number")?,
        reason: row.try_get("", "reason")?,
        people: i64::from(row.try_get::<i32>("", "people")?),
        operation: row.try_get("", "operation")?,
        at: Instant(row.try_get("", "happened_at")?),
        who: row.try_get("", "name")?,
        undone_at: row.try_get::<Option<i64>>("", "undone_at")?.map(Instant),
    })
}

/// A name or a parent that a unit has or had.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PastLine {
    /// Code of the parent; nothing for a name.
    pub code: Option<String>,
    /// The name, or the parent's in the end of that time.
    pub name: String,
    /// When.
    pub during: Interval,
    /// Number of the decision: that ended the name, or began the belonging.
    pub decision: Option<String>,
}

/// What a unit was called, where it stood, and its other codes, each oldest first.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    /// The name that it has or is to have.
    pub name: String,
    /// Former names.
    pub names: Vec<PastLine>,
    /// Parents.
    pub parents: Vec<PastLine>,
    /// Other codes.
    pub aliases: Vec<AliasLine>,
}

/// What a unit was called, where it stood, and its other codes.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn past(db: &Db, unit: UnitId, today: Date) -> Result<Past, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT 'name' AS what, x.id, x.unit_id, CAST(NULL AS text) AS code, x.name, x.starts_on, x.ends_on, x.decision_number ");
    sql.push("FROM unit_name x WHERE x.unit_id = ").bind(unit.0);
    sql.push(" UNION ALL SELECT 'parent', l.id, l.unit_id, u.code, ");
    units::name_at_end(&mut sql, "l.ends_on", today);
    sql.push(", l.starts_on, l.ends_on, l.decision_number FROM unit_link l JOIN unit u ON u.id = l.parent_id WHERE l.unit_id = ");
    sql.bind(unit.0)
        .push(" UNION ALL SELECT 'now', v.id, v.id, CAST(NULL AS text), v.name, v.starts_on, v.ends_on, CAST(NULL AS text) FROM unit v ");
    sql.push("WHERE v.id = ")
        .bind(unit.0)
        .push(" UNION ALL SELECT 'alias', a.id, a.unit_id, a.code, a.code, a.starts_on, a.ends_on, CAST(NULL AS text) ");
    sql.push("FROM unit_alias a WHERE a.unit_id = ").bind(unit.0).push(" ORDER BY 6, 2");
    let mut past = Past::default();
    for row in sql.all(db.reader()).await? {
        match row.try_get::<String>("", "what")?.as_str() {
            "now" => past.name = row.try_get("", "name")?,
            "alias" => past.aliases.push(alias(&row)?),
            "parent" => past.parents.push(past_line(&row)?),
            _ => past.names.push(past_line(&row)?),
        }
    }
    Ok(past)
}

fn past_line(row: &QueryResult) -> Result<PastLine, StoreError> {
    Ok(PastLine {
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        during: units::life(row)?,
        decision: row.try_get("", "decision_number")?,
    })
}
