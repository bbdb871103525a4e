//! `/lop/{code}`: one class: what it is, what waits, when it meets, who is named, what happened.
//! Not for: changing any of it.

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::classes::ClassAct;
use domain::roles::Act;
use domain::training::{ClassStatus, TrainingKind};
use service::classes::{self, ClassView};
use service::nominations::{self, NominationLine, RosterLine};

use super::{chip, days, nomination_chip, path, seats};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::spots::{self, Way};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "classes/one.html")]
struct ClassPage {
    shell: Shell,
    here: String,
    state: (&'static str, String),
    lead: String,
    numbers: Vec<(String, String)>,
    /// Parts of the bar of a thousand: name, where it begins, how long it is, its words.
    fill: Vec<(&'static str, i32, i32, String)>,
    facts: Vec<(String, String)>,
    acts: Vec<(String, String, bool)>,
    names: bool,
    /// Whether the visitor keeps the class.
    keeps: bool,
    may_change: bool,
    may_share: bool,
    sittings: Vec<Sitting>,
    shares: Vec<(String, String)>,
    kept: Vec<(String, String)>,
    roster: Vec<Person>,
    line: Vec<Person>,
    over: Vec<Person>,
    others: Option<String>,
    events: Vec<Event>,
    attends: bool,
    grades: bool,
    amendments: Vec<Amended>,
    /// The way there.
    way: Option<Way>,
    /// The class on the map, for who sees units.
    on_map: Option<String>,
}

/// A result changed after it was recognised.
struct Amended {
    who: String,
    decision: String,
    reason: String,
    before: Vec<String>,
    after: Vec<String>,
    by: String,
}

struct Sitting {
    day: String,
    shift: String,
    periods: String,
    room: String,
    lecturer: String,
    words: String,
}

struct Person {
    href: String,
    name: String,
    post: String,
    unit: String,
    seat: String,
    state: (&'static str, String),
    waits_for_me: bool,
}

struct Event {
    what: String,
    words: String,
    by: String,
    when: String,
}

fn person(lang: Lang, (place, entry): (usize, &RosterLine)) -> Person {
    let line: &NominationLine = &entry.line;
    Person {
        href: path(&line.class.code, &format!("/nguoi/{}", line.id)),
        name: format!("{} ({})", line.official.2, line.official.1),
        post: line.post.clone().unwrap_or_default(),
        unit: line.unit.1.clone(),
        seat: line.seat.map_or_else(|| lang.size(place), |seat| lang.number(seat.into())),
        state: nomination_chip(lang, line.state),
        waits_for_me: entry.may.iter().any(|decision| {
            use nominations::Decision::{Agree, Confirm, LetGo};
            matches!(decision, Agree | Confirm | LetGo)
        }),
    }
}

/// Lines of a kept result in words: `outcome finished`, `overall 7,25`, `grade 2 Bài kiểm tra: 6,5`.
fn told(lang: Lang, kept: &str) -> Vec<String> {
    let line = |line: &str| match line.split_once(' ') {
        Some(("outcome", code)) => word(lang, "outcome", code),
        Some(("overall", points)) => lang.with("amended-overall", &[("points", points.to_owned().into())]),
        Some(("grade", rest)) => match rest.split_once(' ') {
            Some(("2", grade)) => lang.with("amended-again", &[("grade", grade.to_owned().into())]),
            Some((_, grade)) => grade.to_owned(),
            None => rest.to_owned(),
        },
        _ => line.to_owned(),
    };
    kept.lines().map(line).collect()
}

async fn amendments(state: &AppState, signed_in: &SignedIn, view: &ClassView) -> Result<Vec<Amended>, WebError> {
    let lang = signed_in.lang();
    if !view.keeps || view.line.results.is_none() {
        return Ok(Vec::new());
    }
    let all = service::grades::amendments(&state.services, &signed_in.ctx, &view.line.code).await?;
    let amended = |line: service::grades::AmendmentLine| Amended {
        who: line.official.1,
        decision: lang.with("class-paper", &[("number", line.decision.0.into()), ("day", lang.date(line.decision.1).into())]),
        reason: line.reason,
        before: told(lang, &line.before),
        after: told(lang, &line.after),
        by: format!("{} · {}", line.by.unwrap_or_else(|| lang.t("audit-system")), lang.instant(line.at)),
    };
    Ok(all.into_iter().map(amended).collect())
}

/// The acts that may be done now: address, words, whether it is the first thing to do.
fn acts(lang: Lang, view: &ClassView) -> Vec<(String, String, bool)> {
    if !view.keeps {
        return Vec::new();
    }
    let line = &view.line;
    let fits = |act: &&ClassAct| line.status.after(**act).is_some();
    let address = |act: ClassAct| match act {
        ClassAct::Recognise => path(&line.code, "/ket-qua"),
        act => path(&line.code, &format!("/viec/{}", super::acts::slug(act))),
    };
    let is_first = |act: ClassAct| !matches!(act, ClassAct::Postpone | ClassAct::Cancel);
    let all = ClassAct::ALL.iter().filter(fits);
    let mut acts: Vec<_> = all.map(|act| (address(*act), lang.code_text("class-act", act.code()), is_first(*act))).collect();
    if matches!(line.status, ClassStatus::Recognised | ClassStatus::Closed) {
        acts.insert(0, (path(&line.code, "/chung-nhan"), lang.t("certificates-title"), true));
    }
    acts.push((path(&line.code, "/giay-to"), lang.t("class-papers-title"), false));
    acts
}

fn facts(lang: Lang, view: &ClassView) -> Vec<(String, String)> {
    let (line, terms) = (&view.line, &view.line.terms);
    let code = |prefix: &str, code: Option<&'static str>| code.map(|code| word(lang, prefix, code)).unwrap_or_default();
    let list = |all: Vec<String>| all.join(", ");
    let number = |n: i32| if n > 0 { lang.number(n.into()) } else { String::new() };
    let dated = |paper: &Option<(String, domain::time::Date)>| {
        paper.as_ref().map(|(symbol, day)| lang.with("class-paper", &[("number", symbol.clone().into()), ("day", lang.date(*day).into())]))
    };
    let all = [
        ("class-form", code("form", Some(terms.form.code()))),
        ("class-field-content", code("content", terms.content.filter(|_| terms.kind == TrainingKind::Training).map(|c| c.code()))),
        ("class-field-degree", code("degree", terms.degree.map(|c| c.code()))),
        ("class-field-field", code("field", terms.field.map(|c| c.code()))),
        ("class-field-topic", terms.topic.as_ref().map(|topic| format!("{} · {}", topic.scheme, topic.code)).unwrap_or_default()),
        ("class-days", days(lang, (terms.starts_on, terms.ends_on))),
        ("class-field-days", number(terms.days)),
        ("class-field-periods", number(terms.periods)),
        ("class-field-mode", code("mode", Some(terms.mode.code()))),
        ("class-field-hours", code("hours", Some(terms.hours.code()))),
        ("class-field-place", terms.place.clone()),
        ("class-field-school", terms.school.clone()),
        ("class-field-least", number(terms.least)),
        ("class-field-names-until", terms.names_until.map(|day| lang.date(day)).unwrap_or_default()),
        ("class-for", list(terms.staff.iter().map(|staff| lang.code_text("staff", staff.code())).collect())),
        ("class-groups", list(terms.groups.iter().map(|group| group.code().to_uppercase()).collect())),
        ("class-field-cost", if terms.cost > 0 { format!("{} đ", lang.number(terms.cost)) } else { String::new() }),
        ("class-field-source", code("plan-source", terms.source.map(|c| c.code()))),
        ("class-decision", dated(&line.decision).unwrap_or_default()),
        ("class-results", dated(&line.results).unwrap_or_default()),
        ("class-field-note", terms.note.clone()),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (lang.t(key), text)).collect()
}

async fn shares(state: &AppState, signed_in: &SignedIn, view: &ClassView) -> Result<Vec<(String, String)>, WebError> {
    let lang = signed_in.lang();
    if view.shares.is_empty() || !signed_in.ctx.may(Act::ViewUnits) {
        return Ok(Vec::new());
    }
    let names = service::registry::unit_names(&state.services, &signed_in.ctx).await?;
    let told = |share: &domain::plans::Seats| {
        let parts = [
            share.unit.map(|unit| names.name_on(unit, signed_in.ctx.today).to_owned()),
            share.staff.map(|staff| lang.code_text("staff", staff.code())),
            share.group.map(|group| group.code().to_uppercase()),
        ];
        let who = parts.into_iter().flatten().collect::<Vec<_>>().join(" · ");
        (if who.is_empty() { lang.t("class-share-any") } else { who }, lang.number(share.people.into()))
    };
    Ok(view.shares.iter().map(told).collect())
}

/// How full it is, in parts of a thousand.
fn fill(lang: Lang, view: &ClassView) -> Vec<(&'static str, i32, i32, String)> {
    let line = &view.line;
    let part = |n: i32| n * 1_000 / line.terms.most.max(1);
    let free = (line.terms.most - line.confirmed - line.unconfirmed).max(0);
    let parts = [("confirmed", line.confirmed), ("unconfirmed", line.unconfirmed), ("free", free)];
    let mut begun = 0;
    parts
        .into_iter()
        .map(|(name, n)| {
            let from = part(begun);
            begun += n;
            (name, from, part(begun) - from, format!("{}: {}", lang.code_text("class-fill", name), lang.number(n.into())))
        })
        .collect()
}

/// The class.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let view = classes::one(&state.services, ctx, &code).await?;
    let roster = nominations::roster(&state.services, ctx, &code).await?;
    let line = &view.line;
    let place = classes::venue(&state.services, ctx, line).await?;
    let pick = |is_meant: &dyn Fn(&RosterLine) -> bool| -> Vec<Person> {
        (1..).zip(roster.lines.iter().filter(|entry| is_meant(entry))).map(|one| person(lang, one)).collect()
    };
    let others = [("class-others-seated", roster.others_seated), ("class-others-waiting", roster.others_waiting)];
    let others: Vec<String> =
        others.iter().filter(|(_, n)| *n > 0).map(|(key, n)| lang.with(key, &[("n", lang.size(*n).into())])).collect();
    let room = |pair: &Option<(String, String)>| pair.as_ref().map(|(_, name)| name.clone()).unwrap_or_default();
    let numbers = [
        ("class-seats", seats(lang, line)),
        ("class-confirmed", lang.number(line.confirmed.into())),
        ("class-in-line", lang.number(line.waiting.into())),
    ];
    shell::page(&ClassPage {
        shell: Shell::new(&signed_in.visitor, &line.terms.name),
        here: path(&line.code, ""),
        state: chip(lang, line.status),
        lead: format!("{} · {} · {}", line.code, line.lead.1, days(lang, (line.terms.starts_on, line.terms.ends_on))),
        numbers: numbers.into_iter().map(|(key, text)| (lang.t(key), text)).collect(),
        fill: if line.terms.most > 0 { fill(lang, &view) } else { Vec::new() },
        facts: facts(lang, &view),
        acts: acts(lang, &view),
        names: view.names && ctx.may(Act::Nominate),
        keeps: view.keeps,
        may_change: view.keeps && line.status.is_open_to_change(),
        may_share: ctx.may(Act::Nominate) && matches!(line.status, ClassStatus::Planned | ClassStatus::Enrolling),
        sittings: view
            .sittings
            .iter()
            .map(|sitting| Sitting {
                day: format!(
                    "{} {}",
                    lang.t(&format!("weekday-{}", sitting.sitting.on.weekday().number_from_monday())),
                    lang.date(sitting.sitting.on)
                ),
                shift: word(lang, "shift", sitting.sitting.shift.code()),
                periods: lang.number(sitting.sitting.periods.into()),
                room: room(&sitting.room),
                lecturer: room(&sitting.lecturer),
                words: sitting.sitting.words.clone(),
            })
            .collect(),
        shares: shares(&state, &signed_in, &view).await?,
        kept: view
            .kept
            .iter()
            .map(|(_, name, seats, taken)| (name.clone(), format!("{} / {}", lang.number((*taken).into()), lang.number((*seats).into()))))
            .collect(),
        roster: pick(&|entry| entry.line.state.holds_a_seat()),
        line: pick(&|entry| entry.line.waits_since.is_some()),
        over: pick(&|entry| !entry.line.state.is_alive()),
        others: (!others.is_empty()).then(|| others.join("; ")),
        events: view
            .events
            .iter()
            .map(|event| Event {
                what: lang.code_text("class-event", &event.act),
                words: event.words.clone(),
                by: event.by.clone().unwrap_or_else(|| lang.t("audit-system")),
                when: lang.instant(event.at),
            })
            .collect(),
        attends: line.learners > 0,
        grades: view.keeps && line.learners > 0,
        amendments: amendments(&state, &signed_in, &view).await?,
        on_map: (ctx.may(Act::ViewUnits) && place.is_ok()).then(|| super::map::link(&line.code)),
        way: place.ok().map(|venue| spots::way(lang, venue.spot)),
    })
}

/// The record of an official.
pub(super) fn record(code: &str) -> String {
    format!("/nhan-su/{}", escaped(code))
}
