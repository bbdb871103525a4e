//! Surveys: lists, one with the units it asks, whether somebody answered, and all answers.
//! Not for: what answers come to (`domain::questions`).

use std::collections::BTreeMap;

use domain::ids::{SurveyId, UnitId, UserId};
use domain::questions::{Answers, Question};
use domain::roles::Role;
use domain::surveys::SurveyState;
use domain::time::Date;
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::questions;
use crate::sql::{self, Sql};

/// A survey.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyLine {
    /// Key.
    pub id: SurveyId,
    /// Title.
    pub title: String,
    /// What it is for.
    pub lead: String,
    /// Whether answers are kept without who gave them.
    pub is_anonymous: bool,
    /// How far it has come.
    pub state: SurveyState,
    /// Its questions.
    pub questions: Vec<Question>,
    /// Roles it asks; all when empty.
    pub roles: Vec<Role>,
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub closes_on: Date,
    /// Counts changes.
    pub revision: i32,
    /// Who made it.
    pub made_by: Option<UserId>,
    /// How many answered.
    pub answered: i64,
    /// Whether the account that asks has answered.
    pub is_taken: bool,
}

/// What one person answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerLine {
    /// Whether it is kept with who gave it.
    pub is_named: bool,
    /// The unit that was asked: code and name.
    pub unit: Option<(String, String)>,
    /// The answers.
    pub answers: Answers,
}

fn select(user: Option<UserId>) -> Sql {
    let mut sql = Sql::new();
    sql.push("SELECT s.id, s.title, s.lead, s.anonymous, s.state, s.questions, s.roles, s.opens_on, s.closes_on, s.revision, s.made_by, ");
    sql.push("(SELECT COUNT(*) FROM survey_answer a WHERE a.survey_id = s.id) AS answered, ");
    sql.push("(SELECT COUNT(*) FROM survey_taken t WHERE t.survey_id = s.id AND t.user_id = ").bind(user.map(|u| u.0));
    sql.push(") AS taken FROM survey s");
    sql
}

/// Surveys, newest first, as an account sees them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, user: Option<UserId>, limit: u32) -> Result<Vec<SurveyLine>, StoreError> {
    let mut sql = select(user);
    sql.push(" ORDER BY s.id DESC LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(survey).collect()
}

/// One survey.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, id: SurveyId, user: Option<UserId>) -> Result<SurveyLine, StoreError> {
    let mut sql = select(user);
    sql.push(" WHERE s.id = ").bind(id.0);
    survey(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// The units that surveys ask, by survey: key, code, name.
pub type UnitsOf = BTreeMap<SurveyId, Vec<(UnitId, String, String)>>;

/// The units that one survey asks, or all of them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn units(db: &Db, id: Option<SurveyId>) -> Result<UnitsOf, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT s.survey_id, u.id, u.code, u.name FROM survey_unit s JOIN unit u ON u.id = s.unit_id WHERE 1 = 1");
    sql.and_in("s.survey_id", id.iter().map(|id| id.0)).push(" ORDER BY u.code");
    let mut units = UnitsOf::new();
    for row in sql.all(db.reader()).await? {
        let unit = (UnitId(row.try_get("", "id")?), row.try_get("", "code")?, row.try_get("", "name")?);
        units.entry(SurveyId(row.try_get("", "survey_id")?)).or_default().push(unit);
    }
    Ok(units)
}

/// Every answer; the order tells nothing of who answered when.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn answers(db: &Db, id: SurveyId) -> Result<Vec<AnswerLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT CASE WHEN a.user_id IS NULL THEN 0 ELSE 1 END AS named, u.code, u.name, a.answers FROM survey_answer a ");
    sql.push("LEFT JOIN unit u ON u.id = a.unit_id WHERE a.survey_id = ").bind(id.0).push(" ORDER BY a.id");
    let answer = |row: &QueryResult| {
        Ok(AnswerLine {
            is_named: row.try_get::<i32>("", "named")? == 1,
            unit: row.try_get::<Option<String>>("", "code")?.zip(row.try_get("", "name")?),
            answers: questions::answers(&row.try_get::<String>("", "answers")?)?,
        })
    };
    sql.all(db.reader()).await?.iter().map(answer).collect()
}

fn survey(row: &QueryResult) -> Result<SurveyLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let roles: Vec<String> = questions::of_json(&text("roles")?)?;
    Ok(SurveyLine {
        id: SurveyId(row.try_get("", "id")?),
        title: text("title")?,
        lead: text("lead")?,
        is_anonymous: row.try_get("", "anonymous")?,
        state: sql::code(&text("state")?, SurveyState::from_code)?,
        questions: questions::questions(&text("questions")?)?,
        roles: roles.iter().map(|role| sql::code(role, Role::from_code)).collect::<Result<_, _>>()?,
        opens_on: sql::date(row.try_get("", "opens_on")?)?,
        closes_on: sql::date(row.try_get("", "closes_on")?)?,
        revision: row.try_get("", "revision")?,
        made_by: row.try_get::<Option<i64>>("", "made_by")?.map(UserId),
        answered: row.try_get("", "answered")?,
        is_taken: row.try_get::<i64>("", "taken")? > 0,
    })
}
