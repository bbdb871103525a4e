//! `/chuong-trinh/{code}/viec/{act}`: what is done with a programme as a whole: sent, taken back, begun anew, approved, retired.
//! Not for: what the text says (`edit`).

use axum::extract::{Path, State};
use axum::response::Response;
use domain::codes;
use service::programmes::{self, View};

use super::{mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

codes! {
    /// An act by the last part of its address.
    Deed {
        /// To a council.
        Send = "gui",
        /// Back from the council.
        Recall = "rut",
        /// The next text.
        Begin = "sua-doi",
        /// Give a draft up.
        Drop = "bo",
        /// On the way to a decision.
        Present = "trinh",
        /// By a decision.
        Approve = "phe-duyet",
        /// Out of force.
        Retire = "thoi",
    }
}

async fn fields(state: &AppState, signed_in: &SignedIn, deed: Deed) -> Result<Vec<Field>, WebError> {
    let lang = signed_in.lang();
    Ok(match deed {
        Deed::Send => {
            let able = programmes::councils_ahead(&state.services, &signed_in.ctx).await?;
            let options = able.iter().map(|council| (council.id.to_string(), council.name.clone())).collect();
            vec![Field::needed(lang, "programme", "council", Kind::Choice(options)), Field::needed(lang, "programme", "held_on", Kind::Day)]
        }
        Deed::Approve => vec![
            Field::needed(lang, "programme", "number", Kind::Short).hint(lang.t("programme-number-hint")),
            Field::needed(lang, "programme", "decided_on", Kind::Day),
        ],
        Deed::Present => Vec::new(),
        Deed::Recall | Deed::Begin | Deed::Drop | Deed::Retire => vec![Field::needed(lang, "keep", "reason", Kind::Words)],
    })
}

fn sheet(signed_in: &SignedIn, view: &View, deed: Deed, fields: Vec<Field>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let (code, title) = (view.line.code.clone(), lang.t(&format!("programme-deed-{deed}")));
    Sheet {
        shell: Shell::new(&signed_in.visitor, &title),
        back: (path(&code), format!("{code} · {}", view.line.title)),
        lead: lang.t(&format!("programme-deed-lead-{deed}")),
        action: format!("{}/viec/{deed}", path(&code)),
        submit: title,
        fields,
        typed,
        mistakes,
    }
}

/// The programme, for somebody who may do it.
async fn view(state: &AppState, signed_in: &SignedIn, code: &str, deed: Deed) -> Result<View, WebError> {
    signed_in.ctx.scope(domain::roles::Act::KeepProgrammes)?;
    let view = programmes::programme(&state.services, &signed_in.ctx, code).await?;
    let may = match deed {
        Deed::Approve | Deed::Retire => view.decides,
        Deed::Send | Deed::Present | Deed::Recall | Deed::Begin | Deed::Drop => view.keeps,
    };
    if may { Ok(view) } else { Err(domain::roles::Forbidden { act: domain::roles::Act::KeepProgrammes }.into()) }
}

/// The form.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, act)): Path<(String, String)>,
) -> Result<Response, WebError> {
    let deed = Deed::from_code(&act).ok_or(WebError::NotFound)?;
    let view = view(&state, &signed_in, &code, deed).await?;
    let fields = fields(&state, &signed_in, deed).await?;
    let lang = signed_in.lang();
    let today = lang.date(signed_in.ctx.today);
    let typed = Typed::of([("held_on", today.clone()), ("decided_on", today)]);
    sheet(&signed_in, &view, deed, fields, typed, Vec::new()).answer()
}

async fn done(state: &AppState, signed_in: &SignedIn, view: &View, deed: Deed, typed: &Typed) -> Result<Vec<Mistake>, WebError> {
    let (lang, services, ctx, code) = (signed_in.lang(), &state.services, &signed_in.ctx, view.line.code.as_str());
    let reason = typed.words("reason");
    let mut wrong = Vec::new();
    let number = |text: Option<&programmes::VersionText>| text.map_or(0, |text| text.line.number);
    let result = match deed {
        Deed::Send => {
            let council = typed.text("council").and_then(|id| id.parse().ok()).unwrap_or(0);
            let Some(day) = typed.needed_day(lang, "held_on", &mut wrong) else { return Ok(wrong) };
            programmes::send(services, ctx, code, council, day).await
        }
        Deed::Approve => {
            let Some(day) = typed.needed_day(lang, "decided_on", &mut wrong) else { return Ok(wrong) };
            programmes::approve(services, ctx, code, typed.words("number"), Some(day)).await
        }
        Deed::Present => programmes::present(services, ctx, code).await.map(|_| ()),
        Deed::Recall => programmes::recall(services, ctx, code, reason).await,
        Deed::Begin => programmes::begin(services, ctx, code, reason).await,
        Deed::Drop => programmes::retire(services, ctx, code, number(view.open()), reason).await,
        Deed::Retire => programmes::retire(services, ctx, code, number(view.text()), reason).await,
    };
    Ok(said(lang, refused(result)?))
}

fn said(lang: Lang, result: Result<(), Vec<programmes::ProgrammeRefusal>>) -> Vec<Mistake> {
    result.err().map(|refusals| mistakes(lang, refusals)).unwrap_or_default()
}

/// Does it.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, act)): Path<(String, String)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let deed = Deed::from_code(&act).ok_or(WebError::NotFound)?;
    let view = view(&state, &signed_in, &code, deed).await?;
    let mistakes = done(&state, &signed_in, &view, deed, &typed).await?;
    if mistakes.is_empty() {
        return Ok(shell::see_other(&format!("{}?xong=chuong-trinh", path(&code))));
    }
    let fields = fields(&state, &signed_in, deed).await?;
    sheet(&signed_in, &view, deed, fields, typed, mistakes).answer()
}
