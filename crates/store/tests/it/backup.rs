//! A backup restores to the same rows on either engine, and a damaged one is refused before anything is written.

use store::seed::Loader;
use store::{BackupError, Db, backup, restore};
use testkit::databases::{Folder, each, sqlite};
use testkit::little;

async fn filled(db: &Db) {
    let world = little::province(7);
    let mut loader = Loader::begin(db, &world.frame).await.unwrap();
    loader.add(db, &world.batch).await.unwrap();
    loader.finish(db).await.unwrap();
}

#[tokio::test]
async fn a_backup_of_any_engine_restores_into_any_engine() {
    let folder = Folder::new();
    for (n, source) in each().await.into_iter().enumerate() {
        filled(&source.db).await;
        let file = folder.path().join(format!("{n}.backup"));
        let held = backup(&source.db, &file).await.unwrap();
        assert!(held.rows > 40);
        for (m, target) in each().await.into_iter().enumerate() {
            assert_eq!(restore(&target.db, &file).await.unwrap(), held);
            let again = folder.path().join(format!("{n}-{m}.backup"));
            backup(&target.db, &again).await.unwrap();
            assert_eq!(std::fs::read(&again).unwrap(), std::fs::read(&file).unwrap(), "the second backup is the first, byte by byte");
            assert!(matches!(restore(&target.db, &file).await, Err(BackupError::NotEmpty)));
        }
    }
}

#[tokio::test]
async fn a_damaged_backup_is_refused_and_nothing_is_written() {
    let (source, target, folder) = (sqlite().await, sqlite().await, Folder::new());
    filled(&source.db).await;
    let file = folder.path().join("good.backup");
    backup(&source.db, &file).await.unwrap();
    let good = std::fs::read(&file).unwrap();
    let mut flipped = good.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 0x40;
    for bad in [&good[..good.len() / 2], &flipped, b"not a backup at all"] {
        let path = folder.path().join("bad.backup");
        std::fs::write(&path, bad).unwrap();
        assert!(matches!(restore(&target.db, &path).await, Err(BackupError::Broken { .. })));
    }
    let empty = folder.path().join("empty.backup");
    assert_eq!(backup(&target.db, &empty).await.unwrap().rows, 0);
}
