//! Nghị định 101/2017/NĐ-CP (from 10/12/2021 as amended by 89/2021): postgraduate study, the promise to serve and paying back.
//! Not for: decisions it no longer governs, which `regime` keeps away.

use crate::commitment::multiplied;
use crate::explain::Explained;
use crate::postgraduate::{Conditions, Sheet};
use crate::recovery::{Account, Recovery, RecoveryRefusal};
use crate::refusal::NoLaw;
use crate::working::Working;
use domain::people::StaffKind;

/// Article 6, clause 1: cadres and civil servants need full years of service, good ratings in the years just before,
/// an age within the limit when first sent, a promise to serve, and a field of the post.
/// Article 6, clause 2: public employees need only the end of probation, the promise, and a field of the post.
pub(crate) fn postgraduate(mut sheet: Sheet<'_>) -> Result<Conditions, NoLaw> {
    if sheet.working.staff() == StaffKind::VienChuc {
        sheet.probation_ended()?;
    }
    sheet.service_years()?;
    sheet.rated_years()?;
    sheet.age()?;
    sheet.promise()?;
    sheet.field()?;
    Ok(sheet.finish())
}

/// Article 6, point c of clause 1 and point b of clause 2: the promise is at least a multiple of the time of study.
pub(crate) fn commitment(working: Working<'_>, study_months: u16) -> Result<Explained<u32>, NoLaw> {
    multiplied(working, study_months)
}

/// Articles 7 to 9: all is paid back by who gives up or gets no degree; the part not served by who leaves too early;
/// each year of service lowers it, a little more for women and ethnic minorities.
pub(crate) fn recovery(mut account: Account<'_>) -> Result<Explained<Recovery>, RecoveryRefusal> {
    account.exempt()?;
    account.charge()?;
    account.reduce()?;
    Ok(account.finish())
}
