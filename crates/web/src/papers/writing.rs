//! `/van-ban/moi`, `/van-ban/{id}/sua`: a submission is written and sent, and written again when it came back.
//! Not for: moving it (`one`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::ids::CaseId;
use domain::papers::CaseState;
use service::ActError;
use service::papers::{self, PaperRefusal, SubmissionForm};

use super::{path, refusal};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const NEW: &str = "/van-ban/moi";

fn texts(lang: Lang) -> Vec<Field> {
    vec![
        Field::needed(lang, "submission", "title", Kind::Line),
        Field::needed(lang, "submission", "words", Kind::Lines),
        Field::new(lang, "submission", "council", Kind::Tick),
        Field::new(lang, "submission", "standing", Kind::Tick),
    ]
}

fn form<'a>(unit: &'a str, typed: &'a Typed) -> SubmissionForm<'a> {
    SubmissionForm {
        unit,
        title: typed.words("title"),
        words: typed.words("words"),
        council: typed.is_ticked("council"),
        standing_committee: typed.is_ticked("standing"),
    }
}

fn mistake(lang: Lang, why: &PaperRefusal) -> Mistake {
    let field = match why {
        PaperRefusal::TooLong | PaperRefusal::Lacks(_) => "words",
        _ => "title",
    };
    Mistake::new(field, refusal(lang, why))
}

async fn new_sheet(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Sheet, WebError> {
    let lang = signed_in.lang();
    let units = papers::own_units(&state.services, &signed_in.ctx).await?;
    let units = units.into_iter().map(|unit| (unit.code, unit.name)).collect();
    let mut fields = vec![Field::needed(lang, "submission", "unit", Kind::Choice(units))];
    fields.extend(texts(lang));
    Ok(Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("papers-write")).at(NEW),
        back: ("/van-ban".to_owned(), lang.t("papers-title")),
        lead: lang.t("submission-lead"),
        action: NEW.to_owned(),
        submit: lang.t("submission-send"),
        fields,
        typed,
        mistakes,
    })
}

/// The form of a new submission.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    new_sheet(&state, &signed_in, Typed::default(), Vec::new()).await?.answer()
}

/// Writes and sends a submission.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let written = papers::write_submission(&state.services, &signed_in.ctx, &form(typed.words("unit"), &typed)).await;
    match refused(written)? {
        Ok(id) => Ok(shell::see_other(&format!("{}?xong=gui-van-ban", path(id)))),
        Err(why) => {
            let mistakes = vec![mistake(signed_in.lang(), &why)];
            new_sheet(&state, &signed_in, typed, mistakes).await?.answer()
        }
    }
}

fn again(signed_in: &SignedIn, id: CaseId, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let mut fields = vec![Field::new(lang, "submission", "revision", Kind::Hidden)];
    fields.extend(texts(lang));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("papers-rewrite")).at(&format!("{}/sua", path(id))),
        back: (path(id), lang.t("papers-back")),
        lead: lang.t("submission-again-lead"),
        action: format!("{}/sua", path(id)),
        submit: lang.t("submission-send"),
        fields,
        typed,
        mistakes,
    }
}

/// The form of a submission that came back.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(id): Path<i64>) -> Result<Response, WebError> {
    let id = CaseId(id);
    let line = papers::submission(&state.services, &signed_in.ctx, id).await?;
    let view = papers::case(&state.services, &signed_in.ctx, id).await?;
    if view.case.state != CaseState::Open || !view.holds || line.state.is_some() {
        return Err(WebError::Stale);
    }
    let ticked = |name: &'static str, is: bool| is.then(|| (name, "1".to_owned()));
    let fields = [("revision", line.revision.to_string()), ("title", line.title), ("words", line.words)];
    let ticks = [ticked("council", view.case.facts.council), ticked("standing", view.case.facts.standing_committee)];
    let typed = Typed::of(fields.into_iter().chain(ticks.into_iter().flatten()));
    again(&signed_in, id, typed, Vec::new()).answer()
}

/// Sends a submission again.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, id) = (signed_in.lang(), CaseId(id));
    let revision = typed.words("revision").parse().map_err(|_| WebError::UnreadableForm)?;
    let sent = papers::change_submission(&state.services, &signed_in.ctx, id, revision, &form("", &typed)).await;
    let mistakes = match sent {
        Err(ActError::Stale) => vec![Mistake::new("title", lang.t("papers-stale"))],
        sent => match refused(sent)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=gui-van-ban", path(id)))),
            Err(why) => vec![mistake(lang, &why)],
        },
    };
    again(&signed_in, id, typed, mistakes).answer()
}
