//! Two versions of a plan line by line: what came, what went, what changed, and by how many people and đồng.
//! Not for: showing fields in words (`web`).

use super::{Body, Line, Totals};

/// A line that is not the same in both versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LineChange<'a> {
    /// As it was; none when it is new.
    pub before: Option<&'a Line>,
    /// As it is; none when it is gone.
    pub after: Option<&'a Line>,
    /// Names of the fields that changed; empty for a line that came or went.
    pub fields: Vec<&'static str>,
}

impl LineChange<'_> {
    /// More people, or fewer.
    #[must_use]
    pub fn people(&self) -> i64 {
        self.after.map_or(0, Line::people) - self.before.map_or(0, Line::people)
    }

    /// More đồng, or fewer.
    #[must_use]
    pub fn cost(&self) -> i64 {
        self.after.map_or(0, |line| line.cost) - self.before.map_or(0, |line| line.cost)
    }
}

/// What is different in a later version.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference<'a> {
    /// In the order of the later version, lines that went last.
    pub lines: Vec<LineChange<'a>>,
    /// Sums of the earlier one.
    pub before: Totals,
    /// Sums of the later one.
    pub after: Totals,
}

/// Compares two versions by the keys of their lines.
#[must_use]
pub fn compare<'a>(before: &'a Body, after: &'a Body) -> Difference<'a> {
    let came_or_changed = after.lines.iter().filter_map(|line| {
        let old = before.line(line.key);
        let fields = old.map(|old| fields(old, line)).unwrap_or_default();
        (old.is_none() || !fields.is_empty()).then_some(LineChange { before: old, after: Some(line), fields })
    });
    let gone = before.lines.iter().filter(|line| after.line(line.key).is_none());
    let gone = gone.map(|line| LineChange { before: Some(line), after: None, fields: Vec::new() });
    Difference { lines: came_or_changed.chain(gone).collect(), before: before.totals(), after: after.totals() }
}

/// Names of the fields in which two lines differ.
fn fields(a: &Line, b: &Line) -> Vec<&'static str> {
    let differ = [
        ("topic", a.topic != b.topic),
        ("words", a.words != b.words),
        ("programme", a.programme != b.programme),
        ("named", a.named != b.named),
        ("content", a.content != b.content),
        ("form", a.form != b.form),
        ("degree", (a.degree, a.field) != (b.degree, b.field)),
        ("classes", a.classes != b.classes),
        ("class_size", a.class_size != b.class_size),
        ("seats", a.seats != b.seats),
        ("officials", a.officials != b.officials),
        ("year", a.year != b.year),
        ("months", a.months != b.months),
        ("place", a.place != b.place),
        ("cluster", a.cluster != b.cluster),
        ("mode", a.mode != b.mode),
        ("days", a.days != b.days),
        ("periods", a.periods != b.periods),
        ("abroad", a.abroad != b.abroad),
        ("lead", a.lead != b.lead),
        ("with", a.with != b.with),
        ("cost", a.cost != b.cost),
        ("cost_basis", a.cost_basis != b.cost_basis),
        ("source", a.source != b.source),
        ("note", a.note != b.note),
    ];
    differ.into_iter().filter_map(|(name, is)| is.then_some(name)).collect()
}
