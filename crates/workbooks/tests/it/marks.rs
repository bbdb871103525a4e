//! The same file comes back with the problems marked in it.
//! Not for: finding problems.

use workbooks::book::{Cell, Visible};
use workbooks::marked::{Mark, Words, marked};
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
    assert!(notes.contains("Thiếu ngày\nThiếu tháng") && notes.contains("ref=\"H9\""), "{notes}");
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
