//! Needs read back: lists, the own ones, what waits for whom, and the consolidated table by unit, subject and topic.
//! Not for: changing any.

use std::collections::BTreeMap;

use domain::ids::{NeedId, OfficialId, UnitId};
use domain::needs::{NeedSource, NeedState};
use domain::roles::{Act, Reach};
use domain::standards::Subject;
use domain::time::Date;
use store::read::needs::{self as read, By, ChangeLine, NeedLine, Sum, Wanted};
use store::read::progress::Place;
use store::write::needs::Change;

use crate::registry::{self, UnitLine};
use crate::{ActError, Ctx, Services, progress};

pub use store::read::needs::TopicSum;

/// Which needs are asked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// The day of the map.
    pub on: Date,
    /// A unit (by code) with everything below; none is all the asker may see.
    pub unit: Option<String>,
    /// The year.
    pub year: Option<i32>,
    /// What they are about.
    pub subject: Option<Subject>,
    /// How far they have come; all when empty.
    pub states: Vec<NeedState>,
    /// Only what cannot wait.
    pub urgent: bool,
}

impl Ask {
    fn wanted(&self) -> Wanted<'_> {
        Wanted { year: self.year, subject: self.subject, states: &self.states, urgent: self.urgent, ..Wanted::default() }
    }

    async fn place(&self, services: &Services, ctx: &Ctx) -> Result<Place, ActError> {
        let scope = ctx.scope(Act::ViewNeeds)?;
        progress::place(services, ctx, &scope, &progress::Ask { unit: self.unit.clone(), ..progress::Ask::on(self.on) }).await
    }
}

/// A page of needs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedsPage {
    /// The needs.
    pub lines: Vec<NeedLine>,
    /// Where the next page starts.
    pub next: Option<NeedId>,
}

/// Lines of a page.
const PAGE: u32 = 50;
/// Lines shown at once where there is no next page.
const MOST_SHOWN: u32 = 500;

/// The lines without names for who may not see people.
pub(crate) fn unnamed_unless(ctx: &Ctx, mut lines: Vec<NeedLine>) -> Vec<NeedLine> {
    if !ctx.may(Act::ViewPeople) {
        for line in &mut lines {
            line.official = None;
        }
    }
    lines
}

/// What levels made of lines, without names for who may not see people.
pub(crate) fn unnamed_changes_unless(ctx: &Ctx, mut changes: Vec<ChangeLine>) -> Vec<ChangeLine> {
    if !ctx.may(Act::ViewPeople) {
        changes.iter_mut().for_each(|change| change.official = None);
    }
    changes
}

/// A need in the words of its codes, for what levels made of it.
pub(crate) fn said_of(line: &NeedLine) -> String {
    said(line.state, line.verdict.map(|v| v.code()), line.people, line.topic.as_ref(), &line.words, line.urgent)
}

/// The same of what a need becomes.
pub(crate) fn said_of_change(change: &Change<'_>) -> String {
    said(change.state, change.verdict.map(|v| v.code()), change.people, change.topic, change.words, change.urgent)
}

fn said(
    state: NeedState,
    verdict: Option<&'static str>,
    people: i32,
    topic: Option<&(String, String)>,
    words: &str,
    urgent: bool,
) -> String {
    let topic = topic.map(|(scheme, topic)| format!("topic={scheme}/{topic}"));
    let parts = [
        Some(format!("state={state}")),
        verdict.map(|verdict| format!("verdict={verdict}")),
        (people > 1).then(|| format!("people={people}")),
        topic,
        urgent.then(|| "urgent".to_owned()),
        Some(words.trim()).filter(|words| !words.is_empty()).map(|words| format!("words={words}")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join("\n")
}

/// A page of needs where the asker reads them.
///
/// # Errors
/// [`ActError::Forbidden`] for roles that see no needs; [`ActError::NotFound`] when the unit is unknown or out of scope.
pub async fn list(services: &Services, ctx: &Ctx, ask: &Ask, after: NeedId) -> Result<NeedsPage, ActError> {
    let place = ask.place(services, ctx).await?;
    let mut lines = read::list(&services.db, &place, &ask.wanted(), after, PAGE + 1).await?;
    let more = lines.len() > usize::try_from(PAGE).unwrap_or(usize::MAX);
    if more {
        lines.pop();
    }
    let next = if more { lines.last().map(|line| line.id) } else { None };
    Ok(NeedsPage { lines: unnamed_unless(ctx, lines), next })
}

/// Every need where the asker reads them, without names: what papers count.
///
/// # Errors
/// As [`list`].
pub(crate) async fn all(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<Vec<NeedLine>, ActError> {
    let place = ask.place(services, ctx).await?;
    let mut lines = read::list(&services.db, &place, &ask.wanted(), NeedId(0), u32::MAX).await?;
    lines.iter_mut().for_each(|line| line.official = None);
    Ok(lines)
}

/// The needs of an official.
pub(super) async fn own(services: &Services, ctx: &Ctx, official: OfficialId) -> Result<Vec<NeedLine>, ActError> {
    let wanted = Wanted { official: Some(official), ..Wanted::default() };
    Ok(read::list(&services.db, &Place::province(ctx.today), &wanted, NeedId(0), MOST_SHOWN).await?)
}

/// What the asker asked for, newest first.
///
/// # Errors
/// [`ActError::Forbidden`] without a record of one's own.
pub async fn mine(services: &Services, ctx: &Ctx) -> Result<Vec<NeedLine>, ActError> {
    ctx.scope(Act::AskTraining)?;
    let Some(official) = ctx.who.as_ref().and_then(|who| who.official) else { return Err(ActError::NotFound) };
    let mut lines = own(services, ctx, official).await?;
    lines.retain(|line| line.source == NeedSource::Person);
    lines.reverse();
    Ok(lines)
}

/// Needs outside of reviews that wait for the asker: as an officer, those asked for; as a head, those confirmed.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn waiting(services: &Services, ctx: &Ctx) -> Result<Vec<NeedLine>, ActError> {
    let mut lines = Vec::new();
    for (act, state) in [(Act::AnswerReviews, NeedState::Proposed), (Act::ApproveNeeds, NeedState::Confirmed)] {
        let Ok(scope) = ctx.scope(act) else { continue };
        let place = match scope.reach() {
            // Whoever could decide for everybody is not the one who is waited for.
            Reach::Province | Reach::Own(_) => continue,
            Reach::Units(roots) => Place::units(roots.clone(), ctx.today),
        };
        let wanted = Wanted { states: &[state], outside: true, ..Wanted::default() };
        lines.extend(read::list(&services.db, &place, &wanted, NeedId(0), MOST_SHOWN).await?);
    }
    Ok(lines)
}

/// A unit with its needs by subject.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row {
    /// The unit.
    pub unit: UnitLine,
    /// Needs by subject.
    pub subjects: BTreeMap<Subject, Sum>,
    /// All of them; a person is counted once.
    pub total: Sum,
}

/// Needs by unit and subject, and by topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consolidated {
    /// The unit that is looked at, with those below it; units without needs are left out.
    pub rows: Vec<Row>,
    /// By subject, over all units.
    pub subjects: BTreeMap<Subject, Sum>,
    /// Everything.
    pub total: Option<Sum>,
    /// By topic, the largest first.
    pub topics: Vec<TopicSum>,
}

/// The consolidated table.
///
/// # Errors
/// As [`list`].
pub async fn consolidated(services: &Services, ctx: &Ctx, ask: &Ask) -> Result<Consolidated, ActError> {
    let place = ask.place(services, ctx).await?;
    let (db, wanted) = (&services.db, ask.wanted());
    let parents = match &ask.unit {
        Some(code) => vec![registry::view(services, ctx, code, ask.on).await?],
        None => registry::home_units(services, ctx, ask.on).await?,
    };
    let mut rows = Vec::new();
    for parent in &parents {
        let branches = Place::branches(parent.unit.id, ask.on);
        let totals = read::sums(db, &branches, &wanted, By::Branch).await?;
        let mut cells: BTreeMap<UnitId, BTreeMap<Subject, Sum>> = BTreeMap::new();
        for sum in read::sums(db, &branches, &wanted, By::BranchAndSubject).await? {
            if let Some(subject) = sum.subject {
                cells.entry(sum.branch).or_default().insert(subject, sum);
            }
        }
        for unit in std::iter::once(&parent.unit).chain(&parent.children) {
            let Some(total) = totals.iter().find(|sum| sum.branch == unit.id) else { continue };
            rows.push(Row { unit: unit.clone(), subjects: cells.remove(&unit.id).unwrap_or_default(), total: *total });
        }
    }
    let subjects = read::sums(db, &place, &wanted, By::Subject).await?;
    Ok(Consolidated {
        rows,
        subjects: subjects.into_iter().filter_map(|sum| Some((sum.subject?, sum))).collect(),
        total: read::sums(db, &place, &wanted, By::All).await?.first().copied(),
        topics: read::topics(db, &place, &wanted, MOST_SHOWN).await?,
    })
}
