//! Classes written: terms, acts, sittings, seats, shares, rooms and lecturers.
//! Not for: deciding (`service::classes`), or people named for them (`nominations`).

use domain::classes::sittings::{LecturerKind, Sitting};
use domain::classes::{ClassAct, Terms};
use domain::geography::Spot;
use domain::ids::{ClassId, LecturerId, OfficialId, RoomId, UnitId};
use domain::plans::Seats;
use domain::time::{Date, number};
use domain::training::ClassStatus;
use sea_orm::sea_query::Value;
use sea_orm::{ConnectionTrait, DbBackend};

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// The columns of the terms with their values, in one order.
fn columns(terms: &Terms) -> Vec<(&'static str, Value)> {
    let codes = |codes: Vec<&'static str>| codes.join(" ");
    let (plan, line) = terms.line.unzip();
    let (scheme, topic) = terms.topic.as_ref().map(|topic| (topic.scheme.as_str(), topic.code.as_str())).unzip();
    vec![
        ("name", terms.name.trim().into()),
        ("form", terms.form.code().into()),
        ("kind", terms.kind.code().into()),
        ("content", terms.content.map(|content| content.code()).into()),
        ("degree", terms.degree.map(|degree| degree.code()).into()),
        ("field", terms.field.map(|field| field.code()).into()),
        ("programme_id", terms.programme.map(|programme| programme.0).into()),
        ("programme", terms.named.map(|named| named.code()).into()),
        ("scheme", scheme.into()),
        ("topic", topic.into()),
        ("plan_id", plan.map(|plan| plan.0).into()),
        ("plan_line", line.map(|line| i32::try_from(line).unwrap_or(i32::MAX)).into()),
        ("mode", terms.mode.code().into()),
        ("hours", terms.hours.code().into()),
        ("abroad", terms.abroad.into()),
        ("lead_unit_id", terms.lead.0.into()),
        ("school", terms.school.trim().into()),
        ("place", terms.place.trim().into()),
        ("starts_on", number(terms.starts_on).into()),
        ("ends_on", number(terms.ends_on).into()),
        ("days", terms.days.into()),
        ("periods", terms.periods.into()),
        ("most", terms.most.into()),
        ("least", terms.least.into()),
        ("staff", codes(terms.staff.iter().map(|staff| staff.code()).collect()).into()),
        ("leader_groups", codes(terms.groups.iter().map(|group| group.code()).collect()).into()),
        ("level", terms.level.map(|level| level.code()).into()),
        ("names_until", terms.names_until.map(number).into()),
        ("cost", terms.cost.into()),
        ("source", terms.source.map(|source| source.code()).into()),
        ("note", terms.note.trim().into()),
    ]
}

/// Writes a class as a draft, with its seats.
///
/// # Errors
/// [`StoreError::Duplicate`] when its code is taken.
pub async fn create(tx: &WriteTx, code: &str, terms: &Terms) -> Result<ClassId, StoreError> {
    let mut pairs = columns(terms);
    pairs.extend([("code", code.into()), ("status", ClassStatus::Planned.code().into()), ("revision", 1.into())]);
    let (names, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
    let id = ClassId(insert(tx, "training_class", &names, values).await?);
    add_seats(tx, id, 1, terms.most).await?;
    Ok(id)
}

/// Makes whoever else writes about seats, of any class, wait until the transaction ends: whether somebody is in two classes at once, and
/// whether an office still has enough people, is not a matter of one class. SQLite has one writer anyway.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn lock_seats(tx: &WriteTx) -> Result<(), StoreError> {
    if tx.connection().get_database_backend() == DbBackend::Postgres {
        tx.connection().execute_unprepared(&format!("SELECT pg_advisory_xact_lock({SEATING})")).await?;
    }
    Ok(())
}

/// By what the lock of whoever gives seats is known: no key of the register reaches so far.
const SEATING: i64 = 0x4B57_0000_0000_0000;

/// Changes the terms of a class that is as it was read; its seats follow.
///
/// # Errors
/// [`StoreError::Stale`] when somebody changed it first, or more people sit in it than it would have seats.
pub async fn amend(tx: &WriteTx, (id, revision): (ClassId, i32), terms: &Terms) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE training_class SET revision = revision + 1");
    for (name, value) in columns(terms) {
        sql.push(&format!(", {name} = ")).bind(value);
    }
    sql.push(" WHERE id = ").bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? != 1 {
        return Err(StoreError::Stale);
    }
    resize(tx, id, terms.most).await
}

/// Gives a class as many seats as it says: new ones at the end, or free ones taken away, those that are kept for nobody first.
async fn resize(tx: &WriteTx, class: ClassId, most: i32) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS seats, COALESCE(MAX(number), 0) AS last FROM class_seat WHERE class_id = ").bind(class.0);
    let row = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    let (seats, last): (i64, i32) = (row.try_get("", "seats")?, row.try_get("", "last")?);
    let seats = i32::try_from(seats).unwrap_or(i32::MAX);
    if most >= seats {
        return add_seats(tx, class, last + 1, most - seats).await;
    }
    let mut sql = Sql::new();
    sql.push("DELETE FROM class_seat WHERE id IN (SELECT id FROM class_seat WHERE nomination_id IS NULL AND class_id = ").bind(class.0);
    sql.push(" ORDER BY CASE WHEN kept_for IS NULL THEN 0 ELSE 1 END, number DESC LIMIT ").bind(i64::from(seats - most)).push(")");
    let gone = sql.run(tx.connection()).await?;
    if gone == u64::try_from(seats - most).unwrap_or(0) { Ok(()) } else { Err(StoreError::Stale) }
}

/// Rows of one statement.
const TOGETHER: i32 = 200;

async fn add_seats(tx: &WriteTx, class: ClassId, first: i32, how_many: i32) -> Result<(), StoreError> {
    let mut next = first;
    while next < first + how_many {
        let end = (next + TOGETHER).min(first + how_many);
        let mut sql = Sql::new();
        sql.push("INSERT INTO class_seat (class_id, number) VALUES ");
        for number in next..end {
            sql.push(if number == next { "(" } else { ", (" }).bind(class.0).push(", ").bind(number).push(")");
        }
        sql.run(tx.connection()).await?;
        next = end;
    }
    Ok(())
}

/// What an act does to a class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Step<'a> {
    /// The act.
    pub act: ClassAct,
    /// The state afterwards.
    pub to: ClassStatus,
    /// Number and day of the decision.
    pub decision: Option<(&'a str, Date)>,
    /// New first and last day.
    pub days: Option<(Date, Date)>,
}

/// Carries a class that is as it was read into another state.
///
/// # Errors
/// [`StoreError::Stale`] when somebody did first.
pub async fn step(tx: &WriteTx, (id, revision): (ClassId, i32), step: &Step<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE training_class SET revision = revision + 1, status = ").bind(step.to.code());
    if let Some((symbol, day)) = step.decision {
        let columns = if step.act == ClassAct::Recognise { ("results_number", "recognised_on") } else { ("decision_number", "decided_on") };
        sql.push(&format!(", {} = ", columns.0)).bind(symbol.trim()).push(&format!(", {} = ", columns.1)).bind(number(day));
    }
    if let Some((from, to)) = step.days {
        sql.push(", starts_on = ").bind(number(from)).push(", ends_on = ").bind(number(to)).push(", names_until = NULL");
    }
    sql.push(" WHERE id = ").bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Keeps what happened to a class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note(tx: &WriteTx, why: &Why<'_>, class: ClassId, act: &str, words: &str) -> Result<(), StoreError> {
    let columns = ["class_id", "act", "words", "user_id", "happened_at", "operation"];
    let values = vec![class.0.into(), act.into(), words.trim().into(), why.by.user().into(), why.at.0.into(), why.operation.into()];
    insert(tx, "class_event", &columns, values).await?;
    Ok(())
}

/// Puts a list of sittings in place of the one before. A sitting at the same day and part of the day stays the same sitting, with its roll.
///
/// # Errors
/// [`StoreError::Stale`] when one that is to go has a roll.
pub async fn put_sittings(tx: &WriteTx, class: ClassId, list: &[Sitting]) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, held_on, shift FROM sitting WHERE class_id = ").bind(class.0).push(" ORDER BY id");
    let mut before: Vec<(i64, i32, String)> = Vec::new();
    for row in sql.all(tx.connection()).await? {
        before.push((row.try_get("", "id")?, row.try_get("", "held_on")?, row.try_get("", "shift")?));
    }
    for sitting in list {
        let pairs: Vec<(&'static str, Value)> = vec![
            ("class_id", class.0.into()),
            ("held_on", number(sitting.on).into()),
            ("shift", sitting.shift.code().into()),
            ("periods", sitting.periods.into()),
            ("room_id", sitting.room.map(|room| room.0).into()),
            ("lecturer_id", sitting.lecturer.map(|lecturer| lecturer.0).into()),
            ("words", sitting.words.trim().into()),
        ];
        let same = before.iter().position(|(_, on, shift)| *on == number(sitting.on) && shift == sitting.shift.code());
        let id = same.map(|at| before.remove(at).0);
        put(tx, "sitting", id, pairs).await?;
    }
    let gone: Vec<i64> = before.into_iter().map(|(id, ..)| id).collect();
    if gone.is_empty() {
        return Ok(());
    }
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS n FROM presence WHERE 1 = 1").and_in("sitting_id", gone.iter().copied());
    let row = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    if row.try_get::<i64>("", "n")? > 0 {
        return Err(StoreError::Stale);
    }
    for table in ["roll_sync", "sitting"] {
        let mut sql = Sql::new();
        sql.push(&format!("DELETE FROM {table} WHERE 1 = 1"));
        sql.and_in(if table == "sitting" { "id" } else { "sitting_id" }, gone.iter().copied());
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// Puts a list of shares in place of the one before.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn put_shares(tx: &WriteTx, class: ClassId, list: &[Seats]) -> Result<(), StoreError> {
    clear(tx, "class_share", class).await?;
    for share in list {
        let columns = ["class_id", "unit_id", "staff", "leader_group", "people"];
        let values = vec![
            class.0.into(),
            share.unit.map(|unit| unit.0).into(),
            share.staff.map(|staff| staff.code()).into(),
            share.group.map(|group| group.code()).into(),
            i32::try_from(share.people).unwrap_or(i32::MAX).into(),
        ];
        insert(tx, "class_share", &columns, values).await?;
    }
    Ok(())
}

/// Takes away sittings that lie outside of the days of their class.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn clear_sittings(tx: &WriteTx, class: ClassId, (from, to): (Date, Date)) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("DELETE FROM sitting WHERE class_id = ").bind(class.0).push(" AND (held_on < ").bind(number(from));
    sql.push(" OR held_on > ").bind(number(to)).push(")");
    sql.run(tx.connection()).await?;
    Ok(())
}

async fn clear(tx: &WriteTx, table: &str, class: ClassId) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push(&format!("DELETE FROM {table} WHERE class_id = ")).bind(class.0);
    sql.run(tx.connection()).await?;
    Ok(())
}

/// Keeps so many seats for a unit, of those that are kept for it already, held by its people or not, and of free ones that are kept for
/// nobody; gives back what is too many and free. Tells how many are kept then.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn keep_seats(tx: &WriteTx, class: ClassId, unit: UnitId, how_many: i32) -> Result<i32, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE class_seat SET kept_for = NULL WHERE nomination_id IS NULL AND class_id = ").bind(class.0);
    sql.push(" AND kept_for = ").bind(unit.0);
    sql.run(tx.connection()).await?;
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS held FROM class_seat WHERE class_id = ").bind(class.0).push(" AND kept_for = ").bind(unit.0);
    let row = sql.first(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    let held = i32::try_from(row.try_get::<i64>("", "held")?).unwrap_or(i32::MAX);
    let mut sql = Sql::new();
    sql.push("UPDATE class_seat SET kept_for = ")
        .bind(unit.0)
        .push(" WHERE id IN (SELECT id FROM class_seat WHERE class_id = ")
        .bind(class.0);
    sql.push(" AND kept_for IS NULL AND nomination_id IS NULL ORDER BY number LIMIT ").bind(i64::from((how_many - held).max(0))).push(")");
    let kept = sql.run(tx.connection()).await?;
    Ok(held + i32::try_from(kept).unwrap_or(i32::MAX))
}

/// A room to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewRoom<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// Where.
    pub place: &'a str,
    /// How many sit in it.
    pub seats: i32,
    /// Since when it is used no more.
    pub ended_on: Option<Date>,
    /// The unit whose house it is in.
    pub unit: Option<UnitId>,
    /// Where it stands, when it is in no house of a unit.
    pub spot: Option<Spot>,
}

/// Writes a room, or changes one.
///
/// # Errors
/// [`StoreError::Duplicate`] when its code is taken.
pub async fn put_room(tx: &WriteTx, id: Option<RoomId>, new: &NewRoom<'_>) -> Result<(), StoreError> {
    let pairs = vec![
        ("code", new.code.trim().into()),
        ("name", new.name.trim().into()),
        ("place", new.place.trim().into()),
        ("seats", new.seats.into()),
        ("ended_on", new.ended_on.map(number).into()),
        ("unit_id", new.unit.map(|unit| unit.0).into()),
        ("latitude", new.spot.map(|spot| spot.latitude).into()),
        ("longitude", new.spot.map(|spot| spot.longitude).into()),
    ];
    put(tx, "room", id.map(|id| id.0), pairs).await
}

/// A lecturer to be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NewLecturer<'a> {
    /// Code.
    pub code: &'a str,
    /// Name.
    pub name: &'a str,
    /// How the person belongs to the teaching.
    pub kind: LecturerKind,
    /// School or office.
    pub home: &'a str,
    /// What the person teaches.
    pub subjects: &'a str,
    /// Whose staff file the person has here.
    pub official: Option<OfficialId>,
    /// Since when the person teaches no more.
    pub ended_on: Option<Date>,
}

/// Writes a lecturer, or changes one.
///
/// # Errors
/// [`StoreError::Duplicate`] when the code is taken.
pub async fn put_lecturer(tx: &WriteTx, id: Option<LecturerId>, new: &NewLecturer<'_>) -> Result<(), StoreError> {
    let pairs = vec![
        ("code", new.code.trim().into()),
        ("name", new.name.trim().into()),
        ("kind", new.kind.code().into()),
        ("home", new.home.trim().into()),
        ("subjects", new.subjects.trim().into()),
        ("official_id", new.official.map(|official| official.0).into()),
        ("ended_on", new.ended_on.map(number).into()),
    ];
    put(tx, "lecturer", id.map(|id| id.0), pairs).await
}

async fn put(tx: &WriteTx, table: &str, id: Option<i64>, pairs: Vec<(&'static str, Value)>) -> Result<(), StoreError> {
    let Some(id) = id else {
        let (names, values): (Vec<_>, Vec<_>) = pairs.into_iter().unzip();
        insert(tx, table, &names, values).await?;
        return Ok(());
    };
    let mut sql = Sql::new();
    for (place, (name, value)) in pairs.into_iter().enumerate() {
        sql.push(&if place == 0 { format!("UPDATE {table} SET {name} = ") } else { format!(", {name} = ") }).bind(value);
    }
    sql.push(" WHERE id = ").bind(id);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::NotFound) }
}
