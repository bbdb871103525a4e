//! The first rows of a person, told together: a file of a province brings nine rows a person, and one change for all of them is a
//! tenth of the writing. The text of such a change holds the rows by table, without what every row has empty or shares with the change.
//! Not for: anything that happens to a row later; that is told row by row (`write::register`).

use domain::ids::OfficialId;
use sea_orm::{ColumnTrait, EntityTrait, IdenStatic, Iterable};
use serde::Serialize;
use serde_json::{Map, Value};

use crate::db::StoreError;

/// The kind of such a change; its row is the person's.
pub(crate) const KIND: &str = "arrival";

/// Rows that changes `c` tell of, as SQL. Each row in a text names its key once, and quotes inside of values are written otherwise.
pub(crate) const ROWS: &str =
    "COALESCE(SUM(CASE WHEN c.kind = 'arrival' THEN (LENGTH(c.after) - LENGTH(REPLACE(c.after, '\"id\":', ''))) / 5 ELSE 1 END), 0)";

/// Columns that are the person's, or made from others.
const LEFT_OUT: &[&str] = &["official_id", "folded", "sort_key"];

type Columns = Map<String, Value>;

/// The rows a person begins with.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arrival<'a> {
    /// Who.
    pub(crate) official: &'a entity::official::Model,
    /// Where.
    pub(crate) postings: &'a [entity::posting::Model],
    /// Degrees and certificates.
    pub(crate) papers: &'a [entity::qualification::Model],
    /// Ratings.
    pub(crate) ratings: &'a [entity::rating::Model],
}

impl Arrival<'_> {
    /// The text of the change.
    ///
    /// # Errors
    /// [`StoreError::Unreadable`] when a row cannot be told, which no row is.
    pub(crate) fn text(&self) -> Result<String, StoreError> {
        let told = Map::from_iter([
            ("official".to_owned(), rows(std::slice::from_ref(self.official))?),
            ("posting".to_owned(), rows(self.postings)?),
            ("qualification".to_owned(), rows(self.papers)?),
            ("rating".to_owned(), rows(self.ratings)?),
        ]);
        serde_json::to_string(&told).map_err(unreadable)
    }
}

fn rows<M: Serialize>(models: &[M]) -> Result<Value, StoreError> {
    let one = |model: &M| {
        let mut row = serde_json::to_value(model).map_err(unreadable)?;
        if let Value::Object(columns) = &mut row {
            columns.retain(|name, value| !value.is_null() && !LEFT_OUT.contains(&name.as_str()));
        }
        Ok(row)
    };
    models.iter().map(one).collect::<Result<_, _>>().map(Value::Array)
}

/// One of the rows of such a change.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct First {
    /// Its table.
    pub(crate) kind: &'static str,
    /// Its key.
    pub(crate) row: i64,
    /// What was written, with what was left empty.
    pub(crate) columns: Columns,
}

/// The rows of the change of a person, parents before children. Of who became nameless only that there was an arrival is left.
///
/// # Errors
/// [`StoreError::Unreadable`] when the text is not one of [`Arrival::text`].
pub(crate) fn told(official: OfficialId, text: &str) -> Result<Vec<First>, StoreError> {
    let mut tables: Columns = serde_json::from_str(text).map_err(unreadable)?;
    if tables.is_empty() {
        return Ok(vec![First { kind: "official", row: official.0, columns: Columns::new() }]);
    }
    let mut all = Vec::new();
    all.extend(of_table::<entity::official::Entity>("official", &mut tables)?);
    all.extend(of_table::<entity::posting::Entity>("posting", &mut tables)?);
    all.extend(of_table::<entity::qualification::Entity>("qualification", &mut tables)?);
    all.extend(of_table::<entity::rating::Entity>("rating", &mut tables)?);
    Ok(all)
}

fn of_table<E: EntityTrait>(kind: &'static str, tables: &mut Columns) -> Result<Vec<First>, StoreError> {
    let Some(Value::Array(rows)) = tables.remove(kind) else { return Err(unreadable(kind)) };
    let may_be_empty: Vec<&'static str> =
        E::Column::iter().filter(|column| column.def().is_null()).map(|column| IdenStatic::as_str(&column)).collect();
    let one = |row: Value| {
        let Value::Object(mut columns) = row else { return Err(unreadable(kind)) };
        for name in &may_be_empty {
            columns.entry(*name).or_insert(Value::Null);
        }
        let row = columns.get("id").and_then(Value::as_i64).ok_or_else(|| unreadable(kind))?;
        Ok(First { kind, row, columns })
    };
    rows.into_iter().map(one).collect()
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err as it is")]
fn unreadable(error: impl ToString) -> StoreError {
    StoreError::Unreadable(error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn paper(id: i64, issuer: Option<&str>) -> entity::qualification::Model {
        entity::qualification::Model {
            id,
            official_id: 7,
            kind: "it".to_owned(),
            degree: None,
            degree_rank: 0,
            field: None,
            grade: None,
            granted_on: 20_200_101,
            expires_on: None,
            issuer: issuer.map(str::to_owned),
            number: None,
            source: "imported".to_owned(),
        }
    }

    fn somebody() -> entity::official::Model {
        entity::official::Model {
            id: 7,
            code: "A\"id\":7".to_owned(),
            name: "Nông Thị A".to_owned(),
            folded: "nong thi a".to_owned(),
            sort_key: vec![1, 2],
            birth_on: 19_900_101,
            sex: "nu".to_owned(),
            ethnicity: 2,
            record_code: None,
            other_names: None,
            citizen_number: None,
            religion: None,
            health: None,
            recruited_on: None,
            revision: 1,
        }
    }

    #[test]
    fn what_is_told_is_read_again_with_its_empty_columns() {
        let (official, papers) = (somebody(), [paper(1, None), paper(2, Some("Trường Chính trị"))]);
        let text = Arrival { official: &official, postings: &[], papers: &papers, ratings: &[] }.text().unwrap();
        assert!(!text.contains("null"), "{text}");
        let first = told(OfficialId(7), &text).unwrap();
        let names: Vec<_> = first.iter().map(|first| (first.kind, first.row)).collect();
        assert_eq!(names, [("official", 7), ("qualification", 1), ("qualification", 2)]);
        for (told, row) in first[1..].iter().zip(&papers) {
            let Value::Object(mut whole) = serde_json::to_value(row).unwrap() else { unreachable!() };
            whole.retain(|name, _| !LEFT_OUT.contains(&name.as_str()));
            assert_eq!(told.columns, whole);
        }
        assert_eq!(first[0].columns["religion"], Value::Null);
        assert_eq!(first[0].columns["code"], json!("A\"id\":7"));
        // As `ROWS` counts them.
        assert_eq!(text.matches("\"id\":").count(), 3, "{text}");
    }

    #[test]
    fn of_who_became_nameless_only_the_arrival_is_left() {
        assert_eq!(told(OfficialId(7), "{}").unwrap(), [First { kind: "official", row: 7, columns: Columns::new() }]);
        assert!(told(OfficialId(7), "{\"official\":1}").is_err());
        assert!(told(OfficialId(7), "[]").is_err());
    }
}
