//! Why a paper does not go on, with a stable code and the article where the law says so.
//! Not for: words; `locales/` has them under the code.

use domain::papers::Lack;
use domain::papers::moves::MoveRefusal;
use domain::papers::numbers::NumberFault;

/// Why a paper does not go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PaperRefusal {
    /// The procedure has no such way from here.
    Move(MoveRefusal),
    /// Somebody else holds it.
    NotHolder,
    /// No procedure governs this kind of paper in this bloc.
    NoProcedure,
    /// It is on its way already.
    OnItsWay,
    /// It is sent from the page of its subject.
    FromSubject,
    /// Its subject lacks something.
    Lacks(Vec<Lack>),
    /// Sending back, stopping, disagreeing or giving an opinion needs words.
    NoWords,
    /// A scan of the signed paper is missing.
    NoScan,
    /// It is not signed.
    NotSigned,
    /// The signer has no right to sign for this body today.
    NoMandate,
    /// The right to sign does not hold today.
    MandateNotToday,
    /// The right to sign breaks a rule.
    BadMandate,
    /// Several rights to sign hold: one has to be chosen.
    ManyMandates,
    /// No number is given.
    Number(NumberFault),
    /// It gets its number later than the law allows; that needs a reason.
    LateNumber,
    /// It goes out later than the law allows; that needs a reason.
    LateIssue,
    /// It has no title or no words.
    NoTitle,
    /// Too long a text.
    TooLong,
}

impl PaperRefusal {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Move(refusal) => refusal.code(),
            Self::NotHolder => "not_holder",
            Self::NoProcedure => "no_procedure",
            Self::OnItsWay => "on_its_way",
            Self::FromSubject => "from_subject",
            Self::Lacks(_) => "lacks",
            Self::NoWords => "no_words",
            Self::NoScan => "no_scan",
            Self::NotSigned => "not_signed",
            Self::NoMandate => "no_mandate",
            Self::MandateNotToday => "mandate_not_today",
            Self::BadMandate => "bad_mandate",
            Self::ManyMandates => "many_mandates",
            Self::Number(fault) => fault.code(),
            Self::LateNumber => "late_number",
            Self::LateIssue => "late_issue",
            Self::NoTitle => "no_title",
            Self::TooLong => "too_long",
        }
    }

    /// The article that says so, as the law files cite it.
    #[must_use]
    pub const fn article(&self) -> Option<&'static str> {
        match self {
            Self::NoMandate | Self::MandateNotToday | Self::BadMandate => Some("nd-30-2020#13"),
            Self::Number(NumberFault::BackDated | NumberFault::NotYet) | Self::LateNumber => Some("nd-30-2020#15"),
            Self::LateIssue => Some("nd-30-2020#18"),
            _ => None,
        }
    }
}
