//! `khuevan export`: a unit's register, or a blank form, as a file that `khuevan import` reads again.
//! Not for: what stands in them (`service::takeout`).

use std::path::Path;
use std::process::ExitCode;

use domain::time::iso;
use service::ActError;
use service::intake::Tells;
use service::registry::{self, ListRefusal};
use service::takeout::{self, RegisterAsk, Shape};

use super::{When, existing, system};
use crate::cli::{ExportArgs, ExportCommand, ExportShape};
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

pub(super) async fn run(command: ExportCommand, when: When) -> Result<ExitCode, Failure> {
    let args = match command {
        ExportCommand::Officials(args) => args,
        ExportCommand::Training { file, place } => {
            let services = existing(&place.database).await?;
            let form = takeout::template(&services, &system(when), Tells::Training, None, &web::takeout::words).await?;
            return saved(&file, &form);
        }
    };
    let services = existing(&args.place.database).await?;
    let ctx = system(when);
    let bytes = if args.template {
        takeout::template(&services, &ctx, Tells::Officials, args.unit.as_deref(), &web::takeout::words).await?
    } else {
        match register(&services, &ctx, &args).await? {
            Ok(register) => {
                remark(&format!("{} people", register.people));
                register.bytes
            }
            Err(why) => {
                remark(&why);
                return Ok(ExitCode::from(REFUSED));
            }
        }
    };
    saved(&args.file, &bytes)
}

fn saved(file: &Path, bytes: &[u8]) -> Result<ExitCode, Failure> {
    std::fs::write(file, bytes).map_err(|e| Failure::new(format!("`{}` cannot be written", file.display()), e))?;
    answer(&file.display().to_string());
    Ok(ExitCode::SUCCESS)
}

async fn register(
    services: &service::Services,
    ctx: &service::Ctx,
    args: &ExportArgs,
) -> Result<Result<takeout::Register, String>, Failure> {
    let on = args.as_of.unwrap_or(ctx.today);
    let unit = match &args.unit {
        Some(code) => registry::unit(services, ctx, code, on).await?,
        None => registry::home_unit(services, ctx, on).await?,
    };
    let ask = RegisterAsk {
        unit: unit.unit.code.clone(),
        on,
        masked: !args.leave_out_masked,
        shape: shape(args),
        purpose: args.reason.clone(),
        lines: web::takeout::register_lines(&unit.unit.name, on, ctx.now),
    };
    match takeout::register(services, ctx, &ask, &web::takeout::words).await {
        Ok(register) => Ok(Ok(register)),
        Err(ActError::Refused(ListRefusal::NoPurpose)) => Ok(Err("--reason must say what it is for".to_owned())),
        Err(ActError::Refused(ListRefusal::TooMany(people))) => {
            Ok(Err(format!("{people} people are more than a file may hold; name a unit with --unit")))
        }
        Err(ActError::NotFound) => Err(Failure::plain(format!("there is no unit `{}` on {}", ask.unit, iso(on)))),
        Err(ActError::Internal(error)) => Err(Failure::new("the file was not made", error)),
        Err(other) => Err(Failure::plain(other.to_string())),
    }
}

/// What is asked for, else what the name of the file says.
fn shape(args: &ExportArgs) -> Shape {
    let is_csv = args.file.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("csv"));
    match args.format {
        Some(ExportShape::Csv) => Shape::Csv,
        None if is_csv => Shape::Csv,
        Some(ExportShape::Xlsx) | None => Shape::Xlsx,
    }
}
