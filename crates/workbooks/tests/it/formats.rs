//! Every format gives the same cells, whatever the file is called.
//! Not for: tables; `messy` has those.

use workbooks::book::{Cell, Format, Visible};
use workbooks::{At, Mapping, table};

use crate::support::*;

fn cell<'b>(book: &'b workbooks::Book, name: &str) -> Cell<'b> {
    book.sheets[0].cell(At::parse(name).unwrap())
}

#[test]
fn an_old_excel_file_is_read_with_merged_cells_days_and_hidden_sheets() {
    let book = read(include_bytes!("fixtures/list.xls"), "list.xlsx").unwrap();
    assert_eq!(book.format, Format::Xls);
    let seen: Vec<_> = book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.visible)).collect();
    assert_eq!(seen, [("Danh sách", Visible::Shown), ("Danh mục", Visible::Hidden)]);
    let fields = fields();
    let table = table::find(&book, &fields).unwrap();
    let mapping = Mapping::of(&table.columns, &fields);
    let expected = [
        "3 name=Nguyễn Thị Ánh born=02/03/1985 unit=Phòng Nội vụ",
        "4 name=Trần Văn Bưởi born=31/12/1990 unit=Phòng Nội vụ",
        "5 name=Lê Cam born=1991 unit=Phòng Nội vụ",
        "6 name=Đặng Thị Mít born=05/01/1979 unit=Văn phòng",
    ];
    assert_eq!(lines(&table, &mapping, &fields), expected);
}

#[test]
fn an_open_document_is_read_with_repeated_and_merged_cells() {
    let book = read(
        &raw_ods(
            r##"<table:table table:name="Một"><table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>Tên &amp; họ<text:s text:c="2"/>x</text:p><text:p>dòng hai</text:p><office:annotation><text:p>ghi chú</text:p></office:annotation></table:table-cell><table:covered-table-cell/><table:table-cell office:value-type="float" office:value="2.5" table:number-columns-repeated="2"><text:p>2,5</text:p></table:table-cell><table:table-cell table:number-columns-repeated="16380"/></table:table-row><table:table-row table:number-rows-repeated="3"><table:table-cell office:value-type="date" office:date-value="1985-03-02T00:00:00"/><table:table-cell office:value-type="boolean" office:boolean-value="true"/><table:table-cell table:formula="of:=[.A1]"/></table:table-row><table:table-row table:number-rows-repeated="1048572"><table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table><table:table table:name="Hai" table:style-name="ta2"><table:table-row><table:table-cell office:value-type="string"><text:p>#REF!</text:p></table:table-cell></table:table-row></table:table>"##,
        ),
        "x.ods",
    )
    .unwrap();
    assert_eq!((book.format, book.sheets[1].visible), (Format::Ods, Visible::Hidden));
    assert_eq!(cell(&book, "A1"), Cell::Text("Tên & họ  x\ndòng hai"));
    assert_eq!(
        [cell(&book, "B1"), cell(&book, "C1"), cell(&book, "D1"), cell(&book, "E1")],
        [Cell::Empty, Cell::Number(2.5), Cell::Number(2.5), Cell::Empty]
    );
    assert_eq!(cell(&book, "A4"), Cell::Day(domain::time::date(1985, 3, 2).unwrap()));
    assert_eq!((cell(&book, "B2"), cell(&book, "C2"), cell(&book, "A5")), (Cell::Bool(true), Cell::NoValue, Cell::Empty));
    assert_eq!(book.sheets[1].cell(At::new(0, 0)), Cell::Error("#REF!"));
    assert_eq!(book.sheets[0].merges.len(), 1);
}

#[test]
fn a_workbook_is_known_by_its_content() {
    let xlsx = raw_xlsx(r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Tên</t></is></c></row>"#, &[]);
    for (bytes, format, delimiter) in [
        (xlsx.as_slice(), Format::Xlsx, None),
        ("Tên\tTuổi\nÁnh\t5\n".as_bytes(), Format::Csv, Some('\t')),
        ("\u{feff}Tên;Tuổi\r\nÁnh;5".as_bytes(), Format::Csv, Some(';')),
    ] {
        let book = read(bytes, "danh sach.xls").unwrap();
        assert_eq!((book.format, book.delimiter), (format, delimiter));
        assert_eq!(cell(&book, "A1"), Cell::Text("Tên"));
    }
}

#[test]
fn text_is_read_in_whatever_letters_it_was_saved() {
    let text = "TT;Họ và tên;Năm sinh;Giới tính\r\n1;Nguyễn Văn Ánh;1985;Nam\r\n2;Trần Thị Bưởi;03/1990;Nữ\r\n";
    let old = "TT;Hoï vaø teân;Naêm sinh;Giôùi tính\r\n1;Nguyeãn Vaên AÙnh;1985;Nam\r\n2;Traàn Thò Böôûi;03/1990;Nöõ\r\n";
    let tcvn3 = "TT;Hä vµ tªn;N¨m sinh;Giíi tÝnh\r\n1;NguyÔn V¨n ¸nh;1985;Nam\r\n2;TrÇn ThÞ B\u{ad}ëi;03/1990;N÷\r\n";
    let utf16 = |to: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(to).collect::<Vec<u8>>();
    let fields = fields();
    for (bytes, encoding) in [
        (text.as_bytes().to_vec(), "utf-8"),
        ([b"\xef\xbb\xbf", text.as_bytes()].concat(), "utf-8"),
        (utf16(u16::to_le_bytes), "utf-16le"),
        ([vec![0xfe, 0xff], utf16(u16::to_be_bytes)].concat(), "utf-16be"),
        (windows_1258(text), "windows-1258"),
        (one_byte(old), "windows-1252"),
        (one_byte(tcvn3), "windows-1252"),
    ] {
        let book = read(&bytes, "x.csv").unwrap();
        assert_eq!((book.encoding, book.sheets[0].fonts.undecided), (Some(encoding), 0));
        let table = table::find(&book, &fields).unwrap();
        let lines = lines(&table, &Mapping::of(&table.columns, &fields), &fields);
        let expected = |first: &str| {
            [format!("2 name=Nguyễn Văn Ánh{first} born=1985 gender=male"), "3 name=Trần Thị Bưởi born=3/1990 gender=female".to_owned()]
        };
        assert!(lines == expected("") || lines == expected("*"), "{encoding} {lines:?}");
    }
}

#[test]
fn cells_of_excel_keep_their_kinds() {
    let styles = br#"<?xml version="1.0"?><styleSheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>"#;
    let rows = r#"<row r="2"><c r="A2" s="1"><v>31108</v></c><c r="B2"><v>31108</v></c><c r="C2" t="b"><v>1</v></c><c r="D2" t="e"><v>#N/A</v></c><c r="E2"><f>1+1</f></c><c r="F2"><f>1+1</f><v>2</v></c><c r="G2" t="str"><f>A1</f><v>chữ</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>"#;
    let book = read(&raw_xlsx(rows, &[("xl/styles.xml", styles)]), "x").unwrap();
    let found: Vec<Cell<'_>> = book.sheets[0].row(1).map(|(_, cell)| cell).collect();
    let day = Cell::Day(domain::time::date(1985, 3, 2).unwrap());
    let expected =
        [day, Cell::Number(31_108.0), Cell::Bool(true), Cell::Error("#N/A"), Cell::NoValue, Cell::Number(2.0), Cell::Text("chữ")];
    assert_eq!(found, expected);
    assert_eq!(cell(&book, "XFD1048576"), Cell::Number(1.0));
}
