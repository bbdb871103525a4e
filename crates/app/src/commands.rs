//! One function per command.
//! Not for: parsing the command line (`cli`).

mod account;
mod certificate;
mod data;
mod document;
mod eligibility;
mod export;
mod figures;
mod gaps;
mod import;
mod law;
mod notices;
mod plans;
mod programmes;
mod retention;
mod schemes;
mod serve;
mod standards;

use std::process::ExitCode;

use domain::time::{Date, Instant};
use service::{Ctx, Services};
use store::Db;

use crate::cli::{Cli, Command};
use crate::clock;
use crate::outcome::Failure;

/// When the command runs.
#[derive(Debug, Clone, Copy)]
pub(crate) struct When {
    pub(crate) now: Instant,
    pub(crate) today: Date,
    /// The day is pretended.
    pub(crate) fixed: bool,
}

impl When {
    fn of(today: Option<Date>) -> Self {
        let real = clock::now();
        match today {
            Some(today) => Self { now: domain::time::noon(today), today, fixed: true },
            None => Self { now: real, today: domain::time::day_of(real), fixed: false },
        }
    }
}

pub(crate) async fn run(cli: Cli) -> Result<ExitCode, Failure> {
    let when = When::of(cli.today);
    match cli.command {
        Command::Serve(args) => serve::serve(args, when).await,
        Command::Migrate(place) => data::migrate(&place).await,
        Command::Backup { place, out } => data::backup(&place, &out).await,
        Command::Restore { place, from } => data::restore(&place, &from).await,
        Command::Generate { place, people, seed } => data::generate(&place, people, seed, when).await,
        Command::Progress(args) => figures::progress(args, when).await,
        Command::Gaps(args) => Box::pin(gaps::run(args, when)).await,
        Command::Eligibility(args) => eligibility::run(args, when).await,
        Command::Document(args) => Box::pin(document::run(&args, when)).await,
        Command::Plans(args) => plans::run(&args, when).await,
        Command::Programmes(args) => programmes::run(&args, when).await,
        Command::Statistics(args) => figures::statistics(args, when).await,
        Command::Schemes(crate::cli::Schemes::Quality { format, all }) => schemes::quality(format, all, when),
        Command::Standard(command) => standards::run(command, when).await,
        Command::Scheme(crate::cli::SchemeCommand::Check { file, format }) => schemes::check(&file, format),
        Command::Certificate(command) => certificate::run(command, when).await,
        Command::Retention { place, dry_run } => retention::run(&place, dry_run, when).await,
        Command::Account(command) => account::run(command, when).await,
        Command::Notices(command) => Box::pin(notices::run(command, when)).await,
        Command::Export(command) => export::run(command, when).await,
        Command::Import(command) => import::run(command, when).await,
        Command::Law(command) => law::law(&command),
    }
}

/// Services over a database that must exist already: a question never creates a file.
async fn existing(address: &str) -> Result<Services, Failure> {
    if let Some(path) = address.strip_prefix("sqlite:").map(|p| p.trim_start_matches("//"))
        && !std::path::Path::new(path).exists()
    {
        return Err(Failure::plain(format!(
            "there is no database at `{path}`; create one with `khuevan generate` or `khuevan serve --demo`"
        )));
    }
    Ok(Services::new(Db::open(address).await?))
}

/// The terminal itself; each run is an act of its own, which can be taken back.
fn system(when: When) -> Ctx {
    Ctx { operation: format!("terminal-{}", when.now.0), ..Ctx::system(when.now, when.today) }
}
