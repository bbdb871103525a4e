//! A line of a plan in words, as tables, comparisons and files show it.
//! Not for: the form of a line (`line`).

use domain::people::{LeaderGroup, StaffKind};
use domain::plans::check::Fault;
use domain::plans::{Line, Seats};
use domain::schemes::Title;
use service::plans::{Known, rows};

use super::dong;
use crate::i18n::Lang;
use crate::words::word;

/// Fields by which versions are compared, as the form calls them; a test holds their names.
#[cfg(test)]
pub(super) const COMPARED: [&str; 25] = [
    "topic",
    "words",
    "programme",
    "named",
    "content",
    "form",
    "degree",
    "classes",
    "class_size",
    "seats",
    "officials",
    "year",
    "months",
    "place",
    "cluster",
    "mode",
    "days",
    "periods",
    "abroad",
    "lead",
    "with",
    "cost",
    "cost_basis",
    "source",
    "note",
];

/// Parts of an audience that a table shows at once.
const PARTS: usize = 3;

/// A line, ready to be printed.
pub(super) struct LineView {
    pub(super) key: u32,
    pub(super) title: String,
    pub(super) facts: String,
    pub(super) form: String,
    pub(super) classes: String,
    pub(super) people: String,
    pub(super) audience: Vec<String>,
    /// More of the audience, behind how many there are.
    pub(super) more: Option<(String, Vec<String>)>,
    pub(super) when: String,
    pub(super) place: String,
    /// The cluster on the map, of a plan that is kept.
    pub(super) map: Option<String>,
    pub(super) lead: String,
    pub(super) with: String,
    pub(super) cost: String,
    pub(super) source: String,
    pub(super) days: String,
}

impl LineView {
    pub(super) fn of(lang: Lang, line: &Line, known: &Known) -> Self {
        let text = |field: &str| value(lang, field, line, known);
        let topic = line.topic.as_ref().map(|topic| format!("{} {}", topic.scheme, topic.code));
        let programme = line.programme.and_then(|id| known.programmes.iter().find(|programme| programme.id == id));
        let facts = [topic, programme.map(|programme| programme.code.clone()), Some(text("content"))];
        let mut audience = audience(lang, line, known);
        let rest = audience.split_off(audience.len().min(PARTS));
        let together = known_cluster(lang, line, known);
        Self {
            key: line.key,
            title: lang.of(&rows::title(line, known)).to_owned(),
            facts: facts.into_iter().flatten().filter(|fact| !fact.is_empty()).collect::<Vec<_>>().join(" · "),
            form: text("form"),
            classes: lang.with("plans-classes-of", &[("n", i64::from(line.classes).into()), ("size", i64::from(line.class_size).into())]),
            people: lang.number(line.people()),
            audience,
            more: (!rest.is_empty()).then(|| (lang.with("plans-more-parts", &[("n", lang.size(rest.len()).into())]), rest)),
            when: format!("{}/{}", text("months"), line.year),
            place: [line.place.clone(), together].into_iter().filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · "),
            map: None,
            lead: text("lead"),
            with: text("with"),
            cost: dong(lang, line.cost),
            source: text("source"),
            days: lang.with("plans-days-periods", &[("days", i64::from(line.days).into()), ("periods", i64::from(line.periods).into())]),
        }
    }
}

fn known_cluster(lang: Lang, line: &Line, known: &Known) -> String {
    if line.cluster.is_empty() {
        String::new()
    } else {
        lang.with("plans-cluster-of", &[("units", value(lang, "cluster", line, known).into())])
    }
}

/// Who is meant: places by unit and kind, and how many are named.
pub(super) fn audience(lang: Lang, line: &Line, known: &Known) -> Vec<String> {
    let mut parts: Vec<String> = line.seats.iter().map(|seats| place(lang, seats, known)).collect();
    if !line.officials.is_empty() {
        parts.insert(0, lang.with("plans-named", &[("n", lang.size(line.officials.len()).into())]));
    }
    parts
}

fn place(lang: Lang, seats: &Seats, known: &Known) -> String {
    let unit = seats
        .unit
        .map_or_else(|| lang.t("plans-anywhere"), |unit| known.names.unit(unit).map(|unit| unit.name.clone()).unwrap_or_default());
    let staff = seats.staff.map(|staff: StaffKind| lang.code_text("staff", staff.code()));
    let group = seats.group.map(|group: LeaderGroup| lang.code_text("group", group.code()));
    let who = [Some(unit), staff, group].into_iter().flatten().collect::<Vec<_>>().join(", ");
    format!("{who}: {}", lang.counted("noun-people", i64::from(seats.people)))
}

/// One field in words.
pub(super) fn value(lang: Lang, field: &str, line: &Line, known: &Known) -> String {
    let name = |unit: &domain::ids::UnitId| known.names.unit(*unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let agency = |agency: &domain::plans::Agency| lang.of(&rows::agency_title(agency, known)).to_owned();
    let code = |prefix: &'static str, code: Option<&'static str>| code.map(|code| word(lang, prefix, code)).unwrap_or_default();
    match field {
        "topic" => line.topic.as_ref().map(|topic| format!("{} {}", topic.scheme, topic.code)).unwrap_or_default(),
        "words" => line.words.clone(),
        "programme" => {
            let found = line.programme.and_then(|id| known.programmes.iter().find(|programme| programme.id == id));
            found.map(|programme| format!("{} {}", programme.code, programme.title)).unwrap_or_default()
        }
        "named" => code("programme", line.named.map(|named| named.code())),
        "content" => code("content", line.content.map(|content| content.code())),
        "form" => word(lang, "form", line.form.code()),
        "degree" => {
            let parts = [code("degree", line.degree.map(|degree| degree.code())), code("field", line.field.map(|field| field.code()))];
            parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ")
        }
        "classes" => lang.number(line.classes.into()),
        "class_size" => lang.number(line.class_size.into()),
        "seats" => line.seats.iter().map(|seats| place(lang, seats, known)).collect::<Vec<_>>().join("; "),
        "officials" => lang.size(line.officials.len()),
        "year" => line.year.to_string(),
        "months" => rows::months(&line.months),
        "place" => line.place.clone(),
        "cluster" => line.cluster.iter().map(name).collect::<Vec<_>>().join(", "),
        "mode" => word(lang, "mode", line.mode.code()),
        "days" => lang.number(line.days.into()),
        "periods" => lang.number(line.periods.into()),
        "abroad" => lang.t(if line.abroad { "plans-yes" } else { "plans-no" }),
        "lead" => line.lead.as_ref().map(agency).unwrap_or_default(),
        "with" => line.with.iter().map(agency).collect::<Vec<_>>().join(", "),
        "cost" => dong(lang, line.cost),
        "cost_basis" => line.cost_basis.clone(),
        "source" => code("plan-source", line.source.map(|source| source.code())),
        "note" => line.note.clone(),
        _ => String::new(),
    }
}

/// What is wrong, what is allowed, and where that is said.
pub(super) fn fault(lang: Lang, fault: &Fault) -> String {
    let (from, to) = fault.allowed.unwrap_or_default();
    let key = format!("plan-fault-{}", fault.kind.code());
    let text = lang.with(&key, &[("from", from.into()), ("to", to.into())]);
    match &fault.basis {
        Some(basis) => lang.with("plans-fault-by", &[("fault", text.into()), ("basis", by(lang, basis).into())]),
        None => text,
    }
}

fn by(lang: Lang, basis: &Title) -> String {
    lang.of(basis).to_owned()
}
