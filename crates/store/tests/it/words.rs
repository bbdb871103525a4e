//! The words beside the officials are those of their names and codes, whichever way an official is written.
//! Not for: finding people by them; the lists of `service` are checked against brute force.

use std::collections::BTreeSet;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, QueryResult, Statement};
use store::seed::Loader;
use testkit::databases::{Folder, Fresh, each};
use testkit::little::{self, Little};

async fn filled(fresh: &Fresh) -> (Little, DatabaseConnection) {
    let world = little::province(7);
    let mut loader = Loader::begin(&fresh.db, &world.frame).await.unwrap();
    loader.add(&fresh.db, &world.batch).await.unwrap();
    loader.finish(&fresh.db).await.unwrap();
    (world, connection(fresh).await)
}

async fn connection(fresh: &Fresh) -> DatabaseConnection {
    Database::connect(fresh.address.replacen("sqlite:", "sqlite://", 1)).await.unwrap()
}

async fn rows(on: &DatabaseConnection, text: &str) -> Vec<QueryResult> {
    on.query_all_raw(Statement::from_string(on.get_database_backend(), text)).await.unwrap()
}

/// How many words there are; they are the right ones.
async fn right(on: &DatabaseConnection) -> usize {
    let mut expected = BTreeSet::new();
    for row in rows(on, "SELECT id, folded, code FROM official").await {
        let id: i64 = row.try_get("", "id").unwrap();
        let (folded, code): (String, String) = (row.try_get("", "folded").unwrap(), row.try_get("", "code").unwrap());
        let whole = format!("{folded} {}", code.to_ascii_lowercase());
        expected.extend(whole.split(' ').map(|word| (word.as_bytes().to_vec(), id)));
    }
    let kept = rows(on, "SELECT word, official_id FROM official_word").await;
    let word = |row: &QueryResult| (row.try_get("", "word").unwrap(), row.try_get("", "official_id").unwrap());
    assert_eq!(kept.iter().map(word).collect::<BTreeSet<(Vec<u8>, i64)>>(), expected);
    kept.len()
}

#[tokio::test]
async fn words_follow_names_and_codes() {
    for fresh in each().await {
        let (world, on) = filled(&fresh).await;
        let (people, first) = (world.batch.officials.len(), world.batch.officials[0].id);
        assert!(right(&on).await >= 3 * people);
        for text in [
            format!("UPDATE official SET folded = 'h''hen \"nie\" \\ ksor ksor, [b]' WHERE id = {first}"),
            format!("UPDATE official SET code = 'ZZ-9 9' WHERE id = {first}"),
            "UPDATE official SET folded = 'mot ten', code = 'AN-' || CAST(id AS text)".to_owned(),
            "INSERT INTO official (id, code, name, folded, sort_key, birth_on, sex, ethnicity, revision) \
             SELECT 999999, 'Moi1', name, 'ba chu khac', sort_key, birth_on, sex, ethnicity, 1 FROM official ORDER BY id LIMIT 1"
                .to_owned(),
        ] {
            on.execute_unprepared(&text).await.unwrap();
            right(&on).await;
        }
        assert_eq!(right(&on).await, 3 * people + 4);
        on.execute_unprepared("DELETE FROM official WHERE id = 999999").await.unwrap();
        assert_eq!(right(&on).await, 3 * people);
    }
}

#[tokio::test]
async fn words_are_made_anew_by_a_restore() {
    let folder = Folder::new();
    for (n, source) in each().await.into_iter().enumerate() {
        let (_, on) = filled(&source).await;
        let file = folder.path().join(format!("{n}.backup"));
        store::backup(&source.db, &file).await.unwrap();
        for target in each().await {
            store::restore(&target.db, &file).await.unwrap();
            assert_eq!(right(&connection(&target).await).await, right(&on).await);
        }
    }
}
