//! `/api/v1/programmes`: the catalogue of programmes.
//! Not for: their texts and materials.

use axum::Json;
use axum::extract::State;
use domain::programmes::life;
use domain::time::iso;
use domain::training::{ContentGroup, Mode, TrainingKind};
use serde::Serialize;
use service::programmes::{self, Ask, CatalogueLine};
use utoipa::ToSchema;

use super::caller::Caller;
use super::cursor;
use super::problem::{Fault, Problem};
use super::shapes::{Named, Page};
use crate::AppState;

/// A programme of the catalogue: the text in force, or the only draft.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = Programme)]
pub(crate) struct ProgrammeBody {
    /// Code.
    code: String,
    /// Title.
    title: String,
    /// `training` or `education`.
    kind: String,
    /// Content group.
    content: String,
    /// For whom.
    audience: String,
    /// Periods.
    periods: i32,
    /// Study days.
    days: i32,
    /// `in_person`, `online` or `blended`.
    mode: String,
    /// `draft`, `appraising`, `to_mend`, `appraised`, `approved` or `retired`.
    state: String,
    /// How far the next text has come, while one is in force.
    next: Option<String>,
    /// First day of the text in force.
    #[schema(format = Date)]
    valid_from: Option<String>,
    /// Number of the decision that approves it.
    decision: Option<String>,
    /// Unit that keeps it.
    owner: Named,
}

impl From<&CatalogueLine> for ProgrammeBody {
    fn from(line: &CatalogueLine) -> Self {
        Self {
            code: line.code.clone(),
            title: line.title.clone(),
            kind: line.kind.to_string(),
            content: line.content.to_string(),
            audience: line.audience.clone(),
            periods: line.periods,
            days: line.days,
            mode: line.mode.to_string(),
            state: line.state.to_string(),
            next: line.next.map(|state| state.to_string()),
            valid_from: line.valid_from.map(iso),
            decision: line.decision.clone(),
            owner: Named { code: line.owner_code.clone(), name: line.owner_name.clone() },
        }
    }
}

/// Programmes by code; accounts that only learn see those in force.
#[utoipa::path(
    get,
    path = "/api/v1/programmes",
    tag = "programmes",
    params(
        ("q" = Option<String>, Query, description = "Part of the title or code, with or without marks"),
        ("content" = Option<String>, Query, description = "Content group"),
        ("kind" = Option<String>, Query, description = "`training` or `education`"),
        ("mode" = Option<String>, Query, description = "`in_person`, `online` or `blended`"),
        ("state" = Option<String>, Query, description = "States with commas between them"),
        ("cursor" = Option<String>, Query, description = "`next` of the page before"),
        ("limit" = Option<u32>, Query, description = "Lines of a page, 1 to 200, usually 50", minimum = 1, maximum = 200),
    ),
    responses(
        (status = 200, description = "A page", body = Page<ProgrammeBody>),
        (status = "4XX", description = "Not answered", body = Problem, content_type = "application/problem+json"),
    )
)]
pub(crate) async fn list(State(state): State<AppState>, caller: Caller) -> Result<Json<Page<ProgrammeBody>>, Fault> {
    let asked = &caller.asked;
    asked.only(&["q", "content", "kind", "mode", "state", "cursor", "limit"])?;
    let ask = Ask {
        states: asked.each("state", life::State::from_code)?,
        content: asked.code("content", ContentGroup::from_code, ContentGroup::ALL)?,
        kind: asked.code("kind", TrainingKind::from_code, TrainingKind::ALL)?,
        mode: asked.code("mode", Mode::from_code, Mode::ALL)?,
        owner: None,
        folded: domain::text::fold(asked.text("q").unwrap_or_default()),
    };
    let after = asked.cursor(cursor::code)?.unwrap_or_default();
    let found = programmes::catalogue(&state.services, &caller.ctx, &ask, &after, asked.limit()?).await?;
    let next = found.lines.last().filter(|_| found.more).map(|line| cursor::of_code(&line.code));
    Ok(Json(Page { items: found.lines.iter().map(ProgrammeBody::from).collect(), next }))
}
