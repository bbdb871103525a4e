//! Commands on scheme files and printed figures.
//! Not for: publishing; that is an act of a signed-in officer.

use std::path::Path;
use std::process::ExitCode;

use domain::printed::Figure;
use schemefile::Fault;
use serde_json::json;

use super::{When, system};
use crate::cli::Print;
use crate::outcome::{Failure, REFUSED};
use crate::screen::{answer, remark};

pub(super) fn check(file: &Path, format: Print) -> Result<ExitCode, Failure> {
    let text = std::fs::read_to_string(file).map_err(|e| Failure::new(format!("`{}` cannot be read", file.display()), e))?;
    match (schemefile::parse(&text), format) {
        (Ok(scheme), Print::Json) => answer(&format!("{:#}", json!({ "scheme": scheme.code, "faults": [] }))),
        (Ok(scheme), Print::Text) => remark(&format!(
            "{}: {} targets, {} quotas, {} topics, {} tasks; no mistakes",
            scheme.code,
            scheme.targets.len(),
            scheme.quotas.len(),
            scheme.topics.len(),
            scheme.tasks.len()
        )),
        (Err(faults), format) => {
            answer(&explained(&faults, file, format));
            return Ok(ExitCode::from(REFUSED));
        }
    }
    Ok(ExitCode::SUCCESS)
}

pub(super) fn explained(faults: &[Fault], file: &Path, format: Print) -> String {
    match format {
        Print::Json => {
            let faults: Vec<_> = faults
                .iter()
                .map(|f| {
                    json!({ "line": f.line, "column": f.column, "field": f.field, "code": f.code,
                            "message": { "vi": f.message_vi, "en": f.message_en } })
                })
                .collect();
            format!("{:#}", json!({ "faults": faults }))
        }
        Print::Text => faults
            .iter()
            .map(|f| {
                format!("{}:{}:{}: {} [{}]\n    {}\n    {}", file.display(), f.line, f.column, f.field, f.code, f.message_vi, f.message_en)
            })
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

pub(super) fn quality(format: Print, all: bool, when: When) -> Result<ExitCode, Failure> {
    let mut findings = Vec::new();
    for examined in service::schemes::quality(&system(when))? {
        let shown = examined.findings.iter().filter(|f| all || !f.consistent);
        findings.extend(shown.map(|f| (examined.scheme.clone(), f)));
    }
    let text = match format {
        Print::Json => {
            let list: Vec<_> = findings
                .iter()
                .map(|(scheme, f)| {
                    json!({ "id": f.id, "scheme": scheme, "place": { "vi": f.place.vi, "en": f.place.en },
                            "printed": number(&f.printed), "recomputed": number(&f.recomputed), "difference": number(&f.difference),
                            "shown": { "printed": f.printed.text(true), "recomputed": f.recomputed.text(true),
                                       "difference": f.difference.text(true) },
                            "consistent": f.consistent,
                            "remark": { "vi": f.remark.vi, "en": f.remark.en }, "choice": { "vi": f.choice.vi, "en": f.choice.en } })
                })
                .collect();
            format!("{:#}", json!(list))
        }
        Print::Text => findings
            .iter()
            .map(|(_, f)| {
                format!("{:<5} {}: {} → {} ({})", f.id, f.place.vi, f.printed.text(true), f.recomputed.text(true), f.difference.text(true))
            })
            .collect::<Vec<_>>()
            .join("\n"),
    };
    answer(&text);
    Ok(ExitCode::SUCCESS)
}

/// A figure for programs: a count, a percentage or a mean as a number, words as text, nothing as null.
fn number(figure: &Figure) -> serde_json::Value {
    let hundredths = |n: i64| serde_json::from_str(&format!("{}{}.{:02}", if n < 0 { "-" } else { "" }, n.abs() / 100, n.abs() % 100));
    match figure {
        Figure::Count(n) | Figure::Agreeing(n) => json!(n),
        Figure::Share(p) | Figure::Points(p) => hundredths(p.basis_points()).unwrap_or_default(),
        Figure::Mean(n) => hundredths(*n).unwrap_or_default(),
        Figure::Words(words) => json!(words.vi),
        Figure::Nothing => serde_json::Value::Null,
    }
}
