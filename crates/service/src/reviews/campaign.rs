//! A review as a whole: written as a draft, opened for its units, its last day moved, closed.
//! Not for: the answers of units (`answering`, `steps`), or what their lists are filled with (`filling`).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{ReviewId, UnitId};
use domain::orgs::{Bloc, Level, UnitKind};
use domain::questions::{Question, QuestionFault, question_faults};
use domain::reviews::{AnswerState, Course, ReviewFault, ReviewState, Step, review_faults};
use domain::roles::{Act, Forbidden, Reach};
use domain::time::Date;
use store::read::needs as needs_read;
use store::read::progress::Place;
use store::read::reviews::{self as read, AnswerLine, Chosen, EventLine, ReviewLine};
use store::read::units;
use store::write::reviews::{self as write, Terms};

use super::filling;
use super::rights::{Runs, runner, why};
use crate::noting::note;
use crate::registry::{UnitLine, is_reason, map};
use crate::{ActError, Ctx, Services};

/// What a review is to say.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Title.
    pub title: &'a str,
    /// Why, in words.
    pub reason: &'a str,
    /// After which scheme in force.
    pub scheme: Option<&'a str>,
    /// Year of the needs.
    pub year: i32,
    /// Day of the facts.
    pub as_of: Date,
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub due_on: Date,
    /// Which units it asks.
    pub chosen: &'a Chosen,
    /// Questions beside the list.
    pub questions: &'a [Question],
}

/// Why a review is not kept, or a step not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReviewRefusal {
    /// A rule of reviews.
    Fault(ReviewFault),
    /// A question, by its place, cannot be asked.
    Question(usize, QuestionFault),
    /// No unit of this code lives on the day of the facts, or it is not of the asker's bloc.
    UnknownUnit(String),
    /// No scheme of this code is in force.
    UnknownScheme,
    /// It must be said why.
    NoReason,
    /// The new last day is not later than the one before.
    NotLater,
    /// The review is not in a state in which this can be done.
    NotNow,
}

/// Reviews shown at once.
const MOST_SHOWN: u32 = 200;
/// Units that live on one day; a province has some hundreds.
const MOST_UNITS: u32 = 20_000;

/// A review as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReviewView {
    /// The review.
    pub review: ReviewLine,
    /// The answers of units that the asker may see, by their codes.
    pub answers: Vec<AnswerLine>,
    /// Steps, newest first; only for who runs the review.
    pub events: Vec<EventLine>,
    /// Whether the asker runs it.
    pub runs: bool,
}

/// Where the asker reads needs.
pub(crate) fn reading(ctx: &Ctx) -> Result<Place, ActError> {
    let scope = ctx.scope(Act::ViewNeeds)?;
    match scope.reach() {
        Reach::Province => Ok(Place::province(ctx.today)),
        Reach::Units(roots) => Ok(Place::units(roots.clone(), ctx.today)),
        Reach::Own(_) => Err(Forbidden { act: Act::ViewNeeds }.into()),
    }
}

/// Reviews that the asker may see, newest first: all to who runs them, otherwise those that ask a unit of the asker.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no needs.
pub async fn list(services: &Services, ctx: &Ctx) -> Result<Vec<ReviewLine>, ActError> {
    let place = reading(ctx)?;
    let within = (Runs::of(ctx, Act::RunReviews) == Runs::Nothing).then_some(&place);
    Ok(read::list(&services.db, within, MOST_SHOWN).await?)
}

/// One review with the answers that the asker may see.
///
/// # Errors
/// [`ActError::NotFound`] when it asks no unit of the asker, or is a draft of somebody else.
pub async fn one(services: &Services, ctx: &Ctx, id: ReviewId) -> Result<ReviewView, ActError> {
    let place = reading(ctx)?;
    let runs = Runs::of(ctx, Act::RunReviews) != Runs::Nothing;
    let review = read::one(&services.db, id).await?;
    let answers = read::answers(&services.db, &place, read::Wanted { review: Some(id), ..read::Wanted::default() }).await?;
    if !runs && (review.state == ReviewState::Draft || answers.is_empty()) {
        return Err(ActError::NotFound);
    }
    let events = if runs { read::events(&services.db, id, None, MOST_SHOWN).await? } else { Vec::new() };
    Ok(ReviewView { review, answers, events, runs })
}

/// The units that can be asked one by one: bodies of the province and communes, as far as the asker runs their affairs.
///
/// # Errors
/// [`ActError::Forbidden`] for those who run no reviews.
pub async fn askable(services: &Services, ctx: &Ctx) -> Result<Vec<UnitLine>, ActError> {
    runner(ctx, std::iter::empty())?;
    let runs = Runs::of(ctx, Act::RunReviews);
    let mut units = units::list(&services.db, ctx.today, "", "", MOST_UNITS).await?;
    let is_body = |unit: &UnitLine| {
        matches!(unit.kind, UnitKind::Department | UnitKind::PartyBody | UnitKind::FrontBody | UnitKind::Commune | UnitKind::District)
    };
    units.retain(|unit| is_body(unit) && runs.reaches(unit.bloc));
    Ok(units)
}

/// The units that a choice means on a day, and codes of it that mean none.
async fn asked(services: &Services, ctx: &Ctx, chosen: &Chosen, on: Date) -> Result<(Vec<UnitLine>, Vec<String>), ActError> {
    let runs = Runs::of(ctx, Act::RunReviews);
    let mut units = units::list(&services.db, on, "", "", MOST_UNITS).await?;
    units.retain(|unit| runs.reaches(unit.bloc) && unit.kind != UnitKind::Province);
    let unknown = chosen.picked.iter().filter(|code| units.iter().all(|unit| unit.code != **code)).cloned().collect();
    let is_meant = |unit: &UnitLine| match unit.kind {
        UnitKind::Commune => chosen.communes,
        UnitKind::Department => chosen.departments,
        UnitKind::PartyBody | UnitKind::FrontBody => chosen.party && unit.level == Level::Province,
        _ => false,
    };
    units.retain(|unit| is_meant(unit) || chosen.picked.contains(&unit.code));
    Ok((units, unknown))
}

/// Whether the asker runs everything that a draft asks: the Party board leaves drafts about units of the state alone.
async fn runs_draft(services: &Services, ctx: &Ctx, chosen: &Chosen, on: Date) -> Result<bool, ActError> {
    if Runs::of(ctx, Act::RunReviews) == Runs::Everything {
        return Ok(true);
    }
    let (_, unknown) = asked(services, ctx, chosen, on).await?;
    Ok(!chosen.communes && !chosen.departments && unknown.is_empty())
}

async fn refusals(services: &Services, ctx: &Ctx, draft: &Draft<'_>) -> Result<(Vec<UnitLine>, Vec<ReviewRefusal>), ActError> {
    let (units, unknown) = asked(services, ctx, draft.chosen, draft.as_of).await?;
    let terms = domain::reviews::Terms {
        title: draft.title,
        reason: draft.reason,
        scheme: draft.scheme,
        units: units.len(),
        as_of: draft.as_of,
        opens_on: draft.opens_on,
        due_on: draft.due_on,
        year: draft.year,
    };
    let mut refusals: Vec<_> = review_faults(&terms, ctx.today).into_iter().map(ReviewRefusal::Fault).collect();
    refusals.extend(unknown.into_iter().map(ReviewRefusal::UnknownUnit));
    refusals.extend(question_faults(draft.questions).into_iter().map(|(place, fault)| ReviewRefusal::Question(place, fault)));
    if let Some(code) = draft.scheme {
        let known = crate::schemes::followed(services, ctx).await?.iter().any(|stored| stored.scheme.code == code);
        refusals.extend((!known).then_some(ReviewRefusal::UnknownScheme));
    }
    Ok((units, refusals))
}

fn terms<'a>(draft: &Draft<'a>) -> Terms<'a> {
    Terms {
        title: draft.title,
        reason: draft.reason,
        scheme: draft.scheme,
        year: draft.year,
        as_of: draft.as_of,
        opens_on: draft.opens_on,
        due_on: draft.due_on,
        chosen: draft.chosen,
        questions: draft.questions,
    }
}

/// Writes a draft, or changes one that is as it was read (its key and revision). Tells its key.
///
/// # Errors
/// Every [`ReviewRefusal`] that applies; [`ActError::Stale`] when somebody else changed it first.
pub async fn save(
    services: &Services,
    ctx: &Ctx,
    known: Option<(ReviewId, i32)>,
    draft: &Draft<'_>,
) -> Result<ReviewId, ActError<Vec<ReviewRefusal>>> {
    let proof = runner(ctx, std::iter::empty())?;
    if let Some((id, _)) = known {
        let kept = read::one(&services.db, id).await?;
        let is_own = runs_draft(services, ctx, &kept.chosen, kept.as_of).await.map_err(crate::registry::without_refusal)?;
        if !is_own {
            return Err(Forbidden { act: Act::RunReviews }.into());
        }
    }
    let (_, mut refusals) = refusals(services, ctx, draft).await.map_err(crate::registry::without_refusal)?;
    let is_own = runs_draft(services, ctx, draft.chosen, draft.as_of).await.map_err(crate::registry::without_refusal)?;
    refusals.extend((!is_own && refusals.is_empty()).then_some(ReviewRefusal::Fault(ReviewFault::NotOfBloc)));
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, draft.title);
    let id = match known {
        None => write::create(&tx, &why, &terms(draft)).await?,
        Some((id, revision)) => {
            write::amend(&tx, (id, revision), &terms(draft)).await?;
            id
        }
    };
    note(&tx, ctx, "review.draft", &format!("review/{id}"), draft.title).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens a draft that is as it was read: its units are asked, and the list of each is filled with the gaps of the day of the facts.
///
/// # Errors
/// Every [`ReviewRefusal`] that applies now; [`ActError::Stale`] when somebody else changed or opened it first.
pub async fn open(services: &Services, ctx: &Ctx, id: ReviewId, revision: i32) -> Result<(), ActError<Vec<ReviewRefusal>>> {
    let review = read::one(&services.db, id).await?;
    let draft = Draft {
        title: &review.title,
        reason: &review.reason,
        scheme: review.scheme.as_deref(),
        year: review.year,
        as_of: review.as_of,
        opens_on: review.opens_on,
        due_on: review.due_on,
        chosen: &review.chosen,
        questions: &review.questions,
    };
    let (units, mut refused) = refusals(services, ctx, &draft).await.map_err(crate::registry::without_refusal)?;
    let proof = runner(ctx, units.iter().map(|unit| unit.bloc))?;
    let is_own = runs_draft(services, ctx, &review.chosen, review.as_of).await.map_err(crate::registry::without_refusal)?;
    if !is_own {
        return Err(Forbidden { act: Act::RunReviews }.into());
    }
    refused.extend((review.state != ReviewState::Draft).then_some(ReviewRefusal::NotNow));
    if !refused.is_empty() {
        return Err(ActError::Refused(refused));
    }
    let parents = parents(services, ctx, review.as_of).await.map_err(crate::registry::without_refusal)?;
    let asked: BTreeSet<UnitId> = units.iter().map(|unit| unit.id).collect();
    let gaps = filling::gaps(services, ctx, &review, &parents, &asked).await.map_err(crate::registry::without_refusal)?;
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, "");
    write::advance(&tx, &why, (id, revision), (ReviewState::Open, review.due_on)).await?;
    let mut answers = BTreeMap::new();
    for unit in &units {
        let under = parents.get(&unit.id).and_then(|above| filling::nearest(&parents, &asked, *above));
        let under = under.filter(|above| units.iter().any(|u| u.id == *above && (u.bloc == Bloc::State) == (unit.bloc == Bloc::State)));
        answers.insert(unit.id, write::ask(&tx, id, unit.id, under, unit.bloc).await?);
    }
    filling::fill(&tx, &why, &review, gaps, &answers).await?;
    write::note(&tx, &why, id, None, Step::Open).await?;
    note(&tx, ctx, "review.open", &format!("review/{id}"), &review.title).await?;
    Ok(tx.commit().await?)
}

/// The parent of each unit on a day.
async fn parents(services: &Services, ctx: &Ctx, on: Date) -> Result<BTreeMap<UnitId, UnitId>, ActError> {
    let map = map(services, ctx).await?;
    Ok(map.links.iter().filter(|link| link.during.contains(on)).map(|link| (link.unit, link.parent)).collect())
}

/// Moves the last day of all units, or closes the review: `to` is the later day, none closes.
///
/// # Errors
/// Every [`ReviewRefusal`] that applies; [`ActError::Stale`] when somebody else changed it first.
pub async fn advance(
    services: &Services,
    ctx: &Ctx,
    (id, revision): (ReviewId, i32),
    to: Option<Date>,
    words: &str,
) -> Result<(), ActError<Vec<ReviewRefusal>>> {
    let review = read::one(&services.db, id).await?;
    let all = read::Wanted { review: Some(id), ..read::Wanted::default() };
    let answers = read::answers(&services.db, &Place::province(ctx.today), all).await?;
    let proof = runner(ctx, answers.iter().map(|answer| answer.bloc))?;
    let (step, act) = if to.is_some() { (Step::Extend, "review.extend") } else { (Step::Close, "review.close") };
    let course = Course { review: review.state, answer: AnswerState::Waiting, reopened: false };
    let mut refusals = Vec::new();
    let mut refuse = |is_wrong: bool, refusal: ReviewRefusal| refusals.extend(is_wrong.then_some(refusal));
    refuse(course.after(step).is_none(), ReviewRefusal::NotNow);
    refuse(to.is_some_and(|day| day <= review.due_on || day < ctx.today), ReviewRefusal::NotLater);
    refuse(step.needs_reason() && !is_reason(words), ReviewRefusal::NoReason);
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, words);
    let state = if to.is_some() { ReviewState::Open } else { ReviewState::Closed };
    write::advance(&tx, &why, (id, revision), (state, to.unwrap_or(review.due_on))).await?;
    write::note(&tx, &why, id, None, step).await?;
    note(&tx, ctx, act, &format!("review/{id}"), words).await?;
    Ok(tx.commit().await?)
}

/// What the notice that opens a review says, in plain rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// The review.
    pub review: ReviewLine,
    /// The units it asks: code and name.
    pub units: Vec<(String, String)>,
    /// Lines on the lists of all units together.
    pub lines: i64,
}

/// The rows of the notice of a review.
///
/// # Errors
/// [`ActError::Forbidden`] for those who run no reviews, [`ActError::NotFound`] when there is no such review.
pub async fn notice(services: &Services, ctx: &Ctx, id: ReviewId) -> Result<Notice, ActError> {
    runner(ctx, std::iter::empty())?;
    let review = read::one(&services.db, id).await?;
    let units: Vec<(String, String)> = if review.state == ReviewState::Draft {
        let (units, _) = asked(services, ctx, &review.chosen, review.as_of).await?;
        units.into_iter().map(|unit| (unit.code, unit.name)).collect()
    } else {
        // Once it is open it asks those it asked, whatever became of units since and whoever prints it.
        let wanted = read::Wanted { review: Some(id), ..read::Wanted::default() };
        let answers = read::answers(&services.db, &Place::province(ctx.today), wanted).await?;
        answers.into_iter().map(|answer| (answer.unit.1, answer.unit.2)).collect()
    };
    let wanted = needs_read::Wanted { review: Some(id), ..needs_read::Wanted::default() };
    let sums = needs_read::sums(&services.db, &Place::province(ctx.today), &wanted, needs_read::By::All).await?;
    let lines = sums.first().map_or(0, |sum| sum.attendances);
    Ok(Notice { review, units, lines })
}
