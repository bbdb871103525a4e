//! `/so-van-ban`: registers of numbers and the bodies that keep them; new ones, and changes of known ones.
//! Not for: the numbers in them (`numbers`).

use askama::Template;
use axum::extract::{Path, State};
use axum::response::Response;
use domain::papers::Family;
use domain::papers::mandates::Led;
use domain::papers::numbers::symbol;
use domain::roles::Act;
use service::ActError;
use service::papers::{self, BodyForm, RegisterForm, RegisterLine, RegisterRefusal};

use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

pub(super) const HERE: &str = "/so-van-ban";

#[derive(Template)]
#[template(path = "papers/registers.html")]
struct RegistersPage {
    shell: Shell,
    rows: Vec<Row>,
    keeps: bool,
}

struct Row {
    href: String,
    title: String,
    body: String,
    sample: String,
    state: String,
}

pub(super) fn path(code: &str) -> String {
    format!("{HERE}/{}", escaped(code))
}

fn row(lang: Lang, line: &RegisterLine) -> Row {
    Row {
        href: path(&line.code),
        title: line.title.clone(),
        body: line.body_name.clone(),
        sample: symbol(&line.pattern, 1, &line.kind_sign, &line.unit_sign),
        state: lang.t(if line.closed { "registers-closed" } else { "registers-open" }),
    }
}

/// Registers by code.
pub(crate) async fn list(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let lines = papers::registers(&state.services, &signed_in.ctx).await?;
    shell::page(&RegistersPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("registers-title")),
        rows: lines.iter().map(|line| row(lang, line)).collect(),
        keeps: signed_in.ctx.may(Act::KeepProcedures),
    })
}

/// Lays out the usual bodies and registers where there are none.
pub(crate) async fn lay_out(State(state): State<AppState>, signed_in: SignedIn, _: CsrfForm<Typed>) -> Result<Response, WebError> {
    papers::lay_out(&state.services, &signed_in.ctx).await?;
    Ok(shell::see_other(&format!("{HERE}?xong=luu")))
}

fn guard(signed_in: &SignedIn) -> Result<(), WebError> {
    signed_in.ctx.scope(Act::KeepProcedures)?;
    Ok(())
}

fn mistake(lang: Lang, refusal: RegisterRefusal) -> Mistake {
    let code = refusal.code();
    let field = match code {
        "no_number" | "unknown_field" | "symbol_taken" => "pattern",
        "no_title" => "title",
        "bad_start" | "start_taken" => "start",
        "no_body" => "body",
        "no_name" => "name",
        _ => "code",
    };
    Mistake::new(field, super::cited(lang, lang.code_text("register-fault", code), refusal.article()))
}

fn body_sheet(signed_in: &SignedIn, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t("registers-new-body")),
        back: (HERE.to_owned(), lang.t("registers-title")),
        lead: lang.t("registers-body-lead"),
        action: format!("{HERE}/co-quan"),
        submit: lang.t("registers-save"),
        fields: vec![
            Field::needed(lang, "register", "code", Kind::Short).hint(lang.t("register-code-hint")),
            Field::needed(lang, "register", "name", Kind::Line).hint(lang.t("register-name-hint")),
            Field::needed(lang, "register", "family", choices(lang, "paper-family", Family::ALL.iter().map(|one| one.code()), false)),
            Field::needed(lang, "register", "led", choices(lang, "paper-led", Led::ALL.iter().map(|one| one.code()), false)),
            Field::needed(lang, "register", "head", Kind::Short).hint(lang.t("register-head-hint")),
        ],
        typed,
        mistakes,
    }
}

/// The form of a new body.
pub(crate) async fn show_body(signed_in: SignedIn) -> Result<Response, WebError> {
    guard(&signed_in)?;
    body_sheet(&signed_in, Typed::default(), Vec::new()).answer()
}

/// Writes a new body.
pub(crate) async fn save_body(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let form = BodyForm {
        code: typed.words("code"),
        name: typed.words("name"),
        family: typed.code("family", Family::from_code).unwrap_or(Family::State),
        led: typed.code("led", Led::from_code).unwrap_or(Led::Head),
        head_post: typed.words("head"),
    };
    match refused(papers::save_body(&state.services, &signed_in.ctx, &form).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{HERE}?xong=luu"))),
        Err(refusals) => {
            let mistakes = refusals.into_iter().map(|refusal| mistake(signed_in.lang(), refusal)).collect();
            body_sheet(&signed_in, typed, mistakes).answer()
        }
    }
}

async fn sheet(
    state: &AppState,
    signed_in: &SignedIn,
    known: Option<&RegisterLine>,
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Sheet, WebError> {
    let lang = signed_in.lang();
    let bodies = papers::bodies(&state.services, &signed_in.ctx).await?;
    let mut fields = Vec::new();
    if known.is_none() {
        let bodies = bodies.into_iter().map(|line| (line.code, line.body.name)).collect();
        fields.push(Field::needed(lang, "register", "code", Kind::Short).hint(lang.t("register-code-hint")));
        fields.push(Field::needed(lang, "register", "body", Kind::Choice(bodies)));
    }
    fields.extend([
        Field::new(lang, "register", "revision", Kind::Hidden),
        Field::needed(lang, "register", "title", Kind::Line),
        Field::needed(lang, "register", "pattern", Kind::Line).hint(lang.t("register-pattern-hint")),
        Field::new(lang, "register", "kind", Kind::Short),
        Field::new(lang, "register", "unit", Kind::Short),
        Field::needed(lang, "register", "start", Kind::Short).hint(lang.t("register-start-hint")),
        Field::new(lang, "register", "closed", Kind::Tick),
    ]);
    Ok(Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(if known.is_some() { "registers-change" } else { "registers-new" })),
        back: (known.map_or_else(|| HERE.to_owned(), |line| path(&line.code)), lang.t("registers-title")),
        lead: lang.t("registers-form-lead"),
        action: known.map_or_else(|| format!("{HERE}/moi"), |line| format!("{}/sua", path(&line.code))),
        submit: lang.t("registers-save"),
        fields,
        typed,
        mistakes,
    })
}

fn as_known(line: &RegisterLine, year: i32) -> Typed {
    let start = if line.start.0 == year { line.start.1 } else { 1 };
    let fields = [
        ("revision", line.revision.to_string()),
        ("title", line.title.clone()),
        ("pattern", line.pattern.clone()),
        ("kind", line.kind_sign.clone()),
        ("unit", line.unit_sign.clone()),
        ("start", start.to_string()),
    ];
    Typed::of(fields.into_iter().chain(line.closed.then(|| ("closed", "1".to_owned()))))
}

async fn known(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<RegisterLine, WebError> {
    let lines = papers::registers(&state.services, &signed_in.ctx).await?;
    lines.into_iter().find(|line| line.code == code).ok_or(WebError::NotFound)
}

/// The form of a new register.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let typed = Typed::of([("pattern", "{number}/{kind}-{unit}".to_owned()), ("start", "1".to_owned())]);
    sheet(&state, &signed_in, None, typed, Vec::new()).await?.answer()
}

/// The form of a known register.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    guard(&signed_in)?;
    let line = known(&state, &signed_in, &code).await?;
    let typed = as_known(&line, signed_in.ctx.today.year());
    sheet(&state, &signed_in, Some(&line), typed, Vec::new()).await?.answer()
}

/// Writes a new register.
pub(crate) async fn save_new(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    keep(&state, &signed_in, None, typed).await
}

/// Changes a known register.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let line = known(&state, &signed_in, &code).await?;
    keep(&state, &signed_in, Some(&line), typed).await
}

async fn keep(state: &AppState, signed_in: &SignedIn, line: Option<&RegisterLine>, typed: Typed) -> Result<Response, WebError> {
    guard(signed_in)?;
    let lang = signed_in.lang();
    let bodies = papers::bodies(&state.services, &signed_in.ctx).await?;
    let body = line.and_then(|line| bodies.iter().find(|body| body.id == line.body)).map(|body| body.code.clone());
    let form = RegisterForm {
        revision: line.map(|_| typed.words("revision").parse().unwrap_or_default()),
        code: line.map_or_else(|| typed.words("code"), |line| &line.code),
        body: body.as_deref().unwrap_or_else(|| typed.words("body")),
        title: typed.words("title"),
        pattern: typed.words("pattern"),
        kind_sign: typed.words("kind"),
        unit_sign: typed.words("unit"),
        starts_at: typed.words("start").parse().unwrap_or_default(),
        closed: typed.is_ticked("closed"),
    };
    let mistakes = match papers::save_register(&state.services, &signed_in.ctx, &form).await {
        Err(ActError::Stale) => vec![Mistake::new("title", lang.t("papers-stale"))],
        saved => match refused(saved)? {
            Ok(()) => return Ok(shell::see_other(&format!("{HERE}?xong=luu"))),
            Err(refusals) => refusals.into_iter().map(|refusal| mistake(lang, refusal)).collect(),
        },
    };
    sheet(state, signed_in, line, typed, mistakes).await?.answer()
}
