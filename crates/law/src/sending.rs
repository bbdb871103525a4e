//! May this person be sent to this class, by the law of the sending day? Class and person in, findings with articles out.
//! In reading order: what is asked about, what is answered, the judge; each kind of class has its own file below.
//! Not for: seats, quotas, clashing classes, who is preferred, and conditions that a scheme or a host adds.

mod abroad;
mod degree;
mod opinion;

use crate::acts::{Citation, Evidence, Words};
use crate::governing::SendingDate;
use crate::lookup::{Found, Law};
use crate::postgraduate::Conditions;
use crate::refusal::{NoLaw, staff_words};
use abroad::Abroad;
use degree::LowerDegree;
use domain::codes;
use domain::people::{Band, Degree, LeaderGroup, Sex, StaffKind, StudyField};
use domain::time::Date;
use domain::training::TrainingKind;
use opinion::Opinion;

/// The class, as far as the law looks at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// Whether it leads to a degree.
    pub kind: TrainingKind,
    /// The degree that education leads to.
    pub degree: Option<Degree>,
    /// The field, when the class names one; whether it fits a post is said for each candidate.
    pub field: Option<StudyField>,
    /// Whether it is held abroad.
    pub abroad: bool,
    /// First day.
    pub starts_on: Date,
    /// Last day, included.
    pub ends_on: Date,
    /// Planned length of education, in months.
    pub study_months: u16,
    /// Day of the sending decision; it picks the law.
    pub sent_on: SendingDate,
    /// Kinds of staff that the class is for; empty is any.
    pub staff: Vec<StaffKind>,
    /// Groups of leaders that the class is for; empty is any.
    pub groups: Vec<LeaderGroup>,
}

/// The person, as known on the sending day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Candidate {
    /// Kind of staff.
    pub staff: StaffKind,
    /// Sex, which the age of retirement goes by.
    pub sex: Sex,
    /// Day of birth.
    pub born_on: Date,
    /// Group of leaders, for those who lead.
    pub group: Option<LeaderGroup>,
    /// First day of service after probation; `None` while on probation.
    pub service_from: Option<Date>,
    /// Day of an earlier first sending to postgraduate study; `None` when this is the first.
    pub first_sent_on: Option<Date>,
    /// Yearly ratings, one a year, in any order.
    pub ratings: Vec<(i32, Band)>,
    /// Whether the field of the class fits the post; `None` when nobody has said.
    pub field_fits_post: Option<bool>,
    /// Months of service that the signed promise names; 0 without one.
    pub promised_months: u32,
    /// Whether Ban Thường vụ has given its opinion.
    pub opinion_given: bool,
    /// Whether the post is in a commune (xã, phường, đặc khu).
    pub in_commune: bool,
    /// Whether the person belongs to an ethnic minority.
    pub is_minority: bool,
    /// Whether the post lies in a mountainous, border, island, remote, minority or specially difficult area; `None` when not known.
    pub in_hard_area: Option<bool>,
}

codes! {
    /// Why a person may not be sent, or not without a word.
    Code {
        /// The class is for other kinds of staff.
        NotForStaff = "not_for_staff",
        /// The class is for other groups of leaders.
        NotForGroup = "not_for_group",
        /// Education without a degree: nothing can be judged.
        DegreeNotNamed = "degree_not_named",
        /// The law of that day is not known.
        LawUnknown = "law_unknown",
        /// The law sends no such staff to such a class.
        NotCovered = "not_covered",
        /// Nobody of this staff is sent to study for such a degree.
        LowerDegreeClosed = "lower_degree_closed",
        /// Such a degree is for others of this staff.
        LowerDegreeForOthers = "lower_degree_for_others",
        /// It is not known whether the post lies in an area that the law names.
        AreaNotKnown = "area_not_known",
        /// Fewer full years of service than asked.
        ServiceTooShort = "service_too_short",
        /// Not rated good in each of the years just before.
        NotRatedGood = "not_rated_good",
        /// Older than allowed at the first sending.
        TooOld = "too_old",
        /// Probation is not over.
        OnProbation = "on_probation",
        /// The field does not fit the post.
        FieldDoesNotFit = "field_does_not_fit",
        /// Whether the field fits the post is to be confirmed.
        FieldNotKnown = "field_not_known",
        /// The promise is missing or too short.
        PromiseTooShort = "promise_too_short",
        /// Retirement comes too soon after the class starts.
        WorkingLifeTooShort = "working_life_too_short",
        /// The opinion of Ban Thường vụ is missing.
        NoOpinion = "no_opinion",
    }
}

codes! {
    /// What a finding does.
    Weight { /// Nobody may pass.
        Hard = "hard", /// Passes with a written reason.
        Soft = "soft" }
}

/// One thing against sending the person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The stable code.
    pub code: Code,
    /// What it does.
    pub weight: Weight,
    /// Asked and found, in words.
    pub words: Words,
    /// What to do, where the law itself is missing.
    pub way_out: Option<Words>,
    /// The articles; none when the class itself asks.
    pub cites: Vec<Citation>,
    /// Whether everything it rests on was seen in the legal text.
    pub is_verified: bool,
}

/// Everything against sending this person to this class; empty when nothing is.
#[must_use]
pub fn judge(law: &Law, event: &Event, candidate: &Candidate) -> Vec<Finding> {
    Judge::new(law, event).of(candidate)
}

/// The law of one class, looked up once, to judge many people by.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Judge<'e> {
    event: &'e Event,
    can_bo: Asked,
    cong_chuc: Asked,
    vien_chuc: Asked,
    khong_chuyen_trach: Asked,
}

/// What is asked of one kind of staff.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Asked {
    course: Course,
    opinion: Option<Opinion>,
}

/// The conditions of the course itself.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Course {
    /// Bồi dưỡng in the country: the law, known or not, has set no condition on who is sent.
    Free,
    Postgraduate(Conditions),
    LowerDegree(LowerDegree),
    Abroad(Abroad),
    /// The same for everyone of this staff.
    Closed(Finding),
}

impl<'e> Judge<'e> {
    /// Looks up what the class asks of each kind of staff.
    #[must_use]
    pub fn new(law: &Law, event: &'e Event) -> Self {
        let asked = |staff| Asked { course: Course::of(law, event, staff), opinion: Opinion::of(law, staff, event.sent_on) };
        Self {
            event,
            can_bo: asked(StaffKind::CanBo),
            cong_chuc: asked(StaffKind::CongChuc),
            vien_chuc: asked(StaffKind::VienChuc),
            khong_chuyen_trach: asked(StaffKind::KhongChuyenTrach),
        }
    }

    /// Everything against sending this person, all at once; empty when nothing is.
    #[must_use]
    pub fn of(&self, candidate: &Candidate) -> Vec<Finding> {
        let asked = match candidate.staff {
            StaffKind::CanBo => &self.can_bo,
            StaffKind::CongChuc => &self.cong_chuc,
            StaffKind::VienChuc => &self.vien_chuc,
            StaffKind::KhongChuyenTrach => &self.khong_chuyen_trach,
        };
        let mut findings = Vec::new();
        findings.extend(self.for_others(candidate));
        match &asked.course {
            Course::Free => {}
            Course::Postgraduate(conditions) => degree::postgraduate(conditions, self.event, candidate, &mut findings),
            Course::LowerDegree(degree) => degree.judge(self.event, candidate, &mut findings),
            Course::Abroad(abroad) => abroad.judge(self.event, candidate, &mut findings),
            Course::Closed(finding) => findings.push(finding.clone()),
        }
        findings.extend(asked.opinion.as_ref().and_then(|opinion| opinion.missing(candidate)));
        findings
    }

    /// The class names whom it is for; that is its own rule, so no article stands behind it.
    fn for_others(&self, candidate: &Candidate) -> Vec<Finding> {
        let Event { staff, groups, .. } = self.event;
        let mut findings = Vec::new();
        if !staff.is_empty() && !staff.contains(&candidate.staff) {
            let all: Vec<_> = staff.iter().map(|staff| staff_words(*staff)).collect();
            let list = |text: fn(&Words) -> &str| all.iter().map(text).collect::<Vec<_>>().join(", ");
            let words = Words::new(
                format!("Lớp dành cho {}; đây là {}", list(|w| &w.vi), staff_words(candidate.staff).vi),
                format!("The class is for {}; this person is among {}", list(|w| &w.en), staff_words(candidate.staff).en),
            );
            findings.push(Finding::of_class(Code::NotForStaff, words));
        }
        if !groups.is_empty() && !candidate.group.is_some_and(|group| groups.contains(&group)) {
            let asked = groups.iter().map(|group| group.code().to_uppercase()).collect::<Vec<_>>().join(", ");
            let group = candidate.group.map(|group| group.code().to_uppercase());
            let words = Words::new(
                format!(
                    "Lớp dành cho nhóm {asked}; {}",
                    group.as_ref().map_or("không thuộc nhóm nào".to_owned(), |g| format!("đây là nhóm {g}"))
                ),
                format!("The class is for groups {asked}; {}", group.map_or("in no group".to_owned(), |g| format!("is in group {g}"))),
            );
            findings.push(Finding::of_class(Code::NotForGroup, words));
        }
        findings
    }
}

impl Course {
    fn of(law: &Law, event: &Event, staff: StaffKind) -> Self {
        let asked = match (event.kind, event.degree) {
            (TrainingKind::Education, None) => {
                let words = Words::new(
                    "Lớp đào tạo chưa ghi trình độ nên chưa xét được điều kiện",
                    "The class does not name its degree, so no condition can be judged",
                );
                return Self::Closed(Finding::of_class(Code::DegreeNotNamed, words));
            }
            (TrainingKind::Education, Some(degree)) if degree.rank() >= Degree::Master.rank() => {
                Conditions::of(law, staff, event.sent_on).map(Self::Postgraduate)
            }
            (TrainingKind::Education, Some(_)) => LowerDegree::of(law, staff, event.sent_on).map(Self::LowerDegree),
            (TrainingKind::Training, _) if event.abroad => Abroad::of(law, staff, event).map(Self::Abroad),
            // A chapter that was not read closes nothing here: what is known of it asks nothing of who attends a course in the country.
            (TrainingKind::Training, _) => Ok(Self::Free),
        };
        asked.unwrap_or_else(|no_law| Self::Closed(Finding::of_missing_law(&no_law)))
    }
}

impl Finding {
    fn of_class(code: Code, words: Words) -> Self {
        Self { code, weight: Weight::Hard, words, way_out: None, cites: Vec::new(), is_verified: true }
    }

    /// Where a condition must be met and nobody knows which, nobody is sent.
    fn of_missing_law(no_law: &NoLaw) -> Self {
        let code = if matches!(no_law, NoLaw::NotForThisStaff { .. }) { Code::NotCovered } else { Code::LawUnknown };
        let way_out = Some(no_law.way_out());
        Self { code, weight: Weight::Hard, words: no_law.words(), way_out, cites: no_law.cites().to_vec(), is_verified: false }
    }
}

/// Where a condition comes from, and whether that was seen in the legal text.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Basis {
    cites: Vec<Citation>,
    is_verified: bool,
}

impl Basis {
    fn new(cites: &[Citation], evidence: Evidence) -> Self {
        Self { cites: cites.to_vec(), is_verified: matches!(evidence, Evidence::Verified | Evidence::Computed) }
    }

    fn found(found: &Found<'_>) -> Self {
        Self::new(&found.ruling.cites, found.evidence)
    }

    /// Both together; it is as weak as the weaker.
    fn and(&self, other: &Self) -> Self {
        let mut cites = self.cites.clone();
        cites.extend(other.cites.iter().filter(|cite| !self.cites.contains(cite)).cloned());
        Self { cites, is_verified: self.is_verified && other.is_verified }
    }

    /// A condition that is not met.
    /// Memory and the press err: a rule that nobody has seen in the legal text must never refuse for good, so it only asks for a reason.
    fn unmet(&self, code: Code, words: Words) -> Finding {
        let weight = if self.is_verified { Weight::Hard } else { Weight::Soft };
        Finding { weight, ..self.to_confirm(code, words) }
    }

    /// A fact of the person that is not known, whatever the rule.
    fn to_confirm(&self, code: Code, words: Words) -> Finding {
        Finding { code, weight: Weight::Soft, words, way_out: None, cites: self.cites.clone(), is_verified: self.is_verified }
    }
}

impl Candidate {
    /// Years in a row, just before the year of sending, rated good (hoàn thành tốt) or better; a year without a rating ends the row.
    fn rated_years(&self, sent_on: SendingDate) -> u8 {
        let is_good = |year: i32| self.ratings.iter().any(|(rated, band)| *rated == year && band.rank() >= Band::Good.rank());
        let last = sent_on.0.year();
        (1..=u8::MAX).take_while(|back| is_good(last - i32::from(*back))).last().unwrap_or(0)
    }
}

fn field_not_known(event: &Event) -> Words {
    match event.field {
        Some(_) => {
            Words::new("Cần xác nhận chuyên ngành của lớp phù hợp vị trí việc làm", "To be confirmed: the field of the class fits the post")
        }
        None => Words::new(
            "Lớp chưa ghi chuyên ngành; cần xác nhận phù hợp vị trí việc làm",
            "The class names no field; to be confirmed: it fits the post",
        ),
    }
}
