//! Who lacks what a requirement asks of the post held, on a day: one statement a requirement, the same text on both engines.
//! Not for: what a requirement is, or since when it was due (`domain::standards`); which amounts the law sets (`service`).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{OfficialId, UnitId};
use domain::lists::Held;
use domain::people::{LeaderGroup, QualificationKind, Sex, StaffKind};
use domain::schemes::RecordFilter;
use domain::standards::{Need, Requirement, Standing};
use domain::time::{self, Date, add_months, number};
use sea_orm::QueryResult;

use super::place::Place;
use super::progress::filter;
use super::units;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// One requirement asked of one place on one day.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The requirement.
    pub requirement: &'a Requirement,
    /// Where.
    pub place: &'a Place,
    /// The day.
    pub on: Date,
    /// Periods that the law asks of each kind of staff in the year, for the yearly amount; other kinds are not judged.
    pub yearly: &'a [(StaffKind, i32)],
    /// A part of the audience only.
    pub among: Option<Among>,
}

/// A part of an audience.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Among {
    /// One kind of staff.
    Staff(StaffKind),
    /// One group of leaders; `None` is everybody in no group.
    Leaders(Option<LeaderGroup>),
}

/// How many of an audience meet a requirement.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Short {
    /// The audience.
    pub people: i64,
    /// Who does not meet it and had to.
    pub missing: i64,
    /// Who does not meet it and still has time.
    pub due: i64,
}

impl std::iter::Sum for Short {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        all.fold(Self::default(), |sum, one| Self {
            people: sum.people + one.people,
            missing: sum.missing + one.missing,
            due: sum.due + one.due,
        })
    }
}

/// Where a person stands in a list of names.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct After {
    /// Collation key of the name.
    pub sort_key: Vec<u8>,
    /// The person.
    pub official: OfficialId,
}

/// Somebody who does not meet a requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortPerson {
    /// The person.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit on the day.
    pub unit: (UnitId, String),
    /// Post on the day.
    pub post: String,
    /// Since when it is missing, or until when it is due.
    pub standing: Standing,
    /// Place in the order, for the next page.
    pub after: After,
}

/// What somebody of the audience is to a requirement, with what speaks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Judged {
    /// Met, due or missing.
    pub standing: Standing,
    /// The day of the certificate or of the end of the training that meets it.
    pub met_on: Option<Date>,
    /// Periods reached and asked, for the yearly amount.
    pub amount: Option<(i64, i64)>,
}

/// Counts by branch of the place; key 0 for a total.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn count(db: &Db, question: &Question<'_>) -> Result<BTreeMap<UnitId, Short>, StoreError> {
    let mut sql = Sql::new();
    question.tables(&mut sql, None);
    sql.push("SELECT pop.branch AS branch, ");
    question.sums(&mut sql);
    sql.push(" FROM pop LEFT JOIN hits ON hits.official_id = pop.official_id GROUP BY pop.branch");
    sql.all(db.reader()).await?.iter().map(|row| Ok((UnitId(row.try_get("", "branch")?), short(row)?))).collect()
}

/// Counts by kind of staff and group of leaders of the posts held.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn count_groups(db: &Db, question: &Question<'_>) -> Result<Vec<(StaffKind, Option<LeaderGroup>, Short)>, StoreError> {
    let mut sql = Sql::new();
    question.tables(&mut sql, None);
    sql.push("SELECT held.staff, held.leader_group, ");
    question.sums(&mut sql);
    sql.push(" FROM pop JOIN posting held ON held.id = pop.posting_id LEFT JOIN hits ON hits.official_id = pop.official_id ");
    sql.push("GROUP BY held.staff, held.leader_group");
    let group = |row: &QueryResult| {
        let leaders: Option<String> = row.try_get("", "leader_group")?;
        let leaders = leaders.map(|code| sql::code(&code, LeaderGroup::from_code)).transpose()?;
        Ok((sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?, leaders, short(row)?))
    };
    sql.all(db.reader()).await?.iter().map(group).collect()
}

fn short(row: &QueryResult) -> Result<Short, StoreError> {
    let (short, due): (i64, i64) = (row.try_get("", "short")?, row.try_get("", "due")?);
    Ok(Short { people: row.try_get("", "people")?, missing: short - due, due })
}

/// Everybody who does not meet it, missing or due, in the order of names.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(db: &Db, question: &Question<'_>, after: Option<&After>, limit: u32) -> Result<Vec<ShortPerson>, StoreError> {
    let mut sql = Sql::new();
    question.tables(&mut sql, None);
    sql.push("SELECT o.id, o.code, o.name, o.sort_key, p.unit_id, b.title, ");
    units::name_on(&mut sql, question.on);
    sql.push(" AS unit_name, ").push(&question.held_from()).push(" AS held_from, hits.lapsed FROM pop ");
    sql.push("JOIN official o ON o.id = pop.official_id JOIN posting p ON p.id = pop.posting_id JOIN unit u ON u.id = p.unit_id ");
    sql.push("JOIN post b ON b.id = p.post_id LEFT JOIN hits ON hits.official_id = pop.official_id WHERE NOT ").push(REACHED);
    if let Some(after) = after {
        sql.push(" AND (o.sort_key, o.id) > (").bind(after.sort_key.clone()).push(", ").bind(after.official.0).push(")");
    }
    sql.push(" ORDER BY o.sort_key, o.id LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(|row| question.short_person(row)).collect()
}

/// Keys of everybody who does not meet it, with the standing of each.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn all_short(db: &Db, question: &Question<'_>) -> Result<Vec<(OfficialId, Standing)>, StoreError> {
    let mut sql = Sql::new();
    question.tables(&mut sql, None);
    sql.push("SELECT pop.official_id, ").push(&question.held_from()).push(" AS held_from, hits.lapsed FROM pop ");
    sql.push("LEFT JOIN hits ON hits.official_id = pop.official_id WHERE NOT ").push(REACHED);
    let rows = sql.all(db.reader()).await?;
    rows.iter().map(|row| Ok((OfficialId(row.try_get("", "official_id")?), question.standing(row)?))).collect()
}

/// Keys of everybody who misses it, with the day since when; who still has time is left out.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn all_missing(db: &Db, question: &Question<'_>) -> Result<Vec<(OfficialId, Date)>, StoreError> {
    if question.cut().is_none() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new();
    question.tables(&mut sql, None);
    sql.push("SELECT pop.official_id, ").push(&question.held_from()).push(" AS held_from, hits.lapsed FROM pop ");
    sql.push("LEFT JOIN hits ON hits.official_id = pop.official_id WHERE NOT ").push(REACHED).push(" AND NOT (");
    question.is_due(&mut sql);
    sql.push(")");
    let mut missing = Vec::new();
    for row in sql.all(db.reader()).await? {
        if let Standing::Missing(since) = question.standing(&row)? {
            missing.push((OfficialId(row.try_get("", "official_id")?), since));
        }
    }
    Ok(missing)
}

/// One official; none when the requirement does not ask it of the post held on the day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn of_one(db: &Db, question: &Question<'_>, official: OfficialId) -> Result<Option<Judged>, StoreError> {
    let mut sql = Sql::new();
    question.tables(&mut sql, Some(official));
    sql.push("SELECT ")
        .push(&question.held_from())
        .push(" AS held_from, hits.lapsed, hits.met_on, CAST(COALESCE(hits.amount, 0) AS bigint) AS amount, ");
    sql.push("CAST(pop.need AS bigint) AS need, CASE WHEN ").push(REACHED).push(" THEN 1 ELSE 0 END AS reached ");
    sql.push("FROM pop LEFT JOIN hits ON hits.official_id = pop.official_id");
    let Some(row) = sql.first(db.reader()).await? else { return Ok(None) };
    let is_met = row.try_get::<i32>("", "reached")? == 1;
    let met_on: Option<i32> = row.try_get("", "met_on")?;
    let is_yearly = question.requirement.need == Need::YearlyAmount;
    Ok(Some(Judged {
        standing: if is_met { Standing::Met } else { question.standing(&row)? },
        met_on: met_on.filter(|_| is_met).map(sql::date).transpose()?,
        amount: if is_yearly { Some((row.try_get("", "amount")?, row.try_get("", "need")?)) } else { None },
    }))
}

/// What makes a person urgent or preferred beside the requirements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Marked {
    /// The person.
    pub id: OfficialId,
    /// Birth, as a number.
    pub birth_on: i32,
    /// A woman.
    pub is_woman: bool,
    /// Of an ethnic minority.
    pub is_minority: bool,
    /// The unit of an earlier posting ended with it.
    pub is_reorganised: bool,
    /// A certificate runs out.
    pub is_expiring: bool,
    /// Planned for a leadership post.
    pub is_planned: bool,
    /// Never finished any training.
    pub is_untrained: bool,
    /// The unit on the day.
    pub unit: UnitId,
}

/// Everybody who holds a post in a place on a day, with their marks: units that ended after a day, certificates that run out by a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn marked(db: &Db, place: &Place, on: Date, (ended, soon): (Date, Date)) -> Result<Vec<Marked>, StoreError> {
    let (on, mut sql) = (number(on), Sql::new());
    place.open(&mut sql);
    sql.push("pop AS (SELECT p.official_id, MIN(p.unit_id) AS unit_id FROM posting p");
    place.join(&mut sql, "p.unit_id");
    sql.push(" WHERE p.starts_on <= ").bind(on).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on);
    sql.push(") GROUP BY p.official_id), ");
    sql.push("moved AS (SELECT DISTINCT x.official_id FROM unit u JOIN posting x ON x.unit_id = u.id AND x.ends_on = u.ends_on ");
    sql.push("WHERE u.ends_on <= ").bind(on).push(" AND u.ends_on > ").bind(number(ended)).push(") ");
    sql.push("SELECT o.id, o.birth_on, o.sex, o.ethnicity, pop.unit_id, CASE WHEN o.id IN (SELECT official_id FROM moved) THEN 1 ELSE 0 END AS moved, ");
    sql.push("CASE WHEN EXISTS (SELECT 1 FROM qualification q WHERE q.official_id = o.id AND q.expires_on > ").bind(on);
    sql.push(" AND q.expires_on <= ").bind(number(soon)).push(") THEN 1 ELSE 0 END AS expiring, ");
    sql.push("CASE WHEN EXISTS (SELECT 1 FROM planned_post n WHERE n.official_id = o.id AND n.starts_on <= ").bind(on);
    sql.push(" AND (n.ends_on IS NULL OR n.ends_on > ").bind(on).push(")) THEN 1 ELSE 0 END AS planned, ");
    sql.push("CASE WHEN EXISTS (SELECT 1 FROM training_record t WHERE t.official_id = o.id AND t.kind = 'training' ");
    sql.push("AND t.outcome = 'finished' AND t.ends_on <= ").bind(on).push(") THEN 0 ELSE 1 END AS untrained ");
    sql.push("FROM pop JOIN official o ON o.id = pop.official_id");
    sql.all(db.reader()).await?.iter().map(marks).collect()
}

fn marks(row: &QueryResult) -> Result<Marked, StoreError> {
    let is = |name: &str| row.try_get::<i32>("", name).map(|mark| mark == 1);
    Ok(Marked {
        id: OfficialId(row.try_get("", "id")?),
        birth_on: row.try_get("", "birth_on")?,
        is_woman: row.try_get::<String>("", "sex")? == Sex::Female.code(),
        is_minority: row.try_get::<i32>("", "ethnicity")? != 1,
        is_reorganised: is("moved")?,
        is_expiring: is("expiring")?,
        is_planned: is("planned")?,
        is_untrained: is("untrained")?,
        unit: UnitId(row.try_get("", "unit_id")?),
    })
}

/// A person with the post held.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonLine {
    /// Year of birth; who may read it is for the caller to decide.
    pub born: i32,
    /// The person.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit on the day.
    pub unit: (UnitId, String),
    /// Post on the day.
    pub post: String,
    /// Collation key of the name.
    pub sort_key: Vec<u8>,
}

/// These people with the posts they hold on a day, in no order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn lines(db: &Db, people: &BTreeSet<OfficialId>, on: Date) -> Result<Vec<PersonLine>, StoreError> {
    let ids: Vec<i64> = people.iter().map(|id| id.0).collect();
    let mut lines = Vec::with_capacity(ids.len());
    for some in ids.chunks(TOGETHER) {
        let mut sql = Sql::new();
        sql.push("SELECT o.id, o.code, o.name, o.sort_key, o.birth_on, p.unit_id, b.title, ");
        units::name_on(&mut sql, on);
        sql.push(" AS unit_name FROM official o JOIN posting p ON p.official_id = o.id AND p.starts_on <= ").bind(number(on));
        sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") JOIN unit u ON u.id = p.unit_id ");
        sql.push("JOIN post b ON b.id = p.post_id WHERE 1 = 1").and_in("o.id", some.iter().copied());
        for row in sql.all(db.reader()).await? {
            lines.push(PersonLine {
                born: row.try_get::<i32>("", "birth_on")? / 10_000,
                id: OfficialId(row.try_get("", "id")?),
                code: row.try_get("", "code")?,
                name: row.try_get("", "name")?,
                unit: (UnitId(row.try_get("", "unit_id")?), row.try_get("", "unit_name")?),
                post: row.try_get("", "title")?,
                sort_key: row.try_get("", "sort_key")?,
            });
        }
    }
    Ok(lines)
}

/// People whose lines are read by one statement.
const TOGETHER: usize = 1_000;

/// Whether somebody of `pop` meets the requirement.
const REACHED: &str = "(COALESCE(hits.amount, 0) >= pop.need)";

/// The first day in posts like the one held: same kind of staff, level and leadership. Being appointed again does not begin it anew.
const HELD_FROM: &str = "(SELECT MIN(x.starts_on) FROM posting x JOIN posting h ON h.id = pop.posting_id \
    WHERE x.official_id = pop.official_id AND x.staff = h.staff AND x.level = h.level \
    AND COALESCE(x.leadership, '') = COALESCE(h.leadership, ''))";

impl Question<'_> {
    /// The common tables `pop(official_id, branch, posting_id, need)` and `hits(official_id, amount, met_on, lapsed)`.
    fn tables(&self, sql: &mut Sql, one: Option<OfficialId>) {
        self.place.open(sql);
        self.population(sql, one);
        sql.push(", hits AS (");
        match &self.requirement.need {
            Need::Holds(held) => self.held(sql, *held),
            Need::FitsPost => {
                sql.push(
                    "SELECT h.official_id, 1 AS amount, CAST(NULL AS integer) AS met_on, CAST(NULL AS integer) AS lapsed FROM posting h ",
                );
                sql.push("WHERE h.fits_post AND h.id IN (SELECT posting_id FROM pop)");
            }
            Need::YearlyAmount => {
                let from = time::date(self.on.year(), 1, 1).unwrap_or(self.on);
                sql.push("SELECT t.official_id, SUM(t.periods) AS amount, MAX(t.ends_on) AS met_on, CAST(NULL AS integer) AS lapsed FROM training_record t ");
                sql.push("WHERE t.kind = 'training' AND t.outcome = 'finished' AND t.ends_on >= ").bind(number(from));
                self.of_pop(sql, "t", " AND t.ends_on <= ");
            }
            Need::Trained { did, years } => self.trained(sql, did, *years),
        }
        sql.push(") ");
    }

    fn population(&self, sql: &mut Sql, one: Option<OfficialId>) {
        let (on, audience) = (number(self.on), &self.requirement.audience);
        // Nobody holds two main posts at once, so each of these is the one row of its person.
        sql.push("pop AS MATERIALIZED (SELECT p.official_id, MIN(")
            .push(self.place.branch())
            .push(") AS branch, MIN(p.id) AS posting_id, ");
        self.need(sql);
        sql.push(" AS need FROM posting p");
        self.place.join(sql, "p.unit_id");
        if filter::needs_official(&audience.who) {
            sql.push(" JOIN official o ON o.id = p.official_id");
        }
        sql.push(" WHERE p.starts_on <= ").bind(on).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on).push(")");
        if let Some(one) = one {
            sql.push(" AND p.official_id = ").bind(one.0);
        }
        filter::person(sql, &audience.who, &on.to_string());
        sql.and_in("p.grade", audience.grades.iter().map(String::as_str));
        if !audience.units.is_empty() {
            sql.push(" AND p.unit_id IN (SELECT k.id FROM unit k WHERE 1 = 1").and_in("k.kind", audience.units.iter().map(|k| k.code()));
            sql.push(")");
        }
        if !audience.planned.is_empty() {
            sql.push(" AND p.official_id IN (SELECT n.official_id FROM planned_post n WHERE ").push(&self.plans()).push(")");
        }
        match self.among {
            Some(Among::Staff(staff)) => sql.push(" AND p.staff = ").bind(staff.code()),
            Some(Among::Leaders(Some(group))) => sql.push(" AND p.leader_group = ").bind(group.code()),
            Some(Among::Leaders(None)) => sql.push(" AND p.leader_group IS NULL"),
            None => sql,
        };
        if self.requirement.need == Need::YearlyAmount {
            sql.push(" AND p.staff IN (''");
            for (staff, _) in self.yearly {
                sql.push(", ").bind(staff.code());
            }
            sql.push(")");
        }
        sql.push(" GROUP BY p.official_id)");
    }

    /// Since when the audience is what it is: planned, or in the post held.
    fn held_from(&self) -> String {
        if self.requirement.audience.planned.is_empty() {
            return HELD_FROM.to_owned();
        }
        format!("(SELECT MIN(n.starts_on) FROM planned_post n WHERE n.official_id = pop.official_id AND {})", self.plans())
    }

    /// The condition that a plan `n` runs on the day for a leadership post asked about.
    fn plans(&self) -> String {
        let on = number(self.on);
        let codes: Vec<String> = self.requirement.audience.planned.iter().map(|leadership| format!("'{leadership}'")).collect();
        format!("n.starts_on <= {on} AND (n.ends_on IS NULL OR n.ends_on > {on}) AND n.leadership IN ({})", codes.join(", "))
    }

    /// The columns `people`, `short` and `due` over `pop` and `hits`.
    fn sums(&self, sql: &mut Sql) {
        sql.push("COUNT(*) AS people, SUM(CASE WHEN ").push(REACHED).push(" THEN 0 ELSE 1 END) AS short, ");
        sql.push("SUM(CASE WHEN ").push(REACHED).push(" THEN 0 WHEN ");
        self.is_due(sql);
        sql.push(" THEN 1 ELSE 0 END) AS due");
    }

    /// How much a person of the audience must reach.
    fn need(&self, sql: &mut Sql) {
        if self.requirement.need != Need::YearlyAmount || self.yearly.is_empty() {
            sql.push("1");
            return;
        }
        sql.push("MAX(CASE");
        for (staff, periods) in self.yearly {
            sql.push(&format!(" WHEN p.staff = '{staff}' THEN {periods}"));
        }
        sql.push(" END)");
    }

    fn held(&self, sql: &mut Sql, held: Held) {
        let on = number(self.on);
        sql.push("SELECT q.official_id, MAX(CASE WHEN q.expires_on IS NULL OR q.expires_on > ").bind(on);
        sql.push(" THEN 1 ELSE 0 END) AS amount, MAX(CASE WHEN q.expires_on IS NULL OR q.expires_on > ").bind(on);
        sql.push(" THEN q.granted_on END) AS met_on, MAX(q.expires_on) AS lapsed FROM qualification q WHERE q.kind = ");
        sql.bind(held.kind().code());
        sql.and_in(if held.kind() == QualificationKind::Professional { "q.degree" } else { "q.grade" }, held.accepted());
        self.of_pop(sql, "q", " AND q.granted_on <= ");
    }

    fn trained(&self, sql: &mut Sql, did: &RecordFilter, years: Option<u8>) {
        sql.push("SELECT t.official_id, COUNT(*) AS amount, MAX(t.ends_on) AS met_on, CAST(NULL AS integer) AS lapsed FROM training_record t WHERE 1 = 1");
        filter::record(sql, did, "");
        if let Some(years) = years {
            let first = time::date(self.on.year() - i32::from(years) + 1, 1, 1).unwrap_or(self.on);
            sql.push(" AND t.ends_on >= ").bind(number(first));
        }
        self.of_pop(sql, "t", " AND t.ends_on <= ");
    }

    /// Ends a selection of hits: by the day, of people in `pop`, grouped by person.
    fn of_pop(&self, sql: &mut Sql, alias: &str, until: &str) {
        sql.push(until).bind(number(self.on));
        sql.push(&format!(" AND {alias}.official_id IN (SELECT official_id FROM pop) GROUP BY {alias}.official_id"));
    }

    /// The condition that an unmet requirement still has time on the day; what lapsed was in force before, so its time is over.
    fn is_due(&self, sql: &mut Sql) {
        match self.cut() {
            None => sql.push("1 = 1"),
            Some(_) if self.requirement.grace_months == 0 => sql.push("1 = 0"),
            Some(cut) => sql.push(&self.held_from()).push(" > ").bind(number(cut)),
        };
    }

    /// The last first day in the post whose time is over on the day; none when nobody's is.
    fn cut(&self) -> Option<Date> {
        let grace = i32::from(self.requirement.grace_months);
        let is_over = |from: Date| add_months(from, grace).is_some_and(|due| due <= self.on);
        if self.requirement.need == Need::YearlyAmount || !is_over(self.requirement.during.from()) {
            return None;
        }
        // Months end on different days: a few days more may count as the same number of months.
        let mut cut = add_months(self.on, -grace)?;
        while let Some(next) = cut.next_day().filter(|next| is_over(*next)) {
            cut = next;
        }
        Some(cut)
    }

    fn standing(&self, row: &QueryResult) -> Result<Standing, StoreError> {
        if self.requirement.need == Need::YearlyAmount {
            return Ok(Standing::Due(time::date(self.on.year(), 12, 31).unwrap_or(self.on)));
        }
        let held_from = sql::date(row.try_get("", "held_from")?)?;
        let lapsed = row.try_get::<Option<i32>>("", "lapsed")?.map(sql::date).transpose()?;
        Ok(self.requirement.unmet(self.on, held_from, lapsed.filter(|day| *day <= self.on)))
    }

    fn short_person(&self, row: &QueryResult) -> Result<ShortPerson, StoreError> {
        let id = OfficialId(row.try_get("", "id")?);
        Ok(ShortPerson {
            id,
            code: row.try_get("", "code")?,
            name: row.try_get("", "name")?,
            unit: (UnitId(row.try_get("", "unit_id")?), row.try_get("", "unit_name")?),
            post: row.try_get("", "title")?,
            standing: self.standing(row)?,
            after: After { sort_key: row.try_get("", "sort_key")?, official: id },
        })
    }
}
