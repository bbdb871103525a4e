//! `/van-ban/{id}/ban-quet`: scans of the signed paper, added and looked at.
//! Not for: which files are taken (`domain::register::scans`).

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::ids::CaseId;
use domain::register::scans::{Media, ScanFault};
use service::papers;

use super::path;
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::Mistake;
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::upload::{self, FILE, Upload};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const ACCEPTED: &str = ".pdf,.jpg,.jpeg,.png";

fn sheet(signed_in: &SignedIn, id: CaseId, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let action = format!("{}/ban-quet", path(id));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("papers-add-scan")).at(&action),
        back: (path(id), lang.t("papers-back")),
        lead: lang.t("papers-scan-lead"),
        action,
        submit: lang.t("papers-add-scan"),
        fields: vec![Field::needed(lang, "scan", FILE, Kind::File(ACCEPTED)).hint(lang.t("scan-tep-hint"))],
        typed: Typed::default(),
        mistakes,
    }
}

/// The form of a scan.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    papers::case(&state.services, &signed_in.ctx, CaseId(id)).await?;
    sheet(&signed_in, CaseId(id), Vec::new()).answer()
}

/// Adds a scan.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    request: Request,
) -> Result<Response, WebError> {
    let (lang, id) = (signed_in.lang(), CaseId(id));
    let Upload { name, bytes, .. } = upload::receive(&state, &signed_in, request).await?;
    match refused(papers::add_scan(&state.services, &signed_in.ctx, id, &name, &bytes).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=ban-quet", path(id)))),
        Err(fault) => sheet(&signed_in, id, vec![Mistake::new(FILE, lang.code_text("scan-fault", ScanFault::code(fault)))]).answer(),
    }
}

/// The file itself: pictures open in the page, a PDF is saved.
pub(crate) async fn file(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, row)): Path<(i64, i64)>,
) -> Result<Response, WebError> {
    let scan = papers::scan(&state.services, &signed_in.ctx, CaseId(id), row).await?;
    let how = if scan.media == Media::Pdf { "attachment" } else { "inline" };
    let how = HeaderValue::from_str(&format!("{how}; filename*=UTF-8''{}", escaped(&scan.name)));
    let kind = HeaderValue::from_static(scan.media.code());
    let headers = [(header::CONTENT_TYPE, kind), (header::CONTENT_DISPOSITION, how.unwrap_or(HeaderValue::from_static("attachment")))];
    Ok((headers, scan.bytes).into_response())
}
