//! `/tim`: one box over people, units, schemes and targets; a whole page, or only its results when a script asks for them.
//! Not for: lists with filters (`people`, `units`).

use askama::Template;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use service::search::{self, Found};

use crate::AppState;
use crate::asked::{Asked, escaped};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

#[derive(Template)]
#[template(path = "search/page.html")]
struct SearchPage {
    shell: Shell,
    results: Results,
}

/// The inside of the page, which also hangs below the box in the header.
#[derive(Template)]
#[template(path = "search/results.html")]
struct Results {
    lang: Lang,
    q: String,
    is_short: bool,
    groups: Vec<Group>,
}

/// What was found of one kind.
struct Group {
    icon: &'static str,
    heading: String,
    more: Option<String>,
    hits: Vec<Hit>,
}

struct Hit {
    href: String,
    text: String,
    under: String,
}

/// Searches.
pub(crate) async fn show(
    State(state): State<AppState>,
    signed_in: SignedIn,
    headers: HeaderMap,
    asked: Asked,
) -> Result<Response, WebError> {
    let q = asked.text("q").unwrap_or_default();
    let found = search::find(&state.services, &signed_in.ctx, q).await?;
    let lang = signed_in.lang();
    let is_short = domain::text::fold(q).chars().count() < 2;
    let results = Results { lang, q: q.to_owned(), is_short, groups: groups(lang, q, &found) };
    if headers.contains_key("hx-request") {
        return shell::page(&results);
    }
    shell::page(&SearchPage { shell: Shell::new(&signed_in.visitor, &lang.t("search-title")), results })
}

fn groups(lang: Lang, q: &str, found: &Found) -> Vec<Group> {
    let person = |p: &service::registry::OfficialLine| Hit {
        href: format!("/nhan-su/{}", escaped(&p.code)),
        text: p.name.clone(),
        under: format!("{} · {}", p.post, p.unit.1),
    };
    let unit = |u: &service::registry::UnitLine| Hit {
        href: format!("/don-vi/{}", escaped(&u.code)),
        text: u.name.clone(),
        under: lang.code_text("kind", u.kind.code()),
    };
    let titled = |path: &str, (code, vi, en): &(String, String, String)| Hit {
        href: format!("{path}/{}", escaped(code)),
        text: if lang.is_vi() || en.is_empty() { vi.clone() } else { en.clone() },
        under: code.clone(),
    };
    let group = |icon, key: &str, more: Option<String>, hits: Vec<Hit>| Group { icon, heading: lang.t(key), more, hits };
    [
        group("people", "nav-people", Some(format!("/nhan-su?q={}", escaped(q))), found.people.iter().map(person).collect()),
        group("units", "nav-units", Some(format!("/don-vi?q={}", escaped(q))), found.units.iter().map(unit).collect()),
        group("flag", "search-targets", None, found.targets.iter().map(|t| titled("/chi-tieu", t)).collect()),
        group("schemes", "search-schemes", None, found.schemes.iter().map(|s| titled("/de-an", s)).collect()),
    ]
    .into_iter()
    .filter(|g| !g.hits.is_empty())
    .collect()
}
