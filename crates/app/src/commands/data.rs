//! Commands on a database as a whole: migrate, backup, restore, generate.
//! Not for: questions.

use std::path::Path;
use std::process::ExitCode;

use service::demo::{self, Stage};
use store::Db;
use synthetic::Options;

use super::When;
use crate::cli::Place;
use crate::outcome::Failure;
use crate::screen::{progress, remark};

pub(super) async fn migrate(place: &Place) -> Result<ExitCode, Failure> {
    make_room(&place.database)?;
    let db = Db::open(&place.database).await?;
    remark(&format!("schema up to date: {}", Db::known_changes().last().cloned().unwrap_or_default()));
    db.close().await?;
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn backup(place: &Place, out: &Path) -> Result<ExitCode, Failure> {
    let services = super::existing(&place.database).await?;
    let held = store::backup(&services.db, out).await?;
    remark(&format!("{} rows written to {} and read again", held.rows, out.display()));
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn restore(place: &Place, from: &Path) -> Result<ExitCode, Failure> {
    make_room(&place.database)?;
    let db = Db::open(&place.database).await?;
    let held = store::restore(&db, from).await?;
    db.close().await?;
    remark(&format!("{} rows restored from {}", held.rows, from.display()));
    Ok(ExitCode::SUCCESS)
}

pub(super) async fn generate(place: &Place, people: u32, seed: u64, when: When) -> Result<ExitCode, Failure> {
    make_room(&place.database)?;
    let db = Db::open(&place.database).await?;
    fill(&db, Options { people, seed, today: when.today }, when).await?;
    db.close().await?;
    Ok(ExitCode::SUCCESS)
}

/// Fills an empty database and shows how far it is.
pub(super) async fn fill(db: &Db, options: Options, when: When) -> Result<(), Failure> {
    let mut report = |stage: Stage| match stage {
        Stage::Schemes(count) => progress(&format!("{count} schemes"), true),
        Stage::People(done, all) => progress(&format!("{done} of {all} people"), done >= all),
        Stage::Accounts(count) => progress(&format!("{count} demo accounts"), true),
    };
    demo::generate(db, options, when.now, &mut report).await?;
    Ok(())
}

/// Creates the folder of an embedded database.
pub(super) fn make_room(address: &str) -> Result<(), Failure> {
    let Some(path) = address.strip_prefix("sqlite:").map(|p| p.trim_start_matches("//")) else { return Ok(()) };
    let Some(folder) = Path::new(path).parent().filter(|f| !f.as_os_str().is_empty()) else { return Ok(()) };
    std::fs::create_dir_all(folder)
        .map_err(|e| Failure::new(format!("the folder `{}` cannot be created; check the path and the rights", folder.display()), e))
}
