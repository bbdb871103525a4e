//! People as a file tells of them: new ones with all their rows, known ones with what changed.
//! Not for: comparing a file with the register (`service::intake`).

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::OfficialId;
use domain::people::{LeaderGroup, Leadership, StaffKind};
use domain::register::Ending;
use domain::time::{Date, number};

use super::bulk::{change_many, insert_many, reserve, rows_of};
use super::{Identity, NewPosting, NewQualification, NewRating, Why, officials, papers, postings};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

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

/// Particulars of a posting that are put right.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Amendment {
    /// The posting.
    pub posting: i64,
    /// Leadership.
    pub leadership: Option<Leadership>,
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Grade.
    pub grade: Option<String>,
    /// Number of the decision.
    pub decision: Option<String>,
}

/// Somebody known, with what changed.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Update {
    /// Whom.
    pub official: OfficialId,
    /// The revision of the identity that was compared.
    pub revision: i32,
    /// Who, if that changed.
    pub identity: Option<Identity>,
    /// The posting that ends, and on which day it is over.
    pub ends: Option<(i64, Date)>,
    /// The posting whose particulars are put right.
    pub amends: Option<Amendment>,
    /// The posting that begins.
    pub begins: Option<NewPosting>,
    /// Degrees and certificates that are new.
    pub papers: Vec<NewQualification>,
    /// Days since when a known qualification is held, by its key.
    pub dated: Vec<(i64, Date)>,
    /// Ratings that are new.
    pub ratings: Vec<NewRating>,
}

/// Writes people who are new, with all their rows.
///
/// # Errors
/// [`StoreError::Duplicate`] when a staff code is taken.
pub async fn welcome(tx: &WriteTx, why: &Why<'_>, people: &[Newcomer]) -> Result<(), StoreError> {
    let posts = posts(tx, why, people.iter().map(|p| p.posting.post.as_str())).await?;
    let keys: Vec<i64> = reserve(tx, "official", people.len()).await?.collect();
    let mut identities = Vec::with_capacity(people.len());
    let mut rows = Rows::default();
    for (person, key) in people.iter().zip(&keys) {
        identities.push(officials::row(*key, &person.identity));
        rows.add(OfficialId(*key), Some(&person.posting), &posts, &person.papers, &person.ratings);
    }
    insert_many::<entity::official::Entity>(tx, why, identities).await?;
    rows.write(tx, why).await
}

/// Writes what changed of people who are known.
///
/// # Errors
/// [`StoreError::Stale`] when someone changed a person since the comparison, [`StoreError::Duplicate`] when a staff code is taken.
pub async fn update(tx: &WriteTx, why: &Why<'_>, people: &[Update]) -> Result<(), StoreError> {
    identities(tx, why, people).await?;
    let touched: Vec<i64> =
        people.iter().flat_map(|p| p.ends.map(|(key, _)| key).into_iter().chain(p.amends.as_ref().map(|a| a.posting))).collect();
    let before = rows_of::<entity::posting::Entity>(tx, touched).await?;
    let changes: BTreeMap<i64, &Update> =
        people.iter().flat_map(|p| p.ends.map(|(key, _)| (key, p)).into_iter().chain(p.amends.as_ref().map(|a| (a.posting, p)))).collect();
    let altered = before.into_iter().map(|row| {
        let mut after = row.clone();
        if let Some(update) = changes.get(&row.id) {
            alter(&mut after, update);
        }
        (row, after)
    });
    change_many::<entity::posting::Entity>(tx, why, altered.collect()).await?;
    dated(tx, why, people).await?;
    let posts = posts(tx, why, people.iter().filter_map(|p| p.begins.as_ref()).map(|p| p.post.as_str())).await?;
    let mut rows = Rows::default();
    for person in people {
        rows.add(person.official, person.begins.as_ref(), &posts, &person.papers, &person.ratings);
    }
    rows.write(tx, why).await
}

async fn identities(tx: &WriteTx, why: &Why<'_>, people: &[Update]) -> Result<(), StoreError> {
    let wanted: BTreeMap<i64, &Update> = people.iter().map(|p| (p.official.0, p)).collect();
    let mut changed = Vec::new();
    let rows = rows_of::<entity::official::Entity>(tx, wanted.keys().copied().collect()).await?;
    if rows.len() != wanted.len() {
        return Err(StoreError::Stale);
    }
    for row in rows {
        let Some(update) = wanted.get(&row.id) else { continue };
        if row.revision != update.revision {
            return Err(StoreError::Stale);
        }
        let Some(identity) = &update.identity else { continue };
        let mut after = row.clone();
        identity.fill(&mut after);
        after.revision += i32::from(after != row);
        changed.push((row, after));
    }
    change_many::<entity::official::Entity>(tx, why, changed).await
}

fn alter(row: &mut entity::posting::Model, update: &Update) {
    if let Some((key, on)) = update.ends
        && key == row.id
    {
        row.ends_on = Some(number(on));
        row.ended_by = Some(Ending::Moved.to_string());
    }
    if let Some(amends) = update.amends.as_ref().filter(|a| a.posting == row.id) {
        row.leadership = amends.leadership.map(|l| l.to_string());
        row.leader_group = amends.group.map(|g| g.to_string());
        row.staff = amends.staff.to_string();
        row.grade.clone_from(&amends.grade);
        row.decision_number.clone_from(&amends.decision);
    }
}

async fn dated(tx: &WriteTx, why: &Why<'_>, people: &[Update]) -> Result<(), StoreError> {
    let days: BTreeMap<i64, Date> = people.iter().flat_map(|p| p.dated.iter().copied()).collect();
    let before = rows_of::<entity::qualification::Entity>(tx, days.keys().copied().collect()).await?;
    let altered = before.into_iter().map(|row| {
        let mut after = row.clone();
        if let Some(day) = days.get(&row.id) {
            after.granted_on = number(*day);
        }
        (row, after)
    });
    change_many::<entity::qualification::Entity>(tx, why, altered.collect()).await
}

/// The posts of titles; new titles join the catalogue.
async fn posts<'a>(tx: &WriteTx, why: &Why<'_>, titles: impl Iterator<Item = &'a str>) -> Result<BTreeMap<String, i64>, StoreError> {
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

/// New rows of many people, still without keys of their own.
#[derive(Default)]
struct Rows {
    postings: Vec<entity::posting::Model>,
    papers: Vec<entity::qualification::Model>,
    ratings: Vec<entity::rating::Model>,
}

impl Rows {
    fn add(
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

    async fn write(mut self, tx: &WriteTx, why: &Why<'_>) -> Result<(), StoreError> {
        let keys = reserve(tx, "posting", self.postings.len()).await?;
        for (row, id) in self.postings.iter_mut().zip(keys) {
            row.id = id;
        }
        let keys = reserve(tx, "qualification", self.papers.len()).await?;
        for (row, id) in self.papers.iter_mut().zip(keys) {
            row.id = id;
        }
        let keys = reserve(tx, "rating", self.ratings.len()).await?;
        for (row, id) in self.ratings.iter_mut().zip(keys) {
            row.id = id;
        }
        insert_many::<entity::posting::Entity>(tx, why, self.postings).await?;
        insert_many::<entity::qualification::Entity>(tx, why, self.papers).await?;
        insert_many::<entity::rating::Entity>(tx, why, self.ratings).await
    }
}
