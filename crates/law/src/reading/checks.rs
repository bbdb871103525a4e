//! Checks across the files: sources exist and cover the interval, no overlaps, no unstated gaps, codes have words.
//! Not for: single fields (`fields`, `values`).

use super::{Acts, Parameters};
use crate::lookup::LawError;
use crate::parameters::{Known, Parameter, Ruling};
use crate::values::{Unit, Value};
use domain::people::StaffKind;

pub(crate) fn check(acts: &Acts, parameters: &Parameters, errors: &mut Vec<LawError>) {
    for parameter in parameters.values() {
        key_belongs_to_file(parameter, errors);
        for staff in StaffKind::ALL {
            intervals_meet(parameter, *staff, errors);
        }
        for ruling in &parameter.rulings {
            sources_cover(acts, parameter, ruling, errors);
            codes_are_known(acts, parameter, ruling, errors);
        }
    }
}

fn wrong(parameter: &Parameter, line: usize, problem: String, errors: &mut Vec<LawError>) {
    errors.push(LawError { file: parameter.file, line, problem });
}

fn key_belongs_to_file(parameter: &Parameter, errors: &mut Vec<LawError>) {
    let stem = parameter.file.strip_suffix(".toml").unwrap_or(parameter.file);
    let rest = parameter.key.strip_prefix(stem);
    if !rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('.')) {
        wrong(parameter, parameter.line, format!("key `{}` must be `{stem}` or start with `{stem}.`", parameter.key), errors);
    }
}

/// The rulings of one kind of staff follow each other without overlap or hole, and the last one is open.
fn intervals_meet(parameter: &Parameter, staff: StaffKind, errors: &mut Vec<LawError>) {
    let mut rulings: Vec<&Ruling> = parameter.rulings.iter().filter(|ruling| ruling.applies_to.contains(&staff)).collect();
    rulings.sort_by_key(|ruling| ruling.interval.from());
    for (one, next) in rulings.iter().zip(rulings.iter().skip(1)) {
        if one.interval.overlaps(&next.interval) {
            wrong(parameter, next.line, format!("overlaps the ruling of line {} for {staff}", one.line), errors);
        } else if one.interval.to() != Some(next.interval.from()) {
            wrong(parameter, next.line, format!("days before it are uncovered for {staff}: state them with `absent`"), errors);
        }
    }
    if let Some(last) = rulings.last().filter(|last| last.interval.to().is_some()) {
        wrong(parameter, last.line, format!("nothing is said for {staff} after its end: state it with `absent`"), errors);
    }
}

/// A value stands on acts that are in force on all its days; a stated gap only needs acts that exist.
fn sources_cover(acts: &Acts, parameter: &Parameter, ruling: &Ruling, errors: &mut Vec<LawError>) {
    let is_value = matches!(ruling.known, Known::Is(..));
    for cite in &ruling.cites {
        let Some(act) = acts.get(&cite.act) else {
            wrong(parameter, ruling.line, format!("act `{}` is not in sources.toml", cite.act), errors);
            continue;
        };
        if act.in_force_from.is_some_and(|from| from > ruling.interval.from()) {
            wrong(parameter, ruling.line, format!("starts before act `{}` is in force", act.id), errors);
        }
        let outlives = act.to.is_some_and(|end| ruling.interval.to().is_none_or(|to| to > end));
        if is_value && outlives {
            wrong(parameter, ruling.line, format!("ends after act `{}` is in force", act.id), errors);
        }
    }
}

fn codes_are_known(acts: &Acts, parameter: &Parameter, ruling: &Ruling, errors: &mut Vec<LawError>) {
    let Known::Is(Value::Codes(codes), _) = &ruling.known else { return };
    for code in codes {
        let known = if parameter.unit == Unit::Act { acts.contains_key(code) } else { parameter.code_words(code).is_some() };
        if !known {
            wrong(parameter, ruling.line, format!("code `{code}` has no words"), errors);
        }
    }
}
