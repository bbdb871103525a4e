//! The words of a notice, the same on the page and in a letter, and what it leads to.
//! Not for: who is told.

use domain::notices::{Audience, Event};
use service::notices::NoticeLine;

use crate::classes;
use crate::i18n::Lang;

/// The key of the sentence: to whoever is asked, to the learner, to whoever named; of a class it is the same for all.
fn key(event: Event, audience: Audience) -> String {
    let to = match audience {
        _ if event.is_of_the_class() => "class",
        Audience::Head | Audience::Sender | Audience::Officer => "asked",
        Audience::Learner => "learner",
        Audience::Namer => "namer",
    };
    format!("notice-{to}-{}", event.code())
}

/// Every key that a notice can ask for.
#[cfg(test)]
pub(crate) fn keys() -> Vec<String> {
    let of = |event: &Event| event.audiences().iter().map(|audience| key(*event, *audience)).collect::<Vec<_>>();
    Event::ALL.iter().flat_map(of).collect()
}

/// The sentence.
pub(crate) fn title(lang: Lang, line: &NoticeLine) -> String {
    let who = line.named.as_ref().map(|(_, code, name)| format!("{name} ({code})")).unwrap_or_default();
    lang.with(&key(line.event, line.audience), &[("class", line.class.1.clone().into()), ("who", who.into())])
}

/// When and where the class is held by now.
pub(crate) fn facts(lang: Lang, line: &NoticeLine) -> String {
    let days = classes::days(lang, line.days);
    let parts = [line.class.0.as_str(), &days, &line.place];
    parts.into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// What it leads to.
pub(crate) fn target(line: &NoticeLine) -> String {
    match &line.named {
        Some((nomination, ..)) => classes::path(&line.class.0, &format!("/nguoi/{nomination}")),
        None => classes::path(&line.class.0, ""),
    }
}

/// The picture beside it.
pub(crate) const fn icon(event: Event) -> &'static str {
    match event {
        Event::Named | Event::Agreed | Event::Opened => "open",
        Event::Waiting | Event::Leaving => "late",
        Event::Promoted | Event::Confirmed | Event::Kept => "done",
        Event::Refused | Event::Cancelled => "missed",
        Event::Withdrawn | Event::LetGo | Event::Replaced => "not_started",
        Event::Postponed | Event::Changed | Event::Sittings => "at_risk",
        Event::Begun => "continuous",
        Event::Recognised => "met",
    }
}
