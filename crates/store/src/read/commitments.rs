//! Promises of service of a place: ahead, running, ending soon, over, broken, or left behind by somebody who went before the end.
//! Not for: the promises of one person (`people`), or writing them.

use domain::people::StaffKind;
use domain::register::commitments::{Closing, Watch};
use domain::time::{Date, add_months, number};
use sea_orm::QueryResult;

use super::place::Place;
use super::units;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A promise with whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommitmentLine {
    /// Key.
    pub id: i64,
    /// Staff code and name.
    pub who: (String, String),
    /// Code and name of the unit of the last posting.
    pub unit: (String, String),
    /// Kind of staff on the day of sending, by the posting of that day.
    pub staff: Option<StaffKind>,
    /// What was studied.
    pub study: String,
    /// Day of the sending decision, and its number.
    pub sent: (Date, Option<String>),
    /// Months of study and of service.
    pub months: (i32, i32),
    /// First day of the clock, and the first day after it.
    pub during: (Date, Date),
    /// How and when it ended before it was served.
    pub closed: Option<(Closing, Date)>,
    /// When the person left the service, if that is known.
    pub gone_on: Option<Date>,
    /// How it stands on the day asked about.
    pub watch: Watch,
}

/// Which promises are looked for.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of people of these units.
    pub place: &'a Place,
    /// On this day.
    pub on: Date,
    /// Standing so; any without.
    pub watch: Option<Watch>,
    /// After this one: last day and key.
    pub after: Option<(Date, i64)>,
}

/// The promises of people with the state that each has on the day, so that a filter and a count cannot disagree.
fn open(wanted: &Wanted<'_>) -> Sql {
    let (mut sql, on) = (Sql::new(), number(wanted.on));
    wanted.place.open(&mut sql);
    sql.push("latest AS (SELECT p.official_id, p.unit_id, p.ends_on AS gone_on FROM posting p WHERE p.starts_on <= ").bind(on);
    sql.push(" AND EXISTS (SELECT 1 FROM commitment k WHERE k.official_id = p.official_id) AND NOT EXISTS (SELECT 1 FROM posting x ");
    sql.push("WHERE x.official_id = p.official_id AND x.starts_on > p.starts_on AND x.starts_on <= ").bind(on).push(")), ");
    sql.push("watched AS (SELECT k.*, t.unit_id, t.gone_on, CASE WHEN k.closed_by IS NOT NULL AND k.closed_on <= ").bind(on);
    sql.push(" THEN k.closed_by WHEN t.gone_on IS NOT NULL AND t.gone_on <= ").bind(on);
    sql.push(" AND t.gone_on < k.ends_on THEN 'left' WHEN k.starts_on > ").bind(on).push(" THEN 'ahead' WHEN k.ends_on <= ").bind(on);
    let soon = add_months(wanted.on, Watch::SOON_MONTHS).unwrap_or(wanted.on);
    sql.push(" THEN 'served' WHEN k.ends_on <= ").bind(number(soon)).push(" THEN 'ending' ELSE 'running' END AS watch ");
    sql.push("FROM commitment k JOIN latest t ON t.official_id = k.official_id) SELECT ");
    sql
}

/// Promises, those that end first first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, wanted: &Wanted<'_>, limit: u32) -> Result<Vec<CommitmentLine>, StoreError> {
    let mut sql = open(wanted);
    sql.push("w.*, o.code AS official_code, o.name AS official_name, u.code AS unit_code, (SELECT q.staff FROM posting q ");
    sql.push("WHERE q.official_id = w.official_id AND q.starts_on <= w.sent_on AND (q.ends_on IS NULL OR q.ends_on > w.sent_on) LIMIT 1) AS staff, ");
    units::name_on(&mut sql, wanted.on);
    sql.push(" AS unit_name FROM watched w JOIN official o ON o.id = w.official_id JOIN unit u ON u.id = w.unit_id");
    wanted.place.join(&mut sql, "w.unit_id");
    sql.push(" WHERE 1 = 1").and_in("w.watch", wanted.watch.map(Watch::code));
    if let Some((day, id)) = wanted.after {
        let day = number(day);
        sql.push(" AND (w.ends_on > ").bind(day).push(" OR (w.ends_on = ").bind(day).push(" AND w.id > ").bind(id).push("))");
    }
    sql.push(" ORDER BY w.ends_on, w.id LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// How many promises stand so.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn counts(db: &Db, place: &Place, on: Date) -> Result<Vec<(Watch, i64)>, StoreError> {
    let mut sql = open(&Wanted { place, on, watch: None, after: None });
    sql.push("w.watch, COUNT(*) AS n FROM watched w");
    place.join(&mut sql, "w.unit_id");
    sql.push(" GROUP BY w.watch");
    let one = |row: &QueryResult| Ok((sql::code(&row.try_get::<String>("", "watch")?, Watch::from_code)?, row.try_get("", "n")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

fn line(row: &QueryResult) -> Result<CommitmentLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    let day = |name: &str| -> Result<Date, StoreError> { sql::date(row.try_get("", name)?) };
    let some_day = |name: &str| -> Result<Option<Date>, StoreError> { row.try_get::<Option<i32>>("", name)?.map(sql::date).transpose() };
    let closed_by = maybe("closed_by")?.map(|code| sql::code(&code, Closing::from_code)).transpose()?;
    Ok(CommitmentLine {
        id: row.try_get("", "id")?,
        who: (text("official_code")?, text("official_name")?),
        unit: (text("unit_code")?, text("unit_name")?),
        staff: maybe("staff")?.map(|code| sql::code(&code, StaffKind::from_code)).transpose()?,
        study: text("study")?,
        sent: (day("sent_on")?, maybe("decision_number")?),
        months: (row.try_get("", "study_months")?, row.try_get("", "months")?),
        during: (day("starts_on")?, day("ends_on")?),
        closed: closed_by.zip(some_day("closed_on")?),
        gone_on: some_day("gone_on")?,
        watch: sql::code(&text("watch")?, Watch::from_code)?,
    })
}
