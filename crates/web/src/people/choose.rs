//! `/nhan-su/cot`: which columns the list shows and in which order, remembered by the account.
//! Not for: what a column shows (`columns`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use domain::lists::{Care, Column};
use domain::roles::Act;
use service::registry;

use super::{LIST, Listed, columns};
use crate::AppState;
use crate::asked::Asked;
use crate::errors::WebError;
use crate::form::sheet::Typed;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::place::Place;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "people/columns.html")]
struct ColumnsPage {
    shell: Shell,
    back: String,
    columns: Vec<Row>,
    mistakes: Vec<Mistake>,
}

struct Row {
    code: &'static str,
    name: String,
    /// Its place in the list, from 1; empty when it is not shown.
    place: String,
    is_shown: bool,
    hint: Option<String>,
}

/// The columns to choose from, those shown first.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    signed_in.ctx.scope(Act::ViewPeople)?;
    let place = Place::of(&state, &signed_in, &asked).await?;
    let mut listed = Listed::of(&place, &asked, &signed_in);
    listed.names_columns = false;
    let back = listed.same(LIST, &place, None);
    shell::page(&page(&signed_in, back, &listed.ask.columns, Vec::new()))
}

fn page(signed_in: &SignedIn, back: String, shown: &[Column], mistakes: Vec<Mistake>) -> ColumnsPage {
    let lang = signed_in.lang();
    let may = |column: &Column| column.care() == Care::Open || signed_in.ctx.may(Act::ExportPeople);
    let others = Column::ALL.iter().filter(|column| !shown.contains(column));
    let first = shown.iter().zip(1..).map(|(column, place): (_, i32)| row(lang, *column, Some(place)));
    let rest = others.filter(|column| may(column)).map(|column| row(lang, *column, None));
    ColumnsPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("list-columns")).at("/nhan-su/cot"),
        back,
        columns: first.chain(rest).collect(),
        mistakes,
    }
}

fn row(lang: Lang, column: Column, place: Option<i32>) -> Row {
    Row {
        code: column.code(),
        name: columns::head(lang, column),
        place: place.map(|place| place.to_string()).unwrap_or_default(),
        is_shown: place.is_some(),
        hint: (column.care() == Care::Sensitive).then(|| lang.t("list-column-sensitive")),
    }
}

/// Remembers the choice and leads back to the list.
pub(crate) async fn save(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    let back = shell::local(typed.text("back")).to_owned();
    let chosen = if typed.is_ticked("usual") { Column::USUAL.to_vec() } else { chosen(&typed, &signed_in) };
    if chosen.is_empty() {
        let mistakes = vec![Mistake::new("cot-vi-tri", signed_in.lang().t("list-no-columns"))];
        return shell::page_with(axum::http::StatusCode::UNPROCESSABLE_ENTITY, &page(&signed_in, back, &[], mistakes));
    }
    registry::choose_columns(&state.services, &signed_in.ctx, &chosen).await?;
    Ok(shell::see_other(&back))
}

/// The ticked columns by their numbers; one without a number comes after those that have one.
fn chosen(typed: &Typed, signed_in: &SignedIn) -> Vec<Column> {
    let may = |column: &&Column| column.care() == Care::Open || signed_in.ctx.may(Act::ExportPeople);
    let ticked = Column::ALL.iter().filter(may).filter(|column| typed.is_ticked(&format!("cot-{column}")));
    let place = |column: &Column| typed.text(&format!("thu-tu-{column}")).and_then(|text| text.parse::<u32>().ok()).unwrap_or(u32::MAX);
    let mut chosen: Vec<Column> = ticked.copied().collect();
    chosen.sort_by_key(place);
    chosen
}
