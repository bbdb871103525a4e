//! Laws that hold for every file: no bytes are a panic, and what is written is read back the same.
//! Not for: single cases.

use proptest::prelude::*;
use rust_xlsxwriter::Workbook;
use workbooks::book::Cell;
use workbooks::marked::{Mark, Words, marked_file};
use workbooks::{At, Book, Mapping, table};

use crate::support::*;

/// Everything that can be done with a file, for the sake of not panicking.
pub(crate) fn exercise(bytes: &[u8]) {
    let Ok(book) = read(bytes, "x.xls") else { return };
    let fields = fields();
    for place in table::places(&book, &fields).iter().take(3) {
        let table = table::Table::at(&book.sheets[place.sheet], place.header, &table::Choices::default());
        let _ = lines(&table, &Mapping::of(&table.columns, &fields), &fields);
    }
    let words = Words { list: "L".to_owned(), heads: ["a", "b", "c", "d"].map(str::to_owned) };
    let marks: Vec<Mark> =
        book.sheets.iter().map(|sheet| Mark { sheet: sheet.name.clone(), at: At::new(1, 1), text: "?".to_owned() }).collect();
    if let Ok((file, _)) = marked_file(bytes, &book, &marks, &words) {
        assert_eq!(read(&file, "x").map_or_else(|error| error.code(), |_| "opened"), "opened");
    }
}

#[derive(Debug, Clone, PartialEq)]
enum Written {
    Text(String),
    Number(f64),
    Bool(bool),
}

fn written() -> impl Strategy<Value = Written> {
    prop_oneof![
        "[A-Za-zĐđạảãàáâậầấẩẫăắằặẳẵ0-9.,;:\"'|/ -]{1,20}".prop_filter("not blank", |text| !text.trim().is_empty()).prop_map(Written::Text),
        (-1e9..1e9).prop_map(Written::Number),
        any::<bool>().prop_map(Written::Bool),
    ]
}

fn grid() -> impl Strategy<Value = Vec<Vec<Option<Written>>>> {
    prop::collection::vec(prop::collection::vec(prop::option::of(written()), 1..6), 1..12)
        .prop_filter("not empty", |rows| rows.iter().flatten().any(Option::is_some))
}

fn found(book: &Book, row: usize, column: usize) -> Option<Written> {
    match book.sheets[0].cell(At::new(u32::try_from(row).unwrap(), u16::try_from(column).unwrap())) {
        Cell::Empty => None,
        Cell::Text(text) => Some(Written::Text(text.to_owned())),
        Cell::Number(number) => Some(Written::Number(number)),
        Cell::Bool(value) => Some(Written::Bool(value)),
        other => panic!("{other:?}"),
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_are_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        exercise(&bytes);
    }

    #[test]
    fn no_damage_to_a_right_file_is_a_panic(places in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8), which in 0..3_usize) {
        let rows = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Họ tên</t></is></c><c r="B1"><v>1</v></c></row>"#;
        let mut bytes = match which {
            0 => raw_xlsx(rows, &[]),
            1 => include_bytes!("fixtures/list.xls").to_vec(),
            _ => raw_ods(r#"<table:table table:name="S"><table:table-row><table:table-cell office:value-type="float" office:value="1"/></table:table-row></table:table>"#),
        };
        for (place, byte) in places {
            let place = place.index(bytes.len());
            bytes[place] = byte;
        }
        exercise(&bytes);
    }

    #[test]
    fn no_text_is_a_panic(text in "[\\PC\n\t;,\"]{0,400}") {
        exercise(text.as_bytes());
    }

    #[test]
    fn what_is_written_to_a_workbook_is_read(rows in grid()) {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        for (row, cells) in (0..).zip(&rows) {
            for (column, cell) in (0..).zip(cells) {
                match cell {
                    Some(Written::Text(text)) => sheet.write_string(row, column, text).unwrap(),
                    Some(Written::Number(number)) => sheet.write_number(row, column, *number).unwrap(),
                    Some(Written::Bool(value)) => sheet.write_boolean(row, column, *value).unwrap(),
                    None => sheet,
                };
            }
        }
        let book = read(&book.save_to_buffer().unwrap(), "x.xlsx").unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                prop_assert_eq!(&found(&book, row, column), cell);
            }
        }
    }

    #[test]
    fn what_is_written_to_separated_text_is_read(rows in grid()) {
        let quoted = |cell: &Option<Written>| match cell {
            Some(Written::Text(text)) => format!("\"{}\"", text.replace('"', "\"\"")),
            Some(Written::Number(number)) => format!("\"{number}\""),
            Some(Written::Bool(value)) => value.to_string(),
            None => String::new(),
        };
        let text: String = rows.iter().map(|row| row.iter().map(quoted).collect::<Vec<_>>().join(";") + "\r\n").collect();
        let book = read(format!("sep=;\r\n{text}").as_bytes(), "x.csv").unwrap();
        for (row, cells) in rows.iter().enumerate() {
            for (column, cell) in cells.iter().enumerate() {
                let expected = cell.as_ref().map(|cell| match cell {
                    Written::Text(text) => text.clone(),
                    Written::Number(number) => number.to_string(),
                    Written::Bool(value) => value.to_string(),
                });
                let found = found(&book, row, column).map(|cell| if let Written::Text(text) = cell { text } else { String::new() });
                prop_assert_eq!(found, expected);
            }
        }
    }
}
