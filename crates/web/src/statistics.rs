//! `/thong-ke`: the six published tables, issued anew for any years or day and any part of the province.
//! Not for: counting (`service::statistics`), judging the printed ones (`quality`).

mod chart;
mod printed;
mod table;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::roles::{Act, Reach};
use domain::statistics::TableId;
use domain::time::iso;
use service::statistics::{self, MOST_YEARS, TablesAsk};

use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::place::{Group, Place};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use chart::Picture;
use printed::{Compared, Printed};
use table::TableView;

/// Years of a table by year when nothing is asked.
const USUAL_YEARS: i32 = 10;

#[derive(Template)]
#[template(path = "statistics/index.html")]
struct IndexPage {
    shell: Shell,
    /// Number, title, what is counted.
    tables: Vec<(&'static str, String, String)>,
}

/// The six tables to choose from.
pub(crate) async fn index(signed_in: SignedIn) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewStatistics)?;
    let lang = signed_in.lang();
    let line = |id: &TableId| (id.code(), title(lang, *id), counted(lang, *id));
    shell::page(&IndexPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("statistics-title")),
        tables: TableId::ALL.iter().map(line).collect(),
    })
}

fn title(lang: Lang, id: TableId) -> String {
    lang.code_text("statistics-table", id.code())
}

fn counted(lang: Lang, id: TableId) -> String {
    lang.t(if id.is_by_year() { "statistics-attendances" } else { "statistics-people" })
}

#[derive(Template)]
#[template(path = "statistics/table.html")]
struct TablePage<'a> {
    shell: Shell,
    /// Number, title, address with the same question, and whether it is this one.
    tabs: Vec<(&'static str, String, String, bool)>,
    id: &'static str,
    title: String,
    span: String,
    by_year: bool,
    from: i32,
    to: i32,
    day: String,
    units: Vec<Group<'a>>,
    place_name: String,
    mistakes: Vec<String>,
    table: TableView,
    picture: Picture,
    compared: Option<Compared>,
    as_printed: Option<String>,
    export: String,
}

/// A question as the address has it, corrected where it cannot be meant, with what was corrected.
struct Question {
    place: Place,
    ask: TablesAsk,
    mistakes: Vec<String>,
}

async fn question(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<Question, WebError> {
    let (lang, today) = (signed_in.lang(), signed_in.ctx.today);
    let place = Place::of(state, signed_in, asked).await?;
    let mut mistakes = place.notices.clone();
    let year = |name: &str| asked.text(name).and_then(|t| t.parse::<i32>().ok()).filter(|y| (1900..=2200).contains(y));
    let to = year("den").unwrap_or(today.year());
    let mut from = year("tu").unwrap_or(to - USUAL_YEARS + 1);
    if from > to || to - from >= MOST_YEARS {
        mistakes.push(lang.with("statistics-bad-years", &[("most", MOST_YEARS.into())]));
        from = to - USUAL_YEARS + 1;
    }
    let ask = TablesAsk { years: from..=to, on: place.day, map_on: place.day, unit: place.unit_code().map(str::to_owned) };
    Ok(Question { place, ask, mistakes })
}

fn same_question(path: &str, ask: &TablesAsk, by_year: bool) -> String {
    let (from, to, day) = (ask.years.start().to_string(), ask.years.end().to_string(), iso(ask.on));
    let pairs: [(&str, Option<&str>); 4] = [
        ("tu", by_year.then_some(from.as_str())),
        ("den", by_year.then_some(to.as_str())),
        ("ngay", (!by_year).then_some(day.as_str())),
        ("don-vi", ask.unit.as_deref()),
    ];
    address(path, &pairs)
}

fn parse(table: &str) -> Result<TableId, WebError> {
    TableId::from_code(table).ok_or(WebError::NotFound)
}

/// One table.
pub(crate) async fn one(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(table): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let id = parse(&table)?;
    let question = question(&state, &signed_in, &asked).await?;
    let ask = &question.ask;
    let live = statistics::table(&state.services, &signed_in.ctx, id, ask).await?;
    let printed = Printed::of(&state.services, &signed_in.ctx, id).await?;
    let is_whole = ask.unit.is_none() && *signed_in.ctx.scope(Act::ViewStatistics)?.reach() == Reach::Province;
    let compared = printed.as_ref().filter(|_| is_whole).and_then(|p| p.compare(signed_in.lang(), &live, ask));
    let lang = signed_in.lang();
    let shown_span = span(lang, id, ask);
    shell::page(&TablePage {
        shell: frame(&signed_in, id, ask),
        tabs: TableId::ALL.iter().map(|t| tab(lang, *t, id, ask)).collect(),
        id: id.code(),
        title: title(lang, id),
        by_year: id.is_by_year(),
        from: *ask.years.start(),
        to: *ask.years.end(),
        day: lang.date(ask.on),
        units: question.place.groups(),
        place_name: question.place.name(),
        table: TableView::of(lang, &live, compared.as_ref()),
        picture: Picture::of(lang, &live, format!("{}, {shown_span}", title(lang, id))),
        compared,
        as_printed: printed.map(|p| p.address(id)),
        export: same_question(&format!("/thong-ke/{}/xuat.xlsx", id.code()), ask, id.is_by_year()),
        span: shown_span,
        mistakes: question.mistakes,
    })
}

fn frame(signed_in: &SignedIn, id: TableId, ask: &TablesAsk) -> Shell {
    let shell = Shell::new(&signed_in.visitor, &title(signed_in.lang(), id));
    if id.is_by_year() { shell } else { shell.on(ask.on) }
}

fn tab(lang: Lang, id: TableId, here: TableId, ask: &TablesAsk) -> (&'static str, String, String, bool) {
    let href = same_question(&format!("/thong-ke/{}", id.code()), ask, id.is_by_year());
    (id.code(), title(lang, id), href, id == here)
}

fn span(lang: Lang, id: TableId, ask: &TablesAsk) -> String {
    if id.is_by_year() {
        format!("{}–{}", ask.years.start(), ask.years.end())
    } else {
        format!("{} {}", lang.t("units-as-of"), lang.date(ask.on))
    }
}

/// One table as an Excel workbook.
pub(crate) async fn xlsx(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(table): Path<String>,
    asked: Asked,
) -> Result<Response, WebError> {
    let id = parse(&table)?;
    let Question { ask, place, .. } = question(&state, &signed_in, &asked).await?;
    let live = statistics::table(&state.services, &signed_in.ctx, id, &ask).await?;
    let lang = signed_in.lang();
    let notes = vec![
        place.name(),
        span(lang, id, &ask),
        format!("{}: {}", lang.t("statistics-counted"), counted(lang, id)),
        format!("{} {}", lang.t("print-made"), lang.instant(signed_in.ctx.now)),
    ];
    TableView::of(lang, &live, None).list(title(lang, id), notes).xlsx(&format!("bang-{}", id.code())).await
}
