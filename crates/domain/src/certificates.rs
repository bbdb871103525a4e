//! Certificates: which paper may be granted, renewed or taken back for an attendance, and how its number is written.
//! Not for: the sign by which a verifier finds it (`code`), or taking numbers; `store` does so under a lock.

pub mod code;

use crate::codes;
use crate::training::{ClassStatus, Outcome};

codes! {
    /// What kind of paper it is.
    CertificateKind {
        /// Chứng chỉ: granted once for an attendance.
        Certificate = "certificate",
        /// Giấy chứng nhận đã hoàn thành khoá học: in place of a certificate that was lost or damaged, of the same value.
        Completion = "completion",
    }
}

codes! {
    /// What became of a paper.
    CertificateState {
        /// It is valid.
        Valid = "valid",
        /// Another paper stands in its place.
        Replaced = "replaced",
        /// It was taken back.
        Revoked = "revoked",
    }
}

codes! {
    /// What is done about a paper.
    CertificateAct {
        /// Cấp: the first and only time.
        Issue = "issue",
        /// Cấp lại: the school made a mistake; the new paper takes the place of the old one.
        Correct = "correct",
        /// Cấp giấy chứng nhận: the certificate was lost or damaged.
        Confirm = "confirm",
        /// Thu hồi.
        Revoke = "revoke",
    }
}

codes! {
    /// Why it is not done.
    CertificateFault {
        /// The results of the class are not recognised.
        NotRecognised = "not_recognised",
        /// The person did not finish.
        NotFinished = "not_finished",
        /// A certificate was granted for this attendance already; it is granted once.
        AlreadyGranted = "already_granted",
        /// The paper is not valid any more.
        NotValid = "not_valid",
        /// A lost paper is confirmed of a certificate, not of a confirmation.
        NotACertificate = "not_a_certificate",
        /// It must be said why.
        NoReason = "no_reason",
        /// Taking back needs the number of its decision.
        NoDecision = "no_decision",
        /// Nobody is said to sign.
        NoSigner = "no_signer",
        /// The day lies before the recognition of the results, or has not come.
        OddDay = "odd_day",
    }
}

/// What is known of an attendance and of the paper in hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// State of the class.
    pub class: ClassStatus,
    /// What became of the attendance.
    pub outcome: Outcome,
    /// The paper that the act is about: its kind and state; when issuing, whichever was granted before.
    pub paper: Option<(CertificateKind, CertificateState)>,
}

/// What comes with an act.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Deed<'a> {
    /// The act.
    pub act: CertificateAct,
    /// Why.
    pub reason: &'a str,
    /// Number of the decision.
    pub decision: &'a str,
}

/// Everything that keeps an act from being done.
#[must_use]
pub fn faults(standing: &Standing, deed: &Deed<'_>) -> Vec<CertificateFault> {
    use CertificateAct::{Confirm, Correct, Issue, Revoke};
    use CertificateFault as Fault;
    let makes_a_paper = match deed.act {
        Issue | Correct | Confirm => true,
        Revoke => false,
    };
    let is_recognised = matches!(standing.class, ClassStatus::Recognised | ClassStatus::Closed);
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: Fault| faults.extend(is_wrong.then_some(fault));
    fault(makes_a_paper && !is_recognised, Fault::NotRecognised);
    fault(makes_a_paper && standing.outcome != Outcome::Finished, Fault::NotFinished);
    match (deed.act, standing.paper) {
        (Issue, None) | (Correct | Revoke, Some((_, CertificateState::Valid))) => {}
        (Issue, Some(_)) => fault(true, Fault::AlreadyGranted),
        (Confirm, Some((kind, CertificateState::Valid))) => fault(kind != CertificateKind::Certificate, Fault::NotACertificate),
        (Correct | Confirm | Revoke, _) => fault(true, Fault::NotValid),
    }
    fault(deed.act != Issue && deed.reason.trim().is_empty(), Fault::NoReason);
    fault(deed.act == Revoke && deed.decision.trim().is_empty(), Fault::NoDecision);
    faults
}

/// What becomes of the papers of an attendance by an act on one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Consequence {
    /// The new paper.
    pub new: Option<CertificateKind>,
    /// The state of the paper in hand afterwards.
    pub paper: CertificateState,
    /// The state of a valid confirmation beside it afterwards; a certificate takes it along.
    pub confirmation: CertificateState,
}

/// What follows from an act that is allowed on a paper; nothing from issuing, which is about none.
#[must_use]
pub const fn consequence(act: CertificateAct, kind: CertificateKind) -> Option<Consequence> {
    use CertificateState::{Replaced, Revoked, Valid};
    match (act, kind) {
        (CertificateAct::Issue, _) => None,
        (CertificateAct::Correct, CertificateKind::Certificate) => {
            Some(Consequence { new: Some(kind), paper: Replaced, confirmation: Replaced })
        }
        (CertificateAct::Correct, CertificateKind::Completion) => {
            Some(Consequence { new: Some(kind), paper: Replaced, confirmation: Valid })
        }
        // The lost certificate stays what was granted; an earlier confirmation gives way to the new one.
        (CertificateAct::Confirm, _) => Some(Consequence { new: Some(CertificateKind::Completion), paper: Valid, confirmation: Replaced }),
        (CertificateAct::Revoke, CertificateKind::Certificate) => Some(Consequence { new: None, paper: Revoked, confirmation: Revoked }),
        (CertificateAct::Revoke, CertificateKind::Completion) => Some(Consequence { new: None, paper: Revoked, confirmation: Valid }),
    }
}

/// Number and sign of a paper: `0012/2026/CC-H99.01`. Numbers of a body run through a year over both kinds.
#[must_use]
pub fn symbol(kind: CertificateKind, number: i32, year: i32, body: &str) -> String {
    let sign = match kind {
        CertificateKind::Certificate => "CC",
        CertificateKind::Completion => "GCN",
    };
    format!("{number:04}/{year}/{sign}-{body}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(standing: &Standing, act: CertificateAct) -> Vec<&'static str> {
        faults(standing, &Deed { act, reason: "sai họ tên", decision: "1/QĐ" }).into_iter().map(CertificateFault::code).collect()
    }

    /// Every state of the class, outcome, paper and act, as one picture that changes only in review.
    #[test]
    fn what_may_be_done_when() {
        let mut papers = vec![None];
        for kind in CertificateKind::ALL {
            papers.extend(CertificateState::ALL.iter().map(|state| Some((*kind, *state))));
        }
        let mut picture = String::new();
        for (class, outcome) in [
            (ClassStatus::Finished, Outcome::Finished),
            (ClassStatus::Recognised, Outcome::Finished),
            (ClassStatus::Closed, Outcome::Finished),
            (ClassStatus::Recognised, Outcome::Failed),
            (ClassStatus::Recognised, Outcome::Withdrawn),
        ] {
            for paper in &papers {
                let held = paper.map_or_else(|| "none".to_owned(), |(kind, state)| format!("{state} {kind}"));
                picture.push_str(&format!("{class}, {outcome}, {held}:"));
                for act in CertificateAct::ALL {
                    let found = told(&Standing { class, outcome, paper: *paper }, *act);
                    picture.push_str(&format!(" {act}={}", if found.is_empty() { "yes".to_owned() } else { found.join("+") }));
                }
                picture.push('\n');
            }
        }
        insta::assert_snapshot!(picture);
    }

    #[test]
    fn a_change_says_why_and_taking_back_says_by_which_decision() {
        let standing = Standing {
            class: ClassStatus::Recognised,
            outcome: Outcome::Finished,
            paper: Some((CertificateKind::Certificate, CertificateState::Valid)),
        };
        let bare = |act| faults(&standing, &Deed { act, reason: " ", decision: "" });
        assert_eq!(bare(CertificateAct::Correct), [CertificateFault::NoReason]);
        assert_eq!(bare(CertificateAct::Confirm), [CertificateFault::NoReason]);
        assert_eq!(bare(CertificateAct::Revoke), [CertificateFault::NoReason, CertificateFault::NoDecision]);
    }

    #[test]
    fn a_lost_certificate_stays_granted_and_a_corrected_or_revoked_one_takes_its_confirmation_along() {
        use CertificateState::{Replaced, Revoked, Valid};
        let of = |act| consequence(act, CertificateKind::Certificate).map(|found| (found.paper, found.confirmation));
        assert_eq!(of(CertificateAct::Issue), None);
        assert_eq!(of(CertificateAct::Confirm), Some((Valid, Replaced)));
        assert_eq!(of(CertificateAct::Correct), Some((Replaced, Replaced)));
        assert_eq!(of(CertificateAct::Revoke), Some((Revoked, Revoked)));
        let completion = consequence(CertificateAct::Revoke, CertificateKind::Completion).map(|found| found.confirmation);
        assert_eq!(completion, Some(Valid), "another confirmation is not concerned");
    }

    #[test]
    fn numbers_have_four_digits_at_least() {
        assert_eq!(symbol(CertificateKind::Certificate, 12, 2026, "H99.01"), "0012/2026/CC-H99.01");
        assert_eq!(symbol(CertificateKind::Completion, 12_345, 2027, "H99.01"), "12345/2027/GCN-H99.01");
    }
}
