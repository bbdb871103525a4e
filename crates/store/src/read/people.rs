//! Officials: lists (`list`, `pages`), what they count (`facets`), one person's whole record.
//! Not for: the people behind a figure (`progress::people`).

mod details;
mod facets;
mod list;
mod pages;
mod plans;
mod sides;

use domain::ids::{OfficialId, UnitId};
use domain::people::{Band, Leadership, QualificationKind, RatingKind, StaffKind};
use domain::register::{Ending, Source};
use domain::roles::{Reach, Scope};
use domain::time::{Date, Interval, number};
use domain::training::{Outcome, TrainingKind};
use sea_orm::QueryResult;

use super::units;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

pub use details::{Detail, Details, details};
pub use facets::{Cell, Levels, cells, ethnic_groups, fields, levels, trained};
pub use list::{OfficialLine, Wanted, count, kept_of};
pub use pages::{Search, list, list_by};
pub use plans::{CommitmentLine, PlannedLine, ScanLine, scan_bytes};

/// One posting of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PostingLine {
    /// Key.
    pub id: i64,
    /// Unit.
    pub unit: (String, String),
    /// Post.
    pub post: String,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Leadership.
    pub leadership: Option<Leadership>,
    /// Grade (ngạch, hạng) by its code.
    pub grade: Option<String>,
    /// Number of the decision.
    pub decision: Option<String>,
    /// How it ended.
    pub ended_by: Option<Ending>,
    /// When.
    pub during: Interval,
}

/// Work at another unit for a time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SecondmentLine {
    /// Key.
    pub id: i64,
    /// Unit: code, name.
    pub unit: (String, String),
    /// Post there.
    pub post: String,
    /// Number of the decision.
    pub decision: Option<String>,
    /// When.
    pub during: Interval,
}

/// One rating of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RatingLine {
    /// Key.
    pub id: i64,
    /// What it judges.
    pub kind: RatingKind,
    /// The band.
    pub band: Band,
    /// The day it was decided.
    pub on: Date,
}

/// One qualification of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QualificationLine {
    /// Key.
    pub id: i64,
    /// What it proves.
    pub kind: QualificationKind,
    /// Degree, for professional ones.
    pub degree: Option<String>,
    /// Field of study.
    pub field: Option<String>,
    /// Level within other kinds.
    pub grade: Option<String>,
    /// Since when.
    pub granted_on: Date,
    /// Until when, if it expires.
    pub expires_on: Option<Date>,
    /// Who issued it.
    pub issuer: Option<String>,
    /// Its number.
    pub number: Option<String>,
    /// Where the line comes from.
    pub source: Source,
}

/// One attendance of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordLine {
    /// Key.
    pub id: i64,
    /// Education or training.
    pub kind: TrainingKind,
    /// Content group code, if training.
    pub content: Option<String>,
    /// Degree code, if education.
    pub degree: Option<String>,
    /// Class code and name, if known.
    pub class: Option<(String, String)>,
    /// Scheme and topic it carried out.
    pub topic: Option<(String, String)>,
    /// Abroad.
    pub abroad: bool,
    /// Periods.
    pub periods: i32,
    /// First day.
    pub starts_on: Date,
    /// Last day.
    pub ends_on: Option<Date>,
    /// What became of it.
    pub outcome: Outcome,
    /// The learner reported.
    pub reported_on: Option<Date>,
    /// The unit evaluated.
    pub evaluated_on: Option<Date>,
    /// Where the line comes from.
    pub source: Source,
    /// What proves it, if it was not learned here.
    pub evidence: Option<String>,
    /// What was attended, by name, if it was not learned here.
    pub title: Option<String>,
}

/// A person's record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// Id.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Birth.
    pub birth_on: Date,
    /// Sex code.
    pub sex: String,
    /// Ethnicity code (1 = Kinh).
    pub ethnicity: i32,
    /// Code of the electronic record.
    pub record_code: Option<String>,
    /// Other names.
    pub other_names: Option<String>,
    /// First day of service.
    pub recruited_on: Option<Date>,
    /// Counts changes of the identity.
    pub revision: i32,
    /// Newest first.
    pub postings: Vec<PostingLine>,
    /// Newest first.
    pub secondments: Vec<SecondmentLine>,
    /// Newest first.
    pub ratings: Vec<RatingLine>,
    /// Newest first.
    pub qualifications: Vec<QualificationLine>,
    /// Newest first.
    pub records: Vec<RecordLine>,
    /// Posts planned for, newest first.
    pub planned: Vec<PlannedLine>,
    /// Promises of service, newest first.
    pub commitments: Vec<CommitmentLine>,
    /// Scans that prove lines, oldest first.
    pub scans: Vec<ScanLine>,
}

/// Adds the common table `within(id)` of units a scope and a wish allow, when they limit anything.
pub(super) fn open_within(sql: &mut Sql, scope: &Scope, unit: Option<UnitId>, on: Date) -> bool {
    let roots: Vec<i64> = match (unit, scope.reach()) {
        (Some(unit), _) => vec![unit.0],
        (None, Reach::Units(roots)) => roots.iter().map(|u| u.0).collect(),
        (None, _) => return false,
    };
    sql.push("WITH RECURSIVE within(id) AS (SELECT u.id FROM unit u WHERE 1 = 1").and_in("u.id", roots);
    sql.push(" UNION SELECT l.unit_id FROM unit_link l JOIN within w ON l.parent_id = w.id WHERE l.starts_on <= ").bind(number(on));
    sql.push(" AND (l.ends_on IS NULL OR l.ends_on > ").bind(number(on)).push(")) ");
    true
}

/// One person by staff code, if the scope reaches the person's posting on the day.
///
/// # Errors
/// [`StoreError::NotFound`] when there is no such person in the scope.
pub async fn person(db: &Db, scope: &Scope, code: &str, on: Date) -> Result<Person, StoreError> {
    let mut sql = Sql::new();
    let limited = open_within(&mut sql, scope, None, on);
    sql.push("SELECT o.id, o.code, o.name, o.birth_on, o.sex, o.ethnicity, o.record_code, o.other_names, o.recruited_on, o.revision FROM official o WHERE o.code = ").bind(code);
    if let Reach::Own(own) = scope.reach() {
        sql.push(" AND o.id = ").bind(own.0);
    }
    if limited {
        sql.push(
            " AND EXISTS (SELECT 1 FROM posting p WHERE p.official_id = o.id AND p.unit_id IN (SELECT id FROM within) AND p.starts_on <= ",
        );
        sql.bind(number(on)).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push("))");
    }
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    let id: i64 = row.try_get("", "id")?;
    Ok(Person {
        id: OfficialId(id),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        birth_on: sql::date(row.try_get("", "birth_on")?)?,
        sex: row.try_get("", "sex")?,
        ethnicity: row.try_get("", "ethnicity")?,
        record_code: row.try_get("", "record_code")?,
        other_names: row.try_get("", "other_names")?,
        recruited_on: row.try_get::<Option<i32>>("", "recruited_on")?.map(sql::date).transpose()?,
        revision: row.try_get("", "revision")?,
        postings: postings(db, id, on).await?,
        secondments: secondments(db, id, on).await?,
        ratings: ratings(db, id).await?,
        qualifications: qualifications(db, id).await?,
        records: records(db, id).await?,
        planned: plans::planned(db, id, on).await?,
        commitments: plans::commitments(db, id).await?,
        scans: plans::scans(db, id).await?,
    })
}

async fn postings(db: &Db, id: i64, on: Date) -> Result<Vec<PostingLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.id, u.code, b.title, p.staff, p.leadership, p.grade, p.decision_number, p.ended_by, p.starts_on, p.ends_on, ");
    units::name_at_end(&mut sql, "p.ends_on", on);
    sql.push(" AS name FROM posting p JOIN unit u ON u.id = p.unit_id ");
    sql.push("JOIN post b ON b.id = p.post_id WHERE p.official_id = ").bind(id).push(" ORDER BY p.starts_on DESC");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(PostingLine {
                id: row.try_get("", "id")?,
                unit: (row.try_get("", "code")?, row.try_get("", "name")?),
                post: row.try_get("", "title")?,
                staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
                leadership: row.try_get::<Option<String>>("", "leadership")?.as_deref().and_then(Leadership::from_code),
                grade: row.try_get("", "grade")?,
                decision: row.try_get("", "decision_number")?,
                ended_by: row.try_get::<Option<String>>("", "ended_by")?.as_deref().and_then(Ending::from_code),
                during: units::life(row)?,
            })
        })
        .collect()
}

async fn secondments(db: &Db, id: i64, on: Date) -> Result<Vec<SecondmentLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT s.id, u.code, s.post, s.decision_number, s.starts_on, s.ends_on, ");
    units::name_at_end(&mut sql, "s.ends_on", on);
    sql.push(" AS name FROM secondment s ");
    sql.push("JOIN unit u ON u.id = s.unit_id WHERE s.official_id = ").bind(id).push(" ORDER BY s.starts_on DESC");
    let line = |row: &QueryResult| {
        Ok(SecondmentLine {
            id: row.try_get("", "id")?,
            unit: (row.try_get("", "code")?, row.try_get("", "name")?),
            post: row.try_get("", "post")?,
            decision: row.try_get("", "decision_number")?,
            during: units::life(row)?,
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

async fn ratings(db: &Db, id: i64) -> Result<Vec<RatingLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id, kind, band, rated_on FROM rating WHERE official_id = ").bind(id).push(" ORDER BY rated_on DESC, id");
    let line = |row: &QueryResult| {
        Ok(RatingLine {
            id: row.try_get("", "id")?,
            kind: sql::code(&row.try_get::<String>("", "kind")?, RatingKind::from_code)?,
            band: sql::code(&row.try_get::<String>("", "band")?, Band::from_code)?,
            on: sql::date(row.try_get("", "rated_on")?)?,
        })
    };
    sql.all(db.reader()).await?.iter().map(line).collect()
}

async fn qualifications(db: &Db, id: i64) -> Result<Vec<QualificationLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT id, kind, degree, field, grade, granted_on, expires_on, issuer, number, source FROM qualification WHERE official_id = ",
    )
    .bind(id)
    .push(" ORDER BY granted_on DESC, id");
    let rows = sql.all(db.reader()).await?;
    rows.iter()
        .map(|row| {
            Ok(QualificationLine {
                id: row.try_get("", "id")?,
                kind: sql::code(&row.try_get::<String>("", "kind")?, QualificationKind::from_code)?,
                degree: row.try_get("", "degree")?,
                field: row.try_get("", "field")?,
                grade: row.try_get("", "grade")?,
                granted_on: sql::date(row.try_get("", "granted_on")?)?,
                expires_on: row.try_get::<Option<i32>>("", "expires_on")?.map(sql::date).transpose()?,
                issuer: row.try_get("", "issuer")?,
                number: row.try_get("", "number")?,
                source: sql::code(&row.try_get::<String>("", "source")?, Source::from_code)?,
            })
        })
        .collect()
}

async fn records(db: &Db, id: i64) -> Result<Vec<RecordLine>, StoreError> {
    let mut sql = records_where();
    sql.push("t.official_id = ").bind(id).push(" ORDER BY t.starts_on DESC, t.id");
    sql.all(db.reader()).await?.iter().map(record).collect()
}

/// The attendances of several people, oldest first, with whose each is.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn records_of(db: &Db, officials: &[i64]) -> Result<Vec<(i64, RecordLine)>, StoreError> {
    let mut sql = records_where();
    sql.push("1 = 1").and_in("t.official_id", officials.iter().copied()).push(" ORDER BY t.starts_on, t.id");
    sql.all(db.reader()).await?.iter().map(|row| Ok((row.try_get("", "official_id")?, record(row)?))).collect()
}

/// The start of a question for attendances; a condition follows.
fn records_where() -> Sql {
    let mut sql = Sql::new();
    sql.push(
        "SELECT t.id, t.official_id, t.source, t.evidence, t.title, t.kind, t.content, t.degree, t.scheme, t.topic, t.abroad, t.periods, ",
    );
    sql.push("t.starts_on, t.ends_on, t.outcome, c.code, c.name, ");
    sql.push("(SELECT f.followed_on FROM follow_up f WHERE f.record_id = t.id AND f.kind = 'reported') AS reported_on, ");
    sql.push("(SELECT f.followed_on FROM follow_up f WHERE f.record_id = t.id AND f.kind = 'evaluated') AS evaluated_on ");
    sql.push("FROM training_record t LEFT JOIN training_class c ON c.id = t.class_id WHERE ");
    sql
}

fn record(row: &QueryResult) -> Result<RecordLine, StoreError> {
    let optional = |name: &str| row.try_get::<Option<i32>>("", name).map_err(StoreError::from)?.map(sql::date).transpose();
    let text = |name: &str| row.try_get::<Option<String>>("", name);
    Ok(RecordLine {
        id: row.try_get("", "id")?,
        source: sql::code(&row.try_get::<String>("", "source")?, Source::from_code)?,
        evidence: text("evidence")?,
        title: text("title")?,
        kind: sql::code(&row.try_get::<String>("", "kind")?, TrainingKind::from_code)?,
        content: text("content")?,
        degree: text("degree")?,
        class: text("code")?.zip(text("name")?),
        topic: text("scheme")?.zip(text("topic")?),
        abroad: row.try_get("", "abroad")?,
        periods: row.try_get("", "periods")?,
        starts_on: sql::date(row.try_get("", "starts_on")?)?,
        ends_on: optional("ends_on")?,
        outcome: sql::code(&row.try_get::<String>("", "outcome")?, Outcome::from_code)?,
        reported_on: optional("reported_on")?,
        evaluated_on: optional("evaluated_on")?,
    })
}
