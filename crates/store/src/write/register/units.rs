//! Units: a reorganisation with the people it moves in one go, other codes of units, and the catalogue of posts.
//! Not for: rules (`domain::orgs::reorganise`).

mod going;

use std::collections::{BTreeMap, BTreeSet};

use domain::ids::UnitId;
use domain::orgs::UnitKind;
use domain::orgs::reorganise::{Going, Plan, StepKind};
use domain::text::fold;
use domain::time::{Date, number};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter};

use super::bulk::{change_many, insert_many, reserve, rows_of};
use super::{Why, change, insert, remove_of_nobody};
use crate::db::{StoreError, WriteTx};
use crate::sql::Sql;
use crate::write;

/// A reorganisation to be written.
#[derive(Debug, Clone, Copy)]
pub struct Carried<'a> {
    /// What it does to the map.
    pub plan: &'a Plan,
    /// Postings that go.
    pub postings: &'a [(i64, Going)],
    /// Secondments that go.
    pub secondments: &'a [(i64, Going)],
    /// Number of the decision.
    pub decision: Option<&'a str>,
}

/// New units by the number that the plan gives them.
type NewKeys = BTreeMap<UnitId, i64>;

fn key(new: &NewKeys, unit: UnitId) -> i64 {
    new.get(&unit).copied().unwrap_or(unit.0)
}

/// Carries a reorganisation: units begin, end and move, people go with them, and every row is told.
///
/// # Errors
/// [`StoreError::Stale`] when a row is not as the plan supposed, [`StoreError::Duplicate`] when a code is taken.
pub async fn reorganise(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>) -> Result<(), StoreError> {
    let new = begin(tx, why, carried).await?;
    end(tx, why, carried.plan).await?;
    relink(tx, why, carried, &new).await?;
    rename(tx, why, carried).await?;
    follow(tx, why, carried, &new).await?;
    going::postings(tx, why, carried, &new).await?;
    going::secondments(tx, why, carried, &new).await?;
    going::nobody_is_left(tx, carried.plan).await
}

async fn begin(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>) -> Result<NewKeys, StoreError> {
    let begins = &carried.plan.begins;
    let keys = reserve(tx, "unit", begins.len()).await?;
    let rows: Vec<entity::unit::Model> = begins
        .iter()
        .zip(keys)
        .map(|((_, new), id)| entity::unit::Model {
            id,
            code: new.code.clone(),
            name: new.name.trim().to_owned(),
            folded: fold(&format!("{} {}", new.name, new.code)),
            kind: new.kind.to_string(),
            level: new.level.to_string(),
            bloc: new.bloc.to_string(),
            actor: new.actor.clone(),
            starts_on: number(carried.plan.on),
            ends_on: None,
        })
        .collect();
    let new = begins.iter().map(|(unit, _)| *unit).zip(rows.iter().map(|row| row.id)).collect();
    insert_many::<entity::unit::Entity>(tx, why, rows).await?;
    Ok(new)
}

async fn end(tx: &WriteTx, why: &Why<'_>, plan: &Plan) -> Result<(), StoreError> {
    let rows = rows_of::<entity::unit::Entity>(tx, plan.ends.iter().map(|u| u.0).collect()).await?;
    if rows.len() != plan.ends.len() || rows.iter().any(|row| row.ends_on.is_some()) {
        return Err(StoreError::Stale);
    }
    let ended = |row: entity::unit::Model| (row.clone(), entity::unit::Model { ends_on: Some(number(plan.on)), ..row });
    change_many::<entity::unit::Entity>(tx, why, rows.into_iter().map(ended).collect()).await
}

/// Belonging ends where a unit ends or moves, and begins where it moves to.
async fn relink(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>, new: &NewKeys) -> Result<(), StoreError> {
    let plan = carried.plan;
    let leaving: BTreeSet<i64> = plan.ends.iter().chain(plan.links.iter().map(|(unit, _)| unit)).map(|u| u.0).collect();
    let rows = rows_by_unit::<entity::unit_link::Entity>(tx, entity::unit_link::Column::UnitId, &leaving).await?;
    let open: Vec<_> = rows.into_iter().filter(|row| row.ends_on.is_none()).collect();
    if open.len() != leaving.len() || open.iter().any(|row| row.starts_on >= number(plan.on)) {
        return Err(StoreError::Stale);
    }
    let ended = |row: entity::unit_link::Model| (row.clone(), entity::unit_link::Model { ends_on: Some(number(plan.on)), ..row });
    change_many::<entity::unit_link::Entity>(tx, why, open.into_iter().map(ended).collect()).await?;
    let begins = plan.begins.iter().map(|(unit, new)| (*unit, new.parent));
    let links: Vec<(UnitId, UnitId)> = begins.chain(plan.links.iter().copied()).collect();
    let keys = reserve(tx, "unit_link", links.len()).await?;
    let link = |((unit, parent), id): ((UnitId, UnitId), i64)| entity::unit_link::Model {
        id,
        unit_id: key(new, unit),
        parent_id: key(new, parent),
        starts_on: number(plan.on),
        ends_on: None,
        decision_number: carried.decision.map(str::to_owned),
    };
    insert_many::<entity::unit_link::Entity>(tx, why, links.into_iter().zip(keys).map(link).collect()).await
}

async fn rows_by_unit<E: EntityTrait>(tx: &WriteTx, column: E::Column, units: &BTreeSet<i64>) -> Result<Vec<E::Model>, StoreError> {
    let mut rows = Vec::new();
    let keys: Vec<i64> = units.iter().copied().collect();
    for chunk in keys.chunks(1_000) {
        rows.extend(E::find().filter(Condition::all().add(column.is_in(chunk.iter().copied()))).all(tx.connection()).await?);
    }
    Ok(rows)
}

/// The last name and code stand in the unit, former ones beside it; its folded text has all of them, so that it is found by each.
async fn rename(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>) -> Result<(), StoreError> {
    let on = number(carried.plan.on);
    for renaming in &carried.plan.names {
        let unit = renaming.unit.0;
        let row = entity::unit::Entity::find_by_id(unit).one(tx.connection()).await?.ok_or(StoreError::Stale)?;
        let of = BTreeSet::from([unit]);
        let names = rows_by_unit::<entity::unit_name::Entity>(tx, entity::unit_name::Column::UnitId, &of).await?;
        let aliases = rows_by_unit::<entity::unit_alias::Entity>(tx, entity::unit_alias::Column::UnitId, &of).await?;
        if renaming.name.is_some() {
            let starts_on = names.iter().map(|n| n.ends_on).max().unwrap_or(row.starts_on);
            let decision_number = carried.decision.map(str::to_owned);
            let former = entity::unit_name::Model { id: 0, unit_id: unit, name: row.name.clone(), starts_on, ends_on: on, decision_number };
            insert::<entity::unit_name::Entity>(tx, why, former).await?;
        }
        if renaming.code.is_some() && !aliases.iter().any(|alias| alias.code == row.code) {
            let starts_on = aliases.iter().filter_map(|a| a.ends_on).max().unwrap_or(row.starts_on);
            let former =
                entity::unit_alias::Model { id: 0, unit_id: unit, code: row.code.clone(), starts_on: Some(starts_on), ends_on: Some(on) };
            insert::<entity::unit_alias::Entity>(tx, why, former).await?;
        }
        change::<entity::unit::Entity>(tx, why, unit, |row| {
            row.name = renaming.name.clone().unwrap_or_else(|| row.name.clone());
            row.code = renaming.code.clone().unwrap_or_else(|| row.code.clone());
            let added = [renaming.name.as_deref(), renaming.code.as_deref()].into_iter().flatten().collect::<Vec<_>>().join(" ");
            row.folded = format!("{} {}", fold(&added), row.folded);
        })
        .await?;
    }
    Ok(())
}

async fn follow(tx: &WriteTx, why: &Why<'_>, carried: &Carried<'_>, new: &NewKeys) -> Result<(), StoreError> {
    let successions = &carried.plan.successions;
    let keys = reserve(tx, "unit_succession", successions.len()).await?;
    let rows = successions.iter().zip(keys).map(|((succession, change), id)| entity::unit_succession::Model {
        id,
        unit_id: key(new, succession.from),
        successor_id: key(new, succession.to),
        effective_on: number(succession.on),
        change: change.to_string(),
        main: succession.main,
        decision_number: carried.decision.map(str::to_owned),
    });
    insert_many::<entity::unit_succession::Entity>(tx, why, rows.collect()).await
}

/// A reorganisation as it is listed.
#[derive(Debug, Clone, Copy)]
pub struct Note<'a> {
    /// The act.
    pub act: StepKind,
    /// Units in words.
    pub subject: &'a str,
    /// First day of the new order.
    pub on: Date,
    /// Number of the decision.
    pub decision: Option<&'a str>,
    /// People who went.
    pub people: usize,
}

/// Lists a reorganisation.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn note(tx: &WriteTx, why: &Why<'_>, note: &Note<'_>) -> Result<i64, StoreError> {
    let columns = ["act", "subject", "effective_on", "decision_number", "reason", "people", "operation", "happened_at", "user_id"];
    let values = vec![
        note.act.code().into(),
        note.subject.into(),
        number(note.on).into(),
        note.decision.into(),
        why.words.into(),
        i32::try_from(note.people).unwrap_or(i32::MAX).into(),
        why.operation.into(),
        why.at.0.into(),
        why.by.user().into(),
    ];
    write::insert(tx, "reorganisation", &columns, values).await
}

/// A unit whose place would lie outside its life or its parent's, of those whose belonging was put back: the map of units was built on
/// since.
pub(super) async fn loose(tx: &WriteTx, links: Option<Vec<i64>>) -> Result<Option<i64>, StoreError> {
    for chunk in links.unwrap_or_default().chunks(500) {
        let mut sql = Sql::new();
        sql.push("SELECT l.unit_id FROM unit_link l JOIN unit u ON u.id = l.unit_id JOIN unit p ON p.id = l.parent_id WHERE (");
        for (place, unit) in ["u", "p"].into_iter().enumerate() {
            sql.push(if place == 0 { "" } else { " OR " });
            sql.push(&format!(
                "l.starts_on < {unit}.starts_on OR (l.ends_on IS NULL AND {unit}.ends_on IS NOT NULL) OR l.ends_on > {unit}.ends_on"
            ));
        }
        sql.push(" OR EXISTS (SELECT 1 FROM unit_link x WHERE x.unit_id = l.unit_id AND x.id <> l.id AND x.starts_on >= l.starts_on ");
        sql.push("AND (l.ends_on IS NULL OR x.starts_on < l.ends_on)))").and_in("l.id", chunk.iter().copied()).push(" LIMIT 1");
        if let Some(row) = sql.first(tx.connection()).await? {
            return Ok(Some(row.try_get("", "unit_id")?));
        }
    }
    Ok(None)
}

/// Another code of a unit, to be written.
#[derive(Debug, Clone, Copy)]
pub struct Alias<'a> {
    /// Whose.
    pub unit: UnitId,
    /// The code.
    pub code: &'a str,
    /// First day, if known.
    pub from: Option<Date>,
    /// The day after the last one, if it is over.
    pub to: Option<Date>,
}

/// Writes another code of a unit; from then on the unit is found by it.
///
/// # Errors
/// [`StoreError::Duplicate`] when it is a code already.
pub async fn add_alias(tx: &WriteTx, why: &Why<'_>, new: &Alias<'_>) -> Result<(), StoreError> {
    let (starts_on, ends_on) = (new.from.map(number), new.to.map(number));
    let row = entity::unit_alias::Model { id: 0, unit_id: new.unit.0, code: new.code.to_owned(), starts_on, ends_on };
    insert::<entity::unit_alias::Entity>(tx, why, row).await?;
    let code = fold(new.code);
    change::<entity::unit::Entity>(tx, why, new.unit.0, |row| row.folded = format!("{} {code}", row.folded)).await
}

/// Removes another code of a unit.
///
/// # Errors
/// [`StoreError::NotFound`] when the unit has no such code.
pub async fn remove_alias(tx: &WriteTx, why: &Why<'_>, unit: UnitId, alias: i64) -> Result<(), StoreError> {
    let row = entity::unit_alias::Entity::find_by_id(alias).one(tx.connection()).await?.ok_or(StoreError::NotFound)?;
    if row.unit_id != unit.0 {
        return Err(StoreError::NotFound);
    }
    remove_of_nobody::<entity::unit_alias::Entity>(tx, why, alias).await?;
    let code = format!(" {} ", fold(&row.code));
    // Only the whole word: a longer code may begin with it.
    change::<entity::unit::Entity>(tx, why, unit.0, |row| {
        if let Some((before, after)) = format!("{} ", row.folded).rsplit_once(&code) {
            row.folded = format!("{before} {after}").trim_end().to_owned();
        }
    })
    .await
}

/// A post of the catalogue.
#[derive(Debug, Clone, Copy)]
pub struct PostCard<'a> {
    /// Title.
    pub title: &'a str,
    /// Code.
    pub code: Option<&'a str>,
    /// Code of the group.
    pub group: Option<&'a str>,
    /// Kinds of units it is for; none is all.
    pub kinds: &'a [UnitKind],
    /// First day, if known.
    pub from: Option<Date>,
    /// The day after the last one, if it is over.
    pub to: Option<Date>,
}

/// The post of a title that joined the catalogue without a code, as titles of postings do; the transaction may have written it itself.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn post_without_code(tx: &WriteTx, title: &str) -> Result<Option<i64>, StoreError> {
    let mut sql = Sql::new();
    sql.push("SELECT id FROM post WHERE code IS NULL AND title = ").bind(title);
    sql.first(tx.connection()).await?.map(|row| Ok(row.try_get("", "id")?)).transpose()
}

/// Writes a post of the catalogue, new or known.
///
/// # Errors
/// [`StoreError::Duplicate`] when the title is another post's, [`StoreError::NotFound`] when there is no such post.
pub async fn keep_post(tx: &WriteTx, why: &Why<'_>, post: Option<i64>, card: &PostCard<'_>) -> Result<i64, StoreError> {
    let kinds = card.kinds.iter().map(|kind| kind.code()).collect::<Vec<_>>().join(" ");
    let row = entity::post::Model {
        id: post.unwrap_or_default(),
        title: card.title.to_owned(),
        code: card.code.map(str::to_owned),
        post_group: card.group.map(str::to_owned),
        unit_kinds: (!kinds.is_empty()).then_some(kinds),
        starts_on: card.from.map(number),
        ends_on: card.to.map(number),
    };
    match post {
        None => insert::<entity::post::Entity>(tx, why, row).await,
        Some(key) => change::<entity::post::Entity>(tx, why, key, |known| *known = row).await.map(|()| key),
    }
}
