//! `/de-an/{code}/ban/{n}`: a version as it stands, and what can be done with it.
//! Not for: measuring; a version that is not in force has no figures.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use domain::schemes::{Scheme, Target};
use serde::Deserialize;
use service::schemes::{self, EditRefusal, Version, VersionState};

use super::faults::{self, FaultRow};
use super::life::{self, VersionRow};
use super::show::facts;
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::explain;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::targets::threshold_text;
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "schemes/version.html")]
struct VersionPage {
    shell: Shell,
    code: String,
    title: String,
    row: VersionRow,
    facts: Vec<(String, String)>,
    basis: String,
    targets: Vec<TargetLine>,
    counts: String,
    body: String,
    faults: Vec<FaultRow>,
    mistakes: Vec<Mistake>,
    path: String,
    scheme_path: Option<String>,
    may_edit: bool,
    may_publish: bool,
    may_retire: bool,
    may_start: bool,
}

/// A target as the document states it.
struct TargetLine {
    code: String,
    title: String,
    section: String,
    threshold: String,
    period: String,
    is_aspiration: bool,
    form: Option<String>,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    let version = schemes::version(&state.services, &signed_in.ctx, &code, number).await?;
    shell::page(&view(&signed_in, &version, Vec::new()))
}

fn view(signed_in: &SignedIn, version: &Version, mistakes: Vec<Mistake>) -> VersionPage {
    let lang = signed_in.lang();
    let line = &version.line;
    let parsed = schemes::check(&version.body);
    let faults = parsed.as_ref().err().map(|found| faults::rows(lang, &version.body, found)).unwrap_or_default();
    let scheme = parsed.ok();
    let path = life::path(&line.scheme, line.number);
    let is_draft = life::is_draft(line.state);
    let edits = signed_in.ctx.may(Act::EditScheme);
    let publishes = signed_in.ctx.may(Act::PublishScheme);
    let form = |code: &str| (edits && is_draft).then(|| format!("{path}/chi-tieu/{}", escaped(code)));
    let title = scheme.as_ref().map_or_else(|| line.scheme.clone(), |s| lang.of(&s.title).to_owned());
    VersionPage {
        shell: Shell::new(&signed_in.visitor, &title),
        code: line.scheme.clone(),
        row: VersionRow::of(lang, line),
        facts: scheme.as_ref().map(|s| facts(lang, s)).unwrap_or_default(),
        basis: scheme.as_ref().map(|s| s.legal_basis.join("; ")).unwrap_or_default(),
        targets: scheme.iter().flat_map(|s| &s.targets).map(|t| target(lang, t, form(&t.code))).collect(),
        counts: scheme.as_ref().map(|s| counts(lang, s)).unwrap_or_default(),
        body: version.body.clone(),
        faults,
        mistakes,
        scheme_path: (line.state == VersionState::Published).then(|| format!("/de-an/{}", escaped(&line.scheme))),
        may_edit: edits && is_draft,
        may_publish: publishes && is_draft,
        may_retire: publishes && line.state == VersionState::Published,
        may_start: edits && !is_draft,
        path,
        title,
    }
}

fn target(lang: Lang, target: &Target, form: Option<String>) -> TargetLine {
    TargetLine {
        code: target.code.clone(),
        title: lang.of(&target.title).to_owned(),
        section: target.section.clone(),
        threshold: threshold_text(lang, target),
        period: explain::span(lang, &target.phase),
        is_aspiration: target.aspiration,
        form,
    }
}

fn counts(lang: Lang, scheme: &Scheme) -> String {
    lang.with(
        "version-counts",
        &[
            ("targets", lang.size(scheme.targets.len()).into()),
            ("quotas", lang.size(scheme.quotas.len()).into()),
            ("tasks", lang.size(scheme.tasks.len()).into()),
            ("topics", lang.size(scheme.topics.len()).into()),
        ],
    )
}

/// From which version and why.
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
    match refused(schemes::start_draft(&state.services, &signed_in.ctx, &code, number, &start.note).await)? {
        Ok(draft) => Ok(shell::see_other(&format!("{}/sua?xong=nhap", life::path(&code, draft)))),
        Err(EditRefusal::DraftExists { number }) => Ok(shell::see_other(&format!("{}/sua", life::path(&code, number)))),
        Err(refusal) => {
            let version = schemes::version(&state.services, &signed_in.ctx, &code, number).await?;
            let (mistakes, _) = faults::refusal(signed_in.lang(), &version.body, &refusal, "noi-dung");
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&signed_in, &version, mistakes))
        }
    }
}
