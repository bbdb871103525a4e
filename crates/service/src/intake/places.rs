//! Units as files name them: by code, or by a name with or without marks; and whom the asker keeps.
//! Not for: pages of units (`registry`).

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use domain::ids::UnitId;
use domain::roles::{Reach, Scope};
use domain::text::fold;
use domain::time::Date;
use store::read::intake::Place;

use crate::registry::{Found, Names};

/// Every unit, found by what people call it.
#[derive(Debug)]
pub(super) struct Places {
    all: HashMap<UnitId, Place>,
    by_code: HashMap<String, UnitId>,
    by_name: HashMap<String, Vec<UnitId>>,
    /// Units of the file: its own and all below it on its day.
    pub(super) home: BTreeSet<UnitId>,
    /// Units whose people the asker keeps; `None` is all.
    kept: Option<BTreeSet<UnitId>>,
    on: Date,
    /// Former names and other codes of units.
    names: Arc<Names>,
}

/// What a text names.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Named<'p> {
    /// Exactly one unit.
    One(&'p Place),
    /// Several: some of their codes and names.
    Several(Vec<String>),
    /// None that is there on the day.
    Gone(&'p Place),
    /// None.
    None,
}

impl Places {
    pub(super) fn new(places: Vec<Place>, names: Arc<Names>, home: UnitId, scope: &Scope, on: Date) -> Self {
        let map = &names.map;
        let mut by_name: HashMap<String, Vec<UnitId>> = HashMap::new();
        for place in &places {
            by_name.entry(plain(&place.name)).or_default().push(place.id);
            // "Phòng Nội vụ, UBND xã Đông Sơn" is also called "Phòng Nội vụ" in the file of its own commune.
            if let Some((own, _)) = place.name.split_once([',', '-', '–']) {
                by_name.entry(plain(own)).or_default().push(place.id);
            }
        }
        let kept = match scope.reach() {
            Reach::Province => None,
            Reach::Units(roots) => Some(roots.iter().flat_map(|root| map.subtree(*root, on)).collect()),
            Reach::Own(_) => Some(BTreeSet::new()),
        };
        let by_code = places.iter().map(|place| (place.code.to_uppercase(), place.id)).collect();
        let all = places.into_iter().map(|place| (place.id, place)).collect();
        Self { all, by_code, by_name, home: map.subtree(home, on), kept, on, names }
    }

    pub(super) fn get(&self, id: UnitId) -> Option<&Place> {
        self.all.get(&id)
    }

    /// Code and name of a unit.
    pub(super) fn name(&self, id: UnitId) -> (String, String) {
        self.get(id).map(|place| (place.code.clone(), place.name.clone())).unwrap_or_default()
    }

    /// Whether the asker keeps the people of a unit.
    pub(super) fn is_kept(&self, id: UnitId) -> bool {
        self.kept.as_ref().is_none_or(|kept| kept.contains(&id))
    }

    /// The unit a text names; units of the file come first, then those that are there on its day.
    pub(super) fn named(&self, text: &str) -> Named<'_> {
        let code = text.split(" · ").next().unwrap_or_default().trim().to_uppercase();
        if let Some(place) = self.by_code.get(&code).and_then(|id| self.all.get(id)) {
            let heir = || self.once_called(&code).unwrap_or(Named::Gone(place));
            return if place.life.contains(self.on) { Named::One(place) } else { heir() };
        }
        let called: Vec<&Place> = self.by_name.get(&plain(text)).into_iter().flatten().filter_map(|id| self.all.get(id)).collect();
        let alive: Vec<&Place> = called.iter().copied().filter(|place| place.life.contains(self.on)).collect();
        let at_home: Vec<&Place> = alive.iter().copied().filter(|place| self.home.contains(&place.id)).collect();
        match (at_home.as_slice(), alive.as_slice(), called.as_slice()) {
            ([one], ..) | ([], [one], _) => Named::One(one),
            ([_, _, ..], ..) => several(&at_home),
            ([], [_, _, ..], _) => several(&alive),
            ([], [], gone) => self.once_called(text).unwrap_or_else(|| gone.first().map_or(Named::None, |gone| Named::Gone(gone))),
        }
    }

    /// The unit that was called so, or that carries on the one that was; several are left to the person who sent the file.
    fn once_called(&self, text: &str) -> Option<Named<'_>> {
        match self.names.resolve(text, self.on) {
            Found::One(id, _) => self.all.get(&id).filter(|place| place.life.contains(self.on)).map(Named::One),
            Found::Several(ids) => {
                let places: Vec<&Place> = ids.iter().filter_map(|id| self.all.get(id)).collect();
                Some(several(&places))
            }
            Found::None => None,
        }
    }

    /// Names that are written much like a text, of units that are there.
    pub(super) fn near(&self, text: &str) -> Vec<String> {
        let wanted = plain(text);
        let words: Vec<&str> = wanted.split(' ').filter(|word| word.len() > 1).collect();
        let share = |place: &Place| {
            let name = plain(&place.name);
            words.iter().filter(|word| name.split(' ').any(|other| other == **word)).count()
        };
        let mut scored: Vec<(usize, &Place)> =
            self.all.values().filter(|p| p.life.contains(self.on) && self.is_kept(p.id)).map(|p| (share(p), p)).collect();
        scored.retain(|(score, _)| *score * 2 > words.len() && *score > 1);
        scored.sort_by(|(a, x), (b, y)| b.cmp(a).then_with(|| x.code.cmp(&y.code)));
        scored.into_iter().take(3).map(|(_, place)| shown(place)).collect()
    }
}

fn several(places: &[&Place]) -> Named<'static> {
    Named::Several(places.iter().take(5).map(|place| shown(place)).collect())
}

fn shown(place: &Place) -> String {
    format!("{} · {}", place.code, place.name)
}

/// What a unit's name in a file is remembered by.
#[must_use]
pub fn unit_key(text: &str) -> String {
    plain(text)
}

/// Without marks, signs and the usual short forms.
pub(super) fn plain(name: &str) -> String {
    let folded = fold(name);
    let parted: String = folded.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let words = parted.split_whitespace().map(|word| match word {
        "ubnd" => "uy ban nhan dan",
        "hdnd" => "hoi dong nhan dan",
        "thpt" => "trung hoc pho thong",
        "thcs" => "trung hoc co so",
        "ttyt" => "trung tam y te",
        "ubmttq" => "uy ban mat tran to quoc",
        other => other,
    });
    words.collect::<Vec<_>>().join(" ")
}
