//! Taking an operation back: every row of it becomes what it was before, unless something was built on it since.
//! Not for: who may do so (`service`).

mod standing;

use std::collections::{BTreeMap, HashMap, HashSet};

use domain::ids::OfficialId;
use domain::time::Instant;
use serde_json::Value;

use super::kept::{CHUNK, Columns, KINDS, put_back, rows_now, take_away};
use super::{Why, kept, units};
use crate::arrival;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// What became of taking an operation back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Undoing {
    /// Every row is as it was before.
    Done {
        /// Rows that went back.
        rows: usize,
    },
    /// Nothing was changed, because something was built on the operation since.
    Blocked {
        /// What stands in the way: the first few.
        obstacles: Vec<Obstacle>,
        /// How many stand in the way.
        count: usize,
    },
}

/// One row that cannot go back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Obstacle {
    /// The table of the row.
    pub kind: String,
    /// Its key.
    pub row: i64,
    /// Staff code and name of its person, when there is one.
    pub person: Option<(String, String)>,
    /// What stands in the way.
    pub why: Hindrance,
}

/// What stands in the way of taking a row back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Hindrance {
    /// It was changed since.
    Changed {
        /// When.
        at: Instant,
        /// By whom; `None` is the system.
        who: Option<String>,
        /// Why.
        reason: String,
    },
    /// It is not what the operation left, and no change tells why.
    Different,
    /// Rows of another table stand on it.
    Needed {
        /// That table.
        by: String,
        /// How many rows.
        rows: usize,
    },
    /// A code that the row had is another row's by now.
    Taken,
}

/// Obstacles that are told one by one.
const MOST_TOLD: usize = 20;

/// Columns that count changes: they never go back, and differences in them are no changes.
const COUNTERS: &[&str] = &["revision"];

/// What an operation made of one row in the end.
struct Net {
    before: Option<Columns>,
    after: Option<Columns>,
    owner: Option<i64>,
    /// The last change of the row in the operation.
    change: i64,
}

impl Net {
    fn is_nothing(&self) -> bool {
        self.before == self.after
    }
}

/// Nets by kind and key.
type Nets = BTreeMap<String, BTreeMap<i64, Net>>;

/// Rows as they are now, by kind and key.
type Now = BTreeMap<String, HashMap<i64, Columns>>;

/// Takes an operation back: all its rows, whatever their tables, become what they were before it, or nothing changes. The caller's
/// `why` has an operation of its own, which can be taken back in turn. An operation may have many thousands of rows.
///
/// # Errors
/// [`StoreError::NotFound`] when the operation changed nothing, [`StoreError::Unreadable`] when a row is of a table that has changed
/// its shape since.
pub async fn undo_operation(tx: &WriteTx, why: &Why<'_>, operation: &str) -> Result<Undoing, StoreError> {
    let nets = nets(tx, operation).await?;
    if nets.is_empty() || operation == why.operation {
        return Err(StoreError::NotFound);
    }
    let mut now = Now::new();
    for (kind, rows) in &nets {
        let keys: Vec<i64> = rows.keys().copied().collect();
        now.insert(kind.clone(), rows_now(tx, kind, &keys).await?.into_iter().collect());
    }
    let found = standing::obstacles(tx, &nets, &now).await?;
    if !found.is_empty() {
        let count = found.len();
        let told = found.into_iter().take(MOST_TOLD).collect();
        return Ok(Undoing::Blocked { obstacles: standing::told(tx, told).await?, count });
    }
    match go_back(tx, &nets, &now).await {
        Err(StoreError::Duplicate) => return Ok(Undoing::Blocked { obstacles: vec![taken(&nets)], count: 1 }),
        other => other?,
    }
    if let Some(unit) = units::loose(tx, nets.get("unit_link").map(|links| links.keys().copied().collect())).await? {
        let obstacle = Obstacle { kind: "unit".to_owned(), row: unit, person: None, why: Hindrance::Different };
        return Ok(Undoing::Blocked { obstacles: vec![obstacle], count: 1 });
    }
    tell(tx, why, operation, &nets, &now).await?;
    Ok(Undoing::Done { rows: nets.values().map(BTreeMap::len).sum() })
}

fn taken(nets: &Nets) -> Obstacle {
    let (kind, rows) = nets.first_key_value().map_or((String::new(), None), |(kind, rows)| (kind.clone(), rows.keys().next()));
    Obstacle { kind, row: rows.copied().unwrap_or_default(), person: None, why: Hindrance::Taken }
}

/// The changes of an operation, brought down to one per row.
async fn nets(tx: &WriteTx, operation: &str) -> Result<Nets, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, kind, row_id, official_id, before, after FROM register_change WHERE operation = ").bind(operation);
    sql.push(" ORDER BY id");
    let mut nets = Nets::new();
    for row in sql.all(tx.connection()).await? {
        let read = |name: &str| row.try_get::<Option<String>>("", name)?.as_deref().map(read).transpose();
        let (change, kind): (i64, String) = (row.try_get("", "id")?, row.try_get("", "kind")?);
        if kind == arrival::KIND {
            arrived(&mut nets, change, row.try_get("", "row_id")?, &row.try_get::<String>("", "after")?)?;
            continue;
        }
        let after = read("after")?;
        let of_kind = nets.entry(kind).or_default();
        match of_kind.entry(row.try_get("", "row_id")?) {
            std::collections::btree_map::Entry::Occupied(mut known) => {
                let net = known.get_mut();
                (net.after, net.change) = (after, change);
            }
            std::collections::btree_map::Entry::Vacant(new) => {
                new.insert(Net { before: read("before")?, after, owner: row.try_get("", "official_id")?, change });
            }
        }
    }
    for rows in nets.values_mut() {
        rows.retain(|_, net| !net.is_nothing());
    }
    nets.retain(|_, rows| !rows.is_empty());
    Ok(nets)
}

/// The rows of somebody who arrived.
fn arrived(nets: &mut Nets, change: i64, official: i64, text: &str) -> Result<(), StoreError> {
    for first in arrival::told(OfficialId(official), text)? {
        let net = Net { before: None, after: Some(first.columns), owner: Some(official), change };
        nets.entry(first.kind.to_owned()).or_default().insert(first.row, net);
    }
    Ok(())
}

fn read(text: &str) -> Result<Columns, StoreError> {
    serde_json::from_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// Columns that may be held by one row only; while rows go back they are put aside, so that the order of rows does not matter.
const ONLY_ONCE: &[(&str, &str)] =
    &[("official", "code"), ("official_alias", "code"), ("unit", "code"), ("unit_alias", "code"), ("post", "title")];

/// Rows that were go back first, parents before children; then rows that were not are removed, children before parents.
async fn go_back(tx: &WriteTx, nets: &Nets, now: &Now) -> Result<(), StoreError> {
    for (kind, column) in ONLY_ONCE {
        let Some(rows) = nets.get(*kind).filter(|rows| rows.values().any(|net| net.before.is_some())) else { continue };
        let keys: Vec<i64> = rows.keys().copied().collect();
        for chunk in keys.chunks(CHUNK) {
            let mut sql = Sql::new();
            sql.push(&format!("UPDATE {kind} SET {column} = '~' || CAST(id AS text) WHERE 1 = 1")).and_in("id", chunk.iter().copied());
            sql.run(tx.connection()).await?;
        }
    }
    for kind in KINDS {
        let Some(rows) = nets.get(*kind) else { continue };
        let back: Vec<Columns> = rows.iter().filter_map(|(key, net)| before(net, now_of(now, kind, *key))).collect();
        put_back(tx, kind, back).await?;
    }
    for kind in KINDS.iter().rev() {
        let Some(rows) = nets.get(*kind) else { continue };
        let new: Vec<i64> = rows.iter().filter(|(_, net)| net.before.is_none()).map(|(key, _)| *key).collect();
        if !new.is_empty() {
            take_away(tx, kind, &new).await?;
        }
    }
    Ok(())
}

fn now_of<'a>(now: &'a Now, kind: &str, key: i64) -> Option<&'a Columns> {
    now.get(kind).and_then(|rows| rows.get(&key))
}

/// The row as it is to be again: columns that came later keep what they have, and counters go on.
fn before(net: &Net, now: Option<&Columns>) -> Option<Columns> {
    let before = net.before.as_ref()?;
    let Some(now) = now else { return Some(before.clone()) };
    let mut row = now.clone();
    for (name, value) in before.iter().filter(|(name, _)| now.contains_key(*name)) {
        let counts = COUNTERS.contains(&name.as_str());
        let next = if counts { now.get(name).and_then(Value::as_i64).map(|n| (n + 1).into()) } else { Some(value.clone()) };
        row.insert(name.clone(), next.unwrap_or(Value::Null));
    }
    Some(row)
}

/// Whether a row is still what the operation left.
fn is_as_left(after: &Columns, now: &Columns) -> bool {
    let looked_at = after.iter().filter(|(name, _)| !COUNTERS.contains(&name.as_str()));
    looked_at.into_iter().all(|(name, value)| now.get(name).is_none_or(|is| is == value))
}

/// Every row that went back leaves a change of its own, which names the operation that it took back.
async fn tell(tx: &WriteTx, why: &Why<'_>, operation: &str, nets: &Nets, now: &Now) -> Result<(), StoreError> {
    let text = |row: &Columns| serde_json::to_string(row).map_err(|error| StoreError::Unreadable(error.to_string()));
    let mut changes = Vec::new();
    let kinds = KINDS.iter().rev().filter_map(|kind| nets.get(*kind).map(|rows| (*kind, rows)));
    for (kind, rows) in kinds {
        for (key, net) in rows {
            let was = now_of(now, kind, *key);
            let is = before(net, was);
            let owner = is.as_ref().and_then(|row| row.get("official_id")).and_then(Value::as_i64);
            changes.push(entity::register_change::Model {
                id: 0,
                kind: kind.to_owned(),
                row_id: *key,
                official_id: owner.or(net.owner),
                before: was.map(text).transpose()?,
                after: is.as_ref().map(text).transpose()?,
                happened_at: why.at.0,
                user_id: why.by.user(),
                reason: why.words.to_owned(),
                operation: why.operation.to_owned(),
                undoes: Some(operation.to_owned()),
            });
        }
    }
    kept::append(tx, changes).await
}
