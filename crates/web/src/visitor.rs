//! Who looks at a page and how they want to see it, found once per request; extractors take it from there.
//! Not for: the API (`api::caller`), rights (`domain::roles`).

use std::sync::Arc;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{HeaderMap, Uri};
use domain::time::{Date, Instant};
use service::waits::Waits;
use service::{Ctx, sessions};

use crate::errors::WebError;
use crate::i18n::Lang;
use crate::preferences::Theme;
use crate::session;
use crate::{AppState, layers};

/// The session of a visitor, without its token.
#[derive(Debug, Clone)]
pub(crate) struct Person {
    pub(crate) session: domain::ids::SessionId,
    pub(crate) name: String,
    pub(crate) who: domain::roles::Who,
    /// Version of the facts when the request began.
    pub(crate) facts: i64,
    /// The columns chosen for lists of officials.
    pub(crate) columns: Option<String>,
    /// How much waits on the person.
    pub(crate) waits: Waits,
}

/// Who looks, in which language and theme, at what.
#[derive(Debug, Clone)]
pub(crate) struct Visitor {
    pub(crate) lang: Lang,
    pub(crate) theme: Theme,
    /// Signed in.
    pub(crate) person: Option<Person>,
    /// What forms repeat: of the session, or of the visitor's own cookie.
    pub(crate) csrf: String,
    /// The visitor's own cookie must still be set.
    pub(crate) csrf_is_new: bool,
    pub(crate) now: Instant,
    pub(crate) today: Date,
    /// Path and query of the page.
    pub(crate) place: String,
    pub(crate) operation: String,
    pub(crate) province: String,
    pub(crate) demo: bool,
}

impl Visitor {
    /// Finds out who asks.
    ///
    /// # Errors
    /// [`WebError::Internal`] when the database fails.
    pub(crate) async fn find(state: &AppState, headers: &HeaderMap, uri: &Uri) -> Result<Self, WebError> {
        let now = (state.clock)();
        let today = domain::time::day_of(now);
        let found = match session::token(headers) {
            Some(token) => sessions::session(&state.services, &token, now, today).await?,
            None => None,
        };
        let mut visitor = Self::unknown(state, headers, uri);
        if let Some(found) = found {
            visitor.csrf.clone_from(&found.csrf);
            visitor.csrf_is_new = false;
            visitor.person = Some(Person {
                session: found.id,
                name: found.name.clone(),
                who: found.who.clone(),
                facts: found.facts,
                columns: found.columns.clone(),
                waits: Waits::default(),
            });
            let waits = service::waits::waits(&state.services, &visitor.ctx()).await?;
            visitor.person.iter_mut().for_each(|person| person.waits = waits);
        }
        Ok(visitor)
    }

    /// A visitor of whom only the request is known.
    pub(crate) fn unknown(state: &AppState, headers: &HeaderMap, uri: &Uri) -> Self {
        let now = (state.clock)();
        let own = session::cookie(headers, session::FORMS).filter(|c| c.len() == 64 && c.bytes().all(|b| b.is_ascii_hexdigit()));
        Self {
            lang: session::cookie(headers, session::LANG).and_then(Lang::from_code).unwrap_or_default(),
            theme: session::cookie(headers, session::THEME).and_then(Theme::from_code).unwrap_or_default(),
            person: None,
            csrf_is_new: own.is_none(),
            csrf: own.map_or_else(random, str::to_owned),
            now,
            today: domain::time::day_of(now),
            place: uri.path_and_query().map_or("/", |p| p.as_str()).to_owned(),
            operation: layers::current_operation().unwrap_or_default(),
            province: state.province.clone(),
            demo: state.demo,
        }
    }

    /// What acts are given.
    pub(crate) fn ctx(&self) -> Ctx {
        let person = self.person.as_ref();
        let (who, facts) = (person.map(|p| p.who.clone()), person.map(|p| p.facts));
        Ctx { now: self.now, today: self.today, who, operation: self.operation.clone(), facts }
    }
}

/// A token that nobody guesses.
pub(crate) fn random() -> String {
    let mut bytes = [0_u8; 32];
    // Without randomness no token may exist: a guessable one would protect nothing.
    if getrandom::fill(&mut bytes).is_err() {
        std::process::abort();
    }
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Anyone, signed in or not.
pub(crate) struct Anyone(pub(crate) Arc<Visitor>);

impl FromRequestParts<AppState> for Anyone {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        match parts.extensions.get::<Arc<Visitor>>() {
            Some(visitor) => Ok(Self(Arc::clone(visitor))),
            None => Ok(Self(Arc::new(Visitor::find(state, &parts.headers, &parts.uri).await?))),
        }
    }
}

/// Someone signed in; everyone else is led to the sign-in page and back.
pub(crate) struct SignedIn {
    /// What acts are given; `who` is always there.
    pub(crate) ctx: Ctx,
    pub(crate) visitor: Arc<Visitor>,
}

impl SignedIn {
    /// The language of the page.
    pub(crate) fn lang(&self) -> Lang {
        self.visitor.lang
    }
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, WebError> {
        let Anyone(visitor) = Anyone::from_request_parts(parts, state).await?;
        if visitor.person.is_none() {
            return Err(WebError::NotSignedIn);
        }
        Ok(Self { ctx: visitor.ctx(), visitor })
    }
}
