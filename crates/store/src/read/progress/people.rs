//! The people behind a figure: who counts and who is missing, in Vietnamese name order, page by page.
//! Not for: the figure itself; it comes from the same common tables, so list and figure cannot disagree.

use domain::ids::{OfficialId, UnitId};
use domain::schemes::targets::Measure;
use domain::time::Date;
use sea_orm::QueryResult;

use super::{Question, events, n, shares};
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// Which side of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Side {
    /// Those who count.
    Counted,
    /// Those who are missing.
    Missing,
}

/// A line of the list: one person, or one appointment or attendance of a person where the figure counts those.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CountedPerson {
    /// The person.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Unit on the day of the question; `None` when the person has left.
    pub unit: Option<(UnitId, String)>,
    /// Day that decided: first attendance, certificate, appointment, end of the class.
    pub at: Option<Date>,
    /// Attendances, periods, certificates or the rank of the rating behind it.
    pub amount: i64,
    /// Place in the order, for the next page.
    pub cursor: Cursor,
}

/// Place in the list order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Cursor {
    /// Collation key of the name.
    pub sort_key: Vec<u8>,
    /// The person.
    pub official: i64,
    /// The deciding date number, 0 when none.
    pub at: i32,
}

/// One page of people; empty for events and yes/no.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn people(
    db: &Db,
    question: &Question<'_>,
    side: Side,
    after: Option<&Cursor>,
    limit: u32,
) -> Result<Vec<CountedPerson>, StoreError> {
    let Some(mut sql) = lines(question, side) else { return Ok(Vec::new()) };
    let on = n(question.window.on);
    sql.push(") SELECT o.id, o.code, o.name, o.sort_key, x.at, CAST(x.amount AS bigint) AS amount, cur.unit_id, ");
    crate::read::units::name_on(&mut sql, question.window.on);
    sql.push(" AS unit_name FROM line x ");
    sql.push("JOIN official o ON o.id = x.official_id LEFT JOIN posting cur ON cur.official_id = o.id AND cur.starts_on <= ").bind(on);
    sql.push(" AND (cur.ends_on IS NULL OR cur.ends_on > ").bind(on).push(") LEFT JOIN unit u ON u.id = cur.unit_id WHERE 1 = 1");
    if let Some(after) = after {
        sql.push(" AND (o.sort_key, o.id, x.at) > (").bind(after.sort_key.clone()).push(", ").bind(after.official);
        sql.push(", ").bind(after.at).push(")");
    }
    sql.push(" ORDER BY o.sort_key, o.id, x.at LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(person).collect()
}

/// The common table `line(official_id, at, amount)`, left open for its closing bracket.
fn lines(question: &Question<'_>, side: Side) -> Option<Sql> {
    let hits = match &question.target.measure {
        Measure::ShareOfPeople { of, did } => return Some(of_population(question, of, &shares::Hits::did(did), side)),
        Measure::StateOfPeople { of, holds } => return Some(of_population(question, of, &shares::Hits::state(holds), side)),
        Measure::PerPersonPerYear { of, did, periods } => {
            return Some(of_population(question, of, &shares::Hits::amount(did, *periods), side));
        }
        Measure::RatedShare { of, rating, at_least } => {
            return Some(of_population(question, of, &shares::Hits::rated(*rating, *at_least), side));
        }
        Measure::CountOfPeople { who, did } if side == Side::Counted => {
            let mut sql = events::sent_table(question, who, did);
            sql.push(", line AS (SELECT official_id, MIN(at) AS at, COUNT(*) AS amount FROM hits GROUP BY official_id");
            return Some(sql);
        }
        Measure::BeforeEvent { who, appointments, met } => events::appointments_table(question, who, appointments, met),
        Measure::FollowUpShare { of, follow_up, after_months } => events::follow_up_table(question, of, *follow_up, *after_months),
        Measure::CountOfPeople { .. } | Measure::CountOfEvents { .. } | Measure::YesNo => return None,
    };
    let mut sql = hits;
    let met = if side == Side::Counted { 1 } else { 0 };
    sql.push(&format!(", line AS (SELECT official_id, at, COUNT(*) AS amount FROM hits WHERE met = {met} GROUP BY official_id, at"));
    Some(sql)
}

fn of_population(question: &Question<'_>, of: &domain::schemes::Population, hits: &shares::Hits<'_>, side: Side) -> Sql {
    let mut sql = Sql::new();
    shares::tables(&mut sql, question, of, hits);
    let reached = shares::reached(hits);
    let condition = match side {
        Side::Counted => reached,
        Side::Missing => format!("(hits.amount IS NULL OR NOT {reached})"),
    };
    sql.push(&format!(
        ", line AS (SELECT pop.official_id, COALESCE(hits.first_on, 0) AS at, COALESCE(hits.amount, 0) AS amount FROM pop \
         LEFT JOIN hits ON hits.official_id = pop.official_id WHERE {condition}"
    ));
    sql
}

fn person(row: &QueryResult) -> Result<CountedPerson, StoreError> {
    let id: i64 = row.try_get("", "id")?;
    let at: i32 = row.try_get("", "at")?;
    let unit: Option<i64> = row.try_get("", "unit_id")?;
    Ok(CountedPerson {
        id: OfficialId(id),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        unit: unit.map(UnitId).zip(row.try_get::<Option<String>>("", "unit_name")?),
        at: if at == 0 { None } else { Some(sql::date(at)?) },
        amount: row.try_get("", "amount")?,
        cursor: Cursor { sort_key: row.try_get("", "sort_key")?, official: id, at },
    })
}
