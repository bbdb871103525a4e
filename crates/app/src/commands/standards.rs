//! Commands on standards: a file read and its mistakes explained, versions listed, a text printed.
//! Not for: publishing; that is an act of a signed-in officer.

use std::path::Path;
use std::process::ExitCode;

use serde_json::json;
use service::standards::{self, StandardLine, VersionState};

use super::schemes::explained;
use super::{When, existing, system};
use crate::cli::{Place, Print, StandardCommand};
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

pub(super) async fn run(command: StandardCommand, when: When) -> Result<ExitCode, Failure> {
    match command {
        StandardCommand::Check { file, format } => check(&file, format),
        StandardCommand::List { place, format } => list(&place, format, when).await,
        StandardCommand::Show { place, code, number } => show(&place, &code, number, when).await,
    }
}

fn check(file: &Path, format: Print) -> Result<ExitCode, Failure> {
    let text = std::fs::read_to_string(file).map_err(|e| Failure::new(format!("`{}` cannot be read", file.display()), e))?;
    match (standards::check(&text), format) {
        (Ok(standard), Print::Json) => answer(&format!("{:#}", json!({ "standard": standard.code, "faults": [] }))),
        (Ok(standard), Print::Text) => remark(&format!("{}: {} requirements; no mistakes", standard.code, standard.requirements.len())),
        (Err(faults), format) => {
            answer(&explained(&faults, file, format));
            return Ok(ExitCode::from(REFUSED));
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn list(place: &Place, format: Print, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&place.database).await?;
    let lines = standards::versions(&services, &system(when)).await?;
    if lines.is_empty() {
        remark("nothing is published; the standard that ships with the program is used");
    }
    let object = |line: &StandardLine| {
        json!({ "code": line.code, "number": line.number, "state": line.state.code(), "revision": line.revision,
                "note": line.note, "saved_by": line.saved_by, "saved_at": line.saved_at.0 })
    };
    answer(&match format {
        Print::Json => format!("{:#}", json!(lines.iter().map(object).collect::<Vec<_>>())),
        Print::Text => {
            let row = |line: &StandardLine| format!("{:<32} {:>3}  {:<10} {}", line.code, line.number, line.state.code(), line.note);
            lines.iter().map(row).collect::<Vec<_>>().join("\n")
        }
    });
    Ok(ExitCode::SUCCESS)
}

async fn show(place: &Place, code: &str, number: Option<i32>, when: When) -> Result<ExitCode, Failure> {
    let services = existing(&place.database).await?;
    let ctx = system(when);
    let in_force = standards::versions(&services, &ctx).await?.into_iter().find(|l| l.code == code && l.state == VersionState::Published);
    match number.or(in_force.map(|line| line.number)) {
        Some(number) => answer(&standards::version(&services, &ctx, code, number).await?.body),
        // While nothing is published the standard of the product holds.
        None => {
            let shelf = standards::in_force(&services, &ctx).await?;
            shelf
                .standard(code)
                .filter(|followed| followed.version.is_none())
                .ok_or_else(|| Failure::plain("no such standard is in force; see `khuevan standard list`"))?;
            answer(standards::shipped());
        }
    }
    Ok(ExitCode::SUCCESS)
}
