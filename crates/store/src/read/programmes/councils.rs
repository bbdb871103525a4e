//! Councils with their members, and sessions with their votes.
//! Not for: deciding what comes out of votes.

use domain::ids::{ProgrammeId, UserId};
use domain::programmes::appraisal::{Choice, Seat, SessionState, Verdict};
use domain::register::scans::Media;
use domain::roles::Role;
use domain::time::{Date, Instant, Interval, number};
use sea_orm::{ConnectionTrait, QueryResult};

use super::super::units::life;
use crate::db::{Db, StoreError, WriteTx};
use crate::sql::{self, Sql};

/// A council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Council {
    /// Key.
    pub id: i64,
    /// Name.
    pub name: String,
    /// Number of the decision that sets it up.
    pub decision: String,
    /// Days on which it exists.
    pub during: Interval,
    /// Counts changes.
    pub revision: i32,
    /// Chair first, then secretary, then members by name.
    pub members: Vec<Member>,
}

/// A member of a council.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Member {
    /// Account.
    pub user: UserId,
    /// Its login.
    pub login: String,
    /// Its name.
    pub name: String,
    /// Where the member sits.
    pub seat: Seat,
}

/// A scan of the minutes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MinutesScan {
    /// Name of the file.
    pub name: String,
    /// What it is.
    pub media: Media,
    /// Digest of the bytes.
    pub digest: String,
}

/// A session of a council over a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Session {
    /// Key.
    pub id: i64,
    /// The council.
    pub council: i64,
    /// Its name.
    pub council_name: String,
    /// The programme.
    pub programme: ProgrammeId,
    /// Its code.
    pub code: String,
    /// Key of the text.
    pub text: i64,
    /// Number of the text.
    pub number: i32,
    /// Title of the programme.
    pub title: String,
    /// Day of the session.
    pub held_on: Date,
    /// Whether members still vote.
    pub state: SessionState,
    /// What came out.
    pub verdict: Option<Verdict>,
    /// What was said.
    pub minutes: String,
    /// A scan of the minutes.
    pub scan: Option<MinutesScan>,
    /// Counts changes.
    pub revision: i32,
    /// When it was closed.
    pub closed_at: Option<Instant>,
    /// Name of the account that closed it.
    pub closed_by: Option<String>,
}

/// A vote.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Vote {
    /// Account.
    pub user: UserId,
    /// Its name.
    pub name: String,
    /// How it votes.
    pub choice: Choice,
    /// The opinion with it.
    pub opinion: String,
    /// When.
    pub cast_at: Instant,
}

/// All councils, those that end last first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn councils(db: &Db) -> Result<Vec<Council>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.id, c.name, c.decision_number, c.starts_on, c.ends_on, c.revision FROM council c ");
    sql.push("ORDER BY CASE WHEN c.ends_on IS NULL THEN 0 ELSE 1 END, c.ends_on DESC, c.id DESC");
    let mut all: Vec<Council> = sql.all(db.reader()).await?.iter().map(council_line).collect::<Result<_, _>>()?;
    let mut members = Sql::new();
    members.push(MEMBERS).push(" ORDER BY m.council_id, a.name, a.id");
    for row in members.all(db.reader()).await? {
        let of: i64 = row.try_get("", "council_id")?;
        if let Some(council) = all.iter_mut().find(|council| council.id == of) {
            council.members.push(member(&row)?);
        }
    }
    for council in &mut all {
        council.members.sort_by_key(|member| member.seat);
    }
    Ok(all)
}

/// One council.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn council(db: &Db, id: i64) -> Result<Council, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.id, c.name, c.decision_number, c.starts_on, c.ends_on, c.revision FROM council c WHERE c.id = ").bind(id);
    let mut council = council_line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)?;
    council.members = members_of(db.reader(), id).await?;
    Ok(council)
}

/// The members of a council as they are inside a transaction.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn members(tx: &WriteTx, council: i64) -> Result<Vec<Member>, StoreError> {
    members_of(tx.connection(), council).await
}

const MEMBERS: &str =
    "SELECT m.council_id, m.user_id, m.seat, a.login, a.name FROM council_member m JOIN user_account a ON a.id = m.user_id";

async fn members_of(on: &impl ConnectionTrait, council: i64) -> Result<Vec<Member>, StoreError> {
    let mut sql = Sql::new();
    sql.push(MEMBERS).push(" WHERE m.council_id = ").bind(council).push(" ORDER BY a.name, a.id");
    let mut all: Vec<Member> = sql.all(on).await?.iter().map(member).collect::<Result<_, _>>()?;
    all.sort_by_key(|member| member.seat);
    Ok(all)
}

/// Which sessions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// One session.
    One(i64),
    /// Those of a programme.
    Programme(ProgrammeId),
    /// Those of a council.
    Council(i64),
    /// Open ones of councils in which an account sits.
    Waiting(UserId),
}

/// Sessions, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn sessions(db: &Db, of: Of) -> Result<Vec<Session>, StoreError> {
    sessions_on(db.reader(), of).await
}

/// One session as it is inside a transaction.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn session(tx: &WriteTx, id: i64) -> Result<Session, StoreError> {
    sessions_on(tx.connection(), Of::One(id)).await?.pop().ok_or(StoreError::NotFound)
}

async fn sessions_on(on: &impl ConnectionTrait, of: Of) -> Result<Vec<Session>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT s.id, s.council_id, c.name AS council_name, v.programme_id, p.code, s.version_id, v.number, p.title, s.held_on, s.state, ",
    );
    sql.push(
        "s.verdict, s.minutes, s.scan_name, s.scan_media, s.scan_digest, s.revision, s.closed_at, a.name AS closed_by FROM appraisal s ",
    );
    sql.push("JOIN council c ON c.id = s.council_id JOIN programme_version v ON v.id = s.version_id ");
    sql.push("JOIN programme p ON p.id = v.programme_id LEFT JOIN user_account a ON a.id = s.closed_by WHERE ");
    match of {
        Of::One(id) => sql.push("s.id = ").bind(id),
        Of::Programme(programme) => sql.push("v.programme_id = ").bind(programme.0),
        Of::Council(council) => sql.push("s.council_id = ").bind(council),
        Of::Waiting(user) => sql
            .push("s.state = 'open' AND EXISTS (SELECT 1 FROM council_member m WHERE m.council_id = s.council_id AND m.user_id = ")
            .bind(user.0)
            .push(")"),
    };
    sql.push(" ORDER BY s.id DESC");
    sql.all(on).await?.iter().map(session_line).collect()
}

/// Votes of a session, in the order of members' names.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn votes(db: &Db, session: i64) -> Result<Vec<Vote>, StoreError> {
    votes_on(db.reader(), session).await
}

/// Votes of a session as they are inside a transaction.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn votes_within(tx: &WriteTx, session: i64) -> Result<Vec<Vote>, StoreError> {
    votes_on(tx.connection(), session).await
}

async fn votes_on(on: &impl ConnectionTrait, session: i64) -> Result<Vec<Vote>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT w.user_id, a.name, w.choice, w.opinion, w.cast_at FROM appraisal_vote w JOIN user_account a ON a.id = w.user_id ");
    sql.push("WHERE w.appraisal_id = ").bind(session).push(" ORDER BY a.name, a.id");
    sql.all(on).await?.iter().map(vote).collect()
}

fn vote(row: &QueryResult) -> Result<Vote, StoreError> {
    Ok(Vote {
        user: UserId(row.try_get("", "user_id")?),
        name: row.try_get("", "name")?,
        choice: sql::code(&row.try_get::<String>("", "choice")?, Choice::from_code)?,
        opinion: row.try_get("", "opinion")?,
        cast_at: Instant(row.try_get("", "cast_at")?),
    })
}

fn council_line(row: &QueryResult) -> Result<Council, StoreError> {
    Ok(Council {
        id: row.try_get("", "id")?,
        name: row.try_get("", "name")?,
        decision: row.try_get("", "decision_number")?,
        during: life(row)?,
        revision: row.try_get("", "revision")?,
        members: Vec::new(),
    })
}

fn member(row: &QueryResult) -> Result<Member, StoreError> {
    Ok(Member {
        user: UserId(row.try_get("", "user_id")?),
        login: row.try_get("", "login")?,
        name: row.try_get("", "name")?,
        seat: sql::code(&row.try_get::<String>("", "seat")?, Seat::from_code)?,
    })
}

fn session_line(row: &QueryResult) -> Result<Session, StoreError> {
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    let scan = match (maybe("scan_name")?, maybe("scan_media")?, maybe("scan_digest")?) {
        (Some(name), Some(media), Some(digest)) => Some(MinutesScan { name, media: sql::code(&media, Media::from_code)?, digest }),
        _ => None,
    };
    Ok(Session {
        id: row.try_get("", "id")?,
        council: row.try_get("", "council_id")?,
        council_name: row.try_get("", "council_name")?,
        programme: ProgrammeId(row.try_get("", "programme_id")?),
        code: row.try_get("", "code")?,
        text: row.try_get("", "version_id")?,
        number: row.try_get("", "number")?,
        title: row.try_get("", "title")?,
        held_on: sql::date(row.try_get("", "held_on")?)?,
        state: sql::code(&row.try_get::<String>("", "state")?, SessionState::from_code)?,
        verdict: maybe("verdict")?.map(|code| sql::code(&code, Verdict::from_code)).transpose()?,
        minutes: row.try_get("", "minutes")?,
        scan,
        revision: row.try_get("", "revision")?,
        closed_at: row.try_get::<Option<i64>>("", "closed_at")?.map(Instant),
        closed_by: maybe("closed_by")?,
    })
}

/// Open accounts with one of these roles on a day, by name: id, login, name.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn accounts_with(db: &Db, roles: &[Role], on: Date) -> Result<Vec<(UserId, String, String)>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT a.id, a.login, a.name FROM user_account a WHERE NOT a.locked AND a.directory_state IS NULL AND EXISTS ");
    sql.push("(SELECT 1 FROM user_grant g WHERE g.user_id = a.id AND g.starts_on <= ").bind(number(on));
    sql.push(" AND (g.ends_on IS NULL OR g.ends_on > ").bind(number(on)).push(")").and_in("g.role", roles.iter().map(|role| role.code()));
    sql.push(") ORDER BY a.name, a.id");
    let one = |row: &QueryResult| Ok((UserId(row.try_get("", "id")?), row.try_get("", "login")?, row.try_get("", "name")?));
    sql.all(db.reader()).await?.iter().map(one).collect()
}

/// Whether members of a council still vote somewhere.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn has_open_session(tx: &WriteTx, council: i64) -> Result<bool, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM appraisal WHERE state = 'open' AND council_id = ").bind(council).push(" LIMIT 1");
    Ok(sql.first(tx.connection()).await?.is_some())
}
