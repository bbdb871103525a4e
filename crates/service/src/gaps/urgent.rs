//! Who is to be trained first (cần bồi dưỡng ngay): a score made of parts that are shown beside it.
//! Not for: what a requirement is, or who lacks it (`gaps`).

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use domain::ids::OfficialId;
use domain::roles::{self, Act, Scope};
use domain::standards::{Requirement, Subject};
use domain::time::{Date, add_months, months_before, number};
use futures_util::future::try_join_all;
use store::read::accounts;
use store::read::gaps::{self as read, Marked, Question};
use store::write::{audit, bump_facts, put_setting};

use super::{Ask, known, place, yearly};
use crate::standards;
use crate::{ActError, Ctx, Services};

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
}

impl Reason {
    /// All, in the order in which they are shown.
    pub const ALL: &[Self] = &[
        Self::Unqualified,
        Self::Missing,
        Self::Expiring,
        Self::Reorganised,
        Self::Planned,
        Self::Untrained,
        Self::Woman,
        Self::Minority,
        Self::Young,
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
            Self::Reorganised => "reorganised",
            Self::Planned => "planned",
            Self::Untrained => "untrained",
            Self::Woman => "woman",
            Self::Minority => "minority",
            Self::Young => "young",
        }
    }

    /// Whether it only orders people who are urgent for another reason.
    #[must_use]
    pub const fn is_preference(self) -> bool {
        matches!(self, Self::Woman | Self::Minority | Self::Young)
    }
}

/// Points for each reason, 0 to 100.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Weights(BTreeMap<Reason, u8>);

impl Default for Weights {
    fn default() -> Self {
        let points = [30, 10, 10, 15, 20, 15, 3, 3, 2];
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
    let proof = roles::authorise(who, Act::KeepStandards)?;
    let (before, after) = (default_weights(services, ctx).await?.text(), weights.text());
    let entry = audit::Entry {
        at: ctx.now,
        user: Some(proof.user()),
        act: "standard.weights",
        subject: "gaps/weights",
        before: Some(&before),
        after: Some(&after),
        reason: "",
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    put_setting(&tx, WEIGHTS, &after).await?;
    audit::record(&tx, &entry).await?;
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
    let key = (ask.clone(), place.clone(), (weights.clone(), most));
    let make = async {
        let missing = missing(services, ctx, &place, ask.on).await?;
        let soon = add_months(ask.on, BEFORE_EXPIRY).unwrap_or(ask.on);
        let ended = months_before(ask.on, AFTER_REFORM).unwrap_or(ask.on);
        let marked = read::marked(&services.db, &place, ask.on, (ended, soon)).await?;
        let mut ranked: Vec<Ranked> = Vec::new();
        for person in &marked {
            let gaps = missing.get(&person.id).map(Vec::as_slice).unwrap_or_default();
            let parts = parts(person, gaps, weights, ask.on);
            if parts.iter().any(|(reason, _)| !reason.is_preference()) {
                ranked.push((parts.iter().map(|(_, points)| points).sum(), parts, person.id));
            }
        }
        ranked.sort_by_key(|(score, _, id)| (std::cmp::Reverse(*score), *id));
        ranked.truncate(most);
        list(services, ranked, missing, ask.on).await
    };
    services.gaps.urgent.get(services.facts(ctx).await?, key, make).await
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

async fn missing(services: &Services, ctx: &Ctx, place: &store::read::progress::Place, on: Date) -> Result<Missing, ActError> {
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

fn parts(person: &Marked, gaps: &[MissingOne], weights: &Weights, on: Date) -> Vec<(Reason, u32)> {
    let unqualified = gaps.iter().filter(|gap| gap.requirement.subject == Subject::Professional).count();
    let age = (number(on) - person.birth_on) / 10_000;
    let times = |reason: Reason| match reason {
        Reason::Unqualified => usize::from(unqualified > 0),
        Reason::Missing => gaps.len() - unqualified,
        Reason::Expiring => usize::from(person.is_expiring),
        Reason::Reorganised => usize::from(person.is_reorganised),
        Reason::Planned => usize::from(person.is_planned),
        Reason::Untrained => usize::from(person.is_untrained),
        Reason::Woman => usize::from(person.is_woman),
        Reason::Minority => usize::from(person.is_minority),
        Reason::Young => usize::from(age < YOUNG),
    };
    let part = |reason: &Reason| {
        let points = u32::from(weights.of(*reason)) * u32::try_from(times(*reason)).unwrap_or(u32::MAX);
        (points > 0).then_some((*reason, points))
    };
    Reason::ALL.iter().filter_map(part).collect()
}

async fn list(services: &Services, ranked: Vec<Ranked>, mut missing: Missing, on: Date) -> Result<Vec<Urgent>, ActError> {
    let chosen: BTreeSet<OfficialId> = ranked.iter().map(|(_, _, id)| *id).collect();
    let mut lines: BTreeMap<OfficialId, PersonLine> =
        read::lines(&services.db, &chosen, on).await?.into_iter().map(|line| (line.id, line)).collect();
    let urgent = |(score, parts, id): Ranked| {
        Some(Urgent { person: lines.remove(&id)?, score, parts, missing: missing.remove(&id).unwrap_or_default() })
    };
    let mut list: Vec<Urgent> = ranked.into_iter().filter_map(urgent).collect();
    list.sort_by(|a, b| b.score.cmp(&a.score).then_with(|| a.person.sort_key.cmp(&b.person.sort_key)).then(a.person.id.cmp(&b.person.id)));
    Ok(list)
}
