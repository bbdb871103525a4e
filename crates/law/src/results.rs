//! What the law of a class asks of its learners: share of periods, pass mark, repeats, and the band of a mean.
//! Not for: weighing attendance and grades (`domain::results`).

use domain::people::StaffKind;
use domain::results::{Points, Rule};

use crate::explain::{Explained, Used};
use crate::governing::{ClassOpening, CourseEnd, GoverningDate};
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::survey::{Score, learner_grade};
use crate::values::{Step, Value};

/// Share of the periods.
const SHARE: &str = "attendance_share";
/// The pass mark that the decree of the day names.
const PASS: &str = "certificate.pass_mark";
/// The pass mark by analogy, where the decree names none.
const PASS_ALIKE: &str = "results.pass_mark";
/// Repeats of a failed work.
const RETRIES: &str = "results.retries";

/// The rule for a kind of staff in a class. What the law of those days does not tell stays open, with the refusal beside it: a result must
/// not hang on a number that nobody wrote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The numbers, with the parameters they come from.
    pub rule: Explained<Rule>,
    /// What could not be found.
    pub open: Vec<NoLaw>,
}

/// The rule by the opening day and the last day of a class.
#[must_use]
pub fn result_rule(law: &Law, staff: StaffKind, opening: ClassOpening, end: CourseEnd) -> Found {
    let (mut used, mut open) = (Vec::new(), Vec::new());
    let share = number(law, SHARE, staff, opening.into(), &mut used).map_err(|none| open.push(none)).ok();
    let pass = match number(law, PASS, staff, end.into(), &mut used) {
        Ok(pass) => Some(pass),
        Err(_) => number(law, PASS_ALIKE, staff, end.into(), &mut used).map_err(|none| open.push(none)).ok(),
    };
    let retries = number(law, RETRIES, staff, end.into(), &mut used).map_err(|none| open.push(none)).ok();
    let pass = pass.and_then(|points| Points::of_hundredths(points.saturating_mul(100)));
    Found { rule: Explained { value: Rule { share, pass, retries }, steps: Vec::new(), used }, open }
}

fn number(law: &Law, key: &str, staff: StaffKind, on: GoverningDate, used: &mut Vec<Used>) -> Result<i64, NoLaw> {
    let found = law.lookup(key, staff, on)?;
    let Value::Number(number) = *found.value else { return Err(NoLaw::UnknownParameter { key: key.to_owned() }) };
    used.extend(found.used);
    Ok(number)
}

/// The band of a mean; nothing where the law of the day has none.
#[must_use]
pub fn band(law: &Law, staff: StaffKind, end: CourseEnd, points: Points) -> Option<&Step> {
    learner_grade(law, staff, end, Score(points.hundredths().into())).ok().and_then(|found| found.value)
}
