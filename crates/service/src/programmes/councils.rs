//! Councils: who keeps them, who may sit in them, and the rule that they follow.
//! Not for: sessions.

use domain::ids::UserId;
use domain::orgs::Bloc;
use domain::programmes::appraisal::{self, Rule, Seat, council_faults};
use domain::roles::{Act, Role, may};
use domain::time::{Date, Interval};
use law::council::council_rule;
use law::{EvaluationDate, Explained, NoLaw};
use store::StoreError;
use store::read::programmes::councils::{self as read, Of};
use store::write::programmes::councils as write;

use super::{Council, ProgrammeRefusal, Refused, Session, decider, is_of_the_office, note};
use crate::lawbook::law;
use crate::{ActError, Ctx, Never, Services};

/// A council as it is typed.
#[derive(Debug, Clone, Copy)]
pub struct CouncilCard<'a> {
    /// Name.
    pub name: &'a str,
    /// Number of the decision.
    pub decision: &'a str,
    /// First day.
    pub from: Date,
    /// Last day, if known.
    pub last: Option<Date>,
    /// Who sits where.
    pub members: &'a [(UserId, Seat)],
}

fn office<R>(ctx: &Ctx) -> Result<(), ActError<R>> {
    if is_of_the_office(ctx) { Ok(()) } else { Err(domain::roles::Forbidden { act: Act::ViewPlans }.into()) }
}

/// Whether the asker sets councils up.
#[must_use]
pub fn may_keep_councils(ctx: &Ctx) -> bool {
    decider::<Never>(ctx, Bloc::State).is_ok()
}

/// All councils, those that end last first.
///
/// # Errors
/// [`ActError::Forbidden`] outside the offices.
pub async fn councils(services: &Services, ctx: &Ctx) -> Result<Vec<Council>, ActError> {
    office(ctx)?;
    Ok(read::councils(&services.db).await?)
}

/// The councils that can still sit.
///
/// # Errors
/// [`ActError::Forbidden`] outside the offices.
pub async fn councils_ahead(services: &Services, ctx: &Ctx) -> Result<Vec<Council>, ActError> {
    let mut all = councils(services, ctx).await?;
    all.retain(|council| council.during.to().is_none_or(|end| end > ctx.today));
    Ok(all)
}

/// One council.
///
/// # Errors
/// [`ActError::NotFound`] when there is none.
pub async fn council(services: &Services, ctx: &Ctx, id: i64) -> Result<Council, ActError> {
    office(ctx)?;
    Ok(read::council(&services.db, id).await?)
}

/// The sessions of a council, newest first.
///
/// # Errors
/// [`ActError::Forbidden`] outside the offices.
pub async fn council_sessions(services: &Services, ctx: &Ctx, id: i64) -> Result<Vec<Session>, ActError> {
    office(ctx)?;
    Ok(read::sessions(&services.db, Of::Council(id)).await?)
}

/// Accounts that may sit in a council: id, login, name.
///
/// # Errors
/// [`ActError::Forbidden`] for those who set no councils up.
pub async fn appraisers(services: &Services, ctx: &Ctx) -> Result<Vec<(UserId, String, String)>, ActError> {
    decider::<Never>(ctx, Bloc::State)?;
    let roles: Vec<Role> = Role::ALL.iter().copied().filter(|role| may(*role, Act::Appraise)).collect();
    Ok(read::accounts_with(&services.db, &roles, ctx.today).await?)
}

/// The rule of councils on a day, with where it comes from.
///
/// # Errors
/// The inner [`NoLaw`] when the law of that day is not known; [`StoreError`] when the law files are broken.
pub fn rule(on: Date) -> Result<Result<Explained<Rule>, NoLaw>, StoreError> {
    let law = law()?;
    Ok(council_rule(law, EvaluationDate(on)))
}

/// Sets a council up, or changes one that has no session open.
///
/// # Errors
/// Every [`ProgrammeRefusal`] that applies; [`ActError::Stale`] when someone else changed it first.
pub async fn keep_council(services: &Services, ctx: &Ctx, known: Option<(i64, i32)>, card: &CouncilCard<'_>) -> Result<i64, Refused> {
    decider::<Vec<ProgrammeRefusal>>(ctx, Bloc::State)?;
    let last = card.last.and_then(Date::next_day);
    let during = Interval::new(card.from, last).ok();
    let council = appraisal::Council { name: card.name, decision: card.decision, during, members: card.members };
    let mut refusals: Vec<ProgrammeRefusal> = match rule(card.from)? {
        Ok(rule) => council_faults(&council, &rule.value).into_iter().map(ProgrammeRefusal::Council).collect(),
        Err(_) => vec![ProgrammeRefusal::NoRule],
    };
    if ctx.who.is_some() {
        let able = appraisers(services, ctx).await.map_err(crate::registry::without_refusal)?;
        let is_able = |user: &UserId| able.iter().any(|(id, ..)| id == user);
        refusals.extend((!card.members.iter().all(|(user, _)| is_able(user))).then_some(ProgrammeRefusal::NotAnAppraiser));
    }
    let (Some(during), true) = (during, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let row = write::CouncilRow { name: card.name.trim(), decision: card.decision.trim(), during, members: card.members };
    let tx = services.db.write().await?;
    let id = match known {
        None => write::create(&tx, &row, ctx.now).await?,
        Some((id, revision)) => {
            write::change(&tx, id, revision, &row).await?;
            if read::has_open_session(&tx, id).await? {
                return Err(ActError::Refused(vec![ProgrammeRefusal::CouncilAtWork]));
            }
            id
        }
    };
    note(&tx, ctx, "council.keep", &format!("council/{id}"), card.name).await?;
    tx.commit().await?;
    Ok(id)
}
