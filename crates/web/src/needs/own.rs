//! `/nhu-cau/de-nghi`: an official asks for training and reads what became of earlier requests.
//! Not for: deciding about them (`one`).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use domain::standards::{Standing, Subject};
use service::gaps;
use service::needs::{self, Wish};
use service::registry;

use super::{Told, Topics, mistake, programme_of, subjects, told};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Typed};
use crate::form::{CsrfForm, Mistake, of_field};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/nhu-cau/de-nghi";

#[derive(Template)]
#[template(path = "needs/own.html")]
struct OwnPage {
    shell: Shell,
    fields: Vec<Field>,
    typed: Typed,
    mistakes: Vec<Mistake>,
    rows: Vec<Told>,
}

impl OwnPage {
    fn value(&self, name: &str) -> &str {
        self.typed.words(name)
    }

    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

async fn page(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    let lines = needs::mine(&state.services, ctx).await?;
    let topics = Topics::of(state, signed_in).await?;
    let own = registry::own_code(&state.services, ctx).await?;
    let lacked = gaps::of_person(&state.services, ctx, &own).await?;
    let is_lacked = |one: &&gaps::OfOne| one.judged.as_ref().is_ok_and(|judged| judged.standing != Standing::Met);
    let lacked = lacked.iter().filter(is_lacked).map(|one| (one.requirement.code.clone(), lang.of(&one.requirement.title).to_owned()));
    let lacked = std::iter::once((String::new(), lang.t("sheet-none"))).chain(lacked).collect();
    let year = ctx.today.year();
    let years = (year..=year + 2).map(|year| (year.to_string(), year.to_string())).collect();
    let fields = vec![
        Field::needed(lang, "needs", "subject", subjects(lang, false)),
        Field::new(lang, "needs", "requirement", Kind::Choice(lacked)).hint(lang.t("needs-requirement-hint")),
        Field::new(lang, "needs", "programme", topics.programmes(lang)).hint(lang.t("needs-programme-hint")),
        Field::new(lang, "needs", "words", Kind::Words).hint(lang.t("needs-words-hint")),
        Field::needed(lang, "needs", "year", Kind::Choice(years)),
    ];
    let status = if mistakes.is_empty() { StatusCode::OK } else { StatusCode::UNPROCESSABLE_ENTITY };
    let rows = lines.iter().map(|line| told(lang, &topics, line)).collect();
    let shell = Shell::new(&signed_in.visitor, &lang.t("needs-ask"));
    shell::page_with(status, &OwnPage { shell, fields, typed, mistakes, rows })
}

/// The form and the own requests.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let year = (signed_in.ctx.today.year() + 1).to_string();
    page(&state, &signed_in, Typed::of([("year", year)]), Vec::new()).await
}

/// Takes a request.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let wish = Wish {
        official: None,
        people: 1,
        subject: typed.code("subject", Subject::from_code).unwrap_or(Subject::PostSkills),
        requirement: typed.text("requirement"),
        programme: programme_of(&typed),
        topic: None,
        words: typed.words("words"),
        year: typed.words("year").parse().unwrap_or_default(),
        urgent: false,
    };
    match refused(needs::ask(&state.services, &signed_in.ctx, &wish).await)? {
        Ok(_) => Ok(shell::see_other(&format!("{PATH}?xong=gui-nhu-cau"))),
        Err(faults) => {
            let mistakes = faults.into_iter().map(|fault| mistake(signed_in.lang(), fault)).collect();
            page(&state, &signed_in, typed, mistakes).await
        }
    }
}
