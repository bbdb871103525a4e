//! People named for classes: rosters, lines for a seat, what a unit or an official has running.
//! Not for: facts by which somebody is judged (`facts`), or deciding (`service::nominations`).

pub mod facts;

use domain::ids::{ClassId, NominationId, OfficialId, UnitId};
use domain::nominations::NominationState;
use domain::people::{LeaderGroup, Sex, StaffKind};
use domain::plans::Working;
use domain::time::{Date, Instant, number};
use domain::training::{ClassStatus, Outcome};
use sea_orm::QueryResult;

use super::place::Place;
use super::units;
use crate::db::{At, Db, StoreError};
use crate::sql::{self, Sql};

/// Somebody named for a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NominationLine {
    /// Key.
    pub id: NominationId,
    /// The class.
    pub class: ClassOf,
    /// Who: key, staff code, name.
    pub official: (OfficialId, String, String),
    /// Day of birth; who may read it is for the caller to decide.
    pub born_on: Date,
    /// Sex.
    pub sex: Sex,
    /// Unit, kind of staff and group on the first day of the class.
    pub working: Working,
    /// Code and name of the unit.
    pub unit: (String, String),
    /// Post held on the day of the question.
    pub post: Option<String>,
    /// How far it has come.
    pub state: NominationState,
    /// How many preferences speak for the person.
    pub points: i32,
    /// Number of the seat held.
    pub seat: Option<i32>,
    /// The day by whose law it was judged.
    pub judged_on: Date,
    /// Codes of what was found and accepted.
    pub findings: String,
    /// With which reason.
    pub reason: String,
    /// Months of service promised.
    pub promised_months: i32,
    /// Whether the standing committee has given its opinion.
    pub opinion_given: bool,
    /// Since when it waits for a seat.
    pub waits_since: Option<Instant>,
    /// When it was written.
    pub made_at: Instant,
    /// Counts changes.
    pub revision: i32,
}

/// What a nomination tells of its class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassOf {
    /// Key.
    pub id: ClassId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// State.
    pub status: ClassStatus,
    /// First and last day.
    pub days: (Date, Date),
}

/// Which nominations are looked for.
#[derive(Debug, Clone, Copy)]
pub enum Of<'a> {
    /// Those of a class.
    Class(ClassId),
    /// Those of an official.
    Official(OfficialId),
    /// One.
    One(NominationId),
    /// Those of the units of a place that wait for somebody's word.
    Undecided(&'a Place),
}

/// Nominations: who holds a seat first, then the line in its order, then what is over; each in name order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(at: At<'_>, of: Of<'_>, on: Date, limit: u32) -> Result<Vec<NominationLine>, StoreError> {
    let mut sql = Sql::new();
    if let Of::Undecided(place) = of {
        place.open(&mut sql);
        sql.push("one(n) AS (SELECT 1) ");
    }
    sql.push(
        "SELECT n.*, o.code AS official_code, o.name AS official_name, o.birth_on, o.sex, u.code AS unit_code, s.number AS seat_number, ",
    );
    sql.push("c.code AS class_code, c.name AS class_name, c.status AS class_status, c.starts_on AS class_from, c.ends_on AS class_to, ");
    sql.push("(SELECT b.title FROM posting p JOIN post b ON b.id = p.post_id WHERE p.official_id = n.official_id AND p.starts_on <= ");
    sql.bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") LIMIT 1) AS post, ");
    units::name_on(&mut sql, on);
    sql.push(" AS unit_name FROM nomination n JOIN official o ON o.id = n.official_id JOIN unit u ON u.id = n.unit_id ");
    sql.push("JOIN training_class c ON c.id = n.class_id LEFT JOIN class_seat s ON s.nomination_id = n.id");
    if let Of::Undecided(place) = of {
        place.join(&mut sql, "n.unit_id");
    }
    sql.push(" WHERE ");
    match of {
        Of::Class(class) => sql.push("n.class_id = ").bind(class.0),
        Of::Official(official) => sql.push("n.official_id = ").bind(official.0),
        Of::One(id) => sql.push("n.id = ").bind(id.0),
        Of::Undecided(_) => sql.push("n.state IN ('named', 'agreed', 'leaving') AND c.status IN ('enrolling', 'running')"),
    };
    sql.push(" ORDER BY CASE WHEN s.number IS NOT NULL THEN 0 WHEN n.state = 'waiting' THEN 1 ELSE 2 END, ");
    sql.push("CASE WHEN n.state = 'waiting' THEN -n.points ELSE 0 END, CASE WHEN n.state = 'waiting' THEN n.waits_since ELSE 0 END, ");
    sql.push("CASE WHEN n.state = 'waiting' THEN n.id ELSE 0 END, o.sort_key, n.id LIMIT ").bind(i64::from(limit));
    at.all(sql).await?.iter().map(line).collect()
}

/// One nomination.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(at: At<'_>, id: NominationId, on: Date) -> Result<NominationLine, StoreError> {
    list(at, Of::One(id), on, 1).await?.pop().ok_or(StoreError::NotFound)
}

fn line(row: &QueryResult) -> Result<NominationLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let day = |name: &str| -> Result<Date, StoreError> { sql::date(row.try_get("", name)?) };
    Ok(NominationLine {
        id: NominationId(row.try_get("", "id")?),
        class: ClassOf {
            id: ClassId(row.try_get("", "class_id")?),
            code: text("class_code")?,
            name: text("class_name")?,
            status: sql::code(&text("class_status")?, ClassStatus::from_code)?,
            days: (day("class_from")?, day("class_to")?),
        },
        official: (OfficialId(row.try_get("", "official_id")?), text("official_code")?, text("official_name")?),
        born_on: day("birth_on")?,
        sex: sql::code(&text("sex")?, Sex::from_code)?,
        working: working(row)?,
        unit: (text("unit_code")?, text("unit_name")?),
        post: row.try_get("", "post")?,
        state: sql::code(&text("state")?, NominationState::from_code)?,
        points: row.try_get("", "points")?,
        seat: row.try_get("", "seat_number")?,
        judged_on: day("judged_on")?,
        findings: text("findings")?,
        reason: text("reason")?,
        promised_months: row.try_get("", "promised_months")?,
        opinion_given: row.try_get("", "opinion_given")?,
        waits_since: row.try_get::<Option<i64>>("", "waits_since")?.map(Instant),
        made_at: Instant(row.try_get("", "made_at")?),
        revision: row.try_get("", "revision")?,
    })
}

fn working(row: &QueryResult) -> Result<Working, StoreError> {
    let group: Option<String> = row.try_get("", "leader_group")?;
    Ok(Working {
        unit: UnitId(row.try_get("", "unit_id")?),
        staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
        group: group.map(|code| sql::code(&code, LeaderGroup::from_code)).transpose()?,
    })
}

/// What everybody who holds a seat of a class is, for its shares.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn seated(at: At<'_>, class: ClassId) -> Result<Vec<Working>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT n.unit_id, n.staff, n.leader_group FROM class_seat s JOIN nomination n ON n.id = s.nomination_id WHERE s.class_id = ");
    sql.bind(class.0);
    at.all(sql).await?.iter().map(working).collect()
}

/// Everybody who is, or may still be, of a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn alive(at: At<'_>, class: ClassId) -> Result<Vec<OfficialId>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT official_id FROM nomination WHERE state IN ('named', 'agreed', 'confirmed', 'waiting', 'leaving') AND class_id = ");
    sql.bind(class.0);
    at.all(sql).await?.iter().map(|row| Ok(OfficialId(row.try_get("", "official_id")?))).collect()
}

/// Promises of service that began with a class, and whose they are.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn promises(at: At<'_>, class: ClassId) -> Result<Vec<(i64, OfficialId)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT commitment_id, official_id FROM nomination WHERE commitment_id IS NOT NULL AND class_id = ").bind(class.0);
    sql.push(" ORDER BY id");
    let one = |row: &QueryResult| Ok((row.try_get("", "commitment_id")?, OfficialId(row.try_get("", "official_id")?)));
    at.all(sql).await?.iter().map(one).collect()
}

/// Attendances of a class that are going on: the record and whose it is.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn records(at: At<'_>, class: ClassId) -> Result<Vec<(i64, OfficialId)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, official_id FROM training_record WHERE outcome = 'studying' AND class_id = ").bind(class.0).push(" ORDER BY id");
    let one = |row: &QueryResult| Ok((row.try_get("", "id")?, OfficialId(row.try_get("", "official_id")?)));
    at.all(sql).await?.iter().map(one).collect()
}

/// An attendance: who (key, staff code, name), the name of the unit on the first day, and what became of it.
pub type Learner = ((OfficialId, String, String), String, Outcome);

/// Everybody of a class in name order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn learners(at: At<'_>, class: ClassId, on: Date) -> Result<Vec<Learner>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT t.official_id, t.outcome, o.code, o.name, ");
    units::name_on(&mut sql, on);
    sql.push(" AS unit_name FROM training_record t JOIN official o ON o.id = t.official_id JOIN unit u ON u.id = t.unit_id ");
    sql.push("WHERE t.class_id = ").bind(class.0).push(" ORDER BY o.sort_key, o.id");
    let one = |row: &QueryResult| {
        let who = (OfficialId(row.try_get("", "official_id")?), row.try_get("", "code")?, row.try_get("", "name")?);
        Ok((who, row.try_get("", "unit_name")?, sql::code(&row.try_get::<String>("", "outcome")?, Outcome::from_code)?))
    };
    at.all(sql).await?.iter().map(one).collect()
}

/// Something that happened to a nomination.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StepLine {
    /// What, by code.
    pub act: String,
    /// In words.
    pub words: String,
    /// Name of the account.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// What happened to a nomination, in its order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn steps(db: &Db, id: NominationId) -> Result<Vec<StepLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT e.act, e.words, e.happened_at, a.name FROM nomination_event e LEFT JOIN user_account a ON a.id = e.user_id ");
    sql.push("WHERE e.nomination_id = ").bind(id.0).push(" ORDER BY e.id");
    let step = |row: &QueryResult| {
        Ok(StepLine {
            act: row.try_get("", "act")?,
            words: row.try_get("", "words")?,
            by: row.try_get("", "name")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(step).collect()
}
