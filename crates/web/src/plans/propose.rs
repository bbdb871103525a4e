//! Drafted lines to choose from, and lines of plans right under a plan to take in.
//! Not for: drafting them (`domain::plans::propose`).

use std::collections::BTreeSet;

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::PlanId;
use domain::plans::propose::{Draft, Reason};
use domain::roles::{Act, Forbidden};
use service::plans::{self, Known, Listed, View};

use super::cells::LineView;
use super::{chip, dong, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::CsrfForm;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "plans/propose.html")]
struct ProposePage {
    shell: Shell,
    title: String,
    back: String,
    action: String,
    revision: i32,
    lead: String,
    drafts: Vec<DraftView>,
}

struct DraftView {
    line: LineView,
    why: Vec<String>,
}

async fn open(state: &AppState, signed_in: &SignedIn, id: i64) -> Result<View, WebError> {
    let view = plans::one(&state.services, &signed_in.ctx, PlanId(id), None).await?;
    match (view.may_keep, view.is_open()) {
        (false, _) => Err(WebError::Forbidden(Forbidden { act: Act::KeepPlans })),
        (true, false) => Err(WebError::Stale),
        (true, true) => Ok(view),
    }
}

/// The drafts.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = open(&state, &signed_in, id).await?;
    let drafts = plans::drafts(&state.services, &signed_in.ctx, &view).await?;
    let body = domain::plans::Body { lines: drafts.drafts.iter().map(|draft| draft.line.clone()).collect() };
    let known = plans::known(&state.services, &signed_in.ctx, &body.officials()).await?;
    let lead = [("n", lang.size(drafts.drafts.len()).into()), ("people", lang.number(drafts.people.into()).into())];
    shell::page(&ProposePage {
        shell: Shell::new(&signed_in.visitor, &lang.t("plans-propose")),
        title: view.plan.title.clone(),
        back: path(view.plan.id, ""),
        action: path(view.plan.id, "/de-xuat"),
        revision: view.version.revision,
        lead: lang.with("plans-propose-lead", &lead),
        drafts: drafts.drafts.iter().map(|draft| drafted(lang, draft, &known)).collect(),
    })
}

fn drafted(lang: Lang, draft: &Draft, known: &Known) -> DraftView {
    DraftView { line: LineView::of(lang, &draft.line, known), why: draft.why.iter().map(|reason| why(lang, reason)).collect() }
}

fn why(lang: Lang, reason: &Reason) -> String {
    match reason {
        Reason::Needs { needs, people } => {
            lang.with("plans-why-needs", &[("needs", lang.size(*needs).into()), ("people", lang.number((*people).into()).into())])
        }
        Reason::Quota(code) => lang.with("plans-why-quota", &[("quota", code.clone().into())]),
        Reason::NoProgramme => lang.t("plans-why-no-programme"),
        Reason::Size(size) => lang.with("plans-why-size", &[("size", i64::from(*size).into())]),
        Reason::Cluster(communes) => lang.with("plans-why-cluster", &[("n", lang.size(*communes).into())]),
        Reason::Months(months) => lang.with("plans-why-months", &[("months", plans::rows::months(&[*months]).into())]),
    }
}

/// The boxes that were ticked, by what their names begin with, and the revision that was looked at.
fn ticked<T: Ord + std::str::FromStr>(typed: &Typed) -> (BTreeSet<T>, i32) {
    let keys = typed.beginning("chon-").filter_map(|(key, _)| key.parse().ok()).collect();
    (keys, typed.text("revision").and_then(|text| text.parse().ok()).unwrap_or(0))
}

/// Takes chosen drafts.
pub(crate) async fn take(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let view = open(&state, &signed_in, id).await?;
    let (keys, revision) = ticked::<u32>(&typed);
    match refused(plans::take_drafts(&state.services, &signed_in.ctx, view.plan.id, revision, &keys).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{}?xong=nhan-de-xuat", path(view.plan.id, "")))),
        Err(_) => Err(WebError::Stale),
    }
}

#[derive(Template)]
#[template(path = "plans/below.html")]
struct BelowPage {
    shell: Shell,
    title: String,
    back: String,
    action: String,
    revision: i32,
    rows: Vec<BelowRow>,
}

struct BelowRow {
    id: i64,
    href: String,
    unit: String,
    title: String,
    state: &'static str,
    state_word: String,
    lines: String,
    people: String,
    cost: String,
    may_take: bool,
}

/// Plans right under this one.
pub(crate) async fn below(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = open(&state, &signed_in, id).await?;
    let all = plans::list(&state.services, &signed_in.ctx, None).await?;
    let row = |listed: &Listed| BelowRow {
        id: listed.plan.id.0,
        href: path(listed.plan.id, ""),
        unit: listed.plan.unit_name.clone(),
        title: listed.plan.title.clone(),
        state: chip(listed.version.state),
        state_word: lang.code_text("plan-state", listed.version.state.code()),
        lines: lang.number(listed.totals.lines),
        people: lang.number(listed.totals.people),
        cost: dong(lang, listed.totals.cost),
        may_take: matches!(listed.version.state, domain::plans::PlanState::Submitted | domain::plans::PlanState::Issued),
    };
    shell::page(&BelowPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("plans-take-in")),
        title: view.plan.title.clone(),
        back: path(view.plan.id, ""),
        action: path(view.plan.id, "/gop"),
        revision: view.version.revision,
        rows: all.iter().filter(|listed| listed.plan.under == Some(view.plan.id)).map(row).collect(),
    })
}

/// Takes lines of chosen plans in.
pub(crate) async fn take_in(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let view = open(&state, &signed_in, id).await?;
    let (keys, revision) = ticked::<i64>(&typed);
    let children = keys.into_iter().map(PlanId).collect();
    match refused(plans::take_in(&state.services, &signed_in.ctx, view.plan.id, revision, &children).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{}?xong=gop-ke-hoach", path(view.plan.id, "")))),
        Err(_) => Err(WebError::Stale),
    }
}
