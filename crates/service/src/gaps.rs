//! Gaps: what officials lack of the standard of their posts, by unit, by requirement, by person, and who is to be trained first.
//! Not for: the statements (`store::read::gaps`), or what a requirement is (`domain::standards`).

mod amounts;
mod export;
mod groups;
pub mod report;
mod urgent;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::{NeedId, OfficialId, UnitId};
use domain::people::StaffKind;
use domain::roles::{Act, Reach};
use domain::standards::Requirement;
use domain::time::Date;
use futures_util::future::try_join_all;
use law::NoLaw;
use store::read::gaps::{self as read, Question};
use store::read::progress::{Place, TOTAL};

use crate::kept::Kept;
use crate::progress::{self, place};
use crate::registry::{self, Person, UnitLine, UnitView};
use crate::standards;
use crate::{ActError, Ctx, Services};

use amounts::unknown;

pub(crate) use amounts::known;
pub(crate) use urgent::remote;

pub use amounts::{YearlyAmount, cited, yearly};
pub use export::{PaperRow, export_people, export_urgent, paper};
pub use groups::{GroupColumn, groups};
pub use store::read::gaps::{After, Among, Judged, Short, ShortPerson};
pub use urgent::{MissingOne, PersonLine, Reason, Urgent, Weights, default_weights, reasons_told, save_weights, stated_of_nobody, urgent};

/// What is asked: on which day, and which unit (by code) with everything below it; `None` is all the asker may see.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ask {
    /// The day.
    pub on: Date,
    /// The unit.
    pub unit: Option<String>,
}

impl Ask {
    fn place(&self) -> progress::Ask {
        progress::Ask { unit: self.unit.clone(), ..progress::Ask::on(self.on) }
    }
}

/// One requirement over the units of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The requirement.
    pub requirement: Arc<Requirement>,
    /// Everybody in the place.
    pub total: Short,
    /// By unit; units where it is asked of nobody are left out.
    pub units: BTreeMap<UnitId, Short>,
}

/// Requirements by units.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Heat {
    /// The units of the rows: the one asked for itself, then its children, by their own order; units without an audience are left out.
    pub rows: Vec<UnitLine>,
    /// The requirements in force, by subject, then in the order of the standards.
    pub columns: Vec<Column>,
    /// What the law asks of a year, by kind of staff.
    pub yearly: Vec<YearlyAmount>,
}

/// Gaps kept in memory.
#[derive(Debug, Default)]
pub(crate) struct KeptGaps {
    heat: Kept<(Ask, Vec<UnitId>, Place), Heat>,
    groups: Kept<(Ask, Place), Vec<GroupColumn>>,
    counts: Kept<(Ask, Place, String, Option<Among>), Short>,
    people: Kept<PageKey, ShortPage>,
    records: Kept<(OfficialId, Date), Vec<OfOne>>,
    urgent: Kept<(Ask, Place, UrgentKey), Vec<Urgent>>,
    weights: Kept<(), Weights>,
}

/// Weights, how many people, and the needs that count with their revisions.
type UrgentKey = (Weights, usize, Vec<(NeedId, i32)>);

/// Question, place, requirement, part of the audience, where the page starts, how long it is.
type PageKey = (Ask, Place, String, Option<Among>, Option<After>, u32);

/// A requirement of which names are asked.
#[derive(Debug, Clone, Copy)]
pub struct OfWhom<'a> {
    /// Its code.
    pub code: &'a str,
    /// On which day, where.
    pub ask: &'a Ask,
    /// A part of the audience only.
    pub among: Option<Among>,
}

/// Requirements by units: how many of each audience lack it.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no people; [`ActError::NotFound`] when the unit is unknown or out of scope.
pub async fn heat(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<Arc<Heat>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let place = place(services, ctx, &scope, &ask.place()).await?;
    let parents = match (&ask.unit, scope.reach()) {
        (Some(code), _) => vec![registry::view(services, ctx, code, ask.on).await?],
        (None, Reach::Own(_)) => return Err(ActError::NotFound),
        (None, _) => registry::home_units(services, ctx, ask.on).await?,
    };
    let key = (ask.clone(), parents.iter().map(|parent| parent.unit.id).collect(), place.clone());
    let make = async {
        let yearly = yearly(ask.on)?;
        let known = known(&yearly);
        let shelf = standards::followed(services, ctx).await?;
        let columns =
            try_join_all(shelf.on(ask.on).map(|requirement| column(services, requirement, (&place, &parents), ask.on, &known))).await?;
        let has_people = |unit: &&UnitLine| columns.iter().any(|column| column.units.contains_key(&unit.id));
        let units = parents.iter().flat_map(|parent| std::iter::once(&parent.unit).chain(&parent.children));
        Ok(Heat { rows: units.filter(has_people).cloned().collect(), columns, yearly })
    };
    services.gaps.heat.get(services.facts(ctx).await?, key, make).await
}

async fn column(
    services: &Services,
    requirement: &Arc<Requirement>,
    (place, parents): (&Place, &[Arc<UnitView>]),
    on: Date,
    yearly: &[(StaffKind, i32)],
) -> Result<Column, ActError> {
    let question = Question { requirement, place, on, yearly, among: None };
    let mut units = BTreeMap::new();
    for parent in parents {
        let branches = Place::branches(parent.unit.id, on);
        units.extend(read::count(&services.db, &Question { place: &branches, ..question }).await?);
    }
    let total = match parents {
        // The branches of one unit are all of it.
        [_] => units.values().copied().sum(),
        _ => read::count(&services.db, &question).await?.get(&TOTAL).copied().unwrap_or_default(),
    };
    Ok(Column { requirement: Arc::clone(requirement), total, units })
}

/// A page of names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ShortPage {
    /// Who lacks it.
    pub people: Vec<ShortPerson>,
    /// Where the next page starts, if there is one.
    pub next: Option<After>,
}

/// Who lacks one requirement, in name order.
///
/// # Errors
/// As [`heat`]; [`ActError::NotFound`] when no requirement of that code is in force.
pub async fn people(
    services: &Services,
    ctx: &Ctx,
    of: &OfWhom<'_>,
    after: Option<&After>,
    limit: u32,
) -> Result<Arc<ShortPage>, ActError> {
    let (scope, ask) = (ctx.scope(Act::ViewPeople)?, of.ask);
    let place = place(services, ctx, &scope, &ask.place()).await?;
    let requirement = in_force(services, ctx, of.code, ask.on).await?;
    let key = (ask.clone(), place.clone(), of.code.to_owned(), of.among, after.cloned(), limit);
    let make = async {
        let yearly = known(&yearly(ask.on)?);
        let question = Question { requirement: &requirement, place: &place, on: ask.on, yearly: &yearly, among: of.among };
        let mut people = read::people(&services.db, &question, after, limit + 1).await?;
        let more = people.len() > usize::try_from(limit).unwrap_or(usize::MAX);
        if more {
            people.pop();
        }
        let next = if more { people.last().map(|person| person.after.clone()) } else { None };
        Ok(ShortPage { people, next })
    };
    services.gaps.people.get(services.facts(ctx).await?, key, make).await
}

/// Everybody who lacks a requirement, where and when it is asked.
///
/// # Errors
/// As [`people`].
pub async fn who_lacks(services: &Services, ctx: &Ctx, of: &OfWhom<'_>) -> Result<BTreeSet<OfficialId>, ActError> {
    let place = place(services, ctx, &ctx.scope(Act::ViewPeople)?, &of.ask.place()).await?;
    let requirement = in_force(services, ctx, of.code, of.ask.on).await?;
    let yearly = known(&yearly(of.ask.on)?);
    let question = Question { requirement: &requirement, place: &place, on: of.ask.on, yearly: &yearly, among: of.among };
    Ok(read::all_missing(&services.db, &question).await?.into_iter().map(|(official, _)| official).collect())
}

/// The requirement in force on a day.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of that code.
pub async fn in_force(services: &Services, ctx: &Ctx, code: &str, on: Date) -> Result<Arc<Requirement>, ActError> {
    let shelf = standards::followed(services, ctx).await?;
    shelf.on(on).find(|requirement| requirement.code == code).cloned().ok_or(ActError::NotFound)
}

/// How many of the audience of one requirement meet it, where and when it is asked; for a part of it, of the part.
///
/// # Errors
/// As [`people`].
pub async fn of_requirement(services: &Services, ctx: &Ctx, of: &OfWhom<'_>) -> Result<Short, ActError> {
    let (scope, ask) = (ctx.scope(Act::ViewPeople)?, of.ask);
    let place = place(services, ctx, &scope, &ask.place()).await?;
    let requirement = in_force(services, ctx, of.code, ask.on).await?;
    let key = (ask.clone(), place.clone(), of.code.to_owned(), of.among);
    let make = async {
        let yearly = known(&yearly(ask.on)?);
        let question = Question { requirement: &requirement, place: &place, on: ask.on, yearly: &yearly, among: of.among };
        Ok(read::count(&services.db, &question).await?.get(&TOTAL).copied().unwrap_or_default())
    };
    Ok(*services.gaps.counts.get(services.facts(ctx).await?, key, make).await?)
}

/// What one official is to one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfOne {
    /// The requirement.
    pub requirement: Arc<Requirement>,
    /// The standing, or why the law does not let it be judged.
    pub judged: Result<Judged, NoLaw>,
}

/// Every requirement in force that the post of an official asks today, met or not.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such record, or not for this person; [`ActError::Forbidden`] for roles that read no records.
pub async fn of_person(services: &Services, ctx: &Ctx, code: &str) -> Result<Arc<Vec<OfOne>>, ActError> {
    of_record(services, ctx, &registry::person(services, ctx, code).await?).await
}

/// The same of a record that the asker has been given.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn of_record(services: &Services, ctx: &Ctx, person: &Person) -> Result<Arc<Vec<OfOne>>, ActError> {
    let (on, place) = (ctx.today, Place::province(ctx.today));
    let make = async {
        let staff = person.postings.iter().find(|posting| posting.during.contains(on)).map(|posting| posting.staff);
        let yearly = yearly(on)?;
        let known = known(&yearly);
        let shelf = standards::followed(services, ctx).await?;
        let judged = shelf.on(on).map(async |requirement| {
            let question = Question { requirement, place: &place, on, yearly: &known, among: None };
            let judged = read::of_one(&services.db, &question, person.id).await?;
            let judged = judged.map(Ok).or_else(|| unknown(requirement, staff, &yearly).map(Err));
            Ok::<_, ActError>(judged.map(|judged| OfOne { requirement: Arc::clone(requirement), judged }))
        });
        Ok(try_join_all(judged).await?.into_iter().flatten().collect())
    };
    services.gaps.records.get(services.facts(ctx).await?, (person.id, on), make).await
}
