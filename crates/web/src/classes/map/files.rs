//! What the map shows as a file: a line for each unit that sends people to a class, one for a class to which nobody seen does.
//! Not for: people; those are on the page of the class.

use axum::extract::State;
use axum::response::Response;
use documents::{Cell, Column};
use service::classes::{self, Held, Sending};

use super::{filter, places};
use crate::AppState;
use crate::asked::Asked;
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::visitor::SignedIn;
use crate::words::word;

fn columns(lang: Lang) -> Vec<Column> {
    let column = |key: &str, width: u16| Column::new(lang.t(key), width);
    vec![
        column("map-code", 16),
        column("class-name", 44),
        column("class-state", 20),
        column("map-first-day", 12),
        column("map-last-day", 12),
        column("map-place", 34),
        column("map-latitude", 12),
        column("map-longitude", 12),
        column("map-people", 12),
        column("map-unit-code", 16),
        column("map-unit", 34),
        column("map-unit-people", 12),
        column("map-metres", 16),
    ]
}

fn row(lang: Lang, held: &Held, from: Option<&Sending>) -> Vec<Cell> {
    let line = &held.line;
    let text = |text: &str| if text.is_empty() { Cell::Empty } else { Cell::Text(text.to_owned()) };
    let (place, (north, east)) = match &held.place {
        Ok(venue) => (venue.name.clone(), venue.spot.decimal()),
        Err(nowhere) => (places::why(lang, nowhere), <(String, String)>::default()),
    };
    let number = |number: Option<i64>| number.map_or(Cell::Empty, Cell::Number);
    vec![
        text(&line.code),
        text(&line.terms.name),
        text(&word(lang, "class-status", line.status.code())),
        Cell::Day(line.terms.starts_on),
        Cell::Day(line.terms.ends_on),
        text(&place),
        text(&north),
        text(&east),
        Cell::Number(places::people(held)),
        text(from.map_or("", |from| &from.code)),
        text(from.map_or("", |from| &from.name)),
        number(from.map(|from| from.people)),
        number(from.and_then(|from| from.metres)),
    ]
}

async fn list(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<List, WebError> {
    let lang = signed_in.lang();
    let found = classes::map(&state.services, &signed_in.ctx, &filter(signed_in, asked).ask, None).await?;
    let mut rows = Vec::new();
    for held in &found.classes {
        if held.catchment.from.is_empty() {
            rows.push(row(lang, held, None));
        }
        rows.extend(held.catchment.from.iter().map(|from| row(lang, held, Some(from))));
    }
    Ok(List {
        title: lang.t("map-title"),
        notes: vec![lang.t("map-straight"), lang.date(signed_in.ctx.today)],
        columns: columns(lang),
        rows,
    })
}

/// As a workbook.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    list(&state, &signed_in, &asked).await?.xlsx("ban-do-lop").await
}

/// As separated text.
pub(crate) async fn csv(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    list(&state, &signed_in, &asked).await?.csv("ban-do-lop").await
}
