//! Filling an empty database with a generated province, batch by batch, each batch in one transaction.
//! Not for: making the rows (`synthetic`), or imports of real registers, which are acts with checks and an audit of their own.

mod aside;
mod rows;
pub(crate) mod tables;

use std::collections::BTreeMap;

use sea_orm::sea_query::Value;
use sea_orm::{ActiveModelTrait, ConnectionTrait, DbBackend, EntityTrait, IdenStatic, IntoActiveModel, Iterable, Statement};
use synthetic::rows::{Batch, Frame};

use crate::db::{Db, Engine, StoreError, WriteTx};
use crate::sql::Sql;
use crate::write;

pub(crate) use rows::post;
pub use rows::sort_key;

/// The setting that tells how far filling went.
const STATE: &str = "province.state";

/// How far an installation is filled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Filling {
    /// Nothing is there.
    Empty,
    /// A load began and did not end.
    Broken,
    /// A whole province is there.
    Ready,
}

/// How far the database is filled.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn filling(db: &Db) -> Result<Filling, StoreError> {
    let state = crate::read::accounts::setting(db, STATE).await?;
    Ok(match state.as_deref() {
        Some("ready") => Filling::Ready,
        Some(_) => Filling::Broken,
        None => Filling::Empty,
    })
}

/// A load in progress.
#[derive(Debug)]
pub struct Loader {
    posts: BTreeMap<String, i64>,
    next: BTreeMap<&'static str, i64>,
}

impl Loader {
    /// Begins a load: notes it, clears what a broken load left, writes units and classes. A database with people or accounts of its
    /// own is refused: the note allows the next load to clear everything.
    ///
    /// # Errors
    /// [`StoreError::Duplicate`] when somebody else's data is there.
    pub async fn begin(db: &Db, frame: &Frame) -> Result<Self, StoreError> {
        match filling(db).await? {
            Filling::Broken if !has_rows(db, &["user_account"]).await? => {
                aside::put_back(db).await?;
                clear(db).await?;
            }
            Filling::Empty if !has_rows(db, &["unit", "official", "user_account"]).await? => {}
            _ => return Err(StoreError::Duplicate),
        }
        write::set_setting(db, STATE, "loading").await?;
        aside::set_aside(db).await?;
        let mut loader = Self { posts: BTreeMap::new(), next: BTreeMap::new() };
        let tx = db.write().await?;
        put::<entity::unit::Entity, _>(&tx, frame.units.iter().map(rows::unit)).await?;
        let links: Vec<_> = frame.links.iter().map(|l| rows::link(loader.id("unit_link"), l)).collect();
        put::<entity::unit_link::Entity, _>(&tx, links).await?;
        let successions: Vec<_> = frame.successions.iter().map(|s| rows::succession(loader.id("unit_succession"), s)).collect();
        put::<entity::unit_succession::Entity, _>(&tx, successions).await?;
        let areas: Vec<_> = frame.areas.iter().map(|a| rows::area(loader.id("unit_area"), a)).collect();
        put::<entity::unit_area::Entity, _>(&tx, areas).await?;
        let spots: Vec<_> = frame.spots.iter().map(|s| rows::spot(loader.id("unit_spot"), s)).collect();
        put::<entity::unit_spot::Entity, _>(&tx, spots).await?;
        put::<entity::training_class::Entity, _>(&tx, frame.classes.iter().map(rows::class)).await?;
        tx.commit().await?;
        Ok(loader)
    }

    /// Writes one batch of people in one transaction.
    ///
    /// # Errors
    /// [`StoreError`] when the engine fails; then nothing of the batch is there.
    pub async fn add(&mut self, db: &Db, batch: &Batch) -> Result<(), StoreError> {
        let tx = db.write().await?;
        let posts = self.new_posts(batch);
        put::<entity::post::Entity, _>(&tx, posts).await?;
        put::<entity::official::Entity, _>(&tx, batch.officials.iter().map(rows::official)).await?;
        let postings =
            batch.postings.iter().map(|p| rows::posting(self.id("posting"), self.posts.get(&p.title).copied().unwrap_or_default(), p));
        let postings: Vec<_> = postings.collect();
        put::<entity::posting::Entity, _>(&tx, postings).await?;
        let qualifications: Vec<_> = batch.qualifications.iter().map(|q| rows::qualification(self.id("qualification"), q)).collect();
        put::<entity::qualification::Entity, _>(&tx, qualifications).await?;
        put::<entity::training_record::Entity, _>(&tx, batch.records.iter().map(rows::record)).await?;
        let follow_ups: Vec<_> = batch.follow_ups.iter().map(|f| rows::follow_up(self.id("follow_up"), f)).collect();
        put::<entity::follow_up::Entity, _>(&tx, follow_ups).await?;
        let receipts: Vec<_> = batch.receipts.iter().map(|r| rows::receipt(self.id("receipt"), r)).collect();
        put::<entity::receipt::Entity, _>(&tx, receipts).await?;
        let ratings: Vec<_> = batch.ratings.iter().map(|r| rows::rating(self.id("rating"), r)).collect();
        put::<entity::rating::Entity, _>(&tx, ratings).await?;
        tx.commit().await
    }

    /// Ends the load: indexes are built, keys of later rows follow on, the planner learns the sizes, the province is ready.
    ///
    /// # Errors
    /// [`StoreError`] when the engine fails.
    pub async fn finish(self, db: &Db) -> Result<(), StoreError> {
        aside::put_back(db).await?;
        after_explicit_keys(db).await?;
        execute(db, "ANALYZE").await?;
        let tx = db.write().await?;
        write::bump_facts(&tx).await?;
        tx.commit().await?;
        write::set_setting(db, STATE, "ready").await
    }

    fn id(&mut self, table: &'static str) -> i64 {
        let next = self.next.entry(table).or_insert(0);
        *next += 1;
        *next
    }

    fn new_posts(&mut self, batch: &Batch) -> Vec<entity::post::Model> {
        let mut new = Vec::new();
        for posting in &batch.postings {
            if !self.posts.contains_key(&posting.title) {
                let id = self.id("post");
                self.posts.insert(posting.title.clone(), id);
                new.push(rows::post(id, &posting.title));
            }
        }
        new
    }
}

/// Whether any of the tables has a row.
async fn has_rows(db: &Db, names: &[&str]) -> Result<bool, StoreError> {
    for table in names {
        let mut sql = crate::sql::Sql::new();
        sql.push(&format!("SELECT id FROM {table} LIMIT 1"));
        if sql.first(db.reader()).await?.is_some() {
            return Ok(true);
        }
    }
    Ok(false)
}

/// Rows of one statement: far below the bind limit of both engines for the widest table.
const CHUNK: usize = 1_000;

/// Inserts rows with their own keys.
pub(crate) async fn put<E, M>(tx: &WriteTx, rows: impl IntoIterator<Item = M, IntoIter: Send>) -> Result<(), StoreError>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel> + Send,
    E::ActiveModel: Send,
{
    let mut rows = rows.into_iter();
    let mut next = statement::<E, M>(&mut rows, tx.connection().get_database_backend());
    while let Some(ready) = next {
        // The next statement is written while the engine works on this one.
        let coming = async { statement::<E, M>(&mut rows, tx.connection().get_database_backend()) };
        let (done, written) = futures_util::join!(tx.connection().execute_raw(ready), coming);
        done?;
        next = written;
    }
    Ok(())
}

/// The statement that inserts the next rows; `None` when there are no more.
pub(crate) fn statement<E, M>(rows: &mut impl Iterator<Item = M>, backend: DbBackend) -> Option<Statement>
where
    E: EntityTrait<Model = M>,
    M: IntoActiveModel<E::ActiveModel>,
{
    let chunk: Vec<E::ActiveModel> = rows.take(CHUNK).map(IntoActiveModel::into_active_model).collect();
    (!chunk.is_empty()).then(|| insert(E::default().table_name(), &chunk, backend))
}

/// Inserts rows; a value that all of them share, as an empty column has it, goes over once.
fn insert<A: ActiveModelTrait>(table: &str, rows: &[A], backend: DbBackend) -> Statement {
    let columns: Vec<_> = <A::Entity as EntityTrait>::Column::iter().collect();
    let value = |row: &A, column| row.get(column).into_value();
    let shared: Vec<Option<Value>> = columns
        .iter()
        .enumerate()
        .map(|(place, column)| {
            // The first column stays with the rows, for they need one.
            let first = rows.first().filter(|_| place > 0).and_then(|row| value(row, *column));
            first.filter(|first| rows.iter().skip(1).all(|row| value(row, *column).as_ref() == Some(first)))
        })
        .collect();
    let mut sql = Sql::new();
    sql.push("INSERT INTO ").push(table);
    for (place, column) in columns.iter().enumerate() {
        sql.push(if place == 0 { " (\"" } else { ", \"" }).push(IdenStatic::as_str(column)).push("\"");
    }
    let mut own = 0;
    for (place, shared) in shared.iter().enumerate() {
        sql.push(if place == 0 { ") SELECT " } else { ", " });
        if let Some(value) = shared {
            sql.bind(value.clone());
        } else {
            own += 1;
            sql.push(&format!("column{own}"));
        }
    }
    for (place, row) in rows.iter().enumerate() {
        sql.push(if place == 0 { " FROM (VALUES (" } else { "), (" });
        let own = columns.iter().zip(&shared).filter(|(_, shared)| shared.is_none());
        for (place, (column, _)) in own.enumerate() {
            sql.push(if place == 0 { "" } else { ", " }).bind(value(row, *column).unwrap_or(Value::Int(None)));
        }
    }
    sql.push(")) AS told");
    sql.statement(backend)
}

/// Removes every row of every table, children first.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn clear(db: &Db) -> Result<(), StoreError> {
    let tx = db.write().await?;
    for table in tables::NAMES.iter().rev() {
        tx.connection().execute_unprepared(&format!("DELETE FROM {table}")).await?;
    }
    tx.commit().await
}

/// On PostgreSQL keys given by hand do not move the sequence, so it is set past them.
pub(crate) async fn after_explicit_keys(db: &Db) -> Result<(), StoreError> {
    if db.engine() == Engine::Sqlite {
        return Ok(());
    }
    for table in tables::NAMES {
        let text = format!("SELECT setval(pg_get_serial_sequence('{table}', 'id'), (SELECT COALESCE(MAX(id), 0) + 1 FROM {table}), false)");
        db.writer().query_one_raw(Statement::from_string(db.backend(), text)).await?;
    }
    Ok(())
}

async fn execute(db: &Db, text: &str) -> Result<(), StoreError> {
    db.writer().execute_unprepared(text).await?;
    Ok(())
}

/// Some specialist with a posting and training, for the learner's demonstration account.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn any_official(db: &Db, on: domain::time::Date) -> Result<Option<domain::ids::OfficialId>, StoreError> {
    let mut sql = crate::sql::Sql::new();
    sql.push("SELECT p.official_id AS id FROM posting p WHERE p.staff = 'cong_chuc' AND p.leadership IS NULL AND p.starts_on <= ");
    sql.bind(domain::time::number(on)).push(" AND p.ends_on IS NULL AND (SELECT COUNT(*) FROM training_record t ");
    sql.push("WHERE t.official_id = p.official_id) >= 6 ORDER BY p.official_id LIMIT 1");
    Ok(sql.first(db.reader()).await?.map(|row| row.try_get("", "id")).transpose()?.map(domain::ids::OfficialId))
}
