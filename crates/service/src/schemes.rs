//! Schemes: the shelf of those in force, reading them, and the acts of their life.
//! Not for: the file format (`schemefile`) or counting (`progress`).

mod documents;
mod edit;
mod quality;
mod quotas;
mod tasks;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use domain::roles::Act;
use domain::schemes::{Scheme, Target};
use store::read::schemes as read;

use crate::{ActError, Ctx, Services};

pub use documents::version;
pub use edit::{Draft, EditRefusal, check, create, publish, retire, save_draft, start_draft};
pub use quality::{Quality, quality};
pub use quotas::{QuotaBoard, QuotaRow, quotas};
pub use schemefile::{Fault, write as compose};
pub use store::read::schemes::{Version, VersionLine, VersionState};
pub use store::write::schemes::Occurrence;
pub use tasks::{MarkRefusal, TaskBoard, TaskRow, TaskState, mark_target, mark_task, tasks};

/// A parsed version in force.
#[derive(Debug)]
pub struct Stored {
    /// The version.
    pub version: VersionLine,
    /// The document.
    pub scheme: Scheme,
}

impl Stored {
    /// The scheme's target with this code.
    #[must_use]
    pub fn target(&self, code: &str) -> Option<&Target> {
        self.scheme.target(code)
    }
}

/// Parsed versions by id and revision; a version never changes under one revision.
#[derive(Debug, Default)]
pub struct SchemeShelf {
    parsed: RwLock<HashMap<(i64, i32), Arc<Stored>>>,
}

impl SchemeShelf {
    fn get(&self, version: &VersionLine) -> Option<Arc<Stored>> {
        self.parsed.read().ok()?.get(&(version.id.0, version.revision)).cloned()
    }

    fn put(&self, stored: &Arc<Stored>) {
        if let Ok(mut parsed) = self.parsed.write() {
            parsed.retain(|(id, _), _| *id != stored.version.id.0);
            parsed.insert((stored.version.id.0, stored.version.revision), Arc::clone(stored));
        }
    }
}

/// Schemes in force, by code.
///
/// # Errors
/// [`ActError::Forbidden`] without a role that may see progress.
pub async fn in_force(services: &Services, ctx: &Ctx) -> Result<Vec<Arc<Stored>>, ActError> {
    ctx.scope(Act::ViewProgress)?;
    shelf(services).await
}

/// One scheme in force.
///
/// # Errors
/// [`ActError::NotFound`] when none of that code is in force.
pub async fn one(services: &Services, ctx: &Ctx, code: &str) -> Result<Arc<Stored>, ActError> {
    let all = in_force(services, ctx).await?;
    all.into_iter().find(|s| s.scheme.code == code).ok_or(ActError::NotFound)
}

pub(crate) async fn shelf(services: &Services) -> Result<Vec<Arc<Stored>>, ActError> {
    let lines = read::published(&services.db).await?;
    let missing: Vec<_> = lines.iter().filter(|l| services.shelf.get(l).is_none()).map(|l| l.id).collect();
    for version in read::bodies(&services.db, &missing).await? {
        let scheme = schemefile::parse(&version.body)
            .map_err(|_| ActError::Internal(store::StoreError::Unreadable(format!("scheme {}", version.line.scheme))))?;
        services.shelf.put(&Arc::new(Stored { version: version.line, scheme }));
    }
    Ok(lines.iter().filter_map(|l| services.shelf.get(l)).collect())
}

/// Every version of a scheme, newest first; drafts only for those who may edit.
///
/// # Errors
/// [`ActError::Forbidden`] without a role that may see progress.
pub async fn versions(services: &Services, ctx: &Ctx, scheme: Option<&str>) -> Result<Vec<VersionLine>, ActError> {
    ctx.scope(Act::ViewProgress)?;
    let mut lines = read::versions(&services.db, scheme).await?;
    if !ctx.may(Act::EditScheme) {
        lines.retain(|l| l.state != read::VersionState::Draft);
    }
    Ok(lines)
}
