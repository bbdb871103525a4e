//! The catalogue of posts.
//! Not for: who has them.

use domain::orgs::UnitKind;
use domain::people::PostGroup;
use domain::time::Date;
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A post.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostLine {
    /// Key.
    pub id: i64,
    /// Title.
    pub title: String,
    /// Code.
    pub code: Option<String>,
    /// Group.
    pub group: Option<PostGroup>,
    /// Kinds of units it is for; none is all.
    pub kinds: Vec<UnitKind>,
    /// First day, if known.
    pub from: Option<Date>,
    /// The day after the last one, if it is over.
    pub to: Option<Date>,
    /// People who have it on the day.
    pub people: i64,
}

/// Every post by title, with the people who have it on a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn all(db: &Db, on: Date) -> Result<Vec<PostLine>, StoreError> {
    let on = domain::time::number(on);
    let mut sql = Sql::new();
    sql.push("SELECT b.id, b.title, b.code, b.post_group, b.unit_kinds, b.starts_on, b.ends_on, COALESCE(h.people, 0) AS people ");
    sql.push("FROM post b LEFT JOIN (SELECT p.post_id, COUNT(*) AS people FROM posting p WHERE p.starts_on <= ").bind(on);
    sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on).push(") GROUP BY p.post_id) h ON h.post_id = b.id ORDER BY b.title");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

fn line(row: &QueryResult) -> Result<PostLine, StoreError> {
    let day = |column: &str| row.try_get::<Option<i32>>("", column)?.map(sql::date).transpose();
    let kinds: Option<String> = row.try_get("", "unit_kinds")?;
    Ok(PostLine {
        id: row.try_get("", "id")?,
        title: row.try_get("", "title")?,
        code: row.try_get("", "code")?,
        group: row.try_get::<Option<String>>("", "post_group")?.as_deref().map(|g| sql::code(g, PostGroup::from_code)).transpose()?,
        kinds: kinds.unwrap_or_default().split_whitespace().map(|k| sql::code(k, UnitKind::from_code)).collect::<Result<_, _>>()?,
        from: day("starts_on")?,
        to: day("ends_on")?,
        people: row.try_get("", "people")?,
    })
}
