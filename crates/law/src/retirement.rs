//! When a person retires in normal working conditions: the dated roadmap of ages, by sex and month of birth.
//! Not for: who may go earlier or stay longer; a person decides that.

use crate::acts::{Citation, Evidence};
use crate::lookup::Law;
use crate::parameters::{Known, Parameter, Ruling};
use crate::refusal::NoLaw;
use crate::values::Value;
use domain::people::{Sex, StaffKind};
use domain::time::{Date, add_months};

/// The roadmap of one kind of staff, looked up once for many people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Roadmap {
    men: Vec<Stage>,
    women: Vec<Stage>,
}

/// The age of one stage, up to the day before `until`.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Stage {
    until: Option<Date>,
    months: Result<i32, NoLaw>,
    cites: Vec<Citation>,
    evidence: Evidence,
}

/// A retirement by the roadmap.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Retirement<'a> {
    /// The last day at work: the end of the month in which the age is reached (Nghị định 135/2020/NĐ-CP, Article 3).
    pub last_day: Date,
    /// Where the age comes from.
    pub cites: &'a [Citation],
    /// How well it is known.
    pub evidence: Evidence,
}

impl Roadmap {
    /// Looks the roadmap up.
    ///
    /// # Errors
    /// [`NoLaw`] when it is not for this kind of staff.
    pub fn of(law: &Law, staff: StaffKind) -> Result<Self, NoLaw> {
        Ok(Self { men: stages(law, Sex::Male, staff)?, women: stages(law, Sex::Female, staff)? })
    }

    /// The retirement of a person: the first stage by whose end the age is reached.
    /// Of who reached it before the first stage the day is an upper bound, because ages were lower then.
    ///
    /// # Errors
    /// [`NoLaw`] where the files state a gap, or the day leaves the calendar.
    pub fn retirement(&self, sex: Sex, born_on: Date) -> Result<Retirement<'_>, NoLaw> {
        let stages = match sex {
            Sex::Male => &self.men,
            Sex::Female => &self.women,
        };
        for stage in stages {
            let months = stage.months.clone()?;
            let Some(reached) = add_months(born_on, months) else { break };
            if stage.until.is_none_or(|until| reached < until) {
                let last_day = reached.replace_day(reached.month().length(reached.year())).unwrap_or(reached);
                return Ok(Retirement { last_day, cites: &stage.cites, evidence: stage.evidence });
            }
        }
        Err(NoLaw::UnknownParameter { key: key(sex) })
    }
}

fn key(sex: Sex) -> String {
    format!("retirement_age.{sex}")
}

fn stages(law: &Law, sex: Sex, staff: StaffKind) -> Result<Vec<Stage>, NoLaw> {
    let parameter = law.parameter(&key(sex)).ok_or_else(|| NoLaw::UnknownParameter { key: key(sex) })?;
    let mut rulings: Vec<&Ruling> = parameter.rulings.iter().filter(|ruling| ruling.applies_to.contains(&staff)).collect();
    rulings.sort_by_key(|ruling| ruling.interval.from());
    if rulings.is_empty() {
        return Err(NoLaw::NotForThisStaff { key: key(sex), staff });
    }
    Ok(rulings.into_iter().map(|ruling| stage(parameter, ruling)).collect())
}

fn stage(parameter: &Parameter, ruling: &Ruling) -> Stage {
    let unknown = || NoLaw::UnknownParameter { key: parameter.key.clone() };
    let (months, evidence) = match &ruling.known {
        Known::Is(Value::Number(months), evidence) => (i32::try_from(*months).map_err(|_| unknown()), *evidence),
        Known::Is(_, evidence) => (Err(unknown()), *evidence),
        Known::Absent(reason) => {
            let absent = NoLaw::Absent { key: parameter.key.clone(), reason: reason.clone(), cites: ruling.cites.clone() };
            (Err(absent), Evidence::FromMemory)
        }
    };
    Stage { until: ruling.interval.to(), months, cites: ruling.cites.clone(), evidence }
}
