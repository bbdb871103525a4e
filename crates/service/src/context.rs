//! What every act is given: who asks, when, and the services it may use.
//! Not for: reading the clock; `app` and `web` pass the time in.

use domain::roles::{self, Act, Forbidden, Scope, Who};
use domain::time::{Date, Instant};
use store::Db;

use crate::progress::FigureCache;
use crate::schemes::SchemeShelf;

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
}

impl Ctx {
    /// The system itself: whoever runs the terminal on the server owns the database already.
    #[must_use]
    pub fn system(now: Instant, today: Date) -> Self {
        Self { now, today, who: None, operation: "system".to_owned() }
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
    /// Parsed schemes in force.
    pub(crate) shelf: SchemeShelf,
    /// Figures by the version of the facts they were counted from.
    pub(crate) figures: FigureCache,
}

impl Services {
    /// Services over an open database.
    #[must_use]
    pub fn new(db: Db) -> Self {
        Self { db, shelf: SchemeShelf::default(), figures: FigureCache::default() }
    }
}
