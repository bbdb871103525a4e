//! The yearly amount of training that the law of a day asks of each kind of staff, and why it sometimes asks none.
//! Not for: the law itself (`law`).

use domain::people::StaffKind;
use domain::standards::{Need, Requirement};
use domain::time::Date;
use law::{ClassOpening, NoLaw, Value, Words};

use crate::ActError;
use crate::lawbook::law;

/// The yearly amount for one kind of staff, or why nobody of that kind is judged.
pub type YearlyAmount = (StaffKind, Result<i32, NoLaw>);

/// What the law asks of a year for each kind of staff, on a day.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn yearly(on: Date) -> Result<Vec<YearlyAmount>, ActError> {
    let law = law()?;
    let amount = |staff: &StaffKind| match law.lookup("yearly_minimum", *staff, ClassOpening(on)) {
        Ok(found) => match found.value {
            Value::Number(periods) => Some((*staff, Ok(i32::try_from(*periods).unwrap_or(i32::MAX)))),
            _ => None,
        },
        Err(refusal) => Some((*staff, Err(refusal))),
    };
    Ok(StaffKind::ALL.iter().filter_map(amount).collect())
}

/// The articles that were looked at when the law refused to answer.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn cited(refusal: &NoLaw) -> Result<Vec<Words>, ActError> {
    let law = law()?;
    Ok(refusal.cites().iter().map(|cite| law.cited(cite)).collect())
}

pub(crate) fn known(yearly: &[YearlyAmount]) -> Vec<(StaffKind, i32)> {
    yearly.iter().filter_map(|(staff, amount)| amount.as_ref().ok().map(|periods| (*staff, *periods))).collect()
}

/// Why the law does not let the yearly amount of this kind of staff be judged.
pub(super) fn unknown(requirement: &Requirement, staff: Option<StaffKind>, yearly: &[YearlyAmount]) -> Option<NoLaw> {
    let staff = staff.filter(|staff| requirement.need == Need::YearlyAmount && requirement.audience.who.staff.contains(staff))?;
    yearly.iter().find(|(kind, _)| *kind == staff).and_then(|(_, amount)| amount.clone().err())
}
