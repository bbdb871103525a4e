//! Whether a course is as long as the law allows for its kind, its learners and the day on which it opens.
//! Not for: how many periods make a day; the programme names both.

use crate::acts::Words;
use crate::explain::Explained;
use crate::governing::ClassOpening;
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::values::{Unit, Value};
use domain::codes;
use domain::people::StaffKind;
use domain::programmes::Course;

codes! {
    /// How a length stands to what the law allows.
    Fit {
        /// Allowed.
        Fits = "fits",
        /// Shorter than allowed.
        TooShort = "too_short",
        /// Longer than allowed.
        TooLong = "too_long",
    }
}

/// The parameter that holds the lengths of a course.
#[must_use]
pub fn key(course: Course) -> String {
    format!("course_durations.{course}")
}

const WEEK: &str = "course_durations.days_per_week";

/// Fewest and most study days, each where the law sets one.
pub type Allowed = (Option<i64>, Option<i64>);

/// The study days that the law allows.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn allowed(law: &Law, course: Course, staff: StaffKind, on: ClassOpening) -> Result<Explained<Allowed>, NoLaw> {
    let key = key(course);
    let found = law.lookup(&key, staff, on)?;
    let Value::Range { min, max } = found.value else { return Err(NoLaw::UnknownParameter { key }) };
    let unit = law.parameter(&key).map(|parameter| parameter.unit);
    let mut used = found.used;
    let value = match unit {
        Some(Unit::Days) => (*min, *max),
        Some(unit @ (Unit::Weeks | Unit::Months)) => {
            let week = law.lookup(WEEK, staff, on)?;
            let Value::Number(week_days) = week.value else { return Err(NoLaw::UnknownParameter { key: WEEK.to_owned() }) };
            used.extend(week.used);
            let (low, high) = days_of(unit, *week_days);
            (min.map(|least| least.saturating_mul(low)), max.map(|most| most.saturating_mul(high)))
        }
        _ => return Err(NoLaw::UnknownParameter { key }),
    };
    Ok(Explained { value, steps: found.steps, used })
}

/// How so many study days stand to the law. The explanation says `is_unverified` by the length alone when read through
/// [`rests_on_memory`]; the days of a week only turn it into days.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known for this staff.
pub fn course_length(law: &Law, course: Course, staff: StaffKind, on: ClassOpening, days: i64) -> Result<Explained<Fit>, NoLaw> {
    let Explained { value: (least, most), mut steps, used } = allowed(law, course, staff, on)?;
    let fit = match (least, most) {
        (Some(least), _) if days < least => Fit::TooShort,
        (_, Some(most)) if days > most => Fit::TooLong,
        _ => Fit::Fits,
    };
    steps.push(compared(days, least, most));
    Ok(Explained { value: fit, steps, used })
}

/// Whether the length itself, the first parameter used, is not confirmed by a person.
#[must_use]
pub fn rests_on_memory(explained: &Explained<Fit>) -> bool {
    explained.used.first().is_none_or(|used| used.evidence.is_unverified())
}

/// Fewest and most study days of one week or month; a month has from four weeks to four weeks and three days of them.
const fn days_of(unit: Unit, week: i64) -> (i64, i64) {
    match unit {
        Unit::Months => (week.saturating_mul(4), week.saturating_mul(4).saturating_add(3)),
        _ => (week, week),
    }
}

fn compared(days: i64, least: Option<i64>, most: Option<i64>) -> Words {
    let (is, allowed) = (Unit::Days.counted(days), Value::Range { min: least, max: most }.words(Unit::Days, |_| None));
    Words::new(
        format!("Chương trình có {}; được phép {}.", is.vi, allowed.vi),
        format!("The programme has {}; {} allowed.", is.en, allowed.en),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use domain::time::date;

    fn fit(course: Course, staff: StaffKind, (year, month): (i32, u8), days: i64) -> Result<(&'static str, bool), &'static str> {
        let law = Law::load().unwrap();
        let on = ClassOpening(date(year, month, 1).unwrap());
        let found = course_length(&law, course, staff, on, days).map_err(|refusal| refusal.code())?;
        Ok((found.value.code(), rests_on_memory(&found)))
    }

    #[test]
    fn lengths_are_judged_by_the_law_of_the_opening_day() {
        use StaffKind::{CongChuc, VienChuc};
        let cases = [
            (fit(Course::DivisionLeader, CongChuc, (2026, 1), 20), Ok(("fits", false))),
            (fit(Course::DivisionLeader, CongChuc, (2026, 1), 10), Ok(("too_short", false))),
            (fit(Course::DivisionLeader, CongChuc, (2024, 1), 10), Ok(("fits", false))),
            (fit(Course::DivisionLeader, CongChuc, (2024, 1), 11), Ok(("too_long", false))),
            (fit(Course::DivisionLeader, VienChuc, (2026, 8), 10), Err("absent")),
            (fit(Course::ProfessionalTitle, VienChuc, (2024, 1), 31), Ok(("too_long", true))),
            (fit(Course::CommuneSpecialised, CongChuc, (2026, 6), 65), Ok(("fits", false))),
            (fit(Course::CommuneSpecialised, CongChuc, (2026, 6), 50), Ok(("too_short", false))),
            (fit(Course::CommuneSector, CongChuc, (2026, 6), 6), Ok(("too_long", false))),
            (fit(Course::ByPost, CongChuc, (2016, 1), 5), Err("outside_known_law")),
        ];
        for (place, (found, expected)) in cases.into_iter().enumerate() {
            assert_eq!(found, expected, "case {place}");
        }
    }

    #[test]
    fn every_course_has_its_parameter() {
        let law = Law::load().unwrap();
        for course in Course::ALL {
            assert!(law.parameter(&key(*course)).is_some(), "{course}");
        }
    }
}
