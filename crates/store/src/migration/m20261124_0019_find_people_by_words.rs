//! Words of names and staff codes beside each person, so that a rare word among millions of names is found at once; and indexes for the
//! few people who hold a rare degree or certificate, belong to a small ethnic group or are of a rare age.
//!
//! The engine itself keeps the words true (`docs/adr/0021`): every way of writing an official passes its triggers.

use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

#[derive(DeriveMigrationName)]
pub(super) struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    fn use_transaction(&self) -> Option<bool> {
        super::ALL_OR_NOTHING
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let connection = manager.get_connection();
        let of_engine = if manager.get_database_backend() == DbBackend::Sqlite { SQLITE } else { POSTGRES };
        for text in of_engine.iter().chain(INDEXES) {
            connection.execute_unprepared(text).await?;
        }
        Ok(())
    }
}

/// `folded` has single blanks, so that cutting at them gives words; as JSON texts they can be cut without a recursion.
const SQLITE: &[&str] = &[
    "CREATE TABLE official_word (word BLOB NOT NULL, official_id INTEGER NOT NULL, PRIMARY KEY (word, official_id)) WITHOUT ROWID",
    "CREATE TRIGGER tr_official_word_insert AFTER INSERT ON official BEGIN \
       INSERT OR IGNORE INTO official_word SELECT CAST(w.value AS BLOB), new.id \
       FROM json_each('[' || replace(json_quote(new.folded || ' ' || lower(new.code)), ' ', '\",\"') || ']') w; END",
    "CREATE TRIGGER tr_official_word_update AFTER UPDATE OF id, folded, code ON official \
     WHEN old.id <> new.id OR old.folded <> new.folded OR old.code <> new.code BEGIN \
       DELETE FROM official_word WHERE official_id = old.id AND word IN (SELECT CAST(w.value AS BLOB) \
       FROM json_each('[' || replace(json_quote(old.folded || ' ' || lower(old.code)), ' ', '\",\"') || ']') w); \
       INSERT OR IGNORE INTO official_word SELECT CAST(w.value AS BLOB), new.id \
       FROM json_each('[' || replace(json_quote(new.folded || ' ' || lower(new.code)), ' ', '\",\"') || ']') w; END",
    "CREATE TRIGGER tr_official_word_delete AFTER DELETE ON official BEGIN \
       DELETE FROM official_word WHERE official_id = old.id AND word IN (SELECT CAST(w.value AS BLOB) \
       FROM json_each('[' || replace(json_quote(old.folded || ' ' || lower(old.code)), ' ', '\",\"') || ']') w); END",
    "INSERT OR IGNORE INTO official_word SELECT CAST(w.value AS BLOB), o.id FROM official o, \
     json_each('[' || replace(json_quote(o.folded || ' ' || lower(o.code)), ' ', '\",\"') || ']') w",
];

const POSTGRES: &[&str] = &[
    "CREATE TABLE official_word (word BYTEA NOT NULL, official_id BIGINT NOT NULL, PRIMARY KEY (word, official_id))",
    "CREATE FUNCTION official_words() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
       IF TG_OP <> 'INSERT' THEN \
         DELETE FROM official_word WHERE official_id = OLD.id AND word IN \
         (SELECT convert_to(w, 'UTF8') FROM unnest(string_to_array(OLD.folded || ' ' || lower(OLD.code), ' ')) w); \
       END IF; \
       IF TG_OP <> 'DELETE' THEN \
         INSERT INTO official_word SELECT DISTINCT convert_to(w, 'UTF8'), NEW.id \
         FROM unnest(string_to_array(NEW.folded || ' ' || lower(NEW.code), ' ')) w; \
       END IF; \
       RETURN NULL; END $$",
    "CREATE TRIGGER tr_official_word_insert AFTER INSERT ON official FOR EACH ROW EXECUTE FUNCTION official_words()",
    "CREATE TRIGGER tr_official_word_delete AFTER DELETE ON official FOR EACH ROW EXECUTE FUNCTION official_words()",
    "CREATE TRIGGER tr_official_word_update AFTER UPDATE OF id, folded, code ON official FOR EACH ROW \
     WHEN (OLD.id <> NEW.id OR OLD.folded <> NEW.folded OR OLD.code <> NEW.code) EXECUTE FUNCTION official_words()",
    "INSERT INTO official_word SELECT DISTINCT convert_to(w, 'UTF8'), o.id \
     FROM official o, unnest(string_to_array(o.folded || ' ' || lower(o.code), ' ')) w",
];

const INDEXES: &[&str] = &[
    "CREATE INDEX ix_qualification_degree ON qualification (degree, official_id) WHERE degree IS NOT NULL",
    "CREATE INDEX ix_qualification_grade ON qualification (kind, grade, official_id) WHERE grade IS NOT NULL",
    "CREATE INDEX ix_official_ethnicity ON official (ethnicity)",
    "CREATE INDEX ix_official_birth_on ON official (birth_on)",
];
