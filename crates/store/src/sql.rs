//! A growing SQL text with its bound values, in the dialect both engines share.
//! Not for: what to ask; the read models write the text.

use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DbBackend, QueryResult, Statement};

use crate::db::StoreError;

/// SQL text with `$n` placeholders and the values behind them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    pub(crate) fn new() -> Self {
        Self::default()
    }

    /// Adds text.
    pub(crate) fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds a placeholder for a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let place = self.values.len();
        self.text.push_str(&format!("${place}"));
        self
    }

    /// Adds `column IN (…)`, or nothing when the list is empty ("any").
    pub(crate) fn and_in<V: Into<Value>>(&mut self, column: &str, values: impl IntoIterator<Item = V>) -> &mut Self {
        let mut first = true;
        for value in values {
            self.push(if first { " AND " } else { ", " });
            if first {
                self.push(column).push(" IN (");
            }
            first = false;
            self.bind(value);
        }
        if !first {
            self.push(")");
        }
        self
    }

    /// The whole statement, in the words of an engine.
    pub(crate) fn statement(self, backend: DbBackend) -> Statement {
        let text = if backend == DbBackend::Sqlite { unnumbered(&self.text) } else { self.text };
        Statement::from_sql_and_values(backend, text, self.values)
    }

    /// All rows.
    pub(crate) async fn all(self, on: &impl ConnectionTrait) -> Result<Vec<QueryResult>, StoreError> {
        Ok(on.query_all_raw(self.statement(on.get_database_backend())).await?)
    }

    /// The first row, if any.
    pub(crate) async fn first(self, on: &impl ConnectionTrait) -> Result<Option<QueryResult>, StoreError> {
        Ok(on.query_one_raw(self.statement(on.get_database_backend())).await?)
    }

    /// Runs a statement and tells how many rows it touched.
    pub(crate) async fn run(self, on: &impl ConnectionTrait) -> Result<u64, StoreError> {
        Ok(on.execute_raw(self.statement(on.get_database_backend())).await?.rows_affected())
    }
}

/// `?` for `$n`, which come in their order: SQLite takes `$n` for a name and looks through all names for each value that is bound.
fn unnumbered(text: &str) -> String {
    let mut parts = text.split('$');
    let mut out = parts.next().unwrap_or_default().to_owned();
    out.reserve(text.len());
    for part in parts {
        let rest = part.trim_start_matches(|c: char| c.is_ascii_digit());
        out.push(if rest.len() < part.len() { '?' } else { '$' });
        out.push_str(rest);
    }
    out
}

/// A stored date number as a date.
pub(crate) fn date(number: i32) -> Result<domain::time::Date, StoreError> {
    domain::time::from_number(number).ok_or_else(|| StoreError::Unreadable(number.to_string()))
}

/// A stored code as its enumeration.
pub(crate) fn code<T>(text: &str, from_code: fn(&str) -> Option<T>) -> Result<T, StoreError> {
    from_code(text).ok_or_else(|| StoreError::Unreadable(text.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_places_of_values_lose_their_number() {
        assert_eq!(unnumbered("SELECT '$.a', $1 WHERE b = $12 AND c IN ($13, $14)"), "SELECT '$.a', ? WHERE b = ? AND c IN (?, ?)");
        assert_eq!(unnumbered("SELECT 1"), "SELECT 1");
    }
}
