//! Papers on their way: the inbox, one paper, submissions, scans, registers of numbers and mandates to sign.
//! Not for: procedures (`procedures`); what may be done is decided in `service::papers`.

pub(crate) mod files;
pub(crate) mod inbox;
pub(crate) mod mandates;
pub(crate) mod numbers;
pub(crate) mod one;
pub(crate) mod registers;
pub(crate) mod scans;
pub(crate) mod sending;
pub(crate) mod templates;
pub(crate) mod writing;

use domain::ids::CaseId;
use domain::papers::Lack;
use domain::papers::numbers::NumberFault;
use service::papers::{self, Case, PaperRefusal};

use crate::i18n::Lang;

/// The page of a paper.
pub(crate) fn path(id: CaseId) -> String {
    format!("/van-ban/{id}")
}

/// Why a paper does not go on, in words, with the article that says so.
pub(crate) fn refusal(lang: Lang, refusal: &PaperRefusal) -> String {
    let text = match refusal {
        PaperRefusal::Lacks(lacks) => {
            let lacks: Vec<String> = lacks.iter().map(|lack| self::lack(lang, lack)).collect();
            lang.with("paper-refusal-lacks", &[("lacks", lacks.join("; ").into())])
        }
        PaperRefusal::Number(fault) => lang.code_text("number-fault", NumberFault::code(*fault)),
        other => lang.code_text("paper-refusal", other.code()),
    };
    cited(lang, text, refusal.article())
}

/// A sentence with the article behind it.
pub(crate) fn cited(lang: Lang, text: String, article: Option<&'static str>) -> String {
    match article.and_then(papers::cited) {
        Some(words) => format!("{text} ({})", if lang.is_vi() { words.vi } else { words.en }),
        None => text,
    }
}

/// What is missing, in words.
pub(crate) fn lack(lang: Lang, lack: &Lack) -> String {
    lang.with(&format!("lack-{}", lack.code), &[("detail", lack.detail.clone().into())])
}

/// Until when a paper should go on: whether it is late, and the words.
pub(crate) fn due(lang: Lang, case: &Case, today: domain::time::Date) -> Option<(bool, String)> {
    let due = case.due_on.filter(|_| case.state == domain::papers::CaseState::Open)?;
    let is_late = case.is_late(today);
    let key = if is_late { "papers-late-since" } else { "papers-due" };
    Some((is_late, lang.with(key, &[("day", lang.date(due).into())])))
}
