//! Plans of training: for a year or a stage, of the province, a department or a commune; versions of lines; what becomes of a version.
//! Not for: keeping them (`store`), who may write them (`service`), or the classes that are held in the end (`training`).

pub mod burden;
pub mod check;
pub mod compare;
pub mod effects;
pub mod needs;
pub mod propose;

use std::collections::{BTreeMap, BTreeSet};

use crate::codes;
use crate::ids::{OfficialId, ProgrammeId, UnitId};
use crate::orgs::OrgMap;
use crate::people::{Degree, LeaderGroup, StaffKind, StudyField};
use crate::time::{Date, date};
use crate::training::{ClassForm, ContentGroup, Mode, Programme};

codes! {
    /// How long a plan runs.
    PlanKind { /// Kế hoạch năm.
        Year = "year", /// Kế hoạch giai đoạn.
        Stage = "stage" }
}

codes! {
    /// State of a version of a plan.
    PlanState { /// Dự thảo.
        Draft = "draft", /// Đã trình.
        Submitted = "submitted", /// Đã ban hành.
        Issued = "issued", /// Đã được bản sau thay thế.
        Replaced = "replaced", /// Đã rút, thôi thực hiện.
        Withdrawn = "withdrawn" }
}

codes! {
    /// What happens to a version.
    PlanAct { /// Sửa dòng.
        Save = "save", /// Trình.
        Submit = "submit", /// Trả lại.
        Return = "return", /// Ban hành.
        Issue = "issue", /// Bản sau được ban hành.
        Replace = "replace", /// Rút.
        Withdraw = "withdraw" }
}

impl PlanState {
    /// The state after an act; none when the act does not fit.
    #[must_use]
    pub const fn after(self, act: PlanAct) -> Option<Self> {
        match (self, act) {
            (Self::Draft, PlanAct::Save) | (Self::Submitted, PlanAct::Return) => Some(Self::Draft),
            (Self::Draft, PlanAct::Submit) => Some(Self::Submitted),
            (Self::Submitted, PlanAct::Issue) => Some(Self::Issued),
            (Self::Issued, PlanAct::Replace) => Some(Self::Replaced),
            (Self::Draft | Self::Issued, PlanAct::Withdraw) => Some(Self::Withdrawn),
            _ => None,
        }
    }
}

codes! {
    /// Where the money of a line comes from.
    MoneySource {
        /// Ngân sách trung ương.
        Central = "central",
        /// Ngân sách tỉnh.
        Province = "province",
        /// Ngân sách xã.
        Commune = "commune",
        /// Kinh phí của cơ quan, đơn vị.
        Unit = "unit",
        /// Chương trình, đề án có kinh phí riêng.
        Scheme = "scheme",
        /// Người học tự chi.
        Learner = "learner",
        /// Tài trợ.
        Sponsor = "sponsor",
    }
}

/// Who leads or takes part: a role that a scheme speaks of, or a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Agency {
    /// By actor code.
    Actor(String),
    /// A unit.
    Unit(UnitId),
}

/// A topic of a scheme.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TopicRef {
    /// Scheme code.
    pub scheme: String,
    /// Topic code.
    pub code: String,
}

/// Places for people who are not named yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Seats {
    /// From this unit and everything below it; none for anywhere.
    pub unit: Option<UnitId>,
    /// Of this kind of staff; none for any.
    pub staff: Option<StaffKind>,
    /// Of this group of leaders; none for any.
    pub group: Option<LeaderGroup>,
    /// How many.
    pub people: u32,
}

/// Months of a year, both included.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Months {
    /// First, 1–12.
    pub from: u8,
    /// Last, 1–12.
    pub to: u8,
}

impl Months {
    /// Whether they are months, in order.
    #[must_use]
    pub const fn are_real(self) -> bool {
        1 <= self.from && self.from <= self.to && self.to <= 12
    }

    /// Whether two spans share a month.
    #[must_use]
    pub const fn meet(self, other: Self) -> bool {
        self.from <= other.to && other.from <= self.to
    }

    /// How many.
    #[must_use]
    pub const fn count(self) -> u8 {
        self.to.saturating_sub(self.from).saturating_add(1)
    }

    /// First day in a year.
    #[must_use]
    pub fn first(self, year: i32) -> Option<Date> {
        date(year, self.from, 1)
    }

    /// Last day in a year.
    #[must_use]
    pub fn last(self, year: i32) -> Option<Date> {
        date(year, self.to, 1).map(|day| day.replace_day(day.month().length(year)).unwrap_or(day))
    }
}

/// One line of a plan: so many classes of one thing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// Stays the same through the versions of a plan, so that versions are compared line by line.
    pub key: u32,
    /// Topic of a scheme, if it answers one.
    pub topic: Option<TopicRef>,
    /// What it is called in words.
    pub words: String,
    /// Programme of the catalogue.
    pub programme: Option<ProgrammeId>,
    /// The named programme that targets look at.
    pub named: Option<Programme>,
    /// Content group.
    pub content: Option<ContentGroup>,
    /// Form.
    pub form: ClassForm,
    /// Degree sought, for education.
    pub degree: Option<Degree>,
    /// Field of study, for education.
    pub field: Option<StudyField>,
    /// Number of classes.
    pub classes: u32,
    /// People in one class.
    pub class_size: u32,
    /// Places for people not named yet.
    pub seats: Vec<Seats>,
    /// Officials who are named.
    pub officials: Vec<OfficialId>,
    /// The year.
    pub year: i32,
    /// Months of each class; one span stands for every class.
    pub months: Vec<Months>,
    /// Where, in words.
    pub place: String,
    /// Communes that learn together.
    pub cluster: Vec<UnitId>,
    /// How people meet.
    pub mode: Mode,
    /// Days of one class.
    pub days: u32,
    /// Periods of one class.
    pub periods: u32,
    /// Abroad.
    pub abroad: bool,
    /// Who leads.
    pub lead: Option<Agency>,
    /// Who takes part.
    pub with: Vec<Agency>,
    /// Cost of all classes in đồng.
    pub cost: i64,
    /// How the cost was reckoned.
    pub cost_basis: String,
    /// Who pays.
    pub source: Option<MoneySource>,
    /// Anything else.
    pub note: String,
}

/// Most classes of one line; more are a mistake of typing.
pub const MOST_CLASSES: u32 = 500;

impl Line {
    /// A line of which nothing is known yet.
    #[must_use]
    pub const fn empty(key: u32, year: i32) -> Self {
        Self {
            key,
            topic: None,
            words: String::new(),
            programme: None,
            named: None,
            content: None,
            form: ClassForm::Class,
            degree: None,
            field: None,
            classes: 1,
            class_size: 0,
            seats: Vec::new(),
            officials: Vec::new(),
            year,
            months: Vec::new(),
            place: String::new(),
            cluster: Vec::new(),
            mode: Mode::InPerson,
            days: 0,
            periods: 0,
            abroad: false,
            lead: None,
            with: Vec::new(),
            cost: 0,
            cost_basis: String::new(),
            source: None,
            note: String::new(),
        }
    }

    /// Everybody the line is for, named or not.
    #[must_use]
    pub fn people(&self) -> i64 {
        let seats: i64 = self.seats.iter().map(|seats| i64::from(seats.people)).sum();
        seats.saturating_add(i64::try_from(self.officials.len()).unwrap_or(i64::MAX))
    }

    /// The classes with their months and who sits in them: first who is named, then the places in their order, evenly.
    #[must_use]
    pub fn runs(&self) -> Vec<Run<'_>> {
        let classes = i64::from(self.classes.min(MOST_CLASSES));
        let total = self.people();
        (0..classes)
            .map(|class| {
                let (from, to) = (total * class / classes, total * (class + 1) / classes);
                Run { months: self.months_of(class), officials: self.named_between(from, to), seats: self.seats_between(from, to) }
            })
            .collect()
    }

    fn months_of(&self, class: i64) -> Option<Months> {
        let own = usize::try_from(class).ok().and_then(|class| self.months.get(class));
        own.or_else(|| self.months.last()).copied()
    }

    fn named_between(&self, from: i64, to: i64) -> &[OfficialId] {
        let place = |at: i64| usize::try_from(at).unwrap_or(usize::MAX).min(self.officials.len());
        self.officials.get(place(from)..place(to)).unwrap_or_default()
    }

    fn seats_between(&self, from: i64, to: i64) -> Vec<Seats> {
        let mut first = i64::try_from(self.officials.len()).unwrap_or(i64::MAX);
        let mut found = Vec::new();
        for seats in &self.seats {
            let last = first + i64::from(seats.people);
            let people = u32::try_from(last.min(to) - first.max(from)).unwrap_or(0);
            if people > 0 {
                found.push(Seats { people, ..*seats });
            }
            first = last;
        }
        found
    }
}

/// One class of a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run<'a> {
    /// Its months; none when they are not known yet.
    pub months: Option<Months>,
    /// Who is named in it.
    pub officials: &'a [OfficialId],
    /// Places in it.
    pub seats: Vec<Seats>,
}

impl Run<'_> {
    /// Everybody in it.
    #[must_use]
    pub fn people(&self) -> i64 {
        let seats: i64 = self.seats.iter().map(|seats| i64::from(seats.people)).sum();
        seats + i64::try_from(self.officials.len()).unwrap_or(i64::MAX)
    }
}

/// What a version of a plan says.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Body {
    /// In the order of the plan; keys are unique.
    pub lines: Vec<Line>,
}

impl Body {
    /// The line with this key.
    #[must_use]
    pub fn line(&self, key: u32) -> Option<&Line> {
        self.lines.iter().find(|line| line.key == key)
    }

    /// A key that no line has.
    #[must_use]
    pub fn next_key(&self) -> u32 {
        self.lines.iter().map(|line| line.key).max().unwrap_or(0).saturating_add(1)
    }

    /// Puts a line in place of the one with its key, or at the end.
    pub fn put(&mut self, line: Line) {
        match self.lines.iter_mut().find(|old| old.key == line.key) {
            Some(old) => *old = line,
            None => self.lines.push(line),
        }
    }

    /// Everybody whom a line names.
    #[must_use]
    pub fn officials(&self) -> BTreeSet<OfficialId> {
        self.lines.iter().flat_map(|line| &line.officials).copied().collect()
    }

    /// Sums over all lines.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.lines.iter().fold(Totals::default(), |sum, line| Totals {
            lines: sum.lines + 1,
            classes: sum.classes + i64::from(line.classes),
            people: sum.people + line.people(),
            cost: sum.cost.saturating_add(line.cost),
        })
    }
}

/// Sums of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Totals {
    /// Lines.
    pub lines: i64,
    /// Classes.
    pub classes: i64,
    /// Attendances planned.
    pub people: i64,
    /// Đồng.
    pub cost: i64,
}

impl std::ops::Add for Totals {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self {
            lines: self.lines + other.lines,
            classes: self.classes + other.classes,
            people: self.people + other.people,
            cost: self.cost.saturating_add(other.cost),
        }
    }
}

/// Where somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Working {
    /// Unit.
    pub unit: UnitId,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
}

impl Seats {
    /// Whether somebody who works there may take one of the places.
    #[must_use]
    pub fn take(&self, who: &Working, tree: &Tree) -> bool {
        self.staff.is_none_or(|staff| staff == who.staff)
            && self.group.is_none_or(|group| who.group == Some(group))
            && self.unit.is_none_or(|unit| tree.is_within(who.unit, unit))
    }
}

/// Who stands under whom on one day.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tree {
    parents: BTreeMap<UnitId, UnitId>,
}

/// No tree of units is deeper; a circle ends here.
const DEEPEST: usize = 12;

impl Tree {
    /// The tree of a day.
    #[must_use]
    pub fn on(map: &OrgMap, day: Date) -> Self {
        Self { parents: map.links.iter().filter(|link| link.during.contains(day)).map(|link| (link.unit, link.parent)).collect() }
    }

    /// A tree of these pairs of unit and parent.
    #[must_use]
    pub fn of(pairs: impl IntoIterator<Item = (UnitId, UnitId)>) -> Self {
        Self { parents: pairs.into_iter().collect() }
    }

    /// The unit and everything above it.
    pub fn up(&self, unit: UnitId) -> impl Iterator<Item = UnitId> + '_ {
        std::iter::successors(Some(unit), |at| self.parents.get(at).copied()).take(DEEPEST)
    }

    /// Whether a unit is another or stands under it.
    #[must_use]
    pub fn is_within(&self, unit: UnitId, root: UnitId) -> bool {
        self.up(unit).any(|at| at == root)
    }
}

#[cfg(test)]
mod tests;
