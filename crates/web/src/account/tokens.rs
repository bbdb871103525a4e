//! API tokens of the asker: the list, making one, taking one back.
//! Not for: what a token may read (`api::caller`).

use axum::extract::State;
use axum::response::Response;
use domain::ids::TokenId;
use domain::roles::Act;
use serde::Deserialize;
use service::sessions::{self, TokenLine, TokenRights};

use super::account;
use crate::AppState;
use crate::errors::WebError;
use crate::form::{CsrfForm, Mistake};
use crate::i18n::Lang;
use crate::shell;
use crate::visitor::SignedIn;

/// Days a token may live.
const DAYS: [u16; 4] = [7, 30, 90, 365];
/// What is chosen at first.
pub(super) const USUAL_DAYS: u16 = 90;
/// Letters of a token's name.
const NAME_LETTERS: usize = 80;

/// A token, ready to print.
pub(super) struct TokenRow {
    pub(super) id: i64,
    pub(super) name: String,
    pub(super) created: String,
    pub(super) used: Option<String>,
    pub(super) expires: String,
    pub(super) rights: String,
}

/// The asker's live tokens.
pub(super) async fn own(state: &AppState, signed_in: &SignedIn) -> Result<Vec<TokenRow>, WebError> {
    let lang = signed_in.lang();
    let row = |line: TokenLine| TokenRow {
        id: line.id.0,
        name: line.name,
        created: lang.instant(line.created_at),
        used: line.used_at.map(|used| lang.instant(used)),
        expires: lang.instant(line.expires_at),
        rights: right(lang, line.rights),
    };
    Ok(sessions::own_tokens(&state.services, &signed_in.ctx).await?.into_iter().map(row).collect())
}

/// The spans to choose from.
pub(super) fn days(lang: Lang, chosen: u16) -> Vec<(u16, String, bool)> {
    DAYS.map(|days| (days, lang.counted("account-days", i64::from(days)), days == chosen)).to_vec()
}

/// The rights to choose from: reading is the usual one, and only administrators serve a directory.
const RIGHTS: [(&str, TokenRights); 3] =
    [("read", TokenRights::Read), ("write", TokenRights::Write), ("directory", TokenRights::Directory)];

fn right(lang: Lang, rights: TokenRights) -> String {
    lang.t(match rights {
        TokenRights::Read => "account-token-reads",
        TokenRights::Write => "account-token-writes",
        TokenRights::Directory => "account-token-serves",
    })
}

fn offered(signed_in: &SignedIn) -> impl Iterator<Item = (&'static str, TokenRights)> {
    let serves = signed_in.ctx.may(Act::ServeDirectory);
    RIGHTS.into_iter().filter(move |(_, rights)| serves || *rights != TokenRights::Directory)
}

/// The rights to choose from, as the form offers them.
pub(super) fn rights(signed_in: &SignedIn, chosen: &str) -> Vec<(&'static str, String, bool)> {
    offered(signed_in).map(|(code, rights)| (code, right(signed_in.lang(), rights), code == chosen)).collect()
}

/// The token wished for.
#[derive(Deserialize)]
pub(crate) struct Wish {
    name: String,
    days: u16,
    #[serde(default)]
    rights: String,
}

/// Makes a token and shows it this once.
pub(crate) async fn create(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(wish): CsrfForm<Wish>,
) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let name = wish.name.trim();
    let mut mistakes = Vec::new();
    if name.is_empty() || name.chars().count() > NAME_LETTERS {
        mistakes.push(Mistake::new("name", lang.t("account-token-name-wrong")));
    }
    if !DAYS.contains(&wish.days) {
        mistakes.push(Mistake::new("days", lang.t("account-token-days-wrong")));
    }
    let chosen = if wish.rights.is_empty() { "read" } else { wish.rights.as_str() };
    let rights = offered(&signed_in).find(|(code, _)| *code == chosen).map(|(_, rights)| rights);
    if rights.is_none() {
        mistakes.push(Mistake::new("rights", lang.t("account-token-rights-wrong")));
    }
    let Some(rights) = rights.filter(|_| mistakes.is_empty()) else {
        let mut page = account(&state, &signed_in).await?;
        name.clone_into(&mut page.name);
        page.days = days(lang, wish.days);
        page.rights = self::rights(&signed_in, chosen);
        return page.again(mistakes);
    };
    let token = sessions::create_token_with(&state.services, &signed_in.ctx, name, wish.days, rights).await?;
    let mut page = account(&state, &signed_in).await?;
    page.token = Some(token);
    shell::page(&page)
}

/// The token to take back.
#[derive(Deserialize)]
pub(crate) struct Taking {
    token: i64,
}

/// Ends a token.
pub(crate) async fn revoke(
    State(state): State<AppState>,
    signed_in: SignedIn,
    CsrfForm(taking): CsrfForm<Taking>,
) -> Result<Response, WebError> {
    sessions::revoke_token(&state.services, &signed_in.ctx, TokenId(taking.token)).await?;
    Ok(shell::see_other("/tai-khoan?xong=thu-hoi"))
}
