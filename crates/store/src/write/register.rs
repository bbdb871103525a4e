//! Rows of the register: each insert, change and removal leaves a row beside it that tells what was, what is, who, when and why.
//! Not for: rules (`domain::register`) or filling an empty database (`seed`).

mod areas;
mod arrivals;
mod attendances;
mod bulk;
mod corrections;
mod kept;
mod merge;
mod nameless;
mod officials;
mod papers;
mod plans;
mod postings;
mod scans;
mod spots;
mod trainings;
mod undo;
mod units;
mod welcome;

use domain::ids::OfficialId;
use domain::time::Instant;
use sea_orm::{ActiveModelTrait, IntoActiveModel, PrimaryKeyTrait, QuerySelect};
use serde::Serialize;

use crate::db::{StoreError, WriteTx};
use crate::write::schemes::By;

pub use areas::{NewArea, add_area, remove_area};
pub use arrivals::{Amendment, Update, update};
pub use attendances::{add_class_record, end_class_record};
pub use bulk::NOBODY_YET;
pub use corrections::{
    NewCorrection, PostingFix, QualificationFix, RecordFix, fix_posting, fix_qualification, fix_record, propose, settle,
};
pub(crate) use kept::Kept;
pub use merge::{Merged, Merging, merge_officials, set_apart};
pub use nameless::take_names;
pub use officials::{Identity, add_official, amend_official};
pub use papers::{NewQualification, NewRating, add_qualification, add_rating, strike};
pub use plans::{NewPlanned, close_promise, move_promise, plan_post, promise, take_back_promise};
pub use postings::{NewPosting, NewSecondment, begin_posting, end_posting, end_secondment, second};
pub(crate) use scans::put_bytes;
pub use scans::{NewScan, add_scan, remove_scan, sweep_scans};
pub use spots::{put_spot, remove_spot};
pub use trainings::{NewRecord, add_record, add_records, amend_records};
pub use undo::{Hindrance, Obstacle, Undoing, undo_operation};
pub use units::{Alias, Carried, Note, PostCard, add_alias, keep_post, note, post_without_code, remove_alias, reorganise};
pub use welcome::{Newcomer, welcome};

/// Who changes the register, when and why.
#[derive(Debug, Clone, Copy)]
pub struct Why<'a> {
    /// Who.
    pub by: By<'a>,
    /// When.
    pub at: Instant,
    /// Why, in the person's words.
    pub words: &'a str,
    /// Id of the act: all its changes share it and are undone together.
    pub operation: &'a str,
}

/// Writes a new row and tells of it.
async fn insert<E: Kept>(tx: &WriteTx, why: &Why<'_>, model: E::Model) -> Result<i64, StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Serialize,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let mut row = model.into_active_model();
    row.not_set(E::KEY);
    let written = row.insert(tx.connection()).await?;
    tell::<E>(tx, why, None, Some(&written)).await?;
    Ok(E::key(&written))
}

/// Changes a row as `alter` says and tells of it; a change of nothing is not told.
async fn change<E: Kept>(tx: &WriteTx, why: &Why<'_>, key: i64, alter: impl FnOnce(&mut E::Model) + Send) -> Result<(), StoreError>
where
    E::Model: IntoActiveModel<E::ActiveModel> + Serialize + Clone + PartialEq,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let before = E::find_by_id(key).lock_exclusive().one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    let mut after = before.clone();
    alter(&mut after);
    if after == before {
        return Ok(());
    }
    after.clone().into_active_model().reset_all().update(tx.connection()).await?;
    tell::<E>(tx, why, Some(&before), Some(&after)).await
}

/// Removes a row and tells what it was.
async fn remove<E: Kept>(tx: &WriteTx, why: &Why<'_>, owner: OfficialId, key: i64) -> Result<(), StoreError>
where
    E::Model: Serialize,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let before = E::find_by_id(key).lock_exclusive().one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    if E::owner(&before) != Some(owner.0) {
        return Err(StoreError::NotFound);
    }
    remove_row::<E>(tx, why, key).await
}

/// Removes a row, whosever it is, and tells what it was.
async fn remove_row<E: Kept>(tx: &WriteTx, why: &Why<'_>, key: i64) -> Result<(), StoreError>
where
    E::Model: Serialize,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let before = E::find_by_id(key).lock_exclusive().one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    E::delete_by_id(key).exec(tx.connection()).await?;
    tell::<E>(tx, why, Some(&before), None).await
}

/// Removes a row that is nobody's and tells what it was.
async fn remove_of_nobody<E: Kept>(tx: &WriteTx, why: &Why<'_>, key: i64) -> Result<(), StoreError>
where
    E::Model: Serialize,
    <E::PrimaryKey as PrimaryKeyTrait>::ValueType: From<i64>,
{
    let before = E::find_by_id(key).one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    E::delete_by_id(key).exec(tx.connection()).await?;
    tell::<E>(tx, why, Some(&before), None).await
}

async fn tell<E: Kept>(tx: &WriteTx, why: &Why<'_>, before: Option<&E::Model>, after: Option<&E::Model>) -> Result<(), StoreError>
where
    E::Model: Serialize,
{
    let Some(row) = after.or(before) else { return Ok(()) };
    let columns = ["kind", "row_id", "official_id", "before", "after", "happened_at", "user_id", "reason", "operation"];
    let values = vec![
        E::KIND.into(),
        E::key(row).into(),
        E::owner(row).into(),
        before.map(as_text).transpose()?.into(),
        after.map(as_text).transpose()?.into(),
        why.at.0.into(),
        why.by.user().into(),
        why.words.into(),
        why.operation.into(),
    ];
    super::insert(tx, "register_change", &columns, values).await?;
    Ok(())
}

fn as_text<M: Serialize>(row: &M) -> Result<String, StoreError> {
    serde_json::to_string(row).map_err(|error| StoreError::Unreadable(error.to_string()))
}
