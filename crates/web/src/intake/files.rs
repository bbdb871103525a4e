//! The file back: as it came, or with its faults marked in it.
//! Not for: marking (`workbooks::marked`).

use axum::extract::{Path, State};
use axum::response::Response;
use service::intake::{self, MarkWords};

use super::{one, words};
use crate::AppState;
use crate::download::file;
use crate::errors::{WebError, refused};
use crate::form::Mistake;
use crate::visitor::SignedIn;

const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

/// With every fault and note marked.
pub(crate) async fn marked(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let heads = ["intake-fault-sheet", "intake-fault-cell", "intake-fault-read", "intake-fault-why"].map(|key| lang.t(key));
    let list = MarkWords { list: lang.t("intake-fault-list"), heads };
    match refused(intake::marked(&state.services, &signed_in.ctx, id, list, |fault| words::tell(lang, fault)).await)? {
        Ok(bytes) => Ok(file(&format!("nhap-lieu-{id}-danh-dau.xlsx"), XLSX, bytes)),
        Err(refusal) => {
            let text = words::end(lang, &intake::End::Rehearse(refusal));
            one::answer(&state, &signed_in, id, (String::new(), false), vec![Mistake::new("noi-dung", text)]).await
        }
    }
}

/// As it came.
pub(crate) async fn original(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let (batch, bytes) = intake::original(&state.services, &signed_in.ctx, id).await?;
    let format = batch.report.as_ref().map_or("bin", |report| match report.format.as_str() {
        "xlsx" => "xlsx",
        "xls" => "xls",
        "ods" => "ods",
        _ => "csv",
    });
    Ok(file(&format!("nhap-lieu-{id}.{format}"), "application/octet-stream", bytes))
}
