//! People whom a file tells of and the register knows, with what changed.
//! Not for: people who are new (`welcome`), or comparing a file with the register (`service::intake`).

use std::collections::BTreeMap;

use domain::ids::OfficialId;
use domain::people::{LeaderGroup, Leadership, StaffKind};
use domain::register::Ending;
use domain::time::{Date, number};

use super::bulk::{change_many, insert_many, rows_of};
use super::welcome::{Keys, Rows, posts};
use super::{Identity, NewPosting, NewQualification, NewRating, Why};
use crate::db::{StoreError, WriteTx};

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
    Keys::reserve(tx, [rows.postings.len(), rows.papers.len(), rows.ratings.len()]).await?.give(&mut rows);
    insert_many::<entity::posting::Entity>(tx, why, rows.postings).await?;
    insert_many::<entity::qualification::Entity>(tx, why, rows.papers).await?;
    insert_many::<entity::rating::Entity>(tx, why, rows.ratings).await
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
