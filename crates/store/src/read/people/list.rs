//! Lists of officials: what a filter asks of a person, as conditions, and how many people meet it.
//! Not for: the people themselves (`pages`), or counting them by facets (`facets`).

use std::collections::HashSet;

use domain::ids::{OfficialId, UnitId};
use domain::lists::{Filter, Held, Trained};
use domain::people::{Leadership, QualificationKind, StaffKind};
use domain::roles::{Reach, Scope};
use domain::time::{Date, number};
use sea_orm::QueryResult;

use super::open_within;
use crate::db::{Db, StoreError};
use crate::read::place::Place;
use crate::read::units;
use crate::sql::{self, Sql};

/// What a list of officials shows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// Folded words, each of which begins a word of the name, begins the code or stands in the name of the unit.
    pub text: String,
    /// Unit and everything below it.
    pub unit: Option<UnitId>,
    /// Everything else that is asked.
    pub filter: Filter,
    /// The scope must reach people on this day too.
    pub kept_on: Option<Date>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfficialLine {
    /// Id.
    pub id: OfficialId,
    /// Staff code.
    pub code: String,
    /// Name.
    pub name: String,
    /// Birth; `None` of who is told by name and place alone.
    pub birth_on: Option<Date>,
    /// Unit on the day.
    pub unit: (UnitId, String),
    /// Post on the day.
    pub post: String,
    /// Kind of staff on the day.
    pub staff: StaffKind,
    /// Leadership on the day.
    pub leadership: Option<Leadership>,
    /// Collation key, for the next page.
    pub sort_key: Vec<u8>,
}

impl OfficialLine {
    /// Whether only the name and the place of the day are told.
    #[must_use]
    pub const fn is_place_alone(&self) -> bool {
        self.birth_on.is_none()
    }
}

/// People asked about in one statement.
const AT_ONCE: usize = 1_000;

/// Which of these people the units of a scope reach on a day.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn kept_of(db: &Db, scope: &Scope, ids: &[i64], on: Date) -> Result<HashSet<i64>, StoreError> {
    let mut found = HashSet::new();
    for ids in ids.chunks(AT_ONCE) {
        let mut sql = Sql::new();
        kept(&mut sql, scope, on);
        sql.and_in("k.official_id", ids.iter().copied());
        for row in sql.all(db.reader()).await? {
            found.insert(row.try_get("", "official_id")?);
        }
    }
    Ok(found)
}

/// Everybody whom the units of a scope reach on a day; conditions on `k` may follow.
fn kept(sql: &mut Sql, scope: &Scope, on: Date) {
    let limited = open_within(sql, scope, None, on);
    sql.push("SELECT k.official_id FROM posting k WHERE k.starts_on <= ").bind(number(on));
    sql.push(" AND (k.ends_on IS NULL OR k.ends_on > ").bind(number(on)).push(")");
    sql.push(if limited { " AND k.unit_id IN (SELECT id FROM within)" } else { "" });
}

/// How many people the list has, all pages together.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn count(db: &Db, scope: &Scope, wanted: &Wanted, on: Date) -> Result<i64, StoreError> {
    let mut sql = Sql::new();
    let limited = open(&mut sql, scope, wanted, on, false);
    sql.push("SELECT COUNT(*) AS people");
    from(&mut sql, wanted, on);
    sql.push(" WHERE 1 = 1");
    keep(&mut sql, scope, wanted, on, limited);
    let row = sql.first(db.reader()).await?.ok_or(StoreError::NotFound)?;
    Ok(row.try_get("", "people")?)
}

/// Opens the statement with the common table of units that limit it, if any do, and tells its name. With `more` the statement goes on
/// with another common table.
pub(super) fn open(sql: &mut Sql, scope: &Scope, wanted: &Wanted, on: Date, more: bool) -> Option<&'static str> {
    if wanted.filter.is_of_left() {
        let roots = match (wanted.unit, scope.reach()) {
            (Some(unit), _) => Some(vec![unit]),
            (None, Reach::Units(roots)) => Some(roots.clone()),
            (None, _) => None,
        };
        if let Some(roots) = roots {
            // Their last unit may have ended since; it stands where its successor stands.
            Place::units(roots, on).open(sql);
            sql.push(if more { "" } else { "none(id) AS (SELECT 1) " });
            return Some("place");
        }
    } else if open_within(sql, scope, wanted.unit, on) {
        sql.push(if more { ", " } else { "" });
        return Some("within");
    }
    sql.push(if more { "WITH " } else { "" });
    None
}

/// The people and the posting that counts.
pub(super) fn from(sql: &mut Sql, wanted: &Wanted, on: Date) {
    sql.push(" FROM official o JOIN posting p ON ");
    posting(sql, wanted, on);
}

/// The posting that counts: the one people hold on the day, or the last one of those who left.
pub(super) fn posting(sql: &mut Sql, wanted: &Wanted, on: Date) {
    sql.push("p.official_id = o.id AND p.starts_on <= ").bind(number(on));
    if wanted.filter.is_of_left() {
        sql.push(" AND p.ends_on <= ").bind(number(on));
        sql.push(" AND NOT EXISTS (SELECT 1 FROM posting x WHERE x.official_id = o.id AND x.starts_on > p.starts_on AND x.starts_on <= ");
        sql.bind(number(on)).push(")");
    } else {
        sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(number(on)).push(")");
    }
}

/// Everything a person of the list must meet.
pub(super) fn keep(sql: &mut Sql, scope: &Scope, wanted: &Wanted, on: Date, limited: Option<&str>) {
    words(sql, &wanted.text, on, |_| Stands::Often);
    meet(sql, scope, wanted, on, limited);
}

/// Everything but the words.
pub(super) fn meet(sql: &mut Sql, scope: &Scope, wanted: &Wanted, on: Date, limited: Option<&str>) {
    if let Some(units) = limited {
        sql.push(&format!(" AND p.unit_id IN (SELECT id FROM {units})"));
    }
    if let Reach::Own(own) = scope.reach() {
        sql.push(" AND o.id = ").bind(own.0);
    }
    if let (Some(day), Reach::Units(_)) = (wanted.kept_on, scope.reach()) {
        sql.push(" AND o.id IN (");
        kept(sql, scope, day);
        sql.push(")");
    }
    let filter = &wanted.filter;
    sql.and_in("p.staff", filter.staff.iter().map(|s| s.code()));
    if filter.leaders {
        sql.push(" AND p.leadership IS NOT NULL");
    }
    sql.and_in("p.leadership", filter.leaderships.iter().map(|l| l.code()));
    sql.and_in("p.leader_group", filter.groups.iter().map(|g| g.code()));
    sql.and_in("p.level", filter.levels.iter().map(|l| l.code()));
    sql.and_in("p.grade", filter.grades.iter().map(String::as_str));
    sql.and_in("o.sex", filter.sex.iter().map(|s| s.code()));
    sql.and_in("o.ethnicity", filter.ethnic_groups.iter().copied());
    born(sql, filter, on);
    papers(sql, filter, on);
    if let Some(asked) = &filter.trained {
        sql.push(if asked.did { " AND " } else { " AND NOT " });
        trained(sql, asked);
    }
}

/// Where a word stands beside names and codes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Stands {
    /// In no unit that anybody is of, and in no former code: the name and the code alone decide.
    Nowhere,
    /// In units of a few thousand people: who they are is found once, and names are walked without looking at postings.
    Seldom,
    /// In units of many people.
    Often,
}

/// Each word begins a word of the name, begins the code, or stands in the name of the unit; `sides` finds people by the same words.
pub(super) fn words(sql: &mut Sql, text: &str, on: Date, stands: impl Fn(&str) -> Stands) {
    for word in text.split_whitespace() {
        let begun = format!("{}%", units::like(word));
        named(sql.push(" AND ("), word);
        let stands = stands(word);
        if stands != Stands::Nowhere {
            sql.push(" OR o.id IN (SELECT a.official_id FROM official_alias a WHERE LOWER(a.code) LIKE ").bind(begun.clone());
            sql.push(" ESCAPE '\\')");
        }
        match stands {
            Stands::Nowhere => {}
            Stands::Seldom => {
                sql.push(" OR o.id IN (SELECT x.official_id FROM unit n CROSS JOIN posting x WHERE x.unit_id = n.id AND n.folded LIKE ");
                sql.bind(format!("%{begun}")).push(" ESCAPE '\\' AND x.starts_on <= ").bind(number(on));
                sql.push(" AND (x.ends_on IS NULL OR x.ends_on > ").bind(number(on)).push("))");
            }
            Stands::Often => {
                sql.push(" OR p.unit_id IN (SELECT n.id FROM unit n WHERE n.folded LIKE ").bind(format!("%{begun}"));
                sql.push(" ESCAPE '\\')");
            }
        }
        sql.push(")");
    }
}

/// That a word begins one of the name's, or the code.
pub(super) fn named(sql: &mut Sql, word: &str) {
    let begun = format!("{}%", units::like(word));
    sql.push("o.folded LIKE ").bind(begun.clone()).push(" ESCAPE '\\' OR o.folded LIKE ");
    sql.bind(format!("% {begun}")).push(" ESCAPE '\\' OR LOWER(o.code) LIKE ").bind(begun).push(" ESCAPE '\\'");
}

fn born(sql: &mut Sql, filter: &Filter, on: Date) {
    let (first, last) = filter.ages.births(on);
    if let Some(first) = first {
        sql.push(" AND o.birth_on >= ").bind(first);
    }
    if let Some(last) = last {
        sql.push(" AND o.birth_on <= ").bind(last);
    }
}

fn papers(sql: &mut Sql, filter: &Filter, on: Date) {
    for (held, must) in filter.holds.iter().map(|h| (h, true)).chain(filter.lacks.iter().map(|h| (h, false))) {
        sql.push(if must { " AND EXISTS (" } else { " AND NOT EXISTS (" });
        qualification(sql, held.kind(), on);
        let column = if held.kind() == QualificationKind::Professional { "q.degree" } else { "q.grade" };
        sql.and_in(column, Held::accepted(*held)).push(")");
    }
    if !filter.fields.is_empty() {
        sql.push(" AND EXISTS (");
        qualification(sql, QualificationKind::Professional, on);
        sql.and_in("q.field", filter.fields.iter().map(|f| f.code())).push(")");
    }
}

fn qualification(sql: &mut Sql, kind: QualificationKind, on: Date) {
    sql.push("SELECT 1 FROM qualification q WHERE q.official_id = o.id AND q.kind = ").bind(kind.code());
    valid(sql, on);
}

/// What qualifications are held on a day.
pub(super) fn valid(sql: &mut Sql, on: Date) {
    sql.push(" AND q.granted_on <= ").bind(number(on)).push(" AND (q.expires_on IS NULL OR q.expires_on > ").bind(number(on)).push(")");
}

/// `EXISTS` of a finished attendance.
pub(super) fn trained(sql: &mut Sql, asked: &Trained) {
    sql.push("EXISTS (SELECT 1 FROM training_record t WHERE t.official_id = o.id AND t.outcome = 'finished'");
    if let Some(from) = asked.from {
        sql.push(" AND t.ends_on >= ").bind(number(from));
    }
    if let Some(to) = asked.to {
        sql.push(" AND t.ends_on <= ").bind(number(to));
    }
    sql.and_in("t.kind", asked.kind.iter().map(|k| k.code()));
    sql.and_in("t.content", asked.content.iter().map(|c| c.code()));
    if let Some((scheme, topic)) = &asked.topic {
        sql.push(" AND t.scheme = ").bind(scheme.as_str()).push(" AND t.topic = ").bind(topic.as_str());
    }
    sql.push(")");
}

pub(super) fn official(row: &QueryResult) -> Result<OfficialLine, StoreError> {
    Ok(OfficialLine {
        id: OfficialId(row.try_get("", "id")?),
        code: row.try_get("", "code")?,
        name: row.try_get("", "name")?,
        birth_on: Some(sql::date(row.try_get("", "birth_on")?)?),
        unit: (UnitId(row.try_get("", "unit_id")?), row.try_get("", "unit_name")?),
        post: row.try_get("", "title")?,
        staff: sql::code(&row.try_get::<String>("", "staff")?, StaffKind::from_code)?,
        leadership: row.try_get::<Option<String>>("", "leadership")?.as_deref().and_then(Leadership::from_code),
        sort_key: row.try_get("", "sort_key")?,
    })
}
