//! The answer of one unit: its list, what is said to each line, needs added, questions answered; facts beside those of the opening.
//! Not for: sending and deciding (`steps`).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::{NeedId, OfficialId, ReviewId};
use domain::needs::{NeedFault, NeedLevel, NeedSource, NeedState, Verdict};
use domain::questions::{AnswerFault, read as read_answers};
use domain::reviews::{AnswerState, Performer, Step};
use store::read::gaps::{self as gaps_read, Question};
use store::read::needs::{self as needs_read, AnswerGroup, ChangeLine, NeedLine, Of};
use store::read::progress::Place;
use store::read::reviews::{self as read, AnswerLine, EventLine, ReviewLine};
use store::write::needs::{self as needs_write, Change};
use store::write::reviews as write;

use super::campaign::reading;
use super::rights::{Rights, why};
use crate::gaps::{in_force, known, yearly};
use crate::needs::{Wish, made, said_of, topic_of, unnamed_changes_unless};
use crate::noting::note;
use crate::registry::{is_reason, view, without_refusal};
use crate::{ActError, Ctx, Services};

/// The answer of a unit as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerView {
    /// The review.
    pub review: ReviewLine,
    /// How far the answer has come.
    pub answer: AnswerLine,
    /// Its lines in groups.
    pub groups: Vec<AnswerGroup>,
    /// What levels made of its lines.
    pub changes: Vec<ChangeLine>,
    /// Steps, newest first.
    pub events: Vec<EventLine>,
    /// What the asker may do.
    pub rights: Rights,
}

/// Why something said in an answer is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AnswerRefusal {
    /// A rule of needs.
    Fault(NeedFault),
    /// An answer to a question, by its field.
    Question(String, AnswerFault),
}

/// What is otherwise today than when the review opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Difference {
    /// The official has it now.
    Met,
    /// The official works in another unit.
    Moved,
    /// The official holds no post any more.
    Left,
}

impl Difference {
    /// Stable code.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Met => "met",
            Self::Moved => "moved",
            Self::Left => "left",
        }
    }
}

/// Lines of a page.
const PAGE: u32 = 100;
/// Changes and steps shown at once.
const MOST_SHOWN: u32 = 300;

async fn found(services: &Services, ctx: &Ctx, (id, unit): (ReviewId, &str)) -> Result<AnswerLine, ActError> {
    let place = reading(ctx)?;
    let unit = view(services, ctx, unit, ctx.today).await?;
    let wanted = read::Wanted { review: Some(id), unit: Some(unit.unit.id), going: false };
    read::answers(&services.db, &place, wanted).await?.into_iter().next().ok_or(ActError::NotFound)
}

/// The answer of a unit with the asker's rights, for an act.
pub(super) async fn at<R>(services: &Services, ctx: &Ctx, at: (ReviewId, &str)) -> Result<(AnswerLine, Rights), ActError<R>> {
    let answer = found(services, ctx, at).await.map_err(without_refusal)?;
    let rights = Rights::of(services, ctx, &answer).await.map_err(without_refusal)?;
    Ok((answer, rights))
}

/// The answer of a unit.
///
/// # Errors
/// [`ActError::NotFound`] when the review does not ask the unit, or the asker may not see it.
pub async fn answer(services: &Services, ctx: &Ctx, at_: (ReviewId, &str)) -> Result<AnswerView, ActError> {
    let (answer, rights) = at(services, ctx, at_).await?;
    let db = &services.db;
    Ok(AnswerView {
        review: read::one(db, at_.0).await?,
        groups: needs_read::groups(db, answer.id).await?,
        changes: unnamed_changes_unless(ctx, needs_read::changes(db, Of::Answer(answer.id), MOST_SHOWN).await?),
        events: read::events(db, at_.0, Some(answer.id), MOST_SHOWN).await?,
        answer,
        rights,
    })
}

/// A page of lines of an answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LinesPage {
    /// Each line with what is otherwise today.
    pub lines: Vec<(NeedLine, Option<Difference>)>,
    /// Where the next page starts.
    pub next: Option<NeedId>,
}

/// Lines of an answer, of one requirement or all.
///
/// # Errors
/// As [`answer`].
pub async fn lines(
    services: &Services,
    ctx: &Ctx,
    at_: (ReviewId, &str),
    requirement: Option<&str>,
    after: NeedId,
) -> Result<LinesPage, ActError> {
    let answer = found(services, ctx, at_).await?;
    let wanted = needs_read::Wanted { answer: Some(answer.id), requirement, ..needs_read::Wanted::default() };
    let mut lines = needs_read::list(&services.db, &Place::province(ctx.today), &wanted, after, PAGE + 1).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        lines.pop();
    }
    let next = if more { lines.last().map(|line| line.id) } else { None };
    let differences = differences(services, ctx, &answer, &lines).await?;
    let lines = crate::needs::unnamed_unless(ctx, lines).into_iter();
    Ok(LinesPage {
        lines: lines
            .map(|line| {
                let other = differences.get(&line.id).copied();
                (line, other)
            })
            .collect(),
        next,
    })
}

/// What is otherwise today than when the lines were written; lines of gaps only.
async fn differences(
    services: &Services,
    ctx: &Ctx,
    answer: &AnswerLine,
    lines: &[NeedLine],
) -> Result<BTreeMap<NeedId, Difference>, ActError> {
    let of_gaps = || lines.iter().filter(|line| line.source == NeedSource::Gap);
    let people: BTreeSet<OfficialId> = of_gaps().filter_map(|line| line.official.as_ref().map(|o| o.0)).collect();
    let seats = gaps_read::lines(&services.db, &people, ctx.today).await?;
    let seats: BTreeMap<OfficialId, _> = seats.into_iter().map(|seat| (seat.id, seat.unit.0)).collect();
    let amounts = known(&yearly(ctx.today)?);
    let place = Place::units(vec![answer.unit.0], ctx.today);
    let mut short = BTreeMap::new();
    for code in of_gaps().filter_map(|line| line.requirement.as_deref()).collect::<BTreeSet<_>>() {
        let Ok(requirement) = in_force(services, ctx, code, ctx.today).await else { continue };
        let question = Question { requirement: &requirement, place: &place, on: ctx.today, yearly: &amounts, among: None };
        let people: BTreeSet<OfficialId> = gaps_read::all_short(&services.db, &question).await?.into_iter().map(|(id, _)| id).collect();
        short.insert(code.to_owned(), people);
    }
    let difference = |line: &NeedLine| {
        let (official, requirement) = (line.official.as_ref()?.0, line.requirement.as_ref()?);
        let seat = seats.get(&official);
        match seat {
            None => Some(Difference::Left),
            Some(unit) if *unit != line.unit.0 => Some(Difference::Moved),
            Some(_) => short.get(requirement).filter(|people| !people.contains(&official)).map(|_| Difference::Met),
        }
    };
    Ok(of_gaps().filter_map(|line| Some((line.id, difference(line)?))).collect())
}

/// Confirms every line nobody has said anything to, of one requirement or of all. Tells how many.
///
/// # Errors
/// [`ActError::Forbidden`] for those who do not answer for the unit; [`ActError::Stale`] when the answer was sent meanwhile.
pub async fn confirm_all(services: &Services, ctx: &Ctx, at_: (ReviewId, &str), requirement: Option<&str>) -> Result<u64, ActError> {
    let (answer, rights) = at(services, ctx, at_).await?;
    let proof = rights.proof(ctx, Performer::Officer)?;
    answer.course.after(Step::Edit).ok_or(ActError::Stale)?;
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, "");
    write::hold(&tx, at_.0, answer.course.review).await?;
    write::work(&tx, answer.id).await?;
    let confirmed = needs_write::confirm_all(&tx, &why, answer.id, requirement).await?;
    let subject = format!("review/{}/{}", at_.0, answer.unit.1);
    note(&tx, ctx, "need.confirm", &subject, requirement.unwrap_or_default()).await?;
    tx.commit().await?;
    Ok(confirmed)
}

/// What is said to a line.
#[derive(Debug, Clone, Copy)]
pub struct Judgement<'a> {
    /// What.
    pub verdict: Verdict,
    /// Why.
    pub reason: &'a str,
    /// The other topic, of a scheme: scheme and topic.
    pub topic: Option<(&'a str, &'a str)>,
    /// The other topic in free words.
    pub words: &'a str,
    /// People, of a line that names nobody.
    pub people: i32,
    /// Whether it cannot wait.
    pub urgent: bool,
}

/// As which level the asker may speak to lines of an answer now.
fn speaks(answer: &AnswerLine, rights: &Rights) -> Option<(Performer, NeedLevel)> {
    match answer.course.answer {
        AnswerState::Waiting | AnswerState::Answering | AnswerState::Returned => {
            (rights.officer && answer.course.is_answerable()).then_some((Performer::Officer, NeedLevel::Unit))
        }
        AnswerState::Sent => (rights.head && answer.course.is_answerable()).then_some((Performer::Head, NeedLevel::Head)),
        AnswerState::Approved => rights.above.then_some((Performer::Above, rights.level)),
        AnswerState::Gathered => None,
    }
}

impl AnswerView {
    /// Whether the asker may speak to its lines now.
    #[must_use]
    pub fn may_speak(&self) -> bool {
        speaks(&self.answer, &self.rights).is_some()
    }
}

/// Says something to a line that is as it was read: the unit while it answers, the head before deciding, who gathers before gathering.
///
/// # Errors
/// Every [`AnswerRefusal`] that applies; [`ActError::Stale`] when somebody else spoke to it first, or the answer went on meanwhile.
pub async fn judge(
    services: &Services,
    ctx: &Ctx,
    at_: (ReviewId, &str),
    (need, revision): (NeedId, i32),
    said: &Judgement<'_>,
) -> Result<(), ActError<Vec<AnswerRefusal>>> {
    let (answer, rights) = at(services, ctx, at_).await?;
    let line = needs_read::one(&services.db, need).await?;
    if line.answer != Some(answer.id) {
        return Err(ActError::NotFound);
    }
    let (performer, level) = speaks(&answer, &rights).ok_or(ActError::Refused(vec![AnswerRefusal::Fault(NeedFault::NotNow)]))?;
    let proof = rights.proof(ctx, performer)?;
    let state = line.state.judged(level, said.verdict);
    let topic = topic_of(services, ctx, said.topic).await.map_err(without_refusal)?;
    let people = if line.official.is_some() { 1 } else { said.people };
    let mut faults = Vec::new();
    let mut fault = |is_wrong: bool, fault: NeedFault| faults.extend(is_wrong.then_some(AnswerRefusal::Fault(fault)));
    fault(state.is_none(), NeedFault::NotNow);
    fault(said.verdict.needs_reason() && !is_reason(said.reason), NeedFault::NoReason);
    fault(!(1..=domain::needs::MOST_PEOPLE).contains(&people), NeedFault::BadPeople);
    let is_other = said.verdict == Verdict::OtherTopic;
    fault(is_other && topic.is_none() && said.words.trim().is_empty(), NeedFault::NoTopic);
    let Some(state) = state.filter(|_| faults.is_empty()) else { return Err(ActError::Refused(faults)) };
    let (topic, words) = if is_other { (topic.as_ref(), said.words.trim()) } else { (line.topic.as_ref(), line.words.as_str()) };
    let change = Change {
        state,
        level,
        verdict: Some(said.verdict),
        reason: said.reason,
        people,
        subject: line.subject,
        topic,
        words,
        urgent: said.urgent,
    };
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, said.reason);
    write::hold(&tx, at_.0, answer.course.review).await?;
    match performer {
        Performer::Officer => write::work(&tx, answer.id).await?,
        _ => write::hold_answer(&tx, answer.id, answer.course.answer).await?,
    }
    needs_write::change(&tx, &why, (need, revision), &change).await?;
    let (before, after) = (said_of(&line), crate::needs::said_of_change(&change));
    if before != after && !(line.state == NeedState::Proposed && said.verdict == Verdict::Confirmed && !said.urgent) {
        needs_write::note(&tx, &why, need, level, (&before, &after)).await?;
    }
    note(&tx, ctx, "need.judge", &format!("need/{need}"), said.reason).await?;
    Ok(tx.commit().await?)
}

/// Adds a need to an answer: the unit while it answers, who gathers before gathering. Tells its key.
///
/// # Errors
/// Every [`AnswerRefusal`] that applies; [`ActError::Stale`] when the answer went on meanwhile.
pub async fn add(services: &Services, ctx: &Ctx, at_: (ReviewId, &str), wish: &Wish<'_>) -> Result<NeedId, ActError<Vec<AnswerRefusal>>> {
    let (answer, rights) = at(services, ctx, at_).await?;
    let review = read::one(&services.db, at_.0).await?;
    let not_now = || ActError::Refused(vec![AnswerRefusal::Fault(NeedFault::NotNow)]);
    let (performer, level) = speaks(&answer, &rights).filter(|(p, _)| *p != Performer::Head).ok_or_else(not_now)?;
    let proof = rights.proof(ctx, performer)?;
    let is_unit = performer == Performer::Officer;
    let wish = Wish { year: review.year, ..*wish };
    let unit = view(services, ctx, &answer.unit.1, ctx.today).await.map_err(without_refusal)?;
    let made = made(services, ctx, &unit, &wish).await.map_err(without_refusal)?;
    let mut new = made.map_err(|faults| ActError::Refused(faults.into_iter().map(AnswerRefusal::Fault).collect()))?;
    new.part_of = Some((at_.0, answer.id));
    new.level = level;
    new.source = if is_unit { NeedSource::Unit } else { NeedSource::Review };
    new.state = if is_unit { NeedState::Confirmed } else { NeedState::Approved };
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, "");
    write::hold(&tx, at_.0, answer.course.review).await?;
    match performer {
        Performer::Officer => write::work(&tx, answer.id).await?,
        _ => write::hold_answer(&tx, answer.id, answer.course.answer).await?,
    }
    let id = needs_write::add(&tx, &why, new).await?;
    if !is_unit {
        needs_write::note(&tx, &why, id, level, ("", "added")).await?;
    }
    note(&tx, ctx, "need.add", &format!("need/{id}"), "").await?;
    tx.commit().await?;
    Ok(id)
}

/// Answers the questions of a review for a unit; what is not answered yet may follow until the answer is sent.
///
/// # Errors
/// Every [`AnswerRefusal`] that applies; [`ActError::Stale`] when the answer was sent meanwhile.
pub async fn set_answers(
    services: &Services,
    ctx: &Ctx,
    at_: (ReviewId, &str),
    given: impl Fn(&str) -> Vec<String>,
) -> Result<(), ActError<Vec<AnswerRefusal>>> {
    let (answer, rights) = at(services, ctx, at_).await?;
    let review = read::one(&services.db, at_.0).await?;
    let proof = rights.proof(ctx, Performer::Officer)?;
    answer.course.after(Step::Edit).ok_or(ActError::Stale)?;
    let (answers, faults) = read_answers(&review.questions, given);
    let faults = faults.into_iter().filter(|(_, fault)| *fault != AnswerFault::Missing);
    let refusals: Vec<_> = faults.map(|(field, fault)| AnswerRefusal::Question(field, fault)).collect();
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let tx = services.db.write().await?;
    let why = why(ctx, &proof, "");
    write::hold(&tx, at_.0, answer.course.review).await?;
    write::work(&tx, answer.id).await?;
    write::set_answers(&tx, answer.id, &answers).await?;
    write::note(&tx, &why, at_.0, Some(answer.id), Step::Edit).await?;
    note(&tx, ctx, "review.answer", &format!("review/{}/{}", at_.0, answer.unit.1), "").await?;
    Ok(tx.commit().await?)
}
