//! Pages of a list of officials in the order of names, each found in the way that suits what is asked.
//! Not for: what a person of the list must meet (`list`), or from where few people are gathered (`sides`).
//!
//! Whatever many people meet is found by walking along the names until the page is full. Among millions of people a rare word or degree
//! would make that walk long: then everybody who may meet it is gathered from its own side, in the order of names, and asked the rest.

use domain::ids::OfficialId;
use domain::lists::Ages;
use domain::roles::{Reach, Scope};
use domain::time::Date;
use sea_orm::QueryResult;

use super::list::{OfficialLine, Stands, Wanted, meet, named, official, open, posting, words};
use super::sides::{Side, named_by};
use crate::db::{Db, StoreError};
use crate::read::units;
use crate::sql::Sql;

/// Names that are walked along before anything is gathered.
const NEAR: u32 = 4_000;

/// How many times as far is walked when the first names hold somebody of the page: two frequent words meet now and then, and counting
/// either takes longer than the page.
const FURTHER: u32 = 20;

/// Postings of units with a word in their name above which the units are asked person by person.
const POSTINGS: u32 = 40_000;

/// People of a side below whom nothing is faster than gathering them, not even asking two words together.
const FEW: u32 = 4_000;

/// People with a word in their names above whom asking it together with another takes longer than walking on.
const TOGETHER: u32 = 100_000;

/// People likely to have both of two words from whom on a walk fills the page sooner.
const LIKELY: u64 = 6_000;

/// People of a side above whom gathering takes longer than walking on: among so many the page is full soon.
const MANY: u32 = 60_000;

/// Candidates of a side that are asked the rest together, at first; four times as many each time after, up to [`MOST`].
const SOME: usize = 400;

/// Most candidates asked together; each is a value of the statement, of which SQLite takes 32,766.
const MOST: usize = 6_400;

/// Where a person stands in the order of names.
type Standing = (Vec<u8>, i64);

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
    list_by(db, scope, wanted, on, after, (limit, Search::default())).await
}

/// How far is searched in one way before another is taken.
#[derive(Debug, Clone, Copy)]
pub struct Search {
    /// Names that are walked along before anything is gathered.
    pub near: u32,
    /// People of a side from whom on they are not gathered.
    pub many: u32,
}

impl Default for Search {
    fn default() -> Self {
        Self { near: NEAR, many: MANY }
    }
}

/// As [`list`], searched in a way of one's own; the page is the same, whatever the way.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn list_by(
    db: &Db,
    scope: &Scope,
    wanted: &Wanted,
    on: Date,
    after: Option<(&[u8], OfficialId)>,
    (limit, search): (u32, Search),
) -> Result<Vec<OfficialLine>, StoreError> {
    let after = after.map(|(sort_key, id)| (sort_key.to_vec(), id.0));
    let mut page = Page { db, scope, wanted, on, after, limit, many: search.many, words: Vec::new(), in_names: false };
    page.in_names = page.is_in_names().await?;
    if !page.in_names {
        page.learn().await?;
    }
    if page.sides().is_empty() {
        return page.read(&Way::Usual).await;
    }
    // What many people meet fills a page among the first names; to count them first would take longer than the page.
    let mut found = Vec::new();
    if page.walk(search.near, &mut found).await? {
        return Ok(found);
    }
    if page.in_names {
        page.learn().await?;
    }
    // Where hardly anybody was, a side may have few people; where some were, the page is full soon.
    if found.len() <= 1
        && let Some(side) = page.few(false).await?
    {
        found.extend(page.gather(&side).await?);
        return Ok(found);
    }
    if page.walk(search.near.saturating_mul(FURTHER), &mut found).await? {
        return Ok(found);
    }
    found.extend(match page.few(true).await? {
        Some(side) => page.gather(&side).await?,
        None => page.read(&Way::Usual).await?,
    });
    Ok(found)
}

/// How people are looked for.
enum Way<'a> {
    /// Along the names, or from what has an index of its own, as the engine likes.
    Usual,
    /// Along so many names.
    Along(u32),
    /// Among these people.
    These(&'a [Standing]),
}

/// A page that is asked for.
struct Page<'a> {
    db: &'a Db,
    scope: &'a Scope,
    wanted: &'a Wanted,
    on: Date,
    after: Option<Standing>,
    limit: u32,
    many: u32,
    /// What is known of each word of the question; nothing until it is learned.
    words: Vec<Known>,
    /// Whoever is found has at least one of several words in the name or the code.
    in_names: bool,
}

/// A word of the question.
struct Known {
    word: String,
    stands: Stands,
    /// People with it in the name or the code, counted up to [`TOGETHER`].
    names: u32,
    /// Those, and everybody of its units, counted up to [`POSTINGS`].
    people: u32,
}

impl Page<'_> {
    /// Whether whoever has all of several words has one of them in the name or the code: no unit has all of them, and no former code any.
    async fn is_in_names(&self) -> Result<bool, StoreError> {
        let words: Vec<&str> = self.wanted.text.split_whitespace().collect();
        if words.len() < 2 {
            return Ok(false);
        }
        let mut sql = Sql::new();
        sql.push("SELECT EXISTS (SELECT 1 FROM unit n WHERE 1 = 1");
        for word in &words {
            sql.push(" AND n.folded LIKE ").bind(format!("%{}%", units::like(word))).push(" ESCAPE '\\'");
        }
        sql.push(") OR EXISTS (SELECT 1 FROM official_alias a WHERE 1 = 0");
        for word in &words {
            sql.push(" OR LOWER(a.code) LIKE ").bind(format!("{}%", units::like(word))).push(" ESCAPE '\\'");
        }
        sql.push(") AS elsewhere");
        let row = sql.first(self.db.reader()).await?.ok_or(StoreError::NotFound)?;
        Ok(!row.try_get::<bool>("", "elsewhere")?)
    }

    /// Where the words stand, and how many people have them. Names are walked many times faster when nothing but the name, or who it is,
    /// decides.
    async fn learn(&mut self) -> Result<(), StoreError> {
        for word in self.wanted.text.split_whitespace() {
            let begun = format!("{}%", units::like(word));
            let mut sql = Sql::new();
            sql.push("SELECT (SELECT COUNT(*) FROM (SELECT 1 FROM unit n CROSS JOIN posting p WHERE p.unit_id = n.id AND n.folded LIKE ");
            sql.bind(format!("%{begun}")).push(" ESCAPE '\\' LIMIT ").bind(i64::from(POSTINGS)).push(") s) AS postings, ");
            sql.push("(SELECT COUNT(*) FROM (");
            named_by(&mut sql, word);
            sql.push(" LIMIT ").bind(i64::from(TOGETHER)).push(") s) AS names, ");
            sql.push("EXISTS (SELECT 1 FROM official_alias a WHERE LOWER(a.code) LIKE ").bind(begun).push(" ESCAPE '\\') AS is_code");
            let row = sql.first(self.db.reader()).await?.ok_or(StoreError::NotFound)?;
            let count = |column: &str| Ok::<_, StoreError>(u32::try_from(row.try_get::<i64>("", column)?).unwrap_or(u32::MAX));
            let (postings, names, is_code) = (count("postings")?, count("names")?, row.try_get::<bool>("", "is_code")?);
            let stands = match postings {
                0 if !is_code => Stands::Nowhere,
                // Who left has another unit: that of the last posting.
                n if n < POSTINGS && !self.wanted.filter.is_of_left() => Stands::Seldom,
                _ => Stands::Often,
            };
            self.words.push(Known { word: word.to_owned(), stands, names, people: names.saturating_add(postings) });
        }
        Ok(())
    }

    fn words(&self, sql: &mut Sql) {
        let stands = |word: &str| self.words.iter().find(|known| known.word == word).map_or(Stands::Often, |known| known.stands);
        if self.in_names && self.words.is_empty() {
            // Follows from the rest, and is asked of the index of names before any posting is looked at.
            sql.push(" AND (1 = 0");
            for word in self.wanted.text.split_whitespace() {
                named(sql.push(" OR "), word);
            }
            sql.push(")");
        }
        words(sql, &self.wanted.text, self.on, stands);
    }

    /// People that the page has still room for.
    fn full(&self) -> usize {
        usize::try_from(self.limit).unwrap_or(usize::MAX)
    }

    /// Walks on along so many names and goes on behind them; whether nothing is left to be looked for.
    async fn walk(&mut self, names: u32, found: &mut Vec<OfficialLine>) -> Result<bool, StoreError> {
        let more = self.read(&Way::Along(names)).await?;
        let is_full = more.len() >= self.full();
        self.limit = self.limit.saturating_sub(u32::try_from(more.len()).unwrap_or(u32::MAX));
        found.extend(more);
        if is_full {
            return Ok(true);
        }
        let end = self.further_on(names).await?;
        let is_over = end.is_none();
        self.after = end;
        Ok(is_over)
    }

    /// A side with so few people that they are gathered. Where many are likely to have two words, none until a long walk has not found them.
    async fn few(&self, walked: bool) -> Result<Option<Side<'_>>, StoreError> {
        let rarest = self.rarest().await?;
        if let Some((_, people)) = &rarest
            && *people < FEW
        {
            return Ok(rarest.map(|(side, _)| side));
        }
        Ok(match self.both().await? {
            Some((_, likely)) if likely >= LIKELY && !walked => None,
            Some((both, likely)) if likely < LIKELY => Some(both),
            _ => rarest.map(|(side, _)| side),
        })
    }

    /// The first and the last of several words that do not stand in units of many people, as family name and given name do: many people
    /// may have either, and few both; and how many are likely to have both, were words spread evenly.
    async fn both(&self) -> Result<Option<(Side<'_>, u64)>, StoreError> {
        let mut words = self.words.iter().filter(|known| known.stands != Stands::Often);
        let (Some(first), Some(last)) = (words.next(), words.next_back()) else { return Ok(None) };
        let (rare, frequent) = if first.names <= last.names { (first, last) } else { (last, first) };
        if rare.word == frequent.word {
            return Ok(None);
        }
        let mut sql = Sql::new();
        sql.push("SELECT o.id AS people FROM official o ORDER BY o.id DESC LIMIT 1");
        let newest = sql.first(self.db.reader()).await?.map(|row| row.try_get::<i64>("", "people")).transpose()?;
        let people = newest.and_then(|newest| u64::try_from(newest).ok()).unwrap_or(1).max(1);
        let likely = u64::from(rare.names) * u64::from(frequent.names) / people;
        let both = [rare, frequent].map(|known| (known.word.as_str(), known.stands != Stands::Nowhere));
        Ok(Some((Side::Both(both, self.on), if rare.names < TOGETHER { likely } else { u64::MAX })))
    }

    /// Whether the list is read in the order of names until the page is full, however many people there are. `CROSS JOIN` makes SQLite
    /// keep that order of tables; left to itself it gathers everybody of a frequent kind and sorts. What few people meet, and units, have
    /// indexes of their own to begin with.
    fn walks(&self) -> bool {
        let is_everywhere = self.wanted.unit.is_none() && !matches!(self.scope.reach(), Reach::Units(_) | Reach::Own(_));
        is_everywhere && self.wanted.filter.leaderships.is_empty() && self.wanted.filter.groups.is_empty()
    }

    /// The sides from which people can be gathered instead of walking.
    fn sides(&self) -> Vec<Side<'_>> {
        if self.walks() { Side::all(self.wanted, self.on) } else { Vec::new() }
    }

    /// The side with the fewest people, if it has less than many, and how many these are.
    async fn rarest(&self) -> Result<Option<(Side<'_>, u32)>, StoreError> {
        let (mut rarest, mut most) = (None, self.many);
        for side in self.sides() {
            let people = self.people(&side, most).await?;
            if people < most {
                (rarest, most) = (Some((side, people)), people);
            }
        }
        Ok(rarest)
    }

    /// How many people a side has, counted up to so many.
    async fn people(&self, side: &Side<'_>, most: u32) -> Result<u32, StoreError> {
        if let Side::Word(word) = side
            && let Some(known) = self.words.iter().find(|known| known.word == *word)
        {
            return Ok(known.people);
        }
        let mut sql = Sql::new();
        sql.push("SELECT COUNT(*) AS people FROM (");
        side.push(&mut sql);
        sql.push(" LIMIT ").bind(i64::from(most)).push(") s");
        let row = sql.first(self.db.reader()).await?.ok_or(StoreError::NotFound)?;
        Ok(u32::try_from(row.try_get::<i64>("", "people")?).unwrap_or(u32::MAX))
    }

    /// Everybody of a side in the order of names; some at a time are asked the rest, until the page is full.
    async fn gather(&self, side: &Side<'_>) -> Result<Vec<OfficialLine>, StoreError> {
        let candidates = self.candidates(side).await?;
        let (mut found, mut rest, mut some) = (Vec::new(), candidates.as_slice(), SOME);
        while !rest.is_empty() && found.len() < self.full() {
            let (next, later) = rest.split_at(some.min(rest.len()));
            found.extend(self.read(&Way::These(next)).await?);
            (rest, some) = (later, (some * 4).min(MOST));
        }
        found.truncate(self.full());
        Ok(found)
    }

    async fn candidates(&self, side: &Side<'_>) -> Result<Vec<Standing>, StoreError> {
        let mut sql = Sql::new();
        // Who is of the side is settled before anybody is looked at.
        sql.push("SELECT o.sort_key, o.id FROM (SELECT DISTINCT s.id FROM (");
        side.push(&mut sql);
        sql.push(") s) side CROSS JOIN official o WHERE o.id = side.id");
        go_on(&mut sql, self.after.as_ref());
        sql.push(" ORDER BY o.sort_key, o.id");
        sql.all(self.db.reader()).await?.iter().map(standing).collect()
    }

    /// The person so many names after the start of the page; `None` when fewer are left.
    async fn further_on(&self, names: u32) -> Result<Option<Standing>, StoreError> {
        let mut sql = Sql::new();
        sql.push("SELECT o.sort_key, o.id FROM official o WHERE 1 = 1");
        go_on(&mut sql, self.after.as_ref());
        sql.push(" ORDER BY o.sort_key, o.id LIMIT 1 OFFSET ").bind(i64::from(names));
        sql.first(self.db.reader()).await?.as_ref().map(standing).transpose()
    }

    async fn read(&self, way: &Way<'_>) -> Result<Vec<OfficialLine>, StoreError> {
        let (wanted, on) = (self.wanted, self.on);
        let mut sql = Sql::new();
        let limited = open(&mut sql, self.scope, wanted, on, false);
        sql.push("SELECT o.id, o.code, o.name, o.birth_on, o.sort_key, p.unit_id, ");
        units::name_on(&mut sql, on);
        sql.push(" AS unit_name, b.title, p.staff, p.leadership FROM ");
        if self.walks() {
            // Who is on the page is found in the indexes alone; only they are looked at.
            sql.push("(SELECT o.sort_key, o.id FROM ");
            self.people_on(&mut sql, way);
            sql.push(" CROSS JOIN posting p WHERE ");
            posting(&mut sql, wanted, on);
            self.ask(&mut sql, limited, way);
            sql.push(" ORDER BY o.sort_key, o.id LIMIT ")
                .bind(i64::from(self.limit))
                .push(") found CROSS JOIN official o CROSS JOIN posting p ");
            sql.push("CROSS JOIN unit u CROSS JOIN post b WHERE o.id = found.id AND ");
            posting(&mut sql, wanted, on);
            sql.push(" AND u.id = p.unit_id AND b.id = p.post_id");
        } else {
            sql.push("official o JOIN posting p ON ");
            posting(&mut sql, wanted, on);
            sql.push(" JOIN unit u ON u.id = p.unit_id JOIN post b ON b.id = p.post_id WHERE 1 = 1");
            self.ask(&mut sql, limited, way);
        }
        sql.push(" ORDER BY o.sort_key, o.id LIMIT ").bind(i64::from(self.limit));
        sql.all(self.db.reader()).await?.iter().map(official).collect()
    }

    /// Everything that is asked of a person and the posting, and how far to look.
    fn ask(&self, sql: &mut Sql, limited: Option<&str>, way: &Way<'_>) {
        self.words(sql);
        meet(sql, self.scope, self.wanted, self.on, limited);
        match way {
            Way::Along(_) => {}
            Way::Usual => go_on(sql, self.after.as_ref()),
            Way::These(people) => {
                sql.and_in("o.id", padded(people));
            }
        }
    }

    /// Everybody, or so many people of the names that follow: of these only what the index of names holds, unless more is asked of them.
    fn people_on(&self, sql: &mut Sql, way: &Way<'_>) {
        let Way::Along(names) = way else {
            sql.push("official o");
            return;
        };
        sql.push("(SELECT o.sort_key, o.id, o.folded, o.code");
        let filter = &self.wanted.filter;
        let further = [
            (filter.sex.is_some(), ", o.sex"),
            (!filter.ethnic_groups.is_empty(), ", o.ethnicity"),
            (filter.ages != Ages::default(), ", o.birth_on"),
        ];
        for (_, column) in further.into_iter().filter(|(is_asked, _)| *is_asked) {
            sql.push(column);
        }
        sql.push(" FROM official o WHERE 1 = 1");
        go_on(sql, self.after.as_ref());
        sql.push(" ORDER BY o.sort_key, o.id LIMIT ").bind(i64::from(*names) + 1).push(") o");
    }
}

fn go_on(sql: &mut Sql, after: Option<&Standing>) {
    if let Some((sort_key, id)) = after {
        sql.push(" AND (o.sort_key, o.id) > (").bind(sort_key.clone()).push(", ").bind(*id).push(")");
    }
}

fn standing(row: &QueryResult) -> Result<Standing, StoreError> {
    Ok((row.try_get("", "sort_key")?, row.try_get("", "id")?))
}

/// Their keys, the last one again and again up to a round number: statements of a few lengths are prepared once.
fn padded(people: &[Standing]) -> impl Iterator<Item = i64> + '_ {
    let mut round = SOME;
    while round < people.len() {
        round *= 4;
    }
    let last = people.last().map_or(0, |(_, id)| *id);
    people.iter().map(|(_, id)| *id).chain(std::iter::repeat(last)).take(round)
}
