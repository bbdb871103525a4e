//! What differs between two texts of a programme.
//! Not for: showing it.

use super::{Module, Text};
use crate::codes;

codes! {
    /// A part of a text, in the order in which it is read.
    Part {
        /// Title.
        Title = "title",
        /// Kind.
        Kind = "kind",
        /// Content group.
        Content = "content",
        /// Named programme.
        Programme = "programme",
        /// Course of the law.
        Course = "course",
        /// Kinds of staff.
        Staff = "staff",
        /// Level.
        Level = "level",
        /// Audience.
        Audience = "audience",
        /// Periods.
        Periods = "periods",
        /// Days.
        Days = "days",
        /// Mode.
        Mode = "mode",
        /// Outcomes.
        Outcomes = "outcomes",
        /// Legal basis.
        LegalBasis = "legal_basis",
        /// Partner school.
        Partner = "partner",
    }
}

/// What became of a module.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ModuleChange<'a> {
    /// As it was.
    Same(&'a Module),
    /// Other periods or another outcome under the same title.
    Changed(&'a Module, &'a Module),
    /// Only in the new text.
    Added(&'a Module),
    /// Only in the old text.
    Gone(&'a Module),
}

/// Parts of two texts that differ, but for the modules.
#[must_use]
pub fn parts(old: &Text, new: &Text) -> Vec<Part> {
    let differs = |part: &Part| match part {
        Part::Title => old.title != new.title,
        Part::Kind => old.kind != new.kind,
        Part::Content => old.content != new.content,
        Part::Programme => old.programme != new.programme,
        Part::Course => old.course != new.course,
        Part::Staff => old.staff != new.staff,
        Part::Level => old.level != new.level,
        Part::Audience => old.audience != new.audience,
        Part::Periods => old.periods != new.periods,
        Part::Days => old.days != new.days,
        Part::Mode => old.mode != new.mode,
        Part::Outcomes => old.outcomes != new.outcomes,
        Part::LegalBasis => old.legal_basis != new.legal_basis,
        Part::Partner => old.partner != new.partner,
    };
    Part::ALL.iter().copied().filter(differs).collect()
}

/// The modules of two texts side by side, by title: those of the new text in their order, then those that are gone.
#[must_use]
pub fn modules<'a>(old: &'a Text, new: &'a Text) -> Vec<ModuleChange<'a>> {
    let mut left: Vec<&Module> = old.modules.iter().collect();
    let mut changes: Vec<ModuleChange<'a>> = Vec::new();
    for module in &new.modules {
        let place = left.iter().position(|was| was.title == module.title);
        changes.push(match place.map(|place| left.remove(place)) {
            Some(was) if was == module => ModuleChange::Same(module),
            Some(was) => ModuleChange::Changed(was, module),
            None => ModuleChange::Added(module),
        });
    }
    changes.extend(left.into_iter().map(ModuleChange::Gone));
    changes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::training::{ContentGroup, Mode, TrainingKind};

    fn text(modules: &[(&str, i32)]) -> Text {
        let module = |(title, theory): &(&str, i32)| Module { title: (*title).to_owned(), theory: *theory, ..Module::default() };
        Text {
            title: "A".to_owned(),
            kind: TrainingKind::Training,
            content: ContentGroup::It,
            programme: None,
            course: None,
            staff: Vec::new(),
            level: None,
            audience: String::new(),
            periods: 8,
            days: 1,
            mode: Mode::Online,
            outcomes: String::new(),
            legal_basis: String::new(),
            partner: String::new(),
            modules: modules.iter().map(module).collect(),
        }
    }

    #[test]
    fn modules_are_told_apart_by_their_titles() {
        let (old, new) = (text(&[("a", 4), ("b", 4), ("c", 2)]), text(&[("c", 2), ("b", 6), ("d", 1)]));
        let said: Vec<String> = modules(&old, &new)
            .iter()
            .map(|change| match change {
                ModuleChange::Same(m) => format!("={}", m.title),
                ModuleChange::Changed(was, is) => format!("{}:{}>{}", is.title, was.theory, is.theory),
                ModuleChange::Added(m) => format!("+{}", m.title),
                ModuleChange::Gone(m) => format!("-{}", m.title),
            })
            .collect();
        assert_eq!(said, ["=c", "b:4>6", "+d", "-a"]);
    }

    #[test]
    fn only_parts_that_differ_are_told() {
        let old = text(&[]);
        let new = Text { periods: 16, mode: Mode::Blended, partner: "Trường Chính trị".to_owned(), ..old.clone() };
        assert_eq!(parts(&old, &new), [Part::Periods, Part::Mode, Part::Partner]);
        assert_eq!(parts(&old, &old), []);
    }
}
