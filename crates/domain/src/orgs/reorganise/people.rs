//! Who goes where when units end or are divided.
//! Not for: rows of postings.

use super::{Plan, Whose};
use crate::codes;
use crate::ids::UnitId;
use crate::orgs::{OrgMap, within};
use crate::time::{Date, Interval};

/// Where somebody goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// To this unit.
    To(UnitId),
    /// Nowhere: the unit lives on.
    Stays,
    /// The unit ends and nobody said where its people go.
    Nowhere,
}

/// Work of somebody in a unit: a posting, or work there for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The unit.
    pub unit: UnitId,
    /// Title of the post.
    pub post: String,
    /// Staff code.
    pub official: String,
    /// When.
    pub during: Interval,
}

/// Where a seat goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Going {
    /// To this unit.
    pub to: UnitId,
    /// The seat began on the day or later, so that it was at the new unit from its first day; otherwise it ends and another begins.
    pub anew: bool,
}

codes! {
    /// Why a seat cannot go.
    Hold {
        /// Nobody said where.
        Nowhere = "nowhere",
        /// The unit where it would go is not there on one of its days.
        OutsideUnit = "outside_unit",
    }
}

/// A seat that cannot go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stuck {
    /// Its place in the list.
    pub seat: usize,
    /// Why.
    pub hold: Hold,
}

impl Plan {
    /// Where a seat goes.
    #[must_use]
    pub fn destination(&self, seat: &Seat) -> Destination {
        let Some(flow) = self.flows.iter().find(|flow| flow.from == seat.unit) else { return Destination::Stays };
        let named = self.rules.iter().find(|rule| matches!(&rule.whose, Whose::Official(code) if *code == seat.official));
        // A unit under the one that is divided has a way of its own; posts are told only where nothing else is.
        let hears_posts = flow.from == self.subject || flow.rest == Destination::Nowhere;
        let by_post = || self.rules.iter().find(|rule| matches!(&rule.whose, Whose::Post(title) if hears_posts && *title == seat.post));
        named.or_else(by_post).map_or(flow.rest, |rule| if rule.to == flow.from { Destination::Stays } else { Destination::To(rule.to) })
    }
}

/// Where each seat goes that has days from the act on, and which cannot; `after` is the map after the act.
#[must_use]
pub fn moves(plan: &Plan, after: &OrgMap, seats: &[Seat]) -> (Vec<(usize, Going)>, Vec<Stuck>) {
    let (mut going, mut stuck) = (Vec::new(), Vec::new());
    for (place, seat) in seats.iter().enumerate() {
        let Some(rest) = from_then_on(seat.during, plan.on) else { continue };
        let to = match plan.destination(seat) {
            Destination::Stays if !plan.ends.contains(&seat.unit) => continue,
            Destination::To(to) => to,
            Destination::Stays | Destination::Nowhere => {
                stuck.push(Stuck { seat: place, hold: Hold::Nowhere });
                continue;
            }
        };
        if after.units.get(&to).is_some_and(|unit| within(rest, unit.life)) {
            going.push((place, Going { to, anew: seat.during.from() >= plan.on }));
        } else {
            stuck.push(Stuck { seat: place, hold: Hold::OutsideUnit });
        }
    }
    (going, stuck)
}

/// The part of a span from a day on.
fn from_then_on(during: Interval, on: Date) -> Option<Interval> {
    Interval::new(during.from().max(on), during.to()).ok()
}
