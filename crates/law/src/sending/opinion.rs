//! Leaders whom Ban Thường vụ manages are sent after its opinion.
//! Not for: how the opinion is asked and kept.

use super::{Basis, Candidate, Code, Finding};
use crate::acts::Words;
use crate::governing::{GoverningDate, SendingDate, SigningDate};
use crate::lookup::Law;
use crate::values::Value;
use domain::people::{LeaderGroup, StaffKind};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Opinion {
    groups: Vec<LeaderGroup>,
    basis: Basis,
}

impl Opinion {
    /// The groups on the day when the sending decision is signed; before the list began nobody was on it.
    pub(super) fn of(law: &Law, staff: StaffKind, sent_on: SendingDate) -> Option<Self> {
        let on = GoverningDate::from(SigningDate(sent_on.0));
        let found = law.find("paperwork.standing_committee_groups", staff, on).ok()?;
        let Value::Codes(codes) = found.value else { return None };
        Some(Self { groups: codes.iter().filter_map(|code| LeaderGroup::from_code(code)).collect(), basis: Basis::found(&found) })
    }

    pub(super) fn missing(&self, candidate: &Candidate) -> Option<Finding> {
        let is_managed = candidate.group.is_some_and(|group| self.groups.contains(&group));
        (is_managed && !candidate.opinion_given).then(|| {
            let words = Words::new(
                "Thuộc diện Ban Thường vụ quản lý; chưa có ý kiến của Ban Thường vụ",
                "Managed by the standing committee of the province; its opinion is missing",
            );
            self.basis.unmet(Code::NoOpinion, words)
        })
    }
}
