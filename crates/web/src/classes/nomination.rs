//! `/lop/{code}/nguoi/{row}`: somebody named for a class: what was found, what happened, what the visitor may decide.
//! Not for: deciding about many at once (`waiting`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::NominationId;
use domain::nominations::hindrances::Hindrance;
use domain::roles::Act;
use law::sending::Code;
use service::ActError;
use service::nominations::{self, Decision, DecisionRefusal, RosterLine, StepLine};

use super::{nomination_chip, one::record, path, told};
use crate::AppState;
use crate::asked::address;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "classes/nomination.html")]
struct NominationPage {
    shell: Shell,
    back: (String, String),
    action: String,
    about: String,
    record: Option<String>,
    state: (&'static str, String),
    facts: Vec<(String, String)>,
    findings: Vec<String>,
    steps: Vec<(String, String, String)>,
    may: Vec<(&'static str, String)>,
    replace: Option<String>,
    revision: i32,
    reason: String,
    mistakes: Vec<Mistake>,
}

impl NominationPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// The short name of what was found, by its code.
pub(super) fn finding(lang: Lang, code: &str) -> String {
    match (Code::from_code(code), Hindrance::from_code(code)) {
        (Some(code), _) => lang.code_text("law-finding", code.code()),
        (None, Some(hindrance)) => lang.code_text("hindrance-short", hindrance.code()),
        (None, None) => code.to_owned(),
    }
}

fn facts(lang: Lang, entry: &RosterLine) -> Vec<(String, String)> {
    let line = &entry.line;
    let all = [
        ("needs-unit", line.unit.1.clone()),
        ("needs-post", line.post.clone().unwrap_or_default()),
        ("class-seat", line.seat.map(|seat| lang.number(seat.into())).unwrap_or_default()),
        ("nomination-judged-on", lang.date(line.judged_on)),
        ("nomination-promised", if line.promised_months > 0 { lang.number(line.promised_months.into()) } else { String::new() }),
        ("nomination-opinion", if line.opinion_given { lang.t("nomination-opinion-given") } else { String::new() }),
        ("needs-reason", line.reason.clone()),
        ("nomination-made", lang.instant(line.made_at)),
    ];
    all.into_iter().filter(|(_, text)| !text.is_empty()).map(|(key, text)| (lang.t(key), text)).collect()
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    (code, row): (&str, i64),
    reason: &str,
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let (entry, steps): (RosterLine, Vec<StepLine>) = nominations::with_steps(&state.services, ctx, NominationId(row)).await?;
    let line = &entry.line;
    if line.class.code != code {
        return Err(WebError::NotFound);
    }
    let step = |step: &StepLine| {
        let by = step.by.clone().unwrap_or_else(|| lang.t("audit-system"));
        (format!("{} · {by}", lang.code_text("nomination-act", &step.act)), step.words.clone(), lang.instant(step.at))
    };
    let id = row.to_string();
    let may_replace = ctx.may(Act::Nominate) && line.state.holds_a_seat() && entry.may.contains(&Decision::Withdraw);
    let page = NominationPage {
        shell: Shell::new(&signed_in.visitor, &line.official.2),
        back: (path(code, ""), line.class.name.clone()),
        action: path(code, &format!("/nguoi/{row}")),
        about: format!("{} · {}", line.official.1, line.class.code),
        record: ctx.may(Act::ViewPeople).then(|| record(&line.official.1)),
        state: nomination_chip(lang, line.state),
        facts: facts(lang, &entry),
        findings: line.findings.split_whitespace().map(|code| finding(lang, code)).collect(),
        steps: steps.iter().map(step).collect(),
        may: entry.may.iter().map(|decision| (decision.act().code(), lang.code_text("nomination-act", decision.act().code()))).collect(),
        replace: may_replace.then(|| address(&path(code, "/cu"), &[("thay", Some(&id)), ("don-vi", Some(&line.unit.0))])),
        revision: line.revision,
        reason: reason.to_owned(),
        mistakes,
    };
    shell::page_with(status, &page)
}

/// The nomination.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    page(&state, &signed_in, (&code, row), "", (StatusCode::OK, Vec::new())).await
}

/// The words of a refusal.
pub(super) fn mistakes(lang: Lang, refusal: DecisionRefusal) -> Result<Vec<Mistake>, WebError> {
    Ok(match refusal {
        DecisionRefusal::NoReason => vec![Mistake::new("reason", lang.t("nomination-no-reason"))],
        DecisionRefusal::NotNow => vec![Mistake::new("reason", lang.t("nomination-not-now"))],
        DecisionRefusal::Hindered(because) => {
            let one = |because: &nominations::Because| {
                let told = told(lang, because)?;
                let text = if told.articles.is_empty() { told.text } else { format!("{} ({})", told.text, told.articles) };
                Ok(Mistake::new("reason", text))
            };
            because.iter().map(one).collect::<Result<Vec<_>, WebError>>()?
        }
    })
}

/// Decides about it by the button that was pressed.
pub(crate) async fn decide(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, reason) = (signed_in.lang(), typed.words("reason"));
    let decision = typed.code("act", Decision::from_code).ok_or(WebError::UnreadableForm)?;
    let revision = typed.words("revision").parse().unwrap_or_default();
    let outcome = nominations::decide(&state.services, &signed_in.ctx, (NominationId(row), revision), decision, reason).await;
    let (status, wrong) = match outcome {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("reason", lang.t("class-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=quyet-cu", path(&code, &format!("/nguoi/{row}"))))),
            Err(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, mistakes(lang, refusal)?),
        },
    };
    page(&state, &signed_in, (&code, row), reason, (status, wrong)).await
}
