//! `/tieu-chuan/{code}/ban/{n}`: a version as it stands, and what can be done with it.
//! Not for: who lacks what of it (`gaps`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;
use service::standards::{self, EditRefusal, StandardText, VersionState};

use super::{RequirementRow, path, requirement_row, version_row};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::{CsrfForm, Mistake};
use crate::schemes::life::VersionRow;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "standards/version.html")]
struct VersionPage {
    shell: Shell,
    code: String,
    title: String,
    row: VersionRow,
    rows: Vec<RequirementRow>,
    body: String,
    mistakes: Vec<Mistake>,
    path: String,
    may_edit: bool,
    may_start: bool,
    may_retire: bool,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let version = standards::version(&state.services, &signed_in.ctx, &code, number).await?;
    shell::page(&view(&signed_in, &version, Vec::new()))
}

fn view(signed_in: &SignedIn, version: &StandardText, mistakes: Vec<Mistake>) -> VersionPage {
    let (lang, line) = (signed_in.lang(), &version.line);
    let path = path(&line.code, line.number);
    let (keeps, is_draft) = (super::keeps(signed_in), line.state == VersionState::Draft);
    // A version is saved only when it is in order.
    let standard = standards::check(&version.body).ok();
    let form = |code: &str| (keeps && is_draft).then(|| format!("{path}/yeu-cau/{}", escaped(code)));
    let requirements = standard.iter().flat_map(|standard| &standard.requirements);
    VersionPage {
        rows: requirements.map(|requirement| requirement_row(lang, requirement, form(&requirement.code))).collect(),
        title: standard.as_ref().map_or_else(|| line.code.clone(), |standard| lang.of(&standard.title).to_owned()),
        shell: Shell::new(&signed_in.visitor, standard.as_ref().map_or(line.code.as_str(), |standard| lang.of(&standard.title))),
        code: line.code.clone(),
        row: version_row(lang, line),
        body: version.body.clone(),
        mistakes,
        may_edit: keeps && is_draft,
        may_start: keeps && !is_draft,
        may_retire: keeps && line.state == VersionState::Published,
        path,
    }
}

/// Why a draft is opened.
#[derive(Debug, Deserialize)]
pub(crate) struct Start {
    #[serde(default)]
    note: String,
}

/// Opens a draft with the text of this version.
pub(crate) async fn start_draft(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(start): CsrfForm<Start>,
) -> Result<Response, WebError> {
    match refused(standards::start_draft(&state.services, &signed_in.ctx, &code, number, &start.note).await)? {
        Ok(draft) => Ok(shell::see_other(&format!("{}/sua?xong=nhap", path(&code, draft)))),
        Err(EditRefusal::DraftExists { number }) => Ok(shell::see_other(&format!("{}/sua", path(&code, number)))),
        Err(refusal) => {
            let version = standards::version(&state.services, &signed_in.ctx, &code, number).await?;
            let (mistakes, _) = super::refusal(signed_in.lang(), &version.body, &refusal, "noi-dung");
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&signed_in, &version, mistakes))
        }
    }
}
