//! A list of a commune, made by hand in Excel: titles, a header of two rows, groups, years of birth in columns of men and women,
//! everything kept as text, totals, signatures.
//! Not for: forms of others.

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet};

use super::people::{Person, people};
use super::{Messy, Planted};

/// Groups with how many people each has.
const GROUPS: [(&str, usize); 5] = [
    ("I. ĐẢNG ỦY, MẶT TRẬN VÀ CÁC ĐOÀN THỂ", 12),
    ("II. HỘI ĐỒNG NHÂN DÂN, ỦY BAN NHÂN DÂN", 18),
    ("III. NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH", 0),
    ("1. Thôn Phú Hòa", 9),
    ("2. Thôn Đông Mỹ", 9),
];
const PEOPLE: u64 = 48;

/// The list. Columns from A: number, name, years of birth of men and women, position, three of theory, citizen's number, years, remark.
#[must_use]
pub fn commune() -> Messy {
    written(false)
}

/// The list, or the same with its errors mended.
pub(super) fn written(is_mended: bool) -> Messy {
    let mut book = Workbook::new();
    book.set_properties(&DocProperties::new().set_creation_datetime(&ExcelDateTime::from_ymd(2024, 3, 5).unwrap()));
    let sheet = book.add_worksheet().set_name("DS can bo").unwrap();
    head(sheet);
    let bold = Format::new().set_bold().set_border(FormatBorder::Thin);
    let mut all = people(2024, PEOPLE).into_iter().enumerate();
    let (mut row, mut errors) = (6, Vec::new());
    for (name, count) in GROUPS {
        sheet.merge_range(row, 0, row, 10, name, &bold).unwrap();
        row += 1;
        for (place, person) in all.by_ref().take(count) {
            let mut cells = cells(&person, place);
            if !is_mended {
                errors.extend(spoil(&mut cells, place, usize::try_from(row).unwrap() + 1));
            }
            line(sheet, row, &cells);
            row += 1;
        }
    }
    tail(sheet, row);
    Messy { name: "DS can bo xa 2024.xlsx", bytes: book.save_to_buffer().unwrap(), sheet: "DS can bo", people: 48, errors }
}

fn line(sheet: &mut Worksheet, row: u32, cells: &[String]) {
    for (column, text) in (0..).zip(cells).filter(|(_, text)| !text.is_empty()) {
        sheet.write_string(row, column, text).unwrap();
    }
}

fn head(sheet: &mut Worksheet) {
    let middle = Format::new().set_bold().set_align(FormatAlign::Center);
    let boxed = middle.clone().set_border(FormatBorder::Thin).set_text_wrap();
    sheet.merge_range(0, 0, 0, 3, "ỦY BAN NHÂN DÂN\nXÃ TÂN HÒA", &middle).unwrap();
    sheet.merge_range(0, 5, 0, 10, "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", &middle).unwrap();
    sheet.merge_range(1, 5, 1, 10, "Độc lập - Tự do - Hạnh phúc", &middle).unwrap();
    sheet.merge_range(2, 0, 2, 10, "DANH SÁCH CÁN BỘ, CÔNG CHỨC CẤP XÃ NĂM 2024", &middle).unwrap();
    for (column, title) in [(0, "STT"), (1, "Họ và tên"), (4, "Chức vụ"), (8, "Số CCCD"), (9, "Số năm\ncông tác"), (10, "Ghi chú")]
    {
        sheet.merge_range(4, column, 5, column, title, &boxed).unwrap();
    }
    sheet.merge_range(4, 2, 4, 3, "Năm sinh", &boxed).unwrap();
    sheet.merge_range(4, 5, 4, 7, "Lý luận chính trị", &boxed).unwrap();
    line(sheet, 5, &["", "", "Nam", "Nữ", "", "Sơ cấp", "Trung cấp", "Cao cấp"].map(str::to_owned));
    sheet.set_column_width(1, 26).unwrap();
    sheet.set_column_width(4, 30).unwrap();
    sheet.set_column_width(8, 16).unwrap();
}

fn cells(person: &Person, place: usize) -> [String; 11] {
    let theory = |which: usize| if place % 4 == which { "x".to_owned() } else { String::new() };
    let year = person.birth.year().to_string();
    let (man, woman) = if person.is_woman { (String::new(), year) } else { (year, String::new()) };
    let remark = if place % 11 == 5 { "Mới tuyển dụng" } else { "" };
    [
        format!("{:02}", place + 1),
        person.name.to_uppercase(),
        man,
        woman,
        person.position.to_owned(),
        theory(0),
        theory(1),
        theory(2),
        person.citizen.clone(),
        person.years.to_string(),
        remark.to_owned(),
    ]
}

/// Makes the errors of a row: which people have one is written here.
fn spoil(cells: &mut [String; 11], place: usize, row: usize) -> Option<Planted> {
    let [_, name, man, woman, _, low, _, _, citizen, years, _] = cells;
    let (column, cell, wrong, code) = match place {
        4 if man.is_empty() => ('D', woman, "1895", "year_out_of_range"),
        4 => ('C', man, "1895", "year_out_of_range"),
        13 => ('I', citizen, "0491850", "citizen_number"),
        21 => {
            // The second mark of the row, which is told at the last one.
            "x".clone_into(low);
            return Some(Planted::new('G', row, "x", "", "several_marks"));
        }
        30 => ('B', name, "", "required"),
        39 => ('J', years, "mười hai", "not_a_number"),
        _ => return None,
    };
    let right = std::mem::replace(cell, wrong.to_owned());
    Some(Planted::new(column, row, wrong, &right, code))
}

fn tail(sheet: &mut Worksheet, row: u32) {
    let row_of = |below: u32, cells: &[&str]| (row + below, cells.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>());
    for (row, cells) in [
        row_of(0, &["", "Tổng cộng: 48 người", "", "", "", "12", "12", "12"]),
        row_of(2, &["", "Ghi chú: đánh dấu x vào ô tương ứng, không để trống cột số CCCD"]),
        row_of(3, &["", "", "", "", "", "", "Tân Hòa, ngày 05 tháng 3 năm 2024"]),
        row_of(4, &["", "NGƯỜI LẬP BIỂU", "", "", "", "", "TM. ỦY BAN NHÂN DÂN"]),
        row_of(5, &["", "(Ký, ghi rõ họ tên)", "", "", "", "", "CHỦ TỊCH"]),
        row_of(9, &["", "Vũ Thị Khế", "", "", "", "", "Mai Văn Me"]),
    ] {
        line(sheet, row, &cells);
    }
}
