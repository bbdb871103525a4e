//! Pages of a list of officials in the order of names, each found in the way that suits what is asked.
//! Not for: what a person of the list must meet (`list`).
//!
//! Whatever many people meet is found by walking along the names until the page is full. Among millions of people a rare word or degree
//! would make that walk long: then what was not met soon is gathered from its own side and put in order.

use domain::ids::OfficialId;
use domain::lists::Held;
use domain::people::QualificationKind;
use domain::roles::{Reach, Scope};
use domain::time::Date;

use super::list::{OfficialLine, Wanted, from, keep, official, open, posting, words};
use crate::db::{Db, StoreError};
use crate::read::units;
use crate::sql::Sql;

/// Names that are walked along before anything is gathered.
const NEAR: u32 = 4_000;

/// One page in name order. The caller has checked that `wanted.unit` lies within the scope.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list(
    db: &Db,
    scope: &Scope,
    wanted: &Wanted,
    on: Date,
    after: Option<(&[u8], OfficialId)>,
    limit: u32,
) -> Result<Vec<OfficialLine>, StoreError> {
    list_near(db, scope, wanted, on, after, (limit, NEAR)).await
}

/// As [`list`], with how many names are walked along before anything is gathered; the page is the same, whatever the number.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list_near(
    db: &Db,
    scope: &Scope,
    wanted: &Wanted,
    on: Date,
    after: Option<(&[u8], OfficialId)>,
    (limit, near): (u32, u32),
) -> Result<Vec<OfficialLine>, StoreError> {
    let page = Page { db, scope, wanted, on, after, limit };
    let sides = page.sides();
    if sides.is_empty() {
        return page.read(&Way::Usual).await;
    }
    let Some((sort_key, id)) = page.further_on(near).await? else { return page.read(&Way::Usual).await };
    let found = page.read(&Way::Until(sort_key, id)).await?;
    let full = usize::try_from(limit).unwrap_or(usize::MAX);
    if found.len() >= full {
        return Ok(found);
    }
    let mut lines = Vec::new();
    for side in sides {
        lines.extend(page.read(side).await?);
    }
    lines.sort_by(|a, b| (&a.sort_key, a.id).cmp(&(&b.sort_key, b.id)));
    lines.dedup_by_key(|line| line.id);
    lines.truncate(full);
    Ok(lines)
}

/// How people are looked for.
enum Way {
    /// Along the names, or from what has an index of its own, as the engine likes.
    Usual,
    /// Along the names as far as this person.
    Until(Vec<u8>, i64),
    /// Along the names, with every word in the name or the code.
    Names,
    /// From the units that have one of the words in their name.
    Units,
    /// From the grades that are asked for.
    Grades,
    /// From the professional qualifications that are asked for.
    Degrees,
}

/// A page that is asked for.
struct Page<'a> {
    db: &'a Db,
    scope: &'a Scope,
    wanted: &'a Wanted,
    on: Date,
    after: Option<(&'a [u8], OfficialId)>,
    limit: u32,
}

impl Page<'_> {
    /// Whether the list is read in the order of names until the page is full, however many people there are. `CROSS JOIN` makes SQLite
    /// keep that order of tables; left to itself it gathers everybody of a frequent kind and sorts. What few people meet, and units, have
    /// indexes of their own to begin with.
    fn walks(&self) -> bool {
        let is_everywhere = self.wanted.unit.is_none() && !matches!(self.scope.reach(), Reach::Units(_));
        is_everywhere && self.wanted.filter.leaderships.is_empty() && self.wanted.filter.groups.is_empty()
    }

    /// From where everybody of the list can be gathered, if a walk along the names may be long.
    fn sides(&self) -> &'static [Way] {
        if !self.walks() {
            &[]
        } else if !self.wanted.text.trim().is_empty() {
            &[Way::Names, Way::Units]
        } else if !self.wanted.filter.grades.is_empty() {
            &[Way::Grades]
        } else if self.degrees().is_some() {
            &[Way::Degrees]
        } else {
            &[]
        }
    }

    fn degrees(&self) -> Option<&Held> {
        self.wanted.filter.holds.iter().find(|held| held.kind() == QualificationKind::Professional)
    }

    /// The person so many names after the start of the page; `None` when fewer are left.
    async fn further_on(&self, names: u32) -> Result<Option<(Vec<u8>, i64)>, StoreError> {
        let mut sql = Sql::new();
        sql.push("SELECT o.sort_key, o.id FROM official o WHERE 1 = 1");
        self.go_on(&mut sql);
        sql.push(" ORDER BY o.sort_key, o.id LIMIT 1 OFFSET ").bind(i64::from(names));
        let row = sql.first(self.db.reader()).await?;
        row.map(|row| Ok((row.try_get("", "sort_key")?, row.try_get("", "id")?))).transpose()
    }

    fn go_on(&self, sql: &mut Sql) {
        if let Some((sort_key, id)) = self.after {
            sql.push(" AND (o.sort_key, o.id) > (").bind(sort_key.to_vec()).push(", ").bind(id.0).push(")");
        }
    }

    async fn read(&self, way: &Way) -> Result<Vec<OfficialLine>, StoreError> {
        let (wanted, on) = (self.wanted, self.on);
        let mut sql = Sql::new();
        let limited = open(&mut sql, self.scope, wanted, on, false);
        sql.push("SELECT o.id, o.code, o.name, o.birth_on, o.sort_key, p.unit_id, ");
        units::name_on(&mut sql, on);
        sql.push(" AS unit_name, b.title, p.staff, p.leadership");
        self.begin(&mut sql, way);
        if let Way::Names = way {
            let without_text = Wanted { text: String::new(), ..wanted.clone() };
            words(&mut sql, &wanted.text, false);
            keep(&mut sql, self.scope, &without_text, on, limited);
        } else {
            keep(&mut sql, self.scope, wanted, on, limited);
        }
        if let Way::Until(sort_key, id) = way {
            sql.push(" AND (o.sort_key, o.id) <= (").bind(sort_key.clone()).push(", ").bind(*id).push(")");
        }
        self.go_on(&mut sql);
        sql.push(" ORDER BY o.sort_key, o.id LIMIT ").bind(i64::from(self.limit));
        sql.all(self.db.reader()).await?.iter().map(official).collect()
    }

    /// The tables in the order in which they are to be read, joined.
    fn begin(&self, sql: &mut Sql, way: &Way) {
        match way {
            Way::Usual if !self.walks() => {
                from(sql, self.wanted, self.on);
                sql.push(" JOIN unit u ON u.id = p.unit_id JOIN post b ON b.id = p.post_id WHERE 1 = 1");
                return;
            }
            Way::Usual | Way::Until(..) | Way::Names => sql.push(" FROM official o CROSS JOIN posting p"),
            Way::Grades => sql.push(" FROM posting p CROSS JOIN official o"),
            Way::Units => {
                sql.push(" FROM (SELECT n.id FROM unit n WHERE 1 = 0");
                for word in self.wanted.text.split_whitespace() {
                    sql.push(" OR n.folded LIKE ").bind(format!("%{}%", units::like(word))).push(" ESCAPE '\\'");
                }
                sql.push(") side CROSS JOIN posting p CROSS JOIN official o")
            }
            Way::Degrees => {
                let held = self.degrees().map(|held| Held::accepted(*held)).unwrap_or_default();
                sql.push(" FROM (SELECT q.official_id AS id FROM qualification q WHERE q.kind = ")
                    .bind(QualificationKind::Professional.code());
                sql.and_in("q.degree", held).push(" GROUP BY q.official_id) side CROSS JOIN official o CROSS JOIN posting p")
            }
        };
        sql.push(" CROSS JOIN unit u CROSS JOIN post b WHERE ");
        posting(sql, self.wanted, self.on);
        sql.push(" AND u.id = p.unit_id AND b.id = p.post_id");
        match way {
            Way::Units => sql.push(" AND p.unit_id = side.id"),
            Way::Degrees => sql.push(" AND o.id = side.id"),
            Way::Usual | Way::Until(..) | Way::Names | Way::Grades => sql,
        };
    }
}
