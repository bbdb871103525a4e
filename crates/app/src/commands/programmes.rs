//! `khuevan programmes`: the catalogue of programmes.
//! Not for: their texts.

use std::process::ExitCode;

use service::gaps::report;
use service::programmes::{self, Ask};

use super::{When, existing, system};
use crate::cli::{Format, ProgrammesArgs};
use crate::outcome::Failure;
use crate::screen::answer;

/// Most lines printed.
const MOST: u32 = 100_000;

pub(super) async fn run(args: &ProgrammesArgs, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&args.place.database).await?;
    let ask = Ask { folded: domain::text::fold(&args.find), ..Ask::default() };
    let found = programmes::catalogue(&services, &system(when), &ask, "", MOST).await?;
    let lines = report::programmes(&found.lines);
    answer(&match args.format {
        Format::Text => lines.text(),
        Format::Json => format!("{:#}", lines.json()),
        Format::Csv => lines.csv(),
    });
    Ok(ExitCode::SUCCESS)
}
