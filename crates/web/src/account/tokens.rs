//! API tokens of the asker: the list, making one, taking one back.
//! Not for: what a token may read (`api::caller`).

use axum::extract::State;
use axum::response::Response;
use domain::ids::TokenId;
use serde::Deserialize;
use service::sessions::{self, TokenLine};

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
        rights: lang.t(if line.writes { "account-token-writes" } else { "account-token-reads" }),
    };
    Ok(sessions::own_tokens(&state.services, &signed_in.ctx).await?.into_iter().map(row).collect())
}

/// The spans to choose from.
pub(super) fn days(lang: Lang, chosen: u16) -> Vec<(u16, String, bool)> {
    DAYS.map(|days| (days, lang.counted("account-days", i64::from(days)), days == chosen)).to_vec()
}

/// The rights to choose from: reading is the usual one.
const RIGHTS: [(&str, &str); 2] = [("read", "account-token-reads"), ("write", "account-token-writes")];

/// The rights to choose from, as the form offers them.
pub(super) fn rights(lang: Lang, chosen: &str) -> Vec<(&'static str, String, bool)> {
    RIGHTS.map(|(code, key)| (code, lang.t(key), code == chosen)).to_vec()
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
    if !RIGHTS.iter().any(|(code, _)| *code == chosen) {
        mistakes.push(Mistake::new("rights", lang.t("account-token-rights-wrong")));
    }
    if !mistakes.is_empty() {
        let mut page = account(&state, &signed_in).await?;
        name.clone_into(&mut page.name);
        page.days = days(lang, wish.days);
        page.rights = rights(lang, chosen);
        return page.again(mistakes);
    }
    let token = sessions::create_token_with(&state.services, &signed_in.ctx, name, wish.days, chosen == "write").await?;
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
