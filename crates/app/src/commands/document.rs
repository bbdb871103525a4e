//! `khuevan document`: a statutory paper written to a file.
//! Not for: what it says (`service::documents`).

use std::process::ExitCode;

use domain::ids::{CaseId, PlanId, ReviewId};
use service::documents::{self, About, DocumentRefusal, Format};
use service::{ActError, Services, gaps, needs};

use super::{When, existing, system};
use crate::cli::{DocumentArgs, DocumentKind};
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

/// People on an urgent list.
const MOST_URGENT: usize = 200;

pub(super) async fn run(args: &DocumentArgs, when: When) -> Result<ExitCode, Failure> {
    let format = match args.out.extension().and_then(|ending| ending.to_str()) {
        Some("docx") => Format::Docx,
        Some("pdf") => Format::Pdf(web::paper_fonts().map_err(|error| Failure::new("the fonts of papers cannot be read", error))?),
        _ => return Err(Failure::plain("the file of a paper ends in .docx or .pdf; name one with --out")),
    };
    let services = existing(&args.place.database).await?;
    let about = about(&services, args, when).await?;
    match documents::file(&services, &system(when), &about, format).await {
        Ok(bytes) => {
            let failed = |error| Failure::new(format!("`{}` cannot be written", args.out.display()), error);
            std::fs::write(&args.out, bytes).map_err(failed)?;
            answer(&args.out.display().to_string());
            Ok(ExitCode::SUCCESS)
        }
        Err(ActError::Refused(refusal)) => {
            remark(&format!("khuevan: {} ({})", told(&refusal), refusal.code()));
            Ok(ExitCode::from(REFUSED))
        }
        Err(ActError::NotFound) => Err(Failure::plain(format!("there is no such paper as `{}`; check the id, code or year", args.id))),
        Err(ActError::Internal(error)) => Err(error.into()),
        Err(error) => Err(Failure::plain(error.to_string())),
    }
}

async fn about(services: &Services, args: &DocumentArgs, when: When) -> Result<About, Failure> {
    let number =
        || args.id.parse::<i64>().map_err(|_| Failure::plain(format!("`{}` is not a number; this kind of paper is named by one", args.id)));
    Ok(match args.kind {
        DocumentKind::YearPlan => About::Plan(PlanId(number()?), None),
        DocumentKind::Programme => About::Programme(args.id.clone()),
        DocumentKind::Submission => About::Case(CaseId(number()?)),
        DocumentKind::ReviewNotice => About::Review(ReviewId(number()?)),
        DocumentKind::NeedsTable => {
            let year = i32::try_from(number()?).map_err(|error| Failure::new("that is no year", error))?;
            About::Needs(needs::Ask { on: when.today, unit: None, year: Some(year), subject: None, states: Vec::new(), urgent: false })
        }
        DocumentKind::UrgentList => {
            let weights = gaps::default_weights(services, &system(when)).await?;
            About::Urgent(gaps::Ask { on: when.today, unit: Some(args.id.clone()) }, (*weights).clone(), MOST_URGENT)
        }
    })
}

fn told(refusal: &DocumentRefusal) -> String {
    match refusal {
        DocumentRefusal::NoProcedure => "no procedure governs this kind of paper".to_owned(),
        DocumentRefusal::NoBody => "issuing bodies and registers are not laid out; do so on the page of registers".to_owned(),
        DocumentRefusal::NoRules(none) => none.to_string(),
        DocumentRefusal::Fault(fault) => fault.to_string(),
        DocumentRefusal::Empty => "there is nothing yet to put into the paper".to_owned(),
        DocumentRefusal::Template(clashes) => {
            let clashes: Vec<String> = clashes.iter().map(ToString::to_string).collect();
            format!("the template of the province does not fit this paper: {}", clashes.join("; "))
        }
    }
}
