//! `/tieu-chuan`: the standards in force in readable form, and every version.
//! Not for: who lacks what (`gaps`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::standards::{self, Followed, VersionState};

use super::{RequirementRow, requirement_rows, version_row};
use crate::AppState;
use crate::errors::WebError;
use crate::schemes::life::VersionRow;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "standards/list.html")]
struct ListPage {
    shell: Shell,
    standards: Vec<InForce>,
    versions: Vec<(String, VersionRow)>,
    keeps: bool,
}

/// A standard in force.
struct InForce {
    title: String,
    href: Option<String>,
    rows: Vec<RequirementRow>,
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let shelf = standards::in_force(&state.services, &signed_in.ctx).await?;
    let versions = standards::versions(&state.services, &signed_in.ctx).await?;
    let in_force = |followed: &Followed| InForce {
        title: lang.of(&followed.standard.title).to_owned(),
        href: followed.version.as_ref().map(|line| super::path(&line.code, line.number)),
        rows: requirement_rows(lang, &followed.standard),
    };
    let mut versions: Vec<_> = versions.iter().map(|line| (line.state, line.code.clone(), version_row(lang, line))).collect();
    versions.sort_by_key(|(state, ..)| match state {
        VersionState::Draft => 0,
        VersionState::Published => 1,
        VersionState::Retired => 2,
    });
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("standards-title")),
        standards: shelf.standards.iter().map(in_force).collect(),
        versions: versions.into_iter().map(|(_, code, row)| (code, row)).collect(),
        keeps: super::keeps(&signed_in),
    })
}
