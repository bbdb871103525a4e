//! `/api/v1/schemes`: the signed documents in force.
//! Not for: editing them.

use axum::Json;
use axum::extract::State;
use domain::time::iso;
use serde::Serialize;
use service::schemes::{self, Stored};
use utoipa::ToSchema;

use super::caller::Caller;
use super::problem::{Fault, Problem};
use super::shapes::{Page, Span, TitleBody};
use crate::AppState;

/// A scheme in force.
#[derive(Debug, Serialize, ToSchema)]
pub(crate) struct SchemeBody {
    /// Code.
    code: String,
    /// Number and symbol as signed; empty when the copy lacks it.
    number: String,
    /// `ĐA`, `KH`, `CT`, `QĐ`.
    document_type: String,
    /// Short title.
    title: TitleBody,
    /// Who issued it.
    issuer: TitleBody,
    /// Day of signature; null when the copy lacks it.
    #[schema(format = Date)]
    signed_on: Option<String>,
    /// The span it covers.
    phase: Span,
    /// Code of the scheme it carries out.
    under: Option<String>,
    /// Version in force.
    version: i32,
    /// Number of targets.
    targets: usize,
    /// Number of quotas.
    quotas: usize,
    /// Number of tasks.
    tasks: usize,
}

impl From<&Stored> for SchemeBody {
    fn from(stored: &Stored) -> Self {
        let scheme = &stored.scheme;
        Self {
            code: scheme.code.clone(),
            number: scheme.number.clone(),
            document_type: scheme.document_type.clone(),
            title: (&scheme.title).into(),
            issuer: (&scheme.issuer).into(),
            signed_on: scheme.signed_on.map(iso),
            phase: (&scheme.phase).into(),
            under: scheme.under.clone(),
            version: stored.version.number,
            targets: scheme.targets.len(),
            quotas: scheme.quotas.len(),
            tasks: scheme.tasks.len(),
        }
    }
}

/// Schemes in force, by code.
#[utoipa::path(
    get,
    path = "/api/v1/schemes",
    tag = "schemes",
    responses(
        (status = 200, description = "All on one page", body = Page<SchemeBody>),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Page<SchemeBody>>, Fault> {
    caller.asked.only(&[])?;
    let stored = schemes::in_force(&state.services, &caller.ctx).await?;
    Ok(Json(Page { items: stored.iter().map(|s| SchemeBody::from(s.as_ref())).collect(), next: None }))
}
