//! Officials: lists, one record, and lists taken out.
//! Not for: units (`units`) or changing anything.

use std::sync::Arc;

use domain::ids::OfficialId;
use domain::roles::{Act, Reach, Scope};
use domain::time::Date;
use store::read::people::{self, OfficialLine, Person, Wanted};
use store::write::audit;

use super::view;
use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

/// What a list of officials asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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

/// A page of officials in name order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialsPage {
    /// Its lines.
    pub lines: Vec<OfficialLine>,
    /// Whether there are more.
    pub more: bool,
}

/// Pages kept in memory: where the asker may look, what is asked, after whom, how many lines.
pub(crate) type KeptPages = Kept<(Scope, PeopleAsk, Option<(Vec<u8>, OfficialId)>, u32), OfficialsPage>;

/// A page of officials in name order.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see people.
pub async fn list_people(
    services: &Services,
    ctx: &Ctx,
    ask: &PeopleAsk,
    after: Option<(&[u8], OfficialId)>,
    limit: u32,
) -> Result<Arc<OfficialsPage>, ActError> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let wanted = wanted(services, ctx, &scope, ask).await?;
    let key = (scope.clone(), ask.clone(), after.map(|(name, id)| (name.to_vec(), id)), limit);
    let make = async {
        let mut lines = people::list(&services.db, &scope, &wanted, ask.on, after, limit + 1).await?;
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = lines.len() > shown;
        lines.truncate(shown);
        Ok(OfficialsPage { lines, more })
    };
    services.people.get(services.facts(ctx).await?, key, make).await
}

async fn wanted(services: &Services, ctx: &Ctx, scope: &Scope, ask: &PeopleAsk) -> Result<Wanted, ActError> {
    let unit = match &ask.unit {
        None => None,
        Some(code) => {
            let view = view(services, ctx, code, ask.on).await?;
            if !view.lies_within(scope) {
                return Err(ActError::NotFound);
            }
            Some(view.unit.id)
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
    let wanted = wanted(services, ctx, &scope, ask).await?;
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
        if view(services, ctx, &posting.unit.0, ctx.today).await?.lies_within(&scope) {
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
