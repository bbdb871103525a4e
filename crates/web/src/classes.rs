//! `/lop`: classes: the list and the calendar, one class with its people, its life, its sittings; naming people and deciding.
//! Not for: rules (`domain::classes`, `domain::nominations`), or what an act does (`service::classes`, `service::nominations`).

pub(crate) mod acts;
pub(crate) mod calendar;
pub(crate) mod form;
pub(crate) mod list;
pub(crate) mod map;
pub(crate) mod name;
pub(crate) mod nomination;
pub(crate) mod one;
pub(crate) mod paper_numbers;
pub(crate) mod papers;
pub(crate) mod results;
pub(crate) mod rules;
pub(crate) mod shares;
pub(crate) mod sittings;
pub(crate) mod teaching;
pub(crate) mod told;
pub(crate) mod waiting;
pub(crate) mod week;

use domain::classes::{ActFault, TermsFault};
use domain::nominations::NominationState;
use domain::time::Date;
use domain::training::ClassStatus;
use service::classes::{ClassLine, ClassRefusal};
use service::nominations::{Because, Detail, report};

use crate::asked::escaped;
use crate::errors::WebError;
use crate::form::Mistake;
use crate::i18n::Lang;
use crate::words::word;

/// Where classes are listed.
pub(crate) const HERE: &str = "/lop";

/// The address of a class, or of something of it.
pub(crate) fn path(code: &str, more: &str) -> String {
    format!("{HERE}/{}{more}", escaped(code))
}

/// The chip of a state: picture and word.
pub(crate) fn chip(lang: Lang, status: ClassStatus) -> (&'static str, String) {
    let icon = match status {
        ClassStatus::Planned => "draft",
        ClassStatus::Enrolling => "open",
        ClassStatus::Running => "continuous",
        ClassStatus::Finished => "due",
        ClassStatus::Recognised => "met",
        ClassStatus::Closed => "done",
        ClassStatus::Cancelled => "missed",
    };
    (icon, word(lang, "class-status", status.code()))
}

/// The chip of a nomination.
fn nomination_chip(lang: Lang, state: NominationState) -> (&'static str, String) {
    let icon = match state {
        NominationState::Named => "open",
        NominationState::Agreed => "due",
        NominationState::Confirmed => "done",
        NominationState::Waiting => "late",
        NominationState::Leaving => "at_risk",
        NominationState::Refused => "missed",
        NominationState::Withdrawn | NominationState::Replaced => "not_started",
    };
    (icon, word(lang, "nomination-state", state.code()))
}

/// First and last day; one day is told once.
pub(crate) fn days(lang: Lang, (from, to): (Date, Date)) -> String {
    if from == to { lang.date(from) } else { format!("{} – {}", lang.date(from), lang.date(to)) }
}

/// "23 / 40".
fn seats(lang: Lang, line: &ClassLine) -> String {
    let taken = if line.terms.most > 0 { line.confirmed + line.unconfirmed } else { line.learners };
    match line.terms.most {
        0 => lang.number(taken.into()),
        most => format!("{} / {}", lang.number(taken.into()), lang.number(most.into())),
    }
}

/// Why somebody should not, or cannot, be sent, as pages tell it.
struct Told {
    is_hard: bool,
    text: String,
    way_out: String,
    articles: String,
    is_verified: bool,
}

fn told(lang: Lang, because: &Because) -> Result<Told, WebError> {
    let of = |words: &law::Words| if lang.is_vi() { words.vi.clone() } else { words.en.clone() };
    let cites = report::cited(because)?;
    let articles = cites.iter().map(of).collect::<Vec<_>>().join("; ");
    let (text, way_out, is_verified) = match because {
        Because::Law(finding) => (of(&finding.words), finding.way_out.as_ref().map(of).unwrap_or_default(), finding.is_verified),
        Because::Rule(hindrance, detail) => (rule(lang, hindrance.code(), detail), String::new(), true),
    };
    Ok(Told { is_hard: because.is_hard(), text, way_out, articles, is_verified })
}

fn rule(lang: Lang, code: &str, detail: &Detail) -> String {
    let key = format!("hindrance-{code}");
    match detail {
        Detail::None => lang.t(&key),
        Detail::Class(told) => lang.with(&key, &[("class", told.clone().into())]),
        Detail::Day(day) => lang.with(&key, &[("day", lang.date(*day).into())]),
        Detail::Count(found, most) => lang.with(&key, &[("found", lang.number(*found).into()), ("most", lang.number(*most).into())]),
    }
}

/// The words of a refusal, each at the field it concerns.
fn mistakes(lang: Lang, refusal: ClassRefusal) -> Vec<Mistake> {
    let one = |field: &str, text: String| vec![Mistake::new(field, text)];
    match refusal {
        ClassRefusal::Terms(faults) => faults.into_iter().map(|fault| terms_mistake(lang, fault)).collect(),
        ClassRefusal::Act(faults) => faults.into_iter().map(|fault| act_mistake(lang, fault)).collect(),
        ClassRefusal::Sittings(clashes) => clashes.into_iter().map(|clash| sittings::mistake(lang, clash)).collect(),
        ClassRefusal::UnknownUnit(text) => one("unit", lang.with("class-fault-unknown-unit", &[("typed", text.into())])),
        ClassRefusal::UnknownRoom(text) => one("bang", lang.with("class-fault-unknown-room", &[("typed", text.into())])),
        ClassRefusal::UnknownLecturer(text) => one("bang", lang.with("class-fault-unknown-lecturer", &[("typed", text.into())])),
        ClassRefusal::SeatsTaken(n) => one("most", lang.with("class-fault-seats-taken", &[("n", lang.number(n.into()).into())])),
        ClassRefusal::PeopleBusy { people, with } => {
            let values = [("n", lang.number(people.into()).into()), ("class", with.into())];
            one("starts_on", lang.with("class-fault-people-busy", &values))
        }
        ClassRefusal::TooFewSeats(n) => one("seats", lang.with("class-fault-too-few-seats", &[("n", lang.number(n.into()).into())])),
        ClassRefusal::NotNow => one("act", lang.t("class-fault-not-now")),
        ClassRefusal::NeedsReason(people) => {
            let first = people.first().map(|official| format!("vi-sao-{official}")).unwrap_or_default();
            one(&first, lang.with("class-fault-needs-reason", &[("n", lang.size(people.len()).into())]))
        }
    }
}

fn terms_mistake(lang: Lang, fault: TermsFault) -> Mistake {
    let field = match fault {
        TermsFault::NoName | TermsFault::TooLong => "name",
        TermsFault::NoContent => "content",
        TermsFault::NoDegree => "degree",
        TermsFault::EndsBeforeStart => "ends_on",
        TermsFault::OddSeats => "most",
        TermsFault::LeastOverMost => "least",
        TermsFault::OddLength => "days",
        TermsFault::NamesAfterEnd => "names_until",
        TermsFault::OddCost => "cost",
    };
    Mistake::new(field, lang.code_text("class-fault", fault.code()))
}

fn act_mistake(lang: Lang, fault: ActFault) -> Mistake {
    let field = match fault {
        ActFault::NoDecision => "decision",
        ActFault::NoDays => "starts_on",
        ActFault::NotNow | ActFault::NoSeats | ActFault::NoReason | ActFault::TooFew | ActFault::Undecided | ActFault::TooEarly => "reason",
    };
    Mistake::new(field, lang.code_text("class-act-fault", fault.code()))
}

impl Told {
    /// The picture of how heavy it is.
    const fn icon(&self) -> &'static str {
        if self.is_hard { "missed" } else { "at_risk" }
    }
}
