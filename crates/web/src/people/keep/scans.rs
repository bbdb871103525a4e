//! `/nhan-su/{code}/kem-ban-quet/{kind}/{row}`, `/go-ban-quet/{scan}`, `/ban-quet/{scan}`: scans added to a line, taken away, looked at.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::register::scans::{Media, Proven, ScanFault};
use service::registry::{self, Person, ScanRefusal};

use super::{done, kept, no_reason, reason, sheet};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed};
use crate::form::upload::{self, FILE, Upload};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::visitor::SignedIn;

const ACCEPTED: &str = ".pdf,.jpg,.jpeg,.png";

fn mistake(lang: Lang, refusal: ScanRefusal) -> Mistake {
    match refusal {
        ScanRefusal::NoReason => no_reason(lang),
        ScanRefusal::Fault(fault) => Mistake::new(FILE, lang.t(&format!("scan-fault-{}", ScanFault::code(fault)))),
    }
}

fn fields(lang: Lang) -> Vec<Field> {
    vec![Field::needed(lang, "scan", FILE, Kind::File(ACCEPTED)).hint(lang.t("scan-tep-hint")), reason(lang)]
}

/// The line that a path names.
fn line(official: &Person, kind: &str, row: i64) -> Result<(Proven, i64), WebError> {
    let line = Proven::from_code(kind).filter(|line| registry::has_line(official, *line, row)).ok_or(WebError::NotFound)?;
    Ok((line, row))
}

/// The form of a scan.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, kind, row)): Path<(String, String, i64)>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    line(&official, &kind, row)?;
    let path = format!("kem-ban-quet/{kind}/{row}");
    sheet(&signed_in, &official, "scan", &path, fields(signed_in.lang()), Typed::default(), Vec::new()).answer()
}

/// Adds a scan.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, kind, row)): Path<(String, String, i64)>,
    request: Request,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let line = line(&official, &kind, row)?;
    let lang = signed_in.lang();
    let Upload { typed, name, bytes } = upload::receive(&state, &signed_in, request).await?;
    let added = registry::add_scan(&state.services, &signed_in.ctx, &code, line, (&name, &bytes), typed.words("reason")).await;
    match refused(added)? {
        Ok(()) => Ok(done(&code, "ban-quet")),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            let path = format!("kem-ban-quet/{kind}/{row}");
            sheet(&signed_in, &official, "scan", &path, fields(lang), typed, mistakes).answer()
        }
    }
}

/// The form that takes a scan away.
pub(crate) async fn show_removal(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let path = format!("go-ban-quet/{scan}");
    sheet(&signed_in, &official, "scan-gone", &path, vec![reason(signed_in.lang())], Typed::default(), Vec::new()).answer()
}

/// Takes a scan away.
pub(crate) async fn remove(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let official = kept(&state, &signed_in, &code).await?;
    let lang = signed_in.lang();
    match refused(registry::remove_scan(&state.services, &signed_in.ctx, &code, scan, typed.words("reason")).await)? {
        Ok(()) => Ok(done(&code, "go-ban-quet")),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            sheet(&signed_in, &official, "scan-gone", &format!("go-ban-quet/{scan}"), vec![reason(lang)], typed, mistakes).answer()
        }
    }
}

/// The file itself. Pictures open in the page; a PDF is saved, for some browsers open none under our rules for content.
pub(crate) async fn file(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, scan)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let scan = registry::scan(&state.services, &signed_in.ctx, &code, scan).await?;
    let how = if scan.media == Media::Pdf { "attachment" } else { "inline" };
    let how = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{}", escaped(&scan.name)));
    let kind = HeaderValue::from_static(scan.media.code());
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, how.unwrap_or(HeaderValue::from_static("attachment")))];
    Ok((headers, scan.bytes).into_response())
}
