//! Units and officials, read in the asker's scope.
//! Not for: changing them.

use std::collections::BTreeMap;

use domain::ids::{OfficialId, UnitId};
use domain::orgs::OrgMap;
use domain::roles::{Act, Reach, Scope};
use domain::time::Date;
use store::read::people;
use store::read::units;
use store::write::audit;

use crate::{ActError, Ctx, Services};

pub use store::read::people::{OfficialLine, Person, PostingLine, QualificationLine, RecordLine, Wanted};
pub use store::read::units::{SuccessionLine, UnitLine};

/// A unit with its surroundings on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitView {
    /// The unit.
    pub unit: UnitLine,
    /// From the root down to the unit.
    pub path: Vec<UnitLine>,
    /// Direct children.
    pub children: Vec<UnitLine>,
    /// What it came from and what became of it, with the other unit's code.
    pub successions: Vec<(SuccessionLine, String)>,
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
        successions: successions(services, &unit).await?,
        people_visible,
        unit,
    })
}

async fn successions(services: &Services, unit: &UnitLine) -> Result<Vec<(SuccessionLine, String)>, ActError> {
    let mut with_codes = Vec::new();
    for line in units::successions(&services.db, unit.id).await? {
        let path = units::path(&services.db, line.other, line.on).await?;
        let code = path.last().map(|u| u.code.clone()).unwrap_or_default();
        with_codes.push((line, code));
    }
    Ok(with_codes)
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

/// How many people stand in each unit and below it on a day.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see units.
pub async fn totals(services: &Services, ctx: &Ctx, on: Date) -> Result<BTreeMap<UnitId, i64>, ActError> {
    ctx.scope(Act::ViewUnits)?;
    let map = units::map(&services.db).await?;
    let parents: BTreeMap<UnitId, UnitId> = map.links.iter().filter(|l| l.during.contains(on)).map(|l| (l.unit, l.parent)).collect();
    let mut totals = BTreeMap::new();
    for unit in units::list(&services.db, on, "", "", u32::MAX).await? {
        let mut at = Some(unit.id);
        // A tree is never deeper than this; the bound keeps a circle in the data from turning for ever.
        for _ in 0..MOST_LEVELS {
            let Some(id) = at else { break };
            *totals.entry(id).or_insert(0) += unit.people;
            at = parents.get(&id).copied();
        }
    }
    Ok(totals)
}

const MOST_LEVELS: usize = 12;

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
    let wanted = wanted(services, &scope, ask).await?;
    let mut lines = people::list(&services.db, &scope, &wanted, ask.on, after, limit + 1).await?;
    let more = lines.len() > usize::try_from(limit).unwrap_or(usize::MAX);
    lines.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    Ok((lines, more))
}

async fn wanted(services: &Services, scope: &Scope, ask: &PeopleAsk) -> Result<Wanted, ActError> {
    let unit = match &ask.unit {
        None => None,
        Some(code) => {
            let unit = units::by_code(&services.db, code, ask.on).await?;
            if !units::is_within(&services.db, scope, unit.id, ask.on).await? {
                return Err(ActError::NotFound);
            }
            Some(unit.id)
        }
    };
    Ok(Wanted { text: domain::text::fold(&ask.text), unit, staff: ask.staff, leaders: ask.leaders })
}

/// Most people of one exported list.
pub const MOST_EXPORTED: u32 = 100_000;

/// A whole list of officials taken out of the system; noted in the audit.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not export people.
pub async fn export_people(services: &Services, ctx: &Ctx, ask: &PeopleAsk) -> Result<Vec<OfficialLine>, ActError> {
    let scope = ctx.scope(Act::ExportPeople)?;
    let wanted = wanted(services, &scope, ask).await?;
    let lines = people::list(&services.db, &scope, &wanted, ask.on, None, MOST_EXPORTED).await?;
    let subject = format!("people/{}?on={}", ask.unit.as_deref().unwrap_or("*"), domain::time::iso(ask.on));
    let after = lines.len().to_string();
    let entry = audit::Entry {
        at: ctx.now,
        user: ctx.who.as_ref().map(|w| w.user),
        act: "people.export",
        subject: &subject,
        before: None,
        after: Some(&after),
        reason: "",
        operation: &ctx.operation,
    };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await?;
    Ok(lines)
}

/// Whether the asker may see a person's birth date and ethnicity: oneself, and those who keep the staff files there.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn sees_private(services: &Services, ctx: &Ctx, person: &Person) -> Result<bool, ActError> {
    if ctx.who.as_ref().is_some_and(|w| w.official == Some(person.id)) {
        return Ok(true);
    }
    let Ok(scope) = ctx.scope(Act::ExportPeople) else { return Ok(false) };
    for posting in person.postings.iter().filter(|p| p.during.contains(ctx.today)) {
        let unit = units::by_code(&services.db, &posting.unit.0, ctx.today).await?;
        if units::is_within(&services.db, &scope, unit.id, ctx.today).await? {
            return Ok(true);
        }
    }
    Ok(*scope.reach() == Reach::Province)
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
