//! Signing in and out, sessions, API tokens. Only digests of tokens are stored.
//! Not for: cookies (`web`).

use std::fmt::Write as _;
use std::sync::Arc;

use argon2::password_hash::phc::PasswordHash;
use argon2::{Argon2, PasswordHasher, PasswordVerifier};
use domain::ids::{SessionId, TokenId, UserId};
use domain::roles::{self, Act, Forbidden, Who};
use domain::time::{Date, Instant};
use sha2::{Digest, Sha256};
use store::read::accounts::{self, admin};
use store::write::{accounts as write, audit};

use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

pub use store::read::accounts::admin::TokenLine;
pub use store::read::accounts::{Bearer, Session, SessionLine, TokenRights};

/// Failed sign-ins of one login or address in fifteen minutes before further ones must wait.
pub const LOGIN_LIMIT: i64 = 5;
/// Failed sign-ins of one address; an office of many people shares one.
pub const ADDRESS_LIMIT: i64 = 50;
pub(crate) const WINDOW_MS: i64 = 15 * 60 * 1_000;
const SESSION_MS: i64 = 12 * 60 * 60 * 1_000;
/// Uses of a session or token within this time are not noted again.
const TOUCH_MS: i64 = 5 * 60 * 1_000;

/// Why a sign-in is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SignInRefusal {
    /// Login or password is wrong; which one is not told.
    WrongCredentials,
    /// Too many failures; wait so many minutes.
    TooMany {
        /// Minutes to wait.
        minutes: i64,
    },
}

/// A fresh session.
#[derive(Clone)]
pub struct SignedIn {
    /// Goes into the cookie and is stored nowhere.
    pub token: String,
    /// The session.
    pub session: SessionId,
}

impl std::fmt::Debug for SignedIn {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SignedIn").field("session", &self.session).finish_non_exhaustive()
    }
}

/// Who knocks.
#[derive(Debug, Clone, Copy)]
pub struct Knock<'a> {
    /// Network address.
    pub address: &'a str,
    /// Browser as it names itself.
    pub agent: &'a str,
}

/// Opens a session for a login and password.
///
/// # Errors
/// [`SignInRefusal`], after the same work whether the login exists or not.
pub async fn sign_in(
    services: &Services,
    ctx: &Ctx,
    login: &str,
    password: &str,
    knock: Knock<'_>,
) -> Result<SignedIn, ActError<SignInRefusal>> {
    let login = login.trim().to_lowercase();
    let (by_login, by_address) = accounts::failures(&services.db, &login, knock.address, ctx.now.plus_ms(-WINDOW_MS)).await?;
    if by_login >= LOGIN_LIMIT || by_address >= ADDRESS_LIMIT {
        return Err(ActError::Refused(SignInRefusal::TooMany { minutes: WINDOW_MS / 60_000 }));
    }
    let account = accounts::by_login(&services.db, &login).await?;
    // An account without a password takes as long as a wrong one, and nothing matches.
    let hash = account.as_ref().and_then(|a| a.password_hash.clone());
    let has_password = hash.is_some();
    let right = is_right(hash.unwrap_or_else(|| DUMMY_HASH.to_owned()), password).await && has_password;
    let tx = services.db.write().await?;
    let Some(account) = account.filter(|a| right && !a.locked) else {
        write::note_failure(&tx, &login, knock.address, ctx.now, ctx.now.plus_ms(-24 * 60 * 60 * 1_000)).await?;
        tx.commit().await?;
        return Err(ActError::Refused(SignInRefusal::WrongCredentials));
    };
    let (token, csrf) = (random(), random());
    let session = write::NewSession {
        user: account.id,
        token_hash: &digest(&token),
        csrf: &csrf,
        agent: knock.agent,
        now: ctx.now,
        expires_at: ctx.now.plus_ms(SESSION_MS),
    };
    let id = write::open_session(&tx, &session).await?;
    audit::record(&tx, &entry(ctx, Some(account.id), "session.open", &format!("session/{id}"))).await?;
    tx.commit().await?;
    Ok(SignedIn { token, session: id })
}

/// Live sessions by the digest of their token and the day, under the pulse of the database: whatever is written, by whomever, they
/// are read anew.
pub(crate) type KeptSessions = Kept<(String, Date), Session>;

/// The live session behind a cookie, its use noted now and then. It ends at once when this process ends it, and within a fifth of a
/// second when another one does.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn session(services: &Services, token: &str, now: Instant, today: Date) -> Result<Option<Arc<Session>>, ActError> {
    let pulse = i64::try_from(services.db.pulse().await?).unwrap_or(i64::MAX);
    let key = (digest(token), today);
    let read = async { accounts::session(&services.db, &key.0, now, today).await?.ok_or(ActError::NotFound) };
    let found = match services.sessions.get(pulse, key.clone(), read).await {
        Ok(session) if session.expires_at > now => session,
        Ok(_) | Err(ActError::NotFound) => return Ok(None),
        Err(other) => return Err(other),
    };
    if now.0 - found.seen_at.0 > TOUCH_MS {
        write::touch_session(&services.db, found.id, now).await?;
    }
    Ok(Some(found))
}

/// The person behind an API token, its use noted now and then.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn bearer(services: &Services, token: &str, now: Instant, today: Date) -> Result<Option<Who>, ActError> {
    Ok(bearer_with_rights(services, token, now, today).await?.map(|bearer| bearer.who))
}

/// As [`bearer`], with what the token may do. The token of a directory opens nothing here.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn bearer_with_rights(services: &Services, token: &str, now: Instant, today: Date) -> Result<Option<Bearer>, ActError> {
    Ok(live(services, token, now, today).await?.filter(|bearer| bearer.rights != TokenRights::Directory))
}

/// The person behind the token of a directory; no other token opens what is for directories.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn directory(services: &Services, token: &str, now: Instant, today: Date) -> Result<Option<Who>, ActError> {
    let found = live(services, token, now, today).await?;
    Ok(found.filter(|bearer| bearer.rights == TokenRights::Directory).map(|bearer| bearer.who))
}

async fn live(services: &Services, token: &str, now: Instant, today: Date) -> Result<Option<Bearer>, ActError> {
    let Some(bearer) = accounts::token(&services.db, &digest(token), now, today).await? else { return Ok(None) };
    if bearer.used_at.is_none_or(|used| now.0 - used.0 > TOUCH_MS) {
        write::touch_token(&services.db, bearer.id, now).await?;
    }
    Ok(Some(bearer))
}

/// Ends one of the asker's own sessions.
///
/// # Errors
/// [`ActError::NotFound`] when it is not the asker's or has ended.
pub async fn end_session(services: &Services, ctx: &Ctx, id: SessionId) -> Result<(), ActError> {
    let Some(who) = &ctx.who else { return Err(ActError::NotFound) };
    let tx = services.db.write().await?;
    if !write::end_session(&tx, who.user, id, ctx.now).await? {
        return Err(ActError::NotFound);
    }
    audit::record(&tx, &entry(ctx, Some(who.user), "session.end", &format!("session/{id}"))).await?;
    Ok(tx.commit().await?)
}

/// Ends all of the asker's own sessions but the one that is used here, and tells how many.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn end_other_sessions(services: &Services, ctx: &Ctx, here: SessionId) -> Result<u64, ActError> {
    let Some(who) = &ctx.who else { return Err(ActError::NotFound) };
    let tx = services.db.write().await?;
    let ended = write::end_sessions(&tx, who.user, Some(here), ctx.now).await?;
    audit::record(&tx, &entry(ctx, Some(who.user), "session.end_others", &format!("session/{here}"))).await?;
    tx.commit().await?;
    Ok(ended)
}

/// The asker's live sessions.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn own_sessions(services: &Services, ctx: &Ctx) -> Result<Vec<SessionLine>, ActError> {
    let Some(who) = &ctx.who else { return Ok(Vec::new()) };
    Ok(accounts::sessions(&services.db, who.user, ctx.now).await?)
}

/// Creates an API token that only reads, for the asker, and returns it once.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn create_token(services: &Services, ctx: &Ctx, name: &str, days: u16) -> Result<String, ActError> {
    create_token_with(services, ctx, name, days, TokenRights::Read).await
}

/// Creates a token for the asker with more than the right to read, and returns it once: it writes what the asker may write, or serves a
/// directory.
///
/// # Errors
/// [`ActError::Forbidden`] for a directory when the asker is no administrator.
pub async fn create_token_with(services: &Services, ctx: &Ctx, name: &str, days: u16, rights: TokenRights) -> Result<String, ActError> {
    let Some(who) = &ctx.who else { return Err(ActError::NotFound) };
    token_for(services, ctx, who.user, name, days, rights).await
}

/// Creates a token of a directory for the account of a login; only the terminal of the server asks for others.
///
/// # Errors
/// [`ActError::NotFound`] without such an account, [`ActError::Forbidden`] when it may not serve a directory, or the asker is a person.
pub async fn create_directory_token(services: &Services, ctx: &Ctx, login: &str, name: &str, days: u16) -> Result<String, ActError> {
    if ctx.who.is_some() {
        return Err(Forbidden { act: Act::ServeDirectory }.into());
    }
    let account = admin::one(&services.db, login, ctx.now, ctx.today).await?;
    let may = account.grants.iter().any(|g| g.unit.is_none() && roles::may(g.role, Act::ServeDirectory));
    if account.locked || !may {
        return Err(Forbidden { act: Act::ServeDirectory }.into());
    }
    token_for(services, ctx, account.id, name, days, TokenRights::Directory).await
}

async fn token_for(services: &Services, ctx: &Ctx, user: UserId, name: &str, days: u16, rights: TokenRights) -> Result<String, ActError> {
    if rights == TokenRights::Directory {
        ctx.scope(Act::ServeDirectory)?;
    }
    let token = format!("kv_{}", random());
    let expires = ctx.now.plus_ms(i64::from(days) * 24 * 60 * 60 * 1_000);
    let tx = services.db.write().await?;
    let id = write::create_token(&tx, user, name, &digest(&token), (ctx.now, expires), rights).await?;
    let told = match rights {
        TokenRights::Read => "",
        TokenRights::Write => "\nrights: write",
        TokenRights::Directory => "\nrights: directory",
    };
    let (subject, after) = (format!("token/{id}"), format!("name: {name}{told}"));
    audit::record(&tx, &audit::Entry { after: Some(&after), ..entry(ctx, Some(user), "token.create", &subject) }).await?;
    tx.commit().await?;
    Ok(token)
}

/// The asker's live tokens.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn own_tokens(services: &Services, ctx: &Ctx) -> Result<Vec<TokenLine>, ActError> {
    let Some(who) = &ctx.who else { return Ok(Vec::new()) };
    Ok(admin::tokens(&services.db, who.user, ctx.now).await?)
}

/// Ends one of the asker's own tokens; programs that use it are refused at once.
///
/// # Errors
/// [`ActError::NotFound`] when it is not the asker's or has ended.
pub async fn revoke_token(services: &Services, ctx: &Ctx, id: TokenId) -> Result<(), ActError> {
    let Some(who) = &ctx.who else { return Err(ActError::NotFound) };
    let tx = services.db.write().await?;
    if write::revoke_tokens(&tx, who.user, Some(id), ctx.now).await? == 0 {
        return Err(ActError::NotFound);
    }
    audit::record(&tx, &entry(ctx, Some(who.user), "token.revoke", &format!("token/{id}"))).await?;
    Ok(tx.commit().await?)
}

/// Argon2id with the library's recommended cost.
///
/// # Errors
/// A description when the library refuses the password (too long).
pub fn hash(password: &str) -> Result<String, argon2::password_hash::Error> {
    Ok(Argon2::default().hash_password(password.as_bytes())?.to_string())
}

/// Whether a password is that of a hash; verifying takes its time, on purpose, and so happens beside the requests.
pub(crate) async fn is_right(hash: String, password: &str) -> bool {
    let password = password.to_owned();
    tokio::task::spawn_blocking(move || verify(&hash, &password)).await.unwrap_or(false)
}

fn verify(hash: &str, password: &str) -> bool {
    PasswordHash::new(hash).is_ok_and(|parsed| Argon2::default().verify_password(password.as_bytes(), &parsed).is_ok())
}

/// Verified when the login does not exist, so that both cases take as long.
const DUMMY_HASH: &str = "$argon2id$v=19$m=19456,t=2,p=1$a2h1ZXZhbmtodWV2YW4$Jm1Jm0yQqk0x8cH2i5y3k6m9p1s4v7y0B3E6H9K2N5Q";

pub(crate) fn random() -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness no token may exist: an all-zero token would be guessable, so the process must not go on.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    hex(&bytes)
}

/// A key drawn by lot, of which nobody can tell when it was drawn.
pub(crate) fn lot() -> i64 {
    let mut bytes = [0_u8; 8];
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    // Positive, and far from the end up to which engines count their own keys.
    i64::from_be_bytes(bytes) & ((1 << 52) - 1) | 1
}

/// The digest under which a token is stored.
#[must_use]
pub fn digest(token: &str) -> String {
    hex(&Sha256::digest(token.as_bytes()))
}

/// The digest of a request's parts together.
#[must_use]
pub fn digest_of(parts: &[&[u8]]) -> String {
    let mut hash = Sha256::new();
    for part in parts {
        hash.update(part);
    }
    hex(&hash.finalize())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        // Writing into a string cannot fail.
        let _: std::fmt::Result = write!(text, "{byte:02x}");
        text
    })
}

fn entry<'a>(ctx: &'a Ctx, user: Option<UserId>, act: &'a str, subject: &'a str) -> audit::Entry<'a> {
    audit::Entry { at: ctx.now, user, act, subject, before: None, after: None, reason: "", operation: &ctx.operation }
}
