//! What keeps somebody from being sent that no law says: other classes at the same time, the work of the office, places that are full.
//! Not for: conditions of the law (`law::sending`).

use crate::codes;
use crate::ids::ClassId;
use crate::time::Date;
use crate::training::ClassForm;

use super::super::classes::sittings::Shift;

codes! {
    /// Why somebody should not, or cannot, be sent.
    Hindrance {
        /// The class takes no names now.
        NotEnrolling = "not_enrolling",
        /// The last day for names is over.
        TooLate = "too_late",
        /// The person is named for the class already.
        AlreadyNamed = "already_named",
        /// The person holds no post on the first day of the class.
        NotInService = "not_in_service",
        /// Another programme at the same time (S2 III.I.7).
        TwoAtOnce = "two_at_once",
        /// Everybody else with the duty would be away too.
        LastOnDuty = "last_on_duty",
        /// No share of the class is for such a person.
        NotMeant = "not_meant",
        /// The share of the class is full.
        ShareFull = "share_full",
        /// The place of a plan for the agency is taken.
        QuotaFull = "quota_full",
        /// Nobody else of the office has the duty.
        OnlyOnDuty = "only_on_duty",
        /// More people of the office would be away on one day than its guard allows.
        TooManyAway = "too_many_away",
        /// The person finished the same programme or topic not long ago.
        AlreadyTrained = "already_trained",
        /// The person would learn more in the year than is reasonable beside the work.
        YearlyLoad = "yearly_load",
    }
}

impl Hindrance {
    /// Whether nobody passes; the others pass with a reason in writing.
    #[must_use]
    pub const fn is_hard(self) -> bool {
        !matches!(self, Self::OnlyOnDuty | Self::TooManyAway | Self::AlreadyTrained | Self::YearlyLoad)
    }

    /// The rule in a signed document that asks for it, as the domain notes number them.
    #[must_use]
    pub const fn rule(self) -> Option<&'static str> {
        match self {
            Self::TwoAtOnce => Some("R1"),
            Self::LastOnDuty | Self::OnlyOnDuty | Self::TooManyAway | Self::YearlyLoad => Some("R13"),
            Self::AlreadyTrained => Some("R8"),
            Self::NotMeant | Self::ShareFull | Self::QuotaFull => Some("R15"),
            Self::NotEnrolling | Self::TooLate | Self::AlreadyNamed | Self::NotInService => None,
        }
    }
}

/// A class as it takes somebody's time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Busy {
    /// The class; none for a study that no class here carries out.
    pub class: Option<ClassId>,
    /// Its code and name.
    pub told: String,
    /// Form.
    pub form: ClassForm,
    /// First and last day; a study without an end goes on.
    pub days: (Date, Option<Date>),
    /// When it meets, if that is known.
    pub sittings: Vec<(Date, Shift)>,
}

impl Busy {
    /// Whether it is a programme in the sense of the rule: a class, a delegation, a degree; a workshop or a visit of a day is none.
    #[must_use]
    pub const fn is_programme(&self) -> bool {
        matches!(self.form, ClassForm::Class | ClassForm::Delegation | ClassForm::Degree)
    }

    fn shares_days(&self, other: &Self) -> bool {
        let begins_by = |from: Date, to: Option<Date>| to.is_none_or(|to| from <= to);
        begins_by(self.days.0, other.days.1) && begins_by(other.days.0, self.days.1)
    }

    fn meets_when(&self, other: &Self) -> bool {
        let meets = |(on, shift): &(Date, Shift)| other.sittings.iter().any(|(day, part)| day == on && part.meets(*shift));
        self.sittings.iter().any(meets)
    }
}

/// Whether one person cannot be in both: two programmes whose days overlap; of anything else, two meetings at one time, or days that
/// overlap where it is not known when one of them meets.
#[must_use]
pub fn are_at_once(one: &Busy, other: &Busy) -> bool {
    if !one.shares_days(other) || (one.class.is_some() && one.class == other.class) {
        return false;
    }
    let is_timed = !one.sittings.is_empty() && !other.sittings.is_empty();
    (one.is_programme() && other.is_programme()) || !is_timed || one.meets_when(other)
}

/// How an office is left when one more person goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Office {
    /// People who hold a post in it.
    pub people: i32,
    /// Who is away on the worst day of the class, without the person.
    pub away: i32,
    /// People with the duty of the person, if there is one; with the person.
    pub on_duty: i32,
    /// Who of them is away on the worst day, without the person.
    pub duty_away: i32,
}

/// The guard of an office: the share that may be away at once, in percent.
#[must_use]
pub fn guard(office: &Office, share: i32) -> Option<Hindrance> {
    let (gone, duty_gone) = (office.away + 1, office.duty_away + 1);
    if office.on_duty > 1 && duty_gone >= office.on_duty {
        return Some(Hindrance::LastOnDuty);
    }
    // Who has a duty alone would never learn if that were forbidden: the office says who stands in.
    if office.on_duty == 1 {
        return Some(Hindrance::OnlyOnDuty);
    }
    // One person always may go: a guard that keeps everybody at home helps nobody.
    (gone > 1 && i64::from(gone) * 100 > i64::from(office.people) * i64::from(share)).then_some(Hindrance::TooManyAway)
}
