//! Who may be sent to study for a degree: postgraduate by `postgraduate`, lower degrees by the groups that the law names.
//! Not for: the promise of service once it is given (`commitment`).

use super::{Basis, Candidate, Code, Event, Finding, field_not_known};
use crate::acts::Words;
use crate::governing::{GoverningDate, SendingDate};
use crate::lookup::Law;
use crate::postgraduate::{Conditions, PostgraduateFacts, Reason, keeps_promise, promise_words};
use crate::refusal::NoLaw;
use crate::values::Value;
use domain::people::StaffKind;

pub(super) fn postgraduate(conditions: &Conditions, event: &Event, candidate: &Candidate, findings: &mut Vec<Finding>) {
    let facts = PostgraduateFacts {
        staff: candidate.staff,
        sent_on: event.sent_on,
        born_on: candidate.born_on,
        first_sent_on: candidate.first_sent_on,
        service_from: candidate.service_from,
        rated_years: candidate.rated_years(event.sent_on),
        field_fits_post: candidate.field_fits_post.unwrap_or(true),
        study_months: event.study_months,
        promised_months: candidate.promised_months,
    };
    for unmet in conditions.unmet(&facts) {
        findings.push(Basis::new(&unmet.cites, unmet.evidence).unmet(code(unmet.reason), unmet.words));
    }
    if let (None, Some(asked)) = (candidate.field_fits_post, conditions.asked(Reason::FieldDoesNotFit)) {
        findings.push(Basis::new(&asked.cites, asked.evidence).to_confirm(Code::FieldNotKnown, field_not_known(event)));
    }
}

const fn code(reason: Reason) -> Code {
    match reason {
        Reason::ServiceTooShort => Code::ServiceTooShort,
        Reason::NotRatedGood => Code::NotRatedGood,
        Reason::TooOld => Code::TooOld,
        Reason::OnProbation => Code::OnProbation,
        Reason::FieldDoesNotFit => Code::FieldDoesNotFit,
        Reason::PromiseTooShort => Code::PromiseTooShort,
    }
}

/// Trung cấp, cao đẳng, đại học.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct LowerDegree {
    for_minority: bool,
    for_hard_area: bool,
    for_whom: Words,
    basis: Basis,
    /// Least promise as a multiple of the study.
    promise: Option<(i64, Basis)>,
}

impl LowerDegree {
    pub(super) fn of(law: &Law, staff: StaffKind, sent_on: SendingDate) -> Result<Self, NoLaw> {
        let on = GoverningDate::from(sent_on);
        let found = law.find("lower_degree_conditions.for_whom", staff, on)?;
        let names = |group: &str| matches!(found.value, Value::Codes(codes) if codes.iter().any(|code| code == group));
        let (for_minority, for_hard_area) = (names("commune_minority"), names("commune_hard_area"));
        let promise = if for_minority || for_hard_area { promise(law, staff, on)? } else { None };
        Ok(Self { for_minority, for_hard_area, for_whom: law.used(found).value, basis: Basis::found(&found), promise })
    }

    pub(super) fn judge(&self, event: &Event, candidate: &Candidate, findings: &mut Vec<Finding>) {
        findings.extend(self.person(candidate));
        if let Some((multiple, basis)) = &self.promise
            && !keeps_promise(candidate.promised_months, event.study_months, *multiple)
        {
            let words = promise_words(candidate.promised_months, event.study_months, *multiple);
            findings.push(basis.unmet(Code::PromiseTooShort, words));
        }
    }

    fn person(&self, candidate: &Candidate) -> Option<Finding> {
        if !self.for_minority && !self.for_hard_area {
            let words = Words::new(
                "Pháp luật ngày này không cử đi đào tạo trung cấp, cao đẳng, đại học",
                "The law of that day sends nobody of this staff to study for a degree below postgraduate",
            );
            return Some(self.basis.unmet(Code::LowerDegreeClosed, words));
        }
        let by_area = self.for_hard_area && candidate.in_commune;
        let is_named =
            candidate.in_commune && ((self.for_minority && candidate.is_minority) || (by_area && candidate.in_hard_area == Some(true)));
        if is_named {
            return None;
        }
        let Words { vi, en } = &self.for_whom;
        Some(if by_area && candidate.in_hard_area.is_none() {
            let words = Words::new(
                format!("Cần xác nhận địa bàn công tác; chỉ cử {vi}"),
                format!("To be confirmed: the area of the post; sent are only {en}"),
            );
            self.basis.to_confirm(Code::AreaNotKnown, words)
        } else {
            self.basis.unmet(Code::LowerDegreeForOthers, Words::new(format!("Chỉ cử {vi}"), format!("Sent are only {en}")))
        })
    }
}

fn promise(law: &Law, staff: StaffKind, on: GoverningDate) -> Result<Option<(i64, Basis)>, NoLaw> {
    let found = law.find("lower_degree_conditions.commitment", staff, on)?;
    Ok(found.number()?.map(|multiple| (multiple, Basis::found(&found))))
}
