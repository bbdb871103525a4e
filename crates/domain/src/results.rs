//! Results of a class: pieces of work, grades on the scale of ten, and the outcome they propose with every reason.
//! Not for: the numbers of the law (`law::results`), or recognising (`service::classes`).

pub mod pasted;

use crate::attendance::Share;
use crate::codes;
use crate::training::Outcome;

codes! {
    /// What learners are graded for.
    WorkKind {
        /// Bài kiểm tra.
        Test = "test",
        /// Tiểu luận, bài thu hoạch.
        Essay = "essay",
        /// Bài cuối khoá.
        Final = "final",
        /// Đi thực tế, thực hành.
        Practice = "practice",
    }
}

/// A piece of work.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Work {
    /// What it is called.
    pub name: String,
    /// Kind.
    pub kind: WorkKind,
    /// How much it counts towards the mean; 0 for passed or not alone.
    pub weight: i32,
}

/// Most pieces of work of a class.
pub const MOST_WORKS: usize = 20;
/// Most weight of one.
pub const MOST_WEIGHT: i32 = 100;

codes! {
    /// Why a list of works is not kept.
    WorkFault {
        /// One has no name, or one that nobody reads.
        BadName = "bad_name",
        /// Two have the same name.
        Twice = "twice",
        /// A weight below nothing or beyond reason.
        OddWeight = "odd_weight",
        /// More than anybody grades.
        TooMany = "too_many",
        /// One that is to go has grades.
        HasGrades = "has_grades",
    }
}

/// Everything that keeps a list of works from being stored, by the place in it.
#[must_use]
pub fn work_faults(works: &[Work]) -> Vec<(usize, WorkFault)> {
    let mut faults = Vec::new();
    for (at, work) in works.iter().enumerate() {
        let mut fault = |is_wrong: bool, fault: WorkFault| faults.extend(is_wrong.then_some((at, fault)));
        let name = work.name.trim();
        fault(name.is_empty() || name.chars().count() > 120, WorkFault::BadName);
        let is_same = |other: &Work| crate::text::fold(&other.name) == crate::text::fold(&work.name);
        fault(works.iter().take(at).any(is_same), WorkFault::Twice);
        fault(!(0..=MOST_WEIGHT).contains(&work.weight), WorkFault::OddWeight);
        fault(at >= MOST_WORKS, WorkFault::TooMany);
    }
    faults
}

/// Points out of ten in hundredths: schools give quarters of a point, a mean has two places, and sums of whole numbers are exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i32);

codes! {
    /// Why a text is no grade.
    PointsFault {
        /// It is no number.
        NotANumber = "not_a_number",
        /// It is below 0 or above 10.
        OutOfScale = "out_of_scale",
        /// It has more than two places.
        TooFine = "too_fine",
    }
}

impl Points {
    /// The best grade.
    pub const TOP: Self = Self(1_000);

    /// So many hundredths; nothing outside of the scale.
    #[must_use]
    pub fn of_hundredths(hundredths: i64) -> Option<Self> {
        i32::try_from(hundredths).ok().filter(|n| (0..=Self::TOP.0).contains(n)).map(Self)
    }

    /// In hundredths.
    #[must_use]
    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// A grade as it is typed, with a comma or a point: `7`, `7,5`, `7.25`.
    ///
    /// # Errors
    /// [`PointsFault`]; a grade is never rounded.
    pub fn parse(text: &str) -> Result<Self, PointsFault> {
        let text = text.trim();
        let (whole, rest) = text.split_once([',', '.']).unwrap_or((text, ""));
        let is_digits = |part: &str| part.chars().all(|sign| sign.is_ascii_digit());
        let signless = text.strip_prefix('-').unwrap_or(text);
        if whole.is_empty() || !is_digits(whole) || !is_digits(rest) || (rest.is_empty() && text != whole) {
            let is_negative = signless != text && Self::parse(signless).is_ok();
            return Err(if is_negative { PointsFault::OutOfScale } else { PointsFault::NotANumber });
        }
        let rest = rest.trim_end_matches('0');
        if rest.len() > 2 {
            return Err(PointsFault::TooFine);
        }
        let digits = format!("{whole}{rest:0<2}");
        digits.parse::<i64>().ok().and_then(Self::of_hundredths).ok_or(PointsFault::OutOfScale)
    }

    /// As it is written, with a mark for decimals and without idle zeros: `7,5`.
    #[must_use]
    pub fn text(self, mark: char) -> String {
        let (whole, rest) = (self.0 / 100, self.0 % 100);
        match (rest, rest % 10) {
            (0, _) => whole.to_string(),
            (_, 0) => format!("{whole}{mark}{}", rest / 10),
            _ => format!("{whole}{mark}{rest:02}"),
        }
    }
}

codes! {
    /// Why a grade is not put.
    GradeFault {
        /// There is no first grade.
        NoFirst = "no_first",
        /// The first grade passes; nobody repeats what is passed.
        PassedAlready = "passed_already",
        /// No more attempts are allowed.
        NoMoreAttempts = "no_more_attempts",
        /// The person is not of the class.
        NotLearner = "not_learner",
        /// Somebody else changed it meanwhile.
        Changed = "changed",
    }
}

/// What the law of a class asks; a number that is not known is nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rule {
    /// Per cent of the periods to attend.
    pub share: Option<i64>,
    /// Lowest grade of every work.
    pub pass: Option<Points>,
    /// How often a work may be repeated.
    pub retries: Option<i64>,
}

/// The grades of somebody for one work: the first attempt and the one after it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Attempts(pub [Option<Points>; 2]);

impl Attempts {
    /// The best of them.
    #[must_use]
    pub fn best(self) -> Option<Points> {
        self.0.into_iter().flatten().max()
    }

    /// Everything that keeps these grades from standing beside each other.
    #[must_use]
    pub fn fault(self, rule: &Rule) -> Option<GradeFault> {
        let [first, again] = self.0;
        again?;
        match first {
            None => Some(GradeFault::NoFirst),
            Some(_) if rule.retries.is_some_and(|most| most < 1) => Some(GradeFault::NoMoreAttempts),
            Some(first) => rule.pass.is_some_and(|pass| first >= pass).then_some(GradeFault::PassedAlready),
        }
    }
}

/// Why an outcome is proposed, or why none is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reason {
    /// Attended less than asked: hundredths of a per cent, and the per cent asked.
    LowShare(i64, i64),
    /// Attended enough.
    EnoughShare(i64, i64),
    /// The work at this place has no grade.
    NoGrade(usize),
    /// The best grade of the work at this place is below the pass mark.
    BelowPass(usize, Points, Points),
    /// Every work is passed.
    AllPassed(Points),
    /// How much must be attended is not known for this class.
    ShareUnknown,
    /// The pass mark is not known for this class.
    PassUnknown,
    /// No roll was called and no work is graded.
    NothingKept,
}

impl Reason {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::LowShare(..) => "low_share",
            Self::EnoughShare(..) => "enough_share",
            Self::NoGrade(_) => "no_grade",
            Self::BelowPass(..) => "below_pass",
            Self::AllPassed(_) => "all_passed",
            Self::ShareUnknown => "share_unknown",
            Self::PassUnknown => "pass_unknown",
            Self::NothingKept => "nothing_kept",
        }
    }

    /// The codes, for the words of both languages.
    pub const CODES: &'static [&'static str] =
        &["low_share", "enough_share", "no_grade", "below_pass", "all_passed", "share_unknown", "pass_unknown", "nothing_kept"];

    const fn speaks_against(self) -> bool {
        matches!(self, Self::LowShare(..) | Self::NoGrade(_) | Self::BelowPass(..))
    }

    const fn leaves_open(self) -> bool {
        matches!(self, Self::ShareUnknown | Self::PassUnknown | Self::NothingKept)
    }
}

/// What attendance and grades say of somebody.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Proposal {
    /// The outcome; nothing when they do not decide it.
    pub outcome: Option<Outcome>,
    /// Every reason.
    pub reasons: Vec<Reason>,
    /// The weighted mean of the best grades, when every work that counts has one.
    pub overall: Option<Points>,
}

/// Proposes an outcome: failed when anything speaks against the person, else none while something is not known, else finished.
#[must_use]
pub fn propose(share: Share, works: &[(i32, Attempts)], rule: &Rule) -> Proposal {
    let mut reasons = Vec::new();
    match (share.basis_points(), rule.share) {
        (None, _) => {}
        (Some(_), None) => reasons.push(Reason::ShareUnknown),
        (Some(points), Some(asked)) if share.reaches(asked) == Some(true) => reasons.push(Reason::EnoughShare(points, asked)),
        (Some(points), Some(asked)) => reasons.push(Reason::LowShare(points, asked)),
    }
    for (at, (_, attempts)) in works.iter().enumerate() {
        match (attempts.best(), rule.pass) {
            (None, _) => reasons.push(Reason::NoGrade(at)),
            (Some(best), Some(pass)) if best < pass => reasons.push(Reason::BelowPass(at, best, pass)),
            (Some(_), _) => {}
        }
    }
    match rule.pass {
        _ if works.is_empty() => {}
        None => reasons.push(Reason::PassUnknown),
        Some(pass) if works.iter().all(|(_, attempts)| attempts.best().is_some_and(|best| best >= pass)) => {
            reasons.push(Reason::AllPassed(pass));
        }
        Some(_) => {}
    }
    if reasons.is_empty() {
        reasons.push(Reason::NothingKept);
    }
    let outcome = if reasons.iter().any(|reason| reason.speaks_against()) {
        Some(Outcome::Failed)
    } else if reasons.iter().any(|reason| reason.leaves_open()) {
        None
    } else {
        Some(Outcome::Finished)
    };
    Proposal { outcome, reasons, overall: overall(works) }
}

/// The weighted mean of the best grades, rounded once, half up; nothing while a work that counts has no grade.
#[must_use]
pub fn overall(works: &[(i32, Attempts)]) -> Option<Points> {
    let mut sum = 0_i64;
    let mut weights = 0_i64;
    for (weight, attempts) in works.iter().filter(|(weight, _)| *weight > 0) {
        let best = attempts.best()?;
        sum = sum.saturating_add(i64::from(*weight).saturating_mul(i64::from(best.0)));
        weights = weights.saturating_add(i64::from(*weight));
    }
    let doubled = sum.saturating_mul(2).saturating_add(weights);
    doubled.checked_div(weights.saturating_mul(2)).and_then(Points::of_hundredths)
}

#[cfg(test)]
mod tests;
