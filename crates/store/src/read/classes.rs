//! Classes: lists, one with its sittings, seats and history, and who teaches where.
//! Not for: people named for them (`nominations`), or how classes count (`progress`).

use domain::classes::sittings::{LecturerKind, Shift, Sitting};
use domain::classes::{Hours, Terms};
use domain::geography::Spot;
use domain::ids::{ClassId, LecturerId, NominationId, OfficialId, PlanId, ProgrammeId, RoomId, SeatId, SittingId, UnitId};
use domain::nominations::seating::Seat;
use domain::orgs::Level;
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::plans::{MoneySource, Seats, TopicRef};
use domain::time::{Date, Instant, number};
use domain::training::{ClassForm, ClassStatus, ContentGroup, Mode, Programme, TrainingKind};
use sea_orm::QueryResult;

use super::place::Place;
use super::units;
use crate::db::{At, Db, StoreError};
use crate::sql::{self, Sql};

/// A class with how many people it has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClassLine {
    /// Key.
    pub id: ClassId,
    /// Code.
    pub code: String,
    /// State.
    pub status: ClassStatus,
    /// What it is to be.
    pub terms: Terms,
    /// Code and name of the unit that opens it.
    pub lead: (String, String),
    /// Number and day of the decision that opens it.
    pub decision: Option<(String, Date)>,
    /// Number and day of the decision that recognises its results.
    pub results: Option<(String, Date)>,
    /// Counts changes; two officers cannot overwrite each other.
    pub revision: i32,
    /// People with a confirmed seat.
    pub confirmed: i32,
    /// People with a seat that waits for somebody's word.
    pub unconfirmed: i32,
    /// People in line for a seat.
    pub waiting: i32,
    /// Attendances on record.
    pub learners: i32,
}

/// Classes that are looked for.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// In one of these states; any when empty.
    pub statuses: &'a [ClassStatus],
    /// With a day in this span, both included.
    pub during: Option<(Date, Date)>,
    /// In this form.
    pub form: Option<ClassForm>,
    /// With these folded words in code or name.
    pub words: Option<&'a str>,
    /// Opened by a unit of this place.
    pub place: Option<&'a Place>,
    /// Of one of these codes; any when empty.
    pub codes: &'a [&'a str],
    /// Of one line of a plan.
    pub line: Option<(PlanId, u32)>,
}

/// Where a class stands in the list.
pub type After = (Date, ClassId);

fn select(sql: &mut Sql, wanted: &Wanted<'_>, on: Date) {
    if let Some(place) = wanted.place {
        place.open(sql);
        sql.push("one(n) AS (SELECT 1) ");
    }
    sql.push("SELECT c.*, u.code AS lead_code, ");
    units::name_on(sql, on);
    sql.push(" AS lead_name");
    for (name, states) in [("confirmed", "'confirmed'"), ("unconfirmed", "'named', 'agreed', 'leaving'"), ("waiting", "'waiting'")] {
        sql.push(&format!(", (SELECT COUNT(*) FROM nomination n WHERE n.class_id = c.id AND n.state IN ({states})) AS {name}"));
    }
    sql.push(", (SELECT COUNT(*) FROM training_record t WHERE t.class_id = c.id AND t.outcome <> 'withdrawn') AS learners ");
    sql.push("FROM training_class c JOIN unit u ON u.id = c.lead_unit_id");
    if let Some(place) = wanted.place {
        place.join(sql, "c.lead_unit_id");
    }
    sql.push(" WHERE 1 = 1").and_in("c.status", wanted.statuses.iter().map(|status| status.code()));
    sql.and_in("c.code", wanted.codes.iter().copied()).and_in("c.form", wanted.form.map(ClassForm::code));
    if let Some((from, to)) = wanted.during {
        sql.push(" AND c.starts_on <= ").bind(number(to)).push(" AND c.ends_on >= ").bind(number(from));
    }
    if let Some((plan, line)) = wanted.line {
        sql.push(" AND c.plan_id = ").bind(plan.0).push(" AND c.plan_line = ").bind(i32::try_from(line).unwrap_or(i32::MAX));
    }
}

/// Classes, the latest first; words are looked for in code and name without marks.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, wanted: &Wanted<'_>, after: Option<After>, limit: u32, on: Date) -> Result<Vec<ClassLine>, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql, wanted, on);
    if let Some((day, id)) = after {
        let day = number(day);
        sql.push(" AND (c.starts_on < ").bind(day).push(" OR (c.starts_on = ").bind(day).push(" AND c.id < ").bind(id.0).push("))");
    }
    sql.push(" ORDER BY c.starts_on DESC, c.id DESC");
    if wanted.words.is_none() {
        sql.push(" LIMIT ").bind(i64::from(limit));
    }
    let lines: Vec<ClassLine> = sql.all(db.reader()).await?.iter().map(line).collect::<Result<_, _>>()?;
    let is_meant = |line: &ClassLine| wanted.words.is_none_or(|words| is_found(line, words));
    Ok(lines.into_iter().filter(is_meant).take(usize::try_from(limit).unwrap_or(usize::MAX)).collect())
}

/// Names of classes carry marks and the table no folded column: a province holds a few thousand classes, which are folded as they are read.
fn is_found(line: &ClassLine, words: &str) -> bool {
    let text = domain::text::fold(&format!("{} {}", line.code, line.terms.name));
    words.split_whitespace().all(|word| text.contains(word))
}

/// One class by its code.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(at: At<'_>, code: &str, on: Date) -> Result<ClassLine, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql, &Wanted { codes: &[code], ..Wanted::default() }, on);
    line(&at.first(sql).await?.ok_or(StoreError::NotFound)?)
}

fn line(row: &QueryResult) -> Result<ClassLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let dated = |number: &str, day: &str| -> Result<Option<(String, Date)>, StoreError> {
        let number: Option<String> = row.try_get("", number)?;
        Ok(number.zip(row.try_get::<Option<i32>>("", day)?.map(sql::date).transpose()?))
    };
    let count = |name: &str| row.try_get::<i64>("", name).map(|n| i32::try_from(n).unwrap_or(i32::MAX));
    Ok(ClassLine {
        id: ClassId(row.try_get("", "id")?),
        code: text("code")?,
        status: sql::code(&text("status")?, ClassStatus::from_code)?,
        terms: terms(row)?,
        lead: (text("lead_code")?, text("lead_name")?),
        decision: dated("decision_number", "decided_on")?,
        results: dated("results_number", "recognised_on")?,
        revision: row.try_get("", "revision")?,
        confirmed: count("confirmed")?,
        unconfirmed: count("unconfirmed")?,
        waiting: count("waiting")?,
        learners: count("learners")?,
    })
}

fn terms(row: &QueryResult) -> Result<Terms, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    let day = |name: &str| row.try_get::<Option<i32>>("", name);
    let line = row.try_get::<Option<i64>>("", "plan_id")?.zip(row.try_get::<Option<i32>>("", "plan_line")?);
    Ok(Terms {
        name: text("name")?,
        form: sql::code(&text("form")?, ClassForm::from_code)?,
        kind: sql::code(&text("kind")?, TrainingKind::from_code)?,
        content: maybe("content")?.map(|code| sql::code(&code, ContentGroup::from_code)).transpose()?,
        degree: maybe("degree")?.map(|code| sql::code(&code, Degree::from_code)).transpose()?,
        field: maybe("field")?.map(|code| sql::code(&code, StudyField::from_code)).transpose()?,
        programme: row.try_get::<Option<i64>>("", "programme_id")?.map(ProgrammeId),
        named: maybe("programme")?.map(|code| sql::code(&code, Programme::from_code)).transpose()?,
        topic: maybe("scheme")?.zip(maybe("topic")?).map(|(scheme, code)| TopicRef { scheme, code }),
        line: line.and_then(|(plan, line)| Some((PlanId(plan), u32::try_from(line).ok()?))),
        mode: sql::code(&text("mode")?, Mode::from_code)?,
        hours: sql::code(&text("hours")?, Hours::from_code)?,
        abroad: row.try_get("", "abroad")?,
        lead: UnitId(row.try_get("", "lead_unit_id")?),
        school: text("school")?,
        place: text("place")?,
        starts_on: sql::date(row.try_get("", "starts_on")?)?,
        ends_on: sql::date(row.try_get("", "ends_on")?)?,
        days: row.try_get("", "days")?,
        periods: row.try_get("", "periods")?,
        most: row.try_get("", "most")?,
        least: row.try_get("", "least")?,
        staff: listed(&text("staff")?, StaffKind::from_code)?,
        groups: listed(&text("leader_groups")?, LeaderGroup::from_code)?,
        level: maybe("level")?.map(|code| sql::code(&code, Level::from_code)).transpose()?,
        names_until: day("names_until")?.map(sql::date).transpose()?,
        cost: row.try_get("", "cost")?,
        source: maybe("source")?.map(|code| sql::code(&code, MoneySource::from_code)).transpose()?,
        note: text("note")?,
    })
}

fn listed<T>(text: &str, from_code: fn(&str) -> Option<T>) -> Result<Vec<T>, StoreError> {
    text.split_whitespace().map(|code| sql::code(code, from_code)).collect()
}

/// A sitting with the names of its room and lecturer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SittingLine {
    /// Key.
    pub id: SittingId,
    /// When, where, who.
    pub sitting: Sitting,
    /// Code and name of the room.
    pub room: Option<(String, String)>,
    /// Code and name of the lecturer.
    pub lecturer: Option<(String, String)>,
    /// Whose staff file the lecturer has here.
    pub taught_by: Option<OfficialId>,
    /// Code and name of the class.
    pub class: (String, String),
}

/// Which sittings are looked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Meeting {
    /// Those of one class.
    Of(ClassId),
    /// Those of all other classes that are not cancelled, from a day to a day.
    Beside(ClassId, Date, Date),
    /// Those of all classes that are not cancelled, from a day to a day.
    During(Date, Date),
}

/// Sittings by day and part of the day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn sittings(at: At<'_>, meeting: Meeting) -> Result<Vec<SittingLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT s.*, r.code AS room_code, r.name AS room_name, l.code AS lecturer_code, l.name AS lecturer_name, l.official_id AS taught_by, ");
    sql.push("c.code AS class_code, c.name AS class_name FROM sitting s JOIN training_class c ON c.id = s.class_id ");
    sql.push("LEFT JOIN room r ON r.id = s.room_id LEFT JOIN lecturer l ON l.id = s.lecturer_id WHERE ");
    let span = |sql: &mut Sql, from: Date, to: Date| {
        sql.push("c.status <> 'cancelled' AND s.held_on >= ").bind(number(from)).push(" AND s.held_on <= ").bind(number(to));
    };
    match meeting {
        Meeting::Of(class) => {
            sql.push("s.class_id = ").bind(class.0);
        }
        Meeting::Beside(class, from, to) => {
            span(&mut sql, from, to);
            sql.push(" AND s.class_id <> ").bind(class.0);
        }
        Meeting::During(from, to) => span(&mut sql, from, to),
    }
    sql.push(" ORDER BY s.held_on, CASE s.shift WHEN 'evening' THEN 3 WHEN 'afternoon' THEN 2 WHEN 'morning' THEN 1 ELSE 0 END, s.id");
    at.all(sql).await?.iter().map(sitting).collect()
}

fn sitting(row: &QueryResult) -> Result<SittingLine, StoreError> {
    let pair = |code: &str, name: &str| -> Result<Option<(String, String)>, StoreError> {
        Ok(row.try_get::<Option<String>>("", code)?.zip(row.try_get::<Option<String>>("", name)?))
    };
    Ok(SittingLine {
        id: SittingId(row.try_get("", "id")?),
        taught_by: row.try_get::<Option<i64>>("", "taught_by")?.map(OfficialId),
        sitting: Sitting {
            class: ClassId(row.try_get("", "class_id")?),
            on: sql::date(row.try_get("", "held_on")?)?,
            shift: sql::code(&row.try_get::<String>("", "shift")?, Shift::from_code)?,
            periods: row.try_get("", "periods")?,
            room: row.try_get::<Option<i64>>("", "room_id")?.map(RoomId),
            lecturer: row.try_get::<Option<i64>>("", "lecturer_id")?.map(LecturerId),
            words: row.try_get("", "words")?,
        },
        room: pair("room_code", "room_name")?,
        lecturer: pair("lecturer_code", "lecturer_name")?,
        class: (row.try_get("", "class_code")?, row.try_get("", "class_name")?),
    })
}

/// The seats of a class in their order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn seats(at: At<'_>, class: ClassId) -> Result<Vec<Seat>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, kept_for, nomination_id FROM class_seat WHERE class_id = ").bind(class.0).push(" ORDER BY number");
    let seat = |row: &QueryResult| {
        Ok(Seat {
            id: SeatId(row.try_get("", "id")?),
            kept_for: row.try_get::<Option<i64>>("", "kept_for")?.map(UnitId),
            held_by: row.try_get::<Option<i64>>("", "nomination_id")?.map(NominationId),
        })
    };
    at.all(sql).await?.iter().map(seat).collect()
}

/// Codes of classes that have not begun, with somebody in the line and a seat that nobody holds.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn with_line_and_seats(at: At<'_>) -> Result<Vec<String>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.code FROM training_class c WHERE c.status IN ('planned', 'enrolling') ");
    sql.push("AND EXISTS (SELECT 1 FROM nomination n WHERE n.class_id = c.id AND n.state = 'waiting') ");
    sql.push("AND EXISTS (SELECT 1 FROM class_seat s WHERE s.class_id = c.id AND s.nomination_id IS NULL) ORDER BY c.starts_on, c.id");
    at.all(sql).await?.iter().map(|row| Ok(row.try_get("", "code")?)).collect()
}

/// The shares of a class in their order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn shares(at: At<'_>, class: ClassId) -> Result<Vec<Seats>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT unit_id, staff, leader_group, people FROM class_share WHERE class_id = ").bind(class.0).push(" ORDER BY id");
    let share = |row: &QueryResult| {
        let maybe = |name: &str| row.try_get::<Option<String>>("", name);
        Ok(Seats {
            unit: row.try_get::<Option<i64>>("", "unit_id")?.map(UnitId),
            staff: maybe("staff")?.map(|code| sql::code(&code, StaffKind::from_code)).transpose()?,
            group: maybe("leader_group")?.map(|code| sql::code(&code, LeaderGroup::from_code)).transpose()?,
            people: u32::try_from(row.try_get::<i32>("", "people")?).unwrap_or(0),
        })
    };
    at.all(sql).await?.iter().map(share).collect()
}

/// Something that happened to a class.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventLine {
    /// What, by code.
    pub act: String,
    /// In words.
    pub words: String,
    /// Name of the account.
    pub by: Option<String>,
    /// When.
    pub at: Instant,
}

/// What happened to a class, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn events(db: &Db, class: ClassId, limit: u32) -> Result<Vec<EventLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT e.act, e.words, e.happened_at, a.name FROM class_event e LEFT JOIN user_account a ON a.id = e.user_id WHERE e.class_id = ",
    );
    sql.bind(class.0).push(" ORDER BY e.id DESC LIMIT ").bind(i64::from(limit));
    let event = |row: &QueryResult| {
        Ok(EventLine {
            act: row.try_get("", "act")?,
            words: row.try_get("", "words")?,
            by: row.try_get("", "name")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(event).collect()
}

/// A room.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoomLine {
    /// Key.
    pub id: RoomId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Where.
    pub place: String,
    /// How many sit in it.
    pub seats: i32,
    /// Since when it is used no more.
    pub ended_on: Option<Date>,
    /// The unit whose house it is in.
    pub unit: Option<UnitId>,
    /// Where it stands, when it is in no house of a unit.
    pub spot: Option<Spot>,
}

/// Rooms in code order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn rooms(at: At<'_>) -> Result<Vec<RoomLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, code, name, place, seats, ended_on, unit_id, latitude, longitude FROM room ORDER BY code");
    let room = |row: &QueryResult| {
        Ok(RoomLine {
            id: RoomId(row.try_get("", "id")?),
            code: row.try_get("", "code")?,
            name: row.try_get("", "name")?,
            place: row.try_get("", "place")?,
            seats: row.try_get("", "seats")?,
            ended_on: row.try_get::<Option<i32>>("", "ended_on")?.map(sql::date).transpose()?,
            unit: row.try_get::<Option<i64>>("", "unit_id")?.map(UnitId),
            spot: row
                .try_get::<Option<i32>>("", "latitude")?
                .zip(row.try_get::<Option<i32>>("", "longitude")?)
                .map(|(latitude, longitude)| Spot { latitude, longitude }),
        })
    };
    at.all(sql).await?.iter().map(room).collect()
}

/// Somebody who teaches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LecturerLine {
    /// Key.
    pub id: LecturerId,
    /// Code.
    pub code: String,
    /// Name.
    pub name: String,
    /// How the person belongs to the teaching.
    pub kind: LecturerKind,
    /// School or office.
    pub home: String,
    /// What the person teaches.
    pub subjects: String,
    /// Staff code of the person, if the person has a staff file here.
    pub official: Option<String>,
    /// Since when the person teaches no more.
    pub ended_on: Option<Date>,
}

/// Lecturers in code order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn lecturers(at: At<'_>) -> Result<Vec<LecturerLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT l.id, l.code, l.name, l.kind, l.home, l.subjects, l.ended_on, o.code AS official_code FROM lecturer l ");
    sql.push("LEFT JOIN official o ON o.id = l.official_id ORDER BY l.code");
    let lecturer = |row: &QueryResult| {
        Ok(LecturerLine {
            id: LecturerId(row.try_get("", "id")?),
            code: row.try_get("", "code")?,
            name: row.try_get("", "name")?,
            kind: sql::code(&row.try_get::<String>("", "kind")?, LecturerKind::from_code)?,
            home: row.try_get("", "home")?,
            subjects: row.try_get("", "subjects")?,
            official: row.try_get("", "official_code")?,
            ended_on: row.try_get::<Option<i32>>("", "ended_on")?.map(sql::date).transpose()?,
        })
    };
    at.all(sql).await?.iter().map(lecturer).collect()
}

/// The next free number of codes that begin with these letters, such as `LOP-2027-`.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn next_number(at: At<'_>, prefix: &str) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT code FROM training_class WHERE code LIKE ").bind(format!("{prefix}%"));
    let codes = at.all(sql).await?;
    let numbers = codes.iter().filter_map(|row| row.try_get::<String>("", "code").ok()?.strip_prefix(prefix)?.parse::<i64>().ok());
    Ok(numbers.max().unwrap_or(0) + 1)
}
