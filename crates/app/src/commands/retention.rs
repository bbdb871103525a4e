//! `khuevan retention`: tells which records and imported files are past their time, takes the names away and drops the files.
//! Not for: the rules (`law`).

use std::process::ExitCode;

use domain::time::iso;
use service::registry::{self, Kept};

use super::{When, existing, system};
use crate::cli::Place;
use crate::outcome::Failure;
use crate::screen::{answer, progress, remark};

pub(super) async fn run(place: &Place, dry_run: bool, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&place.database).await?;
    let ctx = system(when);
    let review = registry::review(&services, &ctx).await?;
    for rule in &review.rules {
        let what = match rule.kept {
            Kept::AfterLeaving => "left",
            Kept::AfterDeath => "died",
            Kept::ImportedFiles => "imported files taken in",
        };
        let doubt = if rule.is_unverified { ", not checked against the signed text" } else { "" };
        remark(&format!("{what} on or before {}: {} years, {}{doubt}", iso(rule.last), rule.years, rule.cited.en));
    }
    for line in &review.due {
        answer(&format!("{} {} {}", line.year, if line.died { "died" } else { "left" }, line.people));
    }
    let files = review.files.files;
    if dry_run {
        remark(&format!("{} records would lose their names, {files} imported files would go; nothing was changed", review.people()));
        return Ok(ExitCode::SUCCESS);
    }
    let all = review.people();
    let done = registry::take_due_names(&services, &ctx, &mut |done| progress(&format!("{done} of {all} records"), done >= all)).await?;
    let dropped = registry::drop_due_files(&services, &ctx).await?;
    remark(&format!("{done} records lost their names, {dropped} imported files went"));
    Ok(ExitCode::SUCCESS)
}
