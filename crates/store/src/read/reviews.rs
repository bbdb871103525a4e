//! Reviews with the answers of their units: lists, one, how far each unit has come, and the steps that were taken.
//! Not for: the needs of an answer (`needs`).

use domain::ids::{ReviewId, UnitId};
use domain::orgs::Bloc;
use domain::questions::{Answers, Question};
use domain::reviews::{AnswerState, Course, ReviewState, Step, late_days};
use domain::time::{Date, Instant};
use sea_orm::QueryResult;

use super::place::Place;
use crate::db::{Db, StoreError};
use crate::questions;
use crate::sql::{self, Sql};

/// Which units a review asks.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Chosen {
    /// Every commune.
    pub communes: bool,
    /// Every department.
    pub departments: bool,
    /// Every body of the Party, the Front and mass organisations of the province.
    pub party: bool,
    /// Units beside these, by their codes.
    pub picked: Vec<String>,
}

/// A review.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewLine {
    /// Key.
    pub id: ReviewId,
    /// Title.
    pub title: String,
    /// Why, in words.
    pub reason: String,
    /// After which scheme, by its code.
    pub scheme: Option<String>,
    /// Year of the needs.
    pub year: i32,
    /// Day of the facts.
    pub as_of: Date,
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub due_on: Date,
    /// How far it has come.
    pub state: ReviewState,
    /// Which units it asks.
    pub chosen: Chosen,
    /// Questions beside the list of needs.
    pub questions: Vec<Question>,
    /// Counts changes.
    pub revision: i32,
    /// When it was opened.
    pub opened_at: Option<Instant>,
    /// When it was closed.
    pub closed_at: Option<Instant>,
}

/// How far the answer of a unit has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// Key.
    pub id: i64,
    /// The review.
    pub review: ReviewId,
    /// The unit: key, code, name.
    pub unit: (UnitId, String, String),
    /// The unit above that gathers it; none when Home Affairs or the Party board does.
    pub under: Option<UnitId>,
    /// Bloc of the unit.
    pub bloc: Bloc,
    /// How far it and its review have come.
    pub course: Course,
    /// Counts steps.
    pub revision: i32,
    /// A last day of its own.
    pub own_due: Option<Date>,
    /// The last day that holds for it.
    pub due: Date,
    /// What was answered to the questions.
    pub answers: Answers,
    /// When it was sent.
    pub sent_on: Option<Date>,
    /// When the head approved it.
    pub approved_on: Option<Date>,
    /// Lines nobody has said anything to.
    pub proposed: i64,
    /// Lines that stay needs.
    pub kept: i64,
    /// Lines that are none.
    pub dropped: i64,
    /// When the unit was reminded last.
    pub reminded: Option<Instant>,
}

impl AnswerLine {
    /// By how many days it came late or is late; none when it came in time or may still.
    #[must_use]
    pub fn late_days(&self, today: Date) -> Option<i64> {
        late_days(self.approved_on, self.due, today)
    }

    /// Whether it is late and not gathered yet, so that something can be done about it.
    #[must_use]
    pub fn is_late(&self, today: Date) -> bool {
        self.course.answer != AnswerState::Gathered && self.late_days(today).is_some()
    }
}

/// A step that was taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    /// Which.
    pub step: Step,
    /// The unit, when it was about one.
    pub unit: Option<String>,
    /// In which words.
    pub words: String,
    /// Who.
    pub who: Option<String>,
    /// When.
    pub at: Instant,
}

const COLUMNS: &str = "SELECT r.id, r.title, r.reason, r.scheme, r.year, r.as_of, r.opens_on, r.due_on, r.state, r.units, r.questions, \
    r.revision, r.opened_at, r.closed_at FROM review r";

/// Reviews, newest first: all of them, or those that ask a unit of the place and are no drafts.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, within: Option<&Place>, limit: u32) -> Result<Vec<ReviewLine>, StoreError> {
    let mut sql = Sql::new();
    if let Some(place) = within {
        place.open(&mut sql);
        sql.push("asked AS (SELECT a.review_id FROM review_unit a");
        place.join(&mut sql, "a.unit_id");
        sql.push(") ").push(COLUMNS).push(" WHERE r.state <> 'draft' AND r.id IN (SELECT review_id FROM asked)");
    } else {
        sql.push(COLUMNS);
    }
    sql.push(" ORDER BY r.id DESC LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(review).collect()
}

/// One review.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, id: ReviewId) -> Result<ReviewLine, StoreError> {
    let mut sql = Sql::new();
    sql.push(COLUMNS).push(" WHERE r.id = ").bind(id.0);
    review(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// Which answers are wanted.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted {
    /// Of one review.
    pub review: Option<ReviewId>,
    /// Of one unit.
    pub unit: Option<UnitId>,
    /// Only those that still go on.
    pub going: bool,
}

/// Answers of units of a place, by the codes of the units.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn answers(db: &Db, place: &Place, wanted: Wanted) -> Result<Vec<AnswerLine>, StoreError> {
    let mut sql = Sql::new();
    place.open(&mut sql);
    sql.push("asked AS (SELECT a.id FROM review_unit a JOIN review r ON r.id = a.review_id");
    place.join(&mut sql, "a.unit_id");
    sql.push(" WHERE 1 = 1");
    if let Some(review) = wanted.review {
        sql.push(" AND a.review_id = ").bind(review.0);
    }
    if let Some(unit) = wanted.unit {
        sql.push(" AND a.unit_id = ").bind(unit.0);
    }
    if wanted.going {
        sql.push(" AND (r.state = 'open' OR a.reopened) AND a.state <> 'gathered'");
    }
    sql.push("), counted AS (SELECT answer_id, ").push(super::needs::COUNTS).push(" FROM need ");
    sql.push("WHERE answer_id IN (SELECT id FROM asked) GROUP BY answer_id) ");
    sql.push("SELECT a.id, a.review_id, a.unit_id, u.code, u.name, a.under_id, a.bloc, a.state, a.reopened, a.revision, a.due_on, ");
    sql.push("a.answers, a.sent_on, a.approved_on, r.state AS review_state, r.due_on AS review_due, ");
    sql.push("COALESCE(c.proposed, 0) AS proposed, COALESCE(c.kept, 0) AS kept, COALESCE(c.dropped, 0) AS dropped, ");
    sql.push("(SELECT MAX(e.happened_at) FROM review_event e WHERE e.answer_id = a.id AND e.act = 'remind') AS reminded ");
    sql.push("FROM review_unit a JOIN review r ON r.id = a.review_id JOIN unit u ON u.id = a.unit_id ");
    sql.push("LEFT JOIN counted c ON c.answer_id = a.id WHERE a.id IN (SELECT id FROM asked) ORDER BY a.review_id, u.code");
    sql.all(db.reader()).await?.iter().map(answer).collect()
}

/// Steps of a review, or of the answer of one unit with those of the whole review, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn events(db: &Db, review: ReviewId, answer: Option<i64>, limit: u32) -> Result<Vec<EventLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT e.act, e.words, e.happened_at, u.name AS unit, w.name AS who FROM review_event e ");
    sql.push("LEFT JOIN review_unit a ON a.id = e.answer_id LEFT JOIN unit u ON u.id = a.unit_id ");
    sql.push("LEFT JOIN user_account w ON w.id = e.user_id WHERE e.review_id = ").bind(review.0);
    if let Some(answer) = answer {
        sql.push(" AND (e.answer_id IS NULL OR e.answer_id = ").bind(answer).push(")");
    }
    sql.push(" ORDER BY e.id DESC LIMIT ").bind(i64::from(limit));
    let event = |row: &QueryResult| {
        Ok(EventLine {
            step: sql::code(&row.try_get::<String>("", "act")?, Step::from_code)?,
            unit: row.try_get("", "unit")?,
            words: row.try_get("", "words")?,
            who: row.try_get("", "who")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(event).collect()
}

fn review(row: &QueryResult) -> Result<ReviewLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let day = |name: &str| sql::date(row.try_get("", name)?);
    Ok(ReviewLine {
        id: ReviewId(row.try_get("", "id")?),
        title: text("title")?,
        reason: text("reason")?,
        scheme: row.try_get("", "scheme")?,
        year: row.try_get("", "year")?,
        as_of: day("as_of")?,
        opens_on: day("opens_on")?,
        due_on: day("due_on")?,
        state: sql::code(&text("state")?, ReviewState::from_code)?,
        chosen: questions::of_json(&text("units")?)?,
        questions: questions::questions(&text("questions")?)?,
        revision: row.try_get("", "revision")?,
        opened_at: row.try_get::<Option<i64>>("", "opened_at")?.map(Instant),
        closed_at: row.try_get::<Option<i64>>("", "closed_at")?.map(Instant),
    })
}

fn answer(row: &QueryResult) -> Result<AnswerLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let day = |name: &str| -> Result<Option<Date>, StoreError> { row.try_get::<Option<i32>>("", name)?.map(sql::date).transpose() };
    let own_due = day("due_on")?;
    Ok(AnswerLine {
        id: row.try_get("", "id")?,
        review: ReviewId(row.try_get("", "review_id")?),
        unit: (UnitId(row.try_get("", "unit_id")?), text("code")?, text("name")?),
        under: row.try_get::<Option<i64>>("", "under_id")?.map(UnitId),
        bloc: sql::code(&text("bloc")?, Bloc::from_code)?,
        course: Course {
            review: sql::code(&text("review_state")?, ReviewState::from_code)?,
            answer: sql::code(&text("state")?, AnswerState::from_code)?,
            reopened: row.try_get("", "reopened")?,
        },
        revision: row.try_get("", "revision")?,
        own_due,
        due: own_due.map_or_else(|| sql::date(row.try_get("", "review_due")?), Ok)?,
        answers: questions::answers(&text("answers")?)?,
        sent_on: day("sent_on")?,
        approved_on: day("approved_on")?,
        proposed: row.try_get("", "proposed")?,
        kept: row.try_get("", "kept")?,
        dropped: row.try_get("", "dropped")?,
        reminded: row.try_get::<Option<i64>>("", "reminded")?.map(Instant),
    })
}
