//! Commands on the law: what a value is on a date, or why there is none.
//! Not for: judging cases.

use std::process::ExitCode;

use law::{Law, Shown, ShownCitation, Words};
use serde_json::json;

use crate::cli::{LawCommand, Print};
use crate::outcome::{Failure, REFUSED};
use crate::screen::answer;

pub(super) fn law(command: &LawCommand) -> Result<ExitCode, Failure> {
    let law = Law::load().map_err(|errors| Failure::plain(format!("the shipped law data does not read: {errors}")))?;
    match command {
        LawCommand::List => {
            let lines = law.parameters().into_iter().map(|p| format!("{:<36} {} · {}", p.key, p.title.vi, p.title.en));
            answer(&lines.collect::<Vec<_>>().join("\n"));
            Ok(ExitCode::SUCCESS)
        }
        LawCommand::Show { id, on, staff, format } => {
            let shown = law::show(&law, id, *staff, *on);
            let refused = matches!(shown, Shown::Refusal(_));
            answer(&match format {
                Print::Json => format!("{:#}", as_json(&shown)),
                Print::Text => as_text(&shown),
            });
            Ok(if refused { ExitCode::from(REFUSED) } else { ExitCode::SUCCESS })
        }
    }
}

fn both(words: &Words) -> serde_json::Value {
    json!({ "vi": words.vi, "en": words.en })
}

fn cites(list: &[ShownCitation]) -> Vec<serde_json::Value> {
    list.iter().map(|c| json!({ "code": c.code, "place": both(&c.place), "act": both(&c.act_title) })).collect()
}

fn as_json(shown: &Shown) -> serde_json::Value {
    match shown {
        Shown::Value(v) => json!({
            "id": v.key, "title": both(&v.title), "governed_by": both(&v.governed_by), "value": both(&v.value),
            "from": domain::time::iso(v.interval.from()), "to": v.interval.last_day().map(domain::time::iso),
            "evidence": v.evidence.code(), "cites": cites(&v.cites), "note": v.note.as_ref().map(both),
            "steps": v.steps.iter().map(both).collect::<Vec<_>>(),
        }),
        Shown::Refusal(r) => json!({
            "id": r.key, "title": r.title.as_ref().map(both), "refused": r.code, "reason": both(&r.reason),
            "way_out": both(&r.way_out), "cites": cites(&r.cites),
        }),
    }
}

fn as_text(shown: &Shown) -> String {
    let mut lines = Vec::new();
    let pair = |words: &Words| format!("{} · {}", words.vi, words.en);
    match shown {
        Shown::Value(v) => {
            lines.push(pair(&v.title));
            lines.push(format!("  = {}", pair(&v.value)));
            lines.push(format!("  {}", pair(&v.interval_words)));
            lines.push(format!("  {}", pair(&v.evidence.words())));
            lines.extend(v.note.as_ref().map(|n| format!("  {}", pair(n))));
            lines.extend(v.steps.iter().map(|s| format!("  - {}", pair(s))));
            lines.extend(v.cites.iter().map(|c| format!("  [{}] {}", c.code, c.place.vi)));
        }
        Shown::Refusal(r) => {
            lines.extend(r.title.as_ref().map(pair));
            lines.push(format!("  [{}] {}", r.code, pair(&r.reason)));
            lines.push(format!("  → {}", pair(&r.way_out)));
            lines.extend(r.cites.iter().map(|c| format!("  [{}] {}", c.code, c.place.vi)));
        }
    }
    lines.join("\n")
}
