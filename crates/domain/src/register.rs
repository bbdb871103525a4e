//! Rules of the register: which identities, postings and ends of postings may be written down.
//! Not for: who may write (`roles`), rows (`store`) or reading files (`workbooks`).

pub mod commitments;
pub mod corrections;
pub mod likeness;
pub mod merging;
pub mod scans;

use crate::codes;
use crate::time::{Date, Interval, age};

codes! {
    /// How a posting ended, or a career with it.
    Ending {
        /// Chuyển, điều động, luân chuyển hoặc bổ nhiệm sang vị trí khác.
        Moved = "moved",
        /// Đơn vị được sắp xếp lại.
        Reorganised = "reorganised",
        /// Nghỉ hưu.
        Retired = "retired",
        /// Thôi việc.
        Resigned = "resigned",
        /// Buộc thôi việc.
        Dismissed = "dismissed",
        /// Hết nhiệm kỳ.
        TermOver = "term_over",
        /// Từ trần.
        Died = "died",
    }
}

impl Ending {
    /// Whether the person leaves the service with it; only such ends are chosen by hand.
    #[must_use]
    pub const fn leaves(self) -> bool {
        !matches!(self, Self::Moved | Self::Reorganised)
    }

    /// Whether the person can come back.
    #[must_use]
    pub const fn may_return(self) -> bool {
        !matches!(self, Self::Died)
    }
}

codes! {
    /// Where a line of the record comes from.
    Source {
        /// Học trong các lớp do hệ thống quản lý.
        Learned = "learned",
        /// Cá nhân khai, đơn vị xác nhận.
        Declared = "declared",
        /// Nhập từ tệp.
        Imported = "imported",
        /// Cơ sở đào tạo báo.
        Institute = "institute",
    }
}

impl Source {
    /// Whether what this source says of a training stands against what another says.
    #[must_use]
    pub const fn outranks(self, other: Self) -> bool {
        self.weight() > other.weight()
    }

    const fn weight(self) -> u8 {
        match self {
            Self::Declared => 0,
            Self::Imported => 1,
            Self::Institute => 2,
            Self::Learned => 3,
        }
    }
}

codes! {
    /// Why an identity is not written down.
    IdentityFault {
        /// There is no name.
        NoName = "no_name",
        /// The staff code has other signs than letters, digits, dots and hyphens, or is empty or longer than 35.
        BadCode = "bad_code",
        /// Born after today.
        BornInFuture = "born_in_future",
        /// Under fifteen or over a hundred and ten: surely a slip of the pen.
        OddAge = "odd_age",
        /// Neither 12 digits (căn cước) nor 9 (chứng minh nhân dân).
        BadCitizenNumber = "bad_citizen_number",
        /// No ethnic group of the national list has this code.
        UnknownEthnicity = "unknown_ethnicity",
        /// Recruited before the age of fifteen, or after today.
        OddRecruitment = "odd_recruitment",
    }
}

codes! {
    /// One of the things that say who an official is.
    IdentityField {
        /// Staff code.
        Code = "code",
        /// Code of the electronic record.
        RecordCode = "record_code",
        /// Name.
        Name = "name",
        /// Other names.
        OtherNames = "other_names",
        /// Birth.
        BirthOn = "birth_on",
        /// Sex.
        Sex = "sex",
        /// Ethnic group.
        Ethnicity = "ethnicity",
        /// Religion; masked.
        Religion = "religion",
        /// Health class; masked.
        Health = "health",
        /// Citizen number; masked.
        CitizenNumber = "citizen_number",
        /// First day of service.
        RecruitedOn = "recruited_on",
    }
}

impl IdentityField {
    /// Whether it is masked until somebody says what it is needed for, and in every account of changes.
    #[must_use]
    pub const fn is_masked(self) -> bool {
        matches!(self, Self::Religion | Self::Health | Self::CitizenNumber)
    }

    /// Whether a field of this name is masked.
    #[must_use]
    pub fn masks(name: &str) -> bool {
        Self::from_code(name).is_some_and(Self::is_masked)
    }
}

/// What is checked of an identity.
#[derive(Debug, Clone, Copy)]
pub struct IdentityFacts<'a> {
    /// Staff code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Birth.
    pub birth_on: Date,
    /// Code of the ethnic group, 1 to 54.
    pub ethnicity: i32,
    /// Citizen number, if known.
    pub citizen_number: Option<&'a str>,
    /// First day of service, if known.
    pub recruited_on: Option<Date>,
}

/// The name of a record whose names were taken away; marks it for good.
pub const NAMELESS: &str = "***";
/// The ethnic group of such a record when it was none of the majority: the national list begins with 1.
pub const NAMELESS_MINORITY: i32 = 0;
/// The majority of the national list.
pub const KINH: i32 = 1;

/// A birth or another day of which only the year may be kept: its first day.
#[must_use]
pub fn year_only(day: Date) -> Date {
    crate::time::date(day.year(), 1, 1).unwrap_or(day)
}

/// The last day of leaving that is long enough ago, when records keep their names for so many years.
#[must_use]
pub fn last_due(today: Date, years: i32) -> Option<Date> {
    crate::time::add_months(today, -12 * years)
}

/// Ethnic groups of the national list (QĐ 121-TCTK/PPCĐ, 1979).
pub const ETHNIC_GROUPS: std::ops::RangeInclusive<i32> = 1..=54;

/// The youngest age of work that the Labour Code knows.
const LEAST_AGE: i32 = 15;
const MOST_AGE: i32 = 110;
/// As long as an organisation code of QĐ 20/2020/QĐ-TTg may be.
const MOST_CODE: usize = 35;

/// Everything that is wrong with an identity.
#[must_use]
pub fn identity_faults(facts: &IdentityFacts<'_>, today: Date) -> Vec<IdentityFault> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: IdentityFault| faults.extend(is_wrong.then_some(fault));
    fault(facts.name.trim().is_empty(), IdentityFault::NoName);
    fault(!is_code(facts.code), IdentityFault::BadCode);
    fault(facts.birth_on > today, IdentityFault::BornInFuture);
    let years = age(facts.birth_on, today);
    fault(facts.birth_on <= today && !(LEAST_AGE..=MOST_AGE).contains(&years), IdentityFault::OddAge);
    fault(facts.citizen_number.is_some_and(|n| !is_citizen_number(n)), IdentityFault::BadCitizenNumber);
    fault(!ETHNIC_GROUPS.contains(&facts.ethnicity), IdentityFault::UnknownEthnicity);
    let odd = |day: Date| day > today || age(facts.birth_on, day) < LEAST_AGE;
    fault(facts.recruited_on.is_some_and(odd), IdentityFault::OddRecruitment);
    faults
}

fn is_code(code: &str) -> bool {
    let fits = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_');
    (1..=MOST_CODE).contains(&code.len()) && code.chars().all(fits) && code.starts_with(|c: char| c.is_ascii_alphanumeric())
}

/// Whether it is a number of a citizen: 12 digits that begin with the code of a province, of which none has a hundred or more, or 9 of
/// the former identity card.
#[must_use]
pub fn is_citizen_number(text: &str) -> bool {
    (text.len() == 9 || (text.len() == 12 && text.starts_with('0'))) && text.bytes().all(|b| b.is_ascii_digit())
}

codes! {
    /// Why a posting is not written down.
    PostingFault {
        /// It ends before it begins.
        EndsBeforeStart = "ends_before_start",
        /// The unit is not there on one of its days.
        OutsideUnit = "outside_unit",
        /// The person has another posting on one of its days.
        Overlaps = "overlaps",
        /// The person was under fifteen.
        TooYoung = "too_young",
        /// Nobody comes back from death.
        AfterDeath = "after_death",
    }
}

/// What a posting is judged against.
#[derive(Debug, Clone, Copy)]
pub struct PostingFacts<'a> {
    /// First day.
    pub from: Date,
    /// The day after the last one.
    pub to: Option<Date>,
    /// The other postings of the person.
    pub others: &'a [Interval],
    /// The days on which the unit exists.
    pub unit: Interval,
    /// Birth of the person.
    pub birth_on: Date,
    /// Death of the person, if so.
    pub died_on: Option<Date>,
}

/// Everything that is wrong with a posting.
#[must_use]
pub fn posting_faults(facts: &PostingFacts<'_>) -> Vec<PostingFault> {
    let Ok(during) = Interval::new(facts.from, facts.to) else { return vec![PostingFault::EndsBeforeStart] };
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: PostingFault| faults.extend(is_wrong.then_some(fault));
    let outlives = match (facts.unit.to(), during.to()) {
        (Some(end), Some(to)) => to > end,
        (Some(_), None) => true,
        (None, _) => false,
    };
    fault(outlives || during.from() < facts.unit.from(), PostingFault::OutsideUnit);
    fault(facts.others.iter().any(|other| other.overlaps(&during)), PostingFault::Overlaps);
    fault(age(facts.birth_on, during.from()) < LEAST_AGE, PostingFault::TooYoung);
    fault(facts.died_on.is_some_and(|day| during.from() >= day), PostingFault::AfterDeath);
    faults
}

#[cfg(test)]
#[path = "register/tests.rs"]
mod tests;
