//! Nghị định 171/2025/NĐ-CP: postgraduate study of civil servants, the promise to serve and paying back, in force from 01/07/2025.
//! Not for: cadres and public employees, whom it does not name; and choosing the act, which `regime` does.

use crate::commitment::multiplied;
use crate::explain::Explained;
use crate::postgraduate::{Conditions, Sheet};
use crate::recovery::{Account, Recovery, RecoveryRefusal};
use crate::refusal::NoLaw;
use crate::working::Working;

/// Article 5: a civil servant is sent after enough full years of service, with good ratings in the years just before,
/// young enough when first sent, in a field of the post, against a promise to serve a multiple of the study.
pub(crate) fn postgraduate(mut sheet: Sheet<'_>) -> Result<Conditions, NoLaw> {
    sheet.service_years()?;
    sheet.rated_years()?;
    sheet.age()?;
    sheet.field()?;
    sheet.promise()?;
    Ok(sheet.finish())
}

/// Article 5: the promise is at least a multiple of the time of study.
pub(crate) fn commitment(working: Working<'_>, study_months: u16) -> Result<Explained<u32>, NoLaw> {
    multiplied(working, study_months)
}

/// Articles 6 to 8: all is paid back by who gives up, is dismissed or gets no degree; the part not served by who leaves or is
/// dismissed too early; nothing by who failed through confirmed illness or disaster, or was moved within the political system;
/// years of service lower what is left (the rates are from memory).
pub(crate) fn recovery(mut account: Account<'_>) -> Result<Explained<Recovery>, RecoveryRefusal> {
    account.exempt()?;
    account.charge()?;
    account.reduce()?;
    Ok(account.finish())
}
