//! Templates of papers: one comes into force and ends the one before it.
//! Not for: whether a template can be filled (`documents`).

use domain::papers::{Family, PaperKind};
use domain::time::Instant;

use super::{By, insert, put_bytes};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// A template to be added.
#[derive(Debug, Clone, Copy)]
pub struct NewTemplate<'a> {
    /// Of which papers.
    pub kind: PaperKind,
    /// Of which family.
    pub family: Family,
    /// Name of the file.
    pub name: &'a str,
    /// Its bytes.
    pub bytes: &'a [u8],
    /// Their digest, in hexadecimal.
    pub digest: &'a str,
}

/// Brings a template into force in place of the one of the same kind and family.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add_template(tx: &WriteTx, by: By<'_>, new: &NewTemplate<'_>, now: Instant) -> Result<i64, StoreError> {
    put_bytes(tx, new.digest, new.bytes).await?;
    let mut before = ended(by, now);
    before.push(" AND kind = ").bind(new.kind.code()).push(" AND family = ").bind(new.family.code());
    before.run(tx.connection()).await?;
    let columns = ["kind", "family", "name", "size", "digest", "added_by", "added_at"];
    let values = vec![
        new.kind.code().into(),
        new.family.code().into(),
        new.name.into(),
        i64::try_from(new.bytes.len()).unwrap_or(i64::MAX).into(),
        new.digest.into(),
        by.user().into(),
        now.0.into(),
    ];
    insert(tx, "paper_template", &columns, values).await
}

/// Ends a template that is in force.
///
/// # Errors
/// [`StoreError::Stale`] when it is not, or not any more.
pub async fn end_template(tx: &WriteTx, by: By<'_>, id: i64, now: Instant) -> Result<(), StoreError> {
    let mut sql = ended(by, now);
    sql.push(" AND id = ").bind(id);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

fn ended(by: By<'_>, now: Instant) -> Sql {
    let mut sql = Sql::new();
    sql.push("UPDATE paper_template SET ended_by = ").bind(by.user()).push(", ended_at = ").bind(now.0).push(" WHERE ended_at IS NULL");
    sql
}
