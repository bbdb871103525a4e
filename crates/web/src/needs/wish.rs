//! `/nhu-cau/moi`: the officer of a unit adds a need outside of any review; and the fields that adding to an answer shares.
//! Not for: requests of officials (`own`).

use axum::extract::State;
use axum::response::Response;
use domain::standards::Subject;
use service::needs::{self, Wish};

use super::{HERE, Topics, mistake, programme_of, subjects};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::people::keep::unit_code;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PATH: &str = "/nhu-cau/moi";

/// The fields of a need that a unit names.
pub(crate) fn fields(lang: Lang, topics: &Topics) -> Vec<Field> {
    vec![
        Field::new(lang, "needs", "official", Kind::Short).hint(lang.t("needs-official-hint")),
        Field::needed(lang, "needs", "people", Kind::Short),
        Field::needed(lang, "needs", "subject", subjects(lang, false)),
        Field::new(lang, "needs", "programme", topics.programmes(lang)).hint(lang.t("needs-programme-hint")),
        Field::new(lang, "needs", "topic", topics.choice(lang)),
        Field::new(lang, "needs", "words", Kind::Words).hint(lang.t("needs-words-hint")),
        Field::new(lang, "needs", "urgent-tick", Kind::Tick),
    ]
}

/// What was typed in them.
pub(crate) fn wish(typed: &Typed, year: i32) -> Wish<'_> {
    Wish {
        official: typed.text("official"),
        people: typed.words("people").parse().unwrap_or_default(),
        subject: typed.code("subject", Subject::from_code).unwrap_or(Subject::PostSkills),
        requirement: None,
        programme: programme_of(typed),
        topic: typed.text("topic").and_then(|topic| topic.split_once('/')),
        words: typed.words("words"),
        year,
        urgent: typed.is_ticked("urgent-tick"),
    }
}

async fn sheet(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    signed_in.ctx.scope(domain::roles::Act::AnswerReviews)?;
    let topics = Topics::of(state, signed_in).await?;
    let year = signed_in.ctx.today.year();
    let years = (year..=year + 2).map(|year| (year.to_string(), year.to_string())).collect();
    let mut all = vec![
        Field::needed(lang, "needs", "unit", Kind::Line).hint(lang.t("needs-unit-hint")),
        Field::needed(lang, "needs", "year", Kind::Choice(years)),
    ];
    all.extend(fields(lang, &topics));
    let sheet = Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("needs-add")),
        back: (HERE.to_owned(), lang.t("needs-title")),
        lead: lang.t("needs-add-lead"),
        action: PATH.to_owned(),
        submit: lang.t("needs-add"),
        fields: all,
        typed,
        mistakes,
    };
    sheet.answer()
}

/// The form.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let home = service::registry::home_unit(&state.services, &signed_in.ctx, signed_in.ctx.today).await?;
    let year = (signed_in.ctx.today.year() + 1).to_string();
    let typed = Typed::of([("unit", home.unit.code.clone()), ("people", "1".to_owned()), ("year", year)]);
    sheet(&state, &signed_in, typed, Vec::new()).await
}

/// Adds a need.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, mut mistakes) = (signed_in.lang(), Vec::new());
    let unit = unit_code(&state, &signed_in, typed.words("unit"), signed_in.ctx.today, &mut mistakes).await?;
    if mistakes.is_empty() {
        let wish = wish(&typed, typed.words("year").parse().unwrap_or_default());
        match refused(needs::add(&state.services, &signed_in.ctx, &unit, &wish).await)? {
            Ok(_) => return Ok(shell::see_other(&format!("{HERE}?xong=them-nhu-cau"))),
            Err(faults) => mistakes = faults.into_iter().map(|fault| mistake(lang, fault)).collect(),
        }
    }
    sheet(&state, &signed_in, typed, mistakes).await
}
