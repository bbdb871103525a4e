//! Which rows below a header are data, and what the others are.
//! Not for: finding the header.

use std::collections::BTreeMap;

use super::{Choices, Column, Header, Row, Skipped, Why};
use crate::book::{At, Cell, Sheet};
use crate::fields::key;

pub(super) struct Sorted {
    pub(super) rows: Vec<Row>,
    pub(super) groups: Vec<Vec<String>>,
    pub(super) skipped: Vec<Skipped>,
}

pub(super) fn sort(sheet: &Sheet, header: Header, columns: &[Column], choices: &Choices) -> Sorted {
    let form = Form::new(sheet, header, columns);
    let notes_from = form.notes_from();
    let mut sorted = Sorted { rows: Vec::new(), groups: Vec::new(), skipped: Vec::new() };
    let mut stack: Vec<(Level, String)> = Vec::new();
    for row in sheet.rows() {
        let found = if row < header.first {
            Some(Why::Title)
        } else if row <= header.last {
            Some(Why::Header)
        } else if choices.skip.contains(&row) {
            Some(Why::Chosen)
        } else if choices.keep.contains(&row) {
            None
        } else if notes_from.is_some_and(|first| row >= first) {
            Some(Why::Note)
        } else {
            form.why_not_data(row)
        };
        match found {
            None => {
                let group = sorted.groups.len().checked_sub(1);
                sorted.rows.push(Row { row, group });
            }
            Some(why) => {
                if why == Why::Group {
                    let (level, name) = form.group(row);
                    let depth = stack.iter().position(|(open, _)| *open == level).unwrap_or(stack.len());
                    stack.truncate(depth);
                    stack.push((level, name));
                    sorted.groups.push(stack.iter().map(|(_, name)| name.clone()).collect());
                }
                sorted.skipped.push(Skipped { row, why });
            }
        }
    }
    sorted
}

/// How the group is numbered: groups numbered alike lie beside each other, others within.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Level {
    Letter,
    Roman,
    Number,
    Plain,
}

/// What is known of the table when its rows are looked at.
struct Form<'s> {
    sheet: &'s Sheet,
    header: Header,
    /// The titles of the lowest level.
    titles: BTreeMap<u16, &'s str>,
    first: u16,
    width: usize,
    numbering: Option<u16>,
    /// Rows that are merged over most of the table.
    wide: BTreeMap<u32, u16>,
}

/// Titles of the column that numbers the rows.
const NUMBERING: [&str; 7] = ["stt", "tt", "so tt", "so thu tu", "no", "s tt", "t t"];
/// What stands instead of a number in front of an example.
const EXAMPLES: [&str; 3] = ["vi du", "mau", "example"];
const TOTALS: [&str; 9] = ["tong cong", "tong so", "tong", "cong", "cong chung", "toan tinh", "total", "tong cong chung", "cong toan xa"];
/// A line below a table has no more cells than this.
const MOST_OF_NOTE: usize = 6;
/// The first words of lines below a table.
const NOTES: [&str; 22] = [
    "ghi chu",
    "luu y",
    "nguoi lap",
    "nguoi tong hop",
    "nguoi ke khai",
    "thu truong",
    "ky ten",
    "ky ghi ro",
    "xac nhan",
    "noi nhan",
    "tm uy ban",
    "tm ubnd",
    "tl chu tich",
    "kt chu tich",
    "kt giam doc",
    "chu tich",
    "giam doc",
    "truong phong",
    "can bo lap",
    "danh sach nay",
    "bang chu",
    "ke toan",
];
/// The first words of the names of groups.
const UNITS: [&str; 22] = [
    "phong",
    "ban",
    "so",
    "ubnd",
    "uy ban",
    "hdnd",
    "xa",
    "phuong",
    "thi tran",
    "khoi",
    "truong",
    "trung tam",
    "don vi",
    "to",
    "chi cuc",
    "chi bo",
    "dang uy",
    "huyen",
    "thanh pho",
    "van phong",
    "mttq",
    "nhom",
];

impl<'s> Form<'s> {
    fn new(sheet: &'s Sheet, header: Header, columns: &'s [Column]) -> Self {
        let titles: BTreeMap<u16, &str> =
            columns.iter().map(|column| (column.column, column.parts.last().map_or("", String::as_str))).collect();
        let numbering = titles.iter().find(|(_, title)| NUMBERING.contains(&key(title).as_str())).map(|(column, _)| *column);
        let width = columns.len();
        let is_wide = |first: u16, last: u16| usize::from(last - first) + 1 >= 3.max(width * 6 / 10);
        let flat = sheet.merges.iter().filter(|merge| merge.first.row == merge.last.row && is_wide(merge.first.column, merge.last.column));
        let wide = flat.map(|merge| (merge.first.row, merge.first.column)).collect();
        Self { sheet, header, titles, first: columns.first().map_or(0, |column| column.column), width, numbering, wide }
    }

    fn cells(&self, row: u32) -> Vec<(u16, Cell<'s>)> {
        self.sheet.row(row).filter(|(column, _)| self.titles.contains_key(column)).collect()
    }

    /// `None` for a row of data.
    fn why_not_data(&self, row: u32) -> Option<Why> {
        let cells = self.cells(row);
        let number = self.numbering.map(|column| self.sheet.cell(At::new(row, column)));
        if cells.is_empty() {
            return Some(Why::Note);
        }
        if self.is_header_again(&cells) {
            return Some(Why::HeaderAgain);
        }
        if is_numbering(&cells) && (row == self.header.last + 1 || self.follows_header(row)) {
            return Some(Why::Numbering);
        }
        if number.is_some_and(|cell| cell.text().is_some_and(|text| EXAMPLES.contains(&key(text).as_str()))) {
            return Some(Why::Example);
        }
        let is_numbered = number.is_some_and(|cell| counted(&cell).is_some());
        if is_numbered && cells.len() == 1 && self.width > 1 {
            return Some(Why::OnlyNumbered);
        }
        if is_numbered {
            return None;
        }
        if self.is_totals(&cells) {
            return Some(Why::Totals);
        }
        self.is_group(row, &cells).then_some(Why::Group)
    }

    fn is_header_again(&self, cells: &[(u16, Cell<'_>)]) -> bool {
        // A copy, so letters need not be folded; only breaks of lines may differ.
        let is_copy = |text: &str, title: &str| text.split_whitespace().eq(title.split(' '));
        let same = |(column, cell): &&(u16, Cell<'_>)| {
            cell.text().is_some_and(|text| self.titles.get(column).is_some_and(|title| is_copy(text, title)))
        };
        cells.len() >= 2 && cells.iter().filter(same).count() * 10 >= cells.len() * 7
    }

    /// The row above is the header once more.
    fn follows_header(&self, row: u32) -> bool {
        row.checked_sub(1).is_some_and(|above| above > self.header.last && self.is_header_again(&self.cells(above)))
    }

    fn is_totals(&self, cells: &[(u16, Cell<'_>)]) -> bool {
        let mut texts = cells.iter().filter_map(|(_, cell)| cell.text()).map(key);
        let is_label = |text: &String| {
            let longer = |label: &str| text.starts_with(&format!("{label} ")) && label.contains(' ');
            TOTALS.contains(&text.as_str())
                || TOTALS.iter().any(|label| longer(label))
                || text.starts_with("cong khoi")
                || text.starts_with("cong muc")
        };
        let is_words = |cell: &Cell<'_>| cell.text().is_some_and(|text| text.chars().any(char::is_alphabetic));
        let texts_are_few = cells.iter().filter(|(_, cell)| is_words(cell)).count() <= 3;
        texts_are_few && texts.any(|text| is_label(&text))
    }

    fn is_group(&self, row: u32, cells: &[(u16, Cell<'_>)]) -> bool {
        let texts: Vec<&(u16, Cell<'_>)> = cells.iter().filter(|(_, cell)| cell.text().is_some()).collect();
        let Some((column, cell)) = texts.last() else { return false };
        let text = cell.text().unwrap_or("");
        if self.wide.contains_key(&row) && texts.len() == 1 {
            return true;
        }
        if self.width < 3 {
            return false;
        }
        // A sign of its own in front, and no more texts than a name.
        if let [(_, sign), _] = texts.as_slice() {
            return sign.text().is_some_and(|sign| marker(sign).is_some_and(|(_, rest)| rest.is_empty()));
        }
        if texts.len() > 1 || cells.len() > texts.len() && self.numbering.is_none() {
            return false;
        }
        let named =
            marker(text).is_some_and(|(_, rest)| !rest.is_empty()) || UNITS.iter().any(|unit| key(text).starts_with(&format!("{unit} ")));
        named || (*column == self.first && Some(*column) == self.numbering)
    }

    /// The level and the name of a group's row.
    fn group(&self, row: u32) -> (Level, String) {
        let cells = self.cells(row);
        let texts: Vec<String> =
            cells.iter().filter_map(|(_, cell)| cell.text()).map(|text| text.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        let name = texts.join(" ");
        (marker(&name).map_or(Level::Plain, |(level, _)| level), name)
    }

    /// The first row of the notes and signatures below the data.
    fn notes_from(&self) -> Option<u32> {
        let mut first = None;
        for row in self.sheet.rows().rev().take_while(|row| *row > self.header.last) {
            let all: Vec<(u16, Cell<'_>)> = self.sheet.row(row).collect();
            let number = self.numbering.map(|column| self.sheet.cell(At::new(row, column)));
            let is_numbered = number.is_some_and(|cell| counted(&cell).is_some());
            // In a wide table a person of whom little is known has as many cells as a line of signatures has in a narrow one.
            let is_sparse = all.len() <= 4.max(self.width / 4).min(MOST_OF_NOTE).min(self.width.saturating_sub(1).max(1));
            if is_numbered || !is_sparse {
                break;
            }
            if all.iter().filter_map(|(_, cell)| cell.text()).any(is_note) {
                first = Some(row);
            }
        }
        first
    }
}

/// A row number: `7`, `7.`, `07`.
fn counted(cell: &Cell<'_>) -> Option<u32> {
    match cell {
        Cell::Number(number) => number.to_string().parse().ok(),
        Cell::Text(text) => text.trim().trim_end_matches(['.', ')']).parse().ok(),
        _ => None,
    }
}

fn is_note(text: &str) -> bool {
    let text = key(text);
    let is_day = text.contains("ngay") && text.contains("thang") && text.contains("nam") && text.len() < 80;
    is_day || NOTES.iter().any(|note| text == *note || text.starts_with(&format!("{note} ")))
}

/// Numbers of columns: `1 2 3`, `(1) (2)`, `A B 1 2`, `5=3+4`; they rise, and there is nothing else.
fn is_numbering(cells: &[(u16, Cell<'_>)]) -> bool {
    let mut last = 0_u32;
    let mut numbers = 0_usize;
    for (place, (_, cell)) in cells.iter().enumerate() {
        let shown = cell.shown();
        let bare = shown.trim().trim_matches(['(', ')', '[', ']']).split('=').next().unwrap_or("").trim_matches(['(', ')', ' ']).to_owned();
        if let Ok(number) = bare.parse::<u32>() {
            if number <= last || number > 500 {
                return false;
            }
            last = number;
            numbers += 1;
        } else if bare.chars().count() != 1 || !bare.chars().all(|c| c.is_ascii_alphabetic()) || numbers > 0 || place > 5 {
            return false;
        }
    }
    cells.len() >= 2 && numbers + 1 >= cells.len() / 2 && numbers > 0 && usize::try_from(last).unwrap_or(usize::MAX) <= cells.len() + 5
}

/// The sign a group is numbered with, and what follows it: `I.`, `A)`, `2 -`.
fn marker(text: &str) -> Option<(Level, &str)> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_alphanumeric()).unwrap_or(text.len());
    let (sign, rest) = text.split_at_checked(end)?;
    let bare = rest.trim_start_matches(['.', ')', '-', '/', ':', ' ', '\u{a0}', '–']);
    // A word is no sign: behind one there is a dot, a bracket, a dash, or nothing.
    if !rest.is_empty() && !rest.trim_start().starts_with(['.', ')', '-', '/', ':', '–']) && !is_roman(sign) {
        return None;
    }
    let level = if is_roman(sign) {
        Level::Roman
    } else if sign.len() == 1 && sign.bytes().all(|byte| byte.is_ascii_uppercase()) {
        Level::Letter
    } else if !sign.is_empty() && sign.len() <= 3 && sign.bytes().all(|byte| byte.is_ascii_digit()) && !rest.is_empty() {
        Level::Number
    } else {
        return None;
    };
    Some((level, bare))
}

fn is_roman(sign: &str) -> bool {
    let is_long = sign.len() > 1 && sign.len() <= 6 && sign.bytes().all(|byte| b"IVXL".contains(&byte));
    is_long || ["I", "V", "X"].contains(&sign)
}
