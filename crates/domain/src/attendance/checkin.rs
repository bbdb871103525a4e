//! Checking in by the code on the screen: when it is possible, what it says of the learner, and how far off the class somebody stands.
//! Not for: making or checking the signature of a code (`service::attendance`).

use super::{LateRule, MOST_LATE, Mark, Said};
use crate::classes::sittings::Shift;
use crate::codes;
use crate::geography::Spot;
use crate::time::{Date, Instant, midnight};

/// Milliseconds that one code stands on the screen.
pub const STEP_MS: i64 = 20_000;
/// Milliseconds before the start from which people check in.
pub const EARLY_MS: i64 = 60 * MINUTE_MS;
const MINUTE_MS: i64 = 60_000;

/// Which code an instant belongs to.
#[must_use]
pub const fn step_of(now: Instant) -> i64 {
    now.0.div_euclid(STEP_MS)
}

/// Whether a code may still be used: the one on the screen and the one before it, for whoever just scanned; never one to come.
#[must_use]
pub const fn is_fresh(step: i64, now: Instant) -> bool {
    let current = step_of(now);
    step == current || step == current - 1
}

codes! {
    /// Why somebody cannot check in.
    CheckInFault {
        /// The code was not made here.
        BadCode = "bad_code",
        /// The code has left the screen.
        Expired = "expired",
        /// The sitting has not begun to take people in.
        TooEarly = "too_early",
        /// The sitting is over.
        Ended = "ended",
        /// The class does not run, or its results are recognised.
        NotNow = "not_now",
        /// The account belongs to nobody of the class.
        NotLearner = "not_learner",
        /// Somebody else checked in with this device.
        OtherDevice = "other_device",
        /// The class wants to know where the device is.
        NoPosition = "no_position",
        /// The device is not where the class is.
        TooFar = "too_far",
    }
}

/// Minutes of the day at which the parts of a day begin in this office.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Starts {
    /// Morning and whole day.
    pub morning: i32,
    /// Afternoon.
    pub afternoon: i32,
    /// Evening.
    pub evening: i32,
}

impl Default for Starts {
    fn default() -> Self {
        let minute = |shift: Shift| minute_of(shift.clock().0);
        Self { morning: minute(Shift::Morning), afternoon: minute(Shift::Afternoon), evening: minute(Shift::Evening) }
    }
}

/// A time of the clock in minutes since midnight.
fn minute_of((hour, minute): (u8, u8)) -> i32 {
    i32::from(hour) * 60 + i32::from(minute)
}

impl Starts {
    /// When a part of a day begins, and when it ends by its usual length.
    #[must_use]
    pub fn span(self, on: Date, shift: Shift) -> (Instant, Instant) {
        let from = match shift {
            Shift::Morning | Shift::Day => self.morning,
            Shift::Afternoon => self.afternoon,
            Shift::Evening => self.evening,
        };
        let (first, last) = shift.clock();
        let length = minute_of(last) - minute_of(first);
        let at = |minute: i32| midnight(on).plus_ms(i64::from(minute) * MINUTE_MS);
        (at(from), at(from + length))
    }

    /// Whether every start is a minute of the day, and the parts of the day come one after the other.
    #[must_use]
    pub fn are_sound(self) -> bool {
        let all = [self.morning, self.afternoon, self.evening];
        all.iter().all(|minute| (0..24 * 60).contains(minute)) && all.is_sorted()
    }
}

/// What checking in at an instant says of somebody.
///
/// # Errors
/// [`CheckInFault::TooEarly`] or [`CheckInFault::Ended`].
pub fn said_at(now: Instant, (from, to): (Instant, Instant), rule: LateRule) -> Result<Said, CheckInFault> {
    if now.0 < from.0 - EARLY_MS {
        return Err(CheckInFault::TooEarly);
    }
    if now.0 >= to.0 {
        return Err(CheckInFault::Ended);
    }
    let minutes = i32::try_from((now.0 - from.0) / MINUTE_MS).unwrap_or(MOST_LATE);
    if minutes <= rule.grace { Ok(Said::of(Mark::Present)) } else { Ok(Said { mark: Mark::Late, minutes: minutes.min(MOST_LATE) }) }
}

/// Whether checking in says more than what stands: the first word, or somebody who was called absent and came after all.
#[must_use]
pub const fn replaces(stands: Option<Said>) -> bool {
    match stands {
        None => true,
        Some(said) => matches!(said.mark, Mark::Absent),
    }
}

/// How far from the class somebody may check in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Fence {
    /// Where the class is.
    pub spot: Spot,
    /// How far off, in metres.
    pub metres: i32,
}

/// Fewest and most metres of a fence: phones know their place to some tens of metres.
pub const FENCE_METRES: (i32, i32) = (50, 5_000);

impl Fence {
    /// How far somebody stands off.
    ///
    /// # Errors
    /// [`CheckInFault::NoPosition`] when it is not known where; [`CheckInFault::TooFar`] with the metres.
    pub fn lets_in(self, from: Option<Spot>) -> Result<(), (CheckInFault, i64)> {
        let Some(spot) = from else { return Err((CheckInFault::NoPosition, 0)) };
        let off = self.spot.metres_to(spot);
        if off <= i64::from(self.metres) { Ok(()) } else { Err((CheckInFault::TooFar, off)) }
    }
}
