//! The list of accounts, searched and paged.
//! Not for: one account (`one`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use service::accounts::{self, AccountLine, AccountsAsk};

use super::{GrantRow, path};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;

/// Lines of a page.
const LINES: u32 = 50;
/// Words of the state in addresses.
const STATES: [(&str, &str, Option<bool>); 3] =
    [("", "admin-any-state", None), ("dang-dung", "admin-open", Some(false)), ("da-khoa", "admin-locked", Some(true))];

#[derive(Template)]
#[template(path = "admin/list.html")]
struct ListPage {
    shell: Shell,
    q: String,
    states: Vec<(&'static str, String, bool)>,
    is_narrowed: bool,
    accounts: Vec<AccountRow>,
    first: Option<String>,
    next: Option<String>,
}

struct AccountRow {
    href: String,
    login: String,
    name: String,
    grants: Vec<GrantRow>,
    official: Option<String>,
    locked: bool,
    closed: String,
}

impl AccountRow {
    fn of(lang: Lang, line: &AccountLine) -> Self {
        Self {
            href: path(&line.login),
            login: line.login.clone(),
            name: line.name.clone(),
            grants: GrantRow::all(lang, line),
            official: line.official.clone(),
            locked: line.locked,
            closed: super::closed(lang, line),
        }
    }
}

/// A page of accounts.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let (q, chosen) = (asked.text("q").unwrap_or_default(), asked.text("trang-thai").unwrap_or_default());
    let locked = STATES.iter().find(|(code, ..)| *code == chosen).and_then(|(.., locked)| *locked);
    let after = asked.text("sau").unwrap_or_default().to_owned();
    let ask = AccountsAsk { text: q.to_owned(), locked, after: after.clone() };
    let page = accounts::find(&state.services, &signed_in.ctx, &ask, LINES).await?;
    let link = |after: Option<&str>| address("/quan-tri", &[("q", Some(q)), ("trang-thai", Some(chosen)), ("sau", after)]);
    shell::page(&ListPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("admin-title")),
        q: q.to_owned(),
        states: STATES.map(|(code, key, _)| (code, lang.t(key), code == chosen)).to_vec(),
        is_narrowed: !q.is_empty() || locked.is_some(),
        accounts: page.lines.iter().map(|line| AccountRow::of(lang, line)).collect(),
        first: (!after.is_empty()).then(|| link(None)),
        next: page.lines.last().filter(|_| page.more).map(|last| link(Some(&last.login))),
    })
}
