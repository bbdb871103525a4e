//! Officials: lists, one record, and lists taken out.
//! Not for: units (`units`) or changing anything.

use std::sync::Arc;

use domain::ids::OfficialId;
use domain::lists::{Care, Column, Filter};
use domain::roles::{Act, Reach, Scope};
use domain::time::Date;
use store::read::people::{self, Details, OfficialLine, Person, Wanted};
use store::write::audit;

use super::{keeping, view};
use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

/// What a list of officials asks for.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PeopleAsk {
    /// The day of the postings.
    pub on: Date,
    /// Unit code.
    pub unit: Option<String>,
    /// Words of the name, the code or the unit, as typed.
    pub text: String,
    /// Everything else that people must meet.
    pub filter: Filter,
    /// Columns beside the name.
    pub columns: Vec<Column>,
    /// What a sensitive filter or column is needed for.
    pub purpose: String,
}

impl PeopleAsk {
    /// Everybody of a day, with the usual columns.
    #[must_use]
    pub fn on(on: Date) -> Self {
        Self { on, unit: None, text: String::new(), filter: Filter::default(), columns: Column::USUAL.to_vec(), purpose: String::new() }
    }

    /// What asking so needs beside the right to see people.
    #[must_use]
    pub fn care(&self) -> Care {
        self.columns.iter().map(|column| column.care()).fold(self.filter.care(), Ord::max)
    }

    fn subject(&self) -> String {
        let groups: Vec<String> = self.filter.ethnic_groups.iter().map(ToString::to_string).collect();
        let columns: Vec<&str> = self.columns.iter().filter(|c| c.care() == Care::Sensitive).map(|c| c.code()).collect();
        let mut subject = format!("people/{}?on={}", self.unit.as_deref().unwrap_or("*"), domain::time::iso(self.on));
        for (name, values) in [("ethnic_groups", groups.join(",")), ("columns", columns.join(","))] {
            if !values.is_empty() {
                subject.push_str(&format!("&{name}={values}"));
            }
        }
        subject
    }
}

/// Why a list is not given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListRefusal {
    /// It asks for what is sensitive without saying what for.
    NoPurpose,
    /// More people than a file may hold; so many.
    TooMany(i64),
}

/// A page of officials in name order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialsPage {
    /// Its lines.
    pub lines: Vec<OfficialLine>,
    /// What the columns show beside the lines, by person; empty where the lines have everything.
    pub details: Details,
    /// Whether there are more.
    pub more: bool,
}

/// Pages kept in memory: where the asker may look, what is asked, on which day, after whom, how many lines.
pub(crate) type KeptPages = Kept<(Scope, PeopleAsk, Date, Option<(Vec<u8>, OfficialId)>, u32), OfficialsPage>;

/// A page of officials in name order. A sensitive list is noted in the audit each time with its purpose.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not see people, or not what is asked of them; [`ListRefusal::NoPurpose`].
pub async fn list_people(
    services: &Services,
    ctx: &Ctx,
    ask: &PeopleAsk,
    after: Option<(&[u8], OfficialId)>,
    limit: u32,
) -> Result<Arc<OfficialsPage>, ActError<ListRefusal>> {
    let scope = admitted(services, ctx, ask).await?;
    let page = page(services, ctx, scope, ask, after, limit).await;
    page.map_err(keeping::without_refusal)
}

async fn page(
    services: &Services,
    ctx: &Ctx,
    scope: Scope,
    ask: &PeopleAsk,
    after: Option<(&[u8], OfficialId)>,
    limit: u32,
) -> Result<Arc<OfficialsPage>, ActError> {
    let wanted = wanted(services, ctx, &scope, ask).await?;
    let asked = PeopleAsk { purpose: String::new(), ..ask.clone() };
    let key = (scope.clone(), asked, ctx.today, after.map(|(name, id)| (name.to_vec(), id)), limit);
    let make = async {
        let mut lines = people::list(&services.db, &scope, &wanted, ask.on, after, limit + 1).await?;
        let shown = usize::try_from(limit).unwrap_or(usize::MAX);
        let more = lines.len() > shown;
        lines.truncate(shown);
        let details = people::details(&services.db, &wanted, &lines, &ask.columns, ask.on).await?;
        masked(services, ctx, &scope, ask, OfficialsPage { lines, details, more }).await
    };
    services.people.get(services.facts(ctx).await?, key, make).await
}

/// Leaves the name and the place of people whom somebody else keeps by now: access ends with a transfer.
async fn masked(
    services: &Services,
    ctx: &Ctx,
    scope: &Scope,
    ask: &PeopleAsk,
    mut page: OfficialsPage,
) -> Result<OfficialsPage, ActError> {
    if !may_be_of_others(ctx, scope, ask) {
        return Ok(page);
    }
    let ids: Vec<i64> = page.lines.iter().map(|line| line.id.0).collect();
    let kept = people::kept_of(&services.db, scope, &ids, ctx.today).await?;
    for line in page.lines.iter_mut().filter(|line| !kept.contains(&line.id.0)) {
        line.birth_on = None;
        if let Some(detail) = page.details.remove(&line.id.0) {
            page.details.insert(line.id.0, detail.of_place());
        }
    }
    Ok(page)
}

/// Whether a list may have people whom somebody else keeps by now: those of another day, and those who left.
pub(super) fn may_be_of_others(ctx: &Ctx, scope: &Scope, ask: &PeopleAsk) -> bool {
    matches!(scope.reach(), Reach::Units(_)) && (ask.on != ctx.today || ask.filter.is_of_left())
}

/// Where the asker may ask so; a sensitive question must say what for, and is noted.
pub(super) async fn admitted(services: &Services, ctx: &Ctx, ask: &PeopleAsk) -> Result<Scope, ActError<ListRefusal>> {
    let care = ask.care();
    let scope = ctx.scope(if care == Care::Open { Act::ViewPeople } else { Act::ExportPeople })?;
    if care == Care::Sensitive {
        if !keeping::is_reason(&ask.purpose) {
            return Err(ActError::Refused(ListRefusal::NoPurpose));
        }
        note(services, ctx, "people.sensitive", ask, None).await?;
    }
    Ok(scope)
}

/// A line of the audit about a list.
async fn note(services: &Services, ctx: &Ctx, act: &str, ask: &PeopleAsk, after: Option<&str>) -> Result<(), store::StoreError> {
    let (subject, user) = (ask.subject(), ctx.who.as_ref().map(|w| w.user));
    let reason = ask.purpose.trim();
    let entry = audit::Entry { at: ctx.now, user, act, subject: &subject, before: None, after, reason, operation: &ctx.operation };
    let tx = services.db.write().await?;
    audit::record(&tx, &entry).await?;
    tx.commit().await
}

pub(super) async fn wanted(services: &Services, ctx: &Ctx, scope: &Scope, ask: &PeopleAsk) -> Result<Wanted, ActError> {
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
    // Whom a list finds by age or ethnic group, it tells that of.
    let kept_on = (ask.filter.care() > Care::Open && may_be_of_others(ctx, scope, ask)).then_some(ctx.today);
    Ok(Wanted { text: domain::text::fold(&ask.text), unit, filter: ask.filter.clone(), kept_on })
}

/// Most people of one exported list.
pub const MOST_EXPORTED: u32 = 100_000;

/// A whole list of officials taken out of the system; noted in the audit.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that may not export people; every [`ListRefusal`].
pub async fn export_people(services: &Services, ctx: &Ctx, ask: &PeopleAsk) -> Result<OfficialsPage, ActError<ListRefusal>> {
    let scope = ctx.scope(Act::ExportPeople)?;
    if ask.care() == Care::Sensitive && !keeping::is_reason(&ask.purpose) {
        return Err(ActError::Refused(ListRefusal::NoPurpose));
    }
    let wanted = wanted(services, ctx, &scope, ask).await.map_err(keeping::without_refusal)?;
    let people = people::count(&services.db, &scope, &wanted, ask.on).await?;
    if people > i64::from(MOST_EXPORTED) {
        return Err(ActError::Refused(ListRefusal::TooMany(people)));
    }
    let lines = people::list(&services.db, &scope, &wanted, ask.on, None, MOST_EXPORTED).await?;
    let details = people::details(&services.db, &wanted, &lines, &ask.columns, ask.on).await?;
    let page = masked(services, ctx, &scope, ask, OfficialsPage { lines, details, more: false }).await;
    let page = page.map_err(keeping::without_refusal)?;
    note(services, ctx, "people.export", ask, Some(&page.lines.len().to_string())).await?;
    Ok(page)
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
