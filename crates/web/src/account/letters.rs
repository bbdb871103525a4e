//! `/tai-khoan/thu`: where the visitor's letters go, in which language, when, and when not.
//! Not for: what they say (`letters`).

use axum::extract::State;
use axum::response::Response;
use domain::notices::Delivery;
use domain::notices::hours::{self, Quiet};
use service::notices::{self, BoxRefusal, Kept, Letterbox};

use super::PATH;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

async fn sheet(state: &AppState, signed_in: &SignedIn, kept: &Kept, typed: Typed, mistakes: Vec<Mistake>) -> Result<Sheet, WebError> {
    let lang = signed_in.lang();
    let office = notices::hours(&state.services).await?;
    let (from, to) = office.quiet.minutes();
    let told = [("from", hours::told(from).into()), ("to", hours::told(to).into())];
    let daily = lang.with("letters-delivery-hint", &[("daily", hours::told(office.daily).into())]);
    let hint = match kept.address.as_deref().filter(|_| kept.own.is_none()) {
        Some(other) => lang.with("letters-email-other", &[("address", other.to_owned().into())]),
        None => lang.t("letters-email-hint"),
    };
    let languages = Kind::Choice(Lang::ALL.iter().map(|lang| (lang.code().to_owned(), lang.t("shell-this-language"))).collect());
    Ok(Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("letters-title")),
        back: (PATH.to_owned(), lang.t("account-title")),
        lead: lang.t("letters-lead"),
        action: format!("{PATH}/thu"),
        submit: lang.t("letters-save"),
        fields: vec![
            Field::new(lang, "letters", "email", Kind::Line).hint(hint),
            Field::needed(lang, "letters", "language", languages),
            Field::needed(lang, "letters", "delivery", choices(lang, "delivery", Delivery::ALL.iter().map(|c| c.code()), false))
                .hint(daily),
            Field::new(lang, "letters", "quiet_from", Kind::Short).hint(lang.with("letters-quiet-hint", &told)),
            Field::new(lang, "letters", "quiet_to", Kind::Short),
        ],
        typed,
        mistakes,
    })
}

/// What is kept.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let kept = notices::own(&state.services, &signed_in.ctx).await?;
    let minute = |pick: fn((i32, i32)) -> i32| kept.quiet.map(|quiet| hours::told(pick(quiet.minutes()))).unwrap_or_default();
    let typed = Typed::of([
        ("email", kept.own.clone().unwrap_or_default()),
        ("language", kept.language.clone().unwrap_or_else(|| signed_in.lang().code().to_owned())),
        ("delivery", kept.delivery.code().to_owned()),
        ("quiet_from", minute(|quiet| quiet.0)),
        ("quiet_to", minute(|quiet| quiet.1)),
    ]);
    sheet(&state, &signed_in, &kept, typed, Vec::new()).await?.answer()
}

/// Own hours of quiet: both or none.
fn quiet(lang: Lang, typed: &Typed, mistakes: &mut Vec<Mistake>) -> Option<Quiet> {
    let (from, to) = (typed.text("quiet_from"), typed.text("quiet_to"));
    if from.is_none() && to.is_none() {
        return None;
    }
    let read = |name: &str| typed.text(name).and_then(hours::minute);
    let found = read("quiet_from").zip(read("quiet_to")).and_then(|(from, to)| Quiet::new(from, to));
    if found.is_none() {
        mistakes.push(Mistake::new("quiet_from", lang.t("letters-bad-quiet")));
    }
    found
}

/// Keeps it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let quiet = quiet(lang, &typed, &mut mistakes);
    let kept = Letterbox {
        email: typed.words("email").to_owned(),
        language: typed.words("language").to_owned(),
        delivery: typed.code("delivery", Delivery::from_code).unwrap_or(Delivery::AtOnce),
        quiet,
    };
    if mistakes.is_empty() {
        match refused(notices::keep_own(&state.services, &signed_in.ctx, &kept).await)? {
            Ok(()) => return Ok(shell::see_other(&format!("{PATH}?xong=luu"))),
            Err(refusal) => mistakes.push(mistake(lang, refusal)),
        }
    }
    let before = notices::own(&state.services, &signed_in.ctx).await?;
    sheet(&state, &signed_in, &before, typed, mistakes).await?.answer()
}

/// The words of a refusal.
pub(crate) fn mistake(lang: Lang, refusal: BoxRefusal) -> Mistake {
    match refusal {
        BoxRefusal::BadAddress => Mistake::new("email", lang.t("letters-bad-address")),
        BoxRefusal::BadLanguage => Mistake::new("language", lang.t("letters-bad-language")),
    }
}
