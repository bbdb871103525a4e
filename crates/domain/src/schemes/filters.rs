//! Filters over people, qualifications, attendances and events, as data that a form edits and both databases answer.
//! Not for: SQL; an empty list or `None` always means "any".

use crate::orgs::{Bloc, Level};
use crate::people::{Degree, Duty, LeaderGroup, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use crate::training::{ClassForm, ContentGroup, Mode, Outcome, Programme, TrainingKind};

/// People by the post they hold on the date of the question.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PersonFilter {
    /// Kinds of staff.
    pub staff: Vec<StaffKind>,
    /// Levels of government of the post.
    pub levels: Vec<Level>,
    /// Blocs of the political system.
    pub blocs: Vec<Bloc>,
    /// Leadership posts.
    pub leaderships: Vec<Leadership>,
    /// Any leadership post (`true`) or none (`false`).
    pub leads: Option<bool>,
    /// Groups of leaders.
    pub groups: Vec<LeaderGroup>,
    /// Standing duties.
    pub duties: Vec<Duty>,
    /// Sex.
    pub sex: Option<Sex>,
    /// Ethnic minority (`true`) or Kinh (`false`).
    pub minority: Option<bool>,
    /// Completed years of age below this.
    pub under_age: Option<u8>,
    /// Completed years of age at least this.
    pub from_age: Option<u8>,
    /// Meets the professional requirement of the post.
    pub fits_post: Option<bool>,
}

impl PersonFilter {
    /// Whether every person passes.
    #[must_use]
    pub fn is_any(&self) -> bool {
        *self == Self::default()
    }
}

/// Qualifications held on a date.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualificationFilter {
    /// What it proves.
    pub kind: QualificationKind,
    /// Degrees, for professional qualifications.
    pub degrees: Vec<Degree>,
}

/// Which topics of the scheme count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TopicScope {
    /// Every topic of this scheme.
    Any,
    /// These topic codes.
    Of(Vec<String>),
}

/// Attendances.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RecordFilter {
    /// Education or training.
    pub kinds: Vec<TrainingKind>,
    /// Content groups.
    pub contents: Vec<ContentGroup>,
    /// Degrees sought, for education.
    pub degrees: Vec<Degree>,
    /// Fields of study.
    pub fields: Vec<StudyField>,
    /// Named programmes.
    pub programmes: Vec<Programme>,
    /// Forms.
    pub forms: Vec<ClassForm>,
    /// Modes.
    pub modes: Vec<Mode>,
    /// Abroad (`true`) or in the country (`false`).
    pub abroad: Option<bool>,
    /// Topics of the scheme that asks.
    pub topics: Option<TopicScope>,
    /// Outcomes; the usual question is "finished".
    pub outcomes: Vec<Outcome>,
    /// Kind of staff at the time of sending.
    pub staff: Vec<StaffKind>,
    /// Which date decides whether it lies in the period.
    pub dated_by: DatedBy,
}

/// Which date of an attendance decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DatedBy {
    /// First day (people sent).
    Start,
    /// Last day (people who finished).
    #[default]
    End,
}

/// Events: classes, delegations, workshops.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct EventFilter {
    /// Forms.
    pub forms: Vec<ClassForm>,
    /// Content groups.
    pub contents: Vec<ContentGroup>,
    /// Named programmes.
    pub programmes: Vec<Programme>,
    /// Topics of the scheme that asks.
    pub topics: Option<TopicScope>,
    /// Abroad or not.
    pub abroad: Option<bool>,
    /// Number of people on the roster, from and to, both included.
    pub size: Option<(u32, u32)>,
    /// At least one attendee held a post of these groups on the first day.
    pub with_groups: Vec<LeaderGroup>,
}
