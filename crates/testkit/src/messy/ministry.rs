//! A form of a ministry as an OpenDocument: titles on both sides, a header of two rows with numbered columns below it, units merged
//! downwards, kinds of training as columns of marks, totals by formula, a hidden sheet of lists.
//! Not for: forms of others.

use std::io::{Cursor, Write};

use domain::time::dmy;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::people::{Person, people};
use super::{Messy, Planted};

const TITLES: [&str; 14] = [
    "TT",
    "Họ và tên",
    "Ngày, tháng, năm sinh",
    "Đơn vị công tác",
    "Tên chương trình bồi dưỡng",
    "Tập trung",
    "Bán tập trung",
    "Trực tuyến",
    "Số tiết",
    "Ngày cấp chứng chỉ",
    "Kết quả",
    "Giới tính",
    "Chức vụ",
    "Đối tượng",
];
const UNITS: [&str; 6] = ["Sở Nội vụ", "Sở Tài chính", "Sở Y tế", "Sở Xây dựng", "Văn phòng UBND tỉnh", "Trường Chính trị"];
const COURSES: [&str; 4] = [
    "Bồi dưỡng ngạch chuyên viên",
    "Bồi dưỡng lãnh đạo, quản lý cấp phòng",
    "Kỹ năng chuyển đổi số",
    "Bồi dưỡng kiến thức quốc phòng và an ninh",
];
const RESULTS: [&str; 3] = ["Giỏi", "Khá", "Đạt yêu cầu"];
const STAFF: [&str; 2] = ["Công chức", "Viên chức"];
const PEOPLE: usize = 60;
/// The row of the sheet, from one, that the first person stands in.
const FIRST: usize = 9;

/// The form. Columns from A as `TITLES`, with a hidden sheet in front.
#[must_use]
pub fn ministry() -> Messy {
    written(false)
}

/// The form, or the same with its errors mended.
pub(super) fn written(is_mended: bool) -> Messy {
    let (mut rows, mut errors) = (head(), Vec::new());
    for (place, person) in people(101, 60).iter().enumerate() {
        let mut cells = cells(person, place);
        if !is_mended {
            errors.extend(spoil(&mut cells, place));
        }
        rows.push_str(&row(&cells));
    }
    rows.push_str(&row(&[empty(), text("Tổng số"), empty(), empty(), text("60 lượt người"), Cell::formula("of:=COUNTA([.F9:.F68])", 20)]));
    rows.push_str(&row(&[]));
    rows.push_str(&row(&[empty(), text("Người lập biểu"), empty(), empty(), empty(), empty(), text("THỦ TRƯỞNG ĐƠN VỊ")]));
    rows.push_str(&row(&[empty(), text("(Ký, ghi rõ họ tên)"), empty(), empty(), empty(), empty(), text("Cao Thị Lê Ki Ma")]));
    let lists =
        [row(&[text("Họ và tên"), text("Kết quả"), text("Đơn vị công tác")]), row(&[text("(mẫu)"), text("Giỏi"), text("Sở Nội vụ")])];
    let tables = [table("DanhMuc", "an", &lists.concat()), table("Biểu số 05", "hien", &rows)].concat();
    Messy { name: "Bieu 05-BNV.ods", bytes: package(&tables), sheet: "Biểu số 05", people: PEOPLE, errors }
}

/// A cell as XML, and the columns it covers to its right.
#[derive(Debug, Clone)]
struct Cell {
    xml: String,
    covers: usize,
}

impl Cell {
    fn formula(formula: &str, value: u32) -> Self {
        let xml = format!(r#"<table:table-cell table:formula="{formula}" office:value-type="float" office:value="{value}"/>"#);
        Self { xml, covers: 0 }
    }
}

fn empty() -> Cell {
    Cell { xml: "<table:table-cell/>".to_owned(), covers: 0 }
}

/// What lies under a merged cell.
fn covered() -> Cell {
    Cell { xml: "<table:covered-table-cell/>".to_owned(), covers: 0 }
}

fn text(text: &str) -> Cell {
    over(text, 1, 1)
}

/// A text over so many columns and rows.
fn over(text: &str, columns: usize, rows: usize) -> Cell {
    if text.is_empty() {
        return empty();
    }
    let reach = if columns * rows == 1 {
        String::new()
    } else {
        format!(r#" table:number-columns-spanned="{columns}" table:number-rows-spanned="{rows}""#)
    };
    let xml = format!(r#"<table:table-cell office:value-type="string"{reach}><text:p>{text}</text:p></table:table-cell>"#);
    Cell { xml, covers: columns - 1 }
}

fn number(number: usize) -> Cell {
    Cell { xml: format!(r#"<table:table-cell office:value-type="float" office:value="{number}"/>"#), covers: 0 }
}

fn row(cells: &[Cell]) -> String {
    let cells = cells.iter().map(|cell| cell.xml.clone() + &covered().xml.repeat(cell.covers));
    format!("<table:table-row>{}</table:table-row>", cells.collect::<String>())
}

fn table(name: &str, style: &str, rows: &str) -> String {
    format!(r#"<table:table table:name="{name}" table:style-name="{style}">{rows}</table:table>"#)
}

fn head() -> String {
    let [mut upper, mut lower] = [Vec::new(), Vec::new()];
    for (place, title) in TITLES.iter().enumerate() {
        match place {
            5 => upper.push(over("Hình thức bồi dưỡng", 3, 1)),
            6 | 7 => {}
            _ => upper.push(over(title, 1, 2)),
        }
        lower.push(if (5..=7).contains(&place) { text(title) } else { covered() });
    }
    let numbers: Vec<Cell> = (1..=TITLES.len()).map(|number| text(&format!("({number})"))).collect();
    let rows: [Vec<Cell>; 8] = [
        vec![over("BỘ NỘI VỤ", 4, 1), empty(), over("Biểu số 05/BNV-ĐTBD", 6, 1)],
        vec![over("Đơn vị báo cáo: Tỉnh Tân Sơn", 4, 1), empty(), over("Ban hành kèm theo công văn năm 2024", 6, 1)],
        vec![],
        vec![over("KẾT QUẢ ĐÀO TẠO, BỒI DƯỠNG CÁN BỘ, CÔNG CHỨC, VIÊN CHỨC", 11, 1)],
        vec![over("(Kỳ báo cáo: 6 tháng đầu năm 2024)", 11, 1)],
        upper,
        lower,
        numbers,
    ];
    rows.iter().map(|cells| row(cells)).collect()
}

fn cells(person: &Person, place: usize) -> [Cell; 14] {
    let pick = |list: &[&str], step: usize| text(list.iter().cycle().nth(place / step).copied().unwrap_or_default());
    let mark = |which: usize| if place % 3 == which { text("x") } else { empty() };
    let day = person.birth;
    let birth = format!(
        r#"<table:table-cell office:value-type="date" office:date-value="{:04}-{:02}-{:02}"/>"#,
        day.year(),
        u8::from(day.month()),
        day.day()
    );
    // Ten people of a unit stand below each other, and its name is merged over them.
    let unit = if place.is_multiple_of(10) { over(UNITS.get(place / 10).copied().unwrap_or_default(), 1, 10) } else { covered() };
    [
        number(place + 1),
        text(&person.name),
        Cell { xml: birth, covers: 0 },
        unit,
        pick(&COURSES, 2),
        mark(0),
        mark(1),
        mark(2),
        number(40 + place % 4 * 20),
        text(&format!("{:02}/6/2024", place % 28 + 1)),
        pick(&RESULTS, 1),
        text(if person.is_woman { "Nữ" } else { "Nam" }),
        text(person.position),
        pick(&STAFF, 3),
    ]
}

/// Makes the errors of a row: which people have one is written here.
fn spoil(cells: &mut [Cell; 14], place: usize) -> Option<Planted> {
    let at = |column: char, wrong: &str, right: &str, code: &'static str| Some(Planted::new(column, place + FIRST, wrong, right, code));
    let [_, name, _, _, _, first, _, _, hours, issued, result, ..] = cells;
    match place {
        7 => {
            *first = text("x");
            at('G', "x", "", "several_marks")
        }
        16 => {
            *issued = text("31/6/2024");
            at('J', "31/6/2024", "30/6/2024", "no_such_day")
        }
        25 => {
            *hours = text("bốn mươi");
            at('I', "bốn mươi", "40", "not_a_number")
        }
        34 => {
            *result = text("Tốt");
            at('K', "Tốt", "Giỏi", "unknown_choice")
        }
        43 => {
            *issued = Cell { xml: r#"<table:table-cell table:formula="of:=[.J51]"/>"#.to_owned(), covers: 0 };
            at('J', "", &dmy(domain::time::date(2024, 6, 16).unwrap()), "no_value")
        }
        52 => {
            *name = empty();
            at('B', "", "Lê Thị Vú Sữa", "required")
        }
        _ => None,
    }
}

fn package(tables: &str) -> Vec<u8> {
    let styles = [("hien", "true"), ("an", "false")].map(|(name, shown)| {
        format!(r#"<style:style style:name="{name}" style:family="table"><style:table-properties table:display="{shown}"/></style:style>"#)
    });
    let spaces = ["office", "style", "table", "text"]
        .map(|space| format!(r#" xmlns:{space}="urn:oasis:names:tc:opendocument:xmlns:{space}:1.0""#))
        .concat();
    let content = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><office:document-content{spaces} xmlns:of="urn:oasis:names:tc:opendocument:xmlns:of:1.2" office:version="1.3"><office:automatic-styles>{}</office:automatic-styles><office:body><office:spreadsheet>{tables}</office:spreadsheet></office:body></office:document-content>"#,
        styles.concat()
    );
    let manifest = r#"<?xml version="1.0" encoding="UTF-8"?><manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.3"><manifest:file-entry manifest:full-path="/" manifest:media-type="application/vnd.oasis.opendocument.spreadsheet"/><manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/></manifest:manifest>"#;
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    // The kind of the document stands first and unpacked, so that it is known by its first bytes.
    for (part, bytes, method) in [
        ("mimetype", "application/vnd.oasis.opendocument.spreadsheet", CompressionMethod::Stored),
        ("META-INF/manifest.xml", manifest, CompressionMethod::Deflated),
        ("content.xml", &content, CompressionMethod::Deflated),
    ] {
        let options = SimpleFileOptions::default().compression_method(method).last_modified_time(DateTime::default());
        zip.start_file(part, options).unwrap();
        zip.write_all(bytes.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}
