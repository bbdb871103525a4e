//! People who are new, with all their rows. Statements are made on one core while the engine works on another.
//! Not for: people the register knows (`arrivals`), or comparing a file with the register (`service::intake`).

use std::collections::{BTreeMap, BTreeSet};
use std::vec::IntoIter;

use domain::ids::OfficialId;
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use tokio::sync::mpsc;
use tokio::task::spawn_blocking;

use super::bulk::{Signature, Telling, insert_many, reserve, told};
use super::{Identity, NewPosting, NewQualification, NewRating, Why, officials, papers, postings};
use crate::arrival::{self, Arrival};
use crate::db::{StoreError, WriteTx};
use crate::seed::statement;
use crate::sql::Sql;

/// People whose rows are made together; after them the work can be given up.
const PEOPLE: usize = 4_000;

/// Statements that may wait for the engine, each of a thousand rows.
const WAITING: usize = 24;

/// Somebody new; the person of each row is filled in when it is written.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Newcomer {
    /// Who.
    pub identity: Identity,
    /// Where.
    pub posting: NewPosting,
    /// Degrees and certificates.
    pub papers: Vec<NewQualification>,
    /// Ratings.
    pub ratings: Vec<NewRating>,
}

/// Writes people who are new, with all their rows. After some thousands at a time `go_on` is told how many, and may end it: then the
/// answer is `false`, and the caller leaves the transaction.
///
/// # Errors
/// [`StoreError::Duplicate`] when a staff code is taken.
pub async fn welcome(
    tx: &WriteTx,
    why: &Why<'_>,
    people: Vec<Newcomer>,
    go_on: &mut (dyn FnMut(usize) -> bool + Send),
) -> Result<bool, StoreError> {
    let posts = posts(tx, why, people.iter().map(|p| p.posting.post.as_str())).await?;
    let officials = reserve(tx, "official", people.len()).await?;
    let count = |of: fn(&Newcomer) -> usize| people.iter().map(of).sum();
    let keys = Keys::reserve(tx, [people.len(), count(|p| p.papers.len()), count(|p| p.ratings.len())]).await?;
    let scribe = Scribe { backend: tx.connection().get_database_backend(), why: why.into(), posts, officials, keys };
    let (sender, mut steps) = mpsc::channel(WAITING);
    let writing = spawn_blocking(move || scribe.write(&people, &sender));
    while let Some(step) = steps.recv().await {
        match step? {
            Step::Run(statement) => {
                tx.connection().execute_raw(statement).await?;
            }
            Step::Written(people) if !go_on(people) => return Ok(false),
            Step::Written(_) => {}
        }
    }
    // A scribe that broke down has not written everybody.
    writing.await.map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(true)
}

/// What the engine is to do next.
enum Step {
    Run(Statement),
    Written(usize),
}

/// Makes the statements, in the order in which they run.
struct Scribe {
    backend: DbBackend,
    why: Signature,
    posts: BTreeMap<String, i64>,
    officials: IntoIter<i64>,
    keys: Keys,
}

impl Scribe {
    /// Until all are written, something is wrong, or nobody waits for it any more.
    fn write(mut self, people: &[Newcomer], steps: &mpsc::Sender<Result<Step, StoreError>>) {
        for some in people.chunks(PEOPLE) {
            let mut is_over = false;
            let mut take = |step: Result<Step, StoreError>| {
                is_over |= step.is_err() | steps.blocking_send(step).is_err();
                !is_over
            };
            self.write_some(some, &mut take);
            if !take(Ok(Step::Written(some.len()))) {
                return;
            }
        }
    }

    fn write_some(&mut self, people: &[Newcomer], take: &mut impl FnMut(Result<Step, StoreError>) -> bool) {
        let mut rows = Rows::default();
        let mut identities = Vec::with_capacity(people.len());
        for (person, key) in people.iter().zip(&mut self.officials) {
            identities.push(officials::row(key, &person.identity));
            rows.add(OfficialId(key), Some(&person.posting), &self.posts, &person.papers, &person.ratings);
        }
        self.keys.give(&mut rows);
        let mut told_of = rows.by_person(&identities).map(|arrival| {
            let key = arrival.official.id;
            Ok(Telling { row: key, owner: Some(key), before: None, after: Some(arrival.text()?) })
        });
        let backend = self.backend;
        let mut officials = identities.iter().cloned();
        let mut postings = rows.postings.iter().cloned();
        let mut papers = rows.papers.iter().cloned();
        let mut ratings = rows.ratings.iter().cloned();
        let inserts = std::iter::from_fn(|| statement::<entity::official::Entity, _>(&mut officials, backend))
            .chain(std::iter::from_fn(|| statement::<entity::posting::Entity, _>(&mut postings, backend)))
            .chain(std::iter::from_fn(|| statement::<entity::qualification::Entity, _>(&mut papers, backend)))
            .chain(std::iter::from_fn(|| statement::<entity::rating::Entity, _>(&mut ratings, backend)))
            .map(Ok);
        let tellings = std::iter::from_fn(|| told(&self.why, arrival::KIND, &mut told_of).transpose());
        for step in inserts.chain(tellings.map(|sql| sql.map(|sql| sql.statement(backend)))) {
            if !take(step.map(Step::Run)) {
                return;
            }
        }
    }
}

/// The posts of titles; new titles join the catalogue.
pub(super) async fn posts<'a>(
    tx: &WriteTx,
    why: &Why<'_>,
    titles: impl Iterator<Item = &'a str>,
) -> Result<BTreeMap<String, i64>, StoreError> {
    let wanted: BTreeSet<&str> = titles.collect();
    let mut found = BTreeMap::new();
    let all: Vec<&str> = wanted.iter().copied().collect();
    for chunk in all.chunks(1_000) {
        let mut sql = Sql::new();
        sql.push("SELECT id, title FROM post WHERE 1 = 1").and_in("title", chunk.iter().map(|t| (*t).to_owned()));
        for row in sql.all(tx.connection()).await? {
            found.insert(row.try_get::<String>("", "title")?, row.try_get::<i64>("", "id")?);
        }
    }
    let new: Vec<&str> = all.into_iter().filter(|title| !found.contains_key(*title)).collect();
    let keys = reserve(tx, "post", new.len()).await?;
    let mut rows = Vec::with_capacity(new.len());
    for (title, id) in new.into_iter().zip(keys) {
        found.insert(title.to_owned(), id);
        rows.push(crate::seed::post(id, title));
    }
    let operation = postings::of_titles(why.operation);
    insert_many::<entity::post::Entity>(tx, &Why { operation: &operation, ..*why }, rows).await?;
    Ok(found)
}

/// Keys for new rows.
pub(super) struct Keys {
    postings: IntoIter<i64>,
    papers: IntoIter<i64>,
    ratings: IntoIter<i64>,
}

impl Keys {
    /// For so many postings, qualifications and ratings.
    pub(super) async fn reserve(tx: &WriteTx, [postings, papers, ratings]: [usize; 3]) -> Result<Self, StoreError> {
        Ok(Self {
            postings: reserve(tx, "posting", postings).await?,
            papers: reserve(tx, "qualification", papers).await?,
            ratings: reserve(tx, "rating", ratings).await?,
        })
    }

    /// Gives every row its key.
    pub(super) fn give(&mut self, rows: &mut Rows) {
        for (row, id) in rows.postings.iter_mut().zip(&mut self.postings) {
            row.id = id;
        }
        for (row, id) in rows.papers.iter_mut().zip(&mut self.papers) {
            row.id = id;
        }
        for (row, id) in rows.ratings.iter_mut().zip(&mut self.ratings) {
            row.id = id;
        }
    }
}

/// New rows of many people, still without keys of their own.
#[derive(Default)]
pub(super) struct Rows {
    pub(super) postings: Vec<entity::posting::Model>,
    pub(super) papers: Vec<entity::qualification::Model>,
    pub(super) ratings: Vec<entity::rating::Model>,
}

impl Rows {
    pub(super) fn add(
        &mut self,
        official: OfficialId,
        posting: Option<&NewPosting>,
        posts: &BTreeMap<String, i64>,
        papers: &[NewQualification],
        ratings: &[NewRating],
    ) {
        if let Some(new) = posting {
            let post = posts.get(&new.post).copied().unwrap_or_default();
            self.postings.push(entity::posting::Model { official_id: official.0, ..postings::row(post, new) });
        }
        self.papers.extend(papers.iter().map(|new| entity::qualification::Model { official_id: official.0, ..papers::qualification(new) }));
        self.ratings.extend(ratings.iter().map(|new| entity::rating::Model { official_id: official.0, ..papers::rating(new) }));
    }

    /// The rows of each of these people, who were added in this order.
    fn by_person<'a>(&'a self, people: &'a [entity::official::Model]) -> impl Iterator<Item = Arrival<'a>> {
        let (mut postings, mut papers, mut ratings) = (&*self.postings, &*self.papers, &*self.ratings);
        people.iter().map(move |official| Arrival {
            official,
            postings: next_of(&mut postings, |row| row.official_id == official.id),
            papers: next_of(&mut papers, |row| row.official_id == official.id),
            ratings: next_of(&mut ratings, |row| row.official_id == official.id),
        })
    }
}

/// Takes the first rows that are somebody's off the rest.
fn next_of<'a, R>(rest: &mut &'a [R], is_theirs: impl Fn(&R) -> bool) -> &'a [R] {
    let (theirs, others) = rest.split_at(rest.iter().take_while(|row| is_theirs(row)).count());
    *rest = others;
    theirs
}
