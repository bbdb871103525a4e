//! Counts that quotas ask for: events by topic, form and year; people sent to a degree by agency.
//! Not for: comparing with the quota (`domain::quotas`).

use std::collections::{HashMap, HashSet};

use domain::ids::UnitId;
use domain::orgs::{Level, UnitKind};
use domain::quotas::{EventCount, PlaceCount};
use domain::time::{Date, number};
use sea_orm::QueryResult;

use crate::db::{At, Db, StoreError};
use crate::sql::Sql;

/// Events of a scheme that have begun by a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn events(db: &Db, scheme: &str, as_of: Date) -> Result<Vec<EventCount>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.topic, c.form, c.starts_on / 10000 AS in_year, COUNT(*) AS n FROM training_class c ");
    sql.push("WHERE c.topic IS NOT NULL AND c.status IN ('running', 'finished', 'recognised', 'closed') AND c.scheme = ").bind(scheme);
    sql.push(" AND c.starts_on <= ").bind(number(as_of)).push(" GROUP BY c.topic, c.form, c.starts_on / 10000");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            let form: String = row.try_get("", "form")?;
            Ok(EventCount {
                topic: row.try_get("", "topic")?,
                form: crate::sql::code(&form, domain::training::ClassForm::from_code)?,
                year: row.try_get("", "in_year")?,
                count: row.try_get("", "n")?,
            })
        })
        .collect()
}

/// For each unit the agencies it belongs to: itself when it carries a role code, else the nearest above that does, on any day.
pub type AgencyOf = HashMap<UnitId, Vec<UnitId>>;

/// The agencies of all units.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn agency_of(db: &Db) -> Result<AgencyOf, StoreError> {
    let mut sql = Sql::new();
    sql.push("WITH RECURSIVE agency(id, root) AS (SELECT u.id, u.id FROM unit u WHERE u.actor IS NOT NULL UNION ");
    sql.push("SELECT l.unit_id, a.root FROM unit_link l JOIN agency a ON l.parent_id = a.id JOIN unit u ON u.id = l.unit_id WHERE u.actor IS NULL) ");
    sql.push("SELECT id, root FROM agency ORDER BY id, root");
    let mut agencies = AgencyOf::new();
    for row in sql.all(db.reader()).await? {
        agencies.entry(UnitId(row.try_get("", "id")?)).or_default().push(UnitId(row.try_get("", "root")?));
    }
    Ok(agencies)
}

/// People sent to a degree between two days, by agency, field, degree, staff, group and year.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn places(db: &Db, agencies: &AgencyOf, from: Date, as_of: Date) -> Result<Vec<PlaceCount>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT DISTINCT t.official_id, t.unit_id, t.field, t.degree, t.staff, t.leader_group, t.starts_on / 10000 AS in_year ");
    sql.push("FROM training_record t WHERE t.kind = 'education' AND t.starts_on >= ").bind(number(from));
    sql.push(" AND t.starts_on <= ").bind(number(as_of));
    by_agency(&sql.all(db.reader()).await?, agencies)
}

/// People who hold a seat of a class for a degree that has not begun and will between two days, as [`places`] counts them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn named(at: At<'_>, agencies: &AgencyOf, (from, to): (Date, Date)) -> Result<Vec<PlaceCount>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT n.official_id, n.unit_id, c.field, c.degree, n.staff, n.leader_group, c.starts_on / 10000 AS in_year ");
    sql.push("FROM nomination n JOIN training_class c ON c.id = n.class_id WHERE c.kind = 'education' ");
    sql.push("AND c.status IN ('planned', 'enrolling') AND n.state IN ('named', 'agreed', 'confirmed', 'leaving') AND c.starts_on >= ");
    sql.bind(number(from)).push(" AND c.starts_on <= ").bind(number(to));
    by_agency(&at.all(sql).await?, agencies)
}

fn by_agency(rows: &[QueryResult], agencies: &AgencyOf) -> Result<Vec<PlaceCount>, StoreError> {
    let mut sent: HashMap<PlaceCount, HashSet<i64>> = HashMap::new();
    for row in rows {
        let person: i64 = row.try_get("", "official_id")?;
        let unit = UnitId(row.try_get("", "unit_id")?);
        for agency in agencies.get(&unit).into_iter().flatten() {
            sent.entry(place(row, *agency)?).or_default().insert(person);
        }
    }
    let count = |people: HashSet<i64>| i64::try_from(people.len()).unwrap_or(i64::MAX);
    Ok(sent.into_iter().map(|(place, people)| PlaceCount { count: count(people), ..place }).collect())
}

/// What a person is counted under; nothing is counted yet.
fn place(row: &QueryResult, agency: UnitId) -> Result<PlaceCount, StoreError> {
    let text = |name: &str| row.try_get::<Option<String>>("", name);
    Ok(PlaceCount {
        agency,
        field: text("field")?.as_deref().and_then(domain::people::StudyField::from_code),
        degree: text("degree")?.as_deref().and_then(domain::people::Degree::from_code),
        staff: crate::sql::code(&row.try_get::<String>("", "staff")?, domain::people::StaffKind::from_code)?,
        group: text("leader_group")?.as_deref().and_then(domain::people::LeaderGroup::from_code),
        year: row.try_get("", "in_year")?,
        count: 0,
    })
}

/// A unit that a scheme may speak of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Agency {
    /// Its own role code.
    pub actor: String,
    /// The unit.
    pub unit: UnitId,
    /// Name.
    pub name: String,
    /// Kind and level decide the groups it belongs to.
    pub kind: UnitKind,
    /// Level.
    pub level: Level,
}

/// Units that carry a role code and live on a day, in code order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn agencies(db: &Db, on: Date) -> Result<Vec<Agency>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT u.actor, u.id, u.kind, u.level, ");
    crate::read::units::name_on(&mut sql, on);
    sql.push(" AS name FROM unit u WHERE u.actor IS NOT NULL AND u.starts_on <= ").bind(number(on));
    sql.push(" AND (u.ends_on IS NULL OR u.ends_on > ").bind(number(on)).push(") ORDER BY u.code");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(Agency {
                actor: row.try_get("", "actor")?,
                unit: UnitId(row.try_get("", "id")?),
                name: row.try_get("", "name")?,
                kind: crate::sql::code(&row.try_get::<String>("", "kind")?, UnitKind::from_code)?,
                level: crate::sql::code(&row.try_get::<String>("", "level")?, Level::from_code)?,
            })
        })
        .collect()
}
