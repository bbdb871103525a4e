//! A load sets indexes and references aside and puts them back; none is ever lost, not even by a load that broke off.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Database, DbBackend, Statement};
use store::seed::Loader;
use testkit::databases::{Fresh, each};
use testkit::little;

async fn guards(fresh: &Fresh) -> BTreeSet<(String, String)> {
    let connection = Database::connect(fresh.address.replacen("sqlite:", "sqlite://", 1)).await.unwrap();
    let backend = connection.get_database_backend();
    let text = match backend {
        DbBackend::Sqlite => "SELECT name, sql AS text FROM sqlite_master WHERE type IN ('index', 'trigger') AND sql IS NOT NULL",
        _ => {
            "SELECT indexname AS name, indexdef AS text FROM pg_indexes WHERE schemaname = current_schema() UNION ALL \
             SELECT conname::text, conrelid::regclass || ' ' || pg_get_constraintdef(oid) FROM pg_constraint WHERE contype = 'f' UNION ALL \
             SELECT tgname::text, tgrelid::regclass || ' trigger' FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'O'"
        }
    };
    let rows = connection.query_all_raw(Statement::from_string(backend, text)).await.unwrap();
    // The engine keeps the words of the statement, and "if not exists" says nothing of the index.
    let words = |text: String| text.replace("IF NOT EXISTS ", "").split_whitespace().collect::<Vec<_>>().join(" ");
    rows.iter().map(|row| (row.try_get("", "name").unwrap(), words(row.try_get("", "text").unwrap()))).collect()
}

#[tokio::test]
async fn what_slows_a_load_is_away_during_it_and_back_after_it() {
    for fresh in each().await {
        let migrated = guards(&fresh).await;
        let world = little::province(7);
        let mut broken = Loader::begin(&fresh.db, &world.frame).await.unwrap();
        broken.add(&fresh.db, &world.batch).await.unwrap();
        drop(broken);
        let during = guards(&fresh).await;
        assert!(during.len() < migrated.len() && during.is_subset(&migrated));
        let mut second = Loader::begin(&fresh.db, &world.frame).await.unwrap();
        second.add(&fresh.db, &world.batch).await.unwrap();
        assert_eq!(guards(&fresh).await, during);
        second.finish(&fresh.db).await.unwrap();
        assert_eq!(guards(&fresh).await, migrated);
    }
}
