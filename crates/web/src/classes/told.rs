//! `/lop/{code}/da-bao`: who was told of what happened to a class, by notice and by letter, for whoever keeps it.
//! Not for: the log of all letters (`admin::mails`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use service::notices::{self, ToldLine, ToldPerson};

use super::path;
use crate::AppState;
use crate::admin::mails::chip;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::notices::words;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "classes/told.html")]
struct ToldPage {
    shell: Shell,
    class: (String, String),
    events: Vec<Event>,
    people: Option<(String, Vec<Person>, Option<String>)>,
}

struct Event {
    href: String,
    icon: &'static str,
    what: String,
    words: String,
    when: String,
    told: String,
    read: String,
    sent: String,
    waiting: String,
    failed: String,
}

struct Person {
    name: String,
    code: String,
    told_as: String,
    read: String,
    mail: Option<(&'static str, String)>,
}

fn what(lang: Lang, line: &ToldLine) -> String {
    let event = word(lang, "notice-event", line.event.code());
    match &line.about {
        Some((_, name)) => format!("{event}: {name}"),
        None => event,
    }
}

fn event(lang: Lang, code: &str, line: &ToldLine) -> Event {
    Event {
        href: path(code, &format!("/da-bao?viec={}#nguoi", line.outbox)),
        icon: words::icon(line.event),
        what: what(lang, line),
        words: line.words.clone(),
        when: lang.instant(line.at),
        told: lang.number(line.told),
        read: lang.number(line.read),
        sent: lang.number(line.sent),
        waiting: lang.number(line.waiting),
        failed: lang.number(line.failed),
    }
}

fn person(lang: Lang, one: &ToldPerson) -> Person {
    Person {
        name: one.who.1.clone(),
        code: one.who.0.clone(),
        told_as: word(lang, "audience", one.audience.code()),
        read: one.read_at.map(|at| lang.instant(at)).unwrap_or_default(),
        mail: one.mail.map(|state| chip(lang, state)),
    }
}

/// Who was told.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let lines = notices::told(&state.services, &signed_in.ctx, &code).await?;
    let chosen = asked.text("viec").and_then(|text| text.parse::<i64>().ok());
    let people = match chosen.and_then(|id| lines.iter().find(|line| line.outbox == id)) {
        Some(line) => {
            let (people, others) = notices::told_people(&state.services, &signed_in.ctx, &code, line.outbox).await?;
            let others = (others > 0).then(|| lang.with("told-others", &[("n", lang.size(others).into())]));
            Some((what(lang, line), people.iter().map(|one| person(lang, one)).collect(), others))
        }
        None => None,
    };
    let view = service::classes::one(&state.services, &signed_in.ctx, &code).await?;
    shell::page(&ToldPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("told-title")),
        class: (path(&code, ""), view.line.terms.name),
        events: lines.iter().map(|line| event(lang, &code, line)).collect(),
        people,
    })
}
