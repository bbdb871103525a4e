//! `/ra-soat`: reviews of who needs what; opened, answered by units, approved, gathered.
//! Not for: needs outside of reviews (`needs`); rules are in `service::reviews`.

pub(crate) mod answer;
pub(crate) mod form;
pub(crate) mod line;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod steps;

use domain::reviews::{AnswerState, ReviewState};
use domain::time::Date;
use service::reviews::{AnswerLine, EventLine};

use crate::asked::escaped;
use crate::i18n::Lang;
use crate::words::word;

/// Where reviews are listed.
pub(crate) const HERE: &str = "/ra-soat";

/// The page of the answer of a unit.
pub(crate) fn answer_path(review: impl std::fmt::Display, unit: &str) -> String {
    format!("{HERE}/{review}/don-vi/{}", escaped(unit))
}

/// The chip of a review: picture and word.
fn review_chip(lang: Lang, state: ReviewState) -> (&'static str, String) {
    let icon = match state {
        ReviewState::Draft => "not_started",
        ReviewState::Open => "open",
        ReviewState::Closed => "done",
    };
    (icon, word(lang, "review-state", state.code()))
}

/// The picture of an answer, which is also its part of a bar.
const fn icon_of(state: AnswerState) -> &'static str {
    match state {
        AnswerState::Waiting => "not_started",
        AnswerState::Answering => "due",
        AnswerState::Sent => "at_risk",
        AnswerState::Approved => "on_track",
        AnswerState::Gathered => "met",
        AnswerState::Returned => "behind",
    }
}

/// The chip of an answer.
fn answer_chip(lang: Lang, state: AnswerState) -> (&'static str, String) {
    (icon_of(state), word(lang, "review-answer", state.code()))
}

/// How late an answer is, in words; nothing while it is in time.
fn lateness(lang: Lang, answer: &AnswerLine, today: Date) -> Option<String> {
    answer.late_days(today).map(|days| lang.counted("review-late", days))
}

/// A step that was taken, in words.
struct Event {
    what: String,
    unit: String,
    who: String,
    words: String,
    when: String,
}

fn event(lang: Lang, line: &EventLine) -> Event {
    Event {
        what: word(lang, "review-step", line.step.code()),
        unit: line.unit.clone().unwrap_or_default(),
        who: line.who.clone().unwrap_or_else(|| lang.t("audit-system")),
        words: line.words.clone(),
        when: lang.instant(line.at),
    }
}
