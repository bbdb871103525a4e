//! What a column of a list shows of a person, for the page and for files alike.
//! Not for: choosing columns (`choose`).

use std::borrow::Cow;

use documents::Cell;
use domain::lists::Column;
use domain::people::QualificationKind;
use domain::time::{Date, age, dmy};
use service::registry::{Detail, OfficialLine};

use crate::i18n::Lang;
use crate::words::{fixed, word};

/// The head of a column; the usual ones are called as on other pages.
pub(crate) fn head(lang: Lang, column: Column) -> String {
    lang.code_text("list-column", column.code())
}

/// What a column shows.
pub(crate) fn cell(lang: Lang, column: Column, line: &OfficialLine, detail: Option<&Detail>, on: Date) -> Cell {
    let text = |text: Option<String>| text.map_or(Cell::Empty, Cell::Text);
    let day = |day: Option<Date>| day.map_or(Cell::Empty, Cell::Day);
    let of = |find: fn(&Detail) -> Option<String>| text(detail.and_then(find));
    match column {
        Column::Post => Cell::Text(line.post.clone()),
        Column::Leadership => text(line.leadership.map(|post| word(lang, "person-leadership", post.code()))),
        Column::Group => text(detail.and_then(|d| d.group).map(|group| word(lang, "group", group.code()))),
        Column::Unit => Cell::Text(line.unit.1.clone()),
        Column::Staff => Cell::Text(word(lang, "person-staff", line.staff.code())),
        Column::Code => Cell::Text(line.code.clone()),
        Column::Grade => of(|d| d.grade.clone()),
        Column::Since => day(detail.and_then(|d| d.since)),
        Column::RecruitedOn => day(detail.and_then(|d| d.recruited_on)),
        Column::Sex => text(detail.and_then(|d| d.sex.as_deref()).map(|sex| word(lang, "person-sex", sex))),
        Column::Degree => text(highest(detail, QualificationKind::Professional).0.map(|code| word(lang, "degree", &code))),
        Column::Field => text(highest(detail, QualificationKind::Professional).1.map(|code| word(lang, "field", &code))),
        Column::PoliticalTheory => level(lang, detail, QualificationKind::PoliticalTheory),
        Column::StateManagement => level(lang, detail, QualificationKind::StateManagement),
        Column::DefenceSecurity => level(lang, detail, QualificationKind::DefenceSecurity),
        Column::LastTraining => day(detail.and_then(|d| d.trained_on)),
        Column::BirthOn => day(line.birth_on),
        Column::Age => line.birth_on.map_or(Cell::Empty, |birth| Cell::Number(i64::from(age(birth, on)))),
        Column::RecordCode => of(|d| d.record_code.clone()),
        Column::Ethnicity => text(detail.and_then(|d| d.ethnicity).map(|group| lang.code_text("ethnicity", &group.to_string()))),
        Column::Religion => of(|d| d.religion.clone()),
        Column::Health => of(|d| d.health.clone()),
        Column::CitizenNumber => of(|d| d.citizen_number.clone()),
    }
}

fn highest(detail: Option<&Detail>, kind: QualificationKind) -> (Option<String>, Option<String>) {
    let found = detail.and_then(|d| d.highest.iter().find(|(k, ..)| *k == kind));
    found.map_or((None, None), |(_, code, field)| (code.clone(), field.clone()))
}

fn level(lang: Lang, detail: Option<&Detail>, kind: QualificationKind) -> Cell {
    let held = detail.is_some_and(|d| d.highest.iter().any(|(k, ..)| *k == kind));
    match highest(detail, kind).0 {
        Some(code) => Cell::Text(word(lang, "grade", &code)),
        None if held => Cell::Text(lang.t("list-held")),
        None => Cell::Empty,
    }
}

/// What a column shows on a page; the usual ones are shown where they stand, without a copy.
pub(crate) fn shown<'a>(lang: Lang, column: Column, line: &'a OfficialLine, detail: Option<&Detail>, on: Date) -> Cow<'a, str> {
    match column {
        Column::Post => Cow::Borrowed(&line.post),
        Column::Unit => Cow::Borrowed(&line.unit.1),
        Column::Code => Cow::Borrowed(&line.code),
        Column::Staff => Cow::Borrowed(fixed(lang, "person-staff", line.staff.code())),
        other => Cow::Owned(printed(lang, &cell(lang, other, line, detail, on))),
    }
}

/// The leadership post that stands under the post, where it says more and has no column of its own.
pub(crate) fn under_post(lang: Lang, line: &OfficialLine, columns: &[Column]) -> Option<&'static str> {
    let leadership = line.leadership.filter(|_| !columns.contains(&Column::Leadership));
    leadership.map(|post| fixed(lang, "person-leadership", post.code())).filter(|name| *name != line.post)
}

/// A cell as the page prints it.
pub(crate) fn printed(lang: Lang, cell: &Cell) -> String {
    match cell {
        Cell::Text(text) => text.clone(),
        Cell::Number(number) => lang.number(*number),
        Cell::Day(day) => dmy(*day),
        Cell::Empty => "–".to_owned(),
    }
}

/// How wide a column is in a workbook, in letters.
pub(crate) const fn width(column: Column) -> u16 {
    match column {
        Column::Unit => 40,
        Column::Post | Column::Field => 34,
        Column::Leadership => 30,
        Column::Staff | Column::Degree | Column::PoliticalTheory | Column::StateManagement | Column::DefenceSecurity => 18,
        Column::Age | Column::Sex => 8,
        _ => 14,
    }
}
