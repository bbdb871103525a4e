//! Classes: what one is to be, and what becomes of it from the first draft to the closing.
//! Not for: when and where people meet (`sittings`), who sits in it (`nominations`), or how classes are counted (`progress`).

pub mod papers;
pub mod sittings;

use crate::codes;
use crate::ids::{PlanId, ProgrammeId, UnitId};
use crate::orgs::Level;
use crate::people::{Degree, LeaderGroup, StaffKind, StudyField};
use crate::plans::{MoneySource, TopicRef};
use crate::time::Date;
use crate::training::{ClassForm, ClassStatus, ContentGroup, Mode, Programme, TrainingKind};

codes! {
    /// Which hours of the day it takes (QĐ 700: learning must not interrupt the work of the commune).
    Hours { /// Trong giờ hành chính.
        Office = "office", /// Ngoài giờ, ngày nghỉ.
        AfterHours = "after_hours", /// Buổi tối.
        Evening = "evening" }
}

/// What a class is to be.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Terms {
    /// Name.
    pub name: String,
    /// Form.
    pub form: ClassForm,
    /// Education or training.
    pub kind: TrainingKind,
    /// Content group, of training.
    pub content: Option<ContentGroup>,
    /// Degree, of education.
    pub degree: Option<Degree>,
    /// Field of study, of education.
    pub field: Option<StudyField>,
    /// Programme of the catalogue.
    pub programme: Option<ProgrammeId>,
    /// Which programme that a scheme names it carries out.
    pub named: Option<Programme>,
    /// Topic of a scheme it answers.
    pub topic: Option<TopicRef>,
    /// Line of a plan it carries out.
    pub line: Option<(PlanId, u32)>,
    /// How people meet.
    pub mode: Mode,
    /// When in the day.
    pub hours: Hours,
    /// Abroad.
    pub abroad: bool,
    /// The unit that opens it.
    pub lead: UnitId,
    /// School or partner that teaches.
    pub school: String,
    /// Where, in words.
    pub place: String,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Date,
    /// Study days.
    pub days: i32,
    /// Periods (tiết).
    pub periods: i32,
    /// Seats.
    pub most: i32,
    /// Fewest people with whom it opens.
    pub least: i32,
    /// Kinds of staff it is for; every one when empty.
    pub staff: Vec<StaffKind>,
    /// Groups of leaders it is for; everybody when empty.
    pub groups: Vec<LeaderGroup>,
    /// Level of government it is for; none for every one.
    pub level: Option<Level>,
    /// Last day for names; none until the first day of the class.
    pub names_until: Option<Date>,
    /// Estimated cost in đồng.
    pub cost: i64,
    /// Who pays.
    pub source: Option<MoneySource>,
    /// Anything else.
    pub note: String,
}

/// Most seats of one class.
pub const MOST_SEATS: i32 = 2_000;
/// Most letters of a name.
pub const MOST_NAME: usize = 300;
/// Most letters of any other words.
pub const MOST_WORDS: usize = 2_000;
/// Most periods; two years of full days.
pub const MOST_PERIODS: i32 = 4_000;

codes! {
    /// Why a class cannot even be kept as a draft.
    TermsFault {
        /// It has no name.
        NoName = "no_name",
        /// Some words are longer than anybody reads.
        TooLong = "too_long",
        /// Training without a content group.
        NoContent = "no_content",
        /// Education without a degree.
        NoDegree = "no_degree",
        /// It ends before it begins.
        EndsBeforeStart = "ends_before_start",
        /// Seats below one or beyond reason.
        OddSeats = "odd_seats",
        /// More people are needed to open it than it has seats.
        LeastOverMost = "least_over_most",
        /// Days or periods below nothing, beyond reason, or more days than lie between the first and the last.
        OddLength = "odd_length",
        /// Names are taken after the class has ended.
        NamesAfterEnd = "names_after_end",
        /// Money below nothing.
        OddCost = "odd_cost",
    }
}

/// Everything that keeps a class from being stored.
#[must_use]
pub fn faults(terms: &Terms) -> Vec<TermsFault> {
    let long = |words: &str, most: usize| words.chars().count() > most;
    let is_long = long(&terms.name, MOST_NAME) || [&terms.school, &terms.place, &terms.note].iter().any(|words| long(words, MOST_WORDS));
    let span = (terms.ends_on - terms.starts_on).whole_days() + 1;
    let is_odd_length = !(0..=MOST_PERIODS).contains(&terms.periods) || terms.days < 0 || (span > 0 && i64::from(terms.days) > span);
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: TermsFault| faults.extend(is_wrong.then_some(fault));
    fault(terms.name.trim().is_empty(), TermsFault::NoName);
    fault(is_long, TermsFault::TooLong);
    fault(terms.kind == TrainingKind::Training && terms.content.is_none(), TermsFault::NoContent);
    fault(terms.kind == TrainingKind::Education && terms.degree.is_none(), TermsFault::NoDegree);
    fault(span < 1, TermsFault::EndsBeforeStart);
    fault(!(1..=MOST_SEATS).contains(&terms.most), TermsFault::OddSeats);
    fault(terms.least > terms.most, TermsFault::LeastOverMost);
    fault(is_odd_length, TermsFault::OddLength);
    fault(terms.names_until.is_some_and(|day| day > terms.ends_on), TermsFault::NamesAfterEnd);
    fault(terms.cost < 0, TermsFault::OddCost);
    faults
}

codes! {
    /// What happens to a class.
    ClassAct {
        /// Mở lớp theo quyết định; from then on people are named.
        Open = "open",
        /// Khai giảng.
        Begin = "begin",
        /// Kết thúc.
        Finish = "finish",
        /// Công nhận kết quả.
        Recognise = "recognise",
        /// Đóng hồ sơ.
        Close = "close",
        /// Hoãn, dời ngày.
        Postpone = "postpone",
        /// Huỷ.
        Cancel = "cancel",
    }
}

impl ClassStatus {
    /// The state after an act; none when the act does not fit.
    #[must_use]
    pub const fn after(self, act: ClassAct) -> Option<Self> {
        match (self, act) {
            (Self::Planned, ClassAct::Open) | (Self::Enrolling, ClassAct::Postpone) => Some(Self::Enrolling),
            (Self::Planned, ClassAct::Postpone) => Some(Self::Planned),
            (Self::Enrolling, ClassAct::Begin) => Some(Self::Running),
            (Self::Running, ClassAct::Finish) => Some(Self::Finished),
            (Self::Finished, ClassAct::Recognise) => Some(Self::Recognised),
            (Self::Recognised, ClassAct::Close) => Some(Self::Closed),
            (Self::Planned | Self::Enrolling | Self::Running, ClassAct::Cancel) => Some(Self::Cancelled),
            _ => None,
        }
    }

    /// Whether it was held: what targets and quotas count.
    #[must_use]
    pub const fn is_held(self) -> bool {
        matches!(self, Self::Running | Self::Finished | Self::Recognised | Self::Closed)
    }

    /// Whether its terms and sittings may still be changed.
    #[must_use]
    pub const fn is_open_to_change(self) -> bool {
        matches!(self, Self::Planned | Self::Enrolling | Self::Running)
    }
}

/// What is known when an act is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// State.
    pub status: ClassStatus,
    /// People with a confirmed seat.
    pub confirmed: i32,
    /// People whose seat still waits for a head or for Home Affairs.
    pub unconfirmed: i32,
    /// Fewest people with whom it opens.
    pub least: i32,
    /// Its seats.
    pub most: i32,
    /// Its first and last day.
    pub days: (Date, Date),
}

/// What an act brings with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed<'a> {
    /// The act.
    pub act: ClassAct,
    /// Number of the decision.
    pub decision: &'a str,
    /// Why.
    pub reason: &'a str,
    /// New first and last day.
    pub days: Option<(Date, Date)>,
}

codes! {
    /// Why an act is not done.
    ActFault {
        /// The class is not in a state for it.
        NotNow = "not_now",
        /// It needs the number of its decision.
        NoDecision = "no_decision",
        /// A class that nobody can sit in is not opened.
        NoSeats = "no_seats",
        /// It must be said why.
        NoReason = "no_reason",
        /// Fewer people than needed are confirmed, and no reason is given.
        TooFew = "too_few",
        /// Somebody's seat still waits for a decision.
        Undecided = "undecided",
        /// The first day has not come.
        TooEarly = "too_early",
        /// The new days are missing, or end before they begin.
        NoDays = "no_days",
    }
}

/// Everything that keeps an act from being done.
#[must_use]
pub fn act_faults(standing: &Standing, deed: &Deed<'_>, today: Date) -> Vec<ActFault> {
    use ClassAct::{Begin, Cancel, Finish, Open, Postpone, Recognise};
    if standing.status.after(deed.act).is_none() {
        return vec![ActFault::NotNow];
    }
    let (has_reason, has_decision) = (!deed.reason.trim().is_empty(), !deed.decision.trim().is_empty());
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: ActFault| faults.extend(is_wrong.then_some(fault));
    fault(matches!(deed.act, Open | Recognise) && !has_decision, ActFault::NoDecision);
    fault(deed.act == Open && standing.most < 1, ActFault::NoSeats);
    fault(matches!(deed.act, Cancel | Postpone) && !has_reason, ActFault::NoReason);
    fault(deed.act == Begin && standing.confirmed < standing.least && !has_reason, ActFault::TooFew);
    fault(deed.act == Begin && standing.unconfirmed > 0, ActFault::Undecided);
    fault(deed.act == Begin && today < standing.days.0, ActFault::TooEarly);
    fault(deed.act == Finish && today < standing.days.1, ActFault::TooEarly);
    fault(deed.act == Postpone && deed.days.is_none_or(|(from, to)| to < from), ActFault::NoDays);
    faults
}

#[cfg(test)]
mod tests;
