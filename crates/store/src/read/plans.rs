//! Plans of training with their versions, and the officials whom their lines name.
//! Not for: what a plan adds (`domain::plans`).

use std::collections::BTreeSet;

use domain::ids::{CaseId, OfficialId, PlanId, PlanVersionId, UnitId};
use domain::orgs::{Bloc, UnitKind};
use domain::people::{LeaderGroup, StaffKind};
use domain::plans::{Body, PlanKind, PlanState, Working};
use domain::time::{Date, Instant, date, number};
use sea_orm::{ConnectionTrait, QueryResult};

use super::units;
use crate::db::{Db, StoreError, WriteTx};
use crate::plan_body;
use crate::sql::{self, Sql};

/// A plan without its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanLine {
    /// Id.
    pub id: PlanId,
    /// Year or stage.
    pub kind: PlanKind,
    /// Whose.
    pub unit: UnitId,
    /// Code of the unit.
    pub unit_code: String,
    /// Name of the unit on the day of the question.
    pub unit_name: String,
    /// Kind of the unit.
    pub unit_kind: UnitKind,
    /// Bloc of the unit.
    pub bloc: Bloc,
    /// The plan it stands under.
    pub under: Option<PlanId>,
    /// First year.
    pub from: i32,
    /// Last year.
    pub to: i32,
    /// Title.
    pub title: String,
    /// Versions, newest first.
    pub versions: Vec<VersionLine>,
}

impl PlanLine {
    /// The version in force, if one is.
    #[must_use]
    pub fn in_force(&self) -> Option<&VersionLine> {
        self.versions.iter().find(|version| version.state == PlanState::Issued)
    }

    /// Its last day.
    #[must_use]
    pub fn last_day(&self) -> Date {
        date(self.to, 12, 31).unwrap_or(Date::MAX)
    }

    /// The version that is written or on its way, if one is.
    #[must_use]
    pub fn open(&self) -> Option<&VersionLine> {
        self.versions.iter().find(|version| matches!(version.state, PlanState::Draft | PlanState::Submitted))
    }
}

/// A version without its lines.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct VersionLine {
    /// Id.
    pub id: PlanVersionId,
    /// 1, 2, 3 …
    pub number: i32,
    /// State.
    pub state: PlanState,
    /// Counts saves; two officers cannot overwrite each other.
    pub revision: i32,
    /// Why it was made.
    pub note: String,
    /// Name of the account that saved it.
    pub saved_by: Option<String>,
    /// When.
    pub saved_at: Instant,
    /// The paper it travels as.
    pub case: Option<CaseId>,
    /// Number of the paper that issued it.
    pub paper_number: Option<String>,
    /// Day of that paper.
    pub issued_on: Option<Date>,
}

/// Plans that are looked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// One plan.
    pub plan: Option<PlanId>,
    /// Plans that touch these years, both included.
    pub years: Option<(i32, i32)>,
    /// Plans that stand under this one.
    pub under: Option<PlanId>,
}

const COLUMNS: &str = " AS unit_name, p.id AS plan_id, p.kind, p.unit_id, u.code AS unit_code, u.kind AS unit_kind, u.bloc, p.under_id, \
    p.year_from, p.year_to, p.title, v.id, v.number, v.state, v.revision, v.note, v.saved_at, v.case_id, v.paper_number, v.issued_on, \
    a.name AS saved_by_name FROM plan p JOIN unit u ON u.id = p.unit_id JOIN plan_version v ON v.plan_id = p.id \
    LEFT JOIN user_account a ON a.id = v.saved_by WHERE 1 = 1";

/// Plans with all their versions: later years first, the province before its parts, then by unit code.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn plans(db: &Db, wanted: &Wanted, on: Date) -> Result<Vec<PlanLine>, StoreError> {
    listed(db.reader(), wanted, on).await
}

/// One plan as a transaction that writes sees it.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one_for_writing(tx: &WriteTx, plan: PlanId, on: Date) -> Result<PlanLine, StoreError> {
    let wanted = Wanted { plan: Some(plan), ..Wanted::default() };
    listed(tx.connection(), &wanted, on).await?.pop().ok_or(StoreError::NotFound)
}

/// The plan of a version as a transaction that writes sees it; units are named as they are called at last.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such version.
pub async fn of_version(tx: &WriteTx, version: PlanVersionId) -> Result<PlanLine, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT plan_id FROM plan_version WHERE id = ").bind(version.0);
    let row = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    one_for_writing(tx, PlanId(row.try_get("", "plan_id")?), Date::MAX).await
}

/// The plan of a version, and which of its versions it is.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such version.
pub async fn number_of(db: &Db, version: PlanVersionId) -> Result<(PlanId, i32), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT plan_id, number FROM plan_version WHERE id = ").bind(version.0);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok((PlanId(row.try_get("", "plan_id")?), row.try_get("", "number")?))
}

async fn listed(connection: &impl ConnectionTrait, wanted: &Wanted, on: Date) -> Result<Vec<PlanLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT ");
    units::name_on(&mut sql, on);
    sql.push(COLUMNS).and_in("p.id", wanted.plan.map(|plan| plan.0)).and_in("p.under_id", wanted.under.map(|plan| plan.0));
    if let Some((from, to)) = wanted.years {
        sql.push(" AND p.year_from <= ").bind(to).push(" AND p.year_to >= ").bind(from);
    }
    sql.push(" ORDER BY p.year_from DESC, p.year_to DESC, CASE WHEN u.kind = 'province' THEN 0 ELSE 1 END, u.code, p.id, v.number DESC");
    let mut plans: Vec<PlanLine> = Vec::new();
    for row in sql.all(connection).await? {
        let plan = plan(&row)?;
        match plans.last_mut().filter(|last| last.id == plan.id) {
            Some(last) => last.versions.extend(plan.versions),
            None => plans.push(plan),
        }
    }
    Ok(plans)
}

fn plan(row: &QueryResult) -> Result<PlanLine, StoreError> {
    Ok(PlanLine {
        id: PlanId(row.try_get("", "plan_id")?),
        kind: sql::code(&row.try_get::<String>("", "kind")?, PlanKind::from_code)?,
        unit: UnitId(row.try_get("", "unit_id")?),
        unit_code: row.try_get("", "unit_code")?,
        unit_name: row.try_get("", "unit_name")?,
        unit_kind: sql::code(&row.try_get::<String>("", "unit_kind")?, UnitKind::from_code)?,
        bloc: sql::code(&row.try_get::<String>("", "bloc")?, Bloc::from_code)?,
        under: row.try_get::<Option<i64>>("", "under_id")?.map(PlanId),
        from: row.try_get("", "year_from")?,
        to: row.try_get("", "year_to")?,
        title: row.try_get("", "title")?,
        versions: vec![version(row)?],
    })
}

fn version(row: &QueryResult) -> Result<VersionLine, StoreError> {
    Ok(VersionLine {
        id: PlanVersionId(row.try_get("", "id")?),
        number: row.try_get("", "number")?,
        state: sql::code(&row.try_get::<String>("", "state")?, PlanState::from_code)?,
        revision: row.try_get("", "revision")?,
        note: row.try_get("", "note")?,
        saved_by: row.try_get("", "saved_by_name")?,
        saved_at: Instant(row.try_get("", "saved_at")?),
        case: row.try_get::<Option<i64>>("", "case_id")?.map(CaseId),
        paper_number: row.try_get("", "paper_number")?,
        issued_on: row.try_get::<Option<i32>>("", "issued_on")?.map(sql::date).transpose()?,
    })
}

/// The lines of versions, in the order of the versions asked for.
///
/// # Errors
/// [`StoreError::NotFound`] when one of them does not exist.
pub async fn bodies(db: &Db, versions: &[PlanVersionId]) -> Result<Vec<Body>, StoreError> {
    if versions.is_empty() {
        return Ok(Vec::new());
    }
    read_bodies(db.reader(), versions).await
}

/// The lines of a version as a transaction that writes sees them.
///
/// # Errors
/// [`StoreError::NotFound`] when it does not exist.
pub async fn body_for_writing(tx: &WriteTx, version: PlanVersionId) -> Result<Body, StoreError> {
    read_bodies(tx.connection(), &[version]).await?.pop().ok_or(StoreError::NotFound)
}

async fn read_bodies(connection: &impl ConnectionTrait, versions: &[PlanVersionId]) -> Result<Vec<Body>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, body FROM plan_version WHERE 1 = 1").and_in("id", versions.iter().map(|id| id.0));
    let mut found = std::collections::BTreeMap::new();
    for row in sql.all(connection).await? {
        found.insert(row.try_get::<i64>("", "id")?, plan_body::read(&row.try_get::<String>("", "body")?)?);
    }
    versions.iter().map(|id| found.get(&id.0).cloned().ok_or(StoreError::NotFound)).collect()
}

/// An official whom a line names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NamedOfficial {
    /// Id.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Name of the unit.
    pub unit_name: String,
    /// Where.
    pub working: Working,
}

/// Officials read by one statement.
const TOGETHER: usize = 5_000;

/// Named officials with where they work on a day, in name order; who works nowhere then is left out.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn named(db: &Db, people: &BTreeSet<OfficialId>, on: Date) -> Result<Vec<NamedOfficial>, StoreError> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let mut found = Vec::with_capacity(ids.len());
    for some in ids.chunks(TOGETHER) {
        let mut sql = Sql::new();
        sql.push("SELECT o.id, o.code, o.name, o.sort_key, p.unit_id, p.staff, p.leader_group, ");
        units::name_on(&mut sql, on);
        sql.push(" AS unit_name FROM official o JOIN posting p ON p.official_id = o.id AND p.starts_on <= ").bind(number(on));
        sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") JOIN unit u ON u.id = p.unit_id WHERE 1 = 1");
        sql.and_in("o.id", some.iter().copied());
        for row in sql.all(db.reader()).await? {
            found.push((row.try_get::<Vec<u8>>("", "sort_key")?, named_official(&row)?));
        }
    }
    found.sort_by(|a, b| (&a.0, a.1.id).cmp(&(&b.0, b.1.id)));
    found.dedup_by_key(|(_, named)| named.id);
    Ok(found.into_iter().map(|(_, named)| named).collect())
}

fn named_official(row: &QueryResult) -> Result<NamedOfficial, StoreError> {
    Ok(NamedOfficial {
        id: OfficialId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        unit_name: row.try_get("", "unit_name")?,
        working: working(row)?,
    })
}

/// Unit, kind of staff and group of a row.
pub(super) fn working(row: &QueryResult) -> Result<Working, StoreError> {
    Ok(Working {
        unit: UnitId(row.try_get("", "unit_id")?),
        staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
        group: row.try_get::<Option<String>>("", "leader_group")?.as_deref().and_then(LeaderGroup::from_code),
    })
}

/// Officials by staff codes, those that exist.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn by_codes(db: &Db, codes: &[String]) -> Result<Vec<(String, OfficialId)>, StoreError> {
    if codes.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new();
    sql.push("SELECT id, code FROM official WHERE 1 = 1").and_in("code", codes.iter().map(String::as_str));
    let one = |row: &QueryResult| Ok((row.try_get("", "code")?, OfficialId(row.try_get("", "id")?)));
    sql.all(db.reader()).await?.iter().map(one).collect()
}
