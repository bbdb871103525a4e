//! Reviews written and opened, and the steps of the answers of units.
//! Not for: which step leads where (`domain::reviews`), or needs (`needs`).

use domain::ids::{ReviewId, UnitId};
use domain::orgs::Bloc;
use domain::questions::{Answers, Question};
use domain::reviews::{AnswerState, ReviewState, Step};
use domain::time::{Date, number};

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::questions;
use crate::read::reviews::Chosen;
use crate::sql::Sql;

/// What a review says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms<'a> {
    /// Title.
    pub title: &'a str,
    /// Why, in words.
    pub reason: &'a str,
    /// After which scheme.
    pub scheme: Option<&'a str>,
    /// Year of the needs.
    pub year: i32,
    /// Day of the facts.
    pub as_of: Date,
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub due_on: Date,
    /// Which units it asks.
    pub chosen: &'a Chosen,
    /// Questions beside the list.
    pub questions: &'a [Question],
}

/// Writes a draft.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn create(tx: &WriteTx, why: &Why<'_>, terms: &Terms<'_>) -> Result<ReviewId, StoreError> {
    let columns = [
        "title",
        "reason",
        "scheme",
        "year",
        "as_of",
        "opens_on",
        "due_on",
        "state",
        "units",
        "questions",
        "revision",
        "made_by",
        "made_at",
    ];
    let values = vec![
        terms.title.trim().into(),
        terms.reason.trim().into(),
        terms.scheme.into(),
        terms.year.into(),
        number(terms.as_of).into(),
        number(terms.opens_on).into(),
        number(terms.due_on).into(),
        ReviewState::Draft.code().into(),
        questions::json(terms.chosen)?.into(),
        questions::questions_text(terms.questions)?.into(),
        1.into(),
        why.by.user().into(),
        why.at.0.into(),
    ];
    Ok(ReviewId(insert(tx, "review", &columns, values).await?))
}

/// Changes a draft that is as it was read.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn amend(tx: &WriteTx, (id, revision): (ReviewId, i32), terms: &Terms<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review SET title = ").bind(terms.title.trim()).push(", reason = ").bind(terms.reason.trim());
    sql.push(", scheme = ").bind(terms.scheme).push(", year = ").bind(terms.year).push(", as_of = ").bind(number(terms.as_of));
    sql.push(", opens_on = ").bind(number(terms.opens_on)).push(", due_on = ").bind(number(terms.due_on));
    sql.push(", units = ").bind(questions::json(terms.chosen)?).push(", questions = ").bind(questions::questions_text(terms.questions)?);
    sql.push(", revision = revision + 1 WHERE state = 'draft' AND id = ").bind(id.0).push(" AND revision = ").bind(revision);
    one(sql, tx).await
}

/// Moves a review on that is as it was read.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn advance(
    tx: &WriteTx,
    why: &Why<'_>,
    (id, revision): (ReviewId, i32),
    (state, due_on): (ReviewState, Date),
) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review SET state = ").bind(state.code()).push(", due_on = ").bind(number(due_on));
    match state {
        ReviewState::Draft => {}
        ReviewState::Open => {
            sql.push(", opened_at = COALESCE(opened_at, ").bind(why.at.0).push(")");
        }
        ReviewState::Closed => {
            sql.push(", closed_at = ").bind(why.at.0);
        }
    }
    sql.push(", revision = revision + 1 WHERE id = ").bind(id.0).push(" AND revision = ").bind(revision);
    one(sql, tx).await
}

/// Asks a unit.
///
/// # Errors
/// [`StoreError::Duplicate`] when it is asked already.
pub async fn ask(tx: &WriteTx, review: ReviewId, unit: UnitId, under: Option<UnitId>, bloc: Bloc) -> Result<i64, StoreError> {
    let columns = ["review_id", "unit_id", "under_id", "bloc", "state", "reopened", "revision", "answers"];
    let values = vec![
        review.0.into(),
        unit.0.into(),
        under.map(|u| u.0).into(),
        bloc.code().into(),
        AnswerState::Waiting.code().into(),
        false.into(),
        1.into(),
        "{}".into(),
    ];
    insert(tx, "review_unit", &columns, values).await
}

/// Holds a review in the state in which it was read until the end of the transaction, so that nobody closes it meanwhile.
///
/// # Errors
/// [`StoreError::Stale`] when it is in another.
pub async fn hold(tx: &WriteTx, id: ReviewId, state: ReviewState) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review SET state = state WHERE id = ").bind(id.0).push(" AND state = ").bind(state.code());
    one(sql, tx).await
}

/// Begins or goes on with the work on an answer.
///
/// # Errors
/// [`StoreError::Stale`] when it was sent meanwhile.
pub async fn work(tx: &WriteTx, answer: i64) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review_unit SET state = 'answering', revision = revision + CASE WHEN state = 'answering' THEN 0 ELSE 1 END ");
    sql.push("WHERE state IN ('waiting', 'answering', 'returned') AND id = ").bind(answer);
    one(sql, tx).await
}

/// Holds an answer in the state in which it was read until the end of the transaction.
///
/// # Errors
/// [`StoreError::Stale`] when it is in another.
pub async fn hold_answer(tx: &WriteTx, answer: i64, state: AnswerState) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review_unit SET state = state WHERE id = ").bind(answer).push(" AND state = ").bind(state.code());
    one(sql, tx).await
}

/// Where the answer of a unit stands after a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stand {
    /// How far it has come.
    pub state: AnswerState,
    /// Whether it was let in again.
    pub reopened: bool,
    /// A last day of its own.
    pub due_on: Option<Date>,
    /// When it was sent.
    pub sent_on: Option<Date>,
    /// When the head approved it.
    pub approved_on: Option<Date>,
}

/// Moves an answer on that is as it was read.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn stand(tx: &WriteTx, (id, revision): (i64, i32), stand: &Stand) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review_unit SET state = ").bind(stand.state.code()).push(", reopened = ").bind(stand.reopened);
    sql.push(", due_on = ").bind(stand.due_on.map(number)).push(", sent_on = ").bind(stand.sent_on.map(number));
    sql.push(", approved_on = ").bind(stand.approved_on.map(number)).push(", revision = revision + 1 WHERE id = ").bind(id);
    sql.push(" AND revision = ").bind(revision);
    one(sql, tx).await
}

/// Keeps what was answered to the questions.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such answer.
pub async fn set_answers(tx: &WriteTx, answer: i64, answers: &Answers) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE review_unit SET answers = ").bind(questions::answers_text(answers)?).push(" WHERE id = ").bind(answer);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}

/// Keeps that a step was taken.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note(tx: &WriteTx, why: &Why<'_>, review: ReviewId, answer: Option<i64>, step: Step) -> Result<(), StoreError> {
    let columns = ["review_id", "answer_id", "act", "words", "user_id", "happened_at", "operation"];
    let values = vec![
        review.0.into(),
        answer.into(),
        step.code().into(),
        why.words.trim().into(),
        why.by.user().into(),
        why.at.0.into(),
        why.operation.into(),
    ];
    insert(tx, "review_event", &columns, values).await?;
    Ok(())
}

async fn one(sql: Sql, tx: &WriteTx) -> Result<(), StoreError> {
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}
