//! `/ra-soat/{id}/don-vi/{unit}/dong/{need}` and `/them`: what is said to one line of an answer, and a need added to it.
//! Not for: many lines at once (`answer`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::{NeedId, ReviewId};
use domain::needs::Verdict;
use service::ActError;
use service::needs::NeedView;
use service::reviews::{self, Judgement};

use super::answer::mistake;
use super::answer_path;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::needs::wish::{fields, wish};
use crate::needs::{Topics, told};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

async fn view(state: &AppState, signed_in: &SignedIn, need: i64) -> Result<NeedView, WebError> {
    Ok(service::needs::one(&state.services, &signed_in.ctx, NeedId(need)).await?)
}

async fn sheet(
    state: &AppState,
    signed_in: &SignedIn,
    (id, unit, need): (i64, &str, i64),
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let answer = reviews::answer(&state.services, &signed_in.ctx, (ReviewId(id), unit)).await?;
    let (line, topics) = (view(state, signed_in, need).await?.line, Topics::of(state, signed_in).await?);
    if line.answer != Some(answer.answer.id) {
        return Err(WebError::NotFound);
    }
    let about = told(lang, &topics, &line);
    let mut all =
        vec![Field::needed(lang, "needs", "verdict", choices(lang, "needs-verdict", Verdict::ALL.iter().map(|v| v.code()), false))];
    if line.official.is_none() {
        all.push(Field::needed(lang, "needs", "people", Kind::Short));
    }
    all.extend([
        Field::new(lang, "needs", "topic", topics.choice(lang)).hint(lang.t("needs-other-topic-hint")),
        Field::new(lang, "needs", "words", Kind::Words).hint(lang.t("needs-other-topic-hint")),
        Field::new(lang, "needs", "urgent-tick", Kind::Tick),
        Field::new(lang, "needs", "reason", Kind::Words).hint(lang.t("needs-verdict-hint")),
        Field::new(lang, "needs", "revision", Kind::Hidden),
    ]);
    let back = answer_path(id, unit);
    let page = Sheet {
        shell: Shell::new(&signed_in.visitor, &about.what).at(&format!("{back}/dong/{need}")),
        lead: [about.who, about.post, about.unit].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" · "),
        action: format!("{back}/dong/{need}"),
        submit: lang.t("needs-save-line"),
        back: (back, answer.answer.unit.2),
        fields: all,
        typed,
        mistakes,
    };
    page.answer()
}

/// The form of a line.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit, need)): Path<(i64, String, i64)>,
) -> Result<Response, WebError> {
    let line = view(&state, &signed_in, need).await?.line;
    let mut typed = Typed::of([
        ("verdict", line.verdict.unwrap_or(Verdict::Confirmed).code().to_owned()),
        ("people", line.people.to_string()),
        ("topic", line.topic.map(|(scheme, topic)| format!("{scheme}/{topic}")).unwrap_or_default()),
        ("words", line.words),
        ("reason", line.reason),
        ("revision", line.revision.to_string()),
    ]);
    if line.urgent {
        typed.put("urgent-tick".to_owned(), "1".to_owned());
    }
    sheet(&state, &signed_in, (id, &unit, need), typed, Vec::new()).await
}

/// Says something to a line.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit, need)): Path<(i64, String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let said = Judgement {
        verdict: typed.code("verdict", Verdict::from_code).unwrap_or(Verdict::Confirmed),
        reason: typed.words("reason"),
        topic: typed.text("topic").and_then(|topic| topic.split_once('/')),
        words: typed.words("words"),
        people: typed.words("people").parse().unwrap_or_default(),
        urgent: typed.is_ticked("urgent-tick"),
    };
    let revision = typed.words("revision").parse().unwrap_or_default();
    let outcome = reviews::judge(&state.services, &signed_in.ctx, (ReviewId(id), &unit), (NeedId(need), revision), &said).await;
    let mistakes = match outcome {
        Err(ActError::Stale) => vec![Mistake::new("verdict", lang.t("needs-stale"))],
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=sua-dong", answer_path(id, &unit)))),
            Err(refusals) => refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        },
    };
    sheet(&state, &signed_in, (id, &unit, need), typed, mistakes).await
}

async fn adding(
    state: &AppState,
    signed_in: &SignedIn,
    (id, unit): (i64, &str),
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let answer = reviews::answer(&state.services, &signed_in.ctx, (ReviewId(id), unit)).await?;
    let (topics, back) = (Topics::of(state, signed_in).await?, answer_path(id, unit));
    let page = Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("needs-add")),
        lead: format!("{} · {}", answer.answer.unit.2, answer.review.title),
        action: format!("{back}/them"),
        submit: lang.t("needs-add"),
        back: (back, answer.answer.unit.2),
        fields: fields(lang, &topics),
        typed,
        mistakes,
    };
    page.answer()
}

/// The form of a need to add.
pub(crate) async fn show_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit)): Path<(i64, String)>,
) -> Result<Response, WebError> {
    adding(&state, &signed_in, (id, &unit), Typed::of([("people", "1".to_owned())]), Vec::new()).await
}

/// Adds a need.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit)): Path<(i64, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    match refused(reviews::add(&state.services, &signed_in.ctx, (ReviewId(id), &unit), &wish(&typed, 0)).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{}?xong=them-nhu-cau", answer_path(id, &unit)))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect();
            adding(&state, &signed_in, (id, &unit), typed, mistakes).await
        }
    }
}
