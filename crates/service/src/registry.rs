//! Units and officials, read in the asker's scope.
//! Not for: changing them.

use domain::ids::OfficialId;
use domain::orgs::OrgMap;
use domain::roles::{Act, Reach};
use domain::time::Date;
use store::read::people::{self, OfficialLine, Person};
use store::read::units::{self, SuccessionLine, UnitLine};

use crate::{ActError, Ctx, Services};

pub use store::read::people::Wanted;

/// A unit with its surroundings on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    /// The unit.
    pub unit: UnitLine,
    /// From the root down to the unit.
    pub path: Vec<UnitLine>,
    /// Direct children.
    pub children: Vec<UnitLine>,
    /// What it came from and what became of it.
    pub successions: Vec<SuccessionLine>,
    /// Whether the asker may see its people.
    pub people_visible: bool,
}

/// A unit on a day.
///
/// # Errors
/// [`ActError::NotFound`] when there is none of that code.
pub async fn unit(services: &Services, ctx: &Ctx, code: &str, on: Date) -> Result<UnitView, ActError> {
    ctx.scope(Act::ViewUnits)?;
    let unit = units::by_code(&services.db, code, on).await?;
    let people_visible = match ctx.scope(Act::ViewPeople) {
        Ok(scope) => units::is_within(&services.db, &scope, unit.id, on).await?,
        Err(_) => false,
    };
    Ok(UnitView {
        path: units::path(&services.db, unit.id, on).await?,
        children: units::children(&services.db, unit.id, on).await?,
        successions: units::successions(&services.db, unit.id).await?,
        people_visible,
        unit,
    })
}

/// The unit where the asker's tree starts: the root, or the first unit of the grants.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn home_unit(services: &Services, ctx: &Ctx, on: Date) -> Result<UnitView, ActError> {
    let scope = ctx.scope(Act::ViewUnits)?;
    let id = match scope.reach() {
        Reach::Units(roots) => roots.first().copied().ok_or(ActError::NotFound)?,
        _ => units::root(&services.db).await?,
    };
    let path = units::path(&services.db, id, on).await?;
    let code = path.last().map(|u| u.code.clone()).ok_or(ActError::NotFound)?;
    unit(services, ctx, &code, on).await
}

/// A page of units in code order.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn list_units(
    services: &Services,
    ctx: &Ctx,
    on: Date,
    matching: &str,
    after: &str,
    limit: u32,
) -> Result<Vec<UnitLine>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    Ok(units::list(&services.db, on, &domain::text::fold(matching), after, limit).await?)
}

/// All units with their links, for the whole tree.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn map(services: &Services, ctx: &Ctx) -> Result<OrgMap, ActError> {
    ctx.scope(Act::ViewUnits)?;
    Ok(units::map(&services.db).await?)
}

/// What a list of officials asks for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeopleAsk {
    /// The day of the postings.
    pub on: Date,
    /// Unit code.
    pub unit: Option<String>,
    /// Words of the name or code, as typed.
    pub text: String,
    /// Kind of staff.
    pub staff: Option<domain::people::StaffKind>,
    /// Only leaders.
    pub leaders: bool,
}

/// A page of officials in name order, with whether there are more.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see people.
pub async fn list_people(
    services: &Services,
    ctx: &Ctx,
    ask: &PeopleAsk,
    after: Option<(&[u8], OfficialId)>,
    limit: u32,
) -> Result<(Vec<OfficialLine>, bool), ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let unit = match &ask.unit {
        None => None,
        Some(code) => {
            let unit = units::by_code(&services.db, code, ask.on).await?;
            if !units::is_within(&services.db, &scope, unit.id, ask.on).await? {
                return Err(ActError::NotFound);
            }
            Some(unit.id)
        }
    };
    let wanted = Wanted { text: domain::text::fold(&ask.text), unit, staff: ask.staff, leaders: ask.leaders };
    let mut lines = people::list(&services.db, &scope, &wanted, ask.on, after, limit + 1).await?;
    let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok((lines, more))
}

/// One person's record: anyone in the scope, or oneself.
///
/// # Errors
/// [`ActError::NotFound`] when there is no such person for the asker.
pub async fn person(services: &Services, ctx: &Ctx, code: &str) -> Result<Person, ActError> {
    if let Ok(own) = ctx.scope(Act::ViewSelf)
        && ctx.who.is_some()
    {
        match people::person(&services.db, &own, code, ctx.today).await {
            Err(store::StoreError::NotFound) => {}
            other => return Ok(other?),
        }
    }
    let scope = ctx.scope(Act::ViewPeople)?;
    Ok(people::person(&services.db, &scope, code, ctx.today).await?)
}

/// The staff code of the asker's own record.
///
/// # Errors
/// [`ActError::NotFound`] when the account has none.
pub async fn own_code(services: &Services, ctx: &Ctx) -> Result<String, ActError> {
    let scope = ctx.scope(Act::ViewSelf)?;
    let lines = people::list(&services.db, &scope, &Wanted::default(), ctx.today, None, 1).await?;
    lines.into_iter().next().map(|l| l.code).ok_or(ActError::NotFound)
}
