//! How long a person promises to serve after degree study, and how served time is counted in months.
//! Not for: what is paid back when the promise is broken (`recovery`).

use crate::explain::Explained;
use crate::governing::SendingDate;
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::regime::Regime;
use crate::working::Working;
use crate::{nd_101_2017, nd_171_2025};
use domain::people::StaffKind;
use domain::time::{Date, add_months, dmy};

/// Months of service promised for a number of months of study, by the regime of the sending day.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn commitment_months(law: &Law, staff: StaffKind, sent_on: SendingDate, study_months: u16) -> Result<Explained<u32>, NoLaw> {
    let working = Working::new(law, staff, sent_on);
    match law.regime(staff, sent_on)?.value {
        Regime::Decree101 => nd_101_2017::commitment(working, study_months),
        Regime::Decree171 => nd_171_2025::commitment(working, study_months),
    }
}

/// Study months times the multiple of the law.
pub(crate) fn multiplied(mut working: Working<'_>, study_months: u16) -> Result<Explained<u32>, NoLaw> {
    let rule = working.number("service_commitment")?;
    let times = u32::try_from(rule.number).unwrap_or(u32::MAX);
    let months = u32::from(study_months).saturating_mul(times);
    working.step(
        format!("{study_months} tháng đào tạo × {times} = {months} tháng cam kết phục vụ."),
        format!("{study_months} months of study × {times} = {months} months of promised service."),
    );
    Ok(working.finish(months))
}

/// Months from `from` (included) to `until` (excluded), odd days rounded by the law's threshold; 0 when `until` is not later.
///
/// # Errors
/// [`NoLaw`] when the law of the sending day is not known for this staff.
pub fn rounded_months(law: &Law, staff: StaffKind, sent_on: SendingDate, from: Date, until: Date) -> Result<Explained<u32>, NoLaw> {
    let mut working = Working::new(law, staff, sent_on);
    let threshold = working.number("cost_recovery.month_rounding_days")?.number;
    let (whole, odd_days) = whole_months(from, until);
    let months = if odd_days >= threshold { whole.saturating_add(1) } else { whole };
    let (start, end) = (dmy(from), dmy(until));
    working.step(
        format!("Từ {start} đến trước {end}: {whole} tháng {odd_days} ngày, tính tròn {months} tháng."),
        format!("From {start} to before {end}: {whole} months {odd_days} days, counted as {months} months."),
    );
    Ok(working.finish(months))
}

fn whole_months(from: Date, until: Date) -> (u32, i64) {
    let month_number = |day: Date| day.year().saturating_mul(12).saturating_add(i32::from(u8::from(day.month())));
    let guess = month_number(until).saturating_sub(month_number(from));
    let reached = |months: i32| add_months(from, months).filter(|day| *day <= until);
    for months in [guess, guess.saturating_sub(1)] {
        if let (Ok(whole), Some(day)) = (u32::try_from(months), reached(months)) {
            return (whole, (until - day).whole_days());
        }
    }
    (0, (until - from).whole_days().max(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::parse;

    #[test]
    fn whole_months_leave_the_odd_days() {
        let months = |from, until| whole_months(parse(from).unwrap(), parse(until).unwrap());
        assert_eq!(months("01/09/2020", "01/09/2022"), (24, 0));
        assert_eq!(months("01/09/2020", "31/08/2022"), (23, 30));
        assert_eq!(months("31/01/2024", "29/02/2024"), (1, 0));
        assert_eq!(months("10/01/2024", "10/01/2024"), (0, 0));
        assert_eq!(months("10/01/2024", "09/01/2024"), (0, 0));
    }
}
