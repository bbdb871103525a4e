//! `/lop/{code}/diem-danh` and `/diem-danh`: the overview, the roll of a sitting, the code on the screen, checking in,
//! signed sheets that come back as a scan.
//! Not for: what a mark counts (`domain::attendance`), or who may put one (`service::attendance`).

pub(crate) mod checkin;
pub(crate) mod code;
pub(crate) mod fence;
pub(crate) mod overview;
pub(crate) mod roll;
pub(crate) mod sheets;
pub(crate) mod sync;

use domain::attendance::{Mark, MarkFault, Said};
use domain::ids::SittingId;
use service::classes::SittingLine;

use crate::classes::path;
use crate::i18n::Lang;
use crate::words::word;

/// The address of the attendance of a class, or of something of it.
fn here(code: &str, more: &str) -> String {
    path(code, &format!("/diem-danh{more}"))
}

/// The address of a sitting, or of something of it.
fn at_sitting(code: &str, sitting: SittingId, more: &str) -> String {
    here(code, &format!("/{sitting}{more}"))
}

/// "Thứ Hai 07/12/2026 · sáng".
fn when(lang: Lang, line: &SittingLine) -> String {
    let sitting = &line.sitting;
    let day = lang.t(&format!("weekday-{}", sitting.on.weekday().number_from_monday()));
    format!("{day} {} · {}", lang.date(sitting.on), lang.code_text("shift", sitting.shift.code()))
}

/// The picture of a mark.
const fn icon(mark: Mark) -> &'static str {
    match mark {
        Mark::Present => "done",
        Mark::Late => "late",
        Mark::Absent => "missed",
        Mark::Excused => "at_risk",
    }
}

/// A mark in words, with its minutes.
fn said(lang: Lang, said: Said) -> String {
    match said.mark {
        Mark::Late => lang.with("mark-late-minutes", &[("n", lang.number(said.minutes.into()).into())]),
        mark => word(lang, "mark", mark.code()),
    }
}

/// A mark as it was kept in a history: `late 12`.
fn kept(lang: Lang, text: &str) -> String {
    let (code, minutes) = text.split_once(' ').unwrap_or((text, "0"));
    Mark::from_code(code).map_or_else(String::new, |mark| said(lang, Said { mark, minutes: minutes.parse().unwrap_or(0) }))
}

/// What is wrong with a mark of somebody.
fn fault(lang: Lang, fault: MarkFault) -> String {
    lang.code_text("mark-fault", fault.code())
}
