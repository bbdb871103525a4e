//! Making one official of two: everything of the other becomes the kept one's, and the other's code goes on finding the kept one.
//! Not for: rules of it (`domain::register::merging`).

mod learning;

use std::collections::HashSet;

use domain::ids::OfficialId;
use domain::register::Ending;
use domain::register::merging::{Attendance, Fate};
use domain::register::scans::Proven;
use domain::time::number;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::kept::{account, nominated, proposal, wanted};
use super::officials::Identity;
use super::scans::of_gone_line;
use super::{Why, change, insert, remove_row};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write::schemes::By;

/// What is made of two officials.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Merging<'a> {
    /// Who is kept, and the revision that was read.
    pub kept: (OfficialId, i32),
    /// Who goes, and the revision that was read.
    pub other: (OfficialId, i32),
    /// Who the kept one is in the end; the code is one of the two.
    pub identity: &'a Identity,
    /// What becomes of postings that cannot all stand.
    pub fates: &'a [(i64, Fate)],
}

/// What a merge did beside moving rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Merged {
    /// Rows that changed hands.
    pub moved: usize,
    /// Attendances that both had, kept once.
    pub same_trainings: usize,
    /// Qualifications and ratings that both had, kept once.
    pub same_papers: usize,
}

macro_rules! rows_of {
    ($tx:expr, $table:ident, $owner:expr) => {
        entity::$table::Entity::find()
            .filter(entity::$table::Column::OfficialId.eq($owner))
            .order_by_asc(entity::$table::Column::Id)
            .all($tx.connection())
            .await?
    };
}

macro_rules! hand_over {
    ($tx:expr, $why:expr, $table:ident, $merging:expr, $merged:expr) => {
        for row in rows_of!($tx, $table, $merging.other.0.0) {
            change::<entity::$table::Entity>($tx, $why, row.id, |row| row.official_id = $merging.kept.0.0).await?;
            $merged.moved += 1;
        }
    };
}

/// Makes one official of two.
///
/// # Errors
/// [`StoreError::Stale`] when one of the two changed since it was read, [`StoreError::NotFound`] when one is not there.
pub async fn merge_officials(tx: &WriteTx, why: &Why<'_>, merging: &Merging<'_>) -> Result<Merged, StoreError> {
    let mut merged = Merged::default();
    let (kept, other) = (unchanged(tx, merging.kept).await?, unchanged(tx, merging.other).await?);
    for (posting, fate) in merging.fates {
        match fate {
            Fate::Struck => remove_row::<entity::posting::Entity>(tx, why, *posting).await?,
            Fate::EndsOn(day) => {
                let cut = |row: &mut entity::posting::Model| {
                    row.ends_on = Some(number(*day));
                    row.ended_by = Some(Ending::Moved.to_string());
                };
                change::<entity::posting::Entity>(tx, why, *posting, cut).await?;
            }
        }
    }
    same_trainings(tx, why, merging, &mut merged).await?;
    same_papers(tx, why, merging, &mut merged).await?;
    hand_over!(tx, why, posting, merging, merged);
    hand_over!(tx, why, secondment, merging, merged);
    hand_over!(tx, why, qualification, merging, merged);
    hand_over!(tx, why, rating, merging, merged);
    hand_over!(tx, why, training_record, merging, merged);
    hand_over!(tx, why, receipt, merging, merged);
    hand_over!(tx, why, planned_post, merging, merged);
    hand_over!(tx, why, commitment, merging, merged);
    hand_over!(tx, why, scan, merging, merged);
    hand_over!(tx, why, official_alias, merging, merged);
    handed(tx, why, merging, &mut merged).await?;
    remove_row::<entity::official::Entity>(tx, why, merging.other.0.0).await?;
    let gone = if merging.identity.code == kept.code { other.code } else { kept.code };
    super::amend_official(tx, why, merging.kept.0, merging.kept.1, merging.identity).await?;
    let alias = entity::official_alias::Model { id: 0, code: gone, official_id: merging.kept.0.0, was_id: merging.other.0.0 };
    insert::<entity::official_alias::Entity>(tx, why, alias).await?;
    Ok(merged)
}

async fn unchanged(tx: &WriteTx, (id, revision): (OfficialId, i32)) -> Result<entity::official::Model, StoreError> {
    let row = entity::official::Entity::find_by_id(id.0).one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    if row.revision == revision { Ok(row) } else { Err(StoreError::Stale) }
}

/// Accounts, proposals, needs and nominations only change hands.
async fn handed(tx: &WriteTx, why: &Why<'_>, merging: &Merging<'_>, merged: &mut Merged) -> Result<(), StoreError> {
    let (from, to) = (merging.other.0.0, merging.kept.0.0);
    for row in account::Entity::find().filter(account::Column::OfficialId.eq(from)).all(tx.connection()).await? {
        change::<account::Entity>(tx, why, row.id, |row| row.official_id = Some(to)).await?;
        merged.moved += 1;
    }
    for row in proposal::Entity::find().filter(proposal::Column::OfficialId.eq(from)).all(tx.connection()).await? {
        change::<proposal::Entity>(tx, why, row.id, |row| row.official_id = to).await?;
        merged.moved += 1;
    }
    for row in wanted::Entity::find().filter(wanted::Column::OfficialId.eq(from)).all(tx.connection()).await? {
        change::<wanted::Entity>(tx, why, row.id, |row| row.official_id = Some(to)).await?;
        merged.moved += 1;
    }
    named_once(tx, from, to).await?;
    for row in nominated::Entity::find().filter(nominated::Column::OfficialId.eq(from)).all(tx.connection()).await? {
        change::<nominated::Entity>(tx, why, row.id, |row| row.official_id = to).await?;
        merged.moved += 1;
    }
    learning::handed(tx, why, merging, merged).await
}

/// Whoever was named for one class under both entries stays named once.
async fn named_once(tx: &WriteTx, from: i64, to: i64) -> Result<(), StoreError> {
    const ALIVE: &str = "state IN ('named', 'agreed', 'confirmed', 'waiting', 'leaving')";
    let twice = |sql: &mut Sql| {
        sql.push(&format!("SELECT id FROM nomination WHERE {ALIVE} AND official_id = ")).bind(from);
        sql.push(&format!(" AND class_id IN (SELECT class_id FROM nomination WHERE {ALIVE} AND official_id = ")).bind(to).push(")");
    };
    for (change, end) in [
        ("UPDATE class_seat SET nomination_id = NULL WHERE nomination_id IN (", ")"),
        ("UPDATE nomination SET state = 'withdrawn', waits_since = NULL, revision = revision + 1 WHERE id IN (", ")"),
    ] {
        let mut sql = Sql::new();
        sql.push(change);
        twice(&mut sql);
        sql.push(end);
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

fn attendance(row: &entity::training_record::Model) -> Attendance {
    Attendance {
        class: row.class_id.map(|class| class.to_string()),
        kind: row.kind.clone(),
        subject: row.content.clone().or_else(|| row.degree.clone()),
        topic: row.scheme.clone().zip(row.topic.clone()),
        from: row.starts_on,
        last: row.ends_on,
    }
}

/// An attendance that both have is kept once: the line of a class of the system rather than a declared one, else the kept person's.
async fn same_trainings(tx: &WriteTx, why: &Why<'_>, merging: &Merging<'_>, merged: &mut Merged) -> Result<(), StoreError> {
    let (own, others) = (rows_of!(tx, training_record, merging.kept.0.0), rows_of!(tx, training_record, merging.other.0.0));
    let certified = certified(tx, own.iter().chain(&others).map(|row| row.id)).await?;
    let mut matched = HashSet::new();
    for other in &others {
        let is_same = |own: &&entity::training_record::Model| !matched.contains(&own.id) && attendance(own).is_same(&attendance(other));
        let Some(own) = own.iter().find(is_same) else { continue };
        // What a certificate hangs on stays; where both have one, both stay.
        let (own_has, other_has) = (certified.contains(&own.id), certified.contains(&other.id));
        if own_has && other_has {
            continue;
        }
        matched.insert(own.id);
        let is_of_class = other.class_id.is_some() && own.class_id.is_none();
        let (stays, goes) = if other_has || (is_of_class && !own_has) { (other, own) } else { (own, other) };
        follow_ups(tx, why, goes.id, stays.id).await?;
        of_gone_line(tx, why, Proven::TrainingRecord, goes.id, Some(stays.id)).await?;
        remove_row::<entity::training_record::Entity>(tx, why, goes.id).await?;
        merged.same_trainings += 1;
    }
    Ok(())
}

/// Which of these attendances have a certificate.
async fn certified(tx: &WriteTx, records: impl Iterator<Item = i64>) -> Result<HashSet<i64>, StoreError> {
    use entity::certificate::{Column, Entity};
    let rows = Entity::find().filter(Column::RecordId.is_in(records.collect::<Vec<_>>())).all(tx.connection()).await?;
    Ok(rows.into_iter().map(|row| row.record_id).collect())
}

/// What was followed up after a line that goes stands at the line that stays, unless the same was followed up there.
async fn follow_ups(tx: &WriteTx, why: &Why<'_>, goes: i64, stays: i64) -> Result<(), StoreError> {
    use entity::follow_up::{Column, Entity};
    let of = async |record: i64| Entity::find().filter(Column::RecordId.eq(record)).all(tx.connection()).await;
    let known: HashSet<String> = of(stays).await?.into_iter().map(|row| row.kind).collect();
    for row in of(goes).await? {
        if known.contains(&row.kind) {
            remove_row::<Entity>(tx, why, row.id).await?;
        } else {
            change::<Entity>(tx, why, row.id, |row| row.record_id = stays).await?;
        }
    }
    Ok(())
}

/// A qualification or rating that both have is kept once, the kept person's.
async fn same_papers(tx: &WriteTx, why: &Why<'_>, merging: &Merging<'_>, merged: &mut Merged) -> Result<(), StoreError> {
    let own = rows_of!(tx, qualification, merging.kept.0.0);
    let paper = |row: &entity::qualification::Model| {
        (row.kind.clone(), row.degree.clone(), row.field.clone(), row.grade.clone(), row.granted_on, row.number.clone())
    };
    for row in rows_of!(tx, qualification, merging.other.0.0) {
        if let Some(stays) = own.iter().find(|own| paper(own) == paper(&row)) {
            of_gone_line(tx, why, Proven::Qualification, row.id, Some(stays.id)).await?;
            remove_row::<entity::qualification::Entity>(tx, why, row.id).await?;
            merged.same_papers += 1;
        }
    }
    let own = rows_of!(tx, rating, merging.kept.0.0);
    for row in rows_of!(tx, rating, merging.other.0.0) {
        let is_same = |own: &&entity::rating::Model| (&own.kind, &own.band, own.rated_on) == (&row.kind, &row.band, row.rated_on);
        if let Some(stays) = own.iter().find(is_same) {
            of_gone_line(tx, why, Proven::Rating, row.id, Some(stays.id)).await?;
            remove_row::<entity::rating::Entity>(tx, why, row.id).await?;
            merged.same_papers += 1;
        }
    }
    Ok(())
}

/// Remembers that two officials are not one person.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn set_apart(tx: &WriteTx, why: &Why<'_>, pair: (OfficialId, OfficialId)) -> Result<(), StoreError> {
    let (one, other) = (pair.0.min(pair.1), pair.0.max(pair.1));
    let by: By<'_> = why.by;
    let mut sql = Sql::new();
    sql.push("INSERT INTO not_same (one_id, other_id, decided_at, user_id, reason) VALUES (").bind(one.0).push(", ").bind(other.0);
    sql.push(", ").bind(why.at.0).push(", ").bind(by.user()).push(", ").bind(why.words).push(") ON CONFLICT (one_id, other_id) DO NOTHING");
    sql.run(tx.connection()).await?;
    Ok(())
}
