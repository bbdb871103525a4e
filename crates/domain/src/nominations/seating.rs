//! Who gets which seat: a seat is a thing that one person holds, some are kept for a unit, and a line waits for the next free one.
//! Not for: whether somebody may be sent (`hindrances`, `law`), or keeping seats (`store`).

use crate::ids::{NominationId, SeatId, UnitId};
use crate::plans::{Seats, Tree, Working};
use crate::time::Instant;

/// A seat of a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seat {
    /// Key.
    pub id: SeatId,
    /// Kept for people of this unit and everything below it.
    pub kept_for: Option<UnitId>,
    /// Who holds it.
    pub held_by: Option<NominationId>,
}

/// Somebody who waits for a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct InLine {
    /// The nomination.
    pub nomination: NominationId,
    /// Unit, kind of staff and group.
    pub who: Working,
    /// How many preferences speak for the person.
    pub points: i32,
    /// Since when.
    pub since: Instant,
}

impl InLine {
    /// Place in the line: more preferences first, then who waits longer, then who was written first.
    #[must_use]
    pub const fn place(&self) -> (std::cmp::Reverse<i32>, i64, NominationId) {
        (std::cmp::Reverse(self.points), self.since.0, self.nomination)
    }
}

/// Whether somebody of a unit may take a seat: a free one is for everybody unless it is kept for another unit. What was kept and not
/// taken is for everybody once the time for names is over.
#[must_use]
pub fn may_take(seat: &Seat, unit: UnitId, tree: &Tree, keeping_is_over: bool) -> bool {
    seat.held_by.is_none() && seat.kept_for.is_none_or(|kept| keeping_is_over || tree.is_within(unit, kept))
}

/// The seat for somebody of a unit: first one that is kept for the unit or one above it, then any other that may be taken.
#[must_use]
pub fn seat_for(seats: &[Seat], unit: UnitId, tree: &Tree, keeping_is_over: bool) -> Option<SeatId> {
    let takes = |seat: &&Seat| may_take(seat, unit, tree, keeping_is_over);
    let is_own = |seat: &&Seat| seat.kept_for.is_some_and(|kept| tree.is_within(unit, kept));
    let own = seats.iter().filter(takes).find(is_own);
    let open = || seats.iter().filter(takes).find(|seat| seat.kept_for.is_none());
    own.or_else(open).or_else(|| seats.iter().find(takes)).map(|seat| seat.id)
}

/// What a class has to give: its seats, its shares, and who sits in it.
#[derive(Debug, Clone, Copy)]
pub struct Hall<'a> {
    /// Seats.
    pub seats: &'a [Seat],
    /// Shares.
    pub shares: &'a [Seats],
    /// What everybody is who holds a seat.
    pub seated: &'a [Working],
    /// The tree of units.
    pub tree: &'a Tree,
    /// Whether seats that are kept for units are for everybody by now.
    pub keeping_is_over: bool,
}

/// Who moves up from the line into which free seat, in the order of the line; whoever a share has no room for is passed over.
#[must_use]
pub fn promotions(hall: &Hall<'_>, line: &[InLine]) -> Vec<(NominationId, SeatId)> {
    let (mut seats, mut seated) = (hall.seats.to_vec(), hall.seated.to_vec());
    let mut line: Vec<&InLine> = line.iter().collect();
    line.sort_by_key(|waiting| waiting.place());
    let mut moved = Vec::new();
    for waiting in line {
        if room(hall.shares, &seated, &waiting.who, hall.tree) != Room::Free {
            continue;
        }
        if let Some(id) = seat_for(&seats, waiting.who.unit, hall.tree, hall.keeping_is_over) {
            seats.iter_mut().filter(|seat| seat.id == id).for_each(|seat| seat.held_by = Some(waiting.nomination));
            seated.push(waiting.who);
            moved.push((waiting.nomination, id));
        }
    }
    moved
}

/// Shares of a class that are full for somebody: places of a plan are ceilings for whoever they take. A class without shares has none;
/// in a class with shares, whoever no share takes has no place at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Room {
    /// There is room.
    Free,
    /// No share takes such a person.
    NotMeant,
    /// The first share that takes the person and is full, by its place.
    Full(usize),
}

/// Whether the shares of a class leave room for one more person beside those who hold a seat.
#[must_use]
pub fn room(shares: &[Seats], seated: &[Working], who: &Working, tree: &Tree) -> Room {
    if shares.is_empty() {
        return Room::Free;
    }
    let taken = |share: &Seats| seated.iter().filter(|other| share.take(other, tree)).count();
    let is_full = |share: &Seats| taken(share) >= usize::try_from(share.people).unwrap_or(usize::MAX);
    let mut mine = shares.iter().enumerate().filter(|(_, share)| share.take(who, tree)).peekable();
    if mine.peek().is_none() {
        return Room::NotMeant;
    }
    mine.find(|(_, share)| is_full(share)).map_or(Room::Free, |(place, _)| Room::Full(place))
}
