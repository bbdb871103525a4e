//! What a list of trainings would write: every row given its person, judged, counted.
//! Not for: the rules of one row (`desk`), writing (`carry`).

use std::collections::BTreeMap;

use store::read::intake::{Known, KnownRecord};

use super::desk::{Desk, Fate, by_person};
use super::wish::Learning;
use crate::intake::judge::{Judge, Told};
use crate::intake::plan::{Plan, Register};
use crate::intake::report::LineState;

/// Judges the next rows of a list; `people` are those that their keys found.
pub(in crate::intake) fn take(plan: &mut Plan, desk: &mut Desk<'_>, lines: &[Learning], people: &[Known], records: &[KnownRecord]) {
    let register = Register::new(people);
    let known = by_person(records);
    let judge = desk.judge;
    for wish in lines {
        let mut told = Told { faults: wish.who.faults.clone(), ..Told::default() };
        match register.meant(&wish.who, judge) {
            Ok(Some(person)) => {
                plan.met.insert(person.official);
                let own = known.get(&person.official).map(Vec::as_slice).unwrap_or_default();
                let fate = desk.judge(wish, person, own, &mut told);
                plan.take(wish, person, fate, told, judge);
            }
            Ok(None) => {
                told.faults.push(nobody(wish, judge));
                plan.count(Fate::Faulty, told);
            }
            Err(fault) => {
                told.faults.push(*fault);
                plan.count(Fate::Faulty, told);
            }
        }
    }
}

/// Nobody in the register is meant.
pub(super) fn nobody(wish: &Learning, judge: &Judge<'_>) -> crate::intake::Fault {
    match (&wish.who.code, &wish.who.name) {
        (Some(code), _) => judge.fault(&wish.who, "code", code, "no_such_person"),
        (None, name) => judge.fault(&wish.who, "name", name.as_deref().unwrap_or_default(), "no_such_person"),
    }
}

/// What no training can be written without: fields that have no column and for which nothing stands.
pub(in crate::intake) fn missing(columns: &BTreeMap<String, u16>, defaults: &BTreeMap<String, String>) -> Vec<String> {
    let has = |fields: &[&str]| fields.iter().any(|field| columns.contains_key(*field) || defaults.contains_key(*field));
    let is_named = has(&["name"]) || (has(&["family"]) && has(&["given"]));
    let needed = [
        ("code", has(&["code", "citizen_number"]) || (is_named && has(&["birth"]))),
        ("content", has(&["content", "awarded"])),
        ("starts", has(&["starts", "during"])),
        ("days", has(&["days", "periods"]) || has(&["awarded"])),
    ];
    needed.into_iter().filter(|(_, has)| !has).map(|(field, _)| field.to_owned()).collect()
}

impl Plan {
    fn take(&mut self, wish: &Learning, person: &Known, fate: Fate, told: Told, judge: &Judge<'_>) {
        let unit = person.postings.last().map(|posting| judge.places.name(posting.unit)).unwrap_or_default();
        let who = (person.identity.code.as_str(), person.identity.name.as_str());
        match &fate {
            _ if !told.faults.is_empty() => {}
            Fate::New(_, changes) => self.line(&wish.who, LineState::New, who, unit, changes.clone()),
            Fate::Changed(_, _, changes) => self.line(&wish.who, LineState::Changed, who, unit, changes.clone()),
            Fate::Same | Fate::Faulty => {}
        }
        self.count(fate, told);
    }

    fn count(&mut self, fate: Fate, told: Told) {
        let is_faulty = !told.faults.is_empty();
        self.tell(told);
        match fate {
            _ if is_faulty => self.counts.faulty += 1,
            Fate::New(new, _) => {
                self.counts.new += 1;
                self.trainings.push(*new);
            }
            Fate::Changed(key, is, _) => {
                self.counts.changed += 1;
                self.amended.push((key, *is));
            }
            Fate::Same => self.counts.same += 1,
            Fate::Faulty => self.counts.faulty += 1,
        }
    }
}
