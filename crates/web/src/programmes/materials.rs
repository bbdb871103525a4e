//! Materials of a programme: `/tai-lieu` adds one, `/tai-lieu/{row}/phien-ban` a version, `/tai-lieu/{row}/thoi-dung` takes it out of
//! use, `/tep/{row}` is the file.

use axum::extract::{Path, Request, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse, Response};
use domain::programmes::materials::Access;
use service::programmes::{self, NewMaterial, View};

use super::{mistakes, one, path};
use crate::AppState;
use crate::asked::escaped;
use crate::errors::{WebError, refused};
use crate::form::sheet::{Field, Kind, Sheet, Typed, choices};
use crate::form::upload::{self, FILE, Upload};
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const ACCEPTED: &str = ".pdf,.docx,.pptx,.xlsx,.jpg,.jpeg,.png";

async fn kept(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<View, WebError> {
    let act = domain::roles::Act::KeepProgrammes;
    signed_in.ctx.scope(act)?;
    let view = programmes::programme(&state.services, &signed_in.ctx, code).await?;
    if view.keeps { Ok(view) } else { Err(domain::roles::Forbidden { act }.into()) }
}

fn file(lang: Lang) -> Field {
    Field::needed(lang, "programme", FILE, Kind::File(ACCEPTED)).hint(lang.t("programme-tep-hint"))
}

fn sheet(signed_in: &SignedIn, view: &View, (key, to): (&str, String), fields: Vec<Field>, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let here = path(&view.line.code);
    Sheet {
        shell: Shell::new(&signed_in.visitor, &lang.t(key)),
        back: (here.clone(), format!("{} · {}", view.line.code, view.line.title)),
        lead: String::new(),
        action: format!("{here}/tai-lieu{to}"),
        submit: lang.t(key),
        fields,
        typed,
        mistakes,
    }
}

fn adding(signed_in: &SignedIn, view: &View, typed: Typed, mistakes: Vec<Mistake>) -> Sheet {
    let lang = signed_in.lang();
    let fields = vec![
        Field::needed(lang, "programme", "material", Kind::Line),
        Field::needed(lang, "programme", "access", choices(lang, "programme-access", one::accesses(), false)),
        file(lang),
    ];
    sheet(signed_in, view, ("programme-add-material", String::new()), fields, typed, mistakes)
}

/// The form of a new material.
pub(crate) async fn show_new(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    adding(&signed_in, &view, Typed::default(), Vec::new()).answer()
}

/// Adds a material.
pub(crate) async fn add(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    request: Request,
) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    let Upload { typed, name, bytes } = upload::receive(&state, &signed_in, request).await?;
    let access = typed.code("access", Access::from_code).unwrap_or(Access::Office);
    let new = NewMaterial { title: typed.words("material"), access, name: &name, bytes: &bytes };
    match refused(programmes::add_material(&state.services, &signed_in.ctx, &code, &new).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=tai-lieu", path(&code)))),
        Err(refusals) => adding(&signed_in, &view, typed, mistakes(signed_in.lang(), refusals)).answer(),
    }
}

fn of_material(
    signed_in: &SignedIn,
    view: &View,
    (row, act): (i64, &str),
    typed: Typed,
    mistakes: Vec<Mistake>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    if view.materials.iter().all(|material| material.id != row) {
        return Err(WebError::NotFound);
    }
    let (key, fields) = match act {
        "phien-ban" => ("programme-add-version", vec![file(lang)]),
        "thoi-dung" => ("programme-withdraw", vec![Field::needed(lang, "keep", "reason", Kind::Words)]),
        _ => return Err(WebError::NotFound),
    };
    sheet(signed_in, view, (key, format!("/{row}/{act}")), fields, typed, mistakes).answer()
}

/// The form of a version.
pub(crate) async fn show_version(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    of_material(&signed_in, &view, (row, "phien-ban"), Typed::default(), Vec::new())
}

/// Adds a version.
pub(crate) async fn add_version(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    request: Request,
) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    let Upload { typed, name, bytes } = upload::receive(&state, &signed_in, request).await?;
    match refused(programmes::add_file(&state.services, &signed_in.ctx, &code, row, (&name, &bytes)).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=tai-lieu", path(&code)))),
        Err(refusals) => of_material(&signed_in, &view, (row, "phien-ban"), typed, mistakes(signed_in.lang(), refusals)),
    }
}

/// The form that takes a material out of use.
pub(crate) async fn show_withdrawal(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    of_material(&signed_in, &view, (row, "thoi-dung"), Typed::default(), Vec::new())
}

/// Takes a material out of use.
pub(crate) async fn withdraw(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let view = kept(&state, &signed_in, &code).await?;
    match refused(programmes::withdraw_material(&state.services, &signed_in.ctx, &code, row, typed.words("reason")).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{}?xong=tai-lieu", path(&code)))),
        Err(refusals) => of_material(&signed_in, &view, (row, "thoi-dung"), typed, mistakes(signed_in.lang(), refusals)),
    }
}

/// A file to save under its name.
pub(super) fn saved(name: &str, media: &'static str, bytes: Vec<u8>) -> Response {
    let how = HeaderValue::from_str(&format!("attachment; filename*=UTF-8''{}", escaped(name)));
    let how = how.unwrap_or(HeaderValue::from_static("attachment"));
    ([(header::CONTENT_TYPE, HeaderValue::from_static(media)), (header::CONTENT_DISPOSITION, how)], bytes).into_response()
}

/// The file.
pub(crate) async fn open(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path((code, row)): Path<(String, i64)>,
) -> Result<Response, WebError> {
    let opened = programmes::material_file(&state.services, &signed_in.ctx, &code, row).await?;
    Ok(saved(&opened.name, opened.media.code(), opened.bytes))
}
