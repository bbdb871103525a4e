//! The filter of a list in words, one chip for each thing asked, each with the address of the list without it.
//! Not for: choosing (`panel`).

use domain::lists::{Filter, Held, Trained};

use crate::i18n::Lang;
use crate::words::word;

/// One thing asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Chip {
    pub(crate) text: String,
    /// The list without it.
    pub(crate) href: String,
}

/// A chip for each thing asked; `link` gives the address of a list with another filter.
pub(crate) fn chips(lang: Lang, filter: &Filter, link: impl Fn(&Filter) -> String) -> Vec<Chip> {
    let mut chips = Chips { filter, link, made: Vec::new() };
    of_posting(lang, &mut chips);
    of_person(lang, &mut chips);
    chips.made
}

struct Chips<'a, L> {
    filter: &'a Filter,
    link: L,
    made: Vec<Chip>,
}

impl<L: Fn(&Filter) -> String> Chips<'_, L> {
    fn add(&mut self, text: String, alter: impl Fn(&mut Filter)) {
        let mut without = self.filter.clone();
        alter(&mut without);
        self.made.push(Chip { text, href: (self.link)(&without) });
    }
}

fn of_posting(lang: Lang, chips: &mut Chips<'_, impl Fn(&Filter) -> String>) {
    let filter = chips.filter;
    for staff in &filter.staff {
        chips.add(word(lang, "person-staff", staff.code()), |f| f.staff.retain(|other| other != staff));
    }
    if filter.leaders {
        chips.add(lang.t("official-leaders"), |f| f.leaders = false);
    }
    for post in &filter.leaderships {
        chips.add(word(lang, "person-leadership", post.code()), |f| f.leaderships.retain(|other| other != post));
    }
    for group in &filter.groups {
        chips.add(word(lang, "group", group.code()), |f| f.groups.retain(|other| other != group));
    }
    for level in &filter.levels {
        chips.add(word(lang, "level", level.code()), |f| f.levels.retain(|other| other != level));
    }
    for grade in &filter.grades {
        chips.add(named(lang, "list-grade", grade), |f| f.grades.retain(|other| other != grade));
    }
    if let Some(working) = filter.working {
        chips.add(lang.code_text("list-working", working.code()), |f| f.working = None);
    }
}

fn of_person(lang: Lang, chips: &mut Chips<'_, impl Fn(&Filter) -> String>) {
    let filter = chips.filter;
    if let Some(sex) = filter.sex {
        chips.add(word(lang, "person-sex", sex.code()), |f| f.sex = None);
    }
    for group in &filter.ethnic_groups {
        let name = lang.code_text("ethnicity", &group.to_string());
        chips.add(named(lang, "official-ethnicity", &name), |f| f.ethnic_groups.retain(|other| other != group));
    }
    if let Some(from) = filter.ages.from {
        chips.add(lang.with("list-chip-age-from", &[("age", from.into())]), |f| f.ages.from = None);
    }
    if let Some(to) = filter.ages.to {
        chips.add(lang.with("list-chip-age-to", &[("age", to.into())]), |f| f.ages.to = None);
    }
    for held in &filter.holds {
        chips.add(holds(lang, *held), |f| f.holds.retain(|other| other != held));
    }
    for held in &filter.lacks {
        chips.add(lacks(lang, *held), |f| f.lacks.retain(|other| other != held));
    }
    for field in &filter.fields {
        chips.add(named(lang, "list-field", &lang.code_text("field", field.code())), |f| f.fields.retain(|other| other != field));
    }
    if let Some(asked) = &filter.trained {
        chips.add(training(lang, asked), |f| f.trained = None);
    }
}

fn named(lang: Lang, key: &str, value: &str) -> String {
    format!("{}: {value}", lang.t(key))
}

/// `Lý luận chính trị: từ cao cấp`.
fn holds(lang: Lang, held: Held) -> String {
    let kind = word(lang, "person-qualification", held.kind().code());
    match level(lang, held) {
        Some(level) => lang.with("list-chip-holds-level", &[("kind", kind.into()), ("level", level.into())]),
        None => lang.with("list-chip-holds", &[("kind", kind.into())]),
    }
}

fn lacks(lang: Lang, held: Held) -> String {
    let kind = word(lang, "person-qualification", held.kind().code());
    match level(lang, held) {
        Some(level) => lang.with("list-chip-lacks-level", &[("kind", kind.into()), ("level", level.into())]),
        None => lang.with("list-chip-lacks", &[("kind", kind.into())]),
    }
}

/// The name of the level that is asked for.
pub(crate) fn level(lang: Lang, held: Held) -> Option<String> {
    let prefix = if held.kind() == domain::people::QualificationKind::Professional { "degree" } else { "grade" };
    held.level().map(|level| lang.code_text(prefix, level))
}

fn training(lang: Lang, asked: &Trained) -> String {
    let mut parts = vec![lang.t(if asked.did { "list-trained" } else { "list-not-trained" })];
    parts.extend(asked.kind.map(|kind| lang.code_text("training", kind.code())));
    parts.extend(asked.content.map(|content| lang.code_text("content", content.code())));
    parts.extend(asked.topic.as_ref().map(|(scheme, topic)| format!("{scheme} · {topic}")));
    parts.extend(asked.from.map(|day| lang.with("list-chip-from", &[("day", lang.date(day).into())])));
    parts.extend(asked.to.map(|day| lang.with("list-chip-to", &[("day", lang.date(day).into())])));
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::asked::Asked;
    use crate::people::filters;
    use testkit::dice::Dice;

    /// The filter of an address made by joining its pairs.
    fn read(link: &str) -> Filter {
        let pairs: Vec<(&str, &str)> = link.split('&').filter_map(|pair| pair.split_once('=')).collect();
        filters::read(&Asked::of(&pairs))
    }

    fn link(filter: &Filter) -> String {
        filters::pairs(filter).iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("&")
    }

    #[test]
    fn following_one_chip_after_another_ends_with_the_whole_list() {
        for seed in 0..200_usize {
            let mut filter = read(&link(&testkit::lists::filter(&mut Dice::new(u64::try_from(seed).unwrap()))));
            let mut steps = chips(Lang::Vi, &filter, link).len();
            while filter.is_set() {
                let all: Vec<Chip> = Lang::ALL.iter().flat_map(|lang| chips(*lang, &filter, link)).collect();
                assert!(all.iter().all(|chip| !chip.text.contains("Unknown")), "{all:?}");
                filter = read(&all[seed % all.len()].href);
                steps -= 1;
                assert_eq!(chips(Lang::En, &filter, link).len(), steps, "seed {seed}: a chip takes away one thing");
            }
            assert_eq!(steps, 0);
        }
    }
}
