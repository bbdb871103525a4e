//! The rule of councils that appraise programmes, on the day of their session.
//! Not for: counting votes (`domain::programmes::appraisal`).

use crate::explain::Explained;
use crate::governing::EvaluationDate;
use crate::lookup::Law;
use crate::refusal::NoLaw;
use crate::values::Value;
use domain::people::StaffKind;
use domain::programmes::appraisal::Rule;

/// The rule of a day; it is the same for every kind of staff, so it is looked up for civil servants.
///
/// # Errors
/// [`NoLaw`] when the law of that day is not known.
pub fn council_rule(law: &Law, on: EvaluationDate) -> Result<Explained<Rule>, NoLaw> {
    let (mut steps, mut used) = (Vec::new(), Vec::new());
    let mut value = |part: &str| {
        let key = format!("appraisal_council.{part}");
        let found = law.lookup(&key, StaffKind::CongChuc, on)?;
        steps.extend(found.steps);
        used.extend(found.used);
        Ok((found.value, key))
    };
    let wrong = |key: String| NoLaw::UnknownParameter { key };
    let (members, key) = value("members")?;
    let Value::Range { min: Some(fewest), max: Some(most) } = members else { return Err(wrong(key)) };
    let (odd, key) = value("odd")?;
    let Value::Flag(odd) = odd else { return Err(wrong(key)) };
    let (quorum, key) = value("quorum")?;
    let Value::Number(quorum) = quorum else { return Err(wrong(key)) };
    let (majority, key) = value("majority")?;
    let Value::Number(majority) = majority else { return Err(wrong(key)) };
    let size = |members: i64| usize::try_from(members).unwrap_or(usize::MAX);
    let share = |share: i64| u64::try_from(share).unwrap_or(u64::MAX);
    let rule = Rule { fewest: size(*fewest), most: size(*most), odd: *odd, quorum: share(*quorum), majority: share(*majority) };
    Ok(Explained { value: rule, steps, used })
}
