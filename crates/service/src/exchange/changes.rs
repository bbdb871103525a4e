//! What changed since a moment, for another machine: who is there, who went, whose record became another's; in the asker's scope.
//! Not for: whole records (`registry`).
//!
//! A moment ([`Since`]) is the key of the last change that was told, and the day: things also change when the day turns, because a
//! posting that was written long ago begins on it. Each thing may be told more than once, never not at all.

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;
use domain::orgs::{Link, OrgMap};
use domain::roles::{Act, Reach, Scope};
use domain::time::{Date, Interval, from_number, number};
use store::read::changes::{self as read, ChangeRow, Of, PersonLine};
use store::read::posts::PostLine;
use store::{Db, StoreError};

use crate::registry::{unit_names, without_refusal};
use crate::{ActError, Ctx, Services};

pub use store::read::changes::Place as WithPlace;

/// A moment up to which everything was told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Since {
    /// Key of the last change that was told.
    pub change: i64,
    /// The day, as `yyyymmdd`.
    pub day: i32,
    /// While the turn of the day is being told: the last one that was.
    pub turned: i64,
    /// While the turn of the day is being told: the day up to which it is, as `yyyymmdd`. The next day may begin before its last page.
    pub until: i32,
}

/// What is with a thing now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangedState {
    /// It is there.
    Present,
    /// It is to begin.
    Planned,
    /// A person is known, but works nowhere; a unit or post is over.
    Ended,
    /// The record was merged into another one.
    Merged,
    /// It is not there any more, or not for the asker.
    Gone,
}

impl ChangedState {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Present => "present",
            Self::Planned => "planned",
            Self::Ended => "ended",
            Self::Merged => "merged",
            Self::Gone => "gone",
        }
    }
}

/// A thing that changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changed<T> {
    /// What is with it.
    pub state: ChangedState,
    /// Its code; a post may have none.
    pub code: Option<String>,
    /// Codes that it had before.
    pub was: Vec<String>,
    /// Codes of what it became a part of.
    pub into: Vec<String>,
    /// The thing as it is, unless it is gone.
    pub line: Option<T>,
}

/// Some changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes<T> {
    /// In the order in which they happened.
    pub items: Vec<Changed<T>>,
    /// The moment up to which this tells.
    pub next: Since,
    /// There is more after it already.
    pub more: bool,
}

/// Why changes are not told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ChangesRefusal {
    /// The moment is none of this register: it was restored from a backup, or the moment was made up. Everything must be read anew.
    OtherLife,
    /// Units moved into the asker's scope or out of it, with everybody who works there. Everything must be read anew.
    UnitsMoved,
}

type Refused = ActError<ChangesRefusal>;

/// Changes looked through at once.
const WINDOW: u32 = 2_000;

/// The moment from which on changes are to be asked by who reads everything now.
///
/// # Errors
/// [`ActError::Internal`] when the database fails.
pub async fn start(services: &Services, ctx: &Ctx) -> Result<Since, ActError> {
    Ok(Since { change: read::horizon(&services.db).await?, day: number(ctx.today), turned: 0, until: 0 })
}

/// Keys of what changed, with the changes that tell of it.
struct Gathered {
    keys: Vec<i64>,
    rows: Vec<ChangeRow>,
    horizon: i64,
    next: Since,
    more: bool,
}

async fn gather(services: &Services, ctx: &Ctx, of: Of, since: Since, limit: u32) -> Result<Gathered, Refused> {
    let (db, other_life) = (&services.db, || ActError::Refused(ChangesRefusal::OtherLife));
    let horizon = read::horizon(db).await?;
    let day = from_number(since.day).filter(|day| *day <= ctx.today).ok_or_else(other_life)?;
    if since.change > horizon || since.change < 0 {
        return Err(other_life());
    }
    let most = usize::try_from(limit).unwrap_or(usize::MAX);
    // Whom a page passed over for a day that had not come yet is told when that day is.
    let until = match since.turned {
        0 => ctx.today,
        _ => from_number(since.until).filter(|until| day < *until && *until <= ctx.today).ok_or_else(other_life)?,
    };
    let mut keys = Vec::new();
    if day < until {
        keys = read::turning(db, of, (day, until), since.turned, limit.saturating_add(1)).await?;
        if keys.len() > most {
            keys.truncate(most);
            let next = Since { turned: keys.last().copied().unwrap_or(since.turned), until: number(until), ..since };
            return Ok(Gathered { keys, rows: Vec::new(), horizon, next, more: true });
        }
    }
    let next = Since { change: since.change, day: number(until), turned: 0, until: 0 };
    let all = read::after(db, of, since.change, horizon, WINDOW).await?;
    Ok(Gathered { keys, rows: Vec::new(), horizon, next, more: until < ctx.today }.filled(of, all, most))
}

impl Gathered {
    /// With what the changes are about, as far as a page holds it.
    fn filled(mut self, of: Of, all: Vec<ChangeRow>, most: usize) -> Self {
        let is_whole = u32::try_from(all.len()).unwrap_or(u32::MAX) < WINDOW;
        self.more |= !is_whole;
        let mut seen: BTreeSet<i64> = self.keys.iter().copied().collect();
        for row in all {
            let fresh: Vec<i64> = keys_of(of, &row).into_iter().filter(|key| !seen.contains(key)).collect();
            if !fresh.is_empty() && !self.keys.is_empty() && self.keys.len() + fresh.len() > most {
                self.more = true;
                return self;
            }
            seen.extend(&fresh);
            self.keys.extend(fresh);
            self.next.change = row.id;
            self.rows.push(row);
        }
        if is_whole {
            self.next.change = self.horizon;
        }
        self
    }
}

/// What a change is about.
fn keys_of(of: Of, row: &ChangeRow) -> BTreeSet<i64> {
    match (of, row.kind.as_str()) {
        (Of::Officials, _) => row.official.into_iter().collect(),
        (Of::Posts, _) | (Of::Units, "unit") => BTreeSet::from([row.row]),
        (Of::Units, _) => row.numbers("unit_id").chain(row.numbers("successor_id")).collect(),
    }
}

impl Gathered {
    /// Codes that a thing had before, of the changes of its own row.
    fn was(&self, kind: &str, key: i64) -> Vec<String> {
        let own = self.rows.iter().filter(|row| row.kind == kind && row.row == key);
        let mut was: Vec<String> = own.filter_map(|row| row.gone("code")).map(str::to_owned).collect();
        was.dedup();
        was
    }

    /// A page of what was gathered.
    fn told<T>(self, items: Vec<Changed<T>>) -> Changes<T> {
        Changes { items, next: self.next, more: self.more }
    }
}

/// The units of a scope.
struct Within {
    /// Now; `None` is all.
    now: Option<BTreeSet<UnitId>>,
    /// Now or ever.
    ever: BTreeSet<UnitId>,
    /// The day that is now.
    on: Date,
}

impl Within {
    fn of(scope: &Scope, map: &OrgMap, on: Date) -> Self {
        match scope.reach() {
            Reach::Province => Self { now: None, ever: BTreeSet::new(), on },
            Reach::Own(_) => Self { now: Some(BTreeSet::new()), ever: BTreeSet::new(), on },
            Reach::Units(roots) => {
                let now = roots.iter().flat_map(|root| map.subtree(*root, on)).collect();
                Self { now: Some(now), ever: ever_below(map, roots), on }
            }
        }
    }

    fn is_now(&self, unit: UnitId) -> bool {
        self.now.as_ref().is_none_or(|now| now.contains(&unit))
    }

    fn is_all(&self) -> bool {
        self.now.is_none()
    }
}

fn ever_below(map: &OrgMap, roots: &[UnitId]) -> BTreeSet<UnitId> {
    let mut below: BTreeMap<UnitId, Vec<UnitId>> = BTreeMap::new();
    for link in &map.links {
        below.entry(link.parent).or_default().push(link.unit);
    }
    let mut found: BTreeSet<UnitId> = roots.iter().copied().collect();
    let mut open: Vec<UnitId> = roots.to_vec();
    while let Some(unit) = open.pop() {
        for child in below.get(&unit).into_iter().flatten() {
            if found.insert(*child) {
                open.push(*child);
            }
        }
    }
    found
}

/// Whether a unit came into a scope or went out of it since a moment, with whoever works there: nothing is written of the people then.
async fn moved(db: &Db, scope: &Scope, map: &OrgMap, since: Since, (until, today): (i64, Date)) -> Result<bool, StoreError> {
    let (Reach::Units(roots), Some(then)) = (scope.reach(), from_number(since.day)) else { return Ok(false) };
    let mut known: BTreeMap<i64, [Option<Link>; 2]> = BTreeMap::new();
    let mut after = since.change;
    loop {
        let rows = read::after(db, Of::Units, after, until, WINDOW).await?;
        for row in rows.iter().filter(|row| row.kind == "unit_link") {
            let [_, last] = known.entry(row.row).or_insert_with(|| [row.before.as_ref().and_then(link), None]);
            *last = row.after.as_ref().and_then(link);
        }
        match rows.last().filter(|_| u32::try_from(rows.len()).unwrap_or(u32::MAX) == WINDOW) {
            Some(row) => after = row.id,
            None => break,
        }
    }
    if known.is_empty() && then == today {
        return Ok(false);
    }
    let (gone, put_back): (Vec<_>, Vec<_>) = known.into_values().map(|[was, is]| (is, was)).unzip();
    let mut links = map.links.clone();
    links.retain(|link| !gone.contains(&Some(*link)));
    links.extend(put_back.into_iter().flatten());
    let before = OrgMap { links, ..OrgMap::default() };
    let below = |map: &OrgMap, on: Date| -> BTreeSet<UnitId> { roots.iter().flat_map(|root| map.subtree(*root, on)).collect() };
    // Who came with a new unit, or went with one that ended, has changes of the own record.
    let lives_on = |unit: &UnitId| before.parent(*unit, then).is_some() && map.parent(*unit, today).is_some();
    Ok(below(&before, then).symmetric_difference(&below(map, today)).any(lives_on))
}

/// Where a unit stands, as a change tells it.
fn link(row: &serde_json::Value) -> Option<Link> {
    let unit = |column: &str| row.get(column)?.as_i64().map(UnitId);
    let day = |column: &str| from_number(i32::try_from(row.get(column)?.as_i64()?).ok()?);
    let during = Interval::new(day("starts_on")?, day("ends_on")).ok()?;
    Some(Link { unit: unit("unit_id")?, parent: unit("parent_id")?, during })
}

/// People that changed since a moment. Who never worked within the scope is not told of; who did and does not any more is gone.
///
/// # Errors
/// [`ChangesRefusal`], [`ActError::Forbidden`] for roles that may not see people.
pub async fn changed_officials(services: &Services, ctx: &Ctx, since: Since, limit: u32) -> Result<Changes<PersonLine>, Refused> {
    let scope = ctx.scope(Act::ViewPeople)?;
    let mut gathered = gather(services, ctx, Of::Officials, since, limit).await?;
    let db = &services.db;
    gathered.rows = read::of_people(db, &gathered.keys, gathered.horizon).await?;
    let names = unit_names(services, ctx).await.map_err(without_refusal)?;
    if moved(db, &scope, &names.map, since, (gathered.horizon, ctx.today)).await? {
        return Err(ActError::Refused(ChangesRefusal::UnitsMoved));
    }
    let within = Within::of(&scope, &names.map, ctx.today);
    let mut lines = read::people(db, &gathered.keys, ctx.today).await?;
    let missing: Vec<i64> = gathered.keys.iter().copied().filter(|key| !lines.contains_key(key)).collect();
    let merged = read::merged_into(db, &missing).await?;
    let heirs: Vec<i64> = merged.values().map(|(_, heir)| heir.0).collect();
    let heir_lines = read::people(db, &heirs, ctx.today).await?;
    let known = known_here(services, &gathered, &heirs, &within).await?;
    let was_here = |key: i64| within.is_all() || known.contains(&key);
    let mut items = Vec::new();
    for key in &gathered.keys {
        let mut was = gathered.was("official", *key);
        was.retain(|code| lines.get(key).is_none_or(|line| line.code != *code));
        items.extend(match (lines.remove(key), merged.get(key)) {
            (Some(line), _) => person(line, was, &within, was_here(*key)),
            (None, Some((code, heir))) if was_here(heir.0) || was_here(*key) => {
                let heir = heir_lines.get(&heir.0).filter(|heir| sees(heir, &within));
                let state = if heir.is_some() { ChangedState::Merged } else { ChangedState::Gone };
                Some(Changed { into: heir.map(|heir| heir.code.clone()).into_iter().collect(), ..gone(state, code.clone()) })
            }
            (None, None) if was_here(*key) => was.into_iter().next_back().map(|code| gone(ChangedState::Gone, code)),
            (None, _) => None,
        });
    }
    Ok(gathered.told(items))
}

/// Those of the people who work or ever worked within the scope, also by postings that were struck; nobody where the scope is all. Who is
/// only to come is not told of before.
async fn known_here(services: &Services, gathered: &Gathered, heirs: &[i64], within: &Within) -> Result<BTreeSet<i64>, Refused> {
    if within.is_all() {
        return Ok(BTreeSet::new());
    }
    let all: Vec<i64> = gathered.keys.iter().chain(heirs).copied().collect();
    let written = read::places(&services.db, &all, within.on).await?;
    let had_begun = |row: &&ChangeRow| row.number_before("starts_on").is_some_and(|from| from <= i64::from(number(within.on)));
    let struck = gathered.rows.iter().filter(|row| row.kind == "posting").filter(had_begun);
    let struck = struck.filter_map(|row| Some((row.official?, UnitId(row.number_before("unit_id")?))));
    let places = written.into_iter().chain(struck);
    Ok(places.filter(|(_, unit)| within.ever.contains(unit)).map(|(official, _)| official).collect())
}

fn sees(line: &PersonLine, within: &Within) -> bool {
    within.is_all() || line.place.as_ref().is_some_and(|place| within.is_now(place.unit))
}

fn person(line: PersonLine, was: Vec<String>, within: &Within, was_here: bool) -> Option<Changed<PersonLine>> {
    if !sees(&line, within) {
        return was_here.then(|| Changed { was, ..gone(ChangedState::Gone, line.code) });
    }
    let state = if line.place.is_some() { ChangedState::Present } else { ChangedState::Ended };
    Some(Changed { state, code: Some(line.code.clone()), was, into: Vec::new(), line: Some(line) })
}

fn gone<T>(state: ChangedState, code: String) -> Changed<T> {
    Changed { state, code: Some(code), was: Vec::new(), into: Vec::new(), line: None }
}

/// A day as far as a life is concerned.
fn state_on(from: Option<Date>, to: Option<Date>, on: Date) -> ChangedState {
    if from.is_some_and(|from| from > on) {
        ChangedState::Planned
    } else if to.is_some_and(|to| to <= on) {
        ChangedState::Ended
    } else {
        ChangedState::Present
    }
}

/// Units that changed since a moment: name and life.
///
/// # Errors
/// [`ChangesRefusal`], [`ActError::Forbidden`] for roles that may not see units.
pub async fn changed_units(services: &Services, ctx: &Ctx, since: Since, limit: u32) -> Result<Changes<(String, Interval)>, Refused> {
    ctx.scope(Act::ViewUnits)?;
    let gathered = gather(services, ctx, Of::Units, since, limit).await?;
    let mut lines = read::units(&services.db, &gathered.keys, ctx.today).await?;
    let mut items = Vec::new();
    for key in &gathered.keys {
        let was = gathered.was("unit", *key);
        items.extend(match lines.remove(key) {
            Some((code, name, life, into)) => {
                let state = state_on(Some(life.from()), life.to(), ctx.today);
                let into = if state == ChangedState::Ended { into } else { Vec::new() };
                Some(Changed { state, code: Some(code), was, into, line: Some((name, life)) })
            }
            None => was.into_iter().next_back().map(|code| gone(ChangedState::Gone, code)),
        });
    }
    Ok(gathered.told(items))
}

/// Posts of the catalogue that changed since a moment.
///
/// # Errors
/// [`ChangesRefusal`], [`ActError::Forbidden`] for roles that may not see units.
pub async fn changed_posts(services: &Services, ctx: &Ctx, since: Since, limit: u32) -> Result<Changes<PostLine>, Refused> {
    ctx.scope(Act::ViewUnits)?;
    let gathered = gather(services, ctx, Of::Posts, since, limit).await?;
    let mut lines = read::posts(&services.db, &gathered.keys, ctx.today).await?;
    let mut items = Vec::new();
    for key in &gathered.keys {
        let was = gathered.was("post", *key);
        items.extend(match lines.remove(key) {
            Some(line) => {
                let state = state_on(line.from, line.to, ctx.today);
                Some(Changed { state, code: line.code.clone(), was, into: Vec::new(), line: Some(line) })
            }
            None => Some(Changed { code: was.into_iter().next_back(), ..gone(ChangedState::Gone, String::new()) }),
        });
    }
    Ok(gathered.told(items))
}
