//! Marks of a roll put with their history; the fence of a class; secrets made once.
//! Not for: deciding (`service::attendance`).

use domain::attendance::checkin::Fence;
use domain::attendance::{Said, Source};
use domain::ids::{ClassId, OfficialId, SittingId};
use domain::time::Instant;

use super::insert;
use super::register::Why;
use crate::db::{Db, StoreError, WriteTx};
use crate::read::attendance::MarkLine;
use crate::sql::Sql;

/// A mark to be put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewMark<'a> {
    /// The sitting.
    pub sitting: SittingId,
    /// Whose.
    pub official: OfficialId,
    /// What is said.
    pub said: Said,
    /// Where it comes from.
    pub source: Source,
    /// Reason of an absence.
    pub note: &'a str,
    /// Digest of the device that checked in.
    pub device: Option<&'a str>,
}

/// Puts a mark in place of the one that stands, and keeps what stood.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it first; [`StoreError::Duplicate`] when the device checked in somebody else.
pub async fn put(tx: &WriteTx, why: &Why<'_>, new: &NewMark<'_>, stands: Option<&MarkLine>) -> Result<(), StoreError> {
    let id = match stands {
        Some(stands) => {
            amend(tx, why, new, stands).await?;
            stands.id
        }
        None => {
            let columns = ["sitting_id", "official_id", "mark", "minutes", "source", "note", "device", "user_id", "marked_at", "revision"];
            let values = vec![
                new.sitting.0.into(),
                new.official.0.into(),
                new.said.mark.code().into(),
                new.said.minutes.into(),
                new.source.code().into(),
                new.note.trim().into(),
                new.device.into(),
                why.by.user().into(),
                why.at.0.into(),
                1.into(),
            ];
            insert(tx, "presence", &columns, values).await?
        }
    };
    let columns = ["presence_id", "before", "after", "source", "words", "user_id", "happened_at"];
    let values = vec![
        id.into(),
        stands.map(|stands| stands.said.text()).into(),
        new.said.text().into(),
        new.source.code().into(),
        why.words.trim().into(),
        why.by.user().into(),
        why.at.0.into(),
    ];
    insert(tx, "presence_change", &columns, values).await?;
    Ok(())
}

async fn amend(tx: &WriteTx, why: &Why<'_>, new: &NewMark<'_>, stands: &MarkLine) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE presence SET revision = revision + 1, mark = ").bind(new.said.mark.code());
    sql.push(", minutes = ").bind(new.said.minutes).push(", source = ").bind(new.source.code());
    sql.push(", note = ").bind(new.note.trim()).push(", user_id = ").bind(why.by.user()).push(", marked_at = ").bind(why.at.0);
    if let Some(device) = new.device {
        sql.push(", device = ").bind(device);
    }
    sql.push(" WHERE id = ").bind(stands.id).push(" AND revision = ").bind(stands.revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Keeps what was answered to a roll that was sent under a key.
///
/// # Errors
/// [`StoreError::Duplicate`] when the key was used meanwhile.
pub async fn answer(tx: &WriteTx, why: &Why<'_>, sitting: SittingId, key: &str, answer: &str) -> Result<(), StoreError> {
    let columns = ["sitting_id", "key", "user_id", "answer", "happened_at"];
    let values = vec![sitting.0.into(), key.into(), why.by.user().into(), answer.into(), why.at.0.into()];
    insert(tx, "roll_sync", &columns, values).await?;
    Ok(())
}

/// Puts a fence around a class, or takes it away.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn put_fence(tx: &WriteTx, class: ClassId, fence: Option<Fence>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM class_fence WHERE class_id = ").bind(class.0);
    sql.run(tx.connection()).await?;
    if let Some(fence) = fence {
        let columns = ["class_id", "latitude", "longitude", "metres"];
        let values = vec![class.0.into(), fence.spot.latitude.into(), fence.spot.longitude.into(), fence.metres.into()];
        insert(tx, "class_fence", &columns, values).await?;
    }
    Ok(())
}

/// Keeps a secret that was just made, unless somebody made one first. Tells which one holds.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn keep_secret(db: &Db, name: &str, value: &str, at: Instant) -> Result<String, StoreError> {
    let tx = db.write().await?;
    let mut sql = Sql::new();
    sql.push("INSERT INTO server_secret (name, value, made_at) VALUES (").bind(name).push(", ").bind(value).push(", ").bind(at.0);
    sql.push(") ON CONFLICT (name) DO NOTHING");
    sql.run(tx.connection()).await?;
    let kept = crate::read::attendance::secret(crate::db::At::Writer(&tx), name).await?;
    tx.commit().await?;
    kept.ok_or(StoreError::NotFound)
}
