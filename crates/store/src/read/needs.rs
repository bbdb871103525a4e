//! Needs: lists, sums by unit and subject, what each level made of one, and whom a list may be filled from.
//! Not for: who may read them; the caller brings a place that lies in the asker's scope.

use domain::ids::{NeedId, OfficialId, ProgrammeId, ReviewId, UnitId, UserId};
use domain::needs::{NeedLevel, NeedSource, NeedState, Verdict};
use domain::people::{LeaderGroup, StaffKind};
use domain::standards::Subject;
use domain::time::{Date, Instant, number};
use sea_orm::QueryResult;

use super::place::Place;
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// A need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NeedLine {
    /// Key.
    pub id: NeedId,
    /// The unit: key, code, name.
    pub unit: (UnitId, String, String),
    /// The official, if named: key, staff code, name.
    pub official: Option<(OfficialId, String, String)>,
    /// People; one when named.
    pub people: i32,
    /// What it is about.
    pub subject: Subject,
    /// The requirement that it meets, by its code.
    pub requirement: Option<String>,
    /// The programme.
    pub programme: Option<ProgrammeId>,
    /// The topic of a scheme: scheme, topic.
    pub topic: Option<(String, String)>,
    /// In free words.
    pub words: String,
    /// Year.
    pub year: i32,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// Where it came from.
    pub source: NeedSource,
    /// The review it is part of.
    pub review: Option<ReviewId>,
    /// The answer it is part of.
    pub answer: Option<i64>,
    /// How far it has come.
    pub state: NeedState,
    /// Who dealt with it last.
    pub level: NeedLevel,
    /// What was said to it.
    pub verdict: Option<Verdict>,
    /// Why.
    pub reason: String,
    /// The post held when it was written.
    pub post: Option<String>,
    /// The kind of staff then.
    pub staff: Option<StaffKind>,
    /// The group of leaders then.
    pub group: Option<LeaderGroup>,
    /// Since when the requirement was missing, or until when it was due, as it stood then.
    pub since: Option<Date>,
    /// Counts changes.
    pub revision: i32,
    /// Who wrote it.
    pub made_by: Option<UserId>,
    /// When.
    pub made_at: Instant,
}

/// Which needs are wanted; what is empty asks nothing.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The year.
    pub year: Option<i32>,
    /// This year or a later one.
    pub from_year: Option<i32>,
    /// What it is about.
    pub subject: Option<Subject>,
    /// How far they have come.
    pub states: &'a [NeedState],
    /// Only what cannot wait.
    pub urgent: bool,
    /// Of one official.
    pub official: Option<OfficialId>,
    /// Of one answer.
    pub answer: Option<i64>,
    /// Of one review.
    pub review: Option<ReviewId>,
    /// Of one requirement.
    pub requirement: Option<&'a str>,
    /// Only what is part of no review.
    pub outside: bool,
}

impl Wanted<'_> {
    fn meet(&self, sql: &mut Sql) {
        sql.push(" WHERE 1 = 1");
        let mut equals = |column: &str, value: Option<sea_orm::sea_query::Value>| {
            if let Some(value) = value {
                sql.push(&format!(" AND {column} = ")).bind(value);
            }
        };
        equals("n.year", self.year.map(Into::into));
        equals("n.subject", self.subject.map(|s| s.code().into()));
        equals("n.official_id", self.official.map(|o| o.0.into()));
        equals("n.answer_id", self.answer.map(Into::into));
        equals("n.review_id", self.review.map(|r| r.0.into()));
        equals("n.requirement", self.requirement.map(Into::into));
        if let Some(year) = self.from_year {
            sql.push(" AND n.year >= ").bind(year);
        }
        if self.urgent {
            sql.push(" AND n.urgent");
        }
        if self.outside {
            sql.push(" AND n.answer_id IS NULL");
        }
        sql.and_in("n.state", self.states.iter().map(|state| state.code()));
    }
}

/// The common table `kept(id, branch)` of the needs wanted in a place.
fn kept(sql: &mut Sql, place: &Place, wanted: &Wanted<'_>) {
    place.open(sql);
    sql.push("kept AS (SELECT n.id, ").push(place.branch()).push(" AS branch FROM need n");
    place.join(sql, "n.unit_id");
    wanted.meet(sql);
    sql.push(") ");
}

const COLUMNS: &str = "n.id, n.unit_id, u.code AS unit_code, u.name AS unit_name, n.official_id, o.code AS official_code, \
    o.name AS official_name, n.people, n.subject, n.requirement, n.programme_id, n.topic_scheme, n.topic, n.words, n.year, n.urgent, \
    n.source, n.review_id, n.answer_id, n.state, n.level, n.verdict, n.reason, n.post, n.staff, n.leader_group, n.since, n.revision, \
    n.made_by, n.made_at FROM need n JOIN unit u ON u.id = n.unit_id LEFT JOIN official o ON o.id = n.official_id";

/// A page of needs in the order in which they were written.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(db: &Db, place: &Place, wanted: &Wanted<'_>, after: NeedId, limit: u32) -> Result<Vec<NeedLine>, StoreError> {
    let mut sql = Sql::new();
    kept(&mut sql, place, wanted);
    sql.push("SELECT ").push(COLUMNS).push(" WHERE n.id IN (SELECT id FROM kept) AND n.id > ").bind(after.0);
    sql.push(" ORDER BY n.id LIMIT ").bind(i64::from(limit));
    sql.all(db.reader()).await?.iter().map(line).collect()
}

/// Every approved need of a year in a place, for plans.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn approved(db: &Db, place: &Place, year: i32) -> Result<Vec<NeedLine>, StoreError> {
    let wanted = Wanted { year: Some(year), states: &[NeedState::Approved], ..Wanted::default() };
    list(db, place, &wanted, NeedId(0), u32::MAX).await
}

/// Every need of a year or a later one that cannot wait and that nobody has refused, for lists of who is to be trained first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn urgent(db: &Db, place: &Place, year: i32) -> Result<Vec<NeedLine>, StoreError> {
    let states = [NeedState::Confirmed, NeedState::Approved];
    let wanted = Wanted { from_year: Some(year), states: &states, urgent: true, ..Wanted::default() };
    list(db, place, &wanted, NeedId(0), u32::MAX).await
}

/// One need.
///
/// # Errors
/// [`StoreError::NotFound`] when there is none.
pub async fn one(db: &Db, id: NeedId) -> Result<NeedLine, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT ").push(COLUMNS).push(" WHERE n.id = ").bind(id.0);
    line(&sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?)
}

/// By what needs are summed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum By {
    /// Branch of the place and subject.
    BranchAndSubject,
    /// Branch of the place.
    Branch,
    /// Subject.
    Subject,
    /// Everything together.
    All,
}

/// People and attendances of a part of the needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// The branch, when summed by it.
    pub branch: UnitId,
    /// The subject, when summed by it.
    pub subject: Option<Subject>,
    /// Named officials, each once, with the people of needs that name nobody.
    pub people: i64,
    /// Attendances.
    pub attendances: i64,
}

const FIGURES: &str = "COUNT(DISTINCT n.official_id) + SUM(CASE WHEN n.official_id IS NULL THEN n.people ELSE 0 END) AS people, \
    SUM(n.people) AS attendances";

/// Sums of needs.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn sums(db: &Db, place: &Place, wanted: &Wanted<'_>, by: By) -> Result<Vec<Sum>, StoreError> {
    let (branch, subject, group) = match by {
        By::BranchAndSubject => ("k.branch", "n.subject", " GROUP BY k.branch, n.subject"),
        By::Branch => ("k.branch", "CAST(NULL AS text)", " GROUP BY k.branch"),
        By::Subject => ("CAST(0 AS bigint)", "n.subject", " GROUP BY n.subject"),
        By::All => ("CAST(0 AS bigint)", "CAST(NULL AS text)", " HAVING COUNT(*) > 0"),
    };
    let mut sql = Sql::new();
    kept(&mut sql, place, wanted);
    sql.push(&format!("SELECT {branch} AS branch, {subject} AS subject, {FIGURES} FROM kept k JOIN need n ON n.id = k.id{group}"));
    let sum = |row: &QueryResult| {
        Ok(Sum {
            branch: UnitId(row.try_get("", "branch")?),
            subject: row.try_get::<Option<String>>("", "subject")?.map(|s| sql::code(&s, Subject::from_code)).transpose()?,
            people: row.try_get("", "people")?,
            attendances: row.try_get("", "attendances")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(sum).collect()
}

/// Needs of one topic.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TopicSum {
    /// What it is about.
    pub subject: Subject,
    /// The requirement.
    pub requirement: Option<String>,
    /// The programme.
    pub programme: Option<ProgrammeId>,
    /// The topic of a scheme.
    pub topic: Option<(String, String)>,
    /// In free words.
    pub words: String,
    /// People, as in [`Sum`].
    pub people: i64,
    /// Attendances.
    pub attendances: i64,
    /// Attendances that cannot wait.
    pub urgent: i64,
}

/// Sums of needs by topic, the largest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn topics(db: &Db, place: &Place, wanted: &Wanted<'_>, limit: u32) -> Result<Vec<TopicSum>, StoreError> {
    let mut sql = Sql::new();
    kept(&mut sql, place, wanted);
    let by = "n.subject, n.requirement, n.programme_id, n.topic_scheme, n.topic, n.words";
    sql.push(&format!("SELECT {by}, {FIGURES}, SUM(CASE WHEN n.urgent THEN n.people ELSE 0 END) AS urgent FROM kept k "));
    sql.push(&format!("JOIN need n ON n.id = k.id GROUP BY {by} ORDER BY attendances DESC, {by} LIMIT ")).bind(i64::from(limit));
    let sum = |row: &QueryResult| {
        Ok(TopicSum {
            subject: sql::code(&row.try_get::<String>("", "subject")?, Subject::from_code)?,
            requirement: row.try_get("", "requirement")?,
            programme: row.try_get::<Option<i64>>("", "programme_id")?.map(ProgrammeId),
            topic: row.try_get::<Option<String>>("", "topic_scheme")?.zip(row.try_get("", "topic")?),
            words: row.try_get("", "words")?,
            people: row.try_get("", "people")?,
            attendances: row.try_get("", "attendances")?,
            urgent: row.try_get("", "urgent")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(sum).collect()
}

/// Lines of an answer that belong together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AnswerGroup {
    /// What they are about.
    pub subject: Subject,
    /// The requirement; none for what was added.
    pub requirement: Option<String>,
    /// Lines nobody has said anything to.
    pub proposed: i64,
    /// Lines that stay needs.
    pub kept: i64,
    /// Lines that are none.
    pub dropped: i64,
}

/// Lines of an answer that nobody spoke to, that stay needs, that are none.
pub(super) const COUNTS: &str = "SUM(CASE WHEN state = 'proposed' THEN 1 ELSE 0 END) AS proposed, \
    SUM(CASE WHEN state IN ('confirmed', 'approved') THEN 1 ELSE 0 END) AS kept, \
    SUM(CASE WHEN state IN ('withdrawn', 'refused') THEN 1 ELSE 0 END) AS dropped";

/// What an answer consists of.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn groups(db: &Db, answer: i64) -> Result<Vec<AnswerGroup>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT subject, requirement, ").push(COUNTS).push(" FROM need WHERE answer_id = ").bind(answer);
    sql.push(" GROUP BY subject, requirement ORDER BY MIN(id)");
    let group = |row: &QueryResult| {
        Ok(AnswerGroup {
            subject: sql::code(&row.try_get::<String>("", "subject")?, Subject::from_code)?,
            requirement: row.try_get("", "requirement")?,
            proposed: row.try_get("", "proposed")?,
            kept: row.try_get("", "kept")?,
            dropped: row.try_get("", "dropped")?,
        })
    };
    sql.all(db.reader()).await?.iter().map(group).collect()
}

/// Whose changes are wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// Of one need.
    Need(NeedId),
    /// Of every need of an answer.
    Answer(i64),
}

/// What a level made of a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangeLine {
    /// The need.
    pub need: NeedId,
    /// The official, if named: staff code and name.
    pub official: Option<(String, String)>,
    /// Which level.
    pub level: NeedLevel,
    /// What it was.
    pub before: String,
    /// What it became.
    pub after: String,
    /// Why.
    pub reason: String,
    /// Who.
    pub who: Option<String>,
    /// When.
    pub at: Instant,
}

/// Changes, oldest first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn changes(db: &Db, of: Of, limit: u32) -> Result<Vec<ChangeLine>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT c.need_id, o.code, o.name, c.level, c.before, c.after, c.reason, a.name AS who, c.happened_at FROM need_change c ");
    sql.push("JOIN need n ON n.id = c.need_id LEFT JOIN official o ON o.id = n.official_id LEFT JOIN user_account a ON a.id = c.user_id ");
    match of {
        Of::Need(id) => sql.push("WHERE c.need_id = ").bind(id.0),
        Of::Answer(id) => sql.push("WHERE n.answer_id = ").bind(id),
    };
    sql.push(" ORDER BY c.id LIMIT ").bind(i64::from(limit));
    let change = |row: &QueryResult| {
        Ok(ChangeLine {
            need: NeedId(row.try_get("", "need_id")?),
            official: row.try_get::<Option<String>>("", "code")?.zip(row.try_get("", "name")?),
            level: sql::code(&row.try_get::<String>("", "level")?, NeedLevel::from_code)?,
            before: row.try_get("", "before")?,
            after: row.try_get("", "after")?,
            reason: row.try_get("", "reason")?,
            who: row.try_get("", "who")?,
            at: Instant(row.try_get("", "happened_at")?),
        })
    };
    sql.all(db.reader()).await?.iter().map(change).collect()
}

/// Who holds which post on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    /// The official.
    pub official: OfficialId,
    /// The unit of the post.
    pub unit: UnitId,
    /// Title of the post.
    pub post: String,
    /// Kind of staff.
    pub staff: StaffKind,
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
}

/// Everybody who holds a post on a day, or one official alone, in name order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn seats(db: &Db, on: Date, one: Option<OfficialId>) -> Result<Vec<Seat>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT p.official_id, p.unit_id, b.title, p.staff, p.leader_group FROM posting p JOIN official o ON o.id = p.official_id ");
    sql.push("JOIN post b ON b.id = p.post_id WHERE p.starts_on <= ").bind(number(on));
    sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(")");
    if let Some(one) = one {
        sql.push(" AND p.official_id = ").bind(one.0);
    }
    sql.push(" ORDER BY o.sort_key, o.id");
    let seat = |row: &QueryResult| {
        Ok(Seat {
            official: OfficialId(row.try_get("", "official_id")?),
            unit: UnitId(row.try_get("", "unit_id")?),
            post: row.try_get("", "title")?,
            staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
            group: row.try_get::<Option<String>>("", "leader_group")?.map(|g| sql::code(&g, LeaderGroup::from_code)).transpose()?,
        })
    };
    sql.all(db.reader()).await?.iter().map(seat).collect()
}

fn line(row: &QueryResult) -> Result<NeedLine, StoreError> {
    let text = |name: &str| row.try_get::<String>("", name);
    let maybe = |name: &str| row.try_get::<Option<String>>("", name);
    let official = row.try_get::<Option<i64>>("", "official_id")?.map(OfficialId);
    let named = maybe("official_code")?.zip(maybe("official_name")?);
    Ok(NeedLine {
        id: NeedId(row.try_get("", "id")?),
        unit: (UnitId(row.try_get("", "unit_id")?), text("unit_code")?, text("unit_name")?),
        official: official.zip(named).map(|(id, (code, name))| (id, code, name)),
        people: row.try_get("", "people")?,
        subject: sql::code(&text("subject")?, Subject::from_code)?,
        requirement: maybe("requirement")?,
        programme: row.try_get::<Option<i64>>("", "programme_id")?.map(ProgrammeId),
        topic: maybe("topic_scheme")?.zip(maybe("topic")?),
        words: text("words")?,
        year: row.try_get("", "year")?,
        urgent: row.try_get("", "urgent")?,
        source: sql::code(&text("source")?, NeedSource::from_code)?,
        review: row.try_get::<Option<i64>>("", "review_id")?.map(ReviewId),
        answer: row.try_get("", "answer_id")?,
        state: sql::code(&text("state")?, NeedState::from_code)?,
        level: sql::code(&text("level")?, NeedLevel::from_code)?,
        verdict: maybe("verdict")?.map(|v| sql::code(&v, Verdict::from_code)).transpose()?,
        reason: text("reason")?,
        post: maybe("post")?,
        staff: maybe("staff")?.map(|s| sql::code(&s, StaffKind::from_code)).transpose()?,
        group: maybe("leader_group")?.map(|g| sql::code(&g, LeaderGroup::from_code)).transpose()?,
        since: row.try_get::<Option<i32>>("", "since")?.map(sql::date).transpose()?,
        revision: row.try_get("", "revision")?,
        made_by: row.try_get::<Option<i64>>("", "made_by")?.map(UserId),
        made_at: Instant(row.try_get("", "made_at")?),
    })
}
