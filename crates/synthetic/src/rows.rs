//! The rows of a generated province: plain facts in the words of `domain`, ready to be written by whoever owns a database.
//! Not for: storage details; ids are numbers that start at 1 and refer to one another.

use domain::geography::Spot;
use domain::orgs::{Area, Bloc, Change, Level, UnitKind};
use domain::people::{
    Appointment, Band, Degree, Duty, LeaderGroup, Leadership, QualificationKind, RatingKind, ReceiptKind, Sex, StaffKind, StudyField,
};
use domain::time::Date;
use domain::training::{ClassForm, ClassStatus, ContentGroup, FollowUpKind, Mode, Outcome, Programme, TrainingKind};

/// A unit; its names over time are `UnitName` rows when it was renamed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unit {
    pub id: i64,
    /// QĐ 20/2020 pattern, e.g. `H99.03.12`.
    pub code: String,
    pub name: String,
    pub kind: UnitKind,
    pub level: Level,
    pub bloc: Bloc,
    /// Role code by which schemes speak of it, e.g. `so-noi-vu`.
    pub actor: Option<String>,
    pub starts_on: Date,
    /// First day after its end.
    pub ends_on: Option<Date>,
}

/// Belonging of a unit to a parent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitLink {
    pub unit: i64,
    pub parent: i64,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
}

/// An area in which a unit lies.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitArea {
    pub unit: i64,
    pub area: Area,
    pub starts_on: Date,
    /// Number of the decision.
    pub decision: String,
}

/// Where a unit stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSpot {
    pub unit: i64,
    pub spot: Spot,
    pub starts_on: Date,
}

/// What became of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitSuccession {
    pub unit: i64,
    pub successor: i64,
    pub on: Date,
    pub change: Change,
    pub main: bool,
}

/// A person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Official {
    pub id: i64,
    /// Staff code, unique, e.g. `QN000123`.
    pub code: String,
    pub name: String,
    pub birth_on: Date,
    pub sex: Sex,
    /// One of the 54 codes, 1 = Kinh.
    pub ethnicity: i32,
}

/// One line of working history; main postings of one person never overlap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Posting {
    pub official: i64,
    pub unit: i64,
    /// Job title, e.g. `Chuyên viên`.
    pub title: String,
    pub staff: StaffKind,
    pub level: Level,
    pub bloc: Bloc,
    pub leadership: Option<Leadership>,
    pub group: Option<LeaderGroup>,
    pub duty: Option<Duty>,
    pub appointment: Option<Appointment>,
    pub fits_post: bool,
    pub starts_on: Date,
    pub ends_on: Option<Date>,
}

impl Posting {
    /// The grade (ngạch) of a civil servant, as such posts usually have it.
    #[must_use]
    pub fn grade(&self) -> Option<&'static str> {
        use Leadership::{DepartmentDeputy, DepartmentHead, ProvinceDivisionHead};
        if self.staff != StaffKind::CongChuc {
            return None;
        }
        let is_senior = matches!(self.leadership, Some(DepartmentHead | DepartmentDeputy | ProvinceDivisionHead));
        Some(if is_senior { "01.002" } else { "01.003" })
    }
}

/// A degree or certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Qualification {
    pub official: i64,
    pub kind: QualificationKind,
    /// For professional degrees.
    pub degree: Option<Degree>,
    pub field: Option<StudyField>,
    /// Level within other kinds, e.g. `cao_cap`, `chuyen_vien`, `b1`.
    pub grade: Option<String>,
    pub granted_on: Date,
}

/// A class, delegation or other event.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    pub id: i64,
    /// Unique, e.g. `2024-017`.
    pub code: String,
    pub name: String,
    pub form: ClassForm,
    pub content: Option<ContentGroup>,
    pub programme: Option<Programme>,
    /// Scheme and topic code when it carries out a topic, e.g. `quang-nam-2024` and `B.5`.
    pub scheme: Option<String>,
    pub topic: Option<String>,
    pub mode: Mode,
    pub abroad: bool,
    pub lead_unit: i64,
    /// School that teaches, in words; empty when nothing is said.
    pub school: String,
    /// Where it is held, in words; empty when nothing is said.
    pub place: String,
    pub status: ClassStatus,
    pub starts_on: Date,
    pub ends_on: Date,
}

/// One attendance of one person ("lượt").
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Record {
    pub id: i64,
    pub official: i64,
    pub class: Option<i64>,
    pub kind: TrainingKind,
    pub content: Option<ContentGroup>,
    pub degree: Option<Degree>,
    pub field: Option<StudyField>,
    pub programme: Option<Programme>,
    pub scheme: Option<String>,
    pub topic: Option<String>,
    pub form: ClassForm,
    pub mode: Mode,
    pub abroad: bool,
    /// Periods (tiết).
    pub periods: i32,
    pub starts_on: Date,
    /// `None` while studying.
    pub ends_on: Option<Date>,
    pub outcome: Outcome,
    /// Kind of staff, unit and group on the first day.
    pub staff: StaffKind,
    pub unit: i64,
    pub group: Option<LeaderGroup>,
}

/// What followed an attendance.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FollowUp {
    pub record: i64,
    pub kind: FollowUpKind,
    pub on: Date,
    pub band: Option<Band>,
}

/// A thing received.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    pub official: i64,
    pub kind: ReceiptKind,
    pub on: Date,
}

/// A rating.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rating {
    pub official: i64,
    pub kind: RatingKind,
    pub band: Band,
    pub on: Date,
}

/// Everything about a set of people; a province comes as a sequence of these so that millions never stand in memory at once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Batch {
    pub officials: Vec<Official>,
    pub postings: Vec<Posting>,
    pub qualifications: Vec<Qualification>,
    pub records: Vec<Record>,
    pub follow_ups: Vec<FollowUp>,
    pub receipts: Vec<Receipt>,
    pub ratings: Vec<Rating>,
}

/// The parts that exist once.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Frame {
    pub units: Vec<Unit>,
    pub links: Vec<UnitLink>,
    pub successions: Vec<UnitSuccession>,
    pub areas: Vec<UnitArea>,
    pub spots: Vec<UnitSpot>,
    pub classes: Vec<Class>,
}
