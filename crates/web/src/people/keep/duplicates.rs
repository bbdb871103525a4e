//! `/nhan-su/trung`: officials who may be one person written down twice; and saying that two are not.

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::registry::{self, Alike, Pair};

use super::record_path;
use crate::AppState;
use crate::asked::{Asked, address, escaped};
use crate::errors::WebError;
use crate::form::CsrfForm;
use crate::form::sheet::Typed;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Pairs of one page.
const PAGE: usize = 50;
const PATH: &str = "/nhan-su/trung";

#[derive(Template)]
#[template(path = "people/duplicates.html")]
struct DuplicatesPage {
    shell: Shell,
    summary: String,
    rows: Vec<Row>,
    first: Option<String>,
    next: Option<String>,
}

struct Row {
    one: Entry,
    other: Entry,
    score: String,
    signs: Vec<String>,
    merge: String,
}

struct Entry {
    href: String,
    name: String,
    code: String,
    birth: String,
}

/// The pairs, the likeliest first.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let skip: usize = asked.text("tu").and_then(|text| text.parse().ok()).unwrap_or_default();
    let page = registry::duplicates(&state.services, &signed_in.ctx, skip, PAGE).await?;
    let next = skip + page.pairs.len();
    shell::page(&DuplicatesPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("merge-duplicates")),
        summary: lang.with("merge-summary", &[("pairs", lang.size(page.total).into())]),
        rows: page.pairs.iter().map(|pair| row(lang, pair)).collect(),
        first: (skip > 0).then(|| PATH.to_owned()),
        next: (next < page.total).then(|| address(PATH, &[("tu", Some(&next.to_string()))])),
    })
}

fn row(lang: Lang, pair: &Pair) -> Row {
    let sure = pair.likeness.score == 100;
    let score = [("score", pair.likeness.score.into())];
    Row {
        one: entry(lang, &pair.one),
        other: entry(lang, &pair.other),
        score: if sure { lang.t("merge-sure") } else { lang.with("merge-score", &score) },
        signs: pair.likeness.signs.iter().map(|sign| lang.code_text("merge-sign", sign.code())).collect(),
        merge: format!("{}/gop/{}", record_path(&pair.one.code), escaped(&pair.other.code)),
    }
}

fn entry(lang: Lang, person: &Alike) -> Entry {
    Entry { href: record_path(&person.code), name: person.name.clone(), code: person.code.clone(), birth: lang.date(person.birth_on) }
}

/// Remembers that two are not one person.
pub(crate) async fn set_apart(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(typed): CsrfForm<Typed>,
) -> Result<Response, WebError> {
    registry::set_apart(&state.services, &signed_in.ctx, (typed.words("one"), typed.words("other")), "").await?;
    Ok(shell::see_other(&format!("{PATH}?xong=khong-trung")))
}
