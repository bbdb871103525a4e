//! May this person be sent to postgraduate study? Facts in, eligibility with reasons and articles out.
//! Not for: who is chosen among the eligible, and for the degrees themselves.

use crate::acts::{Citation, Words};
use crate::explain::Explained;
use crate::governing::SendingDate;
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::regime::Regime;
use crate::working::Working;
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
    let sheet = Sheet { working: Working::new(law, facts.staff, facts.sent_on), facts: *facts, unmet: Vec::new() };
    match law.regime(facts.staff, facts.sent_on)?.value {
        Regime::Decree101 => nd_101_2017::postgraduate(sheet),
        Regime::Decree171 => nd_171_2025::postgraduate(sheet),
    }
}

/// The conditions that the acts combine; each adds its step and, when not met, its reason.
pub(crate) struct Sheet<'a> {
    pub(crate) working: Working<'a>,
    facts: PostgraduateFacts,
    unmet: Vec<Unmet>,
}

impl Sheet<'_> {
    fn judge(&mut self, is_met: bool, reason: Reason, words: Words, cites: Vec<Citation>) {
        let (vi, en) = if is_met { ("đạt", "met") } else { ("không đạt", "not met") };
        self.working.step(format!("{}: {vi}.", words.vi), format!("{}: {en}.", words.en));
        if !is_met {
            self.unmet.push(Unmet { reason, words, cites });
        }
    }

    /// Full years of service, probation excluded, on the sending day.
    pub(crate) fn service_years(&mut self) -> Result<(), NoLaw> {
        let Some(rule) = self.working.number_if_any("postgraduate_conditions.service_years")? else { return Ok(()) };
        let needed = i32::try_from(rule.number.saturating_mul(12)).unwrap_or(i32::MAX);
        let reached = self.facts.service_from.and_then(|from| add_months(from, needed));
        let since = self.facts.service_from.map_or_else(|| ("đang tập sự".to_owned(), "on probation".to_owned()), from_words);
        let words = Words::new(
            format!("Cần đủ {} năm công tác không kể tập sự; {}", rule.number, since.0),
            format!("Needs {} full years of service without probation; {}", rule.number, since.1),
        );
        let is_met = reached.is_some_and(|day| day <= self.facts.sent_on.0);
        self.judge(is_met, Reason::ServiceTooShort, words, rule.cites);
        Ok(())
    }

    /// Years in a row rated good or better, just before the sending.
    pub(crate) fn rated_years(&mut self) -> Result<(), NoLaw> {
        let Some(rule) = self.working.number_if_any("postgraduate_conditions.rated_years")? else { return Ok(()) };
        let has = self.facts.rated_years;
        let words = Words::new(
            format!("Cần {} năm liền kề hoàn thành tốt nhiệm vụ trở lên; có {has}", rule.number),
            format!("Needs {} years in a row rated good or better; has {has}", rule.number),
        );
        self.judge(i64::from(has) >= rule.number, Reason::NotRatedGood, words, rule.cites);
        Ok(())
    }

    /// Completed years of age on the day of the first sending to postgraduate study.
    pub(crate) fn age(&mut self) -> Result<(), NoLaw> {
        let Some(rule) = self.working.number_if_any("postgraduate_conditions.max_age")? else { return Ok(()) };
        let first = self.facts.first_sent_on.map_or(self.facts.sent_on.0, |first| first.min(self.facts.sent_on.0));
        let years = i64::from(age(self.facts.born_on, first));
        let words = Words::new(
            format!("Không quá {} tuổi khi được cử lần đầu ngày {}; khi đó {years} tuổi", rule.number, dmy(first)),
            format!("Not over {} when first sent on {}; was {years}", rule.number, dmy(first)),
        );
        self.judge(years <= rule.number, Reason::TooOld, words, rule.cites);
        let birthday = i32::try_from(rule.number.saturating_mul(12)).ok().and_then(|months| add_months(self.facts.born_on, months));
        if years == rule.number && birthday.is_some_and(|birthday| birthday < first) {
            self.working.step(
                "Lưu ý: đã qua sinh nhật của tuổi tối đa; hệ thống đếm tuổi tròn năm, cách hiểu chặt hơn sẽ không đạt.",
                "Note: past the birthday of the limit; age is counted in completed years, a stricter reading would refuse.",
            );
        }
        Ok(())
    }

    /// Probation over, where the act asks for it.
    pub(crate) fn probation_ended(&mut self) -> Result<(), NoLaw> {
        let (_, cites) = self.working.value("postgraduate_conditions.probation_ended")?;
        let is_met = self.facts.service_from.is_some_and(|from| from <= self.facts.sent_on.0);
        self.judge(is_met, Reason::OnProbation, Words::new("Đã hết tập sự", "Probation is over"), cites);
        Ok(())
    }

    /// The field of study fits the post.
    pub(crate) fn field(&mut self) -> Result<(), NoLaw> {
        let (_, cites) = self.working.value("postgraduate_conditions.field_fits_post")?;
        let words = Words::new("Chuyên ngành phù hợp vị trí việc làm", "The field fits the post");
        self.judge(self.facts.field_fits_post, Reason::FieldDoesNotFit, words, cites);
        Ok(())
    }

    /// The signed promise is at least the multiple of the study.
    pub(crate) fn promise(&mut self) -> Result<(), NoLaw> {
        let rule = self.working.number("service_commitment")?;
        let (study, promised) = (self.facts.study_months, self.facts.promised_months);
        let needed = i64::from(study).saturating_mul(rule.number);
        let words = Words::new(
            format!("Cần cam kết {study} × {} = {needed} tháng; cam kết {promised} tháng", rule.number),
            format!("Needs a promise of {study} × {} = {needed} months; promised {promised}", rule.number),
        );
        self.judge(promised > 0 && i64::from(promised) >= needed, Reason::PromiseTooShort, words, rule.cites);
        Ok(())
    }

    pub(crate) fn finish(self) -> Explained<Eligibility> {
        let value = if self.unmet.is_empty() { Eligibility::Eligible } else { Eligibility::NotEligible(self.unmet) };
        self.working.finish(value)
    }
}

fn from_words(day: Date) -> (String, String) {
    let day = dmy(day);
    (format!("tính từ {day}"), format!("counted from {day}"))
}
