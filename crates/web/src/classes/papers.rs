//! `/lop/{code}/giay-to`: papers of a class as Word and PDF files; those of which there are many are made with progress, in an archive.
//! Not for: what they say (`service::documents`), certificates (`certificates`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use domain::classes::papers::ClassPaper;
use service::documents::{self, Format};
use service::work::{End, Stand};

use super::paper_numbers::{Numbered, numbered};
use super::path;
use crate::AppState;
use crate::certificates::class::{Shown, reload};
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::papers::files::{DOCX, none, said};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "classes/papers.html")]
struct PapersPage {
    shell: Shell,
    back: (String, String),
    here: String,
    works: Vec<Shown>,
    rows: Vec<Row>,
    certificates: Option<String>,
}

struct Row {
    code: &'static str,
    name: String,
    lead: String,
    number: Numbered,
    /// Why there is none.
    fault: Option<String>,
    /// Addresses of the files of one paper.
    files: Vec<(String, &'static str)>,
    /// How many there are, when they are made beside the request.
    many: Option<String>,
    /// The archive that was made.
    made: Option<(String, String)>,
    /// All of them in one file, when that is quickly made.
    whole: Option<String>,
    ended: Option<String>,
}

fn working(lang: Lang, csrf: &str, here: &str, paper: ClassPaper, (done, of): (usize, usize)) -> Shown {
    let numbers =
        [("name", word(lang, "class-paper", paper.code()).into()), ("done", lang.size(done).into()), ("of", lang.size(of).into())];
    Shown {
        id: paper.code(),
        poll: format!("{here}/{paper}/tien-do"),
        stop: format!("{here}/{paper}/dung"),
        stop_text: lang.t("certificates-stop"),
        csrf: csrf.to_owned(),
        text: lang.with("class-papers-running", &numbers),
        done,
        of,
    }
}

/// The page.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let found = documents::class_papers(&state.services, ctx, &code).await?;
    let here = path(&code, "/giay-to");
    let (mut rows, mut works) = (Vec::new(), Vec::new());
    for (paper, fault, count) in &found.papers {
        let (paper, fault, count) = (*paper, *fault, *count);
        let stand = if paper.is_many() { documents::class_papers_stand(&state.services, ctx, &code, paper).await? } else { None };
        if let Some(Stand::Running(done, of)) = stand {
            works.push(working(lang, &signed_in.visitor.csrf, &here, paper, (done, of)));
        }
        let made = match &stand {
            Some(Stand::Over(End::Done(Some(made)))) => {
                Some((format!("{here}/{paper}/tep"), lang.with("class-papers-file", &[("n", lang.size(made.count).into())])))
            }
            _ => None,
        };
        let ended = match &stand {
            Some(Stand::Over(End::Stopped)) => Some(lang.t("class-papers-stopped")),
            Some(Stand::Over(End::Refused(_) | End::Broken(_))) => Some(lang.t("class-papers-broken")),
            _ => None,
        };
        let files = if paper.is_many() {
            Vec::new()
        } else {
            vec![(format!("{here}/{paper}.docx"), "DOCX"), (format!("{here}/{paper}.pdf"), "PDF")]
        };
        rows.push(Row {
            code: paper.code(),
            name: word(lang, "class-paper", paper.code()),
            lead: lang.code_text("class-paper-lead", paper.code()),
            number: numbered(lang, &here, &found, paper, (fault.is_none(), count)),
            fault: fault.map(|fault| lang.code_text("class-paper-fault", fault.code())),
            files,
            many: paper.is_many().then(|| lang.with("class-papers-make", &[("n", lang.size(count).into())])),
            made,
            whole: (paper == ClassPaper::SignIn).then(|| path(&code, "/diem-danh/ban-ky")),
            ended,
        });
    }
    let is_recognised = found.line.results.is_some();
    shell::page(&PapersPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-papers-title")).at(&here),
        back: (path(&code, ""), found.line.terms.name.clone()),
        works,
        rows,
        certificates: is_recognised.then(|| path(&code, "/chung-nhan")),
        here,
    })
}

fn known(code: &str) -> Result<ClassPaper, WebError> {
    ClassPaper::from_code(code).ok_or(WebError::NotFound)
}

/// One paper as a file; the ending of the address chooses.
pub(crate) async fn file(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, name)): Path<(String, String)>,
    uri: Uri,
) -> Result<Response, WebError> {
    let (paper, ending) = name.rsplit_once('.').ok_or(WebError::NotFound)?;
    let paper = known(paper)?;
    let (format, kind) = match ending {
        "docx" => (Format::Docx, DOCX),
        "pdf" if uri.path().ends_with(".pdf") => {
            (Format::Pdf(crate::paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?), "application/pdf")
        }
        _ => return Err(WebError::NotFound),
    };
    if paper.is_many() {
        return Err(WebError::NotFound);
    }
    match refused(documents::class_file(&state.services, &signed_in.ctx, &code, paper, format).await)? {
        Ok(bytes) => Ok(crate::download::file(&format!("{}.{ending}", paper.code().replace('_', "-")), kind, bytes)),
        Err(refusal) => none(&signed_in, said(signed_in.lang(), &refusal)),
    }
}

/// Begins to make papers of which there are many.
pub(crate) async fn make(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let paper = known(&paper)?;
    let fonts = match typed.words("dang") {
        "docx" => None,
        _ => Some(crate::paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?),
    };
    match refused(documents::begin_class_papers(&state.services, &signed_in.ctx, &code, paper, fonts).await)? {
        Ok(()) => Ok(shell::see_other(&path(&code, "/giay-to"))),
        Err(refusal) => none(&signed_in, said(signed_in.lang(), &refusal)),
    }
}

/// The archive that was made.
pub(crate) async fn made(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let stand = documents::class_papers_stand(&state.services, &signed_in.ctx, &code, known(&paper)?).await?;
    let Some(Stand::Over(End::Done(Some(made)))) = stand else { return Err(WebError::NotFound) };
    crate::download::made(&made).await
}

/// Stops it.
pub(crate) async fn stop(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    documents::stop_class_papers(&state.services, &signed_in.ctx, &code, known(&paper)?).await?;
    Ok(shell::see_other(&path(&code, "/giay-to")))
}

/// How far it is.
pub(crate) async fn progress(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, paper)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let paper = known(&paper)?;
    match documents::class_papers_stand(&state.services, &signed_in.ctx, &code, paper).await? {
        Some(Stand::Running(done, of)) => {
            let here = path(&code, "/giay-to");
            shell::page(&working(signed_in.lang(), &signed_in.visitor.csrf, &here, paper, (done, of)))
        }
        _ => Ok(reload()),
    }
}
