//! `/ra-soat`: the reviews that the visitor may see, and the answers that wait for the visitor.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::roles::Act;
use service::reviews;

use super::{HERE, answer_chip, answer_path, lateness, review_chip};
use crate::AppState;
use crate::errors::WebError;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "reviews/list.html")]
struct ReviewsPage {
    shell: Shell,
    runs: bool,
    waiting: Vec<Waiting>,
    rows: Vec<Row>,
}

struct Waiting {
    href: String,
    unit: String,
    state: (&'static str, String),
    due: String,
    late: Option<String>,
    reminded: Option<String>,
}

struct Row {
    href: String,
    title: String,
    year: i32,
    from: String,
    due: String,
    state: (&'static str, String),
}

/// The list.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let lines = reviews::list(&state.services, ctx).await?;
    let going = reviews::going(&state.services, ctx).await?;
    let waiting = |(answer, _): &(reviews::AnswerLine, reviews::Rights)| Waiting {
        href: answer_path(answer.review, &answer.unit.1),
        unit: answer.unit.2.clone(),
        state: answer_chip(lang, answer.course.answer),
        due: lang.date(answer.due),
        late: lateness(lang, answer, ctx.today),
        reminded: answer.reminded.map(|at| lang.instant(at)),
    };
    let row = |review: &reviews::ReviewLine| Row {
        href: format!("{HERE}/{}", review.id),
        title: review.title.clone(),
        year: review.year,
        from: lang.date(review.opens_on),
        due: lang.date(review.due_on),
        state: review_chip(lang, review.state),
    };
    shell::page(&ReviewsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("review-title")),
        runs: ctx.may(Act::RunReviews),
        waiting: going.iter().map(waiting).collect(),
        rows: lines.iter().map(row).collect(),
    })
}
