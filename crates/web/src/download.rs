//! A list as a file to take along.
//! Not for: deciding who may take it (`service`), or the bytes of a file (`documents`).

use axum::body::Body;
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use documents::{Cell, Column};
use futures_util::stream::try_unfold;
use service::work::Made;
use tokio::io::AsyncReadExt as _;

use crate::errors::WebError;

/// Bytes of a made file that are read at once.
const PIECE: usize = 64 * 1024;

/// A list to take along.
#[derive(Debug)]
pub(crate) struct List {
    pub(crate) title: String,
    /// Lines under the title that say what the list is.
    pub(crate) notes: Vec<String>,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Vec<Cell>>,
}

impl List {
    /// As an Excel workbook; `name` is of plain letters, without its ending.
    ///
    /// # Errors
    /// [`WebError::Internal`] when the list does not fit into the format.
    pub(crate) async fn xlsx(self, name: &str) -> Result<Response, WebError> {
        let bytes = apart(move || documents::sheet(&self.title, &self.notes, &self.columns, &self.rows)).await?;
        let bytes = bytes.map_err(|e| WebError::Internal(Box::new(e)))?;
        Ok(file(&format!("{name}.xlsx"), "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", bytes))
    }

    /// As comma-separated values.
    ///
    /// # Errors
    /// [`WebError::Internal`] when the writer gives up.
    pub(crate) async fn csv(self, name: &str) -> Result<Response, WebError> {
        let bytes = apart(move || documents::csv(&self.columns, &self.rows)).await?;
        Ok(file(&format!("{name}.csv"), "text/csv; charset=utf-8", bytes))
    }
}

/// A hundred thousand lines take a second of work that no other request should wait for.
async fn apart<T: Send + 'static>(make: impl FnOnce() -> T + Send + 'static) -> Result<T, WebError> {
    tokio::task::spawn_blocking(make).await.map_err(|e| WebError::Internal(Box::new(e)))
}

/// Bytes to save under a name.
pub(crate) fn file(name: &str, kind: &'static str, bytes: impl IntoResponse) -> Response {
    let as_file = HeaderValue::from_str(&format!("attachment; filename=\"{name}\"")).unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(kind)), (header::CONTENT_DISPOSITION, as_file)], bytes).into_response()
}

/// What work made beside requests, from the disk a piece at a time: papers of thousands do not fit into memory.
///
/// # Errors
/// [`WebError::Internal`] when the file is gone.
pub(crate) async fn made(made: &Made) -> Result<Response, WebError> {
    let (from, bytes) = made.open().await.map_err(|error| WebError::Internal(Box::new(error)))?;
    let pieces = try_unfold(from, async |mut from| {
        let mut piece = Vec::with_capacity(PIECE);
        let read = from.read_buf(&mut piece).await?;
        Ok::<_, std::io::Error>((read > 0).then_some((piece, from)))
    });
    Ok(file(&made.name, made.kind, ([(header::CONTENT_LENGTH, bytes)], Body::from_stream(pieces))))
}
