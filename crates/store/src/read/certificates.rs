//! Certificates: of a class, of a person, of the whole register; who is still to get one; the runs; the keys that seal them.
//! Not for: granting them.

use domain::certificates::{CertificateKind, CertificateState};
use domain::ids::{CertificateId, ClassId, OfficialId, RecordId, UnitId};
use domain::people::StaffKind;
use domain::results::Points;
use domain::text::fold;
use domain::time::{Date, Instant, number};
use domain::training::{ClassStatus, Outcome};
use sea_orm::QueryResult;

use super::place::Place;
use crate::db::{At, Db, StoreError};
use crate::sql::{self, Sql};

/// A paper as it was printed, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateLine {
    /// Key.
    pub id: CertificateId,
    /// The attendance.
    pub record: RecordId,
    /// Whose it is: key and staff code of today.
    pub official: (OfficialId, String),
    /// The class: key and code.
    pub class: (ClassId, String),
    /// The unit that keeps the class and counts the numbers.
    pub body: UnitId,
    /// Number within the year.
    pub number: i32,
    /// Number and sign.
    pub symbol: String,
    /// Kind.
    pub kind: CertificateKind,
    /// State.
    pub state: CertificateState,
    /// The code by which it is found.
    pub code: String,
    /// What is printed.
    pub printed: Printed,
    /// The sealed text that proves it without asking anybody.
    pub seal: String,
    /// The paper in whose place it stands.
    pub replaces: Option<CertificateId>,
    /// The certificate that it confirms.
    pub confirms: Option<CertificateId>,
    /// Key, code and symbol of the paper that stands in its place.
    pub replaced_by: Option<(CertificateId, String, String)>,
    /// When it ended.
    pub ended_on: Option<Date>,
    /// Why it was made in place of another, or taken back.
    pub reason: Option<String>,
    /// Number of the decision that took it back.
    pub end_decision: Option<String>,
    /// When it was written.
    pub made_at: Instant,
}

/// What stands on a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Printed {
    /// Name of the person.
    pub name: String,
    /// Day of birth.
    pub birth_on: Date,
    /// Name of the course.
    pub course: String,
    /// First and last day.
    pub days: (Date, Date),
    /// Periods.
    pub periods: i32,
    /// Result, as it is printed.
    pub band: Option<String>,
    /// Number and day of the decision that recognised the results.
    pub decision: (String, Date),
    /// Who grants it.
    pub issuer: String,
    /// Where.
    pub place: String,
    /// When.
    pub issued_on: Date,
    /// Post and name of who signs.
    pub signer: (String, String),
}

fn select(sql: &mut Sql) {
    sql.push("SELECT c.*, t.official_id, o.code AS official_code, k.code AS class_code, ");
    sql.push("r.id AS next_id, r.code AS next_code, r.symbol AS next_symbol FROM certificate c ");
    sql.push("JOIN training_record t ON t.id = c.record_id JOIN official o ON o.id = t.official_id ");
    sql.push("JOIN training_class k ON k.id = c.class_id LEFT JOIN certificate r ON r.replaces_id = c.id");
}

fn line(row: &QueryResult) -> Result<CertificateLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let day = |name: &str| -> Result<Date, StoreError> { sql::date(row.try_get("", name)?) };
    let key = |name: &str| row.try_get::<Option<i64>>("", name).map(|id| id.map(CertificateId));
    let next = key("next_id")?.zip(row.try_get::<Option<String>>("", "next_code")?).zip(row.try_get::<Option<String>>("", "next_symbol")?);
    Ok(CertificateLine {
        id: CertificateId(row.try_get("", "id")?),
        record: RecordId(row.try_get("", "record_id")?),
        official: (OfficialId(row.try_get("", "official_id")?), text("official_code")?),
        class: (ClassId(row.try_get("", "class_id")?), text("class_code")?),
        body: UnitId(row.try_get("", "unit_id")?),
        number: row.try_get("", "number")?,
        symbol: text("symbol")?,
        kind: sql::code(&text("kind")?, CertificateKind::from_code)?,
        state: sql::code(&text("state")?, CertificateState::from_code)?,
        code: text("code")?,
        printed: Printed {
            name: text("name")?,
            birth_on: day("birth_on")?,
            course: text("course")?,
            days: (day("starts_on")?, day("ends_on")?),
            periods: row.try_get("", "periods")?,
            band: row.try_get("", "band")?,
            decision: (text("decision_number")?, day("decided_on")?),
            issuer: text("issuer")?,
            place: text("place")?,
            issued_on: day("issued_on")?,
            signer: (text("signer_post")?, text("signer_name")?),
        },
        seal: text("seal")?,
        replaces: key("replaces_id")?,
        confirms: key("confirms_id")?,
        replaced_by: next.map(|((id, code), symbol)| (id, code, symbol)),
        ended_on: row.try_get::<Option<i32>>("", "ended_on")?.map(sql::date).transpose()?,
        reason: row.try_get("", "reason")?,
        end_decision: row.try_get("", "end_decision")?,
        made_at: Instant(row.try_get("", "made_at")?),
    })
}

/// Papers of a class in the order of their numbers.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn of_class(at: At<'_>, class: ClassId) -> Result<Vec<CertificateLine>, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql);
    sql.push(" WHERE c.class_id = ").bind(class.0).push(" ORDER BY c.year, c.number");
    at.all(sql).await?.iter().map(line).collect()
}

/// Papers of a class after a key, a portion of them.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn portion(db: &Db, class: ClassId, after: CertificateId, limit: u32) -> Result<Vec<CertificateLine>, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql);
    sql.push(" WHERE c.class_id = ").bind(class.0).push(" AND c.state = 'valid' AND c.id > ").bind(after.0);
    sql.push(" ORDER BY c.id LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Papers of a person, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn of_official(db: &Db, official: OfficialId) -> Result<Vec<CertificateLine>, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql);
    sql.push(" WHERE t.official_id = ").bind(official.0).push(" ORDER BY c.id DESC");
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// One paper.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(at: At<'_>, id: CertificateId) -> Result<CertificateLine, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql);
    sql.push(" WHERE c.id = ").bind(id.0);
    line(&at.first(sql).await?.ok_or(StoreError::NotFound)?)
}

/// The paper that a code finds.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn by_code(db: &Db, code: &str) -> Result<Option<CertificateLine>, StoreError> {
    let mut sql = Sql::new();
    select(&mut sql);
    sql.push(" WHERE c.code = ").bind(code);
    sql.first(db.reader()).await?.as_ref().map(line).transpose()
}

/// Papers that are looked for in the register.
#[derive(Debug, Clone, Copy)]
pub struct Wanted<'a> {
    /// Of people who were in these units on the first day of the course.
    pub place: &'a Place,
    /// Of this year.
    pub year: Option<i32>,
    /// Of this kind.
    pub kind: Option<CertificateKind>,
    /// In this state.
    pub state: Option<CertificateState>,
    /// Of this class, by code.
    pub class: Option<&'a str>,
    /// With these folded words in name, number or course.
    pub words: Option<&'a str>,
    /// Before this key.
    pub before: Option<CertificateId>,
    /// Most lines.
    pub limit: u32,
}

/// Rows read at once while words are looked for.
const CHUNK: u32 = 2_000;

/// Papers of the register, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn register(db: &Db, wanted: &Wanted<'_>) -> Result<Vec<CertificateLine>, StoreError> {
    let limit = usize::try_from(wanted.limit).unwrap_or(usize::MAX);
    let Some(words) = wanted.words else { return register_chunk(db, wanted, wanted.before, wanted.limit).await };
    // Names on papers carry marks and the table no folded column: chunks are folded as they are read, until the page is full.
    let (mut found, mut before) = (Vec::new(), wanted.before);
    loop {
        let lines = register_chunk(db, wanted, before, CHUNK).await?;
        let is_last = lines.len() < usize::try_from(CHUNK).unwrap_or(usize::MAX);
        before = lines.last().map(|line| line.id);
        found.extend(lines.into_iter().filter(|line| is_found(line, words)));
        if is_last || found.len() >= limit {
            found.truncate(limit);
            return Ok(found);
        }
    }
}

fn is_found(line: &CertificateLine, words: &str) -> bool {
    let text = fold(&format!("{} {} {} {}", line.printed.name, line.symbol, line.printed.course, line.official.1));
    words.split_whitespace().all(|word| text.contains(word))
}

async fn register_chunk(
    db: &Db,
    wanted: &Wanted<'_>,
    before: Option<CertificateId>,
    limit: u32,
) -> Result<Vec<CertificateLine>, StoreError> {
    let mut sql = Sql::new();
    wanted.place.open(&mut sql);
    sql.push("one(n) AS (SELECT 1) ");
    select(&mut sql);
    wanted.place.join(&mut sql, "t.unit_id");
    sql.push(" WHERE 1 = 1");
    sql.and_in("c.year", wanted.year).and_in("c.kind", wanted.kind.map(CertificateKind::code));
    sql.and_in("c.state", wanted.state.map(CertificateState::code)).and_in("k.code", wanted.class);
    if let Some(before) = before {
        sql.push(" AND c.id < ").bind(before.0);
    }
    sql.push(" ORDER BY c.id DESC LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Years that have papers, newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn years(db: &Db) -> Result<Vec<i32>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT DISTINCT year FROM certificate ORDER BY year DESC");
    sql.all(db.reader()).await?.iter().map(|row| Ok(row.try_get("", "year")?)).collect()
}

/// An attendance that is to get its certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    /// The attendance.
    pub record: RecordId,
    /// Name of the person.
    pub name: String,
    /// Day of birth.
    pub birth_on: Date,
    /// Periods of the attendance.
    pub periods: i32,
    /// Kind of staff on the first day, and the mean of the grades that was recognised, if there was one.
    pub graded: Option<(StaffKind, Points)>,
    /// The certificate that an amendment took back before another made the result good again: the new one stands in its place.
    pub again: Option<CertificateId>,
}

/// The mean that was recognised for an attendance `t`.
const MEAN: &str = "(SELECT r.overall FROM class_result r WHERE r.class_id = t.class_id AND r.official_id = t.official_id) AS overall";

fn due_of(row: &QueryResult) -> Result<Due, StoreError> {
    let staff = sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?;
    let mean = row.try_get::<Option<i32>>("", "overall")?.and_then(|points| Points::of_hundredths(points.into()));
    Ok(Due {
        record: RecordId(row.try_get("", "id")?),
        name: row.try_get("", "name")?,
        birth_on: sql::date(row.try_get("", "birth_on")?)?,
        periods: row.try_get("", "periods")?,
        graded: mean.map(|mean| (staff, mean)),
        again: row.try_get::<Option<i64>>("", "again_id")?.map(CertificateId),
    })
}

/// A certificate `c` of an attendance `t` was taken back because its result was amended, not for a reason of its own.
const AMENDED: &str = "c.record_id = t.id AND c.state = 'revoked' AND EXISTS (SELECT 1 FROM class_amendment a WHERE \
     a.class_id = c.class_id AND a.official_id = t.official_id AND a.decision_number = c.end_decision)";

/// Who finished and has no certificate that stands. One that was taken back for a reason of its own is not granted again.
fn due_part(sql: &mut Sql, class: ClassId) {
    sql.push(" FROM training_record t JOIN official o ON o.id = t.official_id WHERE t.outcome = 'finished' AND NOT EXISTS ");
    sql.push("(SELECT 1 FROM certificate c WHERE c.record_id = t.id AND c.state <> 'replaced' AND NOT (").push(AMENDED);
    sql.push(")) AND t.class_id = ").bind(class.0);
}

/// The certificate of an attendance `t` that an amendment took back.
fn again(sql: &mut Sql) {
    sql.push(", (SELECT MAX(c.id) FROM certificate c WHERE c.kind = 'certificate' AND ").push(AMENDED).push(") AS again_id");
}

/// Who finished a class and has no paper yet, by name.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn due(at: At<'_>, class: ClassId, limit: u32) -> Result<Vec<Due>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT t.id, t.periods, t.staff, o.name, o.birth_on, ").push(MEAN);
    again(&mut sql);
    due_part(&mut sql, class);
    sql.push(" ORDER BY o.sort_key, o.id LIMIT ").bind(i64::from(limit));
    at.all(sql).await?.iter().map(due_of).collect()
}

/// How many of a class are to get one.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn count_due(at: At<'_>, class: ClassId) -> Result<i32, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT COUNT(*) AS due");
    due_part(&mut sql, class);
    let row = at.first(sql).await?.ok_or(StoreError::NotFound)?;
    Ok(i32::try_from(row.try_get::<i64>("", "due")?).unwrap_or(i32::MAX))
}

/// What an act on a paper is judged by: state of the class, outcome of the attendance; and what is printed anew.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such attendance of a class.
pub async fn attended(at: At<'_>, record: RecordId) -> Result<(ClassStatus, Outcome, Due), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT t.id, t.periods, t.staff, t.outcome, k.status, o.name, o.birth_on, ").push(MEAN);
    again(&mut sql);
    sql.push(" FROM training_record t ");
    sql.push("JOIN training_class k ON k.id = t.class_id JOIN official o ON o.id = t.official_id WHERE t.id = ").bind(record.0);
    let row = at.first(sql).await?.ok_or(StoreError::NotFound)?;
    let due = due_of(&row)?;
    let status = sql::code(&row.try_get::<String>("", "status")?, ClassStatus::from_code)?;
    Ok((status, sql::code(&row.try_get::<String>("", "outcome")?, Outcome::from_code)?, due))
}

/// Keys of papers between two that are not valid any more, both included.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn ended(db: &Db, from: i64, to: i64) -> Result<Vec<i64>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM certificate WHERE state <> 'valid' AND id >= ").bind(from).push(" AND id <= ").bind(to).push(" ORDER BY id");
    sql.all(db.reader()).await?.iter().map(|row| Ok(row.try_get("", "id")?)).collect()
}

/// Certificates of a class issued in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RunLine {
    /// Key.
    pub id: i64,
    /// What stands on each.
    pub issued_on: Date,
    /// Who grants them.
    pub issuer: String,
    /// Where.
    pub place: String,
    /// Post and name of who signs.
    pub signer: (String, String),
    /// How many were wanted, and how many are made.
    pub wanted: i32,
    /// How many are made.
    pub made: i32,
    /// Name of the account.
    pub by: Option<String>,
    /// When it began.
    pub started_at: Instant,
    /// When it was over; none while it is not.
    pub ended_at: Option<Instant>,
}

/// Runs of a class, the newest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn runs(at: At<'_>, class: ClassId) -> Result<Vec<RunLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT r.*, a.name AS by_name FROM certificate_run r LEFT JOIN user_account a ON a.id = r.started_by WHERE r.class_id = ");
    sql.bind(class.0).push(" ORDER BY r.id DESC");
    let run = |row: &QueryResult| {
        Ok(RunLine {
            id: row.try_get("", "id")?,
            issued_on: sql::date(row.try_get("", "issued_on")?)?,
            issuer: row.try_get("", "issuer")?,
            place: row.try_get("", "place")?,
            signer: (row.try_get("", "signer_post")?, row.try_get("", "signer_name")?),
            wanted: row.try_get("", "wanted")?,
            made: row.try_get("", "made")?,
            by: row.try_get("", "by_name")?,
            started_at: Instant(row.try_get("", "started_at")?),
            ended_at: row.try_get::<Option<i64>>("", "ended_at")?.map(Instant),
        })
    };
    at.all(sql).await?.iter().map(run).collect()
}

/// A key that seals, or sealed, certificates.
#[derive(Clone, PartialEq, Eq)]
pub struct KeyLine {
    /// How it is called.
    pub kid: String,
    /// Its public half.
    pub public: String,
    /// Its secret half, as long as it is in use.
    pub secret: Option<String>,
    /// Since when it is used.
    pub made_at: Instant,
    /// Since when it is not.
    pub retired_at: Option<Instant>,
}

impl std::fmt::Debug for KeyLine {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("KeyLine").field("kid", &self.kid).field("retired_at", &self.retired_at).finish_non_exhaustive()
    }
}

/// Keys, the one in use first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn keys(at: At<'_>) -> Result<Vec<KeyLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT kid, public_key, secret_key, made_at, retired_at FROM signing_key ORDER BY CASE WHEN retired_at IS NULL THEN 0 ELSE 1 END, id DESC");
    let key = |row: &QueryResult| {
        Ok(KeyLine {
            kid: row.try_get("", "kid")?,
            public: row.try_get("", "public_key")?,
            secret: row.try_get("", "secret_key")?,
            made_at: Instant(row.try_get("", "made_at")?),
            retired_at: row.try_get::<Option<i64>>("", "retired_at")?.map(Instant),
        })
    };
    at.all(sql).await?.iter().map(key).collect()
}

/// The last day on which papers of a body were issued in a year, as a transaction sees it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn last_day(at: At<'_>, body: UnitId, on: Date) -> Result<Option<Date>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT MAX(issued_on) AS day FROM certificate WHERE unit_id = ").bind(body.0).push(" AND year = ").bind(on.year());
    let row = at.first(sql).await?.ok_or(StoreError::NotFound)?;
    let day = row.try_get::<Option<i32>>("", "day")?.map(sql::date).transpose()?;
    Ok(day.filter(|day| number(*day) > 0))
}
