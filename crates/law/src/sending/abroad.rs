//! Who may be sent to bồi dưỡng abroad: working life left, the rating of the year before, and the field.
//! Not for: health, discipline and bans on leaving, which no register here holds; and conditions of the host.

use super::{Basis, Candidate, Code, Event, Finding, field_not_known};
use crate::acts::Words;
use crate::governing::GoverningDate;
use crate::lookup::Law;
use crate::postgraduate::rated_words;
use crate::refusal::NoLaw;
use crate::retirement::Roadmap;
use domain::people::StaffKind;
use domain::time::{add_months, dmy};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Abroad {
    roadmap: Roadmap,
    /// Months of work left, by the length of the course.
    working: Option<(i32, Basis)>,
    rated: Option<(i64, Basis)>,
    field: Option<Basis>,
}

impl Abroad {
    pub(super) fn of(law: &Law, staff: StaffKind, event: &Event) -> Result<Self, NoLaw> {
        let look = |part: &str| number(law, part, staff, event);
        let working = match look("long_from_months")? {
            None => None,
            Some((length, by_length)) => {
                let part = if is_at_least(event, length) { "working_months_long" } else { "working_months_short" };
                look(part)?.map(|(months, basis)| (i32::try_from(months).unwrap_or(i32::MAX), basis.and(&by_length)))
            }
        };
        let field = look("field_fits_post")?.map(|(_, basis)| basis);
        Ok(Self { roadmap: Roadmap::of(law, staff)?, working, rated: look("rated_years")?, field })
    }

    pub(super) fn judge(&self, event: &Event, candidate: &Candidate, findings: &mut Vec<Finding>) {
        findings.extend(self.working.as_ref().and_then(|(months, basis)| self.working_life(*months, basis, event, candidate)));
        if let Some((needed, basis)) = &self.rated {
            let has = candidate.rated_years(event.sent_on);
            if i64::from(has) < *needed {
                findings.push(basis.unmet(Code::NotRatedGood, rated_words(*needed, has)));
            }
        }
        findings.extend(self.field.as_ref().and_then(|basis| match candidate.field_fits_post {
            Some(true) => None,
            Some(false) => {
                let words = Words::new("Cần chuyên môn phù hợp nội dung khoá bồi dưỡng", "Needs work in the post that fits the course");
                Some(basis.unmet(Code::FieldDoesNotFit, words))
            }
            None => Some(basis.to_confirm(Code::FieldNotKnown, field_not_known(event))),
        }));
    }

    /// Counted from the start of the course to the end of the last day at work.
    fn working_life(&self, months: i32, basis: &Basis, event: &Event, candidate: &Candidate) -> Option<Finding> {
        let retirement = match self.roadmap.retirement(candidate.sex, candidate.born_on) {
            Ok(retirement) => retirement,
            Err(no_law) => return Some(Finding::of_missing_law(&no_law)),
        };
        let first_free_day = retirement.last_day.next_day()?;
        if add_months(event.starts_on, months).is_some_and(|needed| needed <= first_free_day) {
            return None;
        }
        let (starts_on, last_day) = (dmy(event.starts_on), dmy(retirement.last_day));
        let words = Words::new(
            format!("Cần còn đủ {months} tháng công tác từ ngày {starts_on}; dự kiến nghỉ hưu ngày {last_day}"),
            format!("Needs {months} months of work left from {starts_on}; expected to retire on {last_day}"),
        );
        Some(basis.and(&Basis::new(retirement.cites, retirement.evidence)).unmet(Code::WorkingLifeTooShort, words))
    }
}

/// Whether the course takes at least so many months; its last day counts.
fn is_at_least(event: &Event, months: i64) -> bool {
    let end = i32::try_from(months).ok().and_then(|months| add_months(event.starts_on, months));
    end.zip(event.ends_on.next_day()).is_some_and(|(end, after)| end <= after)
}

fn number(law: &Law, part: &str, staff: StaffKind, event: &Event) -> Result<Option<(i64, Basis)>, NoLaw> {
    let found = law.find(&format!("abroad_conditions.{part}"), staff, GoverningDate::from(event.sent_on))?;
    Ok(found.number()?.map(|number| (number, Basis::found(&found))))
}
