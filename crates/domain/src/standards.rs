//! Standards: what the holder of a post must have, each requirement dated and cited, and what one official lacks of it.
//! Not for: what a document promises of many people together (`schemes`), or counting gaps of a province (`store`).

use crate::codes;
use crate::lists::Held;
use crate::orgs::UnitKind;
use crate::people::Leadership;
use crate::schemes::{PersonFilter, RecordFilter, Title};
use crate::time::{Date, Interval, add_months};

codes! {
    /// What a requirement is about, as heat maps and lists group it.
    Subject {
        /// Trình độ chuyên môn.
        Professional = "professional",
        /// Quản lý nhà nước.
        StateManagement = "state_management",
        /// Lãnh đạo, quản lý.
        Leadership = "leadership",
        /// Lý luận chính trị.
        PoliticalTheory = "political_theory",
        /// Quốc phòng, an ninh.
        DefenceSecurity = "defence_security",
        /// Tin học, kỹ năng số.
        It = "it",
        /// Ngoại ngữ, tiếng dân tộc.
        Language = "language",
        /// Vị trí việc làm, chuyên đề.
        PostSkills = "post_skills",
        /// Bồi dưỡng bắt buộc hằng năm.
        Yearly = "yearly",
    }
}

/// A set of requirements that is kept and published as one text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standard {
    /// Stable code, lower case with hyphens.
    pub code: String,
    /// Title.
    pub title: Title,
    /// In the order of the document; codes are unique.
    pub requirements: Vec<Requirement>,
}

impl Standard {
    /// The requirement with this code.
    #[must_use]
    pub fn requirement(&self, code: &str) -> Option<&Requirement> {
        self.requirements.iter().find(|requirement| requirement.code == code)
    }

    /// The requirements in force on a day, in order.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Requirement> {
        self.requirements.iter().filter(move |requirement| requirement.during.contains(day))
    }
}

/// One thing that holders of certain posts must have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Requirement {
    /// Code, unique in the standard, e.g. `QLNN.1`.
    pub code: String,
    /// Short title.
    pub title: Title,
    /// What it is about.
    pub subject: Subject,
    /// The act and article it comes from.
    pub cites: Title,
    /// Whether the act itself has been read; if not, pages say so.
    pub is_verified: bool,
    /// Of whom.
    pub audience: Audience,
    /// What.
    pub need: Need,
    /// When it is in force.
    pub during: Interval,
    /// Full months after taking up the post within which it must be met; 0 from the first day.
    pub grace_months: u8,
}

/// Of whom a requirement asks.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Audience {
    /// The post they hold on the day of the question.
    pub who: PersonFilter,
    /// Grades (ngạch) by their codes.
    pub grades: Vec<String>,
    /// Kinds of unit of the post.
    pub units: Vec<UnitKind>,
    /// Planned for one of these leadership posts: what they must have before they are appointed, from the day of the plan.
    pub planned: Vec<Leadership>,
}

/// What must be there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// A qualification of at least a level, in force on the day.
    Holds(Held),
    /// A degree whose field fits the post.
    FitsPost,
    /// The yearly amount of training that the law sets for the kind of staff, in periods; judged by the calendar year.
    YearlyAmount,
    /// A finished training, in the last so many calendar years counting this one, or ever.
    Trained {
        /// Attendances that count.
        did: Box<RecordFilter>,
        /// Calendar years; `None` for ever.
        years: Option<u8>,
    },
}

/// What an official of the audience is to one requirement on a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    /// Met.
    Met,
    /// Not met, and must be by this day.
    Due(Date),
    /// Not met since this day, the first on which it had to be.
    Missing(Date),
}

impl Requirement {
    /// The standing of an official who holds the post since `held_from` and does not meet it on the day; `lapsed_on` is the day on which
    /// what met it lost its force, if something did.
    #[must_use]
    pub fn unmet(&self, on: Date, held_from: Date, lapsed_on: Option<Date>) -> Standing {
        let asked_from = held_from.max(self.during.from());
        // A month beyond the calendar is never reached.
        let due = add_months(asked_from, i32::from(self.grace_months)).unwrap_or(Date::MAX);
        let since = lapsed_on.map_or(due, |lapsed| due.max(lapsed));
        if since > on { Standing::Due(since) } else { Standing::Missing(since) }
    }
}
