//! The table behind the map: places with their classes, classes without a place, units that nobody placed.
//! Not for: the drawing (`draw`).

use domain::geography::catchment::Ways;
use service::classes::{Clue, Dot, Held, Nowhere, Venue};

use super::super::{chip, days, path};
use super::{CLASSES, HERE, same};
use crate::asked::{Asked, escaped};
use crate::i18n::Lang;
use crate::spots;

/// Classes shown of a place before the rest is folded away.
const SHOWN: usize = 2;

/// Classes that are held in one place, the largest place first.
pub(super) struct Group<'a> {
    pub(super) venue: &'a Venue,
    pub(super) classes: Vec<&'a Held>,
}

impl Group<'_> {
    /// People of all its classes.
    pub(super) fn people(&self) -> i64 {
        self.classes.iter().map(|held| people(held)).sum()
    }
}

/// People of a class: who learns or has a seat, else the seats it has.
pub(super) fn people(held: &Held) -> i64 {
    let line = &held.line;
    let known = line.learners.max(line.confirmed + line.unconfirmed);
    i64::from(if known > 0 { known } else { line.terms.most })
}

/// The classes by their places.
pub(super) fn groups(classes: &[Held]) -> Vec<Group<'_>> {
    let mut groups: Vec<Group<'_>> = Vec::new();
    for held in classes {
        let Ok(venue) = &held.place else { continue };
        let is_same = |group: &&mut Group<'_>| match (group.venue.unit, venue.unit) {
            (None, None) => group.venue.spot == venue.spot,
            (one, other) => one == other,
        };
        match groups.iter_mut().find(is_same) {
            Some(group) => group.classes.push(held),
            None => groups.push(Group { venue, classes: vec![held] }),
        }
    }
    groups.sort_by(|a, b| b.people().cmp(&a.people()).then_with(|| a.venue.name.cmp(&b.venue.name)));
    groups
}

/// A place as the table tells it.
pub(super) struct Place {
    pub(super) id: String,
    pub(super) name: String,
    /// From what it is known, when it is not said.
    pub(super) clue: Option<String>,
    pub(super) shown: Vec<Class>,
    pub(super) folded: Vec<Class>,
    pub(super) more: String,
    pub(super) people: String,
    pub(super) units: String,
    pub(super) mean: String,
    pub(super) far: String,
}

/// A class of a place.
pub(super) struct Class {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) about: String,
    pub(super) state: (&'static str, String),
}

/// The mark of a place within the page.
pub(super) fn id(venue: &Venue) -> String {
    match venue.unit {
        Some(unit) => format!("noi-{unit}"),
        None => format!("noi-{}-{}", venue.spot.latitude, venue.spot.longitude),
    }
}

fn class(lang: Lang, asked: &Asked, held: &Held) -> Class {
    let line = &held.line;
    let when = days(lang, (line.terms.starts_on, line.terms.ends_on));
    Class {
        href: format!("{}#ban-do", same(asked, HERE, Some(&line.code))),
        name: line.terms.name.clone(),
        about: format!("{when} · {}", lang.counted("noun-people", people(held))),
        state: chip(lang, line.status),
    }
}

/// From what a place is known, when an officer should know that it was not said.
pub(super) fn clue(lang: Lang, clue: Clue) -> Option<String> {
    match clue {
        Clue::Lead => Some(lang.t("map-clue-lead")),
        Clue::School => Some(lang.t("map-clue-school")),
        Clue::Fence | Clue::Room | Clue::Place => None,
    }
}

pub(super) fn place(lang: Lang, asked: &Asked, group: &Group<'_>) -> Place {
    let mut all: Ways = Ways::default();
    let mut far: Option<(i64, &str)> = None;
    let mut units: Vec<i64> = Vec::new();
    for held in &group.classes {
        let ways = held.catchment.ways.unwrap_or_default();
        all.all = all.all.saturating_add(ways.all);
        all.people += ways.people;
        for from in &held.catchment.from {
            units.push(from.id.0);
            far = far.max(from.metres.map(|metres| (metres, from.name.as_str())));
        }
    }
    units.sort_unstable();
    units.dedup();
    let mut shown: Vec<Class> = group.classes.iter().map(|held| class(lang, asked, held)).collect();
    let folded = if shown.len() > SHOWN + 1 { shown.split_off(SHOWN) } else { Vec::new() };
    Place {
        id: id(group.venue),
        name: group.venue.name.clone(),
        clue: clue(lang, group.venue.clue),
        more: lang.with("map-more", &[("n", lang.size(folded.len()).into())]),
        shown,
        folded,
        people: lang.number(group.people()),
        units: if units.is_empty() { String::new() } else { lang.size(units.len()) },
        mean: all.mean().map(|metres| spots::km(lang, metres)).unwrap_or_default(),
        far: far.map(|(metres, name)| format!("{name}, {}", spots::km(lang, metres))).unwrap_or_default(),
    }
}

/// A class that has no place on the map.
pub(super) struct Missing {
    pub(super) href: String,
    pub(super) name: String,
    pub(super) when: String,
    pub(super) why: String,
    /// Where it is set right, by who may.
    pub(super) mend: Option<String>,
}

/// Why a class has no place on the map.
pub(super) fn why(lang: Lang, nowhere: &Nowhere) -> String {
    let with = |key: &str, name: &str| lang.with(key, &[("name", name.to_owned().into())]);
    match nowhere {
        Nowhere::Online => lang.t("map-nowhere-online"),
        Nowhere::Abroad => lang.t("map-nowhere-abroad"),
        Nowhere::Unplaced(_, name) => with("map-nowhere-unplaced", name),
        Nowhere::Room(_, name) => with("map-nowhere-room", name),
        Nowhere::Words(words) => with("map-nowhere-words", words),
        Nowhere::Unsaid => lang.t("map-nowhere-unsaid"),
    }
}

/// Classes without a place: those that an officer can mend first.
pub(super) fn missing(lang: Lang, classes: &[Held], (keeps_units, keeps_classes): (bool, bool)) -> Vec<Missing> {
    let mut all: Vec<(bool, Missing)> = Vec::new();
    for held in classes {
        let Err(nowhere) = &held.place else { continue };
        let line = &held.line;
        let mend = match nowhere {
            Nowhere::Online | Nowhere::Abroad => None,
            Nowhere::Unplaced(code, _) => keeps_units.then(|| format!("/don-vi/{}/toa-do", escaped(code))),
            Nowhere::Room(room, _) => keeps_classes.then(|| format!("{CLASSES}/phong/{room}")),
            Nowhere::Words(_) | Nowhere::Unsaid => (keeps_classes && line.status.is_open_to_change()).then(|| path(&line.code, "/sua")),
        };
        let is_elsewhere = matches!(nowhere, Nowhere::Online | Nowhere::Abroad);
        all.push((
            is_elsewhere,
            Missing {
                href: path(&line.code, ""),
                name: line.terms.name.clone(),
                when: days(lang, (line.terms.starts_on, line.terms.ends_on)),
                why: why(lang, nowhere),
                mend,
            },
        ));
    }
    all.sort_by_key(|(is_elsewhere, missing)| (*is_elsewhere, missing.mend.is_none()));
    all.into_iter().map(|(_, missing)| missing).collect()
}

/// Units that nobody placed.
pub(super) struct Unplaced {
    pub(super) title: String,
    /// Name, code, and where it is placed or what it is.
    pub(super) units: Vec<(String, String, String)>,
}

/// Units that nobody placed, with where that is done by who may.
pub(super) fn unplaced(lang: Lang, units: &[Dot], keeps_units: bool) -> Option<Unplaced> {
    let without = units.iter().filter(|unit| unit.spot.is_none());
    let end = if keeps_units { "/toa-do" } else { "" };
    let units: Vec<_> =
        without.map(|unit| (unit.name.clone(), unit.code.clone(), format!("/don-vi/{}{end}", escaped(&unit.code)))).collect();
    (!units.is_empty()).then(|| Unplaced { title: lang.with("map-unplaced", &[("n", lang.size(units.len()).into())]), units })
}
