//! `/lop/{code}/buoi`: the sittings of a class as a grid, filled by hand or by the days of the class.
//! Not for: rooms and lecturers themselves (`teaching`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::classes::sittings::{Shift, SittingFault};
use domain::roles::{Act, Forbidden};
use domain::time::{self, Date};
use service::ActError;
use service::classes::{self, ClassView, LecturerLine, Planned, RoomLine};

use super::{mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Rows that stand empty at the end.
const SPARE: usize = 3;
/// Most rows of the grid: two years of whole days.
const MOST: usize = 500;

#[derive(Template)]
#[template(path = "classes/sittings.html")]
struct SittingsPage {
    shell: Shell,
    back: (String, String),
    action: String,
    lead: String,
    revision: i32,
    rows: Vec<Row>,
    shifts: Vec<(&'static str, String)>,
    rooms: Vec<(String, String)>,
    lecturers: Vec<(String, String)>,
    mistakes: Vec<Mistake>,
}

/// A row as typed; a field is named by what it is and the number of its row.
#[derive(Debug, Default, Clone)]
struct Row {
    at: usize,
    day: String,
    shift: String,
    periods: String,
    room: String,
    lecturer: String,
    words: String,
    is_wrong: bool,
}

async fn kept(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<ClassView, WebError> {
    let view = classes::one(&state.services, &signed_in.ctx, code).await?;
    if view.keeps { Ok(view) } else { Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses })) }
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    view: &ClassView,
    mut rows: Vec<Row>,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    rows.extend(vec![Row::default(); SPARE]);
    rows.truncate(MOST);
    for (at, row) in (1..).zip(&mut rows) {
        row.at = at;
        row.is_wrong = of_field(&mistakes, &format!("ngay-{at}")).is_some();
    }
    let rooms: Vec<RoomLine> = classes::rooms(&state.services, ctx).await?;
    let lecturers: Vec<LecturerLine> = classes::lecturers(&state.services, ctx).await?;
    let terms = &view.line.terms;
    let lead =
        [("days", super::days(lang, (terms.starts_on, terms.ends_on)).into()), ("periods", lang.number(terms.periods.into()).into())];
    let page = SittingsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-edit-sittings")),
        back: (path(&view.line.code, ""), terms.name.clone()),
        action: path(&view.line.code, "/buoi"),
        lead: lang.with("sittings-lead", &lead),
        revision: view.line.revision,
        rows,
        shifts: Shift::ALL.iter().map(|shift| (shift.code(), word(lang, "shift", shift.code()))).collect(),
        rooms: rooms.into_iter().filter(|room| room.ended_on.is_none()).map(|room| (room.code, room.name)).collect(),
        lecturers: lecturers.into_iter().filter(|one| one.ended_on.is_none()).map(|one| (one.code, one.name)).collect(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The grid.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    let code_of = |pair: &Option<(String, String)>| pair.as_ref().map(|(code, _)| code.clone()).unwrap_or_default();
    let row = |line: &service::classes::SittingLine| Row {
        day: time::dmy(line.sitting.on),
        shift: line.sitting.shift.code().to_owned(),
        periods: line.sitting.periods.to_string(),
        room: code_of(&line.room),
        lecturer: code_of(&line.lecturer),
        words: line.sitting.words.clone(),
        ..Row::default()
    };
    let rows = view.sittings.iter().map(row).collect();
    page(&state, &signed_in, &view, rows, (StatusCode::OK, Vec::new())).await
}

fn typed_rows(typed: &Typed) -> Vec<Row> {
    let count = typed.beginning("ngay-").filter_map(|(at, _)| at.parse::<usize>().ok()).max().unwrap_or(0).min(MOST);
    let field = |name: &str, at: usize| typed.words(&format!("{name}-{at}")).to_owned();
    let row = |at: usize| Row {
        at,
        day: field("ngay", at),
        shift: field("buoi", at),
        periods: field("tiet", at),
        room: field("phong", at),
        lecturer: field("giang-vien", at),
        words: field("noi-dung", at),
        is_wrong: false,
    };
    (1..=count).map(row).filter(|row| !row.day.is_empty()).collect()
}

/// One row for each working day of the class, as a first draft: the part of the day that suits its hours.
fn by_days(view: &ClassView) -> Vec<Row> {
    use domain::classes::Hours;
    let terms = &view.line.terms;
    let shift = if terms.hours == Hours::Office { Shift::Day } else { Shift::Evening };
    let is_work = |day: &Date| terms.hours == Hours::AfterHours || day.weekday().number_from_monday() <= 5;
    let days: Vec<Date> = std::iter::successors(Some(terms.starts_on), |day| day.next_day())
        .take_while(|day| *day <= terms.ends_on)
        .filter(is_work)
        .take(MOST)
        .collect();
    let count = i32::try_from(days.len()).unwrap_or(1).max(1);
    let periods = (terms.periods / count).clamp(1, shift.most_periods());
    let row = |day: Date| Row { day: time::dmy(day), shift: shift.code().to_owned(), periods: periods.to_string(), ..Row::default() };
    days.into_iter().map(row).collect()
}

/// Keeps the grid, or fills it by the days of the class.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = kept(&state, &signed_in, &code).await?;
    if typed.words("act") == "fill" {
        return page(&state, &signed_in, &view, by_days(&view), (StatusCode::OK, Vec::new())).await;
    }
    let rows = typed_rows(&typed);
    let (planned, mut wrong) = read(lang, &rows);
    let revision = typed.words("revision").parse().unwrap_or_default();
    let mut status = StatusCode::UNPROCESSABLE_ENTITY;
    if wrong.is_empty() {
        match classes::put_sittings(&state.services, &signed_in.ctx, &code, revision, &planned).await {
            Err(ActError::Stale) => {
                status = StatusCode::CONFLICT;
                wrong = vec![Mistake::new("bang", lang.t("class-stale"))];
            }
            outcome => match refused(outcome)? {
                Ok(()) => return Ok(shell::see_other(&format!("{}?xong=buoi-hoc", path(&code, "")))),
                Err(refusal) => wrong = mistakes(lang, refusal),
            },
        }
    }
    page(&state, &signed_in, &view, rows, (status, wrong)).await
}

fn read(lang: Lang, rows: &[Row]) -> (Vec<Planned>, Vec<Mistake>) {
    let (mut planned, mut wrong) = (Vec::new(), Vec::new());
    for (at, row) in (1..).zip(rows) {
        let Some(on) = time::parse(&row.day) else {
            let text = lang.with("sheet-bad-day", &[("typed", row.day.clone().into())]);
            wrong.push(Mistake::new(&format!("ngay-{at}"), at_row(lang, at, &text)));
            continue;
        };
        planned.push(Planned {
            on,
            shift: Shift::from_code(&row.shift).unwrap_or(Shift::Day),
            periods: row.periods.parse().unwrap_or(0),
            room: row.room.clone(),
            lecturer: row.lecturer.clone(),
            words: row.words.clone(),
        });
    }
    (planned, wrong)
}

fn at_row(lang: Lang, at: usize, text: &str) -> String {
    lang.with("sitting-at-row", &[("n", lang.size(at).into()), ("text", text.to_owned().into())])
}

/// Why a row cannot be kept, at its day.
pub(super) fn mistake(lang: Lang, (at, fault, with): (usize, SittingFault, Option<(String, String)>)) -> Mistake {
    let class = with.map(|(code, name)| format!("{code} {name}")).unwrap_or_default();
    let text = lang.with(&format!("sitting-fault-{}", fault.code()), &[("class", class.into())]);
    Mistake::new(&format!("ngay-{}", at + 1), at_row(lang, at + 1, &text))
}
