//! `/nhu-cau`: needs of training, listed and summed, asked for, decided.
//! Not for: answers to reviews (`reviews`); rules are in `service::needs`.

pub(crate) mod consolidated;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod own;
pub(crate) mod wish;

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::ProgrammeId;
use domain::needs::{NeedFault, NeedState};
use domain::standards::Subject;
use service::needs::NeedLine;
use service::programmes::{self, ProgrammeLine};
use service::schemes;
use service::standards::{self, Shelf};

use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::form::Mistake;
use crate::form::sheet::{Kind, Typed, choices};
use crate::i18n::Lang;
use crate::visitor::SignedIn;
use crate::words::word;

/// Where needs are listed.
pub(crate) const HERE: &str = "/nhu-cau";

/// Titles of what needs are in: topics of schemes in force by scheme and topic, requirements of standards in force by code.
pub(crate) struct Topics {
    topics: BTreeMap<(String, String), String>,
    programmes: Arc<Vec<ProgrammeLine>>,
    shelf: Arc<Shelf>,
}

impl Topics {
    /// Those that the visitor may see.
    pub(crate) async fn of(state: &AppState, signed_in: &SignedIn) -> Result<Self, WebError> {
        let (lang, shelf) = (signed_in.lang(), standards::shelf(&state.services, &signed_in.ctx).await?);
        let programmes = programmes::offered(&state.services, &signed_in.ctx).await?;
        if !signed_in.ctx.may(domain::roles::Act::ViewProgress) {
            return Ok(Self { topics: BTreeMap::new(), programmes, shelf });
        }
        let schemes = schemes::in_force(&state.services, &signed_in.ctx).await?;
        let topics = schemes.iter().flat_map(|stored| stored.scheme.topics.iter().map(move |topic| (stored, topic)));
        let title = |(stored, topic): (&Arc<schemes::Stored>, &domain::schemes::Topic)| {
            ((stored.scheme.code.clone(), topic.code.clone()), lang.of(&topic.title).to_owned())
        };
        Ok(Self { topics: topics.map(title).collect(), programmes, shelf })
    }

    /// All of them to choose from, none first.
    pub(crate) fn choice(&self, lang: Lang) -> Kind {
        let none = std::iter::once((String::new(), lang.t("sheet-none")));
        let topics = self.topics.iter().map(|((scheme, topic), title)| (format!("{scheme}/{topic}"), format!("{topic} · {title}")));
        Kind::Choice(none.chain(topics).collect())
    }

    /// The programmes in force to choose from, none first.
    pub(crate) fn programmes(&self, lang: Lang) -> Kind {
        let none = std::iter::once((String::new(), lang.t("sheet-none")));
        let known = self.programmes.iter().map(|line| (line.id.to_string(), format!("{} · {}", line.code, line.title)));
        Kind::Choice(none.chain(known).collect())
    }

    /// The title of a programme.
    fn programme(&self, lang: Lang, id: ProgrammeId) -> String {
        let known = self.programmes.iter().find(|line| line.id == id);
        known.map_or_else(|| lang.t("needs-programme-gone"), |line| line.title.clone())
    }

    /// The title of a requirement.
    pub(crate) fn requirement(&self, lang: Lang, code: &str) -> String {
        let known = self.shelf.requirement(code);
        known.map_or_else(|| code.to_owned(), |requirement| lang.of(&requirement.title).to_owned())
    }

    fn title(&self, (scheme, topic): &(String, String)) -> String {
        let known = self.topics.get(&(scheme.clone(), topic.clone()));
        known.map_or_else(|| format!("{scheme} {topic}"), |title| format!("{topic} · {title}"))
    }
}

/// What a need is in, in words.
pub(crate) fn what(lang: Lang, topics: &Topics, line: &NeedLine) -> String {
    let wanted = Wants {
        requirement: line.requirement.as_deref(),
        programme: line.programme,
        topic: line.topic.as_ref(),
        words: &line.words,
        subject: line.subject,
    };
    named(lang, topics, wanted)
}

/// What a need is in.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Wants<'a> {
    pub(crate) requirement: Option<&'a str>,
    pub(crate) programme: Option<ProgrammeId>,
    pub(crate) topic: Option<&'a (String, String)>,
    pub(crate) words: &'a str,
    pub(crate) subject: Subject,
}

/// The same of the parts of a need.
pub(crate) fn named(lang: Lang, topics: &Topics, wants: Wants<'_>) -> String {
    let parts = [
        wants.requirement.map(|code| topics.requirement(lang, code)),
        wants.programme.map(|id| topics.programme(lang, id)),
        wants.topic.map(|topic| topics.title(topic)),
        Some(wants.words.to_owned()),
    ];
    let mut said: Vec<String> = Vec::new();
    // Words that repeat the title of what was chosen are not said twice.
    for part in parts.into_iter().flatten().filter(|part| !part.is_empty()) {
        if !said.contains(&part) {
            said.push(part);
        }
    }
    if said.is_empty() { subject_of(lang, wants.subject) } else { said.join(" · ") }
}

/// The programme that was chosen in a form.
pub(crate) fn programme_of(typed: &Typed) -> Option<ProgrammeId> {
    typed.text("programme").and_then(|id| id.parse().ok()).map(ProgrammeId)
}

/// The name of a subject.
pub(crate) fn subject_of(lang: Lang, subject: Subject) -> String {
    word(lang, "subject", subject.code())
}

/// The subjects to choose from.
pub(crate) fn subjects(lang: Lang, may_be_none: bool) -> Kind {
    choices(lang, "subject", Subject::ALL.iter().map(|subject| subject.code()), may_be_none)
}

/// The chip of a state: picture and word.
pub(crate) fn chip(lang: Lang, state: NeedState) -> (&'static str, String) {
    let icon = match state {
        NeedState::Proposed => "open",
        NeedState::Confirmed => "due",
        NeedState::Approved => "done",
        NeedState::Refused => "missed",
        NeedState::Withdrawn => "not_started",
    };
    (icon, word(lang, "needs-state", state.code()))
}

/// A need as a list shows it.
pub(crate) struct Told {
    pub(crate) href: String,
    pub(crate) id: i64,
    pub(crate) revision: i32,
    pub(crate) who: String,
    pub(crate) record: Option<String>,
    pub(crate) post: String,
    pub(crate) unit: String,
    pub(crate) what: String,
    pub(crate) subject: String,
    pub(crate) year: i32,
    pub(crate) people: String,
    pub(crate) source: String,
    pub(crate) state: (&'static str, String),
    pub(crate) level: String,
    pub(crate) reason: String,
    pub(crate) urgent: bool,
    pub(crate) when: String,
}

/// A need in words.
pub(crate) fn told(lang: Lang, topics: &Topics, line: &NeedLine) -> Told {
    let who = match &line.official {
        Some((_, code, name)) => format!("{name} ({code})"),
        None => lang.counted("noun-people", line.people.into()),
    };
    Told {
        href: format!("{HERE}/{}", line.id),
        id: line.id.0,
        revision: line.revision,
        who,
        record: line.official.as_ref().map(|(_, code, _)| format!("/nhan-su/{}", escaped(code))),
        post: line.post.clone().unwrap_or_default(),
        unit: line.unit.2.clone(),
        what: what(lang, topics, line),
        subject: subject_of(lang, line.subject),
        year: line.year,
        people: lang.number(line.people.into()),
        source: word(lang, "needs-source", line.source.code()),
        state: chip(lang, line.state),
        level: lang.code_text("needs-level", line.level.code()),
        reason: line.reason.clone(),
        urgent: line.urgent,
        when: lang.instant(line.made_at),
    }
}

/// What a level made of a need, as its lines are kept, in words.
pub(crate) fn said(lang: Lang, topics: &Topics, text: &str) -> String {
    let part = |line: &str| match line.split_once('=') {
        Some(("state", code)) => lang.code_text("needs-state", code),
        Some(("verdict", code)) => lang.code_text("needs-verdict", code),
        Some(("people", n)) => n.parse().map_or_else(|_| n.to_owned(), |n| lang.counted("noun-people", n)),
        Some(("topic", topic)) => {
            topic.split_once('/').map_or_else(|| topic.to_owned(), |(s, t)| topics.title(&(s.to_owned(), t.to_owned())))
        }
        Some(("words", words)) => words.to_owned(),
        _ if line == "urgent" => lang.t("needs-urgent"),
        _ if line == "added" => lang.t("needs-added"),
        _ => line.to_owned(),
    };
    text.lines().map(part).collect::<Vec<_>>().join("; ")
}

/// The words of a need that is not taken, at the field they concern.
pub(crate) fn mistake(lang: Lang, fault: NeedFault) -> Mistake {
    let field = match fault {
        NeedFault::NoTopic => "words",
        NeedFault::BadPeople | NeedFault::NamedIsOne => "people",
        NeedFault::BadYear => "year",
        NeedFault::NoReason => "reason",
        NeedFault::NoSuchOfficial => "official",
        NeedFault::NotNow | NeedFault::TooMany => "subject",
    };
    Mistake::new(field, lang.code_text("needs-fault", fault.code()))
}
