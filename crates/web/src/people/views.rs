//! `/nhan-su/khung-nhin`: questions of the list kept under a name, one's own and shared ones; renamed and removed there.
//! Not for: the list itself (`people`).

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use domain::lists::Filter;
use service::registry::{self, ViewLine, ViewRefusal};

use super::{LIST, Listed, chips, columns, filters};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::{WebError, refused};
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake, of_field};
use crate::i18n::Lang;
use crate::place::{Place, UNIT};
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

const PAGE: &str = "/nhan-su/khung-nhin";

#[derive(Template)]
#[template(path = "people/views.html")]
struct ViewsPage {
    shell: Shell,
    /// What would be kept: its query and in words.
    query: String,
    says: Vec<String>,
    name: String,
    may_share: bool,
    own: Vec<Row>,
    shared: Vec<Row>,
    mistakes: Vec<Mistake>,
}

struct Row {
    id: i64,
    name: String,
    href: String,
    says: Vec<String>,
    owner: Option<String>,
    is_shared: bool,
    may_change: bool,
}

impl ViewsPage {
    fn mistake(&self, name: &str) -> Option<&str> {
        of_field(&self.mistakes, name)
    }
}

/// Kept questions, and a form to keep the one of the address.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let place = Place::of(&state, &signed_in, &asked).await?;
    let mut listed = Listed::of(&place, &asked, &signed_in);
    listed.names_columns = true;
    let query = query(&listed, &place);
    let page = page(&state, &signed_in, query, &Typed::default(), Vec::new()).await?;
    shell::page(&page)
}

/// The question without its day and purpose: a kept question is asked of today, and each look says anew what it is for.
fn query(listed: &Listed, place: &Place) -> String {
    let pairs = listed.pairs(&listed.ask.filter);
    let mut all: Vec<(&str, Option<&str>)> = vec![(UNIT, place.unit_code())];
    all.extend(pairs.iter().map(|(name, value)| (*name, Some(value.as_str()))));
    address("", &all).trim_start_matches('?').to_owned()
}

async fn page(state: &AppState, signed_in: &SignedIn, query: String, typed: &Typed, mistakes: Vec<Mistake>) -> Result<ViewsPage, WebError> {
    let lang = signed_in.lang();
    let views = registry::views(&state.services, &signed_in.ctx).await?;
    let me = signed_in.ctx.who.as_ref().map(|who| who.user);
    let may_share = registry::may_share(&signed_in.ctx);
    let row = |view: &ViewLine| Row {
        id: view.id,
        name: view.name.clone(),
        href: format!("{LIST}?{}", view.query),
        says: says(lang, &view.query),
        owner: (Some(view.owner) != me).then(|| view.owner_name.clone()),
        is_shared: view.shared,
        may_change: Some(view.owner) == me || may_share,
    };
    let (own, shared): (Vec<_>, Vec<_>) = views.iter().partition(|view| Some(view.owner) == me);
    Ok(ViewsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("list-views")),
        says: says(lang, &query),
        query,
        name: typed.words("name").to_owned(),
        may_share,
        own: own.into_iter().map(row).collect(),
        shared: shared.into_iter().map(row).collect(),
        mistakes,
    })
}

/// A query in words: what it filters by and its columns.
fn says(lang: Lang, query: &str) -> Vec<String> {
    let asked = Asked::of_query(query);
    let filter: Filter = filters::read(&asked);
    let mut says: Vec<String> = asked.text("q").map(|words| format!("“{words}”")).into_iter().collect();
    says.extend(asked.text(UNIT).map(|unit| format!("{}: {unit}", lang.t("place-unit"))));
    says.extend(chips::chips(lang, &filter, |_| String::new()).into_iter().map(|chip| chip.text));
    let heads: Vec<String> = filters::columns(asked.text("cot").unwrap_or_default()).iter().map(|c| columns::head(lang, *c)).collect();
    says.extend((!heads.is_empty()).then(|| format!("{}: {}", lang.t("list-columns"), heads.join(", "))));
    says
}

fn mistake(lang: Lang, field: &str, refusal: ViewRefusal) -> Mistake {
    let key = match refusal {
        ViewRefusal::BadName => "list-view-bad-name",
        ViewRefusal::NameTaken => "list-view-name-taken",
        ViewRefusal::TooMany => "list-view-too-many",
    };
    Mistake::new(field, lang.t(key))
}

/// Keeps a question.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let query = kept(typed.words("query"));
    let (name, shared) = (typed.words("name"), typed.is_ticked("shared"));
    match refused(registry::keep_view(&state.services, &signed_in.ctx, name, &query, shared).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{PAGE}?{query}&xong=khung-nhin"))),
        Err(refusal) => again(&state, &signed_in, query, &typed, mistake(signed_in.lang(), "name", refusal)).await,
    }
}

async fn again(state: &AppState, signed_in: &SignedIn, query: String, typed: &Typed, mistake: Mistake) -> Result<Response, WebError> {
    let mut page = page(state, signed_in, query, typed, vec![mistake]).await?;
    page.shell = page.shell.at(PAGE);
    shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page)
}

/// A query as our own addresses write it: whatever else was sent is dropped.
fn kept(query: &str) -> String {
    let asked = Asked::of_query(query);
    let mut pairs = filters::pairs(&filters::read(&asked));
    pairs.extend(asked.text("q").map(|words| ("q", words.chars().take(200).collect())));
    pairs.extend(asked.text(UNIT).map(|unit| (UNIT, unit.chars().take(60).collect())));
    let columns = filters::columns(asked.text("cot").unwrap_or_default());
    pairs.extend((!columns.is_empty()).then(|| ("cot", filters::of_columns(&columns))));
    let all: Vec<(&str, Option<&str>)> = pairs.iter().map(|(name, value)| (*name, Some(value.as_str()))).collect();
    address("", &all).trim_start_matches('?').to_owned()
}

/// Gives a kept question another name.
pub(crate) async fn rename(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    match refused(registry::rename_view(&state.services, &signed_in.ctx, id, typed.words("name")).await)? {
        Ok(()) => Ok(shell::see_other(&format!("{PAGE}?xong=luu"))),
        Err(refusal) => {
            let mistake = mistake(signed_in.lang(), &format!("ten-{id}"), refusal);
            again(&state, &signed_in, String::new(), &Typed::default(), mistake).await
        }
    }
}

/// Removes a kept question.
pub(crate) async fn remove(
    State(state): State<AppState>,
    signed_in: SignedIn,
    Path(id): Path<i64>,
    CsrfForm(_): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    registry::remove_view(&state.services, &signed_in.ctx, id).await?;
    Ok(shell::see_other(&format!("{PAGE}?xong=bo-khung-nhin")))
}
