//! A list of people as a file: exactly the people, columns and order of the page, all pages together; noted in the audit by the act.
//! Not for: file formats (`download`).

use askama::Template;
use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use documents::{Cell, Column as Head};
use domain::lists::Column;
use service::registry::{self, ListRefusal, MOST_EXPORTED, OfficialsPage, PeopleAsk};

use super::{Listed, chips, columns};
use crate::AppState;
use crate::asked::Asked;
use crate::download::List;
use crate::errors::{WebError, refused};
use crate::i18n::Lang;
use crate::place::Place;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "people/too_many.html")]
struct RefusedPage {
    shell: Shell,
    text: String,
    back: String,
}

/// As an Excel workbook.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    match list(&state, &signed_in, &asked).await? {
        Ok(list) => list.xlsx("nhan-su").await,
        Err(page) => shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

/// As comma-separated values.
pub(crate) async fn csv(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    match list(&state, &signed_in, &asked).await? {
        Ok(list) => list.csv("nhan-su").await,
        Err(page) => shell::page_with(StatusCode::UNPROCESSABLE_ENTITY, &page),
    }
}

async fn list(state: &AppState, signed_in: &SignedIn, asked: &Asked) -> Result<Result<List, RefusedPage>, WebError> {
    let place = Place::of(state, signed_in, asked).await?;
    let listed = Listed::of(&place, asked, signed_in);
    let (lang, ask) = (signed_in.lang(), &listed.ask);
    let page = match refused(registry::export_people(&state.services, &signed_in.ctx, ask).await)? {
        Ok(page) => page,
        Err(refusal) => {
            let (shell, back) = (Shell::new(&signed_in.visitor, &lang.t("list-no-file")), listed.same(super::LIST, &place, None));
            return Ok(Err(RefusedPage { shell: shell.at(&back), text: said(lang, refusal), back }));
        }
    };
    Ok(Ok(file(signed_in, &place, ask, &page)))
}

fn said(lang: Lang, refusal: ListRefusal) -> String {
    match refusal {
        ListRefusal::NoPurpose => lang.t("list-file-purpose"),
        ListRefusal::TooMany(people) => {
            let args = [("n", lang.number(people).into()), ("most", lang.number(i64::from(MOST_EXPORTED)).into())];
            lang.with("list-too-many", &args)
        }
    }
}

fn file(signed_in: &SignedIn, place: &Place, ask: &PeopleAsk, page: &OfficialsPage) -> List {
    let lang = signed_in.lang();
    let asked: Vec<String> = chips::chips(lang, &ask.filter, |_| String::new()).into_iter().map(|chip| chip.text).collect();
    let mut notes = vec![
        place.name(),
        format!("{} {}", lang.t("units-as-of"), lang.date(ask.on)),
        format!("{} {}", lang.t("print-made"), lang.instant(signed_in.ctx.now)),
    ];
    notes.extend((!ask.text.is_empty()).then(|| format!("{}: {}", lang.t("official-find"), ask.text)));
    notes.extend((!asked.is_empty()).then(|| format!("{}: {}", lang.t("list-chips"), asked.join("; "))));
    let heads = ask.columns.iter().map(|column| Head::new(columns::head(lang, *column), columns::width(*column)));
    List {
        title: lang.t("official-title"),
        notes,
        columns: std::iter::once(Head::new(lang.t("official-name"), 28)).chain(heads).collect(),
        rows: page.lines.iter().map(|line| row(lang, ask, page, line)).collect(),
    }
}

fn row(lang: Lang, ask: &PeopleAsk, page: &OfficialsPage, line: &registry::OfficialLine) -> Vec<Cell> {
    let detail = page.details.get(&line.id.0);
    let shown = |column: &Column| match (columns::cell(lang, *column, line, detail, ask.on), columns::under_post(lang, line, &ask.columns))
    {
        (Cell::Text(post), Some(leadership)) if *column == Column::Post => Cell::Text(format!("{post} ({leadership})")),
        (cell, _) => cell,
    };
    std::iter::once(Cell::Text(line.name.clone())).chain(ask.columns.iter().map(shown)).collect()
}
