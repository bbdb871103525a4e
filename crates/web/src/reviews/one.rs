//! `/ra-soat/{id}`: one review: how far its units have come, who is late, and the acts of who runs it.
//! Not for: the answer of one unit (`answer`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::ids::ReviewId;
use domain::papers::{CaseState, PaperKind};
use domain::reviews::{AnswerState, ReviewState};
use service::documents::{self, NoticeLine, may_send};
use service::reviews::{self, AnswerLine, ReviewView};

use super::{Event, HERE, answer_chip, answer_path, event, icon_of, lateness, review_chip};
use crate::AppState;
use crate::asked::Asked;
use crate::drawing::Stack;
use crate::errors::WebError;
use crate::form::sheet::Typed;
use crate::form::{Mistake, of_field};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

#[derive(Template)]
#[template(path = "reviews/one.html")]
struct ReviewPage {
    shell: Shell,
    here: String,
    state: (&'static str, String),
    facts: Vec<(String, String)>,
    is_draft: bool,
    is_open: bool,
    runs: bool,
    revision: i32,
    stack: Stack,
    counts: Vec<(&'static str, String, String)>,
    late: String,
    late_only: bool,
    rows: Vec<Row>,
    notice_units: Option<String>,
    /// The notice as files, for who runs it.
    files: Vec<(String, String)>,
    /// Where the notice is sent to be signed, when none is on its way.
    send: Option<String>,
    /// The papers of the notice: address, and how far each has come.
    notices: Vec<(String, String)>,
    events: Vec<Event>,
    typed: Typed,
    mistakes: Vec<Mistake>,
}

impl ReviewPage {
    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

struct Row {
    href: String,
    unit: String,
    state: (&'static str, String),
    proposed: String,
    kept: String,
    dropped: String,
    due: String,
    late: Option<String>,
    reminded: Option<String>,
}

/// The review.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    asked: Asked,
) -> Result<Response, WebError> {
    page(&state, &signed_in, id, asked.text("tre").is_some(), (StatusCode::OK, Typed::default(), Vec::new())).await
}

/// The page, with what was typed in one of its forms.
pub(super) async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    id: i64,
    late_only: bool,
    (status, typed, mistakes): (StatusCode, Typed, Vec<Mistake>),
) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let view = reviews::one(&state.services, ctx, ReviewId(id)).await?;
    let notice = if view.runs && view.review.state == ReviewState::Draft {
        let notice = reviews::notice(&state.services, ctx, ReviewId(id)).await?;
        let units = i64::try_from(notice.units.len()).unwrap_or(i64::MAX);
        Some(lang.counted("review-will-ask", units))
    } else {
        None
    };
    let is_late = |answer: &&AnswerLine| answer.is_late(ctx.today);
    let late = view.answers.iter().filter(is_late).count();
    let shown = view.answers.iter().filter(|answer| !late_only || is_late(answer));
    let row = |answer: &AnswerLine| Row {
        href: answer_path(id, &answer.unit.1),
        unit: answer.unit.2.clone(),
        state: answer_chip(lang, answer.course.answer),
        proposed: lang.number(answer.proposed),
        kept: lang.number(answer.kept),
        dropped: lang.number(answer.dropped),
        due: lang.date(answer.due),
        late: lateness(lang, answer, ctx.today),
        reminded: answer.reminded.map(|at| lang.instant(at)),
    };
    let (stack, counts) = progress(lang, &view);
    let papers = if view.runs { documents::notices(&state.services, ctx, ReviewId(id)).await? } else { Vec::new() };
    let sends = view.runs && view.review.state != ReviewState::Closed && may_send(ctx, PaperKind::ReviewNotice);
    let is_on_its_way = papers.iter().any(|paper| paper.state == CaseState::Open);
    let paper = |paper: &NoticeLine| {
        let state = paper.symbol.clone().unwrap_or_else(|| lang.code_text("case-state", paper.state.code()));
        (format!("/van-ban/{}", paper.case), state)
    };
    let page = ReviewPage {
        shell: Shell::new(&signed_in.visitor, &view.review.title).at(&format!("{HERE}/{id}")),
        here: format!("{HERE}/{id}"),
        state: review_chip(lang, view.review.state),
        facts: facts(lang, &view),
        is_draft: view.review.state == ReviewState::Draft,
        is_open: view.review.state == ReviewState::Open,
        runs: view.runs,
        revision: view.review.revision,
        stack,
        counts,
        late: lang.size(late),
        late_only,
        rows: shown.map(row).collect(),
        notice_units: notice,
        files: if view.runs { crate::papers::files::links(lang, |ending| format!("{HERE}/{id}/thong-bao.{ending}")) } else { Vec::new() },
        send: (sends && !is_on_its_way).then(|| format!("{HERE}/{id}/thong-bao")),
        notices: papers.iter().map(paper).collect(),
        events: view.events.iter().map(|line| event(lang, line)).collect(),
        typed,
        mistakes,
    };
    shell::page_with(status, &page)
}

fn facts(lang: Lang, view: &ReviewView) -> Vec<(String, String)> {
    let review = &view.review;
    let mut facts = vec![
        (lang.t("review-year"), review.year.to_string()),
        (lang.t("review-as-of"), lang.date(review.as_of)),
        (lang.t("review-opens"), lang.date(review.opens_on)),
        (lang.t("review-due"), lang.date(review.due_on)),
    ];
    facts.extend(review.scheme.clone().map(|scheme| (lang.t("review-scheme"), scheme)));
    facts.extend((!review.reason.is_empty()).then(|| (lang.t("review-reason"), review.reason.clone())));
    facts.extend((!review.questions.is_empty()).then(|| (lang.t("question-title"), lang.size(review.questions.len()))));
    facts
}

/// How far the units have come: a strip, and its numbers.
fn progress(lang: Lang, view: &ReviewView) -> (Stack, Vec<(&'static str, String, String)>) {
    const ORDER: [AnswerState; 6] = [
        AnswerState::Gathered,
        AnswerState::Approved,
        AnswerState::Sent,
        AnswerState::Answering,
        AnswerState::Returned,
        AnswerState::Waiting,
    ];
    let count = |state: AnswerState| view.answers.iter().filter(|answer| answer.course.answer == state).count();
    let counts: Vec<_> = ORDER.iter().map(|state| (*state, count(*state))).filter(|(_, count)| *count > 0).collect();
    let parts: Vec<_> = counts.iter().map(|(state, n)| (icon_of(*state), i64::try_from(*n).unwrap_or(i64::MAX))).collect();
    let words = counts.iter().map(|(state, n)| format!("{}: {}", lang.code_text("review-answer", state.code()), lang.size(*n)));
    let label = words.collect::<Vec<_>>().join(", ");
    let told = counts.iter().map(|(state, n)| (icon_of(*state), word(lang, "review-answer", state.code()), lang.size(*n)));
    (Stack::of(&parts, label), told.collect())
}
