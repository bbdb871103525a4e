//! One row against the person it means: somebody new, changes, nothing, or faults by the rules that forms obey (`domain::register`).
//! Not for: finding out who is meant (`plan`), degrees and certificates (`paper`).

mod known;
mod newcomer;

use std::collections::BTreeMap;

use domain::ids::OfficialId;
use domain::register::{IdentityFacts, IdentityFault, PostingFault, identity_faults};
use domain::time::{Date, dmy};
use store::read::intake::Place;
use store::write::register::{Identity, Newcomer, Update};
use workbooks::At;

use super::fault::Fault;
use super::places::{Named, Places, plain};
use super::settings::Defaults;
use super::wish::Wish;

/// The stand-in for a unit that nobody knows: the file's own one.
const HOME: &str = "home";

/// A change as it is told: field, before, after.
pub(super) type Change = (String, Option<String>, Option<String>);

/// What becomes of a row.
#[derive(Debug)]
pub(super) enum Outcome {
    /// Somebody new.
    New(Box<Newcomer>),
    /// Changes of somebody known.
    Changed(Box<Update>, Vec<Change>),
    /// Nothing: the register knows all of it.
    Same,
    /// Nothing can be written.
    Faulty,
}

/// What rows are judged by.
#[derive(Debug)]
pub(super) struct Judge<'a> {
    pub(super) places: &'a Places,
    /// The unit the file is of.
    pub(super) home: &'a Place,
    pub(super) sheet: &'a str,
    /// Columns of fields.
    pub(super) columns: &'a BTreeMap<String, u16>,
    pub(super) defaults: &'a Defaults,
    /// Units that the file calls otherwise.
    pub(super) called: &'a BTreeMap<String, String>,
    /// The day the file is true on.
    pub(super) as_of: Date,
    pub(super) today: Date,
    /// The record the asker may not change: the own one, but for the province's keeper.
    pub(super) own: Option<OfficialId>,
}

/// What is told of a row beside its outcome.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub(super) faults: Vec<Fault>,
    /// Something is missing that no row of the file has: that is told once of the file, not of each row.
    pub(super) lacks: bool,
    pub(super) notes: Vec<Fault>,
}

impl Judge<'_> {
    /// The cell of a field in a row; the first cell of the table for a field without a column.
    fn at(&self, wish: &Wish, field: &str) -> At {
        let column = self.columns.get(field).or_else(|| self.columns.values().min()).copied().unwrap_or(0);
        wish.at(column)
    }

    /// The one of two fields that has a column; the second when neither has.
    pub(super) fn has<'f>(&self, first: &'f str, second: &'f str) -> &'f str {
        if self.columns.contains_key(first) && !self.columns.contains_key(second) { first } else { second }
    }

    pub(super) fn fault(&self, wish: &Wish, field: &str, read: &str, code: &str) -> Fault {
        Fault::new(self.sheet, self.at(wish, field), field, read, code)
    }

    /// The unit a row names, if it names one; the groups it stands in count when no column does.
    fn unit(&self, wish: &Wish, told: &mut Told) -> Option<&Place> {
        if let Some(text) = &wish.unit {
            return match self.named(text) {
                Named::One(place) => Some(place),
                Named::None | Named::Gone(_) if self.takes_strangers_home() => {
                    told.notes.push(self.fault(wish, "unit", text, "unit_home").with("taken", self.home.name.clone()));
                    Some(self.home)
                }
                named => {
                    told.faults.push(self.no_unit(wish, text, &named));
                    None
                }
            };
        }
        let of_group = |group: &String| if let Named::One(place) = self.named(without_number(group)) { Some(place) } else { None };
        wish.group.iter().rev().find_map(of_group)
    }

    /// The unit of a text, as somebody said of this file, or as it is called.
    fn named(&self, text: &str) -> Named<'_> {
        let said = self.called.get(&plain(text));
        self.places.named(said.map_or(text, String::as_str))
    }

    /// Whether people of units that nobody knows stand in the file's own unit; nobody works at "the province".
    pub(super) fn takes_strangers_home(&self) -> bool {
        self.defaults.get("unit").is_some_and(|said| said == HOME) && self.home.kind != domain::orgs::UnitKind::Province
    }

    fn no_unit(&self, wish: &Wish, text: &str, named: &Named<'_>) -> Fault {
        match named {
            Named::Several(units) => self.fault(wish, "unit", text, "several_units").with("near", units.join("; ")),
            Named::Gone(place) => {
                let end = place.life.last_day().map(dmy).unwrap_or_default();
                self.fault(wish, "unit", text, "unit_gone").with("until", end)
            }
            Named::One(_) | Named::None => self.fault(wish, "unit", text, "no_such_unit").with("near", self.places.near(text).join("; ")),
        }
    }

    fn identity(&self, wish: &Wish, identity: &Identity, told: &mut Told) {
        let facts = IdentityFacts {
            code: &identity.code,
            name: &identity.name,
            birth_on: identity.birth_on,
            ethnicity: identity.ethnicity,
            citizen_number: identity.citizen_number.as_deref(),
            recruited_on: identity.recruited_on,
        };
        for fault in identity_faults(&facts, self.today) {
            let (field, read) = match fault {
                IdentityFault::NoName => ("name", identity.name.clone()),
                IdentityFault::BadCode => ("code", identity.code.clone()),
                IdentityFault::BornInFuture | IdentityFault::OddAge => ("birth", dmy(identity.birth_on)),
                IdentityFault::BadCitizenNumber => ("citizen_number", identity.citizen_number.clone().unwrap_or_default()),
                IdentityFault::UnknownEthnicity => ("ethnicity", identity.ethnicity.to_string()),
                IdentityFault::OddRecruitment => ("recruited", identity.recruited_on.map(dmy).unwrap_or_default()),
            };
            told.faults.push(self.fault(wish, field, &read, fault.code()));
        }
    }

    fn posting(&self, wish: &Wish, from: Date, faults: Vec<PostingFault>, told: &mut Told) {
        for fault in faults {
            let field = if fault == PostingFault::OutsideUnit { "unit" } else { "from" };
            told.faults.push(self.fault(wish, field, &dmy(from), fault.code()));
        }
    }
}

/// "II. Phòng Nội vụ" is the group of "Phòng Nội vụ".
fn without_number(group: &str) -> &str {
    match group.split_once(['.', ')', '-', ':']) {
        Some((number, rest)) if number.trim().chars().count() <= 4 && !rest.trim().is_empty() => rest.trim(),
        _ => group.trim(),
    }
}
