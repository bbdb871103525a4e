//! How many people each choice of a list's filter would keep, beside everything else that is asked.
//! Not for: the people themselves (`people`).

use std::collections::BTreeMap;
use std::hash::Hash;
use std::sync::Arc;
use std::time::Duration;

use domain::lists::{AgeBand, Ages, Filter, Held, Working, levels};
use domain::orgs::Level;
use domain::people::{LeaderGroup, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use domain::roles::{Act, Scope};
use domain::time::Date;
use store::read::people::{self, Cell, Levels, Wanted};
use store::{Db, StoreError};

use super::keeping;
use super::people::{ListRefusal, PeopleAsk, admitted, may_be_of_others, wanted};
use crate::kept::Kept;
use crate::{ActError, Ctx, Services};

/// Counts beside the choices of a filter; a choice that nobody meets is left out.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facets {
    /// By kind of staff.
    pub staff: BTreeMap<StaffKind, i64>,
    /// Leaders of any kind.
    pub leaders: i64,
    /// By leadership post.
    pub leaderships: BTreeMap<Leadership, i64>,
    /// By group of leaders.
    pub groups: BTreeMap<LeaderGroup, i64>,
    /// By level of the administration.
    pub levels: BTreeMap<Level, i64>,
    /// By grade.
    pub grades: BTreeMap<String, i64>,
    /// By sex.
    pub sexes: BTreeMap<Sex, i64>,
    /// By qualification held.
    pub holds: BTreeMap<Held, i64>,
    /// By qualification lacked.
    pub lacks: BTreeMap<Held, i64>,
    /// By field of a professional qualification.
    pub fields: BTreeMap<StudyField, i64>,
    /// Who had the training that is asked about, and who had not.
    pub trained: Option<(i64, i64)>,
    /// Who serves on the day, and who left by then.
    pub working: (i64, i64),
    /// Only for who keeps the records of everybody in the list.
    pub private: Option<PrivateFacets>,
}

/// Counts of what a record shows to its keeper only.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrivateFacets {
    /// By band of age.
    pub bands: BTreeMap<AgeBand, i64>,
    /// By ethnic group.
    pub ethnic_groups: BTreeMap<i32, i64>,
}

/// Facets kept in memory: where the asker may look, what is asked, on which day, whether the private ones are told.
pub(crate) type KeptFacets = Kept<(Scope, PeopleAsk, Date, bool), Facets>;

/// The counts beside every choice, however long they take.
///
/// # Errors
/// As [`super::list_people`].
pub async fn facets(services: &Services, ctx: &Ctx, ask: &PeopleAsk) -> Result<Arc<Facets>, ActError<ListRefusal>> {
    match facets_within(services, ctx, ask, Duration::MAX).await? {
        Counted::Ready(facets) => Ok(facets),
        Counted::Later { .. } => Err(ActError::NotFound),
    }
}

/// Counts, or that they are still being made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Counted {
    /// The counts.
    Ready(Arc<Facets>),
    /// They are counted on; who asks again later finds them.
    Later {
        /// Whether they will have the private ones.
        is_keeper: bool,
    },
}

/// The counts beside every choice if they are made within `patience`; among millions of people they take longer than anybody waits for
/// a page.
///
/// # Errors
/// As [`super::list_people`].
pub async fn facets_within(services: &Services, ctx: &Ctx, ask: &PeopleAsk, patience: Duration) -> Result<Counted, ActError<ListRefusal>> {
    let ask = PeopleAsk { columns: Vec::new(), ..ask.clone() };
    let scope = admitted(services, ctx, &ask).await?;
    let keeps_all = !may_be_of_others(ctx, &scope, &ask);
    let is_keeper = keeps_all && ctx.scope(Act::ExportPeople).is_ok_and(|keeps| keeps == scope);
    let counted = counted(services, ctx, scope, PeopleAsk { purpose: String::new(), ..ask }, (is_keeper, patience)).await;
    match counted.map_err(keeping::without_refusal)? {
        Some(facets) => Ok(Counted::Ready(facets)),
        None => Ok(Counted::Later { is_keeper }),
    }
}

async fn counted(
    services: &Services,
    ctx: &Ctx,
    scope: Scope,
    ask: PeopleAsk,
    (is_keeper, patience): (bool, Duration),
) -> Result<Option<Arc<Facets>>, ActError> {
    let wanted = wanted(services, ctx, &scope, &ask).await?;
    let key = (scope.clone(), ask.clone(), ctx.today, is_keeper);
    let counting = Counting { db: services.db.clone(), scope, wanted, ask };
    let make = async move { Ok(counting.all(is_keeper).await?) };
    services.facets.within(patience, services.facts(ctx).await?, key, make).await
}

/// One question being counted.
struct Counting {
    db: Db,
    scope: Scope,
    wanted: Wanted,
    ask: PeopleAsk,
}

impl Counting {
    /// The same question with another filter.
    fn but(&self, alter: impl FnOnce(&mut Filter)) -> Wanted {
        let mut wanted = self.wanted.clone();
        alter(&mut wanted.filter);
        wanted
    }

    async fn all(&self, is_keeper: bool) -> Result<Facets, StoreError> {
        let any_field = self.but(|f| f.fields.clear());
        let ((facets, bands), (holds, lacks), fields, trained, working, ethnic_groups) = tokio::try_join!(
            self.cells(),
            self.papers(),
            people::fields(&self.db, &self.scope, &any_field, self.ask.on),
            self.trained(),
            self.working(),
            self.ethnic_groups(is_keeper),
        )?;
        let private = ethnic_groups.map(|ethnic_groups| PrivateFacets { bands, ethnic_groups });
        Ok(Facets { holds, lacks, fields, trained, working, private, ..facets })
    }

    async fn trained(&self) -> Result<Option<(i64, i64)>, StoreError> {
        let Some(asked) = &self.wanted.filter.trained else { return Ok(None) };
        people::trained(&self.db, &self.scope, &self.but(|f| f.trained = None), asked, self.ask.on).await.map(Some)
    }

    async fn working(&self) -> Result<(i64, i64), StoreError> {
        let at_work = people::count(&self.db, &self.scope, &self.but(|f| f.working = None), self.ask.on).await?;
        let left = people::count(&self.db, &self.scope, &self.but(|f| f.working = Some(Working::Left)), self.ask.on).await?;
        Ok((at_work, left))
    }

    async fn ethnic_groups(&self, is_keeper: bool) -> Result<Option<BTreeMap<i32, i64>>, StoreError> {
        if !is_keeper {
            return Ok(None);
        }
        people::ethnic_groups(&self.db, &self.scope, &self.but(|f| f.ethnic_groups.clear()), self.ask.on).await.map(Some)
    }

    /// Everything of the posting and the identity from one statement: each count leaves out its own question.
    async fn cells(&self) -> Result<(Facets, BTreeMap<AgeBand, i64>), StoreError> {
        let bare = self.but(|filter| {
            filter.staff.clear();
            filter.leaders = false;
            filter.leaderships.clear();
            filter.groups.clear();
            filter.levels.clear();
            filter.grades.clear();
            filter.sex = None;
            filter.ages = Ages::default();
        });
        let filter = &self.wanted.filter;
        let cells = people::cells(&self.db, &self.scope, &bare, filter.ages, self.ask.on).await?;
        let without = |question: Question| cells.iter().filter(move |cell| meets(filter, cell, question));
        let facets = Facets {
            staff: sum(without(Question::Staff), |cell| Some(cell.staff)),
            leaders: without(Question::Leaders).filter(|cell| cell.leadership.is_some()).map(|cell| cell.people).sum(),
            leaderships: sum(without(Question::Leaderships), |cell| cell.leadership),
            groups: sum(without(Question::Groups), |cell| cell.group),
            levels: sum(without(Question::Levels), |cell| Some(cell.level)),
            grades: sum(without(Question::Grades), |cell| cell.grade.clone()),
            sexes: sum(without(Question::Sex), |cell| Some(cell.sex)),
            ..Facets::default()
        };
        Ok((facets, sum(without(Question::Ages), |cell| Some(cell.band))))
    }

    /// Qualifications held and lacked: one statement for all kinds, and one more for each kind that is asked about.
    async fn papers(&self) -> Result<(BTreeMap<Held, i64>, BTreeMap<Held, i64>), StoreError> {
        let mut known: Vec<(Filter, Levels)> = Vec::new();
        let (mut holds, mut lacks) = (BTreeMap::new(), BTreeMap::new());
        for kind in QualificationKind::ALL {
            let others = self.but(|filter| filter.holds.retain(|held| held.kind() != *kind));
            let held = self.levels(&mut known, others).await?;
            let others = self.but(|filter| filter.lacks.retain(|held| held.kind() != *kind));
            let lacked = self.levels(&mut known, others).await?;
            let choices = std::iter::once(Some(Held::any(*kind))).chain(levels(*kind).iter().map(|level| Held::at_least(*kind, level)));
            for choice in choices.flatten() {
                holds.insert(choice, held.at_least(*kind, choice.least()));
                lacks.insert(choice, lacked.people - lacked.at_least(*kind, choice.least()));
            }
        }
        holds.retain(|_, people| *people > 0);
        lacks.retain(|_, people| *people > 0);
        Ok((holds, lacks))
    }

    async fn levels(&self, known: &mut Vec<(Filter, Levels)>, wanted: Wanted) -> Result<Levels, StoreError> {
        if let Some((_, levels)) = known.iter().find(|(filter, _)| *filter == wanted.filter) {
            return Ok(levels.clone());
        }
        let levels = people::levels(&self.db, &self.scope, &wanted, self.ask.on).await?;
        known.push((wanted.filter, levels.clone()));
        Ok(levels)
    }
}

/// A question that is answered from cells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Question {
    Staff,
    Leaders,
    Leaderships,
    Groups,
    Levels,
    Grades,
    Sex,
    Ages,
}

/// Whether people of a cell meet every question but one.
fn meets(filter: &Filter, cell: &Cell, but: Question) -> bool {
    let among = |question: Question, is_met: bool| question == but || is_met;
    among(Question::Staff, filter.staff.is_empty() || filter.staff.contains(&cell.staff))
        && among(Question::Leaders, !filter.leaders || cell.leadership.is_some())
        && among(Question::Leaderships, filter.leaderships.is_empty() || cell.leadership.is_some_and(|l| filter.leaderships.contains(&l)))
        && among(Question::Groups, filter.groups.is_empty() || cell.group.is_some_and(|g| filter.groups.contains(&g)))
        && among(Question::Levels, filter.levels.is_empty() || filter.levels.contains(&cell.level))
        && among(Question::Grades, filter.grades.is_empty() || cell.grade.as_ref().is_some_and(|g| filter.grades.contains(g)))
        && among(Question::Sex, filter.sex.is_none_or(|sex| sex == cell.sex))
        && among(Question::Ages, cell.in_ages)
}

fn sum<'a, K: Ord + Hash>(cells: impl Iterator<Item = &'a Cell>, of: impl Fn(&Cell) -> Option<K>) -> BTreeMap<K, i64> {
    let mut sums = BTreeMap::new();
    for cell in cells {
        if let Some(key) = of(cell) {
            *sums.entry(key).or_default() += cell.people;
        }
    }
    sums
}
