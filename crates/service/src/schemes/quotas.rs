//! The quota board of a scheme: every line of every quota with what was counted.
//! Not for: comparing (`domain::quotas`) or counting (`store`).

use std::collections::BTreeMap;
use std::sync::Arc;

use domain::ids::UnitId;
use domain::quotas::{self, Counts, QuotaLine};
use domain::roles::Act;
use domain::schemes::{Quota, QuotaCounts, Scheme};
use domain::time::Date;
use store::read::quotas as read;

use super::one;
use crate::{ActError, Ctx, Services};

/// One quota with its lines.
#[derive(Debug, Clone)]
pub struct QuotaRow {
    /// The quota.
    pub quota: Quota,
    /// Its lines with the name of the unit that carries the agency's role on the day the scheme was signed, if one does.
    pub lines: Vec<(QuotaLine, Option<String>)>,
}

/// All quotas of a scheme on a day.
#[derive(Debug, Clone, Default)]
pub struct QuotaBoard {
    /// Quotas in document order.
    pub rows: Vec<QuotaRow>,
}

impl QuotaBoard {
    /// Lines reached, and all lines.
    #[must_use]
    pub fn reached(&self) -> (usize, usize) {
        let lines = || self.rows.iter().flat_map(|r| r.lines.iter());
        (lines().filter(|(l, _)| l.is_reached()).count(), lines().count())
    }
}

/// The quota board of a scheme.
///
/// # Errors
/// [`ActError::NotFound`] when the scheme is not in force.
pub async fn quotas(services: &Services, ctx: &Ctx, code: &str, as_of: Date) -> Result<Arc<QuotaBoard>, ActError> {
    ctx.scope(Act::ViewProgress)?;
    let stored = one(services, ctx, code).await?;
    let key = (stored.version.id.0, as_of);
    services.schemes.quotas.get(services.facts(ctx).await?, key, board(services, ctx, &stored.scheme, as_of)).await
}

async fn board(services: &Services, ctx: &Ctx, scheme: &Scheme, as_of: Date) -> Result<QuotaBoard, ActError> {
    if scheme.quotas.is_empty() {
        return Ok(QuotaBoard::default());
    }
    let Counted { counts, names } = counted(services, ctx, scheme, as_of).await?;
    let row = |quota: &Quota| QuotaRow {
        quota: quota.clone(),
        lines: quotas::lines(quota, &counts, as_of)
            .into_iter()
            .map(|line| {
                let name = line.agency.as_ref().and_then(|(_, unit)| unit.and_then(|u| names.get(&u)).cloned());
                (line, name)
            })
            .collect(),
    };
    Ok(QuotaBoard { rows: scheme.quotas.iter().map(row).collect() })
}

/// What was counted for the quotas of a scheme, with the names of the agencies.
#[derive(Debug)]
pub(crate) struct Counted {
    /// What was counted.
    pub(crate) counts: Counts,
    /// Names by unit.
    pub(crate) names: BTreeMap<UnitId, String>,
}

/// Counts everything that the quotas of a scheme ask for.
pub(crate) async fn counted(services: &Services, ctx: &Ctx, scheme: &Scheme, as_of: Date) -> Result<Counted, ActError> {
    let agencies = read::agencies(&services.db, scheme.signed_on.unwrap_or(scheme.phase.from())).await?;
    let names = agencies.iter().map(|a| (a.unit, a.name.clone())).collect();
    let counts = Counts {
        events: read::events(&services.db, &scheme.code, as_of).await?,
        places: match scheme.quotas.iter().any(|q| matches!(q.counts, QuotaCounts::Places { .. })) {
            true => {
                let agencies = agency_of(services, ctx).await?;
                read::places(&services.db, &agencies, scheme.phase.from(), as_of).await?
            }
            false => Vec::new(),
        },
        agencies: agencies.iter().flat_map(coded).collect(),
    };
    Ok(Counted { counts, names })
}

/// The agencies of all units.
pub(crate) async fn agency_of(services: &Services, ctx: &Ctx) -> Result<Arc<read::AgencyOf>, ActError> {
    let make = async { Ok(read::agency_of(&services.db).await?) };
    services.schemes.agency_of.get(services.facts(ctx).await?, (), make).await
}

/// An agency under its own code and under those of its groups.
fn coded(agency: &read::Agency) -> Vec<(String, UnitId)> {
    let groups = agency.kind.groups(agency.level).iter().filter(|g| **g != agency.actor).map(|g| (*g).to_owned());
    std::iter::once(agency.actor.clone()).chain(groups).map(|code| (code, agency.unit)).collect()
}
