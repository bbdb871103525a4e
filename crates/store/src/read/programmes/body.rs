//! A text of a programme as it is stored: JSON with codes.
//! Not for: what a text must have (`domain::programmes`).

use domain::orgs::Level;
use domain::people::StaffKind;
use domain::programmes::{Course, Module, Text};
use domain::training::{ContentGroup, Mode, Programme, TrainingKind};
use serde::{Deserialize, Serialize};

use crate::db::StoreError;
use crate::sql;

#[derive(Serialize, Deserialize)]
struct Body {
    title: String,
    kind: String,
    content: String,
    programme: Option<String>,
    course: Option<String>,
    staff: Vec<String>,
    level: Option<String>,
    audience: String,
    periods: i32,
    days: i32,
    mode: String,
    outcomes: String,
    legal_basis: String,
    partner: String,
    modules: Vec<Part>,
}

#[derive(Serialize, Deserialize)]
struct Part {
    title: String,
    theory: i32,
    practice: i32,
    self_study: i32,
    outcome: String,
}

fn unreadable(error: &serde_json::Error) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

/// A text as JSON.
pub(crate) fn to_json(text: &Text) -> Result<String, StoreError> {
    let part = |module: &Module| Part {
        title: module.title.clone(),
        theory: module.theory,
        practice: module.practice,
        self_study: module.self_study,
        outcome: module.outcome.clone(),
    };
    let body = Body {
        title: text.title.clone(),
        kind: text.kind.to_string(),
        content: text.content.to_string(),
        programme: text.programme.map(|code| code.to_string()),
        course: text.course.map(|code| code.to_string()),
        staff: text.staff.iter().map(ToString::to_string).collect(),
        level: text.level.map(|code| code.to_string()),
        audience: text.audience.clone(),
        periods: text.periods,
        days: text.days,
        mode: text.mode.to_string(),
        outcomes: text.outcomes.clone(),
        legal_basis: text.legal_basis.clone(),
        partner: text.partner.clone(),
        modules: text.modules.iter().map(part).collect(),
    };
    serde_json::to_string(&body).map_err(|error| unreadable(&error))
}

/// A text from JSON.
pub(crate) fn from_json(json: &str) -> Result<Text, StoreError> {
    let body: Body = serde_json::from_str(json).map_err(|error| unreadable(&error))?;
    let module = |part: Part| Module {
        title: part.title,
        theory: part.theory,
        practice: part.practice,
        self_study: part.self_study,
        outcome: part.outcome,
    };
    Ok(Text {
        title: body.title,
        kind: sql::code(&body.kind, TrainingKind::from_code)?,
        content: sql::code(&body.content, ContentGroup::from_code)?,
        programme: body.programme.map(|code| sql::code(&code, Programme::from_code)).transpose()?,
        course: body.course.map(|code| sql::code(&code, Course::from_code)).transpose()?,
        staff: body.staff.iter().map(|code| sql::code(code, StaffKind::from_code)).collect::<Result<_, _>>()?,
        level: body.level.map(|code| sql::code(&code, Level::from_code)).transpose()?,
        audience: body.audience,
        periods: body.periods,
        days: body.days,
        mode: sql::code(&body.mode, Mode::from_code)?,
        outcomes: body.outcomes,
        legal_basis: body.legal_basis,
        partner: body.partner,
        modules: body.modules.into_iter().map(module).collect(),
    })
}
