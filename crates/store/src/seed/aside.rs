//! Setting indexes, the words of names (and on PostgreSQL references) aside while a province is loaded, and building or checking each in one go afterwards:
//! half the time for 60,000 people, and the only way for millions. What was set aside is noted in the database itself, so a load that
//! breaks off loses nothing.
//! Not for: unique indexes, which guard the rows while they come in.

use sea_orm::ConnectionTrait;

use crate::db::{Db, Engine, StoreError};
use crate::sql::Sql;
use crate::write;

/// The setting that holds the statements that put things back, a line each.
const ASIDE: &str = "province.aside";

/// Per engine: what is set aside of the tables with many rows, each with the statement that removes it and the one that puts it back,
/// which does no harm when it is there already.
const SQLITE: &str = "SELECT 'DROP INDEX ' || name AS away, replace(sql, 'CREATE INDEX ', 'CREATE INDEX IF NOT EXISTS ') AS back \
    FROM sqlite_master WHERE type = 'index' AND sql LIKE 'CREATE INDEX %' \
    AND tbl_name IN ('official', 'posting', 'qualification', 'training_record', 'follow_up', 'rating') \
    UNION ALL SELECT 'DROP TRIGGER ' || name, replace(sql, 'CREATE TRIGGER ', 'CREATE TRIGGER IF NOT EXISTS ') \
    FROM sqlite_master WHERE name = 'tr_official_word_insert' ORDER BY 1";
const POSTGRES: &str = "WITH large AS (SELECT oid, relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace \
    AND relname IN ('official', 'posting', 'qualification', 'training_record', 'follow_up', 'rating')) \
    SELECT 'DROP INDEX ' || indexname AS away, replace(indexdef, 'CREATE INDEX ', 'CREATE INDEX IF NOT EXISTS ') AS back \
    FROM pg_indexes JOIN large ON large.relname = tablename WHERE schemaname = current_schema() AND indexdef LIKE 'CREATE INDEX %' \
    UNION ALL SELECT format('ALTER TABLE %I DROP CONSTRAINT %I', relname, conname), \
    format('ALTER TABLE %1$I DROP CONSTRAINT IF EXISTS %2$I, ADD CONSTRAINT %2$I %3$s', relname, conname, pg_get_constraintdef(c.oid)) \
    FROM pg_constraint c JOIN large ON large.oid = c.conrelid WHERE c.contype = 'f' \
    UNION ALL SELECT 'ALTER TABLE official DISABLE TRIGGER tr_official_word_insert', \
    'ALTER TABLE official ENABLE TRIGGER tr_official_word_insert'";

/// What the trigger that is set aside would have done, in order of the words.
const SQLITE_WORDS: &str = "INSERT OR IGNORE INTO official_word SELECT CAST(w.value AS BLOB), o.id FROM official o, \
    json_each('[' || replace(json_quote(o.folded || ' ' || lower(o.code)), ' ', '\",\"') || ']') w ORDER BY 1, 2";
const POSTGRES_WORDS: &str = "INSERT INTO official_word SELECT DISTINCT convert_to(w, 'UTF8'), o.id FROM official o, \
    unnest(string_to_array(o.folded || ' ' || lower(o.code), ' ')) w ORDER BY 1, 2 ON CONFLICT DO NOTHING";

/// Notes what is set aside and removes it; on SQLite the writer gets a larger cache until [`put_back`].
pub(super) async fn set_aside(db: &Db) -> Result<(), StoreError> {
    let mut sql = Sql::new();
    let (listed, words) = if db.engine() == Engine::Sqlite { (SQLITE, SQLITE_WORDS) } else { (POSTGRES, POSTGRES_WORDS) };
    sql.push(listed);
    let (mut away, mut back) = (Vec::<String>::new(), vec![words.to_owned()]);
    for row in sql.all(db.writer()).await? {
        away.push(row.try_get("", "away")?);
        back.push(row.try_get::<String>("", "back")?.split_whitespace().collect::<Vec<_>>().join(" "));
    }
    write::set_setting(db, ASIDE, &back.join("\n")).await?;
    for text in away {
        db.writer().execute_unprepared(&text).await?;
    }
    tune(db, "PRAGMA cache_size = -65536").await
}

/// Puts back what was set aside, one after the other; what is there already stays.
pub(super) async fn put_back(db: &Db) -> Result<(), StoreError> {
    let Some(back) = crate::read::accounts::setting(db, ASIDE).await? else { return Ok(()) };
    // Sorting millions of rows belongs on disk, not in memory.
    tune(db, "PRAGMA temp_store = file").await?;
    for text in back.lines() {
        let tx = db.write().await?;
        if db.engine() == Engine::Postgres {
            tx.connection().execute_unprepared("SET LOCAL maintenance_work_mem = '256MB'").await?;
        }
        tx.connection().execute_unprepared(text).await?;
        tx.commit().await?;
    }
    let mut sql = Sql::new();
    sql.push("DELETE FROM setting WHERE key = ").bind(ASIDE);
    sql.run(db.writer()).await?;
    tune(db, "PRAGMA temp_store = memory").await?;
    tune(db, "PRAGMA cache_size = -16384").await
}

/// A pragma of the writer; other engines have none.
async fn tune(db: &Db, pragma: &str) -> Result<(), StoreError> {
    if db.engine() == Engine::Sqlite {
        db.writer().execute_unprepared(pragma).await?;
    }
    Ok(())
}
