//! The binary `khuevan`: reads the command line, opens the database, calls the same acts as the web page.
//! Not for: business; an answer goes to standard output, everything said about it to standard error.

mod cli;
mod clock;
mod commands;
mod outcome;
mod post;
mod screen;

use std::process::ExitCode;

use clap::Parser;

use crate::cli::Cli;
use crate::outcome::Failure;

/// A page is thousands of short texts; this allocator serves them in less time than the system's, measured with `cargo xtask bench`.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    let cli = Cli::parse();
    start_log(&cli);
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => return outcome::report(&Failure::new("the runtime cannot start", error)),
    };
    match runtime.block_on(commands::run(cli)) {
        Ok(code) => code,
        Err(failure) => outcome::report(&failure),
    }
}

fn start_log(cli: &Cli) {
    let default = if cli.is_server() { "info,sqlx=warn,sea_orm=warn" } else { "warn,sqlx=error" };
    let filter = tracing_subscriber::EnvFilter::try_from_env("KHUEVAN_LOG").unwrap_or_else(|_| default.into());
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).with_target(false).init();
}
