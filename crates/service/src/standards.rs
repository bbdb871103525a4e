//! Standards: what holders of posts must have. The shelf of those in force, their versions, and the acts of their life.
//! Not for: the file format (`schemefile`), or who lacks what (`gaps`).

mod edit;
mod preview;

use std::sync::Arc;

use domain::roles::Act;
use domain::standards::{Requirement, Standard};
use domain::time::Date;
use store::StoreError;
use store::read::progress::Place;
use store::read::standards as read;

use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

pub use edit::{Draft, EditRefusal, create, publish, retire, save_draft, start_draft};
pub use preview::{Effect, Preview, Side, of_text, people, preview};
pub use schemefile::{parse_standard as check, write_standard as compose};
pub use store::read::schemes::VersionState;
pub use store::read::standards::{StandardLine, StandardText};

/// A standard in force.
#[derive(Debug)]
pub struct Followed {
    /// Its version; none for the standard that ships with the product and is used while nothing is published.
    pub version: Option<StandardLine>,
    /// The document.
    pub standard: Standard,
}

/// The standards in force.
#[derive(Debug)]
pub struct Shelf {
    /// By code.
    pub standards: Vec<Followed>,
    requirements: Vec<Arc<Requirement>>,
}

impl Shelf {
    fn of(standards: Vec<Followed>) -> Self {
        let all = standards.iter().flat_map(|followed| &followed.standard.requirements);
        let mut requirements: Vec<_> = all.cloned().map(Arc::new).collect();
        requirements.sort_by_key(|requirement| requirement.subject);
        Self { standards, requirements }
    }

    /// The requirements in force on a day, by subject, then in the order of the standards.
    pub fn on(&self, day: Date) -> impl Iterator<Item = &Arc<Requirement>> {
        self.requirements.iter().filter(move |requirement| requirement.during.contains(day))
    }

    /// The requirement with this code, on whichever days it is in force.
    #[must_use]
    pub fn requirement(&self, code: &str) -> Option<&Arc<Requirement>> {
        self.requirements.iter().find(|requirement| requirement.code == code)
    }

    /// The standard in force with this code.
    #[must_use]
    pub fn standard(&self, code: &str) -> Option<&Followed> {
        self.standards.iter().find(|followed| followed.standard.code == code)
    }
}

/// Standards kept in memory.
#[derive(Debug, Default)]
pub(crate) struct KeptStandards {
    shelf: Kept<(), Shelf>,
    previews: Kept<(String, Date, Place), Preview>,
}

/// The standards in force, whoever asks. Publishing and retiring count as changes of facts, so the kept ones are never old.
pub(crate) async fn followed(services: &Services, ctx: &Ctx) -> Result<Arc<Shelf>, ActError> {
    let make = async {
        let published = read::published(&services.db).await?;
        let unreadable = |what: String| ActError::Internal(StoreError::Unreadable(what));
        let stored = |text: StandardText| {
            let standard = check(&text.body).map_err(|_| unreadable(format!("standard {}", text.line.code)))?;
            Ok(Followed { version: Some(text.line), standard })
        };
        let mut standards = published.into_iter().map(stored).collect::<Result<Vec<_>, ActError>>()?;
        if standards.is_empty() {
            let shipped = check(schemefile::builtin_standard()).map_err(|_| unreadable("tieu-chuan-chung".to_owned()))?;
            standards.push(Followed { version: None, standard: shipped });
        }
        Ok(Shelf::of(standards))
    };
    services.standards.shelf.get(services.facts(ctx).await?, (), make).await
}

/// The standards in force, for the words of a requirement; they tell of nobody.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn shelf(services: &Services, ctx: &Ctx) -> Result<Arc<Shelf>, ActError> {
    followed(services, ctx).await
}

/// The standards in force.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people.
pub async fn in_force(services: &Services, ctx: &Ctx) -> Result<Arc<Shelf>, ActError> {
    ctx.scope(Act::ViewPeople)?;
    followed(services, ctx).await
}

/// Every version of every standard, newest first; drafts only for those who keep standards.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people.
pub async fn versions(services: &Services, ctx: &Ctx) -> Result<Vec<StandardLine>, ActError> {
    ctx.scope(Act::ViewPeople)?;
    let mut lines = read::versions(&services.db).await?;
    lines.retain(|line| line.state != VersionState::Draft || ctx.may(Act::KeepStandards));
    Ok(lines)
}

/// A version with its text; a draft only for those who keep standards.
///
/// # Errors
/// [`ActError::NotFound`] when there is none for the asker.
pub async fn version(services: &Services, ctx: &Ctx, code: &str, number: i32) -> Result<StandardText, ActError> {
    ctx.scope(Act::ViewPeople)?;
    let found = read::version(&services.db, code, number).await?;
    if found.line.state == VersionState::Draft && !ctx.may(Act::KeepStandards) {
        return Err(ActError::NotFound);
    }
    Ok(found)
}

/// The text of the standard that ships with the product.
#[must_use]
pub const fn shipped() -> &'static str {
    schemefile::builtin_standard()
}
