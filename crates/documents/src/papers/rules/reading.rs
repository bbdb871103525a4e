//! Reads the files of page rules; a missing, unknown or out-of-bounds figure is told with file and name.
//! Not for: choosing a day.

use std::collections::BTreeMap;

use domain::time::{Date, Interval, parse};
use toml_edit::{DocumentMut, Item, TableLike};

use super::{Evidence, Family, Measure, PageRules, Style, StyleOf, Words};

pub(super) fn read(files: &[(&str, &str)]) -> Result<Vec<PageRules>, String> {
    let mut all: Vec<PageRules> = Vec::new();
    for (name, text) in files {
        let rules = read_one(text).map_err(|problem| format!("{name}: {problem}"))?;
        if all.iter().any(|other| other.family == rules.family && other.interval.overlaps(&rules.interval)) {
            return Err(format!("{name}: another file holds for the same days"));
        }
        all.push(rules);
    }
    Ok(all)
}

fn read_one(text: &str) -> Result<PageRules, String> {
    let document: DocumentMut = text.parse().map_err(|error| format!("{error}"))?;
    let top: &dyn TableLike = document.as_table();
    let mut unverified = Vec::new();
    let words = read_words(table(top, "words")?, &mut unverified)?;
    let mut measures = BTreeMap::new();
    for (name, item) in table(top, "measures")?.iter() {
        let measure = Measure::from_code(name).ok_or_else(|| format!("`{name}` is no measure"))?;
        let fields = item.as_table_like().ok_or_else(|| format!("`{name}` must be a table"))?;
        let unit = ["mm", "pt", "lines", "percent", "page"].into_iter().find(|unit| fields.contains_key(unit));
        let unit = unit.ok_or_else(|| format!("`{name}` has no value with a unit"))?;
        only(name, fields, &[unit, "least", "most", "cite", "evidence"])?;
        measures.insert(measure, within(name, fields, unit)?);
        note_evidence(name, fields, &mut unverified)?;
    }
    let mut styles = BTreeMap::new();
    for (name, item) in table(top, "styles")?.iter() {
        let component = StyleOf::from_code(name).ok_or_else(|| format!("`{name}` is no component"))?;
        let fields = item.as_table_like().ok_or_else(|| format!("`{name}` must be a table"))?;
        only(name, fields, &["pt", "least", "most", "bold", "italic", "upper", "cite", "evidence"])?;
        let is = |flag| fields.get(flag).and_then(Item::as_bool) == Some(true);
        styles.insert(component, Style { pt: within(name, fields, "pt")?, bold: is("bold"), italic: is("italic"), upper: is("upper") });
        note_evidence(name, fields, &mut unverified)?;
    }
    complete(&words, &measures, &styles)?;
    let from = day(top, "from")?.ok_or("`from` is missing")?;
    day(top, "checked_on")?.ok_or("`checked_on` is missing")?;
    Ok(PageRules {
        family: Family::from_code(text_of(top, "family")?).ok_or("`family` is not known")?,
        act: text_of(top, "act")?.to_owned(),
        interval: Interval::new(from, day(top, "to")?).map_err(|error| error.to_string())?,
        words,
        measures,
        styles,
        unverified,
    })
}

fn read_words(fields: &dyn TableLike, unverified: &mut Vec<String>) -> Result<Words, String> {
    only("words", fields, &["title", "motto", "number", "recipients", "under_issuer", "cite", "evidence"])?;
    note_evidence("words", fields, unverified)?;
    let star = match text_of(fields, "under_issuer")? {
        "star" => true,
        "rule" => false,
        other => return Err(format!("`{other}` cannot stand under an issuing body")),
    };
    Ok(Words {
        title: text_of(fields, "title")?.to_owned(),
        motto: fields.get("motto").and_then(Item::as_str).map(str::to_owned),
        number: text_of(fields, "number")?.to_owned(),
        recipients: text_of(fields, "recipients")?.to_owned(),
        star,
    })
}

fn complete(words: &Words, measures: &BTreeMap<Measure, f64>, styles: &BTreeMap<StyleOf, Style>) -> Result<(), String> {
    let measure = Measure::ALL.iter().find(|measure| !measures.contains_key(measure)).map(|measure| measure.code());
    let needed = StyleOf::ALL.iter().filter(|component| words.motto.is_some() || **component != StyleOf::Motto);
    let style = needed.copied().find(|component| !styles.contains_key(component)).map(StyleOf::code);
    measure.or(style).map_or(Ok(()), |name| Err(format!("`{name}` is missing")))
}

fn table<'t>(top: &'t dyn TableLike, name: &str) -> Result<&'t dyn TableLike, String> {
    top.get(name).and_then(Item::as_table_like).ok_or_else(|| format!("the table `{name}` is missing"))
}

fn text_of<'t>(fields: &'t dyn TableLike, name: &str) -> Result<&'t str, String> {
    fields.get(name).and_then(Item::as_str).ok_or_else(|| format!("`{name}` must be a text"))
}

fn day(fields: &dyn TableLike, name: &str) -> Result<Option<Date>, String> {
    let Some(item) = fields.get(name) else { return Ok(None) };
    let written = item.as_datetime().map(ToString::to_string);
    written.and_then(|text| parse(&text)).map(Some).ok_or_else(|| format!("`{name}` must be a day"))
}

fn only(name: &str, fields: &dyn TableLike, known: &[&str]) -> Result<(), String> {
    let stranger = fields.iter().find(|(field, _)| !known.contains(field));
    stranger.map_or(Ok(()), |(field, _)| Err(format!("`{name}` has the unknown field `{field}`")))
}

fn number(fields: &dyn TableLike, name: &str) -> Option<f64> {
    let item = fields.get(name)?;
    // Whole figures of a page are small.
    item.as_float().or_else(|| item.as_integer().and_then(|whole| i32::try_from(whole).ok()).map(f64::from))
}

/// The value, inside the bounds that the act sets.
fn within(name: &str, fields: &dyn TableLike, unit: &str) -> Result<f64, String> {
    let value = number(fields, unit).ok_or_else(|| format!("`{name}` has no value"))?;
    let low = number(fields, "least").is_none_or(|least| least <= value);
    let high = number(fields, "most").is_none_or(|most| value <= most);
    if low && high { Ok(value) } else { Err(format!("`{name}` lies outside the bounds of the act")) }
}

fn note_evidence(name: &str, fields: &dyn TableLike, unverified: &mut Vec<String>) -> Result<(), String> {
    let cite = text_of(fields, "cite").map_err(|_| format!("`{name}` cites nothing"))?;
    let evidence = text_of(fields, "evidence").ok().and_then(Evidence::from_code);
    let evidence = evidence.ok_or_else(|| format!("`{name}` has no mark of evidence"))?;
    if cite.is_empty() {
        return Err(format!("`{name}` cites nothing"));
    }
    if evidence == Evidence::Unverified {
        unverified.push(name.to_owned());
    }
    Ok(())
}
