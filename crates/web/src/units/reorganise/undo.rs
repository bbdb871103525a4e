//! `/don-vi/sap-xep/hoan-tac/{row}`: taking a reorganisation back, as long as nothing was built on it.
//! Not for: taking back an act of one record (`people`).

use axum::extract::{Path, State};
use axum::response::Response;
use service::registry::{self, Hindrance, Obstacle, ReorganisationLine, UndoRefusal};

use super::{HERE, guard};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

fn sheet(signed_in: &SignedIn, line: &ReorganisationLine, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let values = [
        ("act", lang.code_text("reorg-act", line.act.code()).into()),
        ("subject", line.subject.clone().into()),
        ("day", lang.date(line.on).into()),
        ("n", lang.number(line.people).into()),
    ];
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("reorg-undo")),
        back: (HERE.to_owned(), lang.t("reorg-title")),
        lead: lang.with("reorg-undo-lead", &values),
        action: format!("{HERE}/hoan-tac/{}", line.id),
        submit: lang.t("reorg-undo-submit"),
        fields: vec![Field::needed(lang, "keep", "reason", Kind::Words).hint(lang.t("keep-reason-hint"))],
        typed,
        mistakes,
    }
}

/// What would be taken back.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(row): Path<i64>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let line = registry::reorganisation(&state.services, &signed_in.ctx, row).await?;
    if line.undone_at.is_some() {
        return Err(WebError::Stale);
    }
    sheet(&signed_in, &line, Typed::default(), Vec::new()).answer()
}

/// Takes it back.
pub(crate) async fn take_back(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let line = registry::reorganisation(&state.services, &signed_in.ctx, row).await?;
    let outcome = registry::undo_reorganisation(&state.services, &signed_in.ctx, row, typed.words("reason")).await;
    match refused(outcome)? {
        Ok(_) => Ok(shell::see_other(&format!("{HERE}?xong=hoan-tac-sap-xep"))),
        Err(refusals) => {
            let mistakes = refusals.iter().flat_map(|refusal| mistakes(signed_in.lang(), refusal)).collect();
            sheet(&signed_in, &line, typed, mistakes).answer()
        }
    }
}

fn mistakes(lang: Lang, refusal: &UndoRefusal) -> Vec<Mistake> {
    match refusal {
        UndoRefusal::NoReason => vec![Mistake::new("reason", lang.t("keep-no-reason"))],
        UndoRefusal::OthersToo { people } => {
            vec![Mistake::new("reason", lang.with("reorg-blocked", &[("n", lang.number(*people).into())]))]
        }
        UndoRefusal::Blocked { obstacles, count } => {
            let all = Mistake::new("reason", lang.with("reorg-blocked", &[("n", lang.size(*count).into())]));
            [all].into_iter().chain(obstacles.iter().map(|obstacle| Mistake::new("reason", told(lang, obstacle)))).collect()
        }
    }
}

/// What stands in the way, in a line.
fn told(lang: Lang, obstacle: &Obstacle) -> String {
    let whose = obstacle.person.as_ref().map_or_else(|| lang.t("reorg-of-units"), |(code, name)| format!("{name} ({code})"));
    match &obstacle.why {
        Hindrance::Changed { at, who, reason } => {
            let who = who.clone().unwrap_or_else(|| lang.t("keep-system"));
            let values =
                [("whose", whose.into()), ("when", lang.instant(*at).into()), ("who", who.into()), ("reason", reason.clone().into())];
            lang.with("reorg-obstacle-changed", &values)
        }
        Hindrance::Different => lang.with("reorg-obstacle-different", &[("whose", whose.into())]),
        Hindrance::Needed { rows, .. } => lang.with("reorg-obstacle-needed", &[("whose", whose.into()), ("n", lang.size(*rows).into())]),
        Hindrance::Taken => lang.with("reorg-obstacle-taken", &[("whose", whose.into())]),
    }
}
