//! `/de-an/{code}/ban/{n}/ban-hanh`: what changes when a draft comes in force, then the act.
//! Not for: editing.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::roles::Act;
use domain::schemes::{Scheme, Target};
use serde::Deserialize;
use service::ActError;
use service::schemes::{self, Version};

use super::{edit, faults, life};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::explain;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::targets::threshold_text;
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "schemes/publish.html")]
struct PublishPage {
    shell: Shell,
    title: String,
    path: String,
    number: i32,
    revision: i32,
    reason: String,
    mistakes: Vec<Mistake>,
    /// In place of which version.
    replaces: Option<i32>,
    changes: Vec<Change>,
    same: String,
    parts: Vec<(String, String, String)>,
}

/// A target that comes, goes or changes.
struct Change {
    kind: &'static str,
    kind_word: String,
    code: String,
    title: String,
    details: Vec<String>,
}

/// Why, and which revision was looked at.
#[derive(Debug, Deserialize)]
pub(crate) struct Typed {
    revision: i32,
    reason: String,
}

/// What will change.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::PublishScheme)?;
    let draft = edit::draft(&state, &signed_in, &code, number).await?;
    shell::page(&view(&state, &signed_in, &draft, String::new(), Vec::new()).await?)
}

async fn view(
    state: &AppState,
    signed_in: &SignedIn,
    draft: &Version,
    reason: String,
    mistakes: Vec<Mistake>,
) -> Result<PublishPage, WebError> {
    let lang = signed_in.lang();
    let code = &draft.line.scheme;
    // A draft is saved only when it is in order.
    let new = schemes::check(&draft.body).map_err(|_| WebError::Stale)?;
    let old = match schemes::one(&state.services, &signed_in.ctx, code).await {
        Ok(stored) => Some(stored),
        Err(ActError::NotFound) => None,
        Err(other) => return Err(other.into()),
    };
    let before = old.as_ref().map(|stored| &stored.scheme);
    let changes = changes(lang, before, &new);
    let touched = changes.iter().filter(|c| c.kind != "gone").count();
    Ok(PublishPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("publish-title")),
        title: lang.of(&new.title).to_owned(),
        path: life::path(code, draft.line.number),
        number: draft.line.number,
        revision: draft.line.revision,
        reason,
        mistakes,
        replaces: old.as_ref().map(|stored| stored.version.number),
        same: lang.with("publish-same", &[("n", lang.size(new.targets.len().saturating_sub(touched)).into())]),
        parts: parts(lang, before, &new),
        changes,
    })
}

fn changes(lang: Lang, old: Option<&Scheme>, new: &Scheme) -> Vec<Change> {
    let before = |code: &str| old.and_then(|scheme| scheme.target(code));
    let change = |kind: &'static str, target: &Target, details: Vec<String>| Change {
        kind,
        kind_word: lang.code_text("publish-change", kind),
        code: target.code.clone(),
        title: lang.of(&target.title).to_owned(),
        details,
    };
    let mut changes: Vec<Change> = new
        .targets
        .iter()
        .filter_map(|target| match before(&target.code) {
            None => Some(change("new", target, vec![format!("{} · {}", threshold_text(lang, target), explain::span(lang, &target.phase))])),
            Some(was) if was == target => None,
            Some(was) => Some(change("changed", target, details(lang, was, target))),
        })
        .collect();
    let gone = old.into_iter().flat_map(|scheme| &scheme.targets).filter(|target| new.target(&target.code).is_none());
    changes.extend(gone.map(|target| change("gone", target, Vec::new())));
    changes
}

fn details(lang: Lang, was: &Target, is: &Target) -> Vec<String> {
    let mut details = Vec::new();
    let mut compare = |label: &str, before: String, after: String| {
        if before != after {
            details
                .push(lang.with("publish-from-to", &[("what", lang.t(label).into()), ("before", before.into()), ("after", after.into())]));
        }
    };
    compare("publish-field-title", lang.of(&was.title).to_owned(), lang.of(&is.title).to_owned());
    compare("publish-field-section", was.section.clone(), is.section.clone());
    compare("publish-field-threshold", threshold_text(lang, was), threshold_text(lang, is));
    compare("publish-field-period", explain::span(lang, &was.phase), explain::span(lang, &is.phase));
    compare("publish-field-class-size", lang.number(i64::from(was.class_size)), lang.number(i64::from(is.class_size)));
    let yes_no = |yes: bool| lang.t(if yes { "word-yes" } else { "word-no" });
    compare("publish-field-aspiration", yes_no(was.aspiration), yes_no(is.aspiration));
    if was.measure != is.measure || was.inner != is.inner || was.recurrence != is.recurrence {
        details.push(lang.t("publish-field-measure"));
    }
    details
}

/// Numbers of the other parts, before and after.
fn parts(lang: Lang, old: Option<&Scheme>, new: &Scheme) -> Vec<(String, String, String)> {
    let before = |count: &dyn Fn(&Scheme) -> usize| old.map_or_else(|| "–".to_owned(), |scheme| lang.size(count(scheme)));
    let part = |key: &str, count: &dyn Fn(&Scheme) -> usize| (lang.t(key), before(count), lang.size(count(new)));
    vec![
        part("part-targets", &|s| s.targets.len()),
        part("part-quotas", &|s| s.quotas.len()),
        part("part-tasks", &|s| s.tasks.len()),
        part("part-topics", &|s| s.topics.len()),
        part("part-rules", &|s| s.rules.len()),
    ]
}

/// Puts the draft in force.
pub(crate) async fn publish(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, number)): Path<(String, i32)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let draft = edit::draft(&state, &signed_in, &code, number).await?;
    let reason = typed.reason.trim();
    if reason.is_empty() {
        let mistakes = vec![Mistake::new("reason", lang.t("publish-no-reason"))];
        return shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &view(&state, &signed_in, &draft, String::new(), mistakes).await?);
    }
    match refused(schemes::publish(&state.services, &signed_in.ctx, &code, number, typed.revision, reason).await)? {
        Ok(()) => Ok(shell::see_other(&format!("/de-an/{}?xong=ban-hanh", crate::asked::escaped(&code)))),
        Err(refusal) => {
            let (mistakes, _) = faults::refusal(lang, &draft.body, &refusal, "reason");
            let page = view(&state, &signed_in, &draft, reason.to_owned(), mistakes).await?;
            shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
        }
    }
}
