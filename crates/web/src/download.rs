//! A list as a file to take along.
//! Not for: deciding who may take it (`service`), or the bytes of a file (`documents`).

use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::Sheet;

use crate::errors::WebError;

/// As an Excel workbook.
///
/// # Errors
/// [`WebError::Internal`] when the list is larger than a worksheet can be.
pub(crate) fn xlsx(sheet: &Sheet, name: &str) -> Result<Response, WebError> {
    let bytes = documents::xlsx(sheet).map_err(|e| WebError::Internal(Box::new(e)))?;
    Ok(file(&format!("{name}.xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
}

/// As comma-separated values.
pub(crate) fn csv(sheet: &Sheet, name: &str) -> Response {
    file(&format!("{name}.csv"), "text/csv; charset=utf-8", documents::csv(sheet).into_bytes())
}

/// Bytes to save under a name.
pub(crate) fn file(name: &str, kind: &'static str, bytes: Vec<u8>) -> Response {
    let as_file = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, as_file)], bytes).into_response()
}
