//! Places that schemes give to agencies for degrees: what is left of them when whoever is named by now is counted in.
//! Not for: counting who was sent (`schemes::quotas`), or numbers that a scheme only wants reached.

use domain::classes::Terms;
use domain::ids::UnitId;
use domain::people::{LeaderGroup, StaffKind, StudyField};
use domain::plans::Working;
use domain::quotas::{self, Counts, PlaceCount};
use domain::schemes::{Quota, QuotaAgency, QuotaCounts, Scheme};
use domain::training::TrainingKind;
use std::sync::Arc;
use store::At;
use store::read::quotas::{self as read, AgencyOf};

use crate::schemes::quotas::{agency_of, counted};
use crate::schemes::{Stored, followed};
use crate::{ActError, Ctx, Services};

/// Places of one quota and agency, or of agencies that share them.
#[derive(Debug)]
struct Ceiling {
    field: Option<StudyField>,
    eligible: Vec<(StaffKind, Vec<LeaderGroup>)>,
    agencies: Vec<UnitId>,
    taken: i64,
    most: i64,
}

/// The places that a class takes from.
#[derive(Debug, Default)]
pub(super) struct Places {
    ceilings: Vec<Ceiling>,
    agency_of: Arc<AgencyOf>,
}

impl Places {
    /// Reads them; training has none. A class that answers a topic takes from the places of that scheme, any other from those of every
    /// scheme in force.
    pub(super) async fn of(services: &Services, ctx: &Ctx, at: At<'_>, terms: &Terms) -> Result<Self, ActError> {
        if terms.kind != TrainingKind::Education {
            return Ok(Self::default());
        }
        // The version that the request began with may be older than the lock of the seats.
        let ctx = &Ctx { facts: None, ..ctx.clone() };
        let mut places = Self { ceilings: Vec::new(), agency_of: agency_of(services, ctx).await? };
        for stored in followed(services, ctx).await?.iter() {
            let is_meant = terms.topic.as_ref().is_none_or(|topic| topic.scheme == stored.scheme.code);
            if is_meant && stored.scheme.quotas.iter().any(|quota| takes(quota, terms)) {
                places.add(services, ctx, at, (stored, terms)).await?;
            }
        }
        Ok(places)
    }

    async fn add(&mut self, services: &Services, ctx: &Ctx, at: At<'_>, (stored, terms): (&Stored, &Terms)) -> Result<(), ActError> {
        let scheme = &stored.scheme;
        let make = counted(services, ctx, scheme, ctx.today);
        let sent = services.plans.quotas.get(services.facts(ctx).await?, (stored.version.id.0, ctx.today), make).await?;
        let mut counts = sent.counts.clone();
        for quota in scheme.quotas.iter().filter(|quota| takes(quota, terms)) {
            let QuotaCounts::Places { field, eligible, .. } = &quota.counts else { continue };
            let last = quota.phase.last_day().unwrap_or(terms.starts_on);
            let named = read::named(at, &self.agency_of, (quota.phase.from(), last)).await?;
            counts.places = sent.counts.places.iter().chain(&named).filter(|place| is_of(scheme, quota, &counts, place)).cloned().collect();
            for line in quotas::lines(quota, &counts, terms.starts_on) {
                if line.year.is_some_and(|year| year != terms.starts_on.year()) {
                    continue;
                }
                let Some((actor, unit)) = line.agency else { continue };
                let agencies = unit.map_or_else(|| members(&counts, &actor), |unit| vec![unit]);
                self.ceilings.push(Ceiling { field: *field, eligible: eligible.clone(), agencies, taken: line.count, most: line.at_least });
            }
        }
        Ok(())
    }

    /// Places taken and given, when those that somebody would take from are full. Places for the field itself go before those for
    /// other fields.
    pub(super) fn full_for(&self, who: &Working) -> Option<(i64, i64)> {
        let agencies = self.agency_of.get(&who.unit)?;
        let is_such =
            |(staff, groups): &(StaffKind, Vec<LeaderGroup>)| *staff == who.staff && who.group.is_some_and(|g| groups.contains(&g));
        let takes =
            |ceiling: &&Ceiling| ceiling.agencies.iter().any(|agency| agencies.contains(agency)) && ceiling.eligible.iter().any(is_such);
        let mine: Vec<&Ceiling> = self.ceilings.iter().filter(takes).collect();
        let has_own = mine.iter().any(|ceiling| ceiling.field.is_some());
        let meant = mine.into_iter().filter(|ceiling| !has_own || ceiling.field.is_some());
        meant.filter(|ceiling| ceiling.taken >= ceiling.most).map(|ceiling| (ceiling.taken, ceiling.most)).next()
    }
}

/// Whether a quota gives places for such a class: it says who may come. One that does not is a number to reach, no ceiling.
fn takes(quota: &Quota, terms: &Terms) -> bool {
    let QuotaCounts::Places { degrees, field, eligible } = &quota.counts else { return false };
    !eligible.is_empty()
        && terms.degree.is_some_and(|degree| degrees.contains(&degree))
        && (field.is_none() || *field == terms.field)
        && quota.phase.contains(terms.starts_on)
}

/// Whether a place counts in a quota: one for other fields leaves out fields in which the scheme gives the agency places of their own.
fn is_of(scheme: &Scheme, quota: &Quota, counts: &Counts, place: &PlaceCount) -> bool {
    let QuotaCounts::Places { field: None, .. } = &quota.counts else { return true };
    let has_own = |other: &Quota| {
        let QuotaCounts::Places { field: Some(field), .. } = &other.counts else { return false };
        Some(*field) == place.field && other.agencies.iter().any(|agency| members(counts, actor(agency)).contains(&place.agency))
    };
    !scheme.quotas.iter().any(has_own)
}

fn actor(agency: &QuotaAgency) -> &str {
    match agency {
        QuotaAgency::One(actor) | QuotaAgency::Each(actor) | QuotaAgency::Together(actor) => actor,
    }
}

fn members(counts: &Counts, actor: &str) -> Vec<UnitId> {
    counts.agencies.iter().filter(|(code, _)| code == actor).map(|(_, unit)| *unit).collect()
}
