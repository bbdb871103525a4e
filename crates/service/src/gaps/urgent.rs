//! Who is to be trained first (cần bồi dưỡng ngay): a score made of parts that are shown beside it.
//! Not for: what a requirement is, or who lacks it (`gaps`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::ids::{OfficialId, UnitId};
use domain::roles::{self, Act, Scope};
use domain::standards::{Requirement, Subject};
use domain::time::{Date, add_months, months_before, number};
use futures_util::future::try_join_all;
use store::read::accounts;
use store::read::gaps::{self as read, Marked, Question};
use store::read::needs::NeedLine;
use store::read::progress::Place;
use store::read::units::within_areas;
use store::write::bump_facts;

use super::{Ask, known, place, yearly};
use crate::noting::set;
use crate::{ActError, Ctx, Services};
use crate::{registry, standards};

pub use store::read::gaps::PersonLine;

/// Months after a reorganisation in which somebody whose unit ended counts as hit by it.
const AFTER_REFORM: i32 = 24;
/// Months before a certificate runs out in which it counts as expiring.
const BEFORE_EXPIRY: i32 = 6;
/// Completed years of age below which somebody is preferred.
const YOUNG: i32 = 45;

/// What makes somebody urgent, or preferred among the urgent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The degree does not fit the post, or is too low.
    Unqualified,
    /// A required certificate or training is missing; counts once for each.
    Missing,
    /// A certificate runs out soon.
    Expiring,
    /// The unit says that a need of this person cannot wait.
    Stated,
    /// The unit ended in a reorganisation.
    Reorganised,
    /// Planned for a leadership post.
    Planned,
    /// Never finished any training.
    Untrained,
    /// A woman.
    Woman,
    /// Of an ethnic minority.
    Minority,
    /// Under 45.
    Young,
    /// Works in a remote, island or specially difficult area.
    Remote,
}

impl Reason {
    /// All, in the order in which they are shown.
    pub const ALL: &[Self] = &[
        Self::Unqualified,
        Self::Missing,
        Self::Expiring,
        Self::Stated,
        Self::Reorganised,
        Self::Planned,
        Self::Untrained,
        Self::Woman,
        Self::Minority,
        Self::Young,
        Self::Remote,
    ];

    /// The reason with this code.
    #[must_use]
    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|reason| reason.code() == code)
    }

    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Unqualified => "unqualified",
            Self::Missing => "missing",
            Self::Expiring => "expiring",
            Self::Stated => "stated",
            Self::Reorganised => "reorganised",
            Self::Planned => "planned",
            Self::Untrained => "untrained",
            Self::Woman => "woman",
            Self::Minority => "minority",
            Self::Young => "young",
            Self::Remote => "remote",
        }
    }

    /// Whether it only orders people who are urgent for another reason.
    #[must_use]
    pub const fn is_preference(self) -> bool {
        matches!(self, Self::Woman | Self::Minority | Self::Young | Self::Remote)
    }
}

/// Points for each reason, 0 to 100.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Weights(BTreeMap<Reason, u8>);

impl Default for Weights {
    fn default() -> Self {
        let points = [30, 10, 10, 25, 15, 20, 15, 3, 3, 2, 3];
        Self(Reason::ALL.iter().copied().zip(points).collect())
    }
}

impl Weights {
    /// The points for a reason.
    #[must_use]
    pub fn of(&self, reason: Reason) -> u8 {
        self.0.get(&reason).copied().unwrap_or_default()
    }

    /// The same with other points for one reason; above 100 counts as 100.
    #[must_use]
    pub fn with(mut self, reason: Reason, points: u8) -> Self {
        self.0.insert(reason, points.min(100));
        self
    }

    /// As a text that is kept and sent.
    #[must_use]
    pub fn text(&self) -> String {
        self.0.iter().map(|(reason, points)| format!("{}={points}", reason.code())).collect::<Vec<_>>().join(";")
    }

    /// The weights of a text; what it does not name is as the product ships it.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let pairs = text.split(';').filter_map(|pair| pair.split_once('='));
        let known = pairs.filter_map(|(code, points)| Some((Reason::from_code(code)?, points.parse().ok()?)));
        known.fold(Self::default(), |weights, (reason, points)| weights.with(reason, points))
    }
}

/// The setting that keeps the weights of the province.
const WEIGHTS: &str = "gaps.weights";

/// The weights of the province, or those of the product.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people.
pub async fn default_weights(services: &Services, ctx: &Ctx) -> Result<Arc<Weights>, ActError> {
    ctx.scope(Act::ViewPeople)?;
    let make = async { Ok(accounts::setting(&services.db, WEIGHTS).await?.map(|text| Weights::of_text(&text)).unwrap_or_default()) };
    services.gaps.weights.get(services.facts(ctx).await?, (), make).await
}

/// Makes weights those of the province.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep no standards.
pub async fn save_weights(services: &Services, ctx: &Ctx, weights: &Weights) -> Result<(), ActError> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    roles::authorise(who, Act::KeepStandards)?;
    let (before, after) = (default_weights(services, ctx).await?.text(), weights.text());
    let tx = services.db.write().await?;
    set(&tx, ctx, WEIGHTS, ("standard.weights", "gaps/weights"), (&before, &after)).await?;
    bump_facts(&tx).await?;
    Ok(tx.commit().await?)
}

/// Somebody of the urgent list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Urgent {
    /// Who.
    pub person: PersonLine,
    /// The sum of the parts.
    pub score: u32,
    /// Each reason with its points.
    pub parts: Vec<(Reason, u32)>,
    /// The requirements that are missing, by subject.
    pub missing: Vec<MissingOne>,
    /// What the unit says cannot wait.
    pub stated: Vec<NeedLine>,
}

/// A requirement that somebody misses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MissingOne {
    /// The requirement.
    pub requirement: Arc<Requirement>,
    /// Since when.
    pub since: Date,
}

/// The most urgent people, highest score first, then in name order.
///
/// # Errors
/// As [`super::heat`].
pub async fn urgent(services: &Services, ctx: &Ctx, ask: &Ask, weights: &Weights, most: usize) -> Result<Arc<Vec<Urgent>>, ActError> {
    within(services, ctx, &ctx.scope(Act::ViewPeople)?, ask, weights, most).await
}

pub(super) async fn within(
    services: &Services,
    ctx: &Ctx,
    scope: &Scope,
    ask: &Ask,
    weights: &Weights,
    most: usize,
) -> Result<Arc<Vec<Urgent>>, ActError> {
    let place = place(services, ctx, scope, &ask.place()).await?;
    let weights = &told(ctx, scope, weights);
    let stated = stated_in(services, &place, ask.on).await?;
    // Needs come and go without the facts of the register, so those that count are part of the question.
    let counted = stated.iter().map(|need| (need.id, need.revision)).collect();
    let key = (ask.clone(), place.clone(), (weights.clone(), most, counted));
    let make = async {
        let missing = missing(services, ctx, &place, ask.on).await?;
        let soon = add_months(ask.on, BEFORE_EXPIRY).unwrap_or(ask.on);
        let ended = months_before(ask.on, AFTER_REFORM).unwrap_or(ask.on);
        let marked = read::marked(&services.db, &place, ask.on, (ended, soon)).await?;
        let remote = remote(services, ctx, ask.on).await?;
        let mut stated = by_person(stated);
        let mut ranked: Vec<Ranked> = Vec::new();
        for person in &marked {
            let gaps = missing.get(&person.id).map(Vec::as_slice).unwrap_or_default();
            let beside = Beside { stated: stated.get(&person.id).map_or(0, Vec::len), is_remote: remote.contains(&person.unit) };
            let parts = parts(person, gaps, beside, weights, ask.on);
            if parts.iter().any(|(reason, _)| !reason.is_preference()) {
                ranked.push((parts.iter().map(|(_, points)| points).sum(), parts, person.id));
            }
        }
        ranked.sort_by_key(|(score, _, id)| (std::cmp::Reverse(*score), *id));
        ranked.truncate(most);
        list(services, ranked, (missing, std::mem::take(&mut stated)), ask.on).await
    };
    services.gaps.urgent.get(services.facts(ctx).await?, key, make).await
}

/// Needs that units say cannot wait, by the person they name.
type Stated = HashMap<OfficialId, Vec<NeedLine>>;

fn by_person(needs: Vec<NeedLine>) -> Stated {
    let mut stated = Stated::new();
    for need in needs {
        if let Some(official) = need.official.as_ref().map(|official| official.0) {
            stated.entry(official).or_default().push(need);
        }
    }
    stated
}

async fn stated_in(services: &Services, place: &Place, on: Date) -> Result<Vec<NeedLine>, ActError> {
    Ok(store::read::needs::urgent(&services.db, place, on.year()).await?)
}

/// Needs that units say cannot wait and that name nobody: nobody of the list stands for them.
///
/// # Errors
/// As [`super::heat`].
pub async fn stated_of_nobody(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<Vec<NeedLine>, ActError> {
    let place = place(services, ctx, &ctx.scope(Act::ViewPeople)?, &ask.place()).await?;
    let mut needs = stated_in(services, &place, ask.on).await?;
    needs.retain(|need| need.official.is_none());
    Ok(needs)
}

/// The units that lie in remote areas on a day, with everything below them.
pub(crate) async fn remote(services: &Services, ctx: &Ctx, on: Date) -> Result<BTreeSet<UnitId>, ActError> {
    let (areas, _) = registry::remote_areas(on)?;
    let mut found = within_areas(&services.db, &areas, on).await?;
    if found.is_empty() {
        return Ok(found);
    }
    let names = registry::unit_names(services, ctx).await?;
    let links: Vec<_> = names.map.links.iter().filter(|link| link.during.contains(on)).collect();
    loop {
        let more: Vec<UnitId> =
            links.iter().filter(|link| found.contains(&link.parent) && !found.contains(&link.unit)).map(|link| link.unit).collect();
        if more.is_empty() {
            return Ok(found);
        }
        found.extend(more);
    }
}

/// The weights without what the parts would tell of people to somebody who may not read it: an ethnic group is read for a purpose that is
/// noted, which this list does not ask for; an age by who keeps the records.
fn told(ctx: &Ctx, scope: &Scope, weights: &Weights) -> Weights {
    Reason::ALL.iter().filter(|reason| !is_told(ctx, scope, **reason)).fold(weights.clone(), |open, reason| open.with(*reason, 0))
}

fn is_told(ctx: &Ctx, scope: &Scope, reason: Reason) -> bool {
    match reason {
        _ if ctx.who.is_none() => true,
        Reason::Minority => false,
        Reason::Young => ctx.scope(Act::ExportPeople).is_ok_and(|kept| kept == *scope),
        _ => true,
    }
}

/// The reasons that count in the list of this asker.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people.
pub fn reasons_told(ctx: &Ctx) -> Result<Vec<Reason>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    Ok(Reason::ALL.iter().copied().filter(|reason| is_told(ctx, &scope, *reason)).collect())
}

/// Score, its parts and whose it is.
type Ranked = (u32, Vec<(Reason, u32)>, OfficialId);

/// Requirements that each person misses.
type Missing = HashMap<OfficialId, Vec<MissingOne>>;

async fn missing(services: &Services, ctx: &Ctx, place: &Place, on: Date) -> Result<Missing, ActError> {
    let yearly = known(&yearly(on)?);
    let shelf = standards::followed(services, ctx).await?;
    let found = try_join_all(shelf.on(on).map(async |requirement| {
        let question = Question { requirement, place, on, yearly: &yearly, among: None };
        Ok::<_, ActError>((requirement, read::all_missing(&services.db, &question).await?))
    }));
    let mut missing = Missing::new();
    for (requirement, people) in found.await? {
        for (official, since) in people {
            missing.entry(official).or_default().push(MissingOne { requirement: Arc::clone(requirement), since });
        }
    }
    Ok(missing)
}

/// What the register does not say of a person.
#[derive(Debug, Clone, Copy)]
struct Beside {
    stated: usize,
    is_remote: bool,
}

fn parts(person: &Marked, gaps: &[MissingOne], beside: Beside, weights: &Weights, on: Date) -> Vec<(Reason, u32)> {
    let unqualified = gaps.iter().filter(|gap| gap.requirement.subject == Subject::Professional).count();
    let age = (number(on) - person.birth_on) / 10_000;
    let times = |reason: Reason| match reason {
        Reason::Unqualified => usize::from(unqualified > 0),
        Reason::Missing => gaps.len() - unqualified,
        Reason::Expiring => usize::from(person.is_expiring),
        Reason::Stated => usize::from(beside.stated > 0),
        Reason::Reorganised => usize::from(person.is_reorganised),
        Reason::Planned => usize::from(person.is_planned),
        Reason::Untrained => usize::from(person.is_untrained),
        Reason::Woman => usize::from(person.is_woman),
        Reason::Minority => usize::from(person.is_minority),
        Reason::Young => usize::from(age < YOUNG),
        Reason::Remote => usize::from(beside.is_remote),
    };
    let part = |reason: &Reason| {
        let points = u32::from(weights.of(*reason)) * u32::try_from(times(*reason)).unwrap_or(u32::MAX);
        (points > 0).then_some((*reason, points))
    };
    Reason::ALL.iter().filter_map(part).collect()
}

async fn list(
    services: &Services,
    ranked: Vec<Ranked>,
    (mut missing, mut stated): (Missing, Stated),
    on: Date,
) -> Result<Vec<Urgent>, ActError> {
    let chosen: BTreeSet<OfficialId> = ranked.iter().map(|(_, _, id)| *id).collect();
    let mut lines: BTreeMap<OfficialId, PersonLine> =
        read::lines(&services.db, &chosen, on).await?.into_iter().map(|line| (line.id, line)).collect();
    let urgent = |(score, parts, id): Ranked| {
        let (missing, stated) = (missing.remove(&id).unwrap_or_default(), stated.remove(&id).unwrap_or_default());
        Some(Urgent { person: lines.remove(&id)?, score, parts, missing, stated })
    };
    let mut list: Vec<Urgent> = ranked.into_iter().filter_map(urgent).collect();
    list.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.person.sort_key.cmp(&b.person.sort_key)).then(a.person.id.cmp(&b.person.id)));
    Ok(list)
}
