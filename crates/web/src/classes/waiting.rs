//! `/lop/cho`: everybody named for any class who waits for the word of the visitor, decided about together.
//! Not for: one nomination (`nomination`).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::NominationId;
use service::nominations::{self, Decision, RosterLine};

use super::{days, nomination::mistakes, nomination_chip, path};
use crate::AppState;
use crate::errors::WebError;
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "classes/waiting.html")]
struct WaitingPage {
    shell: Shell,
    groups: Vec<Group>,
    count: String,
    reason: String,
    mistakes: Vec<Mistake>,
}

/// What waits for one decision about one class.
struct Group {
    id: String,
    href: String,
    name: String,
    days: String,
    decision: &'static str,
    action: String,
    rows: Vec<Row>,
}

struct Row {
    id: i64,
    revision: i32,
    href: String,
    name: String,
    post: String,
    unit: String,
    state: (&'static str, String),
    findings: String,
}

/// The decision that a line waits for.
fn next(entry: &RosterLine) -> Option<Decision> {
    [Decision::Agree, Decision::Confirm, Decision::LetGo].into_iter().find(|decision| entry.may.contains(decision))
}

fn row(lang: Lang, entry: &RosterLine) -> Row {
    let line = &entry.line;
    Row {
        id: line.id.0,
        revision: line.revision,
        href: path(&line.class.code, &format!("/nguoi/{}", line.id)),
        name: format!("{} ({})", line.official.2, line.official.1),
        post: line.post.clone().unwrap_or_default(),
        unit: line.unit.1.clone(),
        state: nomination_chip(lang, line.state),
        findings: line.findings.split_whitespace().map(|code| super::nomination::finding(lang, code)).collect::<Vec<_>>().join("; "),
    }
}

fn groups(lang: Lang, lines: &[RosterLine]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    for entry in lines {
        let Some(decision) = next(entry) else { continue };
        let (class, code) = (&entry.line.class, decision.act().code());
        let id = format!("{}-{code}", class.code);
        let at = groups.iter().position(|group| group.id == id).unwrap_or_else(|| {
            groups.push(Group {
                id: id.clone(),
                href: path(&class.code, ""),
                name: class.name.clone(),
                days: days(lang, class.days),
                decision: code,
                action: lang.code_text("nomination-act-many", code),
                rows: Vec::new(),
            });
            groups.len() - 1
        });
        if let Some(group) = groups.get_mut(at) {
            group.rows.push(row(lang, entry));
        }
    }
    groups
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    reason: &str,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let lines = nominations::waiting(&state.services, &signed_in.ctx).await?;
    let page = WaitingPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-waiting-for-me")),
        count: lang.counted("noun-people", i64::try_from(lines.len()).unwrap_or(i64::MAX)),
        groups: groups(lang, &lines),
        reason: reason.to_owned(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// What waits.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    page(&state, &signed_in, "", (StatusCode::OK, Vec::new())).await
}

/// Decides about whoever is ticked.
pub(crate) async fn decide(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, reason) = (signed_in.lang(), typed.words("reason"));
    let decision = typed.code("act", Decision::from_code).ok_or(WebError::UnreadableForm)?;
    let chosen = typed.beginning("chon-").filter_map(|(id, revision)| Some((NominationId(id.parse().ok()?), revision.parse().ok()?)));
    let chosen: Vec<(NominationId, i32)> = chosen.collect();
    let (done, left) = nominations::decide_many(&state.services, &signed_in.ctx, &chosen, decision, reason).await?;
    if left.is_empty() && done > 0 {
        return Ok(shell::see_other("/lop/cho?xong=quyet-cu"));
    }
    let mut wrong = Vec::new();
    if chosen.is_empty() {
        wrong.push(Mistake::new("noi-dung", lang.t("nomination-none-chosen")));
    }
    for (id, refusal) in left {
        let name = nominations::one(&state.services, &signed_in.ctx, id).await?.official.2;
        wrong.extend(
            mistakes(lang, refusal)?.into_iter().map(|mistake| Mistake::new(&format!("chon-{id}"), format!("{name}: {}", mistake.text))),
        );
    }
    page(&state, &signed_in, reason, (StatusCode::UNPROCESSABLE_ENTITY, wrong)).await
}
