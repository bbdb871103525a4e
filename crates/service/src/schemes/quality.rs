//! Printed figures of signed documents, recomputed: which add up, which do not, and what the live tables follow.
//! Not for: the live tables themselves (`statistics`).

use std::sync::LazyLock;

use domain::printed::{Finding, PrintedTable, examine};
use domain::roles::Act;

use crate::{ActError, Ctx};

/// The examination of one document.
#[derive(Debug, Clone)]
pub struct Quality {
    /// Scheme code.
    pub scheme: String,
    /// Its printed tables.
    pub tables: Vec<PrintedTable>,
    /// Every examined figure.
    pub findings: Vec<Finding>,
}

/// Examines the printed tables of the schemes that have some.
///
/// # Errors
/// [`ActError::Forbidden`] without a role that may see data quality.
pub fn quality(ctx: &Ctx) -> Result<&'static [Quality], ActError> {
    ctx.scope(Act::ViewQuality)?;
    match &*EXAMINED {
        Some(examined) => Ok(examined),
        None => Err(ActError::Internal(store::StoreError::Unreadable("printed tables".to_owned()))),
    }
}

/// The shipped tables never change while the program runs, so they are read and recomputed once.
static EXAMINED: LazyLock<Option<Vec<Quality>>> = LazyLock::new(|| {
    let file = schemefile::parse_tables(schemefile::builtin_tables()).ok()?;
    let findings = examine(&file.tables, &file.checks);
    Some(vec![Quality { scheme: file.scheme, tables: file.tables, findings }])
});
