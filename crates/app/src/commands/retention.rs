//! `khuevan retention`: tells which records are past their time, and takes their names away.
//! Not for: the rules (`law`).

use std::process::ExitCode;

use domain::time::iso;
use service::registry;

use super::{When, existing, system};
use crate::cli::Place;
use crate::outcome::Failure;
use crate::screen::{answer, progress, remark};

pub(super) async fn run(place: &Place, dry_run: bool, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&place.database).await?;
    let ctx = system(when);
    let review = registry::review(&services, &ctx).await?;
    for rule in &review.rules {
        let what = if rule.died { "died" } else { "left" };
        let doubt = if rule.is_unverified { ", not checked against the signed text" } else { "" };
        remark(&format!("{what} on or before {}: {} years, {}{doubt}", iso(rule.last), rule.years, rule.cited.en));
    }
    for line in &review.due {
        answer(&format!("{} {} {}", line.year, if line.died { "died" } else { "left" }, line.people));
    }
    if dry_run {
        remark(&format!("{} records would lose their names; nothing was changed", review.people()));
        return Ok(ExitCode::SUCCESS);
    }
    let all = review.people();
    let done = registry::take_due_names(&services, &ctx, &mut |done| progress(&format!("{done} of {all} records"), done >= all)).await?;
    remark(&format!("{done} records lost their names"));
    Ok(ExitCode::SUCCESS)
}
