//! How many people of a list fall under each choice: one statement for what stands in the posting and the identity, one for
//! qualifications, one each for fields, ethnic groups and training.
//! Not for: which filters count beside which facet (`service::registry::facets`).

use std::collections::BTreeMap;

use domain::lists::{AgeBand, Ages, Trained, levels as codes_of};
use domain::orgs::Level;
use domain::people::{LeaderGroup, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use domain::roles::Scope;
use domain::time::Date;

use super::list::{self, Wanted};
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// People who are alike in everything that stands in the posting and the identity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// Kind of staff.
    pub staff: StaffKind,
    /// Leadership post.
    pub leadership: Option<Leadership>,
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
    /// Level of the administration.
    pub level: Level,
    /// Grade by its code.
    pub grade: Option<String>,
    /// Sex.
    pub sex: Sex,
    /// Band of age.
    pub band: AgeBand,
    /// Whether the asked ages hold them.
    pub in_ages: bool,
    /// How many.
    pub people: i64,
}

/// How many hold each level of each kind as their highest; level 0 is one without a known level.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Levels {
    /// Everybody.
    pub people: i64,
    /// By kind and level.
    pub by_level: BTreeMap<(QualificationKind, usize), i64>,
}

impl Levels {
    /// How many hold at least this level.
    #[must_use]
    pub fn at_least(&self, kind: QualificationKind, least: usize) -> i64 {
        self.by_level.iter().filter(|((k, level), _)| *k == kind && *level >= least).map(|(_, people)| people).sum()
    }
}

/// The people of a list in cells; `ages` are looked at, not applied.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn cells(db: &Db, scope: &Scope, wanted: &Wanted, ages: Ages, on: Date) -> Result<Vec<Cell>, StoreError> {
    let mut sql = Sql::new();
    let limited = list::open(&mut sql, scope, wanted, on, false);
    sql.push("SELECT p.staff, p.leadership, p.leader_group, p.level, p.grade, o.sex, CASE");
    for (place, band) in (0_i32..).zip(AgeBand::ALL) {
        let (from, _) = band.ages();
        let (_, youngest) = Ages { from: Some(from), to: None }.births(on);
        let (oldest, _) = Ages { from: None, to: Some(band.ages().1) }.births(on);
        if let (Some(oldest), Some(youngest)) = (oldest, youngest) {
            sql.push(&format!(" WHEN o.birth_on BETWEEN {oldest} AND {youngest} THEN {place}"));
        }
    }
    sql.push(" ELSE 4 END AS band, CASE WHEN 1 = 1");
    let (first, last) = ages.births(on);
    sql.push(&first.map(|day| format!(" AND o.birth_on >= {day}")).unwrap_or_default());
    sql.push(&last.map(|day| format!(" AND o.birth_on <= {day}")).unwrap_or_default());
    sql.push(" THEN 1 ELSE 0 END AS in_ages, COUNT(*) AS people");
    list::from(&mut sql, wanted, on);
    sql.push(" WHERE 1 = 1");
    list::keep(&mut sql, scope, wanted, on, limited);
    sql.push(" GROUP BY 1, 2, 3, 4, 5, 6, 7, 8");
    sql.all(db.reader()).await?.iter().map(cell).collect()
}

fn cell(row: &sea_orm::QueryResult) -> Result<Cell, StoreError> {
    let band = usize::try_from(row.try_get::<i32>("", "band")?).ok().and_then(|place| AgeBand::ALL.get(place).copied());
    Ok(Cell {
        staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
        leadership: row.try_get::<Option<String>>("", "leadership")?.as_deref().and_then(Leadership::from_code),
        group: row.try_get::<Option<String>>("", "leader_group")?.as_deref().and_then(LeaderGroup::from_code),
        level: sql::code(&row.try_get::<String>("", "level")?, Level::from_code)?,
        grade: row.try_get("", "grade")?,
        sex: sql::code(&row.try_get::<String>("", "sex")?, Sex::from_code)?,
        band: band.unwrap_or(AgeBand::From60),
        in_ages: row.try_get::<i32>("", "in_ages")? == 1,
        people: row.try_get("", "people")?,
    })
}

/// The people of a list by the highest qualification of each kind that they hold on the day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn levels(db: &Db, scope: &Scope, wanted: &Wanted, on: Date) -> Result<Levels, StoreError> {
    let mut sql = Sql::new();
    base(&mut sql, scope, wanted, on);
    sql.push(" SELECT h.kind, h.level, COUNT(*) AS people FROM (SELECT q.kind, q.official_id, MAX(CASE ");
    sql.push("WHEN q.kind = 'professional' THEN q.degree_rank");
    for kind in QualificationKind::ALL.iter().filter(|kind| **kind != QualificationKind::Professional) {
        for (level, code) in (1_i32..).zip(codes_of(*kind)) {
            sql.push(&format!(" WHEN q.kind = '{kind}' AND q.grade = '{code}' THEN {level}"));
        }
    }
    sql.push(" ELSE 0 END) AS level FROM base b JOIN qualification q ON q.official_id = b.id");
    list::valid(&mut sql, on);
    sql.push(" GROUP BY q.kind, q.official_id) h GROUP BY h.kind, h.level UNION ALL SELECT '', 0, COUNT(*) FROM base");
    let mut found = Levels::default();
    for row in sql.all(db.reader()).await? {
        let (kind, people): (String, i64) = (row.try_get("", "kind")?, row.try_get("", "people")?);
        match QualificationKind::from_code(&kind) {
            Some(kind) => {
                let level = usize::try_from(row.try_get::<i32>("", "level")?).unwrap_or_default();
                found.by_level.insert((kind, level), people);
            }
            None => found.people = people,
        }
    }
    Ok(found)
}

/// `WITH base(id)`: the people of a list.
fn base(sql: &mut Sql, scope: &Scope, wanted: &Wanted, on: Date) {
    let limited = list::open(sql, scope, wanted, on, true);
    sql.push("base(id) AS (SELECT o.id");
    list::from(sql, wanted, on);
    sql.push(" WHERE 1 = 1");
    list::keep(sql, scope, wanted, on, limited);
    sql.push(")");
}

/// How many people of a list hold a professional qualification in each field.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn fields(db: &Db, scope: &Scope, wanted: &Wanted, on: Date) -> Result<BTreeMap<StudyField, i64>, StoreError> {
    let mut sql = Sql::new();
    base(&mut sql, scope, wanted, on);
    sql.push(" SELECT q.field, COUNT(DISTINCT q.official_id) AS people FROM base b JOIN qualification q ON q.official_id = b.id");
    sql.push(" AND q.kind = 'professional' AND q.field IS NOT NULL");
    list::valid(&mut sql, on);
    sql.push(" GROUP BY q.field");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| Ok((sql::code(&row.try_get::<String>("", "field")?, StudyField::from_code)?, row.try_get("", "people")?)))
        .collect()
}

/// How many people of a list are of each ethnic group.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn ethnic_groups(db: &Db, scope: &Scope, wanted: &Wanted, on: Date) -> Result<BTreeMap<i32, i64>, StoreError> {
    let mut sql = Sql::new();
    let limited = list::open(&mut sql, scope, wanted, on, false);
    sql.push("SELECT o.ethnicity, COUNT(*) AS people");
    list::from(&mut sql, wanted, on);
    sql.push(" WHERE 1 = 1");
    list::keep(&mut sql, scope, wanted, on, limited);
    sql.push(" GROUP BY o.ethnicity");
    let rows = sql.all(db.reader()).await?;
    rows.iter().map(|row| Ok((row.try_get("", "ethnicity")?, row.try_get("", "people")?))).collect()
}

/// How many people of a list finished such training, and how many did not.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn trained(db: &Db, scope: &Scope, wanted: &Wanted, asked: &Trained, on: Date) -> Result<(i64, i64), StoreError> {
    let mut sql = Sql::new();
    let limited = list::open(&mut sql, scope, wanted, on, false);
    sql.push("SELECT COALESCE(SUM(CASE WHEN ");
    list::trained(&mut sql, asked);
    sql.push(" THEN 1 ELSE 0 END), 0) AS did, COUNT(*) AS people");
    list::from(&mut sql, wanted, on);
    sql.push(" WHERE 1 = 1");
    list::keep(&mut sql, scope, wanted, on, limited);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    let (did, people): (i64, i64) = (row.try_get("", "did")?, row.try_get("", "people")?);
    Ok((did, people - did))
}
