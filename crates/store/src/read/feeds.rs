//! What stands in a calendar: the meetings of a person's classes, of a class, in a room, with a lecturer; cancelled ones as cancelled.
//! Not for: how a calendar is written (`web`).

use domain::classes::sittings::Shift;
use domain::feeds::FeedKind;
use domain::ids::{ClassId, LecturerId, OfficialId, RoomId, UserId};
use domain::time::{Date, Instant, number};
use domain::training::ClassStatus;
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// Whose time a calendar tells.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Subject {
    /// Of an official, as a learner and as a lecturer.
    Person(OfficialId),
    /// Of a class.
    Class(ClassId),
    /// Of a room.
    Room(RoomId),
    /// Of a lecturer.
    Lecturer(LecturerId),
}

impl Subject {
    /// Which kind.
    #[must_use]
    pub const fn kind(self) -> FeedKind {
        match self {
            Self::Person(_) => FeedKind::Person,
            Self::Class(_) => FeedKind::Class,
            Self::Room(_) => FeedKind::Room,
            Self::Lecturer(_) => FeedKind::Lecturer,
        }
    }

    pub(crate) const fn column(self) -> (&'static str, i64) {
        match self {
            Self::Person(id) => ("official_id", id.0),
            Self::Class(id) => ("class_id", id.0),
            Self::Room(id) => ("room_id", id.0),
            Self::Lecturer(id) => ("lecturer_id", id.0),
        }
    }

    fn of(row: &QueryResult) -> Result<Self, StoreError> {
        let id = |name: &str| -> Result<i64, StoreError> { row.try_get::<Option<i64>>("", name)?.ok_or(StoreError::NotFound) };
        Ok(match sql::code(&row.try_get::<String>("", "kind")?, FeedKind::from_code)? {
            FeedKind::Person => Self::Person(OfficialId(id("official_id")?)),
            FeedKind::Class => Self::Class(ClassId(id("class_id")?)),
            FeedKind::Room => Self::Room(RoomId(id("room_id")?)),
            FeedKind::Lecturer => Self::Lecturer(LecturerId(id("lecturer_id")?)),
        })
    }
}

/// A meeting, or the whole time of a class whose meetings are not known.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Code and name of the class.
    pub class: (String, String),
    /// Its state.
    pub status: ClassStatus,
    /// Its first and last day.
    pub days: (Date, Date),
    /// Where it is held, in words.
    pub place: String,
    /// The school.
    pub school: String,
    /// Day and part of the day of the meeting, and what is taught.
    pub meeting: Option<(Date, Shift, String)>,
    /// Name and place of the room.
    pub room: Option<(String, String)>,
    /// Name of the lecturer.
    pub lecturer: Option<String>,
    /// Whether the person's seat is confirmed; of others always.
    pub is_sure: bool,
    /// How much has happened to the class: grows with every change.
    pub sequence: i64,
    /// When it was last changed.
    pub changed_at: Instant,
}

/// What stands in a calendar from a day on, in its order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn entries(db: &Db, subject: Subject, from: Date) -> Result<Vec<Entry>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.code, c.name, c.status, c.starts_on, c.ends_on, c.place, c.school, s.held_on, s.shift, s.words, ");
    sql.push("r.name AS room_name, r.place AS room_place, l.name AS lecturer_name, ");
    sql.push("(SELECT COUNT(*) FROM class_event e WHERE e.class_id = c.id) AS sequence, ");
    sql.push("(SELECT COALESCE(MAX(e.happened_at), 0) FROM class_event e WHERE e.class_id = c.id) AS changed_at, ");
    match subject {
        Subject::Person(official) => {
            sql.push("CASE WHEN EXISTS (SELECT 1 FROM nomination n WHERE n.class_id = c.id AND n.official_id = ").bind(official.0);
            sql.push(" AND n.state IN ('named', 'agreed')) THEN 0 ELSE 1 END AS sure ");
        }
        _ => {
            sql.push("1 AS sure ");
        }
    }
    sql.push("FROM training_class c LEFT JOIN sitting s ON s.class_id = c.id LEFT JOIN room r ON r.id = s.room_id ");
    sql.push("LEFT JOIN lecturer l ON l.id = s.lecturer_id WHERE c.status <> 'planned' AND c.ends_on >= ").bind(number(from)).push(" AND ");
    match subject {
        Subject::Person(official) => {
            sql.push("(c.id IN (SELECT n.class_id FROM nomination n WHERE n.state IN ('named', 'agreed', 'confirmed', 'leaving') ");
            sql.push("AND n.official_id = ").bind(official.0);
            sql.push(") OR s.lecturer_id IN (SELECT k.id FROM lecturer k WHERE k.official_id = ").bind(official.0).push("))");
        }
        Subject::Class(class) => {
            sql.push("c.id = ").bind(class.0);
        }
        Subject::Room(room) => {
            sql.push("s.room_id = ").bind(room.0);
        }
        Subject::Lecturer(lecturer) => {
            sql.push("s.lecturer_id = ").bind(lecturer.0);
        }
    }
    sql.push(" ORDER BY COALESCE(s.held_on, c.starts_on), c.code, s.id");
    sql.all(db.reader()).await?.iter().map(entry).collect()
}

fn entry(row: &QueryResult) -> Result<Entry, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    let day = |name: &str| -> Result<Date, StoreError> { sql::date(row.try_get("", name)?) };
    let held = row.try_get::<Option<i32>>("", "held_on")?.map(sql::date).transpose()?;
    let shift = maybe("shift")?.map(|code| sql::code(&code, Shift::from_code)).transpose()?;
    let words = maybe("words")?.unwrap_or_default();
    Ok(Entry {
        class: (text("code")?, text("name")?),
        status: sql::code(&text("status")?, ClassStatus::from_code)?,
        days: (day("starts_on")?, day("ends_on")?),
        place: text("place")?,
        school: text("school")?,
        meeting: held.zip(shift).map(|(on, shift)| (on, shift, words)),
        room: maybe("room_name")?.zip(maybe("room_place")?),
        lecturer: maybe("lecturer_name")?,
        is_sure: row.try_get::<i32>("", "sure")? == 1,
        sequence: row.try_get("", "sequence")?,
        changed_at: Instant(row.try_get("", "changed_at")?),
    })
}

/// A calendar of an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FeedLine {
    /// Key.
    pub id: i64,
    /// Whose time it tells.
    pub subject: Subject,
    /// Name of the class, room or lecturer; of the person when it is one's own.
    pub name: String,
    /// When it was made.
    pub made_at: Instant,
    /// When it was last read.
    pub used_at: Option<Instant>,
}

const NAME: &str = "f.id, f.kind, f.official_id, f.class_id, f.room_id, f.lecturer_id, f.made_at, f.used_at, \
    COALESCE(c.name, r.name, l.name, o.name, '') AS name FROM feed f LEFT JOIN training_class c ON c.id = f.class_id \
    LEFT JOIN room r ON r.id = f.room_id LEFT JOIN lecturer l ON l.id = f.lecturer_id LEFT JOIN official o ON o.id = f.official_id ";

fn line(row: &QueryResult) -> Result<FeedLine, StoreError> {
    Ok(FeedLine {
        id: row.try_get("", "id")?,
        subject: Subject::of(row)?,
        name: row.try_get("", "name")?,
        made_at: Instant(row.try_get("", "made_at")?),
        used_at: row.try_get::<Option<i64>>("", "used_at")?.map(Instant),
    })
}

/// The live calendars of an account, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn of_user(db: &Db, user: UserId) -> Result<Vec<FeedLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT ").push(NAME).push("WHERE f.revoked_at IS NULL AND f.user_id = ").bind(user.0).push(" ORDER BY f.id DESC");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// The live calendar behind a digest, of an account that may sign in.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn by_token(db: &Db, token_hash: &str) -> Result<FeedLine, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT ").push(NAME).push("JOIN user_account a ON a.id = f.user_id AND NOT a.locked AND a.directory_state IS NULL ");
    sql.push("WHERE f.revoked_at IS NULL AND f.token_hash = ").bind(token_hash);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}
