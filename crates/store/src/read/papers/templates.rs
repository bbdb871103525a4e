//! Templates of papers: Word files of the province.
//! Not for: filling them (`documents`).

use domain::papers::{Family, PaperKind};
use domain::time::Instant;
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TemplateLine {
    /// Key.
    pub id: i64,
    /// Of which papers.
    pub kind: PaperKind,
    /// Of which family.
    pub family: Family,
    /// Name of the file.
    pub name: String,
    /// Bytes.
    pub size: i64,
    /// Their digest, under which they are kept.
    pub digest: String,
    /// By whom.
    pub added_by: Option<String>,
    /// Since when.
    pub added_at: Instant,
    /// Until when; none while papers are made of it.
    pub ended_at: Option<Instant>,
}

/// Every template, by kind and family, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn templates(db: &Db) -> Result<Vec<TemplateLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT t.id, t.kind, t.family, t.name, t.size, t.digest, a.name AS added_by, t.added_at, t.ended_at FROM paper_template t ");
    sql.push("LEFT JOIN user_account a ON a.id = t.added_by ORDER BY t.kind, t.family, t.id DESC");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// The digest of the template in force of a kind and family.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn template_in_force(db: &Db, kind: PaperKind, family: Family) -> Result<Option<String>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT digest FROM paper_template WHERE ended_at IS NULL AND kind = ").bind(kind.code());
    sql.push(" AND family = ").bind(family.code());
    Ok(sql.first(db.reader()).await?.map(|row| row.try_get("", "digest")).transpose()?)
}

fn line(row: &QueryResult) -> Result<TemplateLine, StoreError> {
    Ok(TemplateLine {
        id: row.try_get("", "id")?,
        kind: sql::code(&row.try_get::<String>("", "kind")?, PaperKind::from_code)?,
        family: sql::code(&row.try_get::<String>("", "family")?, Family::from_code)?,
        name: row.try_get("", "name")?,
        size: row.try_get("", "size")?,
        digest: row.try_get("", "digest")?,
        added_by: row.try_get("", "added_by")?,
        added_at: Instant(row.try_get("", "added_at")?),
        ended_at: row.try_get::<Option<i64>>("", "ended_at")?.map(Instant),
    })
}
