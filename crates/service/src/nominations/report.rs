//! Who may be sent to a class, as flat lines: the same fields for the terminal and files, as codes with their articles.
//! Not for: judging (`nominations`).

use law::Words;

use super::{Assessed, Because, Detail};
use crate::ActError;
use crate::gaps::report::Lines;
use crate::lawbook::law;
use serde_json::{Value, json};

/// One line a person and finding; somebody whom nothing stands against has one line without a code.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn eligibility(assessed: &[Assessed]) -> Result<Lines, ActError> {
    let mut rows = Vec::new();
    for one in assessed {
        let verdict = match (one.may_go(), one.because.is_empty()) {
            (true, true) => "eligible",
            (true, false) => "with_reason",
            (false, _) => "refused",
        };
        let person = &one.person;
        let mut row = |because: Option<&Because>| -> Result<(), ActError> {
            let cites = because.map(articles).transpose()?.unwrap_or_default();
            rows.push(vec![
                json!(person.code),
                json!(person.name),
                json!(person.unit_name),
                json!(person.working.staff.code()),
                json!(verdict),
                because.map_or(Value::Null, |because| json!(because.code())),
                because.map_or(Value::Null, |because| json!(if because.is_hard() { "hard" } else { "soft" })),
                because.map_or(Value::Null, |because| json!(told(because))),
                json!(cites.join("; ")),
            ]);
            Ok(())
        };
        if one.because.is_empty() {
            row(None)?;
        }
        for because in &one.because {
            row(Some(because))?;
        }
    }
    let fields = &["official", "name", "unit", "staff", "verdict", "code", "weight", "found", "articles"];
    Ok(Lines::new(fields, rows))
}

/// What was asked and found, in Vietnamese for the law and as values for a rule.
fn told(because: &Because) -> String {
    match because {
        Because::Law(finding) => finding.words.vi.clone(),
        Because::Rule(_, Detail::None) => String::new(),
        Because::Rule(_, Detail::Class(told)) => told.clone(),
        Because::Rule(_, Detail::Day(day)) => domain::time::dmy(*day),
        Because::Rule(_, Detail::Count(found, most)) => format!("{found} / {most}"),
    }
}

/// The articles behind a finding, in Vietnamese; rules of signed documents go by their number.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn articles(because: &Because) -> Result<Vec<String>, ActError> {
    Ok(cited(because)?.into_iter().map(|words| words.vi).collect())
}

/// The articles behind a finding in both languages.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn cited(because: &Because) -> Result<Vec<Words>, ActError> {
    let law = law()?;
    Ok(match because {
        Because::Law(finding) => finding.cites.iter().map(|cite| law.cited(cite)).collect(),
        Because::Rule(hindrance, _) => hindrance.rule().map(|rule| Words::new(rule, rule)).into_iter().collect(),
    })
}
