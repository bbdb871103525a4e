//! Gaps: what officials lack of the standard of their posts, by unit, by requirement, by person, and who is to be trained first.
//! Not for: the statements (`store::read::gaps`), or what a requirement is (`domain::standards`).

pub mod report;
mod urgent;

use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use domain::ids::UnitId;
use domain::people::StaffKind;
use domain::roles::{Act, Reach};
use domain::standards::{Need, Requirement, Standard};
use domain::time::Date;
use futures_util::future::try_join_all;
use law::{ClassOpening, Law, NoLaw, Value};
use store::StoreError;
use store::read::gaps::{self as read, Question};
use store::read::progress::{Place, TOTAL};

use crate::kept::Kept;
use crate::progress::{self, place};
use crate::registry::{self, UnitLine, UnitView};
use crate::{ActError, Ctx, Services};

pub use store::read::gaps::{After, Judged, Short, ShortPerson};
pub use urgent::{PersonLine, Reason, Urgent, Weights, urgent};

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

/// The yearly amount for one kind of staff, or why nobody of that kind is judged.
pub type YearlyAmount = (StaffKind, Result<i32, NoLaw>);

/// One requirement over the units of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// The requirement.
    pub requirement: Requirement,
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
    /// The requirements in force, in the order of the standard.
    pub columns: Vec<Column>,
    /// What the law asks of a year, by kind of staff.
    pub yearly: Vec<YearlyAmount>,
}

/// Gaps kept in memory.
#[derive(Debug, Default)]
pub(crate) struct KeptGaps {
    heat: Kept<(Ask, Vec<UnitId>, Place), Heat>,
    people: Kept<(Ask, Place, String, Option<After>, u32), ShortPage>,
    urgent: Kept<(Ask, Place, (Weights, usize)), Vec<Urgent>>,
}

/// The standard in force.
///
/// # Errors
/// [`ActError::Internal`] when it cannot be read.
pub fn standard() -> Result<&'static Standard, ActError> {
    static SHIPPED: OnceLock<Option<Standard>> = OnceLock::new();
    let read = || schemefile::parse_standard(schemefile::builtin_standard()).ok();
    SHIPPED.get_or_init(read).as_ref().ok_or_else(|| StoreError::Unreadable("tieu-chuan-chung".to_owned()).into())
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
        let in_force = standard()?.on(ask.on);
        let columns = try_join_all(in_force.map(|requirement| column(services, requirement, (&place, &parents), ask.on, &known))).await?;
        let has_people = |unit: &&UnitLine| columns.iter().any(|column| column.units.contains_key(&unit.id));
        let units = parents.iter().flat_map(|parent| std::iter::once(&parent.unit).chain(&parent.children));
        Ok(Heat { rows: units.filter(has_people).cloned().collect(), columns, yearly })
    };
    services.gaps.heat.get(services.facts(ctx).await?, key, make).await
}

async fn column(
    services: &Services,
    requirement: &Requirement,
    (place, parents): (&Place, &[Arc<UnitView>]),
    on: Date,
    yearly: &[(StaffKind, i32)],
) -> Result<Column, ActError> {
    let total = Question { requirement, place, on, yearly };
    let total = read::count(&services.db, &total).await?.get(&TOTAL).copied().unwrap_or_default();
    let mut units = BTreeMap::new();
    for parent in parents {
        let branches = Place::branches(parent.unit.id, on);
        units.extend(read::count(&services.db, &Question { requirement, place: &branches, on, yearly }).await?);
    }
    Ok(Column { requirement: requirement.clone(), total, units })
}

/// What the law asks of a year for each kind of staff, on a day.
///
/// # Errors
/// [`ActError::Internal`] when the shipped law cannot be read.
pub fn yearly(on: Date) -> Result<Vec<YearlyAmount>, ActError> {
    static LAW: OnceLock<Result<Law, String>> = OnceLock::new();
    let law = LAW.get_or_init(|| Law::load().map_err(|errors| errors.to_string()));
    let law = law.as_ref().map_err(|errors| StoreError::Unreadable(errors.clone()))?;
    let amount = |staff: &StaffKind| match law.lookup("yearly_minimum", *staff, ClassOpening(on)) {
        Ok(found) => match found.value {
            Value::Number(periods) => Some((*staff, Ok(i32::try_from(*periods).unwrap_or(i32::MAX)))),
            _ => None,
        },
        Err(refusal) => Some((*staff, Err(refusal))),
    };
    Ok(StaffKind::ALL.iter().filter_map(amount).collect())
}

pub(crate) fn known(yearly: &[YearlyAmount]) -> Vec<(StaffKind, i32)> {
    yearly.iter().filter_map(|(staff, amount)| amount.as_ref().ok().map(|periods| (*staff, *periods))).collect()
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
    (code, ask): (&str, &Ask),
    after: Option<&After>,
    limit: u32,
) -> Result<Arc<ShortPage>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let place = place(services, ctx, &scope, &ask.place()).await?;
    let requirement = in_force(code, ask.on)?;
    let key = (ask.clone(), place.clone(), code.to_owned(), after.cloned(), limit);
    let make = async {
        let yearly = known(&yearly(ask.on)?);
        let question = Question { requirement, place: &place, on: ask.on, yearly: &yearly };
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

/// The requirement in force on a day.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of that code.
pub fn in_force(code: &str, on: Date) -> Result<&'static Requirement, ActError> {
    standard()?.requirement(code).filter(|requirement| requirement.during.contains(on)).ok_or(ActError::NotFound)
}

/// What one official is to one requirement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfOne {
    /// The requirement.
    pub requirement: &'static Requirement,
    /// The standing, or why the law does not let it be judged.
    pub judged: Result<Judged, NoLaw>,
}

/// Every requirement in force that the post of an official asks today, met or not.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such record, or not for this person; [`ActError::Forbidden`] for roles that read no records.
pub async fn of_person(services: &Services, ctx: &Ctx, code: &str) -> Result<Vec<OfOne>, ActError> {
    let person = registry::person(services, ctx, code).await?;
    let (on, place) = (ctx.today, Place::province(ctx.today));
    let staff = person.postings.iter().find(|posting| posting.during.contains(on)).map(|posting| posting.staff);
    let yearly = yearly(on)?;
    let known = known(&yearly);
    let judged = standard()?.on(on).map(async |requirement| {
        let question = Question { requirement, place: &place, on, yearly: &known };
        let judged = read::of_one(&services.db, &question, person.id).await?;
        let judged = judged.map(Ok).or_else(|| unknown(requirement, staff, &yearly).map(Err));
        Ok::<_, ActError>(judged.map(|judged| OfOne { requirement, judged }))
    });
    Ok(try_join_all(judged).await?.into_iter().flatten().collect())
}

/// Why the law does not let the yearly amount of this kind of staff be judged.
fn unknown(requirement: &Requirement, staff: Option<StaffKind>, yearly: &[YearlyAmount]) -> Option<NoLaw> {
    let staff = staff.filter(|staff| requirement.need == Need::YearlyAmount && requirement.audience.who.staff.contains(staff))?;
    yearly.iter().find(|(kind, _)| *kind == staff).and_then(|(_, amount)| amount.clone().err())
}
