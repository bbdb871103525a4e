//! `/cam-ket`: promises of service: running, ending soon, over, broken, and left behind by whoever went before the end.
//! Not for: one person's (`people::person`), or what is paid back.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::{Cell, Column as Head};
use domain::register::commitments::{Watch, months_left};
use domain::time::{Date, from_number, number};
use service::commitments::{self, Ask, CommitmentLine};

use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::place::{Picker, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const HERE: &str = "/cam-ket";
/// Lines of a page.
const LINES: u32 = 50;

#[derive(Template)]
#[template(path = "commitments.html")]
struct CommitmentsPage<'a> {
    shell: Shell,
    place_name: String,
    day: String,
    notices: Vec<String>,
    picker: Picker<'a>,
    facets: Vec<Facet>,
    all: (String, String, bool),
    rows: Vec<Row>,
    none: String,
    files: Option<(String, String)>,
    first: Option<String>,
    next: Option<String>,
}

struct Facet {
    href: String,
    icon: &'static str,
    text: String,
    count: String,
    is_none: bool,
    is_chosen: bool,
}

struct Row {
    href: String,
    name: String,
    code: String,
    unit: String,
    study: String,
    sent: String,
    during: String,
    terms: String,
    left: String,
    /// Served so far, in parts of a thousand.
    served: i64,
    state: (&'static str, String),
    note: String,
    law: String,
}

const fn icon(watch: Watch) -> &'static str {
    match watch {
        Watch::Ahead => "not_started",
        Watch::Running => "due",
        Watch::Ending => "at_risk",
        Watch::Left => "late",
        Watch::Broken => "missed",
        Watch::Served | Watch::Repaid | Watch::Released => "done",
    }
}

/// Months that are still to be served, or nothing once it is over.
fn left(line: &CommitmentLine, on: Date) -> Option<i32> {
    let is_served = matches!(line.watch, Watch::Ahead | Watch::Running | Watch::Ending | Watch::Left | Watch::Broken);
    let from = match line.watch {
        // Whoever left owes what was not served by that day.
        Watch::Left | Watch::Broken => line.gone_on.or(line.closed.map(|(_, day)| day)).unwrap_or(on),
        _ => on,
    };
    is_served.then(|| months_left(from.max(line.during.0), line.during.1))
}

fn law_of(lang: Lang, line: &CommitmentLine) -> Result<String, WebError> {
    let cited = commitments::cited(line)?;
    Ok(cited.map_or_else(|| lang.t("commitments-no-law"), |words| if lang.is_vi() { words.vi } else { words.en }))
}

fn row(lang: Lang, line: &CommitmentLine, on: Date) -> Result<Row, WebError> {
    let (from, to) = line.during;
    let (whole, done) = ((to - from).whole_days().max(1), (on.min(to) - from).whole_days().max(0));
    let note = match (line.watch, line.gone_on, line.closed) {
        (Watch::Left, Some(gone), _) => lang.with("commitments-left-on", &[("day", lang.date(gone).into())]),
        (_, _, Some((_, day))) => lang.date(day),
        _ => String::new(),
    };
    let number = line.sent.1.clone().unwrap_or_default();
    Ok(Row {
        href: format!("/nhan-su/{}", escaped(&line.who.0)),
        name: line.who.1.clone(),
        code: line.who.0.clone(),
        unit: line.unit.1.clone(),
        study: line.study.clone(),
        sent: [lang.date(line.sent.0), number].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        during: format!("{} – {}", lang.date(from), lang.date(to.previous_day().unwrap_or(to))),
        terms: lang.with("official-promise-terms", &[("months", line.months.1.into()), ("study", line.months.0.into())]),
        left: left(line, on).map(|months| lang.number(months.into())).unwrap_or_default(),
        served: done * 1_000 / whole,
        state: (icon(line.watch), word(lang, "watch", line.watch.code())),
        note,
        law: law_of(lang, line)?,
    })
}

fn cursor(line: &CommitmentLine) -> String {
    format!("{}-{}", number(line.during.1), line.id)
}

fn after(asked: &Asked) -> Option<(Date, i64)> {
    let (day, id) = asked.text("sau")?.split_once('-')?;
    Some((from_number(day.parse().ok()?)?, id.parse().ok()?))
}

fn ask(place: &Place, asked: &Asked) -> Ask {
    let watch = asked.text("trang-thai").and_then(Watch::from_code);
    Ask { unit: place.unit_code().map(str::to_owned), watch, after: after(asked) }
}

/// A page of promises.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    signed_in.ctx.scope(domain::roles::Act::ViewPeople)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let ask = ask(&place, &asked);
    let page = commitments::list(&state.services, &signed_in.ctx, place.day, &ask, LINES).await?;
    let code = ask.watch.map(Watch::code);
    let link = |watch: Option<&str>, after: Option<&str>| place.link(HERE, &[("trang-thai", watch), ("sau", after)]);
    let count = |watch: Watch| page.counts.iter().find(|(one, _)| *one == watch).map_or(0, |(_, n)| *n);
    let facet = |watch: &Watch| Facet {
        href: link(Some(watch.code()), None),
        icon: icon(*watch),
        text: word(lang, "watch", watch.code()),
        count: lang.number(count(*watch)),
        is_none: count(*watch) == 0,
        is_chosen: ask.watch == Some(*watch),
    };
    let file = |ending: &str| place.link(&format!("{HERE}/xuat.{ending}"), &[("trang-thai", code)]);
    let takes = signed_in.ctx.may(domain::roles::Act::ExportPeople) && !page.lines.is_empty();
    let rows: Result<Vec<Row>, WebError> = page.lines.iter().map(|line| row(lang, line, place.day)).collect();
    shell::page(&CommitmentsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("commitments-title")).on(place.day),
        place_name: place.name(),
        day: lang.date(place.day),
        notices: place.notices.clone(),
        picker: place.picker(HERE, &[("trang-thai", code)]),
        facets: Watch::ALL.iter().map(facet).collect(),
        all: (link(None, None), lang.number(page.counts.iter().map(|(_, n)| n).sum()), code.is_none()),
        none: lang.t(if code.is_some() { "commitments-none-such" } else { "commitments-none" }),
        files: takes.then(|| (file("xlsx"), file("csv"))),
        first: ask.after.map(|_| link(code, None)),
        next: page.lines.last().filter(|_| page.more).map(|last| link(code, Some(&cursor(last)))),
        rows: rows?,
    })
}

async fn file(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<List, WebError> {
    let lang = signed_in.lang();
    let place = Place::of(state, signed_in, asked).await?;
    let ask = ask(&place, asked);
    let lines = commitments::export(&state.services, &signed_in.ctx, place.day, &ask).await?;
    let text = |key: &str| Head::new(lang.t(key), 22);
    let columns = vec![
        text("commitments-code"),
        text("commitments-who"),
        text("needs-unit"),
        text("commitments-study"),
        text("commitments-sent"),
        text("commitments-decision"),
        text("commitments-from"),
        text("commitments-to"),
        text("commitments-months"),
        text("commitments-left"),
        text("class-state"),
        text("commitments-law"),
    ];
    let mut rows = Vec::with_capacity(lines.len());
    for line in &lines {
        let number = |n: i32| Cell::Number(n.into());
        rows.push(vec![
            Cell::Text(line.who.0.clone()),
            Cell::Text(line.who.1.clone()),
            Cell::Text(line.unit.1.clone()),
            Cell::Text(line.study.clone()),
            Cell::Day(line.sent.0),
            Cell::Text(line.sent.1.clone().unwrap_or_default()),
            Cell::Day(line.during.0),
            Cell::Day(line.during.1.previous_day().unwrap_or(line.during.1)),
            number(line.months.1),
            left(line, place.day).map_or(Cell::Empty, number),
            Cell::Text(word(lang, "watch", line.watch.code())),
            Cell::Text(law_of(lang, line)?),
        ]);
    }
    let notes = vec![format!("{} · {} {}", place.name(), lang.t("home-as-of"), lang.date(place.day))];
    Ok(List { title: lang.t("commitments-title"), notes, columns, rows })
}

/// As an Excel workbook.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    file(&state, &signed_in, &asked).await?.xlsx("cam-ket").await
}

/// As comma-separated values.
pub(crate) async fn csv(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    file(&state, &signed_in, &asked).await?.csv("cam-ket").await
}
