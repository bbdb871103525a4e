//! Postings and secondments: moving, leaving, coming back, working elsewhere for a time.
//! Not for: rules of postings (`domain::register`).

use std::sync::Arc;

use domain::ids::OfficialId;
use domain::people::{Appointment, Duty, LeaderGroup, Leadership, StaffKind};
use domain::register::{Ending, PostingFacts, PostingFault, posting_faults};
use domain::time::{Date, Interval};
use store::read::people::{Person, PostingLine};
use store::write::register::{self as write, NewPosting, NewSecondment};

use super::identity::found;
use super::keeping::{self, Keeper};
use super::{UnitView, view};
use crate::{ActError, Ctx, Services};

/// Why a change of a career is not written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CareerRefusal {
    /// A rule of postings.
    Fault(PostingFault),
    /// There is no such unit.
    NoSuchUnit,
    /// The post has no title.
    NoPost,
    /// A change must say why.
    NoReason,
    /// The person has no posting that could end on the day.
    NothingToEnd,
    /// Such an end is not chosen by hand.
    NotAnEnd,
    /// Only who keeps both units moves a person between them.
    OtherKeeper,
}

type Refused = ActError<Vec<CareerRefusal>>;

/// A posting to be begun.
#[derive(Debug, Clone, Copy)]
pub struct Move<'a> {
    /// Unit code.
    pub unit: &'a str,
    /// Title of the post.
    pub post: &'a str,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Leadership.
    pub leadership: Option<Leadership>,
    /// Group of leaders; `None` is the group of the leadership.
    pub group: Option<LeaderGroup>,
    /// Standing duty.
    pub duty: Option<Duty>,
    /// What kind of appointment it begins with.
    pub appointment: Option<Appointment>,
    /// Grade code.
    pub grade: Option<&'a str>,
    /// Whether the professional degree fits the post; `None` keeps what was.
    pub fits_post: Option<bool>,
    /// First day.
    pub from: Date,
    /// Number of the decision.
    pub decision: Option<&'a str>,
}

impl Move<'_> {
    /// The posting at a unit.
    pub(super) fn posting(&self, official: OfficialId, unit: &UnitView, fits_post: bool) -> NewPosting {
        NewPosting {
            official,
            unit: unit.unit.id,
            level: unit.unit.level,
            bloc: unit.unit.bloc,
            post: self.post.trim().to_owned(),
            staff: self.staff,
            leadership: self.leadership,
            group: self.group.or_else(|| self.leadership.and_then(Leadership::group)),
            duty: self.duty,
            appointment: self.appointment,
            fits_post: self.fits_post.unwrap_or(fits_post),
            grade: self.grade.map(str::to_owned),
            from: self.from,
            to: None,
            ended_by: None,
            decision: self.decision.map(str::to_owned),
        }
    }
}

/// The unit of a move on its day, if there is one.
pub(super) async fn place<R>(services: &Services, ctx: &Ctx, to: &Move<'_>) -> Result<Option<Arc<UnitView>>, ActError<R>> {
    match view(services, ctx, to.unit, to.from).await {
        Ok(unit) => Ok(Some(unit)),
        Err(ActError::NotFound) => Ok(None),
        Err(other) => Err(keeping::without_refusal(other)),
    }
}

/// Everything that is wrong with a move; `others` are the postings that stay.
pub(super) fn judge(
    to: &Move<'_>,
    place: &Option<Arc<UnitView>>,
    others: &[Interval],
    birth_on: Date,
    died_on: Option<Date>,
) -> Vec<CareerRefusal> {
    let mut refusals = Vec::new();
    refusals.extend(to.post.trim().is_empty().then_some(CareerRefusal::NoPost));
    match place {
        None => refusals.push(CareerRefusal::NoSuchUnit),
        Some(unit) => {
            let facts = PostingFacts { from: to.from, to: None, others, unit: unit.unit.life, birth_on, died_on };
            refusals.extend(posting_faults(&facts).into_iter().map(CareerRefusal::Fault));
        }
    }
    refusals
}

/// The postings as they are after the one of the day ended on it.
fn staying(official: &Person, current: Option<&PostingLine>, on: Date) -> Vec<Interval> {
    let cut = |line: &PostingLine| match current {
        Some(now) if now.id == line.id => Interval::new(line.during.from(), Some(on)).ok(),
        _ => Some(line.during),
    };
    official.postings.iter().filter_map(cut).collect()
}

fn died_on(official: &Person) -> Option<Date> {
    official.postings.iter().find(|p| p.ended_by == Some(Ending::Died)).and_then(|p| p.during.to())
}

/// Moves a person to a post from a day on: appointment, transfer, rotation, or coming back after having left.
///
/// # Errors
/// Every [`CareerRefusal`] that applies.
pub async fn move_to(services: &Services, ctx: &Ctx, code: &str, to: &Move<'_>, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let current = official.postings.iter().find(|p| p.during.contains(to.from) && p.during.from() < to.from);
    let place = place(services, ctx, to).await?;
    let mut refusals = judge(to, &place, &staying(&official, current, to.from), official.birth_on, died_on(&official));
    refusals.extend((!keeping::is_reason(reason)).then_some(CareerRefusal::NoReason));
    if place.is_some() && Keeper::of_unit::<CareerRefusal>(services, ctx, to.unit).await.is_err() {
        refusals.push(CareerRefusal::OtherKeeper);
    }
    let (Some(unit), true) = (place, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let why = keeper.why(ctx, reason);
    let tx = services.db.write().await?;
    if let Some(now) = current {
        write::end_posting(&tx, &why, official.id, now.id, to.from, Ending::Moved).await?;
    }
    write::begin_posting(&tx, &why, &to.posting(official.id, &unit, true)).await?;
    keeper.commit(tx, ctx, "register.move", &official.code, reason).await?;
    Ok(())
}

/// Ends a person's service: `from` is the first day on which the person does not work any more.
///
/// # Errors
/// Every [`CareerRefusal`] that applies.
pub async fn leave(services: &Services, ctx: &Ctx, code: &str, from: Date, by: Ending, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let current = official.postings.iter().find(|p| p.during.to().is_none() && p.during.from() < from);
    let mut refusals = Vec::new();
    refusals.extend((!by.leaves()).then_some(CareerRefusal::NotAnEnd));
    refusals.extend((!keeping::is_reason(reason)).then_some(CareerRefusal::NoReason));
    refusals.extend(current.is_none().then_some(CareerRefusal::NothingToEnd));
    let (Some(now), true) = (current, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let why = keeper.why(ctx, reason);
    let tx = services.db.write().await?;
    write::end_posting(&tx, &why, official.id, now.id, from, by).await?;
    for elsewhere in official.secondments.iter().filter(|s| s.during.contains(from)) {
        write::end_secondment(&tx, &why, official.id, elsewhere.id, from).await?;
    }
    keeper.commit(tx, ctx, "register.leave", &official.code, reason).await?;
    Ok(())
}

/// Sends a person to work at another unit for a time; the posting at home goes on.
///
/// # Errors
/// Every [`CareerRefusal`] that applies.
pub async fn second(services: &Services, ctx: &Ctx, code: &str, to: &Move<'_>, until: Option<Date>, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let place = place(services, ctx, to).await?;
    let mut refusals = Vec::new();
    refusals.extend((!keeping::is_reason(reason)).then_some(CareerRefusal::NoReason));
    refusals.extend(to.post.trim().is_empty().then_some(CareerRefusal::NoPost));
    refusals.extend(official.postings.iter().all(|p| !p.during.contains(to.from)).then_some(CareerRefusal::NothingToEnd));
    if let Some(unit) = &place {
        let others: Vec<Interval> = official.secondments.iter().map(|s| s.during).collect();
        let life = unit.unit.life;
        let facts = PostingFacts {
            from: to.from,
            to: until.or(life.to()),
            others: &others,
            unit: life,
            birth_on: official.birth_on,
            died_on: None,
        };
        refusals.extend(posting_faults(&facts).into_iter().map(CareerRefusal::Fault));
    }
    refusals.extend(place.is_none().then_some(CareerRefusal::NoSuchUnit));
    let (Some(unit), true) = (place, refusals.is_empty()) else { return Err(ActError::Refused(refusals)) };
    let new = NewSecondment {
        official: official.id,
        unit: unit.unit.id,
        post: to.post.trim().to_owned(),
        from: to.from,
        to: until,
        decision: to.decision.map(str::to_owned),
    };
    let tx = services.db.write().await?;
    write::second(&tx, &keeper.why(ctx, reason), &new).await?;
    keeper.commit(tx, ctx, "register.second", &official.code, reason).await?;
    Ok(())
}

/// Ends a secondment: `from` is the first day on which the person is back.
///
/// # Errors
/// [`ActError::NotFound`] when it is not this person's, [`CareerRefusal::NothingToEnd`] when it was over before the day.
pub async fn end_secondment(services: &Services, ctx: &Ctx, code: &str, secondment: i64, from: Date, reason: &str) -> Result<(), Refused> {
    let official = found(services, ctx, code).await?;
    let keeper = Keeper::of(services, ctx, &official).await?;
    let line = official.secondments.iter().find(|s| s.id == secondment).ok_or(ActError::NotFound)?;
    let mut refusals = Vec::new();
    refusals.extend((!keeping::is_reason(reason)).then_some(CareerRefusal::NoReason));
    let is_open = line.during.from() < from && line.during.to().is_none_or(|to| from < to);
    refusals.extend((!is_open).then_some(CareerRefusal::NothingToEnd));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    write::end_secondment(&tx, &keeper.why(ctx, reason), official.id, secondment, from).await?;
    keeper.commit(tx, ctx, "register.back", &official.code, reason).await?;
    Ok(())
}
