//! Questions of lists of officials that accounts keep under a name.
//! Not for: the people of a list (`people`), or the columns of an account, which come with its session (`accounts`).

use domain::ids::UserId;

use crate::db::{Db, StoreError};
use crate::sql::Sql;

/// A question kept under a name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ViewLine {
    /// Key.
    pub id: i64,
    /// Its name.
    pub name: String,
    /// The query of its address.
    pub query: String,
    /// Whether everybody who may see people has it.
    pub shared: bool,
    /// Whose it is.
    pub owner: UserId,
    /// The name of that account.
    pub owner_name: String,
}

/// Questions that an account keeps, and those shared with it, by name.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn views(db: &Db, user: UserId) -> Result<Vec<ViewLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT v.id, v.name, v.query, v.shared, v.user_id, a.name AS owner_name FROM list_view v ");
    sql.push("JOIN user_account a ON a.id = v.user_id WHERE v.user_id = ").bind(user.0).push(" OR v.shared ORDER BY v.name, v.id");
    let line = |row: &sea_orm::QueryResult| {
        Ok(ViewLine {
            id: row.try_get("", "id")?,
            name: row.try_get("", "name")?,
            query: row.try_get("", "query")?,
            shared: row.try_get("", "shared")?,
            owner: UserId(row.try_get("", "user_id")?),
            owner_name: row.try_get("", "owner_name")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}
