//! `/ra-soat/{id}/don-vi/{unit}`: the answer of one unit: its list, its questions, its steps, what every level made of it.
//! Not for: one line (`line`), or taking a step (`steps`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::{NeedId, ReviewId};
use domain::needs::NeedSource;
use domain::questions::Answers;
use domain::reviews::{Performer, Step};
use service::ActError;
use service::reviews::{self, AnswerRefusal, AnswerView, Difference};

use super::{Event, HERE, answer_chip, answer_path, event, lateness};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::needs::one::{Change, change};
use crate::needs::{Told, Topics, subject_of, told};
use crate::questions::{self, Given, given};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "reviews/answer.html")]
struct AnswerPage {
    shell: Shell,
    review: (String, String),
    here: String,
    state: (&'static str, String),
    due: String,
    late: Option<String>,
    reminded: Option<String>,
    is_answering: bool,
    may_speak: bool,
    may_add: bool,
    groups: Vec<Group>,
    chosen: Option<String>,
    rows: Vec<Line>,
    first: Option<String>,
    next: Option<String>,
    asked: Vec<questions::Asked>,
    /// Steps that the visitor can take now: code and text, the usual one first.
    steps: Vec<(&'static str, String)>,
    needs_day: bool,
    revision: i32,
    changes: Vec<Change>,
    events: Vec<Event>,
    typed: Typed,
    mistakes: Vec<Mistake>,
}

impl AnswerPage {
    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// Lines that belong together.
struct Group {
    href: String,
    code: Option<String>,
    title: String,
    proposed: i64,
    kept: String,
    dropped: String,
    is_chosen: bool,
}

struct Line {
    told: Told,
    href: String,
    since: String,
    difference: Option<String>,
    verdict: String,
    is_added: bool,
}

/// The page.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit)): Path<(i64, String)>,
    asked: Asked,
) -> Result<Response, WebError> {
    let shown = (asked.text("yeu-cau").map(str::to_owned), asked.text("sau").and_then(|key| key.parse().ok()).unwrap_or(0));
    let typed = (StatusCode::OK, Typed::default(), Vec::new());
    whole(&state, &signed_in, (id, &unit), shown, None, typed).await
}

/// The page after a form with mistakes.
pub(super) async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    at: (i64, &str),
    answers: Option<Answers>,
    typed: (StatusCode, Typed, Vec<Mistake>),
) -> Result<Response, WebError> {
    whole(state, signed_in, at, (None, 0), answers, typed).await
}

async fn whole(
    state: &AppState,
    signed_in: &SignedIn,
    (id, unit): (i64, &str),
    (requirement, after): (Option<String>, i64),
    answers: Option<Answers>,
    (status, typed, mistakes): (StatusCode, Typed, Vec<Mistake>),
) -> Result<Response, WebError> {
    let (lang, ctx, here) = (signed_in.lang(), &signed_in.ctx, answer_path(id, unit));
    let at = (ReviewId(id), unit);
    let view = reviews::answer(&state.services, ctx, at).await?;
    let page = reviews::lines(&state.services, ctx, at, requirement.as_deref(), NeedId(after)).await?;
    let topics = Topics::of(state, signed_in).await?;
    let is_answering = view.rights.officer && view.answer.course.after(Step::Edit).is_some();
    let link = |sau: Option<&str>| address(&here, &[("yeu-cau", requirement.as_deref()), ("sau", sau)]);
    let next = page.next.map(|id| id.to_string());
    let line = |(line, difference): &(service::needs::NeedLine, Option<Difference>)| Line {
        href: format!("{here}/dong/{}", line.id),
        since: line.since.map(|day| lang.date(day)).unwrap_or_default(),
        difference: difference.map(|d| lang.code_text("review-difference", d.code())),
        verdict: line.verdict.map(|v| word(lang, "needs-verdict", v.code())).unwrap_or_default(),
        is_added: line.source != NeedSource::Gap,
        told: told(lang, &topics, line),
    };
    let steps = steps(lang, &view);
    let shown = AnswerPage {
        shell: Shell::new(&signed_in.visitor, &view.answer.unit.2).at(&here),
        review: (format!("{HERE}/{id}"), view.review.title.clone()),
        state: answer_chip(lang, view.answer.course.answer),
        due: lang.date(view.answer.due),
        late: lateness(lang, &view.answer, ctx.today),
        reminded: view.answer.reminded.map(|at| lang.instant(at)),
        is_answering,
        may_speak: view.may_speak(),
        may_add: is_answering || (view.may_speak() && view.rights.above),
        groups: groups(lang, &topics, &view, &here, requirement.as_deref()),
        rows: page.lines.iter().map(line).collect(),
        first: (after > 0).then(|| link(None)),
        next: next.map(|next| link(Some(&next))),
        asked: questions::asked(lang, &view.review.questions, answers.as_ref().unwrap_or(&view.answer.answers), &mistakes),
        needs_day: steps.iter().any(|(code, _)| *code == Step::Reopen.code()),
        steps,
        revision: view.answer.revision,
        changes: view.changes.iter().map(|line| change(lang, &topics, line)).collect(),
        events: view.events.iter().map(|line| event(lang, line)).collect(),
        chosen: requirement.as_deref().map(|code| topics.requirement(lang, code)),
        here: here.clone(),
        typed,
        mistakes,
    };
    shell::page_with(status, &shown)
}

/// Steps that the visitor can take now, in the order in which they are usual.
fn steps(lang: Lang, view: &AnswerView) -> Vec<(&'static str, String)> {
    const ORDER: [Step; 8] =
        [Step::Send, Step::Approve, Step::Gather, Step::TakeBack, Step::Return, Step::SendBack, Step::Remind, Step::Reopen];
    let may = |step: &&Step| {
        step.performer() != Performer::Runner && view.rights.has(step.performer()) && view.answer.course.after(**step).is_some()
    };
    ORDER.iter().filter(may).map(|step| (step.code(), word(lang, "review-do", step.code()))).collect()
}

fn groups(lang: Lang, topics: &Topics, view: &AnswerView, here: &str, chosen: Option<&str>) -> Vec<Group> {
    let group = |group: &service::reviews::AnswerGroup| Group {
        href: address(here, &[("yeu-cau", group.requirement.as_deref())]),
        title: match &group.requirement {
            Some(code) => topics.requirement(lang, code),
            None => lang.with("review-added-of", &[("subject", subject_of(lang, group.subject).into())]),
        },
        proposed: group.proposed,
        kept: lang.number(group.kept),
        dropped: lang.number(group.dropped),
        is_chosen: chosen.is_some() && chosen == group.requirement.as_deref(),
        code: group.requirement.clone(),
    };
    view.groups.iter().map(group).collect()
}

/// Confirms the lines nobody has said anything to, of one requirement or of all.
pub(crate) async fn confirm(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit)): Path<(i64, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let requirement = typed.text("yeu-cau");
    reviews::confirm_all(&state.services, &signed_in.ctx, (ReviewId(id), &unit), requirement).await?;
    Ok(shell::see_other(&address(&answer_path(id, &unit), &[("xong", Some("xac-nhan-nhu-cau")), ("yeu-cau", requirement)])))
}

/// Keeps what the unit answers to the questions.
pub(crate) async fn keep_answers(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((id, unit)): Path<(i64, String)>,
    CsrfForm(form): CsrfForm<Given>,
) -> Result<Response, WebError> {
    let outcome = reviews::set_answers(&state.services, &signed_in.ctx, (ReviewId(id), &unit), |field| given(&form, field)).await;
    let lang = signed_in.lang();
    let (status, mistakes) = match outcome {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("reason", lang.t("review-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=luu", answer_path(id, &unit)))),
            Err(refusals) => (StatusCode::UNPROCESSABLE_ENTITY, refusals.into_iter().map(|r| mistake(lang, r)).collect()),
        },
    };
    page(&state, &signed_in, (id, &unit), Some(questions::as_answers(&form)), (status, Typed::default(), mistakes)).await
}

/// The words of a refusal, at the field it concerns.
pub(super) fn mistake(lang: Lang, refusal: AnswerRefusal) -> Mistake {
    match refusal {
        AnswerRefusal::Fault(fault) => crate::needs::mistake(lang, fault),
        AnswerRefusal::Question(field, fault) => questions::answer_mistake(lang, &field, fault),
    }
}
