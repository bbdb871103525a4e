//! Paying back the cost of degree study: S = F / T1 × (T1 − T2), full cases, exemptions and yearly reductions, in whole đồng.
//! Not for: the council, the decision and the payment; and for adding up F, which is the settlement's work.

use crate::acts::Words;
use crate::explain::Explained;
use crate::governing::SendingDate;
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::regime::Regime;
use crate::values::Unit;
use crate::working::Working;
use crate::{nd_101_2017, nd_171_2025};
use domain::codes;
use domain::people::StaffKind;
use thiserror::Error;

codes! {
    /// Why the cost is asked back.
    Cause {
        /// Gave up the study or the job during it.
        QuitDuringTraining = "quit_during_training",
        /// Dismissed by discipline during the study.
        Dismissed = "dismissed",
        /// The school granted no degree.
        NoDegree = "no_degree",
        /// Left with the degree before serving in full.
        QuitBeforeServed = "quit_before_served",
        /// Dismissed with the degree before serving in full.
        DismissedBeforeServed = "dismissed_before_served",
    }
}

codes! {
    /// A ground on which nothing is paid back.
    Exemption {
        /// No degree because of confirmed serious illness, natural disaster or epidemic.
        IllnessOrDisaster = "illness_or_disaster",
        /// Transferred, rotated or seconded by decision within the political system.
        MovedWithinSystem = "moved_within_system",
    }
}

impl Exemption {
    /// Illness excuses a missing degree; a move excuses leaving.
    const fn excuses(self, cause: Cause) -> bool {
        match self {
            Self::IllnessOrDisaster => matches!(cause, Cause::NoDegree),
            Self::MovedWithinSystem => matches!(cause, Cause::QuitDuringTraining | Cause::QuitBeforeServed),
        }
    }
}

codes! {
    /// Who may get the higher yearly reduction.
    ReductionGroup {
        /// The fixed rate.
        Standard = "standard",
        /// Women and ethnic minorities: a rate that the council decides, up to the cap.
        WomanOrMinority = "woman_or_minority",
    }
}

/// Years that lower what is paid.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Reduction {
    /// Full years of service, without probation and without the time after the study.
    pub years: u16,
    /// Which rate applies.
    pub group: ReductionGroup,
    /// Rate decided for the higher group, in hundredths of a per cent a year; not read for the standard group.
    pub decided_basis_points: u16,
}

/// What the law asks about a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RecoveryFacts {
    /// Kind of staff on the sending day.
    pub staff: StaffKind,
    /// Day of the sending decision, which fixes the regime.
    pub sent_on: SendingDate,
    /// Why the cost is asked back.
    pub cause: Cause,
    /// F: all that was paid for this one person, salary excluded, in đồng; not negative.
    pub cost: i64,
    /// T1: months of service promised; read in the cases of unserved time, then at least 1.
    pub promised_months: u32,
    /// T2: months served after the study.
    pub served_months: u32,
    /// Reduction asked for.
    pub reduction: Option<Reduction>,
    /// Exemption claimed and confirmed.
    pub exemption: Option<Exemption>,
}

/// What is to be paid, in đồng: `payable = charged − reduction`, each between 0 and the cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Recovery {
    /// S, before reductions.
    pub charged: i64,
    /// Taken off for years of service.
    pub reduction: i64,
    /// To be paid.
    pub payable: i64,
    /// The exemption that made it nothing.
    pub exemption: Option<Exemption>,
}

/// Why no amount is computed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum RecoveryRefusal {
    /// The law of the sending day does not reach the case.
    #[error(transparent)]
    NoLaw(#[from] NoLaw),
    /// The act of the sending day does not know this cause.
    #[error("the act does not ask the cost back for {0}")]
    CauseNotInAct(Cause),
    /// The exemption is not in the act, or does not excuse this cause.
    #[error("exemption {0} does not excuse {1}")]
    ExemptionDoesNotFit(Exemption, Cause),
    /// The decided rate is above the cap, in hundredths of a per cent.
    #[error("rate {asked} is above the cap {cap}")]
    RateAboveCap {
        /// The decided rate.
        asked: u16,
        /// The cap.
        cap: i64,
    },
    /// The cost is negative or the promised time is missing.
    #[error("the cost must not be negative and the promised months at least 1")]
    FactsIncomplete,
}

impl RecoveryRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoLaw(no_law) => no_law.code(),
            Self::CauseNotInAct(_) => "cause_not_in_act",
            Self::ExemptionDoesNotFit(..) => "exemption_does_not_fit",
            Self::RateAboveCap { .. } => "rate_above_cap",
            Self::FactsIncomplete => "facts_incomplete",
        }
    }

    /// The reason for people.
    #[must_use]
    pub fn words(&self) -> Words {
        match self {
            Self::NoLaw(no_law) => no_law.words(),
            Self::CauseNotInAct(_) => Words::new(
                "Văn bản áp dụng vào ngày cử đi học không quy định đền bù cho trường hợp này.",
                "The act of the sending day does not ask the cost back in this case.",
            ),
            Self::ExemptionDoesNotFit(..) => {
                Words::new("Lý do miễn không áp dụng cho trường hợp đền bù này.", "The exemption does not fit this case.")
            }
            Self::RateAboveCap { asked, cap } => {
                let (asked, cap) = (Unit::BasisPoints.counted(i64::from(*asked)), Unit::BasisPoints.counted(*cap));
                Words::new(
                    format!("Mức giảm {} một năm vượt mức tối đa {}.", asked.vi, cap.vi),
                    format!("A reduction of {} a year is above the cap of {}.", asked.en, cap.en),
                )
            }
            Self::FactsIncomplete => Words::new(
                "Thiếu chi phí hoặc thời gian cam kết, hoặc chi phí âm.",
                "The cost or the promised time is missing, or the cost is negative.",
            ),
        }
    }
}

/// Computes what is paid back by the regime of the sending day.
///
/// # Errors
/// [`RecoveryRefusal`] when the law does not reach the case or the facts do not fit it.
pub fn recovery(law: &Law, facts: &RecoveryFacts) -> Result<Explained<Recovery>, RecoveryRefusal> {
    let regime = law.regime(facts.staff, facts.sent_on)?.value;
    let account =
        Account { working: Working::new(law, facts.staff, facts.sent_on), facts: *facts, charged: 0, reduction: 0, exempted: None };
    match regime {
        Regime::Decree101 => nd_101_2017::recovery(account),
        Regime::Decree171 => nd_171_2025::recovery(account),
    }
}

/// The steps that the acts combine.
pub(crate) struct Account<'a> {
    working: Working<'a>,
    facts: RecoveryFacts,
    charged: i64,
    reduction: i64,
    exempted: Option<Exemption>,
}

impl Account<'_> {
    /// Takes a claimed exemption when the act has it and it fits the cause.
    pub(crate) fn exempt(&mut self) -> Result<(), RecoveryRefusal> {
        const KEY: &str = "cost_recovery.exemptions";
        let Some(claim) = self.facts.exemption else { return Ok(()) };
        let in_act = self.working.codes(KEY)?.iter().any(|code| code == claim.code());
        if !in_act || !claim.excuses(self.facts.cause) {
            return Err(RecoveryRefusal::ExemptionDoesNotFit(claim, self.facts.cause));
        }
        self.exempted = Some(claim);
        let ground = self.working.code_words(KEY, claim.code());
        self.working.step(format!("Không phải đền bù: {}.", ground.vi), format!("Nothing to pay back: {}.", ground.en));
        Ok(())
    }

    /// All of F, or the share of F for the time not served.
    pub(crate) fn charge(&mut self) -> Result<(), RecoveryRefusal> {
        let cause = self.facts.cause;
        let has = |codes: &[String]| codes.iter().any(|code| code == cause.code());
        let is_full = has(self.working.codes("cost_recovery.full_cases")?);
        let is_share = has(self.working.codes("cost_recovery.share_cases")?);
        if !is_full && !is_share {
            return Err(RecoveryRefusal::CauseNotInAct(cause));
        }
        if self.facts.cost < 0 || (is_share && self.facts.promised_months == 0) {
            return Err(RecoveryRefusal::FactsIncomplete);
        }
        if self.exempted.is_some() {
            return Ok(());
        }
        let cost = Unit::Dong.counted(self.facts.cost);
        if is_full {
            self.charged = self.facts.cost;
            self.working.step(format!("Đền bù toàn bộ chi phí: {}.", cost.vi), format!("The full cost is paid back: {}.", cost.en));
            return Ok(());
        }
        self.working.codes("cost_recovery.formula")?;
        let (t1, t2) = (self.facts.promised_months, self.facts.served_months);
        let unserved = t1.saturating_sub(t2);
        self.charged = share_down(self.facts.cost, i64::from(unserved), i64::from(t1));
        let charged = Unit::Dong.counted(self.charged);
        self.working.step(
            format!("S = {} / {t1} × ({t1} − {}) = {}; phần lẻ dưới 1 đồng bỏ đi.", cost.vi, t2.min(t1), charged.vi),
            format!("S = {} / {t1} × ({t1} − {}) = {}; fractions of a đồng are dropped.", cost.en, t2.min(t1), charged.en),
        );
        Ok(())
    }

    /// Takes off the yearly rate; the rate of the higher group is decided case by case up to the cap.
    pub(crate) fn reduce(&mut self) -> Result<(), RecoveryRefusal> {
        let Some(asked) = self.facts.reduction else { return Ok(()) };
        let rate = match asked.group {
            ReductionGroup::Standard => self.working.number("cost_recovery.yearly_reduction")?.number,
            ReductionGroup::WomanOrMinority => {
                let cap = self.working.number("cost_recovery.yearly_reduction_cap")?.number;
                let rate = i64::from(asked.decided_basis_points);
                if rate > cap {
                    return Err(RecoveryRefusal::RateAboveCap { asked: asked.decided_basis_points, cap });
                }
                rate
            }
        };
        let left = 10_000_i64.saturating_sub(rate.saturating_mul(i64::from(asked.years))).max(0);
        let payable = share_down(self.charged, left, 10_000);
        self.reduction = self.charged.saturating_sub(payable);
        let (rate, amount) = (Unit::BasisPoints.counted(rate), Unit::Dong.counted(self.reduction));
        self.working.step(
            format!("Giảm {} năm × {} = {}; số còn lại bỏ phần lẻ dưới 1 đồng.", asked.years, rate.vi, amount.vi),
            format!("Reduced by {} years × {} = {}; fractions of a đồng left are dropped.", asked.years, rate.en, amount.en),
        );
        Ok(())
    }

    pub(crate) fn finish(mut self) -> Explained<Recovery> {
        let payable = self.charged.saturating_sub(self.reduction);
        let words = Unit::Dong.counted(payable);
        self.working.step(format!("Phải đền bù: {}.", words.vi), format!("To be paid back: {}.", words.en));
        self.working.finish(Recovery { charged: self.charged, reduction: self.reduction, payable, exemption: self.exempted })
    }
}

/// `amount × part / whole` rounded down to a whole đồng, in favour of the person: the acts give no rule for fractions.
fn share_down(amount: i64, part: i64, whole: i64) -> i64 {
    let product = i128::from(amount).saturating_mul(i128::from(part));
    product.checked_div(i128::from(whole)).and_then(|share| i64::try_from(share).ok()).unwrap_or(0)
}
