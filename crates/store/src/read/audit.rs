//! The audit read back, newest first.
//! Not for: writing it (`write::audit`), or words for its codes (`web`).

use domain::time::Instant;

use crate::db::{Db, StoreError};
use crate::sql::Sql;

/// Which lines a page shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct AuditWanted {
    /// Not before.
    pub from: Option<Instant>,
    /// Before.
    pub until: Option<Instant>,
    /// Only of the account with this login.
    pub login: Option<String>,
    /// Only this act.
    pub act: Option<String>,
    /// Only subjects with this text.
    pub subject: Option<String>,
}

/// One line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuditLine {
    /// Id.
    pub id: i64,
    /// When.
    pub at: Instant,
    /// Login and name of the account; `None` is the system.
    pub who: Option<(String, String)>,
    /// What, as a code.
    pub act: String,
    /// To which thing.
    pub subject: String,
    /// Before.
    pub before: Option<String>,
    /// After.
    pub after: Option<String>,
    /// Why.
    pub reason: String,
    /// Id of the request.
    pub operation: String,
}

/// Lines before a place in the audit, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn page(db: &Db, wanted: &AuditWanted, before: Option<(Instant, i64)>, limit: u32) -> Result<Vec<AuditLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT l.*, a.login, a.name FROM audit l LEFT JOIN user_account a ON a.id = l.user_id WHERE 1 = 1");
    narrow(&mut sql, wanted);
    if let Some((at, id)) = before {
        sql.push(" AND l.happened_at <= ").bind(at.0).push(" AND (l.happened_at < ").bind(at.0);
        sql.push(" OR l.id < ").bind(id).push(")");
    }
    sql.push(" ORDER BY l.happened_at DESC, l.id DESC LIMIT ").bind(i64::from(limit));
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            let (login, name): (Option<String>, Option<String>) = (row.try_get("", "login")?, row.try_get("", "name")?);
            Ok(AuditLine {
                id: row.try_get("", "id")?,
                at: Instant(row.try_get("", "happened_at")?),
                who: login.zip(name),
                act: row.try_get("", "act")?,
                subject: row.try_get("", "subject")?,
                before: row.try_get("", "before")?,
                after: row.try_get("", "after")?,
                reason: row.try_get("", "reason")?,
                operation: row.try_get("", "operation")?,
            })
        })
        .collect()
}

fn narrow(sql: &mut Sql, wanted: &AuditWanted) {
    if let Some(from) = wanted.from {
        sql.push(" AND l.happened_at >= ").bind(from.0);
    }
    if let Some(until) = wanted.until {
        sql.push(" AND l.happened_at < ").bind(until.0);
    }
    if let Some(login) = &wanted.login {
        sql.push(" AND a.login = ").bind(login.as_str());
    }
    if let Some(act) = &wanted.act {
        sql.push(" AND l.act = ").bind(act.as_str());
    }
    if let Some(subject) = &wanted.subject {
        let literal = subject.to_lowercase().replace('!', "!!").replace('%', "!%").replace('_', "!_");
        sql.push(" AND LOWER(l.subject) LIKE ").bind(format!("%{literal}%")).push(" ESCAPE '!'");
    }
}
