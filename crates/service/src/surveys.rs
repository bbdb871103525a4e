//! Surveys of needs: written, opened, answered once by each person asked, and what the answers come to.
//! Not for: questions and answers themselves (`domain::questions`).

use std::collections::BTreeMap;

use domain::ids::{SurveyId, UnitId};
use domain::questions::{
    AnswerFault, Answers, Question, QuestionFault, QuestionKind, Tally, fields, question_faults, read as read_answers, tally,
};
use domain::roles::{Act, Forbidden, Role};
use domain::surveys::{self as rules, SurveyFault, SurveyState, is_answerable, may_be_told, may_tell_apart};
use domain::time::Date;
use store::StoreError;
use store::read::needs::seats;
use store::read::surveys::{self as read, AnswerLine};
use store::write::surveys::{self as write, NewAnswer, Terms};

use crate::noting::note;
use crate::registry::{view, view_of_id, without_refusal};
use crate::reviews::{Runs, why};
use crate::{ActError, Ctx, Services};

pub use store::read::surveys::SurveyLine;

/// What a survey is to say.
#[derive(Debug, Clone, Copy)]
pub struct Draft<'a> {
    /// Title.
    pub title: &'a str,
    /// What it is for.
    pub lead: &'a str,
    /// Whether answers are kept without who gave them.
    pub is_anonymous: bool,
    /// Its questions.
    pub questions: &'a [Question],
    /// Roles it asks; all when empty.
    pub roles: &'a [Role],
    /// Units it asks, by their codes; all when empty.
    pub units: &'a [String],
    /// First day for answers.
    pub opens_on: Date,
    /// Last day for answers.
    pub closes_on: Date,
}

/// Why a survey, or an answer to one, is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SurveyRefusal {
    /// A rule of surveys.
    Fault(SurveyFault),
    /// A question, by its place, cannot be asked.
    Question(usize, QuestionFault),
    /// No such unit, or not of the asker's bloc.
    UnknownUnit(String),
    /// An answer, by its field, is not taken.
    Answer(String, AnswerFault),
    /// The survey cannot be answered, opened or closed now.
    NotNow,
    /// The account has answered already.
    Taken,
}

/// Surveys shown at once.
const MOST_SHOWN: u32 = 200;

/// Whether the asker makes surveys and reads what they come to.
#[must_use]
pub fn may_run(ctx: &Ctx) -> bool {
    Runs::of(ctx, Act::RunSurveys) != Runs::Nothing
}

fn runner(ctx: &Ctx) -> Result<crate::reviews::Proof, Forbidden> {
    ctx.who.as_ref().map(|who| domain::roles::authorise(who, Act::RunSurveys)).transpose()
}

/// The units of a survey: key, code, name.
type Units = [(UnitId, String, String)];

/// Where an asker stands: each unit of the own grants and of the post held, with those above it, the lowest first.
async fn stands(services: &Services, ctx: &Ctx) -> Result<Vec<Vec<UnitId>>, ActError> {
    let Some(who) = &ctx.who else { return Ok(Vec::new()) };
    let mut mine: Vec<UnitId> = who.grants.iter().filter_map(|grant| grant.unit).collect();
    if let Some(official) = who.official {
        mine.extend(seats(&services.db, ctx.today, Some(official)).await?.into_iter().map(|seat| seat.unit));
    }
    let mut stands = Vec::new();
    for unit in mine {
        let view = view_of_id(services, ctx, unit, ctx.today).await?;
        stands.push(view.path.iter().rev().map(|above| above.id).collect());
    }
    Ok(stands)
}

/// The unit through which a survey asks somebody who stands there, if it does; a survey without units asks everybody of its roles.
fn asked(ctx: &Ctx, survey: &SurveyLine, units: &Units, stands: &[Vec<UnitId>]) -> Option<Option<UnitId>> {
    let who = ctx.who.as_ref()?;
    let has_role = survey.roles.is_empty() || who.grants.iter().any(|grant| survey.roles.contains(&grant.role));
    if !has_role {
        return None;
    }
    if units.is_empty() {
        return Some(None);
    }
    let is_asked = |unit: &&UnitId| units.iter().any(|(id, ..)| id == *unit);
    stands.iter().find_map(|path| path.iter().find(is_asked)).map(|unit| Some(*unit))
}

/// Whether somebody who makes surveys makes those of these units: the Party board none of units of the state, nor of everybody.
async fn reaches(services: &Services, ctx: &Ctx, units: &Units) -> Result<bool, ActError> {
    let runs = Runs::of(ctx, Act::RunSurveys);
    if runs == Runs::Everything {
        return Ok(true);
    }
    for (unit, ..) in units {
        if !runs.reaches(view_of_id(services, ctx, *unit, ctx.today).await?.unit.bloc) {
            return Ok(false);
        }
    }
    Ok(runs != Runs::Nothing && !units.is_empty())
}

/// Refuses who may not change a survey or read what it comes to.
async fn made_by_such(services: &Services, ctx: &Ctx, id: SurveyId) -> Result<(), ActError> {
    let units = read::units(&services.db, Some(id)).await?.remove(&id).unwrap_or_default();
    if reaches(services, ctx, &units).await? { Ok(()) } else { Err(Forbidden { act: Act::RunSurveys }.into()) }
}

/// Surveys that the asker runs, or is asked by.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn list(services: &Services, ctx: &Ctx) -> Result<Vec<SurveyLine>, ActError> {
    let all = read::list(&services.db, ctx.who.as_ref().map(|who| who.user), MOST_SHOWN).await?;
    let mut units = read::units(&services.db, None).await?;
    let stands = stands(services, ctx).await?;
    let mut mine = Vec::new();
    for survey in all {
        let units = units.remove(&survey.id).unwrap_or_default();
        let is_asked = survey.state != SurveyState::Draft && asked(ctx, &survey, &units, &stands).is_some();
        if is_asked || reaches(services, ctx, &units).await? {
            mine.push(survey);
        }
    }
    Ok(mine)
}

/// A survey as somebody sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SurveyView {
    /// The survey.
    pub survey: SurveyLine,
    /// The units it asks: key, code, name.
    pub units: Vec<(UnitId, String, String)>,
    /// Whether the asker runs it.
    pub runs: bool,
    /// Whether the asker can answer it now.
    pub may_answer: bool,
}

/// One survey.
///
/// # Errors
/// [`ActError::NotFound`] when it does not ask the asker, or is a draft of somebody else.
pub async fn one(services: &Services, ctx: &Ctx, id: SurveyId) -> Result<SurveyView, ActError> {
    let survey = read::one(&services.db, id, ctx.who.as_ref().map(|who| who.user)).await?;
    let units = read::units(&services.db, Some(id)).await?.remove(&id).unwrap_or_default();
    let runs = reaches(services, ctx, &units).await?;
    let is_asked = asked(ctx, &survey, &units, &stands(services, ctx).await?).is_some();
    if !runs && (survey.state == SurveyState::Draft || !is_asked) {
        return Err(ActError::NotFound);
    }
    let may_answer = is_asked && !survey.is_taken && is_answerable(survey.state, survey.opens_on, survey.closes_on, ctx.today);
    Ok(SurveyView { units, survey, runs, may_answer })
}

async fn refusals(services: &Services, ctx: &Ctx, draft: &Draft<'_>) -> Result<(Vec<UnitId>, Vec<SurveyRefusal>), ActError> {
    let runs = Runs::of(ctx, Act::RunSurveys);
    let terms = rules::Terms {
        title: draft.title,
        questions: draft.questions.len(),
        asks_too_many: draft.units.is_empty() && runs == Runs::Party,
        opens_on: draft.opens_on,
        closes_on: draft.closes_on,
    };
    let mut refusals: Vec<_> = rules::survey_faults(&terms, ctx.today).into_iter().map(SurveyRefusal::Fault).collect();
    refusals.extend(question_faults(draft.questions).into_iter().map(|(place, fault)| SurveyRefusal::Question(place, fault)));
    let mut units = Vec::new();
    for code in draft.units {
        match view(services, ctx, code, ctx.today).await {
            Ok(unit) if unit.unit.life.contains(ctx.today) && runs.reaches(unit.unit.bloc) => units.push(unit.unit.id),
            Ok(_) | Err(ActError::NotFound) => refusals.push(SurveyRefusal::UnknownUnit(code.clone())),
            Err(other) => return Err(other),
        }
    }
    units.sort();
    units.dedup();
    Ok((units, refusals))
}

/// Writes a draft, or changes one that is as it was read. Tells its key.
///
/// # Errors
/// Every [`SurveyRefusal`] that applies; [`ActError::Stale`] when somebody else changed or opened it first.
pub async fn save(
    services: &Services,
    ctx: &Ctx,
    known: Option<(SurveyId, i32)>,
    draft: &Draft<'_>,
) -> Result<SurveyId, ActError<Vec<SurveyRefusal>>> {
    let proof = runner(ctx)?;
    if let Some((id, _)) = known {
        made_by_such(services, ctx, id).await.map_err(without_refusal)?;
    }
    let (units, refusals) = refusals(services, ctx, draft).await.map_err(without_refusal)?;
    if !refusals.is_empty() {
        return Err(ActError::Refused(refusals));
    }
    let terms = Terms {
        title: draft.title,
        lead: draft.lead,
        is_anonymous: draft.is_anonymous,
        questions: draft.questions,
        roles: draft.roles,
        units: &units,
        opens_on: draft.opens_on,
        closes_on: draft.closes_on,
    };
    let tx = services.db.write().await?;
    let id = match known {
        None => write::create(&tx, &why(ctx, &proof, ""), &terms).await?,
        Some((id, revision)) => {
            write::amend(&tx, (id, revision), &terms).await?;
            id
        }
    };
    note(&tx, ctx, "survey.draft", &format!("survey/{id}"), draft.title).await?;
    tx.commit().await?;
    Ok(id)
}

/// Opens a draft, or closes an open survey, that is as it was read.
///
/// # Errors
/// [`SurveyRefusal::NotNow`] when that cannot be done; [`ActError::Stale`] when somebody else did first.
pub async fn advance(
    services: &Services,
    ctx: &Ctx,
    (id, revision): (SurveyId, i32),
    to: SurveyState,
) -> Result<(), ActError<Vec<SurveyRefusal>>> {
    runner(ctx)?;
    made_by_such(services, ctx, id).await.map_err(without_refusal)?;
    let survey = read::one(&services.db, id, None).await?;
    if !survey.state.may_become(to, survey.closes_on, ctx.today) {
        return Err(ActError::Refused(vec![SurveyRefusal::NotNow]));
    }
    let act = if to == SurveyState::Open { "survey.open" } else { "survey.close" };
    let tx = services.db.write().await?;
    write::advance(&tx, (id, revision), to).await?;
    note(&tx, ctx, act, &format!("survey/{id}"), "").await?;
    Ok(tx.commit().await?)
}

/// Answers a survey, once.
///
/// # Errors
/// Every [`SurveyRefusal`] that applies.
pub async fn answer(
    services: &Services,
    ctx: &Ctx,
    id: SurveyId,
    given: impl Fn(&str) -> Vec<String>,
) -> Result<(), ActError<Vec<SurveyRefusal>>> {
    let who = ctx.who.as_ref().ok_or(ActError::NotFound)?;
    let survey = read::one(&services.db, id, Some(who.user)).await?;
    let units = read::units(&services.db, Some(id)).await?.remove(&id).unwrap_or_default();
    let stands = stands(services, ctx).await.map_err(without_refusal)?;
    let unit = asked(ctx, &survey, &units, &stands).ok_or(ActError::NotFound)?;
    if survey.is_taken {
        return Err(ActError::Refused(vec![SurveyRefusal::Taken]));
    }
    if !is_answerable(survey.state, survey.opens_on, survey.closes_on, ctx.today) {
        return Err(ActError::Refused(vec![SurveyRefusal::NotNow]));
    }
    let (answers, faults) = read_answers(&survey.questions, given);
    if !faults.is_empty() {
        let refusal = |(field, fault)| SurveyRefusal::Answer(field, fault);
        return Err(ActError::Refused(faults.into_iter().map(refusal).collect()));
    }
    let tx = services.db.write().await?;
    let new =
        NewAnswer { survey: id, key: crate::sessions::lot(), user: who.user, is_anonymous: survey.is_anonymous, unit, answers: &answers };
    match write::take(&tx, &new).await {
        Err(StoreError::Duplicate) => return Err(ActError::Refused(vec![SurveyRefusal::Taken])),
        done => done?,
    }
    note(&tx, ctx, "survey.answer", &format!("survey/{id}"), "").await?;
    Ok(tx.commit().await?)
}

/// What answers to one question come to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Outcome {
    /// The question.
    pub question: Question,
    /// Its fields: the line of a matrix, and what it comes to.
    pub tallies: Vec<(Option<String>, Tally)>,
}

/// What a survey comes to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Results {
    /// The survey.
    pub survey: SurveyLine,
    /// The units that can be looked at apart: code, name, answers.
    pub groups: Vec<(String, String, i64)>,
    /// How many units are too small to be looked at apart.
    pub hidden: usize,
    /// How many answers are looked at.
    pub answered: i64,
    /// Whether nothing is told yet: an anonymous survey that goes on, or has too few answers.
    pub is_withheld: bool,
    /// By question.
    pub outcomes: Vec<Outcome>,
}

/// What a survey comes to, over all answers or those of one of its units.
///
/// # Errors
/// [`ActError::Forbidden`] for those who run no surveys; [`ActError::NotFound`] for a group that is too small to be told apart.
pub async fn results(services: &Services, ctx: &Ctx, id: SurveyId, group: Option<&str>) -> Result<Results, ActError> {
    runner(ctx)?;
    made_by_such(services, ctx, id).await?;
    let survey = read::one(&services.db, id, None).await?;
    let lines = read::answers(&services.db, id).await?;
    let all = i64::try_from(lines.len()).unwrap_or(i64::MAX);
    let mut sizes: BTreeMap<(String, String), i64> = BTreeMap::new();
    for unit in lines.iter().filter_map(|line| line.unit.clone()) {
        *sizes.entry(unit).or_insert(0) += 1;
    }
    let units = sizes.len();
    let is_over = survey.state == SurveyState::Closed || ctx.today > survey.closes_on;
    let is_withheld = !may_be_told(survey.is_anonymous, is_over, all);
    let is_told = !is_withheld && may_tell_apart(survey.is_anonymous, sizes.values().copied());
    let groups: Vec<_> = sizes.into_iter().filter(|_| is_told).map(|((code, name), size)| (code, name, size)).collect();
    if group.is_some_and(|group| groups.iter().all(|(code, ..)| code != group)) {
        return Err(ActError::NotFound);
    }
    let is_meant = |line: &&AnswerLine| group.is_none_or(|group| line.unit.as_ref().is_some_and(|(code, _)| code == group));
    let answers: Vec<&Answers> = lines.iter().filter(is_meant).map(|line| &line.answers).collect();
    let outcome = |(place, question): (usize, &Question)| {
        let line = |row: usize| (question.kind == QuestionKind::Matrix).then(|| question.rows.get(row).cloned()).flatten();
        let tallies = fields(place, question).into_iter().enumerate();
        let tallies = tallies.map(|(row, field)| (line(row), tally(question, &field, answers.iter().copied()))).collect();
        Outcome { question: question.clone(), tallies }
    };
    let outcomes = if is_withheld { Vec::new() } else { survey.questions.iter().enumerate().map(outcome).collect() };
    let answered = i64::try_from(answers.len()).unwrap_or(i64::MAX);
    Ok(Results { outcomes, answered, is_withheld, hidden: units - groups.len(), groups, survey })
}
