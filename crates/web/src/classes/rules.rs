//! `/lop/quy-tac`: the office's own rules for sending people.
//! Not for: what the law asks.

use axum::extract::State;
use axum::response::Response;
use domain::roles::{Act, Reach};
use service::classes::{self, Rules};

use super::HERE;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

fn sheet(signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let field = |name, hint: &str| Field::needed(lang, "class-rule", name, Kind::Short).hint(lang.t(hint));
    let keeps = signed_in.ctx.scope(Act::KeepClasses).is_ok_and(|scope| *scope.reach() == Reach::Province);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-rules")),
        back: (HERE.to_owned(), lang.t("classes-title")),
        lead: lang.t(if keeps { "class-rules-lead" } else { "class-rules-read" }),
        action: format!("{HERE}/quy-tac"),
        submit: lang.t("class-save"),
        fields: vec![
            field("away", "class-rule-away-hint"),
            field("load", "class-rule-load-hint"),
            field("repeat", "class-rule-repeat-hint"),
        ],
        typed,
        mistakes,
    }
}

/// The rules.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let rules = classes::kept_rules(&state.services, &signed_in.ctx).await?;
    let typed = Typed::of([
        ("away", rules.away_share.to_string()),
        ("load", rules.year_load.to_string()),
        ("repeat", rules.repeat_years.to_string()),
    ]);
    sheet(&signed_in, typed, Vec::new()).answer()
}

/// Sets them.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let number = |name: &str| typed.words(name).parse().unwrap_or(-1);
    let rules = Rules { away_share: number("away"), year_load: number("load"), repeat_years: number("repeat") };
    match refused(classes::keep_rules(&state.services, &signed_in.ctx, rules).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}?xong=luu"))),
        Err(()) => {
            let wrong = Mistake::new("away", signed_in.lang().t("class-rules-odd"));
            sheet(&signed_in, typed, vec![wrong]).answer()
        }
    }
}
