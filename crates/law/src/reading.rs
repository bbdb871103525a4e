//! Reads the embedded law files and reports every mistake with its file and line.
//! Not for: answering; a law that does not pass here is never used.

mod checks;
mod fields;
mod values;

use crate::acts::{Act, ActKind, Citation, Evidence};
use crate::governing::GoverningKind;
use crate::lookup::LawError;
use crate::parameters::{Known, Parameter, Ruling};
use crate::values::Unit;
use domain::people::StaffKind;
use domain::time::Interval;
use fields::{Entry, File};
use std::collections::BTreeMap;

pub(crate) type Acts = BTreeMap<String, Act>;
pub(crate) type Parameters = BTreeMap<String, Parameter>;

macro_rules! file {
    ($name:literal) => {
        ($name, include_str!(concat!("../data/", $name)))
    };
}

pub(crate) const SOURCES: (&str, &str) = file!("sources.toml");
pub(crate) const PARAMETER_FILES: &[(&str, &str)] = &[
    file!("abroad_conditions.toml"),
    file!("appraisal_council.toml"),
    file!("attendance_share.toml"),
    file!("certificate.toml"),
    file!("cost_norms.toml"),
    file!("cost_recovery.toml"),
    file!("course_durations.toml"),
    file!("evaluation_bands.toml"),
    file!("follow_up.toml"),
    file!("lower_degree_conditions.toml"),
    file!("paperwork.toml"),
    file!("postgraduate_conditions.toml"),
    file!("regimes.toml"),
    file!("remoteness.toml"),
    file!("results.toml"),
    file!("retention.toml"),
    file!("retirement_age.toml"),
    file!("service_commitment.toml"),
    file!("yearly_minimum.toml"),
];

/// Reads all files; `Err` holds every mistake, never an empty list.
pub(crate) fn read(sources: (&'static str, &str), files: &[(&'static str, &str)]) -> Result<(Acts, Parameters), Vec<LawError>> {
    let mut errors = Vec::new();
    let acts = read_acts(sources, &mut errors);
    let mut parameters = Parameters::new();
    for (name, text) in files {
        for parameter in read_parameters((name, text), &mut errors) {
            if let Some(first) = parameters.get(&parameter.key) {
                let problem = format!("key `{}` is already in {}", parameter.key, first.file);
                errors.push(LawError { file: parameter.file, line: parameter.line, problem });
            } else {
                parameters.insert(parameter.key.clone(), parameter);
            }
        }
    }
    checks::check(&acts, &parameters, &mut errors);
    if errors.is_empty() { Ok((acts, parameters)) } else { Err(errors) }
}

fn read_acts(source: (&'static str, &str), errors: &mut Vec<LawError>) -> Acts {
    let Some(file) = File::parse(source, errors) else {
        return Acts::new();
    };
    let mut acts = Acts::new();
    file.root().only(&["act"], errors);
    for entry in file.root().entries("act", errors) {
        let (line, id) = (entry.line(), entry.text("id", errors));
        let Some(act) = read_act(&entry, errors) else { continue };
        if acts.insert(act.id.clone(), act).is_some() {
            errors.push(LawError { file: source.0, line, problem: format!("act `{}` is there twice", id.unwrap_or_default()) });
        }
    }
    acts
}

fn read_act(entry: &Entry<'_>, errors: &mut Vec<LawError>) -> Option<Act> {
    entry.only(&["id", "kind", "number", "title", "issued_on", "in_force_from", "to", "evidence", "note"], errors);
    let act = Act {
        id: entry.text("id", errors)?,
        kind: entry.code("kind", ActKind::from_code, errors)?,
        number: entry.text("number", errors)?,
        title: entry.words("title", errors)?,
        issued_on: entry.optional_date("issued_on", errors),
        in_force_from: entry.optional_date("in_force_from", errors),
        to: entry.optional_date("to", errors),
        evidence: entry.code("evidence", Evidence::from_code, errors)?,
        note: entry.optional_words("note", errors),
    };
    if act.issued_on.zip(act.in_force_from).is_some_and(|(issued, from)| issued > from) {
        entry.wrong("the act is in force before it was issued", errors);
    }
    if act.in_force_from.zip(act.to).is_some_and(|(from, to)| from >= to) {
        entry.wrong("the act ends before it is in force", errors);
    }
    if act.note.is_none() && (act.issued_on.is_none() || act.in_force_from.is_none() || act.evidence.is_unverified()) {
        entry.wrong("a missing or unverified date needs a `note`", errors);
    }
    Some(act)
}

fn read_parameters(source: (&'static str, &str), errors: &mut Vec<LawError>) -> Vec<Parameter> {
    let Some(file) = File::parse(source, errors) else {
        return Vec::new();
    };
    let root = file.root();
    root.only(&["governed_by", "checked_on", "parameter"], errors);
    root.date("checked_on", errors);
    let Some(governed_by) = root.code("governed_by", GoverningKind::from_code, errors) else {
        return Vec::new();
    };
    let entries = root.entries("parameter", errors);
    entries.iter().filter_map(|entry| read_parameter(source.0, entry, governed_by, errors)).collect()
}

fn read_parameter(file: &'static str, entry: &Entry<'_>, default: GoverningKind, errors: &mut Vec<LawError>) -> Option<Parameter> {
    entry.only(&["key", "title", "unit", "governed_by", "words", "value"], errors);
    let unit = entry.code("unit", Unit::from_code, errors)?;
    let governed_by = if entry.has("governed_by") { entry.code("governed_by", GoverningKind::from_code, errors)? } else { default };
    let rulings = entry.entries("value", errors);
    Some(Parameter {
        key: entry.text("key", errors)?,
        title: entry.words("title", errors)?,
        unit,
        governed_by,
        code_words: entry.words_by_code("words", errors),
        rulings: rulings.iter().filter_map(|ruling| read_ruling(ruling, unit, errors)).collect(),
        file,
        line: entry.line(),
    })
}

fn read_ruling(entry: &Entry<'_>, unit: Unit, errors: &mut Vec<LawError>) -> Option<Ruling> {
    entry.only(&["from", "to", "applies_to", "is", "none", "absent", "cite", "evidence", "note"], errors);
    let from = entry.date("from", errors)?;
    let Ok(interval) = Interval::new(from, entry.optional_date("to", errors)) else {
        entry.wrong("`to` is not after `from`", errors);
        return None;
    };
    let known = if entry.has("absent") {
        Known::Absent(entry.words("absent", errors)?)
    } else {
        Known::Is(values::value(entry, unit, errors)?, entry.code("evidence", Evidence::from_code, errors)?)
    };
    Some(Ruling {
        interval,
        applies_to: entry.list("applies_to", StaffKind::from_code, errors),
        known,
        cites: entry.list("cite", Citation::parse, errors),
        note: entry.optional_words("note", errors),
        line: entry.line(),
    })
}
