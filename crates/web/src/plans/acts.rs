//! Looking a plan over before it is submitted, and the acts that need a reason: taking back, amending, withdrawing.
//! Not for: lines (`line`, `propose`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::PlanId;
use domain::roles::{Act, Forbidden};
use serde::Deserialize;
use service::ActError;
use service::plans::{self, PlanRefusal, View};

use super::{Head, cells, mistake, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "plans/check.html")]
struct CheckPage {
    shell: Shell,
    head: Head,
    back: String,
    action: String,
    revision: i32,
    faults: Vec<(String, String, String)>,
    needs: String,
    overlaps: Option<String>,
    /// Steps that not every plan goes through, and why: words, and whether they are not checked.
    extra: Vec<(String, bool)>,
    is_empty: bool,
    /// Somebody saved after the page was looked at.
    is_stale: bool,
    /// Why its paper does not go on its way.
    mistakes: Vec<Mistake>,
}

async fn kept(state: &AppState, signed_in: &SignedIn, id: i64) -> Result<View, WebError> {
    let view = plans::one(&state.services, &signed_in.ctx, PlanId(id), None).await?;
    if view.may_keep { Ok(view) } else { Err(WebError::Forbidden(Forbidden { act: Act::KeepPlans })) }
}

async fn check_page(state: &AppState, signed_in: &SignedIn, view: &View) -> Result<CheckPage, WebError> {
    let lang = signed_in.lang();
    let (services, ctx) = (&state.services, &signed_in.ctx);
    let faults = plans::check(services, ctx, view).await?;
    let covered = plans::coverage(services, ctx, view).await?;
    let overlaps = plans::overlaps(services, ctx, view).await?.len();
    let line = |fault: &domain::plans::check::Fault| {
        let words = view.body.line(fault.line).map(|line| line.words.clone()).filter(|words| !words.is_empty());
        let words = words.unwrap_or_else(|| lang.with("plans-line-number", &[("n", lang.number(fault.line.into()).into())]));
        (path(view.plan.id, &format!("/dong/{}#{}", fault.line, fault.kind.field())), words, cells::fault(lang, fault))
    };
    let needs = [
        ("needs", lang.size(covered.needs).into()),
        ("people", lang.number(covered.people.0).into()),
        ("covered", lang.number(covered.people.1).into()),
        ("open", lang.number(covered.people.0 - covered.people.1).into()),
    ];
    Ok(CheckPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("plans-check")),
        head: Head::of(lang, view, "/trinh"),
        back: path(view.plan.id, ""),
        action: path(view.plan.id, "/trinh"),
        revision: view.version.revision,
        faults: faults.iter().map(line).collect(),
        needs: lang.with("plans-covered", &needs),
        overlaps: (overlaps > 0).then(|| lang.with("plans-overlaps-found", &[("n", lang.size(overlaps).into())])),
        extra: extra(lang, &plans::extra_steps(services, ctx, view).await?),
        is_empty: view.body.lines.is_empty(),
        is_stale: false,
        mistakes: Vec::new(),
    })
}

/// Steps that not every plan goes through, in words.
fn extra(lang: Lang, steps: &plans::Extra) -> Vec<(String, bool)> {
    let council = steps.council.iter().map(|basis| (lang.with("plans-by-council", &[("basis", lang.of(basis).to_owned().into())]), false));
    let committee = steps
        .standing_committee
        .iter()
        .map(|(act, is_verified)| (lang.with("plans-by-standing-committee", &[("act", lang.of(act).to_owned().into())]), !is_verified));
    council.chain(committee).collect()
}

/// What there is to look over.
pub(crate) async fn check(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, id).await?;
    if !view.is_open() {
        return Err(WebError::Stale);
    }
    shell::page(&check_page(&state, &signed_in, &view).await?)
}

/// Which revision was looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Seen {
    revision: i32,
}

/// Submits it.
pub(crate) async fn submit(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(seen): CsrfForm<Seen>,
) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, id).await?;
    let mut mistakes = Vec::new();
    let status = match plans::submit(&state.services, &signed_in.ctx, view.plan.id, seen.revision).await {
        Err(ActError::Stale) => StatusCode::CONFLICT,
        answer => match refused(answer)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=trinh-ke-hoach", path(view.plan.id, "")))),
            Err(PlanRefusal::WrongState) => return Err(WebError::Stale),
            Err(refusal) => {
                if matches!(refusal, PlanRefusal::Paper(_)) {
                    mistakes = mistake(signed_in.lang(), &refusal);
                }
                StatusCode::UNPROCESSABLE_ENTITY
            }
        },
    };
    let view = kept(&state, &signed_in, id).await?;
    let page = check_page(&state, &signed_in, &view).await?;
    shell::page_with(status, &CheckPage { is_stale: status == StatusCode::CONFLICT, mistakes, ..page })
}

/// An act that needs a reason: its address, the texts of its page, and what is said when it is done.
struct Reasoned {
    slug: &'static str,
    title: &'static str,
    lead: &'static str,
    done: &'static str,
}

const REASONED: [Reasoned; 3] = [
    Reasoned { slug: "lay-lai", title: "plans-recall", lead: "plans-recall-lead", done: "lay-lai-ke-hoach" },
    Reasoned { slug: "sua-doi", title: "plans-amend", lead: "plans-amend-lead", done: "sua-doi-ke-hoach" },
    Reasoned { slug: "rut", title: "plans-withdraw", lead: "plans-withdraw-lead", done: "rut-ke-hoach" },
];

fn reasoned(slug: &str) -> Result<&'static Reasoned, WebError> {
    REASONED.iter().find(|act| act.slug == slug).ok_or(WebError::NotFound)
}

fn sheet(signed_in: &SignedIn, view: &View, act: &Reasoned, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(act.title)),
        back: (path(view.plan.id, ""), view.plan.title.clone()),
        lead: lang.t(act.lead),
        action: path(view.plan.id, &format!("/viec/{}", act.slug)),
        submit: lang.t(act.title),
        fields: vec![Field::needed(lang, "keep", "reason", Kind::Words)],
        typed,
        mistakes,
    }
}

/// The form of such an act.
pub(crate) async fn ask(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, act)): Path<(i64, String)>,
) -> Result<Response, WebError> {
    let act = reasoned(&act)?;
    let view = kept(&state, &signed_in, id).await?;
    sheet(&signed_in, &view, act, Typed::default(), Vec::new()).answer()
}

/// Does it.
pub(crate) async fn carry(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, act)): Path<(i64, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let act = reasoned(&act)?;
    let view = kept(&state, &signed_in, id).await?;
    let (services, ctx, reason) = (&state.services, &signed_in.ctx, typed.words("reason"));
    let done = match act.slug {
        "lay-lai" => plans::recall(services, ctx, view.plan.id, reason).await,
        "sua-doi" => plans::amend(services, ctx, view.plan.id, reason).await.map(|_| ()),
        _ => plans::withdraw(services, ctx, view.plan.id, reason).await,
    };
    match refused(done)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong={}", path(view.plan.id, ""), act.done))),
        Err(refusal) => {
            let mistakes = mistake(signed_in.lang(), &refusal);
            sheet(&signed_in, &view, act, typed, mistakes).answer()
        }
    }
}
