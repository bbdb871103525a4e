//! A signed document as data: what was promised (targets), shared out (quotas), assigned (tasks) and taught (topics).
//! Not for: reading the file format (`schemefile`), counting (`store`) or judging a count (`progress`).

pub mod filters;
pub mod targets;

use crate::people::{Degree, LeaderGroup, StaffKind, StudyField};
use crate::time::{Date, Interval};
use crate::training::ClassForm;

pub use filters::{EventFilter, PersonFilter, QualificationFilter, RecordFilter, TopicScope};
pub use targets::{Did, Inner, Measure, Population, Recurrence, Rule, Target, Threshold};

/// A text in both languages of the interface.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Title {
    /// Vietnamese.
    pub vi: String,
    /// English.
    pub en: String,
}

/// A whole signed document.
#[derive(Debug, Clone, PartialEq)]
pub struct Scheme {
    /// Stable code, lower case with hyphens, e.g. `quang-nam-2024`.
    pub code: String,
    /// Number and symbol as signed, e.g. `7328/ĐA-UBND`; empty when the copy lacks it.
    pub number: String,
    /// Type of document: `ĐA`, `KH`, `CT`, `QĐ`.
    pub document_type: String,
    /// Our short title.
    pub title: Title,
    /// Who issued it.
    pub issuer: Title,
    /// Day of signature; `None` when the copy lacks it.
    pub signed_on: Option<Date>,
    /// What is known of the signature when the day is not.
    pub signed_note: String,
    /// The span the document covers.
    pub phase: Interval,
    /// Code of the scheme that this one carries out, if any.
    pub under: Option<String>,
    /// Acts it cites, by their own numbers.
    pub legal_basis: Vec<String>,
    /// Persons and bodies with a role in it.
    pub actors: Vec<Actor>,
    /// Measurable promises.
    pub targets: Vec<Target>,
    /// Contents to be taught.
    pub topics: Vec<Topic>,
    /// Shares given to agencies.
    pub quotas: Vec<Quota>,
    /// Assigned work.
    pub tasks: Vec<Task>,
    /// Rules that are parameters of this document.
    pub rules: Vec<SchemeRule>,
}

/// A body with a role, by the code that units of the province carry in `unit.actor`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Actor {
    /// Code, e.g. `so-noi-vu`.
    pub code: String,
    /// Name.
    pub title: Title,
}

/// A content the document wants taught.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Code in the scheme, e.g. `B.5`.
    pub code: String,
    /// Where the document says so.
    pub section: String,
    /// Area heading.
    pub area: Title,
    /// Our short title.
    pub title: Title,
    /// Lead agency (actor code).
    pub lead: String,
    /// Co-operating agencies (actor codes).
    pub with: Vec<String>,
}

/// A share given to agencies: so many events or places.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quota {
    /// Code in the scheme, e.g. `QI.B.class`.
    pub code: String,
    /// Where the document says so.
    pub section: String,
    /// Our short title.
    pub title: Title,
    /// What is counted.
    pub counts: QuotaCounts,
    /// Who must fill it.
    pub agencies: Vec<QuotaAgency>,
    /// Whether the number is for each year or for the whole phase.
    pub recurrence: Recurrence,
    /// When.
    pub phase: Interval,
    /// At least so many (for each agency when `agencies` has [`QuotaAgency::Each`]).
    pub at_least: i64,
}

/// What a quota counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaCounts {
    /// Events of a form; for each topic separately when `per_topic`.
    Events {
        /// The form.
        form: ClassForm,
        /// Topics that count.
        topics: Vec<String>,
        /// The number applies to every topic by itself.
        per_topic: bool,
    },
    /// People sent to a degree.
    Places {
        /// Degrees that count.
        degrees: Vec<Degree>,
        /// Field of study; `None` for any.
        field: Option<StudyField>,
        /// Kinds of staff and the groups each may come from; an empty list of groups means that kind has no place.
        eligible: Vec<(StaffKind, Vec<LeaderGroup>)>,
    },
}

/// Who must fill a quota.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum QuotaAgency {
    /// One body (actor code); the number is its own.
    One(String),
    /// Every body of a group (actor code of the group, e.g. `ubnd-huyen`); each has the number.
    Each(String),
    /// All bodies of a group together; they share the number.
    Together(String),
}

/// Assigned work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    /// Code in the scheme.
    pub code: String,
    /// Where the document says so.
    pub section: String,
    /// Our short title.
    pub title: Title,
    /// Lead bodies (actor codes).
    pub lead: Vec<String>,
    /// Co-operating bodies (actor codes).
    pub with: Vec<String>,
    /// When it is due.
    pub due: Due,
    /// What proves it done.
    pub evidence: Title,
}

/// When a task is due.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Due {
    /// By the end of a day.
    By(Date),
    /// Every year of the span, by the end of a month (1–12).
    Yearly {
        /// The month.
        month: u8,
        /// The span.
        within: Interval,
    },
    /// All the time.
    Continuous,
}

/// A rule that is a parameter of the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SchemeRule {
    /// Code, e.g. `R10`.
    pub code: String,
    /// Where the document says so.
    pub section: String,
    /// Our short title.
    pub title: Title,
    /// Named values, e.g. `max_age = 45`.
    pub values: Vec<(String, i64)>,
}

impl Scheme {
    /// The target with this code.
    #[must_use]
    pub fn target(&self, code: &str) -> Option<&Target> {
        self.targets.iter().find(|t| t.code == code)
    }

    /// The display name of an actor, or its code when the document does not name it.
    #[must_use]
    pub fn actor_title<'a>(&'a self, code: &'a str, vietnamese: bool) -> &'a str {
        match self.actors.iter().find(|a| a.code == code) {
            Some(actor) if vietnamese => &actor.title.vi,
            Some(actor) => &actor.title.en,
            None => code,
        }
    }
}

impl Due {
    /// The deadlines on or before a day, oldest first, with the first one after it.
    #[must_use]
    pub fn deadlines(self, until: Date) -> Vec<Date> {
        match self {
            Self::By(day) => vec![day],
            Self::Continuous => Vec::new(),
            Self::Yearly { month, within } => {
                let mut days = Vec::new();
                for year in within.years(until) {
                    let Some(last) = last_of_month(year, month) else { continue };
                    days.push(last);
                    if last > until {
                        break;
                    }
                }
                days
            }
        }
    }
}

fn last_of_month(year: i32, month: u8) -> Option<Date> {
    let month = crate::time::Month::try_from(month).ok()?;
    Date::from_calendar_date(year, month, month.length(year)).ok()
}
