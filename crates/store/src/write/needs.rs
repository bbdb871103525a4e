//! Needs written and changed, one or many, with what each level made of them.
//! Not for: deciding (`service::needs`, `service::reviews`).

use domain::ids::{NeedId, OfficialId, ProgrammeId, ReviewId, UnitId};
use domain::needs::{NeedLevel, NeedSource, NeedState, Verdict};
use domain::people::{LeaderGroup, StaffKind};
use domain::standards::Subject;
use domain::time::{Date, number};
use sea_orm::sea_query::Value;

use super::insert;
use super::register::Why;
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;

/// A need to be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewNeed {
    /// The unit.
    pub unit: UnitId,
    /// The official, if named.
    pub official: Option<OfficialId>,
    /// People.
    pub people: i32,
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
    /// Year.
    pub year: i32,
    /// Whether it cannot wait.
    pub urgent: bool,
    /// Where it comes from.
    pub source: NeedSource,
    /// The review and the answer it is part of.
    pub part_of: Option<(ReviewId, i64)>,
    /// How far it has come.
    pub state: NeedState,
    /// Who writes it.
    pub level: NeedLevel,
    /// The post held, with kind of staff and group.
    pub seat: Option<(String, StaffKind, Option<LeaderGroup>)>,
    /// Since when the requirement is missing, or until when it is due.
    pub since: Option<Date>,
}

const COLUMNS: [&str; 25] = [
    "unit_id",
    "official_id",
    "people",
    "subject",
    "requirement",
    "programme_id",
    "topic_scheme",
    "topic",
    "words",
    "year",
    "urgent",
    "source",
    "review_id",
    "answer_id",
    "state",
    "level",
    "reason",
    "post",
    "staff",
    "leader_group",
    "since",
    "revision",
    "made_by",
    "made_at",
    "changed_at",
];

fn values(new: NewNeed, why: &Why<'_>) -> Vec<Value> {
    let (scheme, topic) = new.topic.unzip();
    let (post, staff, group) = match new.seat {
        Some((post, staff, group)) => (Some(post), Some(staff.code()), group.map(|group| group.code())),
        None => (None, None, None),
    };
    vec![
        new.unit.0.into(),
        new.official.map(|o| o.0).into(),
        new.people.into(),
        new.subject.code().into(),
        new.requirement.into(),
        new.programme.map(|p| p.0).into(),
        scheme.into(),
        topic.into(),
        new.words.trim().into(),
        new.year.into(),
        new.urgent.into(),
        new.source.code().into(),
        new.part_of.map(|(review, _)| review.0).into(),
        new.part_of.map(|(_, answer)| answer).into(),
        new.state.code().into(),
        new.level.code().into(),
        "".into(),
        post.into(),
        staff.into(),
        group.into(),
        new.since.map(number).into(),
        1.into(),
        why.by.user().into(),
        why.at.0.into(),
        why.at.0.into(),
    ]
}

/// Writes a need.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn add(tx: &WriteTx, why: &Why<'_>, new: NewNeed) -> Result<NeedId, StoreError> {
    Ok(NeedId(insert(tx, "need", &COLUMNS, values(new, why)).await?))
}

/// Rows of one statement: far below the bind limit of both engines.
const TOGETHER: usize = 400;

/// Writes many needs in their order.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn fill(tx: &WriteTx, why: &Why<'_>, rows: Vec<NewNeed>) -> Result<(), StoreError> {
    let mut rows = rows.into_iter().peekable();
    while rows.peek().is_some() {
        let mut sql = Sql::new();
        sql.push(&format!("INSERT INTO need ({}) VALUES ", COLUMNS.join(", ")));
        for (i, row) in rows.by_ref().take(TOGETHER).enumerate() {
            sql.push(if i > 0 { ", (" } else { "(" });
            for (j, value) in values(row, why).into_iter().enumerate() {
                if j > 0 {
                    sql.push(", ");
                }
                sql.bind(value);
            }
            sql.push(")");
        }
        sql.run(tx.connection()).await?;
    }
    Ok(())
}

/// What a level makes of a need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change<'a> {
    /// How far it has come then.
    pub state: NeedState,
    /// Which level.
    pub level: NeedLevel,
    /// What is said to it.
    pub verdict: Option<Verdict>,
    /// Why.
    pub reason: &'a str,
    /// People.
    pub people: i32,
    /// What it is about.
    pub subject: Subject,
    /// The topic of a scheme.
    pub topic: Option<&'a (String, String)>,
    /// In free words.
    pub words: &'a str,
    /// Whether it cannot wait.
    pub urgent: bool,
}

/// Changes a need that is as it was read.
///
/// # Errors
/// [`StoreError::Stale`] when it is not.
pub async fn change(tx: &WriteTx, why: &Why<'_>, (id, revision): (NeedId, i32), change: &Change<'_>) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE need SET state = ").bind(change.state.code()).push(", level = ").bind(change.level.code());
    sql.push(", verdict = ").bind(change.verdict.map(Verdict::code)).push(", reason = ").bind(change.reason.trim());
    sql.push(", people = ").bind(change.people).push(", subject = ").bind(change.subject.code());
    sql.push(", topic_scheme = ").bind(change.topic.map(|(scheme, _)| scheme.as_str()));
    sql.push(", topic = ").bind(change.topic.map(|(_, topic)| topic.as_str())).push(", words = ").bind(change.words.trim());
    sql.push(", urgent = ").bind(change.urgent).push(", changed_at = ").bind(why.at.0).push(", revision = revision + 1");
    sql.push(" WHERE id = ").bind(id.0).push(" AND revision = ").bind(revision);
    if sql.run(tx.connection()).await? == 1 { Ok(()) } else { Err(StoreError::Stale) }
}

/// Keeps what a level made of a need.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note(tx: &WriteTx, why: &Why<'_>, need: NeedId, level: NeedLevel, (before, after): (&str, &str)) -> Result<(), StoreError> {
    let columns = ["need_id", "level", "before", "after", "reason", "user_id", "happened_at"];
    let reason: Value = why.words.trim().into();
    let values = vec![need.0.into(), level.code().into(), before.into(), after.into(), reason, why.by.user().into(), why.at.0.into()];
    insert(tx, "need_change", &columns, values).await?;
    Ok(())
}

/// Confirms every line of an answer that nobody has said anything to, of one requirement or of all. Tells how many.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn confirm_all(tx: &WriteTx, why: &Why<'_>, answer: i64, requirement: Option<&str>) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE need SET state = 'confirmed', verdict = 'confirmed', level = 'unit', revision = revision + 1, changed_at = ");
    sql.bind(why.at.0).push(" WHERE state = 'proposed' AND answer_id = ").bind(answer);
    if let Some(requirement) = requirement {
        sql.push(" AND requirement = ").bind(requirement);
    }
    sql.run(tx.connection()).await
}

/// Moves all needs of an answer from one state into another.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn carry(
    tx: &WriteTx,
    why: &Why<'_>,
    answer: i64,
    (from, to): (NeedState, NeedState),
    level: NeedLevel,
) -> Result<u64, StoreError> {
    let mut sql = Sql::new();
    sql.push("UPDATE need SET state = ").bind(to.code()).push(", level = ").bind(level.code()).push(", changed_at = ").bind(why.at.0);
    sql.push(", revision = revision + 1 WHERE answer_id = ").bind(answer).push(" AND state = ").bind(from.code());
    sql.run(tx.connection()).await
}
