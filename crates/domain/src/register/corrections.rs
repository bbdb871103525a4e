//! What an official may propose to correct in the own record, and how such a proposal lives.
//! Not for: making the correction; the acts of keeping a record do so with their own rules.

use crate::codes;

codes! {
    /// What a proposal is about.
    About {
        /// Who the official is.
        Official = "official",
        /// A posting.
        Posting = "posting",
        /// A degree or certificate.
        Qualification = "qualification",
        /// A training.
        TrainingRecord = "training_record",
    }
}

codes! {
    /// What is wrong.
    Wish {
        /// Something of it is other than it stands there.
        Changed = "changed",
        /// A line is missing.
        Missing = "missing",
        /// The line should not stand there at all.
        Wrong = "wrong",
    }
}

codes! {
    /// How far a proposal has come.
    CorrectionState {
        /// Nobody has decided.
        Open = "open",
        /// It was made.
        Accepted = "accepted",
        /// It was not made, for a reason.
        Refused = "refused",
        /// The official took it back.
        Withdrawn = "withdrawn",
    }
}

codes! {
    /// Why a proposal is not taken.
    ProposalFault {
        /// It does not say what is wrong and how one knows.
        NoWords = "no_words",
        /// Every value is as it stands there already.
        NothingNew = "nothing_new",
        /// The identity cannot be missing or wrong as a whole.
        NotOfIdentity = "not_of_identity",
        /// The line has no such value to correct.
        UnknownField = "unknown_field",
        /// Too many proposals are open already.
        TooMany = "too_many",
    }
}

/// Most open proposals of one official: more is a visit to the office.
pub const MOST_OPEN: usize = 20;

impl About {
    /// The values that can be corrected, by the names of their columns; `unit_id` and the like are changed by acts of their own.
    #[must_use]
    pub const fn fields(self) -> &'static [&'static str] {
        match self {
            Self::Official => &[
                "name",
                "other_names",
                "birth_on",
                "sex",
                "ethnicity",
                "religion",
                "health",
                "citizen_number",
                "record_code",
                "recruited_on",
            ],
            Self::Posting => &["post", "grade", "decision_number", "starts_on"],
            Self::Qualification => &["granted_on", "expires_on", "issuer", "number"],
            Self::TrainingRecord => &["starts_on", "ends_on", "periods", "evidence"],
        }
    }
}

/// What a proposal says.
#[derive(Debug, Clone, Copy)]
pub struct Proposal<'a> {
    /// About what.
    pub about: About,
    /// What is wrong.
    pub wish: Wish,
    /// Values that should be other: column, what stands there, what should.
    pub values: &'a [(&'a str, &'a str, &'a str)],
    /// In the official's words.
    pub words: &'a str,
    /// Proposals of the official that are open already.
    pub open: usize,
}

/// Everything that is wrong with a proposal.
#[must_use]
pub fn proposal_faults(proposal: &Proposal<'_>) -> Vec<ProposalFault> {
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: ProposalFault| faults.extend(is_wrong.then_some(fault));
    fault(proposal.words.trim().is_empty(), ProposalFault::NoWords);
    fault(proposal.about == About::Official && proposal.wish != Wish::Changed, ProposalFault::NotOfIdentity);
    let known = proposal.about.fields();
    fault(proposal.values.iter().any(|(field, ..)| !known.contains(field)), ProposalFault::UnknownField);
    let is_new = proposal.values.iter().any(|(_, now, wanted)| now != wanted);
    fault(proposal.wish == Wish::Changed && !is_new, ProposalFault::NothingNew);
    fault(proposal.open >= MOST_OPEN, ProposalFault::TooMany);
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worked_cases_of_proposals() {
        let good =
            Proposal { about: About::Posting, wish: Wish::Changed, values: &[("grade", "01.003", "01.002")], words: "QĐ 12", open: 0 };
        let cases: &[(Proposal<'_>, &[ProposalFault])] = &[
            (good, &[]),
            (Proposal { words: " ", ..good }, &[ProposalFault::NoWords]),
            (Proposal { values: &[("grade", "01.003", "01.003")], ..good }, &[ProposalFault::NothingNew]),
            (Proposal { values: &[], ..good }, &[ProposalFault::NothingNew]),
            (Proposal { values: &[], wish: Wish::Wrong, ..good }, &[]),
            (Proposal { values: &[], wish: Wish::Missing, ..good }, &[]),
            (Proposal { values: &[("unit_id", "1", "2")], ..good }, &[ProposalFault::UnknownField]),
            (Proposal { about: About::Official, values: &[], wish: Wish::Wrong, ..good }, &[ProposalFault::NotOfIdentity]),
            (Proposal { open: MOST_OPEN, ..good }, &[ProposalFault::TooMany]),
        ];
        for (proposal, faults) in cases {
            assert_eq!(proposal_faults(proposal), *faults, "{proposal:?}");
        }
    }
}
