//! Why an act on programmes is not done.
//! Not for: words; the code chooses them in `locales/`.

use domain::programmes::appraisal::CouncilFault;
use domain::programmes::life::State;
use domain::programmes::materials::FileFault;
use domain::programmes::{Lack, TextFault};
use domain::register::scans::ScanFault;

/// Why an act on programmes is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProgrammeRefusal {
    /// The text cannot be kept.
    Text(TextFault),
    /// The text is not complete.
    Lack(Lack),
    /// The code is not one.
    BadCode,
    /// Another programme has the code.
    CodeTaken,
    /// No such unit on the day.
    NoUnit,
    /// A text is being worked on already.
    OpenText,
    /// The text is in a state in which this cannot be done.
    WrongState(State),
    /// A reason is needed, and it is short.
    NoReason,
    /// The council does not exist on the day.
    NoCouncil,
    /// The law has no rule of councils on the day.
    NoRule,
    /// A rule of councils.
    Council(CouncilFault),
    /// An account that may not appraise.
    NotAnAppraiser,
    /// The council is at work; its members do not change meanwhile.
    CouncilAtWork,
    /// The day of the session has not come, or lies before the day of sending.
    BadDay,
    /// The asker does not sit in the council.
    NotAMember,
    /// Only the chair does this.
    NotTheChair,
    /// Only the chair or the secretary does this.
    NotTheSecretary,
    /// The session is over.
    Closed,
    /// Who is not simply for it says why.
    NoOpinion,
    /// Too few have voted.
    TooFewVotes,
    /// There are no minutes.
    NoMinutes,
    /// The decision has no number.
    NoNumber,
    /// The decision lies in the future, or not after the text that it replaces.
    BadDecisionDay,
    /// Its paper is on its way already.
    OnItsWay,
    /// No procedure carries it.
    NoProcedure,
    /// A file is not taken.
    File(FileFault),
    /// A scan is not taken.
    Scan(ScanFault),
}

impl ProgrammeRefusal {
    /// The stable code.
    #[must_use]
    pub fn code(self) -> String {
        match self {
            Self::Text(fault) => format!("text-{fault}"),
            Self::Lack(lack) => format!("lack-{lack}"),
            Self::BadCode => "bad_code".to_owned(),
            Self::CodeTaken => "code_taken".to_owned(),
            Self::NoUnit => "no_unit".to_owned(),
            Self::OpenText => "open_text".to_owned(),
            Self::WrongState(_) => "wrong_state".to_owned(),
            Self::NoReason => "no_reason".to_owned(),
            Self::NoCouncil => "no_council".to_owned(),
            Self::NoRule => "no_rule".to_owned(),
            Self::Council(fault) => format!("council-{fault}"),
            Self::NotAnAppraiser => "not_an_appraiser".to_owned(),
            Self::CouncilAtWork => "council_at_work".to_owned(),
            Self::BadDay => "bad_day".to_owned(),
            Self::NotAMember => "not_a_member".to_owned(),
            Self::NotTheChair => "not_the_chair".to_owned(),
            Self::NotTheSecretary => "not_the_secretary".to_owned(),
            Self::Closed => "closed".to_owned(),
            Self::NoOpinion => "no_opinion".to_owned(),
            Self::TooFewVotes => "too_few_votes".to_owned(),
            Self::NoMinutes => "no_minutes".to_owned(),
            Self::NoNumber => "no_number".to_owned(),
            Self::BadDecisionDay => "bad_decision_day".to_owned(),
            Self::OnItsWay => "on_its_way".to_owned(),
            Self::NoProcedure => "no_procedure".to_owned(),
            Self::File(fault) => format!("file-{fault}"),
            Self::Scan(fault) => format!("scan-{fault}"),
        }
    }

    /// One of every refusal, so that tests find a word for each.
    #[must_use]
    pub fn each() -> Vec<Self> {
        let mut all = vec![
            Self::BadCode,
            Self::CodeTaken,
            Self::NoUnit,
            Self::OpenText,
            Self::WrongState(State::Draft),
            Self::NoReason,
            Self::NoCouncil,
            Self::NoRule,
            Self::NotAnAppraiser,
            Self::CouncilAtWork,
            Self::BadDay,
            Self::NotAMember,
            Self::NotTheChair,
            Self::NotTheSecretary,
            Self::Closed,
            Self::NoOpinion,
            Self::TooFewVotes,
            Self::NoMinutes,
            Self::NoNumber,
            Self::BadDecisionDay,
            Self::OnItsWay,
            Self::NoProcedure,
        ];
        all.extend(TextFault::ALL.iter().map(|fault| Self::Text(*fault)));
        all.extend(Lack::ALL.iter().map(|lack| Self::Lack(*lack)));
        all.extend(CouncilFault::ALL.iter().map(|fault| Self::Council(*fault)));
        all.extend(FileFault::ALL.iter().map(|fault| Self::File(*fault)));
        all.extend(ScanFault::ALL.iter().map(|fault| Self::Scan(*fault)));
        all
    }
}
