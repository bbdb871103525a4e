//! `/chuong-trinh` and `/hoi-dong`: the catalogue of programmes, one programme, its acts and materials, councils and their sessions.
//! Not for: rules (`service::programmes`).

pub(crate) mod acts;
pub(crate) mod compare;
pub(crate) mod councils;
pub(crate) mod edit;
mod form;
pub(crate) mod list;
pub(crate) mod materials;
pub(crate) mod one;
pub(crate) mod sessions;

use domain::programmes::appraisal::CouncilFault;
use domain::programmes::life::State;
use service::programmes::ProgrammeRefusal;

use crate::asked::escaped;
use crate::form::Mistake;
use crate::i18n::Lang;
use crate::words::word;

const HERE: &str = "/chuong-trinh";
const COUNCILS: &str = "/hoi-dong";

fn path(code: &str) -> String {
    format!("{HERE}/{}", escaped(code))
}

/// The mark beside the word of a state.
const fn mark(state: State) -> &'static str {
    match state {
        State::Draft => "open",
        State::Appraising => "on_track",
        State::ToMend => "at_risk",
        State::Appraised => "due",
        State::Approved => "done",
        State::Replaced | State::Retired => "not_started",
    }
}

/// Mark and word of a state.
fn chip(lang: Lang, state: State) -> (&'static str, String) {
    (mark(state), word(lang, "programme-state", state.code()))
}

/// What a refusal says, and beside which field.
fn mistake(lang: Lang, refusal: ProgrammeRefusal) -> Mistake {
    use ProgrammeRefusal as R;
    let field = match refusal {
        R::Text(_) => "title",
        R::Lack(_) | R::WrongState(_) | R::OpenText | R::Closed | R::TooFewVotes | R::OnItsWay | R::NoProcedure => "noi-dung",
        R::BadCode | R::CodeTaken => "code",
        R::NoUnit => "owner",
        R::NoReason => "reason",
        R::NoCouncil | R::NoRule => "council",
        R::Council(CouncilFault::NoDecision) => "decision",
        R::Council(CouncilFault::EndsBeforeStart) => "last",
        R::Council(_) | R::NotAnAppraiser | R::CouncilAtWork => "name",
        R::BadDay => "held_on",
        R::NotAMember | R::NotTheChair | R::NoOpinion => "opinion",
        R::NoMinutes => "minutes",
        R::NoNumber => "number",
        R::BadDecisionDay => "decided_on",
        R::File(_) | R::Scan(_) | R::NotTheSecretary => crate::form::upload::FILE,
    };
    Mistake::new(field, lang.t(&format!("programme-refusal-{}", refusal.code())))
}

fn mistakes(lang: Lang, refusals: Vec<ProgrammeRefusal>) -> Vec<Mistake> {
    refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect()
}
