//! `/lop/{code}/diem/dan`: grades pasted from a sheet or brought in a file, and the blank file with the names.
//! Not for: reading them (`domain::results::pasted`).

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::StatusCode;
use axum::response::Response;
use documents::{Cell, Column};
use domain::results::pasted::{Wrong, cells};
use domain::training::Outcome;
use service::grades::{self, GradeRefusal, GradeSheet, Taken};

use super::{here, kept, misplaced};
use crate::AppState;
use crate::download::List;
use crate::errors::{WebError, refused};
use crate::form::upload::{self, Upload};
use crate::form::{Mistake, plain_lines};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "grades/take.html")]
struct TakePage {
    shell: Shell,
    back: (String, String),
    action: String,
    blank: String,
    example: String,
    text: String,
    is_again: bool,
    mistakes: Vec<Mistake>,
    wrong: Vec<Fault>,
}

struct Fault {
    line: usize,
    place: String,
    typed: String,
    text: String,
}

fn told(lang: Lang, wrong: &Wrong) -> Fault {
    let text = match &wrong.near {
        Some((code, name)) => lang.with("paste-near", &[("code", code.clone().into()), ("name", name.clone().into())]),
        None => lang.code_text("paste-fault", wrong.fault.code()),
    };
    let place = [("line", lang.size(wrong.line).into()), ("column", lang.size(wrong.column).into())];
    Fault { line: wrong.line, place: lang.with("paste-place", &place), typed: wrong.typed.clone(), text }
}

fn page(
    signed_in: &SignedIn,
    sheet: &GradeSheet,
    text: String,
    is_again: bool,
    mistakes: Vec<Mistake>,
    wrong: Vec<Fault>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let code = &sheet.class.code;
    let head = [lang.t("grades-code"), lang.t("grades-name")].into_iter().chain(sheet.works.iter().map(|line| line.work.name.clone()));
    let status = if mistakes.is_empty() && wrong.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = TakePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("grades-take")),
        back: (here(code, ""), lang.t("grades-title")),
        action: here(code, "/dan"),
        blank: here(code, "/mau"),
        example: head.collect::<Vec<_>>().join(" | "),
        text,
        is_again,
        mistakes,
        wrong,
    };
    shell::page_with(status, &page)
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let sheet = kept(&state, &signed_in, &code).await?;
    page(&signed_in, &sheet, String::new(), false, Vec::new(), Vec::new())
}

/// Takes everything, or shows it again with what is wrong; a file then stands in the field as text, where it is mended.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let sheet = kept(&state, &signed_in, &code).await?;
    let Upload { typed, name, bytes } = upload::receive(&state, &signed_in, request).await?;
    let is_again = typed.words("lan") == "2";
    let mut text = plain_lines(typed.raw("bang"));
    if !bytes.is_empty() {
        let read = tokio::task::spawn_blocking(move || grades::rows_of_file(&bytes, &name)).await;
        match read.map_err(|error| WebError::Internal(Box::new(error)))? {
            Ok(rows) => text = rows.iter().map(|row| row.join("\t")).collect::<Vec<_>>().join("\n"),
            Err(_) => {
                let wrong = vec![Mistake::new("tep", lang.t("grades-bad-file"))];
                return page(&signed_in, &sheet, text, is_again, wrong, Vec::new());
            }
        }
    }
    let rows = cells(&text);
    let (mut mistakes, mut wrong) = (Vec::new(), Vec::new());
    match refused(grades::take(&state.services, &signed_in.ctx, &code, &rows, usize::from(is_again)).await)? {
        Ok(Taken::Put(_)) => return Ok(shell::see_other(&format!("{}?xong=diem", here(&code, "")))),
        Ok(Taken::Wrong(found)) => wrong = found.iter().map(|one| told(lang, one)).collect(),
        Ok(Taken::Refused(faults)) => mistakes = faults.iter().map(|one| Mistake::new("bang", misplaced(lang, &sheet, one))).collect(),
        Err(GradeRefusal::NotNow | GradeRefusal::Works(_) | GradeRefusal::Cells(_)) => {
            mistakes = vec![Mistake::new("bang", lang.t("grades-not-now"))];
        }
    }
    page(&signed_in, &sheet, text, is_again, mistakes, wrong)
}

/// The blank file: names of everybody and a column for each work.
pub(crate) async fn blank(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let sheet = grades::file(&state.services, &signed_in.ctx, &code).await?;
    let mut columns = vec![Column::new(lang.t("grades-code"), 16), Column::new(lang.t("grades-name"), 30)];
    columns.extend(sheet.works.iter().map(|line| Column::new(line.work.name.clone(), 14)));
    let learners = sheet.people.iter().filter(|one| one.attendee.outcome != Outcome::Withdrawn);
    let row = |one: &grades::Standing| {
        let who = &one.attendee.official;
        let mut cells = vec![Cell::Text(who.1.clone()), Cell::Text(who.2.clone())];
        cells.extend(
            one.grades
                .iter()
                .map(|attempts| attempts.0.first().copied().flatten().map_or(Cell::Empty, |p| Cell::Text(super::points(lang, p)))),
        );
        cells
    };
    let list = List {
        title: lang.t("grades-title"),
        notes: vec![format!("{} · {}", sheet.class.code, sheet.class.terms.name)],
        columns,
        rows: learners.map(row).collect(),
    };
    list.xlsx(&format!("diem-{}", sheet.class.code)).await
}
