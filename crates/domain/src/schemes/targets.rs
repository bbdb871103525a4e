//! Targets: what is counted, out of whom, in which period, against which threshold.
//! Not for: evaluation; `progress` judges, `store` counts, and the tests count again by brute force.

use super::Title;
use super::filters::{EventFilter, PersonFilter, QualificationFilter, RecordFilter};
use crate::people::{Appointment, Band, RatingKind, ReceiptKind};
use crate::time::{Date, Interval};
use crate::training::FollowUpKind;

/// A measurable promise.
#[derive(Debug, Clone, PartialEq)]
pub struct Target {
    /// Code, unique over all schemes, e.g. `T2.1`.
    pub code: String,
    /// Where the document says so.
    pub section: String,
    /// Our short title.
    pub title: Title,
    /// The document says "phấn đấu": an aspiration rather than a duty.
    pub aspiration: bool,
    /// What is counted, out of whom.
    pub measure: Measure,
    /// The promise.
    pub threshold: Threshold,
    /// A minimum within the count, e.g. "of whom at least 3 doctorates".
    pub inner: Option<Inner>,
    /// The period it runs over.
    pub phase: Interval,
    /// Once over the whole period, or each calendar year of it.
    pub recurrence: Recurrence,
    /// Usual number of people of one class, for "one more class would meet it".
    pub class_size: u32,
}

/// Once or each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recurrence {
    /// Over the whole period.
    Once,
    /// Each calendar year.
    Yearly,
}

/// Out of whom.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Population {
    /// Who belongs.
    pub who: PersonFilter,
    /// The population is fixed on this day for ever; otherwise it is that of the day of the question.
    pub frozen_on: Option<Date>,
}

/// What somebody did or received.
#[expect(clippy::large_enum_variant, reason = "a scheme has dozens of these, and boxes would only be in the way of reading it")]
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Did {
    /// Attended.
    Trained(RecordFilter),
    /// Received a thing.
    Received(ReceiptKind),
    /// Holds a qualification.
    Holds(QualificationFilter),
}

/// What is counted.
#[derive(Debug, Clone, PartialEq)]
pub enum Measure {
    /// People of the population who did it within the period, over the population.
    ShareOfPeople {
        /// Out of whom.
        of: Population,
        /// What they did.
        did: Did,
    },
    /// People of the population who hold it on the day of the question, over the population.
    StateOfPeople {
        /// Out of whom.
        of: Population,
        /// What they hold.
        holds: QualificationFilter,
    },
    /// People of the population who reached a yearly amount, over the population.
    PerPersonPerYear {
        /// Out of whom.
        of: Population,
        /// Attendances that count.
        did: RecordFilter,
        /// Periods (tiết) to reach.
        periods: u32,
    },
    /// People who did it within the period (distinct people; attendances are reported beside).
    CountOfPeople {
        /// Who they were on the first day of the attendance.
        who: PersonFilter,
        /// Attendances that count.
        did: RecordFilter,
    },
    /// Events held within the period (by first day).
    CountOfEvents {
        /// Events that count.
        events: EventFilter,
    },
    /// Appointments within the period before which the person had met it, over all appointments.
    BeforeEvent {
        /// Who, by the post appointed to.
        who: PersonFilter,
        /// Kinds of appointment.
        appointments: Vec<Appointment>,
        /// What must have been met before the day of appointment.
        met: Did,
    },
    /// Attendances followed up, over those that were due.
    FollowUpShare {
        /// Attendances that count (by last day).
        of: RecordFilter,
        /// What had to follow.
        follow_up: FollowUpKind,
        /// Full months that must pass after the last day before it may and must be done; 0 for at once.
        after_months: u8,
    },
    /// People of the population whose latest rating in the period is this band or better, over the population.
    RatedShare {
        /// Out of whom.
        of: Population,
        /// Which rating.
        rating: RatingKind,
        /// The lowest band that counts.
        at_least: Band,
    },
    /// Set by an officer, with evidence.
    YesNo,
}

impl Measure {
    /// The stable code of the kind of measure.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::ShareOfPeople { .. } => "share_of_people",
            Self::StateOfPeople { .. } => "state_of_people",
            Self::PerPersonPerYear { .. } => "per_person_per_year",
            Self::CountOfPeople { .. } => "count_of_people",
            Self::CountOfEvents { .. } => "count_of_events",
            Self::BeforeEvent { .. } => "before_event",
            Self::FollowUpShare { .. } => "follow_up_share",
            Self::RatedShare { .. } => "rated_share",
            Self::YesNo => "yes_no",
        }
    }

    /// Whether the value is a share of a denominator.
    #[must_use]
    pub const fn is_share(&self) -> bool {
        !matches!(self, Self::CountOfPeople { .. } | Self::CountOfEvents { .. } | Self::YesNo)
    }

    /// Whether the share judges what has happened so far (it can fall again) instead of growing towards an end.
    #[must_use]
    pub const fn is_running_share(&self) -> bool {
        matches!(self, Self::BeforeEvent { .. } | Self::FollowUpShare { .. } | Self::RatedShare { .. })
    }
}

/// The promise: a rule over a value in basis points (shares) or units (counts).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Threshold {
    /// The comparison.
    pub rule: Rule,
}

/// The comparison of a threshold. Shares are in basis points (1 % = 100), counts in units.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rule {
    /// Value ≥ floor.
    AtLeast(i64),
    /// Value > bound ("trên 90 %").
    MoreThan(i64),
    /// Floor ≤ value ≤ ceiling.
    Between(i64, i64),
    /// Yes.
    Yes,
}

/// A minimum within a count.
#[derive(Debug, Clone, PartialEq)]
pub struct Inner {
    /// What counts inside: attendances for a count of people, events for a count of events.
    pub of: InnerFilter,
    /// At least so many.
    pub at_least: i64,
}

/// What counts inside a minimum.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum InnerFilter {
    /// Attendances.
    Records(RecordFilter),
    /// Events.
    Events(EventFilter),
}
