//! The six published tables, counted live for any years or day and any part of the province.
//! Not for: printed figures (`domain::printed`).

use std::ops::RangeInclusive;

use domain::people::{Degree, StaffKind, StudyField};
use domain::statistics::{self, AgeBand, Cell, Table, TableId};
use domain::time::{Date, number};
use domain::training::ContentGroup;

use super::place::Place;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A table by year: attendances that began in the years (Tables 1 and 2).
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn by_year(db: &Db, id: TableId, years: RangeInclusive<i32>, place: &Place) -> Result<Table, StoreError> {
    let (kind, group) = match id {
        TableId::Education => ("education", "t.degree"),
        _ => ("training", "t.content"),
    };
    let mut sql = Sql::new();
    place.open(&mut sql);
    sql.push(&format!(
        "cells AS (SELECT t.starts_on / 10000 AS in_year, {group} AS grp, t.staff AS staff, COUNT(*) AS n FROM training_record t"
    ));
    place.join(&mut sql, "t.unit_id");
    sql.push(" WHERE t.kind = ").bind(kind).push(" AND t.starts_on >= ").bind(years.start() * 10_000);
    sql.push(" AND t.starts_on < ").bind((years.end() + 1) * 10_000);
    sql.push(&format!(" GROUP BY t.starts_on / 10000, {group}, t.staff) SELECT in_year, grp, staff, n FROM cells"));
    let mut cells = Vec::new();
    for row in sql.all(db.reader()).await? {
        let year: i32 = row.try_get("", "in_year")?;
        let group: Option<String> = row.try_get("", "grp")?;
        let staff = sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?;
        if let Some(column) = group.and_then(|g| year_column(id, &g, staff)) {
            cells.push((year.to_string(), column, row.try_get("", "n")?));
        }
    }
    Ok(Table::lay_out(id, &statistics::row_keys(id, years), &cells))
}

fn year_column(id: TableId, group: &str, staff: StaffKind) -> Option<String> {
    match id {
        TableId::Education => statistics::education_column(Degree::from_code(group)?, staff),
        _ => Some(statistics::training_column(ContentGroup::from_code(group)?, staff)),
    }
}

/// The four tables of leaders on a day (Tables 3 to 6), from one statement.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn leaders(db: &Db, on: Date, place: &Place) -> Result<Vec<Table>, StoreError> {
    let mut sql = Sql::new();
    place.open(&mut sql);
    sql.push("pop AS (SELECT p.official_id, MIN(p.leader_group) AS grp FROM posting p");
    place.join(&mut sql, "p.unit_id");
    sql.push(" WHERE p.leader_group IS NOT NULL AND p.starts_on <= ").bind(number(on));
    sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(") GROUP BY p.official_id), ");
    // Rank and day packed into one number, so that the greatest is the highest degree and of those the latest.
    sql.push("best AS (SELECT q.official_id, MAX(q.degree_rank * 100000000 + q.granted_on) AS top FROM qualification q ");
    sql.push("JOIN pop ON pop.official_id = q.official_id WHERE q.kind = 'professional' AND q.granted_on <= ").bind(number(on));
    sql.push(" GROUP BY q.official_id), ");
    sql.push("person AS (SELECT pop.official_id, MIN(pop.grp) AS grp, MIN(best.top / 100000000) AS rank_no, MIN((").bind(number(on));
    sql.push(" - o.birth_on) / 10000) AS age, MIN(q.field) AS field FROM pop JOIN official o ON o.id = pop.official_id ");
    sql.push("LEFT JOIN best ON best.official_id = pop.official_id LEFT JOIN qualification q ON q.official_id = pop.official_id ");
    sql.push("AND q.kind = 'professional' AND q.degree_rank * 100000000 + q.granted_on = best.top GROUP BY pop.official_id) ");
    sql.push("SELECT grp, rank_no, age, field, COUNT(*) AS n FROM person GROUP BY grp, rank_no, age, field");
    let mut tables = Tables::default();
    for row in sql.all(db.reader()).await? {
        let rank: Option<i32> = row.try_get("", "rank_no")?;
        let field: Option<String> = row.try_get("", "field")?;
        tables.add(row.try_get("", "grp")?, rank.unwrap_or_default(), row.try_get("", "age")?, field.as_deref(), row.try_get("", "n")?);
    }
    Ok(tables.lay_out())
}

#[derive(Default)]
struct Tables {
    degree: Vec<Cell>,
    age: Vec<Cell>,
    young: Vec<Cell>,
    field: Vec<Cell>,
}

impl Tables {
    fn add(&mut self, group: String, rank: i32, age: i32, field: Option<&str>, n: i64) {
        let degree = statistics::degree_column(rank).to_owned();
        let field = field.and_then(StudyField::from_code).unwrap_or(StudyField::Other);
        self.age.push((group.clone(), AgeBand::of(age).code().to_owned(), n));
        self.field.push((group.clone(), statistics::field_column(field).to_owned(), n));
        if age < 45 {
            self.young.push(("under_45".to_owned(), degree.clone(), n));
        }
        self.degree.push((group, degree, n));
    }

    fn lay_out(&self) -> Vec<Table> {
        [
            (TableId::LeadersByDegree, &self.degree),
            (TableId::LeadersByAge, &self.age),
            (TableId::YoungLeaders, &self.young),
            (TableId::LeadersByField, &self.field),
        ]
        .into_iter()
        .map(|(id, cells)| Table::lay_out(id, &statistics::row_keys(id, 0..=0), cells))
        .collect()
    }
}
