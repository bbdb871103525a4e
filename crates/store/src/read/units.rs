//! Units: the tree on a day, one unit with its history, and who stands where.
//! Not for: reorganising.

use std::collections::{BTreeMap, BTreeSet};

use domain::geography::Spot;
use domain::ids::UnitId;
use domain::orgs::{Area, Bloc, Change, Level, Link, OrgMap, Succession, Unit, UnitKind};
use domain::time::{Date, Interval, number};
use sea_orm::QueryResult;

use crate::db::{At, Db, StoreError};
use crate::sql::{self, Sql};

/// A line of a list of units.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLine {
    /// Id.
    pub id: UnitId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Kind.
    pub kind: UnitKind,
    /// Level.
    pub level: Level,
    /// Bloc.
    pub bloc: Bloc,
    /// Life.
    pub life: Interval,
    /// Role code by which schemes speak of it.
    pub actor: Option<String>,
    /// People with a posting in the unit itself on the day.
    pub people: i64,
}

/// What became of a unit, or what it came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SuccessionLine {
    /// The other unit.
    pub other: UnitId,
    /// Its code.
    pub code: String,
    /// Its name.
    pub name: String,
    /// First day of the new order.
    pub on: Date,
    /// What happened.
    pub change: Change,
    /// `true` when the other unit carries this one on, `false` when this one came from it.
    pub forward: bool,
    /// Number of the decision.
    pub decision: Option<String>,
}

const COLUMNS: &str = ", u.id, u.code, u.kind, u.level, u.bloc, u.actor, u.starts_on, u.ends_on, ";

/// Adds the name that the unit `u` has on a day; a unit keeps its former names with their days beside the last one.
pub(crate) fn name_on(sql: &mut Sql, on: Date) {
    sql.push("COALESCE((SELECT n.name FROM unit_name n WHERE n.unit_id = u.id AND n.starts_on <= ").bind(number(on));
    sql.push(" AND n.ends_on > ").bind(number(on)).push("), u.name)");
}

/// Adds the name that the unit `u` had on the last day before `ends`, or on a day when that is empty.
pub(crate) fn name_at_end(sql: &mut Sql, ends: &str, on: Date) {
    // Days are numbers, so that the next one above a day comes before every other day.
    let next = number(on) + 1;
    sql.push("COALESCE((SELECT n.name FROM unit_name n WHERE n.unit_id = u.id AND n.starts_on < COALESCE(").push(ends).push(", ");
    sql.bind(next).push(") AND n.ends_on >= COALESCE(").push(ends).push(", ").bind(next).push(")), u.name)");
}

fn line_select(on: Date) -> Sql {
    let mut sql = Sql::new();
    sql.push("SELECT ");
    name_on(&mut sql, on);
    sql.push(" AS name").push(COLUMNS).push("(SELECT COUNT(*) FROM posting p WHERE p.unit_id = u.id AND p.starts_on <= ");
    sql.bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(")) AS people FROM unit u");
    sql
}

/// One unit.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, id: UnitId, on: Date) -> Result<UnitLine, StoreError> {
    let mut sql = line_select(on);
    sql.push(" WHERE u.id = ").bind(id.0);
    sql.first(db.reader()).await?.as_ref().map(line).transpose()?.ok_or(StoreError::NotFound)
}

/// Id, code and kind of every unit that ever was, oldest first, and then once more by each of its other codes.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn codes(db: &Db) -> Result<Vec<(UnitId, String, UnitKind)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, code, kind, 0 AS place FROM unit UNION ALL SELECT u.id, a.code, u.kind, 1 AS place FROM unit_alias a ");
    sql.push("JOIN unit u ON u.id = a.unit_id ORDER BY place, id");
    let one = |row: &QueryResult| {
        let kind = sql::code(&row.try_get::<String>("", "kind")?, UnitKind::from_code)?;
        Ok((UnitId(row.try_get("", "id")?), row.try_get("", "code")?, kind))
    };
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// People with a posting in each unit itself on a day; units without any are left out.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn headcount(db: &Db, on: Date) -> Result<Vec<(UnitId, i64)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT unit_id, COUNT(*) AS people FROM posting WHERE starts_on <= ").bind(number(on));
    sql.push(" AND (ends_on IS NULL OR ends_on > ").bind(number(on)).push(") GROUP BY unit_id");
    let one = |row: &QueryResult| Ok((UnitId(row.try_get("", "unit_id")?), row.try_get("", "people")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// Direct children on a day, by code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn children(db: &Db, parent: UnitId, on: Date) -> Result<Vec<UnitLine>, StoreError> {
    let mut sql = line_select(on);
    sql.push(" JOIN unit_link l ON l.unit_id = u.id WHERE l.parent_id = ").bind(parent.0).push(" AND l.starts_on <= ").bind(number(on));
    sql.push(" AND (l.ends_on IS NULL OR l.ends_on > ").bind(number(on)).push(") ORDER BY u.code");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// The way from the root to a unit on a day, the unit last.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn path(db: &Db, unit: UnitId, on: Date) -> Result<Vec<UnitLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("WITH RECURSIVE up(id, depth) AS (SELECT u.id, 0 FROM unit u WHERE u.id = ").bind(unit.0);
    sql.push(" UNION ALL SELECT l.parent_id, up.depth + 1 FROM unit_link l JOIN up ON l.unit_id = up.id WHERE l.starts_on <= ")
        .bind(number(on));
    sql.push(" AND (l.ends_on IS NULL OR l.ends_on > ").bind(number(on)).push(") AND up.depth < 12) ");
    sql.push("SELECT ");
    name_on(&mut sql, on);
    sql.push(" AS name").push(COLUMNS).push("CAST(0 AS bigint) AS people FROM up ");
    sql.push("JOIN unit u ON u.id = up.id ORDER BY up.depth DESC");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// What the unit came from and what became of it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn successions(db: &Db, unit: UnitId) -> Result<Vec<SuccessionLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT s.unit_id, s.successor_id, s.effective_on, s.change, s.decision_number, u.code, ");
    sql.push("COALESCE((SELECT n.name FROM unit_name n WHERE n.unit_id = u.id AND n.starts_on <= s.effective_on ");
    sql.push("AND n.ends_on > s.effective_on), u.name) AS name FROM unit_succession s JOIN unit u ON u.id = ");
    sql.push("CASE WHEN s.unit_id = ").bind(unit.0).push(" THEN s.successor_id ELSE s.unit_id END WHERE s.unit_id = ").bind(unit.0);
    sql.push(" OR s.successor_id = ").bind(unit.0).push(" ORDER BY s.effective_on, u.code");
    sql.all(db.reader()).await?.iter().map(|row| succession(row, unit)).collect()
}

/// A page of units in code order after a code, by a folded part of the name or code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, on: Date, matching: &str, after: &str, limit: u32) -> Result<Vec<UnitLine>, StoreError> {
    let mut sql = line_select(on);
    sql.push(" WHERE u.starts_on <= ").bind(number(on)).push(" AND (u.ends_on IS NULL OR u.ends_on > ").bind(number(on)).push(")");
    sql.push(" AND u.code > ").bind(after);
    if !matching.is_empty() {
        sql.push(" AND u.folded LIKE ").bind(format!("%{}%", like(matching)));
        sql.push(" ESCAPE '\\'");
    }
    sql.push(" ORDER BY u.code LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Every unit, link and succession, for the whole tree at once.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn map(db: &Db) -> Result<OrgMap, StoreError> {
    let mut units = Sql::new();
    units.push("SELECT id, code, name, kind, level, starts_on, ends_on FROM unit");
    let mut map = OrgMap { units: BTreeMap::new(), ..OrgMap::default() };
    for row in units.all(db.reader()).await? {
        let unit = unit(&row)?;
        map.units.insert(unit.id, unit);
    }
    let mut links = Sql::new();
    links.push("SELECT unit_id, parent_id, starts_on, ends_on FROM unit_link ORDER BY id");
    for row in links.all(db.reader()).await? {
        map.links.push(Link {
            unit: UnitId(row.try_get("", "unit_id")?),
            parent: UnitId(row.try_get("", "parent_id")?),
            during: life(&row)?,
        });
    }
    let mut successions = Sql::new();
    successions.push("SELECT unit_id, successor_id, effective_on, main FROM unit_succession ORDER BY id");
    for row in successions.all(db.reader()).await? {
        map.successions.push(Succession {
            from: UnitId(row.try_get("", "unit_id")?),
            to: UnitId(row.try_get("", "successor_id")?),
            on: sql::date(row.try_get("", "effective_on")?)?,
            main: row.try_get("", "main")?,
        });
    }
    Ok(map)
}

/// Escapes the wild cards of `LIKE` with a backslash.
pub(crate) fn like(text: &str) -> String {
    text.replace('\\', "\\\\").replace('%', "\\%").replace('_', "\\_")
}

pub(crate) fn life(row: &QueryResult) -> Result<Interval, StoreError> {
    let from: i32 = row.try_get("", "starts_on")?;
    let to: Option<i32> = row.try_get("", "ends_on")?;
    let to = to.map(sql::date).transpose()?;
    Interval::new(sql::date(from)?, to).map_err(|_| StoreError::Unreadable(from.to_string()))
}

fn unit(row: &QueryResult) -> Result<Unit, StoreError> {
    Ok(Unit {
        id: UnitId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        kind: sql::code(&row.try_get::<String>("", "kind")?, UnitKind::from_code)?,
        level: sql::code(&row.try_get::<String>("", "level")?, Level::from_code)?,
        life: life(row)?,
    })
}

fn line(row: &QueryResult) -> Result<UnitLine, StoreError> {
    let unit = unit(row)?;
    Ok(UnitLine {
        id: unit.id,
        code: unit.code,
        name: unit.name,
        kind: unit.kind,
        level: unit.level,
        bloc: sql::code(&row.try_get::<String>("", "bloc")?, Bloc::from_code)?,
        life: unit.life,
        actor: row.try_get("", "actor")?,
        people: row.try_get("", "people")?,
    })
}

fn succession(row: &QueryResult, unit: UnitId) -> Result<SuccessionLine, StoreError> {
    let from: i64 = row.try_get("", "unit_id")?;
    let to: i64 = row.try_get("", "successor_id")?;
    let forward = from == unit.0;
    Ok(SuccessionLine {
        other: UnitId(if forward { to } else { from }),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        on: sql::date(row.try_get("", "effective_on")?)?,
        change: sql::code(&row.try_get::<String>("", "change")?, Change::from_code)?,
        forward,
        decision: row.try_get("", "decision_number")?,
    })
}

/// An area in which a unit lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AreaLine {
    /// Key.
    pub id: i64,
    /// In what it lies.
    pub area: Area,
    /// When.
    pub during: Interval,
    /// Number of the decision that says so.
    pub decision: String,
}

/// The areas of a unit, oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn areas_of(db: &Db, unit: UnitId) -> Result<Vec<AreaLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, area, starts_on, ends_on, decision FROM unit_area WHERE unit_id = ").bind(unit.0).push(" ORDER BY starts_on, id");
    let line = |row: &QueryResult| {
        Ok(AreaLine {
            id: row.try_get("", "id")?,
            area: sql::code(&row.try_get::<String>("", "area")?, Area::from_code)?,
            during: life(row)?,
            decision: row.try_get("", "decision")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// The units that lie in any of these areas on a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn within_areas(db: &Db, areas: &BTreeSet<Area>, on: Date) -> Result<BTreeSet<UnitId>, StoreError> {
    if areas.is_empty() {
        return Ok(BTreeSet::new());
    }
    let mut sql = Sql::new();
    sql.push("SELECT DISTINCT unit_id FROM unit_area WHERE starts_on <= ").bind(number(on));
    sql.push(" AND (ends_on IS NULL OR ends_on > ").bind(number(on)).push(")").and_in("area", areas.iter().map(|area| area.code()));
    sql.all(db.reader()).await?.iter().map(|row| Ok(UnitId(row.try_get("", "unit_id")?))).collect()
}

/// Where a unit stands for a time, as somebody said.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SpotLine {
    /// Key.
    pub id: i64,
    /// The unit.
    pub unit: UnitId,
    /// Where.
    pub spot: Spot,
    /// When.
    pub during: Interval,
}

/// Where units stand, as was said: of one, or of all; oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn spots(at: At<'_>, unit: Option<UnitId>) -> Result<Vec<SpotLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, unit_id, latitude, longitude, starts_on, ends_on FROM unit_spot WHERE 1 = 1")
        .and_in("unit_id", unit.map(|id| id.0));
    sql.push(" ORDER BY unit_id, starts_on, id");
    let line = |row: &QueryResult| {
        Ok(SpotLine {
            id: row.try_get("", "id")?,
            unit: UnitId(row.try_get("", "unit_id")?),
            spot: Spot { latitude: row.try_get("", "latitude")?, longitude: row.try_get("", "longitude")? },
            during: life(row)?,
        })
    };
    at.all(sql).await?.iter().map(line).collect()
}
