//! `/lop/{code}/phan-bo`: how many of each kind a class takes, and seats kept for units.
//! Not for: who takes them (`name`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::people::{LeaderGroup, StaffKind};
use domain::roles::{Act, Forbidden};
use service::ActError;
use service::classes::{self, ClassRefusal, ClassView, Share};

use super::{mistakes, path};
use crate::AppState;
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const SPARE: usize = 2;
const MOST: usize = 60;

#[derive(Template)]
#[template(path = "classes/shares.html")]
struct SharesPage {
    shell: Shell,
    back: (String, String),
    action: String,
    revision: i32,
    keeps: bool,
    rows: Vec<Row>,
    staff: Vec<(&'static str, String)>,
    groups: Vec<(&'static str, String)>,
    kept: Vec<(String, String, i32, i32)>,
    unit: String,
    seats: String,
    mistakes: Vec<Mistake>,
}

#[derive(Debug, Default, Clone)]
struct Row {
    at: usize,
    unit: String,
    staff: String,
    group: String,
    people: String,
}

async fn page(
    state: &AppState,
    signed_in: &SignedIn,
    view: ClassView,
    (typed, rows): (&Typed, Option<Vec<Row>>),
    (status, mistakes): (StatusCode, Vec<Mistake>),
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let mut rows = match rows {
        Some(rows) => rows,
        None => kept_rows(state, signed_in, &view).await?,
    };
    rows.extend(vec![Row::default(); SPARE]);
    rows.truncate(MOST);
    (1..).zip(&mut rows).for_each(|(at, row)| row.at = at);
    let none = |key: &str| ("", lang.t(key));
    let page = SharesPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("class-edit-shares")),
        back: (path(&view.line.code, ""), view.line.terms.name.clone()),
        action: path(&view.line.code, "/phan-bo"),
        revision: view.line.revision,
        keeps: view.keeps,
        rows,
        staff: std::iter::once(none("class-share-any-staff"))
            .chain(codes(lang, "staff", StaffKind::ALL.iter().map(|c| c.code())))
            .collect(),
        groups: std::iter::once(none("class-share-any-group"))
            .chain(LeaderGroup::ALL.iter().map(|g| (g.code(), g.code().to_uppercase())))
            .collect(),
        kept: view.kept,
        unit: typed.words("unit").to_owned(),
        seats: typed.words("seats").to_owned(),
        mistakes,
    };
    shell::page_with(status, &page)
}

fn codes(lang: Lang, prefix: &'static str, codes: impl Iterator<Item = &'static str>) -> impl Iterator<Item = (&'static str, String)> {
    codes.map(move |code| (code, word(lang, prefix, code)))
}

async fn kept_rows(state: &AppState, signed_in: &SignedIn, view: &ClassView) -> Result<Vec<Row>, WebError> {
    let names = service::registry::unit_names(&state.services, &signed_in.ctx).await?;
    let row = |share: &domain::plans::Seats| Row {
        at: 0,
        unit: share.unit.map(|unit| names.told(unit, signed_in.ctx.today)).unwrap_or_default(),
        staff: share.staff.map(|staff| staff.code().to_owned()).unwrap_or_default(),
        group: share.group.map(|group| group.code().to_owned()).unwrap_or_default(),
        people: share.people.to_string(),
    };
    Ok(view.shares.iter().map(row).collect())
}

async fn viewed(state: &AppState, signed_in: &SignedIn, code: &str) -> Result<ClassView, WebError> {
    let view = classes::one(&state.services, &signed_in.ctx, code).await?;
    let may = view.keeps || signed_in.ctx.may(Act::Nominate);
    if may { Ok(view) } else { Err(WebError::Forbidden(Forbidden { act: Act::Nominate })) }
}

/// The two tables.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, Path(code): Path<String>) -> Result<Response, WebError> {
    let view = viewed(&state, &signed_in, &code).await?;
    page(&state, &signed_in, view, (&Typed::default(), None), (StatusCode::OK, Vec::new())).await
}

fn typed_rows(typed: &Typed) -> Vec<Row> {
    let count = typed.beginning("nguoi-").filter_map(|(at, _)| at.parse::<usize>().ok()).max().unwrap_or(0).min(MOST);
    let field = |name: &str, at: usize| typed.words(&format!("{name}-{at}")).to_owned();
    let row =
        |at: usize| Row { at, unit: field("don-vi", at), staff: field("loai", at), group: field("nhom", at), people: field("nguoi", at) };
    (1..=count).map(row).filter(|row| !row.people.is_empty()).collect()
}

/// Keeps the shares, or seats for a unit.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(code): Path<String>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let (lang, ctx) = (signed_in.lang(), &signed_in.ctx);
    viewed(&state, &signed_in, &code).await?;
    let keeps_seats = typed.words("act") == "keep";
    let (mut rows, outcome) = if keeps_seats {
        let seats = typed.words("seats").parse().unwrap_or(-1);
        (None, classes::keep_seats(&state.services, ctx, &code, typed.words("unit"), seats).await)
    } else {
        let rows = typed_rows(&typed);
        let share = |row: &Row| Share {
            unit: row.unit.clone(),
            staff: StaffKind::from_code(&row.staff),
            group: LeaderGroup::from_code(&row.group),
            people: row.people.parse().unwrap_or(0),
        };
        let shares: Vec<Share> = rows.iter().map(share).collect();
        let revision = typed.words("revision").parse().unwrap_or_default();
        (Some(rows), classes::put_shares(&state.services, ctx, &code, revision, &shares).await)
    };
    let (status, wrong) = match outcome {
        Err(ActError::Stale) => (StatusCode::CONFLICT, vec![Mistake::new("bang", lang.t("class-stale"))]),
        outcome => match refused(outcome)? {
            Ok(()) => return Ok(shell::see_other(&format!("{}?xong=phan-bo", path(&code, "")))),
            Err(ClassRefusal::UnknownUnit(text)) if !keeps_seats => {
                let at = rows.iter_mut().flatten().position(|row| row.unit == text).map_or(1, |at| at + 1);
                let told = lang.with("class-fault-unknown-unit", &[("typed", text.into())]);
                (StatusCode::UNPROCESSABLE_ENTITY, vec![Mistake::new(&format!("don-vi-{at}"), told)])
            }
            Err(refusal) => (StatusCode::UNPROCESSABLE_ENTITY, mistakes(lang, refusal)),
        },
    };
    let view = viewed(&state, &signed_in, &code).await?;
    page(&state, &signed_in, view, (&typed, rows), (status, wrong)).await
}
