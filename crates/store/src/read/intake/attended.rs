//! The training of people whom a file tells of, with everything that is compared.
//! Not for: pages of people (`read::people`).

use domain::ids::OfficialId;
use domain::people::{Degree, StudyField};
use domain::plans::TopicRef;
use domain::register::Source;
use domain::time::Date;
use domain::training::{ClassForm, ContentGroup, Mode, Outcome, Programme, TrainingKind};
use sea_orm::QueryResult;

use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// People asked about in one statement.
const PEOPLE: usize = 1_000;

/// A training, to be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KnownRecord {
    /// Key.
    pub id: i64,
    /// Whose.
    pub official: OfficialId,
    /// Education or training.
    pub kind: TrainingKind,
    /// What was attended, by name: of the class where it was one of the system.
    pub title: Option<String>,
    /// Content group, if training.
    pub content: Option<ContentGroup>,
    /// Degree, if education.
    pub degree: Option<Degree>,
    /// Field, if education.
    pub field: Option<StudyField>,
    /// Programme that a plan names, if it was one.
    pub named: Option<Programme>,
    /// Topic of a scheme that it counts for.
    pub topic: Option<TopicRef>,
    /// Form.
    pub form: ClassForm,
    /// Mode.
    pub mode: Mode,
    /// Abroad.
    pub abroad: bool,
    /// Periods.
    pub periods: i32,
    /// First day.
    pub from: Date,
    /// Last day.
    pub last: Option<Date>,
    /// What became of it.
    pub outcome: Outcome,
    /// Where the line comes from.
    pub source: Source,
    /// What proves it.
    pub evidence: Option<String>,
}

/// The training of these people, by person and day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn attended(db: &Db, officials: &[i64]) -> Result<Vec<KnownRecord>, StoreError> {
    let mut found = Vec::new();
    for people in officials.chunks(PEOPLE) {
        let mut sql = Sql::new();
        sql.push("SELECT t.id, t.official_id, t.kind, COALESCE(t.title, c.name) AS title, t.content, t.degree, t.field, t.form, t.mode, ");
        sql.push("t.programme, t.scheme, t.topic, t.abroad, t.periods, t.starts_on, t.ends_on, t.outcome, t.source, t.evidence ");
        sql.push("FROM training_record t LEFT JOIN training_class c ON c.id = t.class_id WHERE 1 = 1")
            .and_in("t.official_id", people.iter().copied());
        sql.push(" ORDER BY t.official_id, t.starts_on, t.id");
        for row in sql.all(db.reader()).await? {
            found.push(record(&row)?);
        }
    }
    Ok(found)
}

fn record(row: &QueryResult) -> Result<KnownRecord, StoreError> {
    let text = |name: &str| row.try_get::<Option<String>>("", name);
    let code = |name: &str| row.try_get::<String>("", name);
    let last: Option<i32> = row.try_get("", "ends_on")?;
    Ok(KnownRecord {
        id: row.try_get("", "id")?,
        official: OfficialId(row.try_get("", "official_id")?),
        kind: sql::code(&code("kind")?, TrainingKind::from_code)?,
        title: text("title")?,
        content: text("content")?.as_deref().and_then(ContentGroup::from_code),
        degree: text("degree")?.as_deref().and_then(Degree::from_code),
        field: text("field")?.as_deref().and_then(StudyField::from_code),
        named: text("programme")?.as_deref().and_then(Programme::from_code),
        topic: text("scheme")?.zip(text("topic")?).map(|(scheme, code)| TopicRef { scheme, code }),
        form: sql::code(&code("form")?, ClassForm::from_code)?,
        mode: sql::code(&code("mode")?, Mode::from_code)?,
        abroad: row.try_get("", "abroad")?,
        periods: row.try_get("", "periods")?,
        from: sql::date(row.try_get("", "starts_on")?)?,
        last: last.map(sql::date).transpose()?,
        outcome: sql::code(&code("outcome")?, Outcome::from_code)?,
        source: sql::code(&code("source")?, Source::from_code)?,
        evidence: text("evidence")?,
    })
}
