//! What says where classes are held and who goes there: their rooms, the middle of their fences, the units of their people.
//! Not for: deciding which of it counts (`service::classes`), or one class (`classes`).

use domain::geography::Spot;
use domain::ids::{ClassId, RoomId, UnitId};
use sea_orm::QueryResult;

use crate::db::{At, StoreError};
use crate::sql::Sql;

/// How well it is known that a unit sends people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sent {
    /// Places were given to it.
    Shared,
    /// People were named.
    Named,
    /// People attended.
    Attended,
}

/// A unit that sends people to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SenderLine {
    /// The class.
    pub class: ClassId,
    /// The unit, on the first day of the class.
    pub unit: UnitId,
    /// How well it is known.
    pub sent: Sent,
    /// How many.
    pub people: i64,
}

fn of_classes(sql: &mut Sql, classes: &[ClassId]) {
    sql.and_in("class_id", classes.iter().map(|class| class.0));
}

/// Which units send how many people to each of these classes, counted in each way that is known.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn senders(at: At<'_>, classes: &[ClassId]) -> Result<Vec<SenderLine>, StoreError> {
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new();
    sql.push("SELECT class_id, unit_id, 2 AS sent, COUNT(*) AS people FROM training_record WHERE outcome <> 'withdrawn'");
    of_classes(&mut sql, classes);
    sql.push(" GROUP BY class_id, unit_id UNION ALL SELECT class_id, unit_id, 1 AS sent, COUNT(*) AS people FROM nomination ");
    sql.push("WHERE state IN ('named', 'agreed', 'confirmed', 'leaving')");
    of_classes(&mut sql, classes);
    sql.push(" GROUP BY class_id, unit_id UNION ALL SELECT class_id, unit_id, 0 AS sent, SUM(people) AS people FROM class_share ");
    sql.push("WHERE unit_id IS NOT NULL");
    of_classes(&mut sql, classes);
    sql.push(" GROUP BY class_id, unit_id ORDER BY class_id, unit_id, sent");
    let line = |row: &QueryResult| {
        let sent = match row.try_get::<i32>("", "sent")? {
            2 => Sent::Attended,
            1 => Sent::Named,
            _ => Sent::Shared,
        };
        Ok(SenderLine {
            class: ClassId(row.try_get("", "class_id")?),
            unit: UnitId(row.try_get("", "unit_id")?),
            sent,
            people: row.try_get("", "people")?,
        })
    };
    at.all(sql).await?.iter().map(line).collect()
}

/// In which rooms each of these classes meets, and how often.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn rooms(at: At<'_>, classes: &[ClassId]) -> Result<Vec<(ClassId, RoomId, i64)>, StoreError> {
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new();
    sql.push("SELECT class_id, room_id, COUNT(*) AS times FROM sitting WHERE room_id IS NOT NULL");
    of_classes(&mut sql, classes);
    sql.push(" GROUP BY class_id, room_id ORDER BY class_id, room_id");
    let line = |row: &QueryResult| {
        Ok((ClassId(row.try_get("", "class_id")?), RoomId(row.try_get("", "room_id")?), row.try_get::<i64>("", "times")?))
    };
    at.all(sql).await?.iter().map(line).collect()
}

/// The middle of the fence of each of these classes that has one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn fences(at: At<'_>, classes: &[ClassId]) -> Result<Vec<(ClassId, Spot)>, StoreError> {
    if classes.is_empty() {
        return Ok(Vec::new());
    }
    let mut sql = Sql::new();
    sql.push("SELECT class_id, latitude, longitude FROM class_fence WHERE 1 = 1");
    of_classes(&mut sql, classes);
    sql.push(" ORDER BY class_id");
    let line = |row: &QueryResult| {
        let spot = Spot { latitude: row.try_get("", "latitude")?, longitude: row.try_get("", "longitude")? };
        Ok((ClassId(row.try_get("", "class_id")?), spot))
    };
    at.all(sql).await?.iter().map(line).collect()
}
