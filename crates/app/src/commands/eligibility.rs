//! `khuevan eligibility`: who may be sent to a class and why not, by the law of a day.
//! Not for: judging.

use std::process::ExitCode;

use service::nominations::{self, report};

use super::{When, existing, system};
use crate::cli::{EligibilityArgs, Format};
use crate::outcome::Failure;
use crate::screen::{answer, remark};

pub(super) async fn run(args: EligibilityArgs, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&args.place.database).await?;
    let on = args.as_of.unwrap_or(when.today);
    let (class, of_class, assessed) = nominations::assess_place(&services, &system(when), &args.class, args.unit.as_deref(), on).await?;
    for because in &of_class {
        remark(&format!("{}: {}", class.code, because.code()));
    }
    let lines = report::eligibility(&assessed)?;
    answer(&match args.format {
        Format::Text => lines.text(),
        Format::Json => format!("{:#}", lines.json()),
        Format::Csv => lines.csv(),
    });
    Ok(ExitCode::SUCCESS)
}
