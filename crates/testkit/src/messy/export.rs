//! The export of an old program of personnel, as a workbook of Excel 97 and as separated text: codes, days as bare serial numbers,
//! letters of old fonts, a hidden sheet of codes.
//! Not for: forms made by hand.

use domain::time::{Date, date, dmy};

use super::letters::{tcvn3, windows_1258};
use super::people::{Person, people};
use super::xls::{self, Cell, Sheet};
use super::{Messy, Planted};

const HEADS: [&str; 8] = ["MA_SO", "HO_TEN", "NGAY_SINH", "GIOI_TINH", "DON_VI", "CHUC_VU", "LY_LUAN_CHINH_TRI", "SO_CCCD"];
const UNITS: [&str; 5] = ["Phòng Nội vụ", "Phòng Tài chính - Kế hoạch", "Văn phòng Huyện ủy", "Trung tâm Y tế", "Phòng Giáo dục"];
const THEORY: [&str; 4] = ["Sơ cấp", "Trung cấp", "Cao cấp", ""];
const PEOPLE: u64 = 64;

/// The workbook: letters as the fonts of TCVN3 draw them. Columns from A as `HEADS`.
#[must_use]
pub fn export() -> Messy {
    let mut errors = Vec::new();
    let mut cells: Vec<(u16, u16, Cell)> = (0..).zip(HEADS).map(|(column, head)| (0, column, Cell::Text(tcvn3(head)))).collect();
    for (place, person) in people(1998, PEOPLE).iter().enumerate() {
        let row = u16::try_from(place).unwrap() + 1;
        let mut line = line(person, place);
        errors.extend(spoil(&mut line, place));
        cells.extend((0..).zip(line).filter_map(|(column, field)| Some((row, column, field.cell()?))));
    }
    let last = u16::try_from(PEOPLE).unwrap() + 1;
    cells.push((last, 1, Cell::Text(tcvn3(&format!("Tổng số bản ghi: {PEOPLE}")))));
    let codes = [["MA", "TEN"], ["01", "Sơ cấp"], ["02", "Trung cấp"], ["03", "Cao cấp"]];
    let codes = (0..).zip(codes).flat_map(|(row, [code, name])| [(row, 0, Cell::Text(tcvn3(code))), (row, 1, Cell::Text(tcvn3(name)))]);
    let sheets = [Sheet { name: "HOSO", is_hidden: false, cells }, Sheet { name: "DMUC", is_hidden: true, cells: codes.collect() }];
    Messy { name: "HOSO2003.XLS", bytes: xls::write(&sheets), sheet: "HOSO", people: 64, errors }
}

/// The same people as text, separated by semicolons, in Windows for Vietnamese.
#[must_use]
pub fn export_text() -> Messy {
    written(false)
}

/// The text, or the same with its errors mended.
pub(super) fn written(is_mended: bool) -> Messy {
    let (mut lines, mut errors) = (vec![HEADS.join(";")], Vec::new());
    for (place, person) in people(1998, PEOPLE).iter().enumerate() {
        let mut line = line(person, place);
        // What only a cell can hold is right in text.
        let could_be = line.clone();
        match spoil(&mut line, place) {
            Some(_) if is_mended => line = could_be,
            Some(planted) if matches!(planted.code, "cell_error" | "font_encoding") => line = could_be,
            planted => errors.extend(planted),
        }
        lines.push(line.map(|field| field.text()).join(";"));
    }
    lines.push(format!(";Tổng số bản ghi: {PEOPLE};;;;;;"));
    let bytes = windows_1258(&(lines.join("\r\n") + "\r\n"));
    Messy { name: "HOSO2003.csv", bytes, sheet: "HOSO2003", people: 64, errors }
}

#[derive(Debug, Clone)]
enum Field {
    Text(String),
    Day(Date),
    /// Bytes that no font draws as Vietnamese.
    Lost(&'static [u8]),
    Broken,
}

impl Field {
    fn cell(self) -> Option<Cell> {
        match self {
            Self::Text(text) => (!text.is_empty()).then(|| Cell::Text(tcvn3(&text))),
            Self::Day(day) => Some(Cell::Number(serial(day))),
            Self::Lost(bytes) => Some(Cell::Text(bytes.to_vec())),
            Self::Broken => Some(Cell::Broken),
        }
    }

    /// As a program writes it into text: a text with a separator in it between quotes.
    fn text(self) -> String {
        match self {
            Self::Text(text) if text.contains(';') => format!("\"{text}\""),
            Self::Text(text) => text,
            Self::Day(day) => serial(day).to_string(),
            Self::Lost(_) | Self::Broken => String::new(),
        }
    }

    fn shown(&self) -> String {
        match self {
            Self::Text(text) => text.clone(),
            Self::Day(day) => dmy(*day),
            Self::Lost(bytes) => bytes.iter().map(|byte| char::from(*byte)).collect(),
            Self::Broken => "#REF!".to_owned(),
        }
    }
}

/// Days since the end of 1899, as Excel counts them after February 1900.
fn serial(day: Date) -> f64 {
    let days = (day - date(1899, 12, 30).unwrap()).whole_days();
    f64::from(i32::try_from(days).unwrap())
}

fn line(person: &Person, place: usize) -> [Field; 8] {
    let text = |text: &str| Field::Text(text.to_owned());
    let pick = |list: &[&str]| text(list.iter().cycle().nth(place * 7 / 3).copied().unwrap_or_default());
    [
        Field::Text(format!("{:05}", 310 + place * 3)),
        text(&person.name),
        Field::Day(person.birth),
        text(if person.is_woman { "Nữ" } else { "Nam" }),
        pick(&UNITS),
        text(person.position),
        pick(&THEORY),
        text(&person.citizen),
    ]
}

/// Makes the errors of a row: which people have one is written here.
fn spoil(line: &mut [Field; 8], place: usize) -> Option<Planted> {
    let [code, name, birth, sex, unit, _, theory, citizen] = line;
    let text = |text: &str| Field::Text(text.to_owned());
    let (column, field, wrong, told) = match place {
        3 => ('C', birth, text("31/02/1975"), "no_such_day"),
        11 => ('C', birth, text("03/25/1980"), "month_first"),
        20 => ('D', sex, text("Khác"), "unknown_choice"),
        28 => ('B', name, Field::Lost(b"Ng\xb8y\xbbnx V\xa8\xa9n"), "font_encoding"),
        36 => ('E', unit, Field::Broken, "cell_error"),
        44 => ('H', citizen, text("4,90851E+10"), "lost_digits"),
        52 => ('A', code, text("0046612"), "too_many_digits"),
        60 => ('G', theory, text("Đại học"), "unknown_choice"),
        _ => return None,
    };
    let right = std::mem::replace(field, wrong);
    Some(Planted::new(column, place + 2, &field.shown(), &right.shown(), told))
}
