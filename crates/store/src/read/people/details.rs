//! What the chosen columns of a list show beside its lines: a statement for identities and postings, one for qualifications, one for
//! training, each only when a column needs it, over a bounded number of people at a time.
//! Not for: who may see which column (`service`).

use std::collections::HashMap;

use domain::lists::Column;
use domain::people::{LeaderGroup, QualificationKind};
use domain::time::{Date, number};

use super::list::{self, OfficialLine, Wanted};
use crate::db::{Db, StoreError};
use crate::sql::{self, Sql};

/// What columns show of one person.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Detail {
    /// Group of leaders.
    pub group: Option<LeaderGroup>,
    /// Grade by its code.
    pub grade: Option<String>,
    /// First day of the posting.
    pub since: Option<Date>,
    /// First day of service.
    pub recruited_on: Option<Date>,
    /// Sex by its code.
    pub sex: Option<String>,
    /// Ethnic group.
    pub ethnicity: Option<i32>,
    /// Code of the electronic record.
    pub record_code: Option<String>,
    /// Religion.
    pub religion: Option<String>,
    /// Health class.
    pub health: Option<String>,
    /// Citizen number.
    pub citizen_number: Option<String>,
    /// The highest qualification of each kind: level or degree by its code, and field.
    pub highest: Vec<(QualificationKind, Option<String>, Option<String>)>,
    /// Last day of the last finished training.
    pub trained_on: Option<Date>,
}

impl Detail {
    /// What tells of the place on the day and of nothing else.
    #[must_use]
    pub fn of_place(self) -> Self {
        Self { group: self.group, grade: self.grade, since: self.since, ..Self::default() }
    }
}

/// By the key of the person.
pub type Details = HashMap<i64, Detail>;

/// People asked about in one statement; SQLite and PostgreSQL both bound the values of a statement.
const AT_ONCE: usize = 1_000;

/// Columns that stand in the posting or the identity but not in a line.
const OF_ROWS: &[Column] = &[
    Column::Group,
    Column::Grade,
    Column::Since,
    Column::RecruitedOn,
    Column::Sex,
    Column::RecordCode,
    Column::Ethnicity,
    Column::Religion,
    Column::Health,
    Column::CitizenNumber,
];

/// What the columns show of these people.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn details(db: &Db, wanted: &Wanted, lines: &[OfficialLine], columns: &[Column], on: Date) -> Result<Details, StoreError> {
    let mut found = Details::new();
    let kinds: Vec<QualificationKind> = columns.iter().filter_map(|column| column.kind()).collect();
    for people in lines.chunks(AT_ONCE) {
        let ids: Vec<i64> = people.iter().map(|line| line.id.0).collect();
        if columns.iter().any(|column| OF_ROWS.contains(column)) {
            rows(db, wanted, &ids, on, &mut found).await?;
        }
        if !kinds.is_empty() {
            highest(db, &kinds, &ids, on, &mut found).await?;
        }
        if columns.contains(&Column::LastTraining) {
            trained(db, &ids, on, &mut found).await?;
        }
    }
    Ok(found)
}

async fn rows(db: &Db, wanted: &Wanted, ids: &[i64], on: Date, found: &mut Details) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push(
        "SELECT o.id, o.sex, o.ethnicity, o.record_code, o.religion, o.health, o.citizen_number, o.recruited_on, p.leader_group, p.grade, ",
    );
    sql.push("p.starts_on");
    list::from(&mut sql, wanted, on);
    sql.push(" WHERE 1 = 1").and_in("o.id", ids.iter().copied());
    for row in sql.all(db.reader()).await? {
        let detail = found.entry(row.try_get("", "id")?).or_default();
        detail.sex = row.try_get("", "sex")?;
        detail.ethnicity = row.try_get("", "ethnicity")?;
        detail.record_code = row.try_get("", "record_code")?;
        detail.religion = row.try_get("", "religion")?;
        detail.health = row.try_get("", "health")?;
        detail.citizen_number = row.try_get("", "citizen_number")?;
        detail.recruited_on = row.try_get::<Option<i32>>("", "recruited_on")?.map(sql::date).transpose()?;
        detail.group = row.try_get::<Option<String>>("", "leader_group")?.as_deref().and_then(LeaderGroup::from_code);
        detail.grade = row.try_get("", "grade")?;
        detail.since = Some(sql::date(row.try_get("", "starts_on")?)?);
    }
    Ok(())
}

async fn highest(db: &Db, kinds: &[QualificationKind], ids: &[i64], on: Date, found: &mut Details) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT q.official_id, q.kind, q.degree, q.degree_rank, q.grade, q.field FROM qualification q WHERE 1 = 1");
    sql.and_in("q.official_id", ids.iter().copied()).and_in("q.kind", kinds.iter().map(|kind| kind.code()));
    list::valid(&mut sql, on);
    sql.push(" ORDER BY q.official_id, q.granted_on, q.id");
    for row in sql.all(db.reader()).await? {
        let kind = sql::code(&row.try_get::<String>("", "kind")?, QualificationKind::from_code)?;
        let (degree, grade): (Option<String>, Option<String>) = (row.try_get("", "degree")?, row.try_get("", "grade")?);
        let new = (kind, degree.or(grade), row.try_get("", "field")?);
        let detail = found.entry(row.try_get("", "official_id")?).or_default();
        match detail.highest.iter_mut().find(|(known, ..)| *known == kind) {
            Some(old) if rank(kind, new.1.as_deref()) >= rank(kind, old.1.as_deref()) => *old = new,
            Some(_) => {}
            None => detail.highest.push(new),
        }
    }
    Ok(())
}

/// The later of two equal ones counts, so they are read by day.
fn rank(kind: QualificationKind, code: Option<&str>) -> usize {
    let degree = code.and_then(domain::people::Degree::from_code).map(|degree| usize::try_from(degree.rank()).unwrap_or_default());
    let level = || kind.levels().iter().position(|known| Some(*known) == code).map(|place| place + 1);
    degree.or_else(level).unwrap_or_default()
}

async fn trained(db: &Db, ids: &[i64], on: Date, found: &mut Details) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT t.official_id, MAX(t.ends_on) AS trained_on FROM training_record t WHERE t.outcome = 'finished' AND t.ends_on <= ");
    sql.bind(number(on)).and_in("t.official_id", ids.iter().copied()).push(" GROUP BY t.official_id");
    for row in sql.all(db.reader()).await? {
        found.entry(row.try_get("", "official_id")?).or_default().trained_on = Some(sql::date(row.try_get("", "trained_on")?)?);
    }
    Ok(())
}
