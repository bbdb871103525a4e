//! What a plan does to targets and quotas.
//! Not for: reckoning it (`service::plans`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use service::plans::{self, QuotaEffect, TargetEffect};

use super::{Head, viewed};
use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::targets::{threshold_text, value_text};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "plans/effects.html")]
struct EffectsPage {
    shell: Shell,
    head: Head,
    targets: Vec<TargetRow>,
    still: Vec<(String, String, String)>,
    quotas: Vec<QuotaRow>,
    assumes: bool,
}

struct TargetRow {
    href: String,
    code: String,
    title: String,
    scheme: String,
    now: String,
    out_of: String,
    added: String,
    assumed: String,
    after: String,
    threshold: String,
    state: &'static str,
    state_word: String,
    state_now: &'static str,
    state_now_word: String,
    moves: bool,
}

struct QuotaRow {
    title: String,
    about: String,
    now: String,
    after: String,
    at_least: String,
    reached: bool,
    moves: bool,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let view = viewed(&state, &signed_in, id, &asked).await?;
    let effects = plans::effects(&state.services, &signed_in.ctx, &view).await?;
    let mut targets: Vec<TargetRow> = effects.targets.iter().filter_map(|effect| target(lang, effect)).collect();
    // What the plan moves comes first; the order of the documents stays within.
    targets.sort_by_key(|row| !row.moves);
    let mut quotas: Vec<QuotaRow> = effects.quotas.iter().map(|effect| quota(lang, effect)).collect();
    quotas.sort_by_key(|row| !row.moves);
    let still = effects.targets.iter().filter_map(|effect| {
        let why = effect.outcome.as_ref().err()?;
        let why = lang.code_text("plan-unmoved", why.code());
        Some((effect.target.code.clone(), lang.of(&effect.target.title).to_owned(), why))
    });
    shell::page(&EffectsPage {
        shell: Shell::new(&signed_in.visitor, &view.plan.title).on(signed_in.ctx.today),
        head: Head::of(lang, &view, "/tac-dong"),
        assumes: targets.iter().any(|row| !row.assumed.is_empty()),
        targets,
        still: still.collect(),
        quotas,
    })
}

fn target(lang: Lang, effect: &TargetEffect) -> Option<TargetRow> {
    let outcome = effect.outcome.as_ref().ok()?;
    let target = &effect.target;
    let added = outcome.effect.added();
    let assumed = lang.with("plans-at-most", &[("n", lang.number(outcome.effect.assumed).into())]);
    let out_of = format!("{}/{}", lang.number(outcome.now.numerator), lang.number(outcome.now.denominator));
    Some(TargetRow {
        href: format!("/chi-tieu/{}", escaped(&target.code)),
        code: target.code.clone(),
        title: lang.of(&target.title).to_owned(),
        scheme: effect.stored.scheme.code.clone(),
        now: value_text(lang, target, &outcome.now, &outcome.progress),
        out_of: if target.measure.is_share() { out_of } else { String::new() },
        added: if added > 0 { format!("+{}", lang.number(added)) } else { "0".to_owned() },
        assumed: if outcome.effect.assumed > 0 { assumed } else { String::new() },
        after: value_text(lang, target, &outcome.after, &outcome.progress_after),
        threshold: threshold_text(lang, target),
        state: outcome.progress_after.state.code(),
        state_word: lang.code_text("state", outcome.progress_after.state.code()),
        state_now: outcome.progress.state.code(),
        state_now_word: lang.code_text("state", outcome.progress.state.code()),
        moves: added > 0,
    })
}

fn quota(lang: Lang, effect: &QuotaEffect) -> QuotaRow {
    let topic = effect.topic.as_ref().map(|topic| lang.of(topic).to_owned());
    let year = effect.now.year.map(|year| year.to_string());
    let about = [Some(effect.quota.code.clone()), topic, effect.agency.clone(), year];
    QuotaRow {
        title: lang.of(&effect.quota.title).to_owned(),
        about: about.into_iter().flatten().collect::<Vec<_>>().join(" · "),
        now: lang.number(effect.now.count),
        after: lang.number(effect.after.count),
        at_least: lang.number(effect.now.at_least),
        reached: effect.after.is_reached(),
        moves: effect.after.count > effect.now.count,
    }
}
