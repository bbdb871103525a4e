//! Questions and answers as the text in which they are kept.
//! Not for: what a good question or answer is (`domain::questions`).

use domain::questions::{Answers, Question, QuestionKind};

use crate::db::StoreError;
use crate::sql;

#[derive(serde::Serialize, serde::Deserialize)]
struct Written {
    kind: String,
    text: String,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    options: Vec<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    rows: Vec<String>,
    needed: bool,
}

pub(crate) fn json<T: serde::Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Unreadable(error.to_string()))
}

pub(crate) fn of_json<T: serde::de::DeserializeOwned>(text: &str) -> Result<T, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

pub(crate) fn questions(text: &str) -> Result<Vec<Question>, StoreError> {
    let read = |w: Written| {
        let kind = sql::code(&w.kind, QuestionKind::from_code)?;
        Ok(Question { kind, text: w.text, options: w.options, rows: w.rows, needed: w.needed })
    };
    of_json::<Vec<Written>>(text)?.into_iter().map(read).collect()
}

pub(crate) fn questions_text(questions: &[Question]) -> Result<String, StoreError> {
    let written = |q: &Question| Written {
        kind: q.kind.code().to_owned(),
        text: q.text.clone(),
        options: q.options.clone(),
        rows: q.rows.clone(),
        needed: q.needed,
    };
    json(&questions.iter().map(written).collect::<Vec<_>>())
}

pub(crate) fn answers(text: &str) -> Result<Answers, StoreError> {
    of_json(text)
}

pub(crate) fn answers_text(answers: &Answers) -> Result<String, StoreError> {
    json(answers)
}
