//! Which units send people to a class, how far each is, and at which of them the class would be nearest to all.
//! Not for: roads; every distance is the straight line.

use super::Spot;
use crate::ids::UnitId;

/// A unit that sends people.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sender {
    /// The unit.
    pub unit: UnitId,
    /// Where it stands, if that is known.
    pub spot: Option<Spot>,
    /// How many it sends.
    pub people: i64,
}

/// How far people go altogether.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Ways {
    /// Metres times people.
    pub all: i64,
    /// People of units whose place is known.
    pub people: i64,
    /// Metres of the farthest unit, and which.
    pub farthest: Option<(i64, UnitId)>,
}

impl Ways {
    /// The ways of the senders to a place.
    #[must_use]
    pub fn to(place: Spot, senders: &[Sender]) -> Self {
        let mut ways = Self::default();
        for sender in senders.iter().filter(|sender| sender.people > 0) {
            let Some(spot) = sender.spot else { continue };
            let metres = spot.metres_to(place);
            ways.all = ways.all.saturating_add(metres.saturating_mul(sender.people));
            ways.people += sender.people;
            ways.farthest = ways.farthest.max(Some((metres, sender.unit)));
        }
        ways
    }

    /// Metres that one goes in the mean.
    #[must_use]
    pub const fn mean(&self) -> Option<i64> {
        if self.people > 0 { Some((self.all + self.people / 2) / self.people) } else { None }
    }
}

/// The sender at whose place all would go the least together, with those ways; the first by key of several.
#[must_use]
pub fn best(senders: &[Sender]) -> Option<(UnitId, Ways)> {
    let places = senders.iter().filter(|sender| sender.people > 0).filter_map(|sender| Some((sender.unit, sender.spot?)));
    places.map(|(unit, spot)| (unit, Ways::to(spot, senders))).min_by_key(|(unit, ways)| (ways.all, *unit))
}
