//! May this person be sent to postgraduate study? Facts in, eligibility with reasons and articles out.
//! The conditions of a day can be looked up once and judged for many people.
//! Not for: who is chosen among the eligible, and for the degrees themselves.

use crate::acts::{Citation, Evidence, Words};
use crate::explain::{Explained, Used};
use crate::governing::SendingDate;
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::regime::Regime;
use crate::working::{Rule, Working};
use crate::{nd_101_2017, nd_171_2025};
use domain::codes;
use domain::people::StaffKind;
use domain::time::{Date, add_months, age, dmy};

/// What the law asks about a person who is to be sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PostgraduateFacts {
    /// Kind of staff on the sending day.
    pub staff: StaffKind,
    /// Day of the sending decision.
    pub sent_on: SendingDate,
    /// Day of birth.
    pub born_on: Date,
    /// Day of an earlier first sending to postgraduate study; `None` when this is the first.
    pub first_sent_on: Option<Date>,
    /// First day of service after probation; `None` while on probation.
    pub service_from: Option<Date>,
    /// Years in a row, just before the sending, rated good (hoàn thành tốt) or better.
    pub rated_years: u8,
    /// Whether the field of study fits the post.
    pub field_fits_post: bool,
    /// Planned length of the study, in months.
    pub study_months: u16,
    /// Months of service that the signed promise names; 0 without one.
    pub promised_months: u32,
}

codes! {
    /// A condition that is not met.
    Reason {
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
        /// The promise is missing or too short.
        PromiseTooShort = "promise_too_short",
    }
}

/// A condition that is not met, with its articles.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unmet {
    /// The stable reason.
    pub reason: Reason,
    /// Asked and found, in words.
    pub words: Words,
    /// The articles that ask it.
    pub cites: Vec<Citation>,
    /// How well the condition is known.
    pub evidence: Evidence,
}

/// Whether the person may be sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Eligibility {
    /// Every condition is met.
    Eligible,
    /// At least one condition is not met.
    NotEligible(Vec<Unmet>),
}

/// Judges the facts by the regime of the sending day.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn judge(law: &Law, facts: &PostgraduateFacts) -> Result<Explained<Eligibility>, NoLaw> {
    Ok(Conditions::of(law, facts.staff, facts.sent_on)?.explained(facts))
}

/// A condition of the act, with its number.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Asked {
    /// The reason of whoever does not meet it.
    pub reason: Reason,
    /// The number of the law; 1 where something is simply required.
    pub number: i64,
    /// The articles that ask it.
    pub cites: Vec<Citation>,
    /// How well it is known.
    pub evidence: Evidence,
}

/// What is asked of one kind of staff on one sending day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Conditions {
    asked: Vec<Asked>,
    steps: Vec<Words>,
    used: Vec<Used>,
}

impl Conditions {
    /// Looks the conditions up.
    ///
    /// # Errors
    /// [`NoLaw`] when the law of that day is not known for this staff.
    pub fn of(law: &Law, staff: StaffKind, sent_on: SendingDate) -> Result<Self, NoLaw> {
        let sheet = Sheet { working: Working::new(law, staff, sent_on), asked: Vec::new() };
        match law.regime(staff, sent_on)?.value {
            Regime::Decree101 => nd_101_2017::postgraduate(sheet),
            Regime::Decree171 => nd_171_2025::postgraduate(sheet),
        }
    }

    /// The condition behind a reason, when the act asks it.
    #[must_use]
    pub fn asked(&self, reason: Reason) -> Option<&Asked> {
        self.asked.iter().find(|asked| asked.reason == reason)
    }

    /// What these facts do not meet, without the way to it. The facts are of the same kind of staff and day.
    #[must_use]
    pub fn unmet(&self, facts: &PostgraduateFacts) -> Vec<Unmet> {
        self.asked.iter().filter(|asked| !asked.is_met(facts)).map(|asked| asked.unmet(facts)).collect()
    }

    fn explained(self, facts: &PostgraduateFacts) -> Explained<Eligibility> {
        let (mut steps, mut unmet) = (self.steps, Vec::new());
        for asked in &self.asked {
            let (is_met, words) = (asked.is_met(facts), asked.words(facts));
            let (vi, en) = if is_met { ("đạt", "met") } else { ("không đạt", "not met") };
            steps.push(Words::new(format!("{}: {vi}.", words.vi), format!("{}: {en}.", words.en)));
            steps.extend(asked.doubt(facts));
            if !is_met {
                unmet.push(asked.unmet(facts));
            }
        }
        let value = if unmet.is_empty() { Eligibility::Eligible } else { Eligibility::NotEligible(unmet) };
        Explained { value, steps, used: self.used }
    }
}

/// The conditions that the acts combine; each is looked up in the order of the act.
pub(crate) struct Sheet<'a> {
    pub(crate) working: Working<'a>,
    asked: Vec<Asked>,
}

impl Sheet<'_> {
    fn ask(&mut self, reason: Reason, rule: Rule) {
        self.asked.push(Asked { reason, number: rule.number, cites: rule.cites, evidence: rule.evidence });
    }

    fn ask_if_any(&mut self, reason: Reason, key: &str) -> Result<(), NoLaw> {
        if let Some(rule) = self.working.number_if_any(key)? {
            self.ask(reason, rule);
        }
        Ok(())
    }

    /// Full years of service, probation excluded, on the sending day.
    pub(crate) fn service_years(&mut self) -> Result<(), NoLaw> {
        self.ask_if_any(Reason::ServiceTooShort, "postgraduate_conditions.service_years")
    }

    /// Years in a row rated good or better, just before the sending.
    pub(crate) fn rated_years(&mut self) -> Result<(), NoLaw> {
        self.ask_if_any(Reason::NotRatedGood, "postgraduate_conditions.rated_years")
    }

    /// Completed years of age on the day of the first sending to postgraduate study.
    pub(crate) fn age(&mut self) -> Result<(), NoLaw> {
        self.ask_if_any(Reason::TooOld, "postgraduate_conditions.max_age")
    }

    /// Probation over, where the act asks for it.
    pub(crate) fn probation_ended(&mut self) -> Result<(), NoLaw> {
        self.ask_if_any(Reason::OnProbation, "postgraduate_conditions.probation_ended")
    }

    /// The field of study fits the post.
    pub(crate) fn field(&mut self) -> Result<(), NoLaw> {
        self.ask_if_any(Reason::FieldDoesNotFit, "postgraduate_conditions.field_fits_post")
    }

    /// The signed promise is at least the multiple of the study.
    pub(crate) fn promise(&mut self) -> Result<(), NoLaw> {
        let rule = self.working.number("service_commitment")?;
        self.ask(Reason::PromiseTooShort, rule);
        Ok(())
    }

    pub(crate) fn finish(self) -> Conditions {
        let Explained { steps, used, .. } = self.working.finish(());
        Conditions { asked: self.asked, steps, used }
    }
}

impl Asked {
    fn unmet(&self, facts: &PostgraduateFacts) -> Unmet {
        Unmet { reason: self.reason, words: self.words(facts), cites: self.cites.clone(), evidence: self.evidence }
    }

    fn is_met(&self, facts: &PostgraduateFacts) -> bool {
        let (number, sent_on) = (self.number, facts.sent_on.0);
        match self.reason {
            Reason::ServiceTooShort => {
                facts.service_from.and_then(|from| add_months(from, months_of(number))).is_some_and(|day| day <= sent_on)
            }
            Reason::NotRatedGood => i64::from(facts.rated_years) >= number,
            Reason::TooOld => i64::from(age(facts.born_on, facts.first_sending())) <= number,
            Reason::OnProbation => facts.service_from.is_some_and(|from| from <= sent_on),
            Reason::FieldDoesNotFit => facts.field_fits_post,
            Reason::PromiseTooShort => keeps_promise(facts.promised_months, facts.study_months, number),
        }
    }

    fn words(&self, facts: &PostgraduateFacts) -> Words {
        let number = self.number;
        match self.reason {
            Reason::ServiceTooShort => {
                let since = facts.service_from.map_or_else(|| Words::new("đang tập sự", "on probation"), counted_from);
                Words::new(
                    format!("Cần đủ {number} năm công tác không kể tập sự; {}", since.vi),
                    format!("Needs {number} full years of service without probation; {}", since.en),
                )
            }
            Reason::NotRatedGood => rated_words(number, facts.rated_years),
            Reason::TooOld => {
                let first = facts.first_sending();
                let (years, first) = (age(facts.born_on, first), dmy(first));
                Words::new(
                    format!("Không quá {number} tuổi khi được cử lần đầu ngày {first}; khi đó {years} tuổi"),
                    format!("Not over {number} when first sent on {first}; was {years}"),
                )
            }
            Reason::OnProbation => Words::new("Cần hết tập sự", "Probation must be over"),
            Reason::FieldDoesNotFit => Words::new("Cần chuyên ngành phù hợp vị trí việc làm", "Needs a field that fits the post"),
            Reason::PromiseTooShort => promise_words(facts.promised_months, facts.study_months, number),
        }
    }

    /// Where a stricter reading of the age would decide otherwise.
    fn doubt(&self, facts: &PostgraduateFacts) -> Option<Words> {
        let first = facts.first_sending();
        let is_at_limit = self.reason == Reason::TooOld && i64::from(age(facts.born_on, first)) == self.number;
        let birthday = add_months(facts.born_on, months_of(self.number)).filter(|_| is_at_limit)?;
        (birthday < first).then(|| {
            Words::new(
                "Lưu ý: đã qua sinh nhật của tuổi tối đa; hệ thống đếm tuổi tròn năm, cách hiểu chặt hơn sẽ không đạt.",
                "Note: past the birthday of the limit; age is counted in completed years, a stricter reading would refuse.",
            )
        })
    }
}

impl PostgraduateFacts {
    fn first_sending(&self) -> Date {
        self.first_sent_on.map_or(self.sent_on.0, |first| first.min(self.sent_on.0))
    }
}

/// Whether a promise is at least the multiple of the study; no promise keeps nothing.
pub(crate) fn keeps_promise(promised_months: u32, study_months: u16, multiple: i64) -> bool {
    promised_months > 0 && i64::from(promised_months) >= i64::from(study_months).saturating_mul(multiple)
}

pub(crate) fn promise_words(promised: u32, study: u16, multiple: i64) -> Words {
    let needed = i64::from(study).saturating_mul(multiple);
    Words::new(
        format!("Cần cam kết {study} × {multiple} = {needed} tháng; cam kết {promised} tháng"),
        format!("Needs a promise of {study} × {multiple} = {needed} months; promised {promised}"),
    )
}

pub(crate) fn rated_words(needed: i64, has: u8) -> Words {
    Words::new(
        format!("Cần {needed} năm liền kề hoàn thành tốt nhiệm vụ trở lên; có {has}"),
        format!("Needs {needed} years in a row rated good or better; has {has}"),
    )
}

fn counted_from(day: Date) -> Words {
    let day = dmy(day);
    Words::new(format!("tính từ {day}"), format!("counted from {day}"))
}

fn months_of(years: i64) -> i32 {
    i32::try_from(years.saturating_mul(12)).unwrap_or(i32::MAX)
}
