//! `/van-ban/uy-quyen`: who may sign papers of which body in which way, from when to when.
//! Not for: signing (`one`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::papers::mandates::{MandateFault, SignAs, Standing, holds_on};
use domain::roles::Act;
use domain::time::Date;
use service::ActError;
use service::papers::{self, BodyLine, MandateForm, MandateLine, MandateRefusal};

use super::cited;
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const HERE: &str = "/van-ban/uy-quyen";

#[derive(Template)]
#[template(path = "papers/mandates.html")]
struct MandatesPage {
    shell: Shell,
    rows: Vec<Row>,
    keeps: bool,
}

struct Row {
    id: i64,
    revision: i32,
    name: String,
    body: String,
    way: String,
    lines: String,
    decision: String,
    days: String,
    /// Icon and words.
    state: (&'static str, String),
    ends: bool,
}

fn row(lang: Lang, all: &[MandateLine], bodies: &[BodyLine], line: &MandateLine, today: Date) -> Result<Row, ActError> {
    let under = line.under.and_then(|id| all.iter().find(|other| other.id == id)).map(|other| &other.mandate);
    let body = bodies.iter().find(|body| body.id == line.body).map(|body| &body.body);
    let holds = holds_on(&line.mandate, under, today);
    let day = |day: Option<Date>| day.map(|day| lang.date(day)).unwrap_or_default();
    let during = line.mandate.during;
    let is_over = during.and_then(|during| during.to()).is_some_and(|to| to <= today);
    let lines = body.map(|body| papers::above_name(body, &line.mandate, under, today)).transpose()?;
    Ok(Row {
        id: line.id,
        revision: line.revision,
        name: line.name.clone(),
        body: body.map(|body| body.name.clone()).unwrap_or_default(),
        way: word(lang, "sign-as", line.mandate.sign_as.code()),
        lines: lines.unwrap_or_default().join(" / "),
        decision: line.mandate.decision.clone().unwrap_or_default(),
        days: format!("{} – {}", day(during.map(|during| during.from())), day(during.and_then(|during| during.last_day()))),
        state: if holds { ("done", lang.t("mandates-holds")) } else { ("open", lang.t("mandates-not-today")) },
        ends: !is_over,
    })
}

/// Every mandate.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let all = papers::mandates(&state.services, &signed_in.ctx).await?;
    let bodies = papers::bodies(&state.services, &signed_in.ctx).await?;
    shell::page(&MandatesPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("mandates-title")),
        rows: all.iter().map(|line| row(lang, &all, &bodies, line, signed_in.ctx.today)).collect::<Result<_, _>>()?,
        keeps: signed_in.ctx.may(Act::KeepProcedures),
    })
}

async fn sheet(state: &AppState, signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Result<Sheet, WebError> {
    let lang = signed_in.lang();
    let signers = papers::signers(&state.services, &signed_in.ctx).await?;
    let signers = signers.into_iter().map(|(login, name)| (login.clone(), format!("{name} ({login})"))).collect();
    let bodies = papers::bodies(&state.services, &signed_in.ctx).await?;
    let bodies = bodies.into_iter().map(|line| (line.code, line.body.name)).collect();
    let by_order = papers::mandates(&state.services, &signed_in.ctx).await?;
    let by_order = by_order.into_iter().filter(|line| line.mandate.sign_as == SignAs::ByOrder);
    let none = std::iter::once((String::new(), lang.t("sheet-none")));
    let under = none.chain(by_order.map(|line| (line.id.to_string(), format!("{} · {}", line.mandate.post, line.name)))).collect();
    Ok(Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("mandates-give")),
        back: (HERE.to_owned(), lang.t("mandates-title")),
        lead: lang.t("mandates-give-lead"),
        action: format!("{HERE}/moi"),
        submit: lang.t("mandates-give"),
        fields: vec![
            Field::needed(lang, "mandate", "body", Kind::Choice(bodies)),
            Field::needed(lang, "mandate", "signer", Kind::Choice(signers)),
            Field::needed(lang, "mandate", "sign", choices(lang, "sign-as", SignAs::ALL.iter().map(|one| one.code()), false)),
            Field::needed(lang, "mandate", "standing", choices(lang, "standing", Standing::ALL.iter().map(|one| one.code()), false)),
            Field::needed(lang, "mandate", "post", Kind::Line).hint(lang.t("mandate-post-hint")),
            Field::new(lang, "mandate", "decision", Kind::Short).hint(lang.t("mandate-decision-hint")),
            Field::new(lang, "mandate", "under", Kind::Choice(under)).hint(lang.t("mandate-under-hint")),
            Field::needed(lang, "keep", "from", Kind::Day),
            Field::new(lang, "keep", "until", Kind::Day).hint(lang.t("keep-until-hint")),
        ],
        typed,
        mistakes,
    })
}

/// The form of a new mandate.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    sheet(&state, &signed_in, Typed::default(), Vec::new()).await?.answer()
}

fn mistake(lang: Lang, refusal: MandateRefusal) -> Mistake {
    let field = match refusal {
        MandateRefusal::NoBody => "body",
        MandateRefusal::NoSigner => "signer",
        MandateRefusal::NoUnder | MandateRefusal::Fault(MandateFault::GivenOn) => "under",
        MandateRefusal::Fault(MandateFault::NoPost) => "post",
        MandateRefusal::Fault(MandateFault::BadDays | MandateFault::NoEnd) => "until",
        MandateRefusal::Fault(MandateFault::NotWritten | MandateFault::NoOrder) => "decision",
        MandateRefusal::Fault(MandateFault::NotDeputy | MandateFault::NotHead | MandateFault::NotUnitHead) => "standing",
    };
    Mistake::new(field, cited(lang, lang.code_text("mandate-fault", refusal.code()), refusal.article()))
}

/// Gives a mandate.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    let lang = signed_in.lang();
    let mut mistakes = Vec::new();
    let from = typed.needed_day(lang, "from", &mut mistakes);
    let last = typed.day(lang, "until", &mut mistakes);
    if let (Some(from), true) = (from, mistakes.is_empty()) {
        let form = MandateForm {
            body: typed.words("body"),
            login: typed.words("signer"),
            sign_as: typed.code("sign", SignAs::from_code).ok_or(WebError::UnreadableForm)?,
            standing: typed.code("standing", Standing::from_code).ok_or(WebError::UnreadableForm)?,
            post: typed.words("post"),
            decision: typed.text("decision"),
            under: typed.text("under").and_then(|id| id.parse().ok()),
            from,
            last,
        };
        match refused(papers::give_mandate(&state.services, &signed_in.ctx, &form).await)? {
            Ok(_) => return Ok(shell::see_other(&format!("{HERE}?xong=luu"))),
            Err(refusals) => mistakes = refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        }
    }
    sheet(&state, &signed_in, typed, mistakes).await?.answer()
}

/// Ends a mandate from today on.
pub(crate) async fn end(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(row): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let revision = typed.words("revision").parse().map_err(|_| WebError::UnreadableForm)?;
    match papers::end_mandate(&state.services, &signed_in.ctx, row, revision).await {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}?xong=luu"))),
        Err(ActError::Stale) => Err(WebError::Stale),
        Err(error) => Err(error.into()),
    }
}
