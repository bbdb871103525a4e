//! A form with a file, read part by part: the token stands in front of the file, so that nothing is read for strangers.
//! Not for: what the file means.

use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::StatusCode;

use super::sheet::Typed;
use super::{TOKEN, is_ours};
use crate::AppState;
use crate::errors::WebError;
use crate::layers::FILE_LIMIT;
use crate::visitor::SignedIn;

/// Name of the field of the file.
pub(crate) const FILE: &str = "tep";

/// What was sent.
#[derive(Debug, Default)]
pub(crate) struct Upload {
    /// Every other field.
    pub(crate) typed: Typed,
    /// Name of the file, as the browser says it.
    pub(crate) name: String,
    /// The file; empty when none was chosen.
    pub(crate) bytes: Vec<u8>,
}

/// Reads the form.
///
/// # Errors
/// [`WebError::ForeignForm`] before the first byte of the file when the form is not ours; [`WebError::TooLarge`].
pub(crate) async fn receive(state: &AppState, signed_in: &SignedIn, mut request: Request) -> Result<Upload, WebError> {
    DefaultBodyLimit::max(FILE_LIMIT).apply(&mut request);
    let headers = request.headers().clone();
    let mut form = Multipart::from_request(request, state).await.map_err(|_| WebError::UnreadableForm)?;
    let mut upload = Upload::default();
    let mut known = is_ours(&signed_in.visitor, &headers, None);
    while let Some(field) = form.next_field().await.map_err(|error| too_large(&error))? {
        let name = field.name().unwrap_or_default().to_owned();
        if name == FILE {
            if !known {
                return Err(WebError::ForeignForm);
            }
            field.file_name().unwrap_or_default().clone_into(&mut upload.name);
            upload.bytes = field.bytes().await.map_err(|error| too_large(&error))?.to_vec();
            continue;
        }
        let text = field.text().await.map_err(|error| too_large(&error))?;
        if name == TOKEN {
            known = is_ours(&signed_in.visitor, &headers, Some(&text));
        } else {
            upload.typed.put(name, text);
        }
    }
    if known { Ok(upload) } else { Err(WebError::ForeignForm) }
}

fn too_large(error: &axum::extract::multipart::MultipartError) -> WebError {
    if error.status() == StatusCode::PAYLOAD_TOO_LARGE { WebError::TooLarge } else { WebError::UnreadableForm }
}
