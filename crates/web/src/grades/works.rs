//! `/lop/{code}/diem/bai`: the works that learners of a class are graded for.
//! Not for: grades (`grid`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::WorkId;
use domain::results::{MOST_WORKS, Work, WorkFault, WorkKind};
use service::grades::{self, GradeRefusal};

use super::{here, kept};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

/// Rows that stand empty at the end.
const SPARE: usize = 2;

#[derive(Template)]
#[template(path = "grades/works.html")]
struct WorksPage {
    shell: Shell,
    back: (String, String),
    action: String,
    kinds: Vec<(&'static str, String)>,
    rows: Vec<Row>,
    mistakes: Vec<Mistake>,
}

#[derive(Debug, Clone)]
struct Row {
    at: usize,
    id: String,
    name: String,
    kind: String,
    weight: String,
    is_wrong: bool,
}

impl Row {
    fn empty() -> Self {
        let text = String::new;
        Self { at: 0, id: text(), name: text(), kind: WorkKind::Essay.code().to_owned(), weight: "1".to_owned(), is_wrong: false }
    }
}

fn page(signed_in: &SignedIn, code: &str, mut rows: Vec<Row>, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    rows.extend(vec![Row::empty(); SPARE]);
    rows.truncate(MOST_WORKS);
    for (at, row) in (1..).zip(&mut rows) {
        row.at = at;
        row.is_wrong = of_field(&mistakes, &format!("ten-{at}")).is_some();
    }
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = WorksPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("works-title")),
        back: (here(code, ""), lang.t("grades-title")),
        action: here(code, "/bai"),
        kinds: WorkKind::ALL.iter().map(|kind| (kind.code(), word(lang, "work-kind", kind.code()))).collect(),
        rows,
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let sheet = kept(&state, &signed_in, &code).await?;
    let row = |line: &grades::WorkLine| Row {
        id: line.id.to_string(),
        name: line.work.name.clone(),
        kind: line.work.kind.code().to_owned(),
        weight: line.work.weight.to_string(),
        ..Row::empty()
    };
    page(&signed_in, &code, sheet.works.iter().map(row).collect(), Vec::new())
}

fn typed_rows(typed: &Typed) -> Vec<Row> {
    let row = |at: usize| {
        let field = |name: &str| typed.words(&format!("{name}-{at}")).to_owned();
        Row { at, id: field("khoa"), name: field("ten"), kind: field("loai"), weight: field("he-so"), is_wrong: false }
    };
    (1..=MOST_WORKS).map(row).filter(|row| !row.name.is_empty()).collect()
}

fn mistake(lang: Lang, (at, fault): (usize, WorkFault)) -> Mistake {
    Mistake::new(&format!("ten-{}", at + 1), lang.code_text("work-fault", fault.code()))
}

/// Keeps the list.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let rows = typed_rows(&typed);
    let work = |row: &Row| {
        let kind = WorkKind::from_code(&row.kind).unwrap_or(WorkKind::Essay);
        let work = Work { name: row.name.clone(), kind, weight: row.weight.parse().unwrap_or(-1) };
        (row.id.parse().ok().map(WorkId), work)
    };
    let list: Vec<(Option<WorkId>, Work)> = rows.iter().map(work).collect();
    match refused(grades::put_works(&state.services, &signed_in.ctx, &code, &list).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=luu", here(&code, "")))),
        Err(GradeRefusal::Works(faults)) => page(&signed_in, &code, rows, faults.into_iter().map(|one| mistake(lang, one)).collect()),
        Err(GradeRefusal::NotNow | GradeRefusal::Cells(_)) => {
            page(&signed_in, &code, rows, vec![Mistake::new("ten-1", lang.t("grades-not-now"))])
        }
    }
}
