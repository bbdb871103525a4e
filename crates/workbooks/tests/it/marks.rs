//! The same file comes back with the problems marked in it.
//! Not for: finding problems.

use rust_xlsxwriter::{Color, Format, Note, Workbook};
use workbooks::book::{Cell, Visible};
use workbooks::marked::{Kept, Mark, Words, marked, marked_file};
use workbooks::{At, Book};

use crate::support::*;

fn words() -> Words {
    Words { list: "Lỗi".to_owned(), heads: ["Trang tính", "Ô", "Đã đọc", "Cần sửa"].map(str::to_owned) }
}

fn mark(sheet: &str, cell: &str, text: &str) -> Mark {
    Mark { sheet: sheet.to_owned(), at: At::parse(cell).unwrap(), text: text.to_owned() }
}

fn cells(book: &Book) -> Vec<(String, String)> {
    let sheet = &book.sheets[0];
    sheet.rows().flat_map(|row| sheet.row(row).map(move |(column, cell)| (At::new(row, column).to_string(), cell.shown()))).collect()
}

#[test]
fn an_old_file_comes_back_with_values_merged_cells_and_hidden_sheets() {
    let book = read(include_bytes!("fixtures/list.xls"), "list.xls").unwrap();
    let marks = [
        mark("Danh sách", "C5", "Thiếu ngày"),
        mark("Danh sách", "C5", "Thiếu tháng"),
        mark("Danh sách", "H9", "Ô trống"),
        mark("Không có", "A1", "?"),
    ];
    let file = marked(&book, &marks, &words()).unwrap();
    assert_eq!(file, marked(&book, &marks, &words()).unwrap());
    let again = read(&file, "list.xlsx").unwrap();
    assert_eq!(cells(&again), cells(&book));
    assert_eq!(again.sheets[0].merges.len(), book.sheets[0].merges.len());
    let seen: Vec<_> = again.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.visible)).collect();
    assert_eq!(seen, [("Danh sách", Visible::Shown), ("Danh mục", Visible::Hidden), ("Lỗi", Visible::Shown)]);
    let list = &again.sheets[2];
    let row: Vec<String> = list.row(1).map(|(_, cell)| cell.shown()).collect();
    assert_eq!(row, ["Danh sách", "C5", "1991", "Thiếu ngày"]);
    assert_eq!(list.row_count(), 5);
    let parts = unzipped(&file);
    let notes = &parts.iter().find(|(name, _)| name.starts_with("xl/comments")).unwrap().1;
    assert!(notes.contains(">Thiếu ngày\nThiếu tháng<") && notes.contains("ref=\"H9\""), "{notes}");
    assert!(parts.iter().any(|(_, text)| text.contains("'Danh sách'!C5")));
}

#[test]
fn text_that_looks_like_a_formula_stays_text() {
    let book = read("Tên;Ghi chú\n=1+1;@x\n".as_bytes(), "x.csv").unwrap();
    let file = marked(&book, &[mark("x", "A2", "=HYPERLINK(1)")], &words()).unwrap();
    let again = read(&file, "x.xlsx").unwrap();
    assert_eq!(again.sheets[0].cell(At::new(1, 0)), Cell::Text("=1+1"));
    assert!(unzipped(&file).iter().all(|(_, text)| !text.contains("<f>")));
}

/// A list with looks, a formula and a merged title on its first sheet, and nothing special on its second.
fn looks(note: Option<&str>) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet().set_name("Danh sách").unwrap();
    let red = Format::new().set_font_color(Color::Red).set_num_format("0.00");
    sheet.merge_range(0, 0, 0, 2, "Tiêu đề", &red).unwrap();
    sheet.write_string(1, 0, "Họ tên").unwrap();
    sheet.write_number_with_format(2, 1, 7, &red).unwrap();
    sheet.write_formula(2, 2, "=B3*2").unwrap();
    sheet.set_column_width(0, 33).unwrap();
    if let Some(note) = note {
        sheet.insert_note(1, 0, &Note::new(note)).unwrap();
    }
    book.add_worksheet().set_name("Hai & ba").unwrap().write_string(0, 0, "x").unwrap();
    book.save_to_buffer().unwrap()
}

fn part<'p>(parts: &'p [(String, String)], name: &str) -> &'p str {
    parts.iter().find(|(found, _)| found == name).map(|(_, text)| text.as_str()).unwrap()
}

#[test]
fn a_new_file_keeps_all_it_had() {
    let original = looks(None);
    let book = read(&original, "x.xlsx").unwrap();
    let marks = [
        mark("Danh sách", "B3", "Sai <số> & \"chữ\""),
        mark("Danh sách", "D9", "Ô trống"),
        mark("Hai & ba", "A1", "Chữ"),
        mark("Không có", "A1", "?"),
    ];
    let (file, kept) = marked_file(&original, &book, &marks, &words()).unwrap();
    assert_eq!((kept, &file), (Kept::All, &marked_file(&original, &book, &marks, &words()).unwrap().0));
    let again = read(&file, "x.xlsx").unwrap();
    assert_eq!(cells(&again), cells(&book));
    let names: Vec<&str> = again.sheets.iter().map(|sheet| sheet.name.as_str()).collect();
    assert_eq!(names, ["Danh sách", "Hai & ba", "Lỗi"]);
    assert_eq!(again.sheets[2].row(4).map(|(_, cell)| cell.shown()).collect::<Vec<_>>(), ["Không có", "A1", "?"]);
    let parts = unzipped(&file);
    let sheet = part(&parts, "xl/worksheets/sheet1.xml");
    // Widths, formula and merged cells are as they were; the style of the number is its own with a colour.
    assert!(sheet.contains("<f>B3*2</f>") && sheet.contains("customWidth") && sheet.contains("<mergeCell ref=\"A1:C1\"/>"), "{sheet}");
    let styles = part(&parts, "xl/styles.xml");
    let (before, after) = styles.split_once("<cellXfs").unwrap();
    assert!(before.contains("FFFFC7CE") && after.contains("applyFill=\"1\""), "{styles}");
    let notes = part(&parts, "xl/khuevan/comments1.xml");
    assert!(
        notes.contains("ref=\"B3\"") && notes.contains("ref=\"D9\"") && notes.contains("Sai &lt;số&gt; &amp; &quot;chữ&quot;"),
        "{notes}"
    );
    assert!(part(&parts, "xl/khuevan/comments2.xml").contains("ref=\"A1\""));
    assert!(part(&parts, "xl/khuevan/list.xml").contains("location=\"&apos;Hai &amp; ba&apos;!A1\""));
    // A part that was not marked is the same, byte for byte.
    let old = unzipped(&original);
    for name in ["docProps/core.xml", "xl/theme/theme1.xml", "xl/sharedStrings.xml"] {
        assert_eq!(part(&parts, name), part(&old, name), "{name}");
    }
}

#[test]
fn a_file_with_notes_of_its_own_is_written_anew() {
    let original = looks(Some("Ghi chú cũ"));
    let book = read(&original, "x.xlsx").unwrap();
    let (file, kept) = marked_file(&original, &book, &[mark("Danh sách", "A2", "Mới")], &words()).unwrap();
    assert_eq!(kept, Kept::Values);
    assert_eq!(cells(&read(&file, "x.xlsx").unwrap()), cells(&book));
    // Marks on another sheet leave those notes where they are.
    let (file, kept) = marked_file(&original, &book, &[mark("Hai & ba", "A1", "Mới")], &words()).unwrap();
    assert_eq!(kept, Kept::All);
    let notes: Vec<String> = unzipped(&file).into_iter().filter(|(name, _)| name.contains("comments")).map(|(_, text)| text).collect();
    assert!(notes.len() == 2 && notes.iter().any(|text| text.contains("Ghi chú cũ")), "{notes:?}");
    // A file that came back marked and was not mended is marked again.
    let (twice, kept) = marked_file(&file, &read(&file, "x").unwrap(), &[mark("Hai & ba", "A1", "Mới")], &words()).unwrap();
    assert_eq!(kept, Kept::Values);
    assert_eq!(read(&twice, "x").unwrap().sheets.last().map(|sheet| sheet.name.as_str()), Some("Lỗi (2)"));
}
