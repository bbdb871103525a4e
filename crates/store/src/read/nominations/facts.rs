//! Facts by which people are judged before they are sent to a class, for one person or for a whole province by the same statements.
//! Not for: judging (`law::sending`, `domain::nominations::hindrances`).

use std::collections::{BTreeMap, HashMap};

use domain::classes::Terms;
use domain::classes::sittings::Shift;
use domain::ids::{ClassId, OfficialId, UnitId};
use domain::nominations::hindrances::Busy;
use domain::orgs::Level;
use domain::people::{Band, Sex};
use domain::plans::Working;
use domain::time::{Date, date, number};
use domain::training::ClassForm;
use sea_orm::QueryResult;

use super::super::place::Place;
use super::super::units;
use super::working;
use crate::db::{At, StoreError};
use crate::sql::{self, Sql};

/// Whose facts are asked for.
#[derive(Debug, Clone, Copy)]
pub enum Who<'a> {
    /// Everybody who holds a post in a place on the day.
    Place(&'a Place),
    /// These people, as far as they hold a post on the day.
    People(&'a [OfficialId]),
}

impl Who<'_> {
    /// Opens the statement with the common table `pop(posting_id, official_id, unit_id)`.
    fn open(self, sql: &mut Sql, on: Date) {
        match self {
            Self::Place(place) => place.open(sql),
            Self::People(_) => {
                sql.push("WITH ");
            }
        }
        sql.push("pop AS (SELECT p.id AS posting_id, p.official_id, p.unit_id FROM posting p");
        if let Self::Place(place) = self {
            place.join(sql, "p.unit_id");
        }
        sql.push(" WHERE p.starts_on <= ").bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(")");
        if let Self::People(people) = self {
            sql.push(" AND p.official_id IN (-1");
            for official in people {
                sql.push(", ").bind(official.0);
            }
            sql.push(")");
        }
        sql.push(") ");
    }
}

/// Somebody who may be sent, with the post held on the day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Who.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit, kind of staff, group.
    pub working: Working,
    /// Name of the unit.
    pub unit_name: String,
    /// Title of the post.
    pub post: String,
    /// Level of government of the post.
    pub level: Level,
    /// Standing duty.
    pub duty: Option<String>,
    /// Whether the degree held fits the post.
    pub fits_post: bool,
    /// Day of birth.
    pub born_on: Date,
    /// Sex.
    pub sex: Sex,
    /// Of an ethnic minority.
    pub is_minority: bool,
    /// Since when the person serves: the day of recruitment, else the first posting.
    pub service_from: Option<Date>,
}

/// People in name order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(at: At<'_>, who: Who<'_>, on: Date) -> Result<Vec<Person>, StoreError> {
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push(
        "SELECT o.id, o.code, o.name, o.birth_on, o.sex, o.ethnicity, p.unit_id, p.staff, p.leader_group, p.level, p.duty, p.fits_post, ",
    );
    sql.push("b.title, COALESCE(o.recruited_on, (SELECT MIN(f.starts_on) FROM posting f WHERE f.official_id = o.id)) AS service_from, ");
    units::name_on(&mut sql, on);
    sql.push(" AS unit_name FROM pop JOIN posting p ON p.id = pop.posting_id JOIN official o ON o.id = p.official_id ");
    sql.push("JOIN unit u ON u.id = p.unit_id JOIN post b ON b.id = p.post_id ORDER BY o.sort_key, o.id");
    at.all(sql).await?.iter().map(person).collect()
}

fn person(row: &QueryResult) -> Result<Person, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    Ok(Person {
        id: OfficialId(row.try_get("", "id")?),
        code: text("code")?,
        name: text("name")?,
        working: working(row)?,
        unit_name: text("unit_name")?,
        post: text("title")?,
        level: sql::code(&text("level")?, Level::from_code)?,
        duty: row.try_get("", "duty")?,
        fits_post: row.try_get("", "fits_post")?,
        born_on: sql::date(row.try_get("", "birth_on")?)?,
        sex: sql::code(&text("sex")?, Sex::from_code)?,
        is_minority: row.try_get::<i32>("", "ethnicity")? != 1,
        service_from: row.try_get::<Option<i32>>("", "service_from")?.map(sql::date).transpose()?,
    })
}

/// Rows of somebody by somebody.
pub type By<T> = HashMap<OfficialId, Vec<T>>;

fn owner(row: &QueryResult) -> Result<OfficialId, StoreError> {
    Ok(OfficialId(row.try_get("", "official_id")?))
}

async fn by<T>(at: At<'_>, sql: Sql, read: impl Fn(&QueryResult) -> Result<T, StoreError>) -> Result<By<T>, StoreError> {
    let mut found: By<T> = HashMap::new();
    for row in at.all(sql).await? {
        found.entry(owner(&row)?).or_default().push(read(&row)?);
    }
    Ok(found)
}

/// Yearly ratings decided since a year: the year and the band.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn ratings(at: At<'_>, who: Who<'_>, on: Date, since: i32) -> Result<By<(i32, Band)>, StoreError> {
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push("SELECT r.official_id, r.rated_on / 10000 AS year, r.band FROM rating r JOIN pop ON pop.official_id = r.official_id ");
    sql.push("WHERE r.kind = 'yearly' AND r.rated_on >= ").bind(since * 10_000).push(" AND r.rated_on <= ").bind(number(on));
    by(at, sql, |row| Ok((row.try_get("", "year")?, sql::code(&row.try_get::<String>("", "band")?, Band::from_code)?))).await
}

/// The first day on which somebody was ever sent to study for a master's degree or more.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn first_sent(at: At<'_>, who: Who<'_>, on: Date) -> Result<HashMap<OfficialId, Date>, StoreError> {
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push("SELECT t.official_id, MIN(t.starts_on) AS first_on FROM training_record t JOIN pop ON pop.official_id = t.official_id ");
    sql.push("WHERE t.kind = 'education' AND t.degree_rank >= 4 GROUP BY t.official_id");
    let rows = at.all(sql).await?;
    rows.iter().map(|row| Ok((owner(row)?, sql::date(row.try_get("", "first_on")?)?))).collect()
}

/// What takes the time of people between two days: classes they are named for, and studies that no class here carries out.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn busy(at: At<'_>, who: Who<'_>, on: Date, (from, to): (Date, Date)) -> Result<By<Busy>, StoreError> {
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push("SELECT n.official_id, c.id AS class_id, c.code, c.name, c.form, c.starts_on, CAST(c.ends_on AS integer) AS ends_on FROM nomination n ");
    sql.push("JOIN pop ON pop.official_id = n.official_id JOIN training_class c ON c.id = n.class_id ");
    sql.push("WHERE n.state IN ('named', 'agreed', 'confirmed', 'leaving') AND c.status IN ('planned', 'enrolling', 'running') ");
    sql.push("AND c.starts_on <= ").bind(number(to)).push(" AND c.ends_on >= ").bind(number(from));
    sql.push(" UNION ALL SELECT t.official_id, t.class_id, COALESCE(c.code, ''), COALESCE(c.name, ''), t.form, t.starts_on, COALESCE(t.ends_on, c.ends_on) ");
    sql.push("FROM training_record t JOIN pop ON pop.official_id = t.official_id LEFT JOIN training_class c ON c.id = t.class_id ");
    sql.push("WHERE t.outcome = 'studying' AND t.starts_on <= ").bind(number(to));
    // An attendance of a class ends with the class at the latest.
    sql.push(" AND (COALESCE(t.ends_on, c.ends_on) IS NULL OR COALESCE(t.ends_on, c.ends_on) >= ").bind(number(from)).push(")");
    let mut found = by(at, sql, busy_of).await?;
    let mut meetings = meetings(at, (from, to)).await?;
    for busy in found.values_mut().flatten() {
        if let Some(list) = busy.class.and_then(|class| meetings.get_mut(&class)) {
            busy.sittings.clone_from(list);
        }
    }
    Ok(found)
}

fn busy_of(row: &QueryResult) -> Result<Busy, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    Ok(Busy {
        class: row.try_get::<Option<i64>>("", "class_id")?.map(ClassId),
        told: format!("{} {}", text("code")?, text("name")?).trim().to_owned(),
        form: sql::code(&text("form")?, ClassForm::from_code)?,
        days: (sql::date(row.try_get("", "starts_on")?)?, row.try_get::<Option<i32>>("", "ends_on")?.map(sql::date).transpose()?),
        sittings: Vec::new(),
    })
}

async fn meetings(at: At<'_>, (from, to): (Date, Date)) -> Result<BTreeMap<ClassId, Vec<(Date, Shift)>>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT class_id, held_on, shift FROM sitting WHERE held_on >= ").bind(number(from)).push(" AND held_on <= ").bind(number(to));
    let mut found: BTreeMap<ClassId, Vec<(Date, Shift)>> = BTreeMap::new();
    for row in at.all(sql).await? {
        let meeting = (sql::date(row.try_get("", "held_on")?)?, sql::code(&row.try_get::<String>("", "shift")?, Shift::from_code)?);
        found.entry(ClassId(row.try_get("", "class_id")?)).or_default().push(meeting);
    }
    Ok(found)
}

/// The last day on which somebody finished the same thing since a day: the same programme of the catalogue, the same programme that
/// schemes name, or the same topic.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn finished(at: At<'_>, who: Who<'_>, on: Date, terms: &Terms, since: Date) -> Result<HashMap<OfficialId, Date>, StoreError> {
    if terms.programme.is_none() && terms.named.is_none() && terms.topic.is_none() {
        return Ok(HashMap::new());
    }
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push("SELECT t.official_id, MAX(t.ends_on) AS last_on FROM training_record t JOIN pop ON pop.official_id = t.official_id ");
    sql.push("LEFT JOIN training_class c ON c.id = t.class_id WHERE t.outcome = 'finished' AND t.ends_on >= ").bind(number(since));
    sql.push(" AND (1 = 0");
    if let Some(programme) = terms.programme {
        sql.push(" OR c.programme_id = ").bind(programme.0);
    }
    if let Some(named) = terms.named {
        sql.push(" OR t.programme = ").bind(named.code());
    }
    if let Some(topic) = &terms.topic {
        sql.push(" OR (t.scheme = ").bind(topic.scheme.as_str()).push(" AND t.topic = ").bind(topic.code.as_str()).push(")");
    }
    sql.push(") GROUP BY t.official_id");
    let rows = at.all(sql).await?;
    rows.iter().map(|row| Ok((owner(row)?, sql::date(row.try_get("", "last_on")?)?))).collect()
}

/// Periods of training in a year: those of classes attended or named for.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn load(at: At<'_>, who: Who<'_>, on: Date, year: i32) -> Result<HashMap<OfficialId, i64>, StoreError> {
    let (first, last) = (date(year, 1, 1).map_or(0, number), date(year, 12, 31).map_or(0, number));
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push("SELECT x.official_id, CAST(SUM(x.periods) AS bigint) AS periods FROM (SELECT n.official_id, c.periods FROM nomination n ");
    sql.push("JOIN training_class c ON c.id = n.class_id WHERE n.state IN ('named', 'agreed', 'confirmed', 'leaving') ");
    sql.push("AND c.kind = 'training' AND c.status IN ('planned', 'enrolling', 'running', 'finished') AND c.starts_on >= ").bind(first);
    sql.push(" AND c.starts_on <= ").bind(last);
    sql.push(" UNION ALL SELECT t.official_id, t.periods FROM training_record t WHERE t.kind = 'training' AND t.outcome = 'finished' ");
    sql.push("AND t.ends_on >= ").bind(first).push(" AND t.ends_on <= ").bind(last);
    sql.push(") x JOIN pop ON pop.official_id = x.official_id GROUP BY x.official_id");
    let rows = at.all(sql).await?;
    rows.iter().map(|row| Ok((owner(row)?, row.try_get("", "periods")?))).collect()
}

/// An office: how many hold a post in it, and how many of them have each standing duty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Staffing {
    /// People.
    pub people: i32,
    /// By duty.
    pub duties: BTreeMap<String, i32>,
    /// Who is away: whose, with which duty, from when until when.
    pub away: Vec<Away>,
}

/// Somebody of an office who is away.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Away {
    /// Who.
    pub official: OfficialId,
    /// With which duty.
    pub duty: Option<String>,
    /// First and last day.
    pub days: (Date, Date),
}

/// The offices of people, with who of them is away to a class between two days.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn offices(at: At<'_>, who: Who<'_>, on: Date, (from, to): (Date, Date)) -> Result<HashMap<UnitId, Staffing>, StoreError> {
    let mut offices: HashMap<UnitId, Staffing> = HashMap::new();
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push(
        "SELECT p.unit_id, p.duty, COUNT(*) AS people FROM posting p WHERE p.unit_id IN (SELECT unit_id FROM pop) AND p.starts_on <= ",
    );
    sql.bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") GROUP BY p.unit_id, p.duty");
    for row in at.all(sql).await? {
        let people = i32::try_from(row.try_get::<i64>("", "people")?).unwrap_or(i32::MAX);
        let office = offices.entry(UnitId(row.try_get("", "unit_id")?)).or_default();
        office.people += people;
        if let Some(duty) = row.try_get::<Option<String>>("", "duty")? {
            office.duties.insert(duty, people);
        }
    }
    let mut sql = Sql::new();
    who.open(&mut sql, on);
    sql.push(
        "SELECT p.unit_id, p.duty, n.official_id, c.starts_on, c.ends_on FROM nomination n JOIN training_class c ON c.id = n.class_id ",
    );
    sql.push("JOIN posting p ON p.official_id = n.official_id AND p.starts_on <= ").bind(number(on));
    sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") WHERE p.unit_id IN (SELECT unit_id FROM pop) ");
    sql.push("AND n.state IN ('named', 'agreed', 'confirmed', 'leaving') AND c.hours = 'office' AND c.mode <> 'online' ");
    sql.push("AND c.status IN ('planned', 'enrolling', 'running') AND c.starts_on <= ").bind(number(to)).push(" AND c.ends_on >= ");
    sql.bind(number(from));
    for row in at.all(sql).await? {
        let away = Away {
            official: owner(&row)?,
            duty: row.try_get("", "duty")?,
            days: (sql::date(row.try_get("", "starts_on")?)?, sql::date(row.try_get("", "ends_on")?)?),
        };
        offices.entry(UnitId(row.try_get("", "unit_id")?)).or_default().away.push(away);
    }
    Ok(offices)
}
