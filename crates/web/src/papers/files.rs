//! Papers as Word and PDF files: `…/ban.docx`, `…/ban.pdf` and their like; the ending of the address chooses.
//! Not for: what a paper says (`service::documents`).

use std::sync::LazyLock;

use askama::Template;
use axum::extract::{Path, State};
use axum::http::{StatusCode, Uri};
use axum::response::Response;
use documents::papers::{Fonts, PaperError};
use domain::ids::{CaseId, PlanId, ReviewId};
use service::documents::{About, DocumentRefusal, Format, file};

use crate::asked::Asked;
use crate::errors::{WebError, refused};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::{AppState, download};

pub(crate) const DOCX: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml.document";

static FONTS: LazyLock<Result<Fonts, PaperError>> = LazyLock::new(|| Fonts::new(&assets::paper_fonts()));

/// The fonts of papers, read once.
///
/// # Errors
/// [`PaperError::NoFonts`] when none can be read.
pub fn paper_fonts() -> Result<&'static Fonts, PaperError> {
    FONTS.as_ref().map_err(|_| PaperError::NoFonts)
}

#[derive(Template)]
#[template(path = "papers/no_file.html")]
struct NoFilePage {
    shell: Shell,
    why: String,
}

/// The file of something under a name of plain letters, or why there is none.
pub(crate) async fn answer(state: &AppState, signed_in: &SignedIn, uri: &Uri, about: &About, name: &str) -> Result<Response, WebError> {
    let is_pdf = uri.path().ends_with(".pdf");
    let (format, kind, ending) = if is_pdf {
        (Format::Pdf(paper_fonts().map_err(|error| WebError::Internal(Box::new(error)))?), "application/pdf", "pdf")
    } else {
        (Format::Docx, DOCX, "docx")
    };
    match refused(file(&state.services, &signed_in.ctx, about, format).await)? {
        Ok(bytes) => Ok(download::file(&format!("{name}.{ending}"), kind, bytes)),
        Err(refusal) => none(signed_in, said(signed_in.lang(), &refusal)),
    }
}

/// Why a paper cannot be made, in words.
pub(crate) fn said(lang: Lang, refusal: &DocumentRefusal) -> String {
    let why = lang.code_text("document-refusal", refusal.code());
    let DocumentRefusal::Template(clashes) = refusal else { return why };
    let places: Vec<String> = clashes.iter().map(|clash| super::templates::clash_words(lang, clash)).collect();
    format!("{why} {}", places.join("; "))
}

/// The page that says why there is no paper.
pub(crate) fn none(signed_in: &SignedIn, why: String) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let page = NoFilePage { shell: Shell::new(&signed_in.visitor, &lang.t("papers-no-file")), why };
    shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// What a paper on its way is about.
pub(crate) async fn of_case(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    uri: Uri,
) -> Result<Response, WebError> {
    answer(&state, &signed_in, &uri, &About::Case(CaseId(id)), &format!("van-ban-{id}")).await
}

/// A version of a plan.
pub(crate) async fn of_plan(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
    uri: Uri,
) -> Result<Response, WebError> {
    let number = asked.text("so").and_then(|number| number.parse().ok());
    answer(&state, &signed_in, &uri, &About::Plan(PlanId(id), number), &format!("ke-hoach-{id}")).await
}

/// The decision on a programme.
pub(crate) async fn of_programme(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    uri: Uri,
) -> Result<Response, WebError> {
    answer(&state, &signed_in, &uri, &About::Programme(code), "quyet-dinh-chuong-trinh").await
}

/// The notice that opens a review.
pub(crate) async fn of_review(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    uri: Uri,
) -> Result<Response, WebError> {
    answer(&state, &signed_in, &uri, &About::Review(ReviewId(id)), &format!("thong-bao-ra-soat-{id}")).await
}

/// Addresses of the two files, with the words of their links.
pub(crate) fn links(lang: Lang, address: impl Fn(&str) -> String) -> Vec<(String, String)> {
    vec![(address("docx"), lang.t("papers-docx")), (address("pdf"), lang.t("papers-pdf"))]
}
