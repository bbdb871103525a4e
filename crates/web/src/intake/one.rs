//! One file taken in: its progress while it is read or carried, then what it would change or changed, and the acts that are next.
//! Not for: the acts (`acts`), saying which column is what (`columns`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{HeaderName, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use service::intake::{self, Batch, LineState, Report, Running, Tells};

use super::{list, path, words};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::WebError;
use crate::form::{Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Lines of each list that a page shows; the marked file has all.
const SHOWN: usize = 100;

#[derive(Template)]
#[template(path = "intake/one.html")]
struct OnePage {
    shell: Shell,
    here: String,
    name: String,
    lead: String,
    state: (&'static str, String),
    /// While work runs.
    running: Option<Shown>,
    /// Why the last work did not end well.
    trouble: Option<String>,
    facts: Vec<(String, String)>,
    found: Option<Found>,
    has_file: bool,
    is_taken: bool,
    is_ready: bool,
    is_carried: bool,
    may_carry: bool,
    has_faults: bool,
    typed_reason: String,
    valid_rows: bool,
    mistakes: Vec<Mistake>,
}

impl OnePage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// What was found in the file.
struct Found {
    counts: Vec<(&'static str, String, String)>,
    missing: Vec<String>,
    faults: Vec<Told>,
    more_faults: usize,
    notes: Vec<Told>,
    more_notes: usize,
    lines: Vec<Line>,
    more_lines: usize,
    absent: Vec<(String, String, String, String)>,
    more_absent: usize,
}

struct Told {
    sheet: String,
    cell: String,
    field: String,
    read: String,
    text: String,
}

struct Line {
    row: u32,
    state: String,
    name: String,
    code: String,
    unit: String,
    changes: Vec<(String, Option<String>, Option<String>)>,
}

/// How far work is, as a page shows it.
#[derive(Template)]
#[template(path = "intake/progress.html")]
struct Shown {
    here: String,
    csrf: String,
    text: String,
    done: usize,
    of: usize,
    stop: String,
}

impl Shown {
    fn of(lang: Lang, csrf: &str, batch: i64, running: Running) -> Self {
        let number = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
        let stage = lang.code_text("intake-stage", running.stage.code());
        let text = match (running.done, running.of) {
            (0, 0) => stage,
            (done, 0) => format!("{stage}: {}", number(done)),
            (done, of) => format!("{stage}: {} / {}", number(done), number(of)),
        };
        Self { here: path(batch), csrf: csrf.to_owned(), text, done: running.done, of: running.of, stop: lang.t("intake-stop") }
    }
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    answer(&state, &signed_in, id, (String::new(), false), Vec::new()).await
}

/// The page with what was typed and what is wrong with it.
pub(super) async fn answer(
    state: &AppState,
    signed_in: &SignedIn,
    id: i64,
    typed: (String, bool),
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let batch = intake::batch(&state.services, &signed_in.ctx, id).await?;
    let running = intake::running(&state.services, id);
    let trouble = intake::ended(&state.services, id).filter(|_| running.is_none());
    let report = batch.report.as_ref().filter(|_| running.is_none() && batch.state != intake::State::Taken);
    let counts = report.map(|report| report.counts);
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = OnePage {
        here: path(id),
        name: batch.line.file_name.clone(),
        lead: lead(lang, &batch),
        state: (list::chip(&batch), lang.code_text("intake-state", batch.state.code())),
        running: running.map(|running| Shown::of(lang, &signed_in.visitor.csrf, id, running)),
        trouble: trouble.map(|end| words::end(lang, &end)),
        facts: report.map(|report| facts(lang, report)).unwrap_or_default(),
        found: report.map(|report| found(lang, batch.settings.tells, report)),
        has_file: batch.line.has_file,
        is_taken: batch.state == intake::State::Taken,
        is_ready: batch.state == intake::State::Ready,
        is_carried: batch.state == intake::State::Carried,
        may_carry: counts.is_some_and(|counts| counts.new + counts.changed > 0),
        has_faults: counts.is_some_and(|counts| counts.faulty > 0),
        typed_reason: typed.0,
        valid_rows: typed.1,
        shell: Shell::new(&signed_in.visitor, &batch.line.file_name).at(&path(id)),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// How far the work is, for the page that asks again and again; when it is over, the page is loaded anew.
pub(crate) async fn progress(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    intake::batch(&state.services, &signed_in.ctx, id).await?;
    match intake::running(&state.services, id) {
        Some(running) => shell::page(&Shown::of(signed_in.lang(), &signed_in.visitor.csrf, id, running)),
        None => Ok((StatusCode::OK, [(HeaderName::from_static("hx-refresh"), HeaderValue::from_static("true"))], "").into_response()),
    }
}

fn lead(lang: Lang, batch: &Batch) -> String {
    let who = batch.line.who.clone().unwrap_or_else(|| lang.t("keep-system"));
    let day = batch.as_of().map(|day| lang.date(day)).unwrap_or_default();
    let mode = match (batch.settings.tells, batch.settings.by_institute) {
        (Tells::Officials, _) => lang.code_text("intake-mode", batch.settings.mode.code()),
        (Tells::Training, false) => lang.t("intake-tells-training"),
        (Tells::Training, true) => lang.t("intake-tells-institute"),
    };
    lang.with(
        "intake-lead",
        &[
            ("unit", batch.line.unit_name.1.clone().into()),
            ("day", day.into()),
            ("mode", mode.into()),
            ("who", who.into()),
            ("when", lang.instant(batch.line.taken_at).into()),
        ],
    )
}

/// How the file was read.
fn facts(lang: Lang, report: &Report) -> Vec<(String, String)> {
    let header =
        if report.header.0 == report.header.1 { report.header.0.to_string() } else { format!("{}–{}", report.header.0, report.header.1) };
    let mut facts = vec![(lang.t("intake-sheet"), report.sheet.clone()), (lang.t("intake-header"), header)];
    let format =
        report.encoding.as_ref().map_or_else(|| report.format.to_uppercase(), |e| format!("{} · {e}", report.format.to_uppercase()));
    facts.push((lang.t("intake-format"), format));
    if !report.fonts.is_empty() {
        facts.push((lang.t("intake-fonts"), report.fonts.iter().map(|f| f.to_uppercase()).collect::<Vec<_>>().join(", ")));
    }
    let left: Vec<String> = report.left_out.iter().map(|(why, rows)| format!("{} {}", rows, lang.code_text("intake-left", why))).collect();
    if !left.is_empty() {
        facts.push((lang.t("intake-left-out"), left.join(", ")));
    }
    let known = report.columns.iter().filter(|column| column.field.is_some()).count();
    facts.push((lang.t("intake-columns"), format!("{known} / {}", report.columns.len())));
    facts
}

fn found(lang: Lang, tells: Tells, report: &Report) -> Found {
    let counts = report.counts;
    let number = |n: usize| lang.number(i64::try_from(n).unwrap_or(i64::MAX));
    let told = |fault: &intake::Fault| Told {
        sheet: fault.sheet.clone(),
        cell: fault.cell.clone(),
        field: words::field(lang, &fault.field),
        read: fault.read.clone(),
        text: words::tell(lang, fault),
    };
    let tile = |code: &'static str, n: usize| (code, number(n), lang.code_text("intake-count", code));
    let new = if tells == Tells::Officials { "new" } else { "new-training" };
    let mut tiles = vec![
        tile("rows", counts.rows),
        ("new", number(counts.new), lang.code_text("intake-count", new)),
        tile("changed", counts.changed),
        tile("same", counts.same),
        tile("faulty", counts.faulty),
    ];
    tiles.extend((tells == Tells::Officials).then(|| tile("absent", counts.absent)));
    Found {
        counts: tiles,
        missing: report.missing.iter().map(|field| words::field(lang, field)).collect(),
        faults: report.faults.iter().take(SHOWN).map(told).collect(),
        more_faults: counts.faults.saturating_sub(SHOWN),
        notes: report.notes.iter().take(SHOWN).map(told).collect(),
        more_notes: counts.notes.saturating_sub(SHOWN),
        lines: report.lines.iter().take(SHOWN).map(|line| self::line(lang, tells, line)).collect(),
        more_lines: (counts.new + counts.changed).saturating_sub(SHOWN),
        absent: report
            .absent
            .iter()
            .take(SHOWN)
            .map(|a| (format!("/nhan-su/{}", escaped(&a.code)), a.name.clone(), a.code.clone(), a.unit.clone()))
            .collect(),
        more_absent: counts.absent.saturating_sub(SHOWN),
    }
}

fn line(lang: Lang, tells: Tells, line: &intake::Line) -> Line {
    let word = |field: &str, text: &Option<String>| text.as_deref().map(|text| words::value(field, text));
    let state = match line.state {
        LineState::New if tells == Tells::Training => "intake-line-new-training",
        LineState::New => "intake-line-new",
        LineState::Changed => "intake-line-changed",
    };
    Line {
        row: line.row,
        state: lang.t(state),
        name: line.name.clone(),
        code: line.code.clone(),
        unit: line.unit.1.clone(),
        changes: line.changes.iter().map(|(field, a, b)| (words::field(lang, field), word(field, a), word(field, b))).collect(),
    }
}
