//! `khuevan gaps`: who lacks what, and who is to be trained first.
//! Not for: counting.

use std::process::ExitCode;

use service::gaps::{self, Ask, report};

use super::{When, existing, system};
use crate::cli::{Format, GapsArgs, GapsAsk, GapsCommand};
use crate::outcome::Failure;
use crate::screen::{answer, remark};

pub(super) async fn run(args: GapsArgs, when: When) -> Result<ExitCode, Failure> {
    let (asked, most) = match args.command {
        Some(GapsCommand::Urgent { ask, most }) => (ask, Some(most)),
        None => (args.ask, None),
    };
    let services = existing(&asked.place.database).await?;
    let ask = Ask { on: asked.as_of.unwrap_or(when.today), unit: asked.unit.clone() };
    let ctx = system(when);
    let lines = match most {
        Some(most) => {
            let weights = gaps::default_weights(&services, &ctx).await?;
            report::urgent(&gaps::urgent(&services, &ctx, &ask, &weights, most).await?)
        }
        None => {
            let heat = gaps::heat(&services, &ctx, &ask).await?;
            for (staff, amount) in &heat.yearly {
                if let Err(refusal) = amount {
                    remark(&format!("{staff}: {}", refusal.words().vi));
                }
            }
            report::heat(&heat)
        }
    };
    print(&lines, &asked);
    Ok(ExitCode::SUCCESS)
}

fn print(lines: &report::Lines, asked: &GapsAsk) {
    answer(&match asked.format {
        Format::Text => lines.text(),
        Format::Json => format!("{:#}", lines.json()),
        Format::Csv => lines.csv(),
    });
}
