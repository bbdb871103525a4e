//! Surveys written, opened and closed, and answers taken once.
//! Not for: what a good answer is (`domain::questions`).

use domain::ids::{SurveyId, UnitId, UserId};
use domain::questions::{Answers, Question};
use domain::roles::Role;
use domain::surveys::SurveyState;
use domain::time::{Date, number};

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::questions;
use crate::sql::Sql;

/// What a survey says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms<'a> {
    /// Title.
    pub title: &'a str,
    /// What it is for.
    pub lead: &'a str,
    /// Whether answers are kept without who gave them.
    pub is_anonymous: bool,
    /// Its questions.
    pub questions: &'a [Question],
    /// Roles it asks; all when empty.
    pub roles: &'a [Role],
    /// Units it asks; all when empty.
    pub units: &'a [UnitId],
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub closes_on: Date,
}

fn roles(terms: &Terms<'_>) -> Result<String, StoreError> {
    questions::json(&terms.roles.iter().map(|role| role.code()).collect::<Vec<_>>())
}

/// Writes a draft.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn create(tx: &WriteTx, why: &Why<'_>, terms: &Terms<'_>) -> Result<SurveyId, StoreError> {
    let columns = ["title", "lead", "anonymous", "state", "questions", "roles", "opens_on", "closes_on", "revision", "made_by", "made_at"];
    let values = vec![
        terms.title.trim().into(),
        terms.lead.trim().into(),
        terms.is_anonymous.into(),
        SurveyState::Draft.code().into(),
        questions::questions_text(terms.questions)?.into(),
        roles(terms)?.into(),
        number(terms.opens_on).into(),
        number(terms.closes_on).into(),
        1.into(),
        why.by.user().into(),
        why.at.0.into(),
    ];
    let id = SurveyId(insert(tx, "survey", &columns, values).await?);
    ask(tx, id, terms.units).await?;
    Ok(id)
}

/// Changes a draft that is as it was read.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn amend(tx: &WriteTx, (id, revision): (SurveyId, i32), terms: &Terms<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE survey SET title = ").bind(terms.title.trim()).push(", lead = ").bind(terms.lead.trim());
    sql.push(", anonymous = ").bind(terms.is_anonymous).push(", questions = ").bind(questions::questions_text(terms.questions)?);
    sql.push(", roles = ").bind(roles(terms)?).push(", opens_on = ").bind(number(terms.opens_on));
    sql.push(", closes_on = ").bind(number(terms.closes_on)).push(", revision = revision + 1 WHERE state = 'draft' AND id = ");
    sql.bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? != 1 {
        return Err(StoreError::Stale);
    }
    let mut sql = Sql::new();
    sql.push("DELETE FROM survey_unit WHERE survey_id = ").bind(id.0);
    sql.run(tx.connection()).await?;
    ask(tx, id, terms.units).await
}

async fn ask(tx: &WriteTx, id: SurveyId, units: &[UnitId]) -> Result<(), StoreError> {
    for unit in units {
        insert(tx, "survey_unit", &["survey_id", "unit_id"], vec![id.0.into(), unit.0.into()]).await?;
    }
    Ok(())
}

/// Opens or closes a survey that is as it was read.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn advance(tx: &WriteTx, (id, revision): (SurveyId, i32), state: SurveyState) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE survey SET state = ").bind(state.code()).push(", revision = revision + 1 WHERE id = ").bind(id.0);
    sql.push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// An answer to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewAnswer<'a> {
    /// The survey.
    pub survey: SurveyId,
    /// A key drawn by lot.
    pub key: i64,
    /// Who answers.
    pub user: UserId,
    /// Whether that is kept beside the answer.
    pub is_anonymous: bool,
    /// The unit that was asked.
    pub unit: Option<UnitId>,
    /// The answers.
    pub answers: &'a Answers,
}

/// Keeps an answer, and apart from it that the account has answered.
///
/// # Errors
/// [`StoreError::Duplicate`] when the account has answered already.
pub async fn take(tx: &WriteTx, new: &NewAnswer<'_>) -> Result<(), StoreError> {
    insert(tx, "survey_taken", &["survey_id", "user_id"], vec![new.survey.0.into(), new.user.0.into()]).await?;
    let user = if new.is_anonymous { None } else { Some(new.user.0) };
    let values =
        vec![new.key.into(), new.survey.0.into(), user.into(), new.unit.map(|u| u.0).into(), questions::answers_text(new.answers)?.into()];
    insert(tx, "survey_answer", &["id", "survey_id", "user_id", "unit_id", "answers"], values).await?;
    Ok(())
}
