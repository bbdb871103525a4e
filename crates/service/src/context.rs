//! What every act is given: who asks, when, and the services it may use.
//! Not for: reading the clock; `app` and `web` pass the time in.

use domain::roles::{self, Act, Forbidden, Scope, Who};
use domain::time::{Date, Instant};
use store::Db;
use store::read::accounts;

use crate::ActError;
use crate::gaps::KeptGaps;
use crate::intake::Jobs;
use crate::plans::KeptPlans;
use crate::programmes::KeptOffers;
use crate::progress::KeptFigures;
use crate::registry::{KeptFacets, KeptPages, KeptPairs, KeptPosts, KeptUnits};
use crate::schemes::KeptSchemes;
use crate::sessions::KeptSessions;
use crate::standards::KeptStandards;
use crate::statistics::KeptTables;
use crate::waits::KeptWaits;
use crate::work::Works;

/// One request: who, when, and an id that ties its log lines together.
#[derive(Debug, Clone)]
pub struct Ctx {
    /// Now.
    pub now: Instant,
    /// The legal day in the province's time zone.
    pub today: Date,
    /// Who asks; `None` is the system itself (the terminal on the server, jobs).
    pub who: Option<Who>,
    /// Id of the request.
    pub operation: String,
    /// Version of the facts when the request began, if it is known already.
    pub facts: Option<i64>,
}

impl Ctx {
    /// The system itself: whoever runs the terminal on the server owns the database already.
    #[must_use]
    pub fn system(now: Instant, today: Date) -> Self {
        Self { now, today, who: None, operation: "system".to_owned(), facts: None }
    }

    /// Where the asker may do a reading act.
    ///
    /// # Errors
    /// [`Forbidden`] when nowhere.
    pub fn scope(&self, act: Act) -> Result<Scope, Forbidden> {
        match &self.who {
            Some(who) => roles::scope(who, act),
            None => Ok(Scope::system()),
        }
    }

    /// Whether the asker may do an act somewhere.
    #[must_use]
    pub fn may(&self, act: Act) -> bool {
        self.scope(act).is_ok()
    }
}

/// The database and what is kept beside it in memory.
#[derive(Debug)]
pub struct Services {
    /// The database.
    pub db: Db,
    pub(crate) schemes: KeptSchemes,
    pub(crate) figures: KeptFigures,
    pub(crate) gaps: KeptGaps,
    pub(crate) plans: KeptPlans,
    pub(crate) offers: KeptOffers,
    pub(crate) standards: KeptStandards,
    pub(crate) units: KeptUnits,
    pub(crate) people: KeptPages,
    pub(crate) posts: KeptPosts,
    pub(crate) pairs: KeptPairs,
    pub(crate) facets: KeptFacets,
    pub(crate) tables: KeptTables,
    pub(crate) sessions: KeptSessions,
    pub(crate) waits: KeptWaits,
    pub(crate) jobs: Jobs,
    pub(crate) works: Works,
    /// Machines of this process write one after the other, so that none finds its plan overtaken by another.
    pub(crate) turn: tokio::sync::Mutex<()>,
    /// Whoever gives or frees seats does so one after the other.
    pub(crate) seats: tokio::sync::Mutex<()>,
    /// Scans of sheets are read one after the other, so that their pictures do not fill the memory together.
    pub(crate) scanning: tokio::sync::Mutex<()>,
}

impl Services {
    /// Services over an open database.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self {
            db,
            schemes: KeptSchemes::default(),
            figures: KeptFigures::default(),
            gaps: KeptGaps::default(),
            plans: KeptPlans::default(),
            offers: KeptOffers::default(),
            standards: KeptStandards::default(),
            units: KeptUnits::default(),
            people: KeptPages::default(),
            posts: KeptPosts::default(),
            pairs: KeptPairs::default(),
            facets: KeptFacets::default(),
            tables: KeptTables::default(),
            sessions: KeptSessions::default(),
            waits: KeptWaits::default(),
            jobs: Jobs::default(),
            works: Works::default(),
            turn: tokio::sync::Mutex::default(),
            seats: tokio::sync::Mutex::default(),
            scanning: tokio::sync::Mutex::default(),
        }
    }

    /// The version of the facts that answers of this request are kept under.
    pub(crate) async fn facts(&self, ctx: &Ctx) -> Result<i64, ActError> {
        match ctx.facts {
            Some(facts) => Ok(facts),
            None => Ok(accounts::facts_version(&self.db).await?),
        }
    }
}
