//! The lines of a plan as plain rows: for the paper with its annex tables, for workbooks, the API and the terminal.
//! Not for: layout, and names of people; an annex of names is another list with its own rights.

use domain::plans::{Agency, Line, Months};
use domain::schemes::Title;

use super::{Known, View};

/// Places for people who are not named: unit, code of the kind of staff, code of the group, people.
pub type SeatRow = (Option<String>, Option<&'static str>, Option<&'static str>, u32);

/// A line in words and numbers, codes untranslated.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PlanRow {
    /// Key of the line.
    pub key: u32,
    /// What is taught: the words of the line, else the title of its topic.
    pub title: Title,
    /// Scheme and topic, if any.
    pub topic: Option<(String, String)>,
    /// Code and title of the programme, if it is approved.
    pub programme: Option<(String, String)>,
    /// Form.
    pub form: &'static str,
    /// Content group.
    pub content: Option<&'static str>,
    /// Mode.
    pub mode: &'static str,
    /// Abroad.
    pub abroad: bool,
    /// Classes, people of one class, people of all.
    pub classes: u32,
    /// People of one class.
    pub class_size: u32,
    /// People of all classes.
    pub people: i64,
    /// People who are named.
    pub named: usize,
    /// Who is meant: unit, kind of staff, group, people.
    pub seats: Vec<SeatRow>,
    /// Year.
    pub year: i32,
    /// Months of each class, `3-4; 6`.
    pub months: String,
    /// Days and periods of a class.
    pub days: u32,
    /// Periods of a class.
    pub periods: u32,
    /// Place.
    pub place: String,
    /// Communes that learn together.
    pub cluster: Vec<String>,
    /// Who leads.
    pub lead: Option<Title>,
    /// Who takes part.
    pub with: Vec<Title>,
    /// Đồng.
    pub cost: i64,
    /// How it was reckoned.
    pub cost_basis: String,
    /// Who pays.
    pub source: Option<&'static str>,
    /// Anything else.
    pub note: String,
}

/// The rows of a version in its order.
#[must_use]
pub fn rows(view: &View, known: &Known) -> Vec<PlanRow> {
    view.body.lines.iter().map(|line| row(line, known)).collect()
}

/// One line as a row.
#[must_use]
pub fn row(line: &Line, known: &Known) -> PlanRow {
    let programme = line.programme.and_then(|id| known.programmes.iter().find(|programme| programme.id == id));
    let name = |unit: domain::ids::UnitId| known.names.unit(unit).map(|unit| unit.name.clone()).unwrap_or_default();
    let seats = line.seats.iter().map(|seats| {
        (
            seats.unit.map(name),
            seats.staff.map(domain::people::StaffKind::code),
            seats.group.map(domain::people::LeaderGroup::code),
            seats.people,
        )
    });
    PlanRow {
        key: line.key,
        title: title(line, known),
        topic: line.topic.as_ref().map(|topic| (topic.scheme.clone(), topic.code.clone())),
        programme: programme.map(|programme| (programme.code.clone(), programme.title.clone())),
        form: line.form.code(),
        content: line.content.map(domain::training::ContentGroup::code),
        mode: line.mode.code(),
        abroad: line.abroad,
        classes: line.classes,
        class_size: line.class_size,
        people: line.people(),
        named: line.officials.len(),
        seats: seats.collect(),
        year: line.year,
        months: months(&line.months),
        days: line.days,
        periods: line.periods,
        place: line.place.clone(),
        cluster: line.cluster.iter().map(|unit| name(*unit)).collect(),
        lead: line.lead.as_ref().map(|agency| agency_title(agency, known)),
        with: line.with.iter().map(|agency| agency_title(agency, known)).collect(),
        cost: line.cost,
        cost_basis: line.cost_basis.clone(),
        source: line.source.map(domain::plans::MoneySource::code),
        note: line.note.clone(),
    }
}

/// What a line teaches.
#[must_use]
pub fn title(line: &Line, known: &Known) -> Title {
    if !line.words.is_empty() {
        return Title { vi: line.words.clone(), en: line.words.clone() };
    }
    let topic = line.topic.as_ref().and_then(|wanted| {
        let stored = known.schemes.iter().find(|stored| stored.scheme.code == wanted.scheme)?;
        stored.scheme.topics.iter().find(|topic| topic.code == wanted.code)
    });
    topic.map(|topic| topic.title.clone()).unwrap_or_default()
}

/// The name of who leads or takes part.
#[must_use]
pub fn agency_title(agency: &Agency, known: &Known) -> Title {
    match agency {
        Agency::Unit(unit) => {
            let name = known.names.unit(*unit).map(|unit| unit.name.clone()).unwrap_or_default();
            Title { vi: name.clone(), en: name }
        }
        Agency::Actor(code) => {
            let actor = known.schemes.iter().flat_map(|stored| &stored.scheme.actors).find(|actor| actor.code == *code);
            actor.map_or_else(|| Title { vi: code.clone(), en: code.clone() }, |actor| actor.title.clone())
        }
    }
}

/// Months as people type them: `3-4; 6`.
#[must_use]
pub fn months(months: &[Months]) -> String {
    let one = |months: &Months| if months.from == months.to { months.from.to_string() } else { format!("{}-{}", months.from, months.to) };
    months.iter().map(one).collect::<Vec<_>>().join("; ")
}
