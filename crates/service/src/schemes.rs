//! Schemes: the shelf of those in force, reading them, and the acts of their life.
//! Not for: the file format (`schemefile`) or counting (`progress`).

mod documents;
mod edit;
mod quality;
pub(crate) mod quotas;
mod tasks;

use std::collections::HashMap;
use std::sync::{Arc, RwLock};

use domain::roles::Act;
use domain::schemes::{Scheme, Target};
use domain::time::Date;
use store::read::schemes as read;

use crate::kept::Kept;
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

/// Schemes kept in memory: those in force, parsed, and what their boards are drawn from.
#[derive(Debug, Default)]
pub(crate) struct KeptSchemes {
    followed: Kept<(), Vec<Arc<Stored>>>,
    /// Parsed versions by id and revision; a version never changes under one revision, so a change of facts parses nothing again.
    parsed: RwLock<HashMap<(i64, i32), Arc<Stored>>>,
    quotas: Kept<(i64, Date), QuotaBoard>,
    agency_of: Kept<(), store::read::quotas::AgencyOf>,
    marks: Kept<Date, Vec<read::TaskMark>>,
}

/// Schemes in force, by code.
///
/// # Errors
/// [`ActError::Forbidden`] without a role that may see progress.
pub async fn in_force(services: &Services, ctx: &Ctx) -> Result<Arc<Vec<Arc<Stored>>>, ActError> {
    ctx.scope(Act::ViewProgress)?;
    followed(services, ctx).await
}

/// One scheme in force.
///
/// # Errors
/// [`ActError::NotFound`] when none of that code is in force.
pub async fn one(services: &Services, ctx: &Ctx, code: &str) -> Result<Arc<Stored>, ActError> {
    let all = in_force(services, ctx).await?;
    all.iter().find(|s| s.scheme.code == code).cloned().ok_or(ActError::NotFound)
}

/// Schemes in force, whoever asks. Publishing and retiring count as changes of facts, so the kept ones are never old.
pub(crate) async fn followed(services: &Services, ctx: &Ctx) -> Result<Arc<Vec<Arc<Stored>>>, ActError> {
    let make = async {
        let lines = read::published(&services.db).await?;
        let parsed = |line: &VersionLine| services.schemes.parsed.read().ok()?.get(&(line.id.0, line.revision)).cloned();
        let unread: Vec<_> = lines.iter().filter(|l| parsed(l).is_none()).map(|l| l.id).collect();
        for version in read::bodies(&services.db, &unread).await? {
            let stored = Arc::new(stored(version)?);
            if let Ok(mut all) = services.schemes.parsed.write() {
                all.insert((stored.version.id.0, stored.version.revision), stored);
            }
        }
        Ok(lines.iter().filter_map(parsed).collect())
    };
    services.schemes.followed.get(services.facts(ctx).await?, (), make).await
}

fn stored(version: Version) -> Result<Stored, ActError> {
    let unreadable = |_| ActError::Internal(store::StoreError::Unreadable(format!("scheme {}", version.line.scheme)));
    Ok(Stored { scheme: schemefile::parse(&version.body).map_err(unreadable)?, version: version.line })
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
