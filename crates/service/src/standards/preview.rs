//! What a text would change if it were in force: who becomes short of each requirement and who is freed, on one day.
//! Not for: putting it in force (`edit`).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use domain::ids::OfficialId;
use domain::roles::Act;
use domain::standards::{Requirement, Standard, Standing};
use domain::time::Date;
use futures_util::future::try_join_all;
use store::read::gaps::{self as read, PersonLine, Question};
use store::read::progress::Place;

use super::{check, followed, version};
use crate::gaps::{known, yearly};
use crate::progress::{self, place};
use crate::{ActError, Ctx, Services};

/// What changes for somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// Lacks it now, and did not before.
    Short,
    /// Must reach it in time, and did not have to before.
    Due,
    /// Lacked it or had to reach it in time, and no longer so.
    Freed,
}

/// How one requirement changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Effect {
    /// As it is in force; none when it is new.
    pub before: Option<Arc<Requirement>>,
    /// As it would be; none when it goes.
    pub after: Option<Arc<Requirement>>,
    /// Who lacks it before and after.
    pub missing: (usize, usize),
    /// Who still has time before and after.
    pub due: (usize, usize),
    short: BTreeSet<OfficialId>,
    newly_due: BTreeSet<OfficialId>,
    freed: BTreeSet<OfficialId>,
}

impl Effect {
    /// The code of the requirement.
    #[must_use]
    pub fn code(&self) -> &str {
        self.after.as_ref().or(self.before.as_ref()).map_or("", |requirement| requirement.code.as_str())
    }

    /// How many people are on a side.
    #[must_use]
    pub fn count(&self, side: Side) -> usize {
        self.side(side).len()
    }

    const fn side(&self, side: Side) -> &BTreeSet<OfficialId> {
        match side {
            Side::Short => &self.short,
            Side::Due => &self.newly_due,
            Side::Freed => &self.freed,
        }
    }
}

/// Everything a text changes on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// The day.
    pub on: Date,
    /// Requirements that change, in the order of the text; those that go come last.
    pub effects: Vec<Effect>,
    /// Requirements that stay as they are.
    pub same: usize,
}

/// What a saved version would change today.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep no standards, [`ActError::NotFound`] when there is no such version.
pub async fn preview(services: &Services, ctx: &Ctx, code: &str, number: i32) -> Result<Arc<Preview>, ActError> {
    ctx.scope(Act::KeepStandards)?;
    let text = version(services, ctx, code, number).await?;
    of_text(services, ctx, &text.body).await
}

/// What a text would change today. A text with mistakes changes nothing that could be told.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep no standards, [`ActError::NotFound`] for a text with mistakes.
pub async fn of_text(services: &Services, ctx: &Ctx, text: &str) -> Result<Arc<Preview>, ActError> {
    let scope = ctx.scope(Act::KeepStandards)?;
    let place = place(services, ctx, &scope, &progress::Ask::on(ctx.today)).await?;
    let new = check(text).map_err(|_| ActError::NotFound)?;
    let key = (text.to_owned(), ctx.today, place.clone());
    services.standards.previews.get(services.facts(ctx).await?, key, compare(services, ctx, &place, &new)).await
}

async fn compare(services: &Services, ctx: &Ctx, place: &Place, new: &Standard) -> Result<Preview, ActError> {
    let (shelf, on) = (followed(services, ctx).await?, ctx.today);
    // The standard of the product gives way to whatever is published.
    let replaced = |code: &str, is_shipped: bool| is_shipped || code == new.code;
    let old: Vec<Arc<Requirement>> = shelf
        .standards
        .iter()
        .filter(|old| replaced(&old.standard.code, old.version.is_none()))
        .flat_map(|old| old.standard.on(on).cloned().map(Arc::new))
        .collect();
    let is = |code: &str| new.on(on).find(|requirement| requirement.code == code).cloned().map(Arc::new);
    let was = |code: &str| old.iter().find(|requirement| requirement.code == code).cloned();
    let kept = new.on(on).map(|requirement| requirement.code.as_str());
    let gone = old.iter().map(|requirement| requirement.code.as_str()).filter(|code| is(code).is_none());
    let pairs: Vec<_> = kept.chain(gone).map(|code| (was(code), is(code))).collect();
    let changed: Vec<_> = pairs.iter().filter(|(before, after)| before != after).cloned().collect();
    let same = pairs.len() - changed.len();
    let yearly = known(&yearly(on)?);
    let standings = async |requirement: &Option<Arc<Requirement>>| {
        let Some(requirement) = requirement else { return Ok(BTreeMap::new()) };
        let question = Question { requirement, place, on, yearly: &yearly, among: None };
        Ok::<BTreeMap<_, _>, ActError>(read::all_short(&services.db, &question).await?.into_iter().collect())
    };
    let effects = changed.into_iter().map(async |(before, after)| {
        let (old, new) = (standings(&before).await?, standings(&after).await?);
        Ok::<_, ActError>(effect((before, after), &old, &new))
    });
    Ok(Preview { on, effects: try_join_all(effects).await?, same })
}

type Standings = BTreeMap<OfficialId, Standing>;

fn effect((before, after): (Option<Arc<Requirement>>, Option<Arc<Requirement>>), old: &Standings, new: &Standings) -> Effect {
    let rank = |standings: &Standings, id: &OfficialId| match standings.get(id) {
        Some(Standing::Missing(_)) => 2,
        Some(Standing::Due(_)) => 1,
        _ => 0,
    };
    let everybody: BTreeSet<OfficialId> = old.keys().chain(new.keys()).copied().collect();
    let people = |keeps: &dyn Fn(u8, u8) -> bool| everybody.iter().copied().filter(|id| keeps(rank(old, id), rank(new, id))).collect();
    let count = |standings: &Standings, wanted: u8| standings.keys().filter(|id| rank(standings, id) == wanted).count();
    Effect {
        before,
        after,
        missing: (count(old, 2), count(new, 2)),
        due: (count(old, 1), count(new, 1)),
        short: people(&|was, is| is == 2 && was < 2),
        newly_due: people(&|was, is| is == 1 && was == 0),
        freed: people(&|was, is| is < was),
    }
}

/// The people on one side of an effect, in name order, after a person of that order.
///
/// # Errors
/// [`ActError::Forbidden`] for those who keep no standards, [`ActError::NotFound`] when the preview has no such requirement.
pub async fn people(
    services: &Services,
    ctx: &Ctx,
    (preview, code, side): (&Preview, &str, Side),
    after: Option<&read::After>,
    limit: usize,
) -> Result<(Vec<PersonLine>, Option<read::After>), ActError> {
    ctx.scope(Act::KeepStandards)?;
    let effect = preview.effects.iter().find(|effect| effect.code() == code).ok_or(ActError::NotFound)?;
    let place_of = |line: &PersonLine| (line.sort_key.clone(), line.id);
    let mut lines = read::lines(&services.db, effect.side(side), preview.on).await?;
    lines.retain(|line| after.is_none_or(|after| place_of(line) > (after.sort_key.clone(), after.official)));
    lines.sort_by_key(place_of);
    let more = lines.len() > limit;
    lines.truncate(limit);
    let last = lines.last().filter(|_| more).map(|line| read::After { sort_key: line.sort_key.clone(), official: line.id });
    Ok((lines, last))
}
