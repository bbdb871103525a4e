//! `/lop/{code}/diem-danh/ban-quet` and `/lop/{code}/diem-danh/{sitting}/ban-quet`: scans of signed sheets, taken and listed; sheets to print;
//! pages and files to look at.
//! Not for: a scan beside the rolls (`review`).

pub(crate) mod review;

use askama::Template;
use axum::extract::{Path, Request, State};
use axum::http::{HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use domain::attendance::sheets::PageFault;
use domain::ids::SittingId;
use domain::register::scans::Media;
use service::attendance::sheets::{self, Listed, TakeRefusal, Taken};
use service::documents;

use super::{at_sitting, here, when};
use crate::AppState;
use crate::asked::escaped;
use crate::classes::path;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::upload::{self, FILE, Upload};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::papers::files::{none, said};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "attendance/scans.html")]
struct ScansPage {
    shell: Shell,
    backs: Vec<(String, String)>,
    lead: String,
    action: String,
    print: Option<String>,
    scans: Vec<Row>,
    /// Why no page was taken, a line for each.
    faults: Vec<String>,
    mistakes: Vec<Mistake>,
}

impl ScansPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct Row {
    href: String,
    name: String,
    told: String,
    pages: String,
    faulty: Option<String>,
    state: (&'static str, String),
}

/// The address of the scans of a class, or of something of one.
fn at_scan(code: &str, scan: i64, more: &str) -> String {
    here(code, &format!("/ban-quet/{scan}{more}"))
}

/// What is wrong with a page, in words, with what to do.
fn page_fault(lang: Lang, fault: PageFault, detail: &str) -> String {
    let detail = match fault {
        PageFault::NoMarks => detail.split(' ').map(|corner| lang.code_text("signed-corner", corner)).collect::<Vec<_>>().join(", "),
        _ => detail.to_owned(),
    };
    lang.with(&format!("signed-fault-{fault}"), &[("detail", detail.into())])
}

/// The same with its place in the file.
fn located(lang: Lang, number: usize, fault: PageFault, detail: &str) -> String {
    lang.with("signed-page-of-file", &[("n", lang.size(number).into()), ("fault", page_fault(lang, fault, detail).into())])
}

fn row(lang: Lang, code: &str, listed: &Listed) -> Row {
    let scan = &listed.scan;
    let state = match (listed.open, listed.settled) {
        (0, 0) => ("at_risk", lang.t("signed-state-none")),
        (0, _) => ("done", lang.t("signed-state-settled")),
        (open, _) => ("open", lang.with("signed-state-open", &[("n", lang.size(open).into())])),
    };
    let by = scan.by.as_ref().map_or_else(|| lang.t("audit-system"), |(_, name)| name.clone());
    Row {
        href: at_scan(code, scan.id, ""),
        name: scan.name.clone(),
        told: format!("{by} · {}", lang.instant(scan.at)),
        pages: lang.size(listed.pages),
        faulty: (listed.faulty > 0).then(|| lang.with("signed-n-faulty", &[("n", lang.size(listed.faulty).into())])),
        state,
    }
}

/// What stood in the way of a file.
#[derive(Default)]
struct InTheWay {
    mistakes: Vec<Mistake>,
    faults: Vec<String>,
}

async fn page(state: &AppState, signed_in: &SignedIn, code: &str, sitting: Option<SittingId>, way: InTheWay) -> Result<Response, WebError> {
    let (lang, services, ctx) = (signed_in.lang(), &state.services, &signed_in.ctx);
    let (class, line) = sheets::may_take(services, ctx, code, sitting).await?;
    let listing = sheets::scans(services, ctx, code).await?;
    let action = sitting.map_or_else(|| here(code, "/ban-quet"), |sitting| at_sitting(code, sitting, "/ban-quet"));
    let mut backs = vec![(path(code, ""), class.terms.name.clone()), (here(code, ""), lang.t("attendance-title"))];
    let lead = match &line {
        Some(line) => {
            backs.push((at_sitting(code, line.id, ""), lang.t("roll-title")));
            lang.with("signed-lead-of-sitting", &[("sitting", when(lang, line).into())])
        }
        None => lang.t("signed-lead"),
    };
    let print = match &line {
        Some(line) => Some(at_sitting(code, line.id, "/ban-ky")),
        None => listing.keeps.then(|| here(code, "/ban-ky")),
    };
    let status = if way.mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let page = ScansPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("signed-title")).at(&action),
        backs,
        lead,
        action,
        print,
        scans: listing.scans.iter().map(|listed| row(lang, code, listed)).collect(),
        faults: way.faults,
        mistakes: way.mistakes,
    };
    shell::page_with(status, &page)
}

/// The scans of a class, and the form for another.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    page(&state, &signed_in, &code, None, InTheWay::default()).await
}

/// The same for one sitting.
pub(crate) async fn show_at(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    page(&state, &signed_in, &code, Some(SittingId(sitting)), InTheWay::default()).await
}

fn in_the_way(lang: Lang, refusal: TakeRefusal) -> InTheWay {
    let text = match &refusal {
        TakeRefusal::TooLarge => lang.with("signed-file-too_many_bytes", &[("most", lang.size(sheets::MOST_BYTES >> 20).into())]),
        other => lang.code_text("signed-file", other.code()),
    };
    let faults = match refusal {
        TakeRefusal::Nothing(faults) => faults.iter().map(|(number, fault, detail)| located(lang, *number, *fault, detail)).collect(),
        _ => Vec::new(),
    };
    InTheWay { mistakes: vec![Mistake::new(FILE, text)], faults }
}

async fn taken(
    state: &AppState,
    signed_in: &SignedIn,
    code: &str,
    sitting: Option<SittingId>,
    request: Request,
) -> Result<Response, WebError> {
    sheets::may_take(&state.services, &signed_in.ctx, code, sitting).await?;
    let Upload { name, bytes, .. } = upload::receive(state, signed_in, request).await?;
    match refused(sheets::take(&state.services, &signed_in.ctx, (code, sitting), (&name, bytes)).await)? {
        Ok(taken) => {
            let done = if matches!(taken, Taken::New(_)) { "doc-ban-quet" } else { "ban-quet-da-co" };
            Ok(shell::see_other(&at_scan(code, taken.scan(), &format!("?xong={done}"))))
        }
        Err(refusal) => page(state, signed_in, code, sitting, in_the_way(signed_in.lang(), refusal)).await,
    }
}

/// Takes a scan.
pub(crate) async fn take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    taken(&state, &signed_in, &code, None, request).await
}

/// Takes a scan on the page of a sitting.
pub(crate) async fn take_at(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
    request: Request,
) -> Result<Response, WebError> {
    taken(&state, &signed_in, &code, Some(SittingId(sitting)), request).await
}

async fn printed(state: &AppState, signed_in: &SignedIn, code: &str, sitting: Option<SittingId>) -> Result<Response, WebError> {
    let fonts = crate::paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?;
    match refused(documents::sign_in_file(&state.services, &signed_in.ctx, code, sitting, fonts).await)? {
        Ok(bytes) => Ok(crate::download::file(&format!("ky-ten-{}.pdf", code.to_lowercase()), "application/pdf", bytes)),
        Err(refusal) => none(signed_in, said(signed_in.lang(), &refusal)),
    }
}

/// The sheets of all sittings as one file.
pub(crate) async fn print(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    printed(&state, &signed_in, &code, None).await
}

/// The sheet of one sitting.
pub(crate) async fn print_at(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, sitting)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    printed(&state, &signed_in, &code, Some(SittingId(sitting))).await
}

/// What is shown of a page. It never changes, and is nobody else's.
pub(crate) async fn picture(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan, number)): Path<(String, i64, i32)>,
) -> Result<Response, WebError> {
    let bytes = sheets::picture(&state.services, &signed_in.ctx, &code, (scan, number)).await?;
    let headers: [(HeaderName, &str); 2] = [(header::CONTENT_TYPE, "image/jpeg"), (header::CACHE_CONTROL, "private, max-age=600")];
    Ok((headers, bytes).into_response())
}

/// The file as it came: pictures open in the page, a PDF is saved.
pub(crate) async fn file(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let (line, bytes) = sheets::file(&state.services, &signed_in.ctx, &code, scan).await?;
    let how = if line.media == Media::Pdf { "attachment" } else { "inline" };
    let how = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{}", escaped(&line.name)));
    let kind = HeaderValue::from_static(line.media.code());
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, how.unwrap_or(HeaderValue::from_static("attachment")))];
    Ok((headers, bytes).into_response())
}

/// Takes a scan away of which no mark was put.
pub(crate) async fn remove(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let went = sheets::drop_scan(&state.services, &signed_in.ctx, &code, scan).await?;
    let to = if went { here(&code, "/ban-quet?xong=bo-ban-quet") } else { at_scan(&code, scan, "") };
    Ok(shell::see_other(&to))
}
