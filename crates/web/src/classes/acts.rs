//! `/lop/{code}/viec/{act}`: an act on a class, looked over before it is done.
//! Not for: recognising results (`results`).

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::classes::ClassAct;
use domain::classes::papers::ClassPaper;
use domain::roles::{Act, Forbidden};
use service::ActError;
use service::classes::{self, ClassView, Deed};
use service::documents;

use super::{mistakes, path, seats};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// The act in addresses.
pub(super) const fn slug(act: ClassAct) -> &'static str {
    match act {
        ClassAct::Open => "mo",
        ClassAct::Begin => "khai-giang",
        ClassAct::Finish => "ket-thuc",
        ClassAct::Recognise => "cong-nhan",
        ClassAct::Close => "dong",
        ClassAct::Postpone => "hoan",
        ClassAct::Cancel => "huy",
    }
}

async fn asked(state: &AppState, signed_in: &SignedIn, code: &str, act: &str) -> Result<(ClassView, ClassAct), WebError> {
    let act = ClassAct::ALL.iter().copied().find(|known| slug(*known) == act && *known != ClassAct::Recognise).ok_or(WebError::NotFound)?;
    let view = classes::one(&state.services, &signed_in.ctx, code).await?;
    if !view.keeps {
        return Err(WebError::Forbidden(Forbidden { act: Act::KeepClasses }));
    }
    Ok((view, act))
}

fn sheet(signed_in: &SignedIn, view: &ClassView, act: ClassAct, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let field = |name, kind| Field::needed(lang, "class-field", name, kind);
    let mut fields = vec![Field::new(lang, "class-field", "revision", Kind::Hidden)];
    match act {
        ClassAct::Open => fields.push(field("decision", Kind::Short).hint(lang.t("class-field-decision-hint"))),
        ClassAct::Begin => fields.push(Field::new(lang, "class-field", "reason", Kind::Words).hint(lang.t("class-begin-hint"))),
        ClassAct::Postpone => {
            fields.extend([field("starts_on", Kind::Day), field("ends_on", Kind::Day), field("reason", Kind::Words)]);
        }
        ClassAct::Cancel => fields.push(field("reason", Kind::Words)),
        ClassAct::Finish | ClassAct::Recognise | ClassAct::Close => {}
    }
    let line = &view.line;
    let consequence = [
        ("seats", seats(lang, line).into()),
        ("confirmed", lang.number(line.confirmed.into()).into()),
        ("unconfirmed", lang.number(line.unconfirmed.into()).into()),
        ("waiting", lang.number(line.waiting.into()).into()),
    ];
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.code_text("class-act", act.code())),
        back: (path(&line.code, ""), line.terms.name.clone()),
        lead: lang.with(&format!("class-act-{}-lead", act.code()), &consequence),
        action: path(&line.code, &format!("/viec/{}", slug(act))),
        submit: lang.code_text("class-act", act.code()),
        fields,
        typed,
        mistakes,
    }
}

/// The act, with what it would do.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, act)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let (view, act) = asked(&state, &signed_in, &code, &act).await?;
    let terms = &view.line.terms;
    let mut typed = Typed::of([("revision", view.line.revision.to_string())]);
    if act == ClassAct::Open {
        let taken = documents::taken_number(&state.services, &signed_in.ctx, &view.line, ClassPaper::Opening).await?;
        typed.put("decision".to_owned(), taken.unwrap_or_default());
    }
    if act == ClassAct::Postpone {
        typed.put("starts_on".to_owned(), domain::time::dmy(terms.starts_on));
        typed.put("ends_on".to_owned(), domain::time::dmy(terms.ends_on));
    }
    sheet(&signed_in, &view, act, typed, Vec::new()).answer()
}

/// Does it.
pub(crate) async fn carry(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, act)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (view, act) = asked(&state, &signed_in, &code, &act).await?;
    let mut wrong = Vec::new();
    let days = (act == ClassAct::Postpone)
        .then(|| typed.needed_day(lang, "starts_on", &mut wrong).zip(typed.needed_day(lang, "ends_on", &mut wrong)))
        .flatten();
    let deed = Deed { act, decision: typed.words("decision"), reason: typed.words("reason"), days };
    let revision = typed.words("revision").parse().unwrap_or_default();
    if wrong.is_empty() {
        match classes::act(&state.services, &signed_in.ctx, &code, revision, &deed).await {
            Err(ActError::Stale) => {
                let stale = vec![Mistake::new("reason", lang.t("class-stale"))];
                return shell::page_with(StatusCode::CONFLICT, &sheet(&signed_in, &view, act, typed, stale));
            }
            outcome => match refused(outcome)? {
                Ok(()) => return Ok(shell::see_other(&format!("{}?xong=viec-lop", path(&code, "")))),
                Err(refusal) => wrong = mistakes(lang, refusal),
            },
        }
    }
    sheet(&signed_in, &view, act, typed, wrong).answer()
}
