//! Mistakes of a document and refusals of the acts, as lines of a summary.
//! Not for: finding mistakes (`schemefile`).

use service::schemes::{EditRefusal, Fault};

use crate::form::Mistake;
use crate::i18n::Lang;

/// A mistake with the line of the text it speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct FaultRow {
    pub(crate) line: usize,
    pub(crate) place: String,
    pub(crate) field: String,
    pub(crate) text: String,
    pub(crate) excerpt: String,
}

/// Mistakes of a document in order.
pub(crate) fn rows(lang: Lang, body: &str, faults: &[Fault]) -> Vec<FaultRow> {
    faults.iter().map(|fault| row(lang, body, fault)).collect()
}

fn row(lang: Lang, body: &str, fault: &Fault) -> FaultRow {
    let numbers = [("line", lang.size(fault.line).into()), ("column", lang.size(fault.column).into())];
    FaultRow {
        line: fault.line,
        place: lang.with("editor-fault-place", &numbers),
        field: fault.field.clone(),
        text: if lang.is_vi() { fault.message_vi.clone() } else { fault.message_en.clone() },
        excerpt: body.lines().nth(fault.line.saturating_sub(1)).unwrap_or_default().trim().chars().take(110).collect(),
    }
}

/// A refusal as mistakes of the form and of the document; `field` is where the summary leads.
pub(super) fn refusal(lang: Lang, body: &str, refusal: &EditRefusal, field: &str) -> (Vec<Mistake>, Vec<FaultRow>) {
    let text = match refusal {
        EditRefusal::Faults(faults) => return (Vec::new(), rows(lang, body, faults)),
        EditRefusal::OtherCode { expected, found } => {
            lang.with("editor-other-code", &[("expected", expected.as_str().into()), ("found", found.as_str().into())])
        }
        EditRefusal::CodeTaken => lang.t("editor-code-taken"),
        EditRefusal::TargetTaken { target, scheme } => {
            lang.with("editor-target-taken", &[("target", target.as_str().into()), ("scheme", scheme.as_str().into())])
        }
        EditRefusal::DraftExists { number } => lang.with("editor-draft-exists", &[("number", number.to_string().into())]),
        EditRefusal::WrongState => lang.t("editor-wrong-state"),
    };
    (vec![Mistake::new(field, text)], Vec::new())
}
