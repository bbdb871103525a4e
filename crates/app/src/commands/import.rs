//! `khuevan import officials` and `training`: the same acts as the page, with progress on standard error and the report on standard output.
//! Not for: what a file means (`service::intake`).

use std::path::Path;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use domain::time::iso;
use serde_json::json;
use service::intake::{self, CarryRefusal, Chosen, MarkWords, Mode, Policy, RehearseRefusal, Report, Taking, Watch};
use service::{ActError, Ctx, Services};

use super::{When, existing, system};
use crate::cli::{ImportArgs, ImportCommand, ImportMode, Print};
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, progress, remark};

/// Faults that are printed one by one; the marked file has all.
const PRINTED: usize = 50;

pub(super) async fn run(command: ImportCommand, when: When) -> Result<ExitCode, Failure> {
    let (args, taking) = match command {
        ImportCommand::Officials(args) => {
            let taking = Taking::Officials(match args.mode {
                ImportMode::Everything => Mode::Everything,
                ImportMode::Changes => Mode::Changes,
            });
            (args, taking)
        }
        ImportCommand::Training { args, institute } => (args, Taking::Training { by_institute: institute }),
    };
    let services = existing(&args.place.database).await?;
    let ctx = system(when);
    let batch = take(&services, &ctx, &args, taking).await?;
    let ended = work(&services, &ctx, &args, batch).await;
    // A dry run, and a file that was refused, leave nothing behind.
    if !matches!(ended, Ok(Ended::Carried(_))) {
        let _: Result<(), ActError> = intake::forget(&services, &ctx, batch).await;
    }
    match ended? {
        Ended::Carried(report) => Ok(told(&report, &args, "carried")),
        Ended::Compared(report) => {
            let code = told(&report, &args, "compared");
            Ok(if report.counts.faulty > 0 { ExitCode::from(REFUSED) } else { code })
        }
        Ended::Refused(why) => {
            remark(&why);
            Ok(ExitCode::from(REFUSED))
        }
    }
}

enum Ended {
    Carried(Box<Report>),
    Compared(Box<Report>),
    Refused(String),
}

async fn take(services: &Services, ctx: &Ctx, args: &ImportArgs, taking: Taking) -> Result<i64, Failure> {
    let bytes = std::fs::read(&args.file).map_err(|e| Failure::new(format!("`{}` cannot be read", args.file.display()), e))?;
    let name = args.file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let as_of = args.as_of.unwrap_or(ctx.today);
    let unit = match &args.unit {
        Some(code) => code.clone(),
        None => service::registry::home_unit(services, ctx, as_of).await?.unit.code.clone(),
    };
    let batch = intake::take(services, ctx, &unit, (&name, &bytes), as_of, taking).await.map_err(|error| match error {
        ActError::Refused(intake::TakeRefusal::Empty) => Failure::plain(format!("`{name}` is empty")),
        ActError::Refused(intake::TakeRefusal::TooLarge) => Failure::plain(format!("`{name}` is larger than {} bytes", intake::MOST_BYTES)),
        ActError::Refused(intake::TakeRefusal::NoSuchUnit) => Failure::plain(format!("there is no unit `{unit}` on {}", iso(as_of))),
        other => Failure::plain(other.to_string()),
    })?;
    choose(services, ctx, args, batch).await?;
    Ok(batch)
}

/// What the command line says of sheets, columns and stand-ins.
async fn choose(services: &Services, ctx: &Ctx, args: &ImportArgs, batch: i64) -> Result<(), Failure> {
    let known = intake::batch(services, ctx, batch).await?;
    let mut settings = known.settings.clone();
    (settings.sheet, settings.mapping) = (args.sheet.clone(), args.mapping.clone());
    for pair in &args.column {
        let (letters, field) =
            pair.split_once('=').ok_or_else(|| Failure::plain(format!("`{pair}`: write LETTERS=FIELD, such as C=birth")))?;
        let place = place(letters).ok_or_else(|| Failure::plain(format!("`{letters}` is no column; write letters, such as C")))?;
        let fields: Vec<&str> = intake::field_codes(settings.tells).collect();
        if !field.is_empty() && !fields.contains(&field) {
            return Err(Failure::plain(format!("there is no field `{field}`; there are {}", fields.join(", "))));
        }
        settings.columns.insert(place, Chosen { field: Some(field.to_owned()).filter(|f| !f.is_empty()), choice: None });
    }
    for pair in &args.default {
        let (field, value) =
            pair.split_once('=').ok_or_else(|| Failure::plain(format!("`{pair}`: write FIELD=VALUE, such as staff=cong_chuc")))?;
        settings.defaults.insert(field.to_owned(), value.to_owned());
    }
    Ok(intake::choose(services, ctx, batch, known.line.revision, &settings).await?)
}

/// `A` is 0, `AA` is 26.
fn place(letters: &str) -> Option<u16> {
    let digit =
        |letter: char| letter.is_ascii_alphabetic().then(|| u16::try_from(u32::from(letter.to_ascii_uppercase()) - 64).ok()).flatten();
    let number = letters.chars().try_fold(0_u16, |number, letter| number.checked_mul(26)?.checked_add(digit(letter)?))?;
    number.checked_sub(1)
}

async fn work(services: &Services, ctx: &Ctx, args: &ImportArgs, batch: i64) -> Result<Ended, Failure> {
    let policy = if args.valid_rows { Policy::ValidRows } else { Policy::AllOrNothing };
    if !args.dry_run && args.marked.is_none() {
        let brought = watched(|watch| async move { intake::bring_in(services, ctx, batch, policy, &args.reason, &watch).await }).await;
        return ended(
            brought.map(|(report, why)| if why.is_none() { Ended::Carried(report.into()) } else { Ended::Compared(report.into()) }),
        );
    }
    let report = match watched(|watch| async move { intake::rehearse(services, ctx, batch, &watch).await }).await {
        Ok(report) => report,
        Err(ActError::Refused(refusal)) => return Ok(Ended::Refused(unread(&refusal))),
        Err(other) => return Err(Failure::plain(other.to_string())),
    };
    mark(services, ctx, args, batch).await?;
    if args.dry_run || (report.counts.faulty > 0 && !args.valid_rows) || report.counts.new + report.counts.changed == 0 {
        return Ok(Ended::Compared(Box::new(report)));
    }
    let carried = watched(|watch| async move { intake::carry(services, ctx, batch, policy, &args.reason, &watch).await }).await;
    ended(carried.map(|report| Ended::Carried(report.into())))
}

fn ended(carried: Result<Ended, ActError<CarryRefusal>>) -> Result<Ended, Failure> {
    match carried {
        Ok(ended) => Ok(ended),
        Err(ActError::Refused(CarryRefusal::Rehearse(refusal))) => Ok(Ended::Refused(unread(&refusal))),
        Err(ActError::Refused(CarryRefusal::NoReason)) => Ok(Ended::Refused("--reason must say why".to_owned())),
        Err(ActError::Refused(_)) => Ok(Ended::Refused("the register changed meanwhile; nothing was written, run it again".to_owned())),
        Err(ActError::Internal(error)) => Err(Failure::new("the database failed; nothing was written", error)),
        Err(other) => Err(Failure::plain(other.to_string())),
    }
}

/// Shows how far work is until it ends; an interrupt cancels it.
async fn watched<T, W: Future<Output = T>>(begin: impl FnOnce(Arc<Watch>) -> W) -> T {
    let watch: Arc<Watch> = Arc::default();
    let work = begin(Arc::clone(&watch));
    tokio::pin!(work);
    loop {
        tokio::select! {
            ended = &mut work => return ended,
            _ = tokio::signal::ctrl_c() => watch.cancel(),
            () = tokio::time::sleep(Duration::from_millis(500)) => {
                let seen = watch.seen();
                progress(&format!("{}: {} of {}", seen.stage.code(), seen.done, seen.of), false);
            }
        }
    }
}

fn unread(refusal: &RehearseRefusal) -> String {
    match refusal {
        RehearseRefusal::Open(error) => format!("[{}] {error}", error.code()),
        RehearseRefusal::NoTable(sheets) => {
            let names: Vec<&str> = sheets.iter().map(|sheet| sheet.name.as_str()).collect();
            format!("[no_table] no table was found; choose with --sheet one of: {}", names.join(", "))
        }
        RehearseRefusal::Cancelled => "stopped; nothing was written".to_owned(),
        RehearseRefusal::Busy | RehearseRefusal::Carried => "somebody else works on this file".to_owned(),
    }
}

async fn mark(services: &Services, ctx: &Ctx, args: &ImportArgs, batch: i64) -> Result<(), Failure> {
    let Some(path) = &args.marked else { return Ok(()) };
    let heads = ["Sheet", "Cell", "Read", "Why"].map(str::to_owned);
    let words = MarkWords { list: "Faults".to_owned(), heads };
    let bytes = intake::marked(services, ctx, batch, words, web::intake::tell_fault).await.map_err(|error| match error {
        ActError::Refused(refusal) => Failure::plain(unread(&refusal)),
        other => Failure::plain(other.to_string()),
    })?;
    save(path, &bytes)
}

fn save(path: &Path, bytes: &[u8]) -> Result<(), Failure> {
    std::fs::write(path, bytes).map_err(|e| Failure::new(format!("`{}` cannot be written", path.display()), e))
}

fn told(report: &Report, args: &ImportArgs, state: &str) -> ExitCode {
    match args.format {
        Print::Json => {
            let mut value = serde_json::to_value(report).unwrap_or_default();
            if let Some(fields) = value.as_object_mut() {
                fields.insert("state".to_owned(), json!(state));
            }
            answer(&format!("{value:#}"));
        }
        Print::Text => answer(&text(report, args, state)),
    }
    ExitCode::SUCCESS
}

fn text(report: &Report, args: &ImportArgs, state: &str) -> String {
    let counts = report.counts;
    let mut lines = vec![format!(
        "{}: {state}; {} rows: {} new, {} changed, {} same, {} at fault, {} absent",
        args.file.display(),
        counts.rows,
        counts.new,
        counts.changed,
        counts.same,
        counts.faulty,
        counts.absent
    )];
    lines.extend((!report.missing.is_empty()).then(|| format!("no column for: {}", report.missing.join(", "))));
    for fault in report.faults.iter().take(PRINTED) {
        lines.push(format!(
            "  {}!{} {} `{}` [{}] {}",
            fault.sheet,
            fault.cell,
            fault.field,
            fault.read,
            fault.code,
            web::intake::tell_fault(fault)
        ));
    }
    if counts.faults > PRINTED {
        lines.push(format!("  and {} more faults; --marked FILE.xlsx writes all", counts.faults - PRINTED));
    }
    lines.join("\n")
}
