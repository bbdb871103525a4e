//! What stands in the way of taking an operation back: rows changed since, and rows of other tables that stand on one that would go.
//! Not for: taking it back.

use super::{HashMap, HashSet, Hindrance, Net, Nets, Now, Obstacle, is_as_left, now_of};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write::register::kept::CHUNK;
use domain::register::scans::Proven;
use domain::time::Instant;

/// Which tables stand on rows of which: table, column, the kind it names.
const STANDS_ON: &[(&str, &str, &str)] = &[
    ("posting", "official_id", "official"),
    ("secondment", "official_id", "official"),
    ("planned_post", "official_id", "official"),
    ("commitment", "official_id", "official"),
    ("scan", "official_id", "official"),
    ("qualification", "official_id", "official"),
    ("rating", "official_id", "official"),
    ("training_record", "official_id", "official"),
    ("receipt", "official_id", "official"),
    ("user_account", "official_id", "official"),
    ("official_alias", "official_id", "official"),
    ("correction", "official_id", "official"),
    ("need", "official_id", "official"),
    ("nomination", "official_id", "official"),
    ("lecturer", "official_id", "official"),
    ("presence", "official_id", "official"),
    ("class_grade", "official_id", "official"),
    ("class_grade_change", "official_id", "official"),
    ("class_result", "official_id", "official"),
    ("class_amendment", "official_id", "official"),
    ("follow_up", "record_id", "training_record"),
    ("posting", "unit_id", "unit"),
    ("posting", "post_id", "post"),
    ("secondment", "unit_id", "unit"),
    ("planned_post", "unit_id", "unit"),
    ("training_record", "unit_id", "unit"),
    ("training_class", "lead_unit_id", "unit"),
    ("user_grant", "unit_id", "unit"),
    ("import_batch", "unit_id", "unit"),
    ("import_mapping", "unit_id", "unit"),
    ("review_unit", "unit_id", "unit"),
    ("need", "unit_id", "unit"),
    ("nomination", "unit_id", "unit"),
    ("class_seat", "kept_for", "unit"),
    ("class_share", "unit_id", "unit"),
    ("survey_unit", "unit_id", "unit"),
    ("survey_answer", "unit_id", "unit"),
    ("unit_link", "unit_id", "unit"),
    ("unit_link", "parent_id", "unit"),
    ("unit_succession", "unit_id", "unit"),
    ("unit_succession", "successor_id", "unit"),
    ("unit_name", "unit_id", "unit"),
    ("unit_alias", "unit_id", "unit"),
    ("unit_area", "unit_id", "unit"),
    ("unit_spot", "unit_id", "unit"),
    ("room", "unit_id", "unit"),
];

/// A row that cannot go back, its person and later changes not yet named.
pub(super) struct Found<'a> {
    kind: &'a str,
    row: i64,
    net: &'a Net,
    why: Hindrance,
}

/// Everything that stands in the way.
pub(super) async fn obstacles<'a>(tx: &WriteTx, nets: &'a Nets, now: &Now) -> Result<Vec<Found<'a>>, StoreError> {
    let mut found = Vec::new();
    for (kind, rows) in nets {
        for (key, net) in rows {
            let is_left = match (&net.after, now_of(now, kind, *key)) {
                (Some(after), Some(now)) => is_as_left(after, now),
                (None, None) => true,
                _ => false,
            };
            if !is_left {
                found.push(Found { kind, row: *key, net, why: Hindrance::Different });
            }
        }
    }
    for (table, column, on) in STANDS_ON {
        let Some(rows) = nets.get(*on) else { continue };
        let going: Vec<i64> = rows.iter().filter(|(_, net)| net.before.is_none()).map(|(key, _)| *key).collect();
        for (key, count) in standing(tx, nets, (table, column, ""), &going).await? {
            let Some(net) = rows.get(&key) else { continue };
            let why = Hindrance::Needed { by: (*table).to_owned(), rows: count };
            found.push(Found { kind: on, row: key, net, why });
        }
    }
    found.extend(proven(tx, nets).await?);
    Ok(found)
}

/// Lines that would go while a scan proves them.
async fn proven<'a>(tx: &WriteTx, nets: &'a Nets) -> Result<Vec<Found<'a>>, StoreError> {
    let mut found = Vec::new();
    for line in Proven::ALL {
        let Some((kind, rows)) = nets.get_key_value(line.code()) else { continue };
        let going: Vec<i64> = rows.iter().filter(|(_, net)| net.before.is_none()).map(|(key, _)| *key).collect();
        for (row, count) in standing(tx, nets, ("scan", "row_id", line.code()), &going).await? {
            let Some(net) = rows.get(&row) else { continue };
            found.push(Found { kind, row, net, why: Hindrance::Needed { by: "scan".to_owned(), rows: count } });
        }
    }
    Ok(found)
}

/// Rows of a table that stand on the ones that go and were not touched by the operation itself, counted by what they stand on.
/// Of scans only those of the named kind of line count.
async fn standing(
    tx: &WriteTx,
    nets: &Nets,
    (table, column, line): (&str, &str, &str),
    going: &[i64],
) -> Result<HashMap<i64, usize>, StoreError> {
    let touched: HashSet<i64> = nets.get(table).map(|rows| rows.keys().copied().collect()).unwrap_or_default();
    let mut counts = HashMap::new();
    for chunk in going.chunks(CHUNK) {
        let mut sql = Sql::new();
        sql.push(&format!("SELECT id, {column} AS parent FROM {table} WHERE 1 = 1")).and_in(column, chunk.iter().copied());
        if !line.is_empty() {
            sql.push(" AND line = ").bind(line);
        }
        for row in sql.all(tx.connection()).await? {
            if !touched.contains(&row.try_get("", "id")?) {
                *counts.entry(row.try_get("", "parent")?).or_insert(0) += 1;
            }
        }
    }
    Ok(counts)
}

/// The obstacles with the names of their people and of the changes that made them.
pub(super) async fn told(tx: &WriteTx, found: Vec<Found<'_>>) -> Result<Vec<Obstacle>, StoreError> {
    let mut told = Vec::new();
    for Found { kind, row, net, why } in found {
        let why = match why {
            Hindrance::Different => later(tx, kind, row, net.change).await?.unwrap_or(Hindrance::Different),
            other => other,
        };
        told.push(Obstacle { kind: kind.to_owned(), row, person: person(tx, net.owner).await?, why });
    }
    Ok(told)
}

async fn person(tx: &WriteTx, id: Option<i64>) -> Result<Option<(String, String)>, StoreError> {
    let Some(id) = id else { return Ok(None) };
    let mut sql = Sql::new();
    sql.push("SELECT code, name FROM official WHERE id = ").bind(id);
    let Some(row) = sql.first(tx.connection()).await? else { return Ok(None) };
    Ok(Some((row.try_get("", "code")?, row.try_get("", "name")?)))
}

/// The newest change of a row after another one.
async fn later(tx: &WriteTx, kind: &str, row: i64, change: i64) -> Result<Option<Hindrance>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.happened_at, c.reason, a.name FROM register_change c LEFT JOIN user_account a ON a.id = c.user_id WHERE c.kind = ");
    sql.bind(kind).push(" AND c.row_id = ").bind(row).push(" AND c.id > ").bind(change).push(" ORDER BY c.id DESC LIMIT 1");
    let Some(row) = sql.first(tx.connection()).await? else { return Ok(None) };
    let at = Instant(row.try_get("", "happened_at")?);
    Ok(Some(Hindrance::Changed { at, who: row.try_get("", "name")?, reason: row.try_get("", "reason")? }))
}
