//! Reads the value of a ruling and checks that its shape fits the unit.
//! Not for: whether the value is right; that is the lawyer's work.

use super::fields::{Entry, both};
use crate::lookup::LawError;
use crate::values::{Scale, Step, Unit, Value};
use toml_edit::{Item, TableLike};

pub(crate) fn value(entry: &Entry<'_>, unit: Unit, errors: &mut Vec<LawError>) -> Option<Value> {
    let item = match (entry.item("none"), entry.item("is")) {
        (Some(none), None) if none.as_bool() == Some(true) => return Some(Value::NoCondition),
        (None, Some(item)) => item,
        _ => {
            entry.wrong("give exactly one of `is`, `none = true` and `absent`", errors);
            return None;
        }
    };
    let value = read(item).filter(|value| fits(value, unit));
    if value.is_none() {
        entry.wrong(format!("`is` does not fit the unit `{unit}`"), errors);
    }
    value
}

fn read(item: &Item) -> Option<Value> {
    if let Some(flag) = item.as_bool() {
        return Some(Value::Flag(flag));
    }
    if let Some(number) = item.as_integer() {
        return (number >= 0).then_some(Value::Number(number));
    }
    if let Some(code) = item.as_str() {
        return Some(Value::Codes(vec![code.to_owned()]));
    }
    if let Some(array) = item.as_array() {
        let codes: Option<Vec<_>> = array.iter().map(|code| code.as_str().map(str::to_owned)).collect();
        return codes.filter(|codes| !codes.is_empty()).map(Value::Codes);
    }
    let table = item.as_table_like()?;
    if table.contains_key("bands") { scale(table) } else { range(table) }
}

fn range(table: &dyn TableLike) -> Option<Value> {
    let end = |field| table.get(field).and_then(Item::as_integer);
    match (end("min"), end("max")) {
        (None, None) => None,
        (Some(min), Some(max)) if min > max => None,
        (min, max) => Some(Value::Range { min, max }),
    }
}

fn scale(table: &dyn TableLike) -> Option<Value> {
    let top = table.get("top")?.as_integer()?;
    let steps: Option<Vec<_>> = table.get("bands")?.as_array()?.iter().map(|band| step(band.as_inline_table()?)).collect();
    let steps = steps?;
    let rising = steps.iter().zip(steps.iter().skip(1)).all(|(low, high)| low.at_least < high.at_least);
    let whole = steps.first()?.at_least == 0 && steps.last()?.at_least <= top;
    (rising && whole).then_some(Value::Scale(Scale { top, steps }))
}

fn step(table: &dyn TableLike) -> Option<Step> {
    Some(Step { code: table.get("code")?.as_str()?.to_owned(), name: both(table)?, at_least: table.get("at_least")?.as_integer()? })
}

fn fits(value: &Value, unit: Unit) -> bool {
    match value {
        Value::Codes(_) => matches!(unit, Unit::Act | Unit::Code),
        Value::Flag(_) => unit == Unit::Flag,
        Value::Scale(scale) => (unit == Unit::Points10 && scale.top == 10) || (unit == Unit::Points100 && scale.top == 100),
        Value::Number(_) | Value::Range { .. } => !matches!(unit, Unit::Act | Unit::Code | Unit::Flag),
        Value::NoCondition => true,
    }
}
