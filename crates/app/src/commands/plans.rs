//! `khuevan plans`: the plans of training with their sums.
//! Not for: what they would do.

use std::process::ExitCode;

use service::plans::{self, report};

use super::{When, existing, system};
use crate::cli::{Format, PlansArgs};
use crate::outcome::Failure;
use crate::screen::answer;

pub(super) async fn run(args: &PlansArgs, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&args.place.database).await?;
    let listed = plans::list(&services, &system(when), args.year).await?;
    answer(&match args.format {
        Format::Text => report::text(&listed),
        Format::Json => format!("{:#}", report::json(&listed)),
        Format::Csv => report::csv(&listed),
    });
    Ok(ExitCode::SUCCESS)
}
