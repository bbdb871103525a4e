//! A list of people as a file: exactly the people the page's filter names, all of them; noted in the audit by the act.
//! Not for: file formats (`download`).

use axum::extract::State;
use axum::response::Response;
use documents::{Cell, Column};
use service::registry::{self, OfficialLine};

use crate::AppState;
use crate::asked::Asked;
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::place::Place;
use crate::visitor::SignedIn;
use crate::words::word;

/// As an Excel workbook.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    list(&state, &signed_in, &asked).await?.xlsx("nhan-su")
}

/// As comma-separated values.
pub(crate) async fn csv(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    Ok(list(&state, &signed_in, &asked).await?.csv("nhan-su"))
}

async fn list(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<List, WebError> {
    let place = Place::of(state, signed_in, asked).await?;
    let ask = super::ask(&place, asked);
    let lines = registry::export_people(&state.services, &signed_in.ctx, &ask).await?;
    let lang = signed_in.lang();
    let columns = [("code", 12), ("name", 28), ("unit", 40), ("post", 34), ("staff", 16), ("leadership", 30)];
    Ok(List {
        title: lang.t("official-title"),
        notes: vec![
            place.name(),
            format!("{} {}", lang.t("units-as-of"), lang.date(ask.on)),
            format!("{} {}", lang.t("print-made"), lang.instant(signed_in.ctx.now)),
        ],
        columns: columns.map(|(key, width)| Column::new(lang.code_text("official", key), width)).to_vec(),
        rows: lines.iter().map(|line| row(lang, line)).collect(),
    })
}

fn row(lang: Lang, line: &OfficialLine) -> Vec<Cell> {
    [
        line.code.clone(),
        line.name.clone(),
        line.unit.1.clone(),
        line.post.clone(),
        word(lang, "person-staff", line.staff.code()),
        line.leadership.map(|l| word(lang, "person-leadership", l.code())).unwrap_or_default(),
    ]
    .map(Cell::Text)
    .to_vec()
}
