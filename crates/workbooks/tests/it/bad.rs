//! Files that must be refused, or read with a problem at a place: encrypted, cut off, bombs, macros, formulas without results, lost letters.
//! Not for: files that are right.

use std::io::{Cursor, Write};
use std::ops::ControlFlow;

use workbooks::book::{Cell, Macros};
use workbooks::open::Looks;
use workbooks::{At, Limits, Mapping, Mark, OpenError, Progress, marked, marked::Words, open, table, unwatched};

use crate::support::*;

const ROW: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Tên</t></is></c></row>"#;

fn looks(bytes: &[u8]) -> Option<Looks> {
    match read(bytes, "x.xls") {
        Err(OpenError::NotAWorkbook { looks }) => Some(looks),
        _ => None,
    }
}

#[test]
fn a_file_that_holds_nothing_is_empty() {
    for bytes in [b"".as_slice(), b"  \r\n\t", b"\xef\xbb\xbf", b";;;\n;;\n"] {
        assert_eq!(code(bytes), "empty");
    }
    assert_eq!(code(&raw_xlsx("", &[])), "empty");
}

#[test]
fn a_workbook_with_a_password_is_told() {
    assert_eq!(code(&compound(&[("/EncryptionInfo", b"x"), ("/EncryptedPackage", b"x")])), "encrypted");
    // An old file whose letters are hidden by a key stream, and one whose letters are only turned by a key.
    for pass in [[1, 0, 1, 0, 1, 0], [0, 0, 0x34, 0x12, 0x78, 0x56]] {
        let stream = [biff(0x0809, &[0, 6, 5, 0]), biff(0x002f, &pass), biff(0x000a, &[])].concat();
        assert_eq!(code(&compound(&[("/Workbook", &stream)])), "encrypted");
    }
    let parts: [(&str, &[u8]); 3] = [
        ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
        ("META-INF/manifest.xml", b"<manifest:file-entry><manifest:encryption-data/></manifest:file-entry>"),
        ("content.xml", b"\x01\x02"),
    ];
    assert_eq!(code(&zipped(&parts)), "encrypted");
}

#[test]
fn a_file_that_was_cut_off_is_told() {
    let xlsx = raw_xlsx(ROW, &[]);
    let xls = include_bytes!("fixtures/list.xls");
    for part in [2, 3, 5, 9] {
        assert_eq!(code(&xlsx[..xlsx.len() * part / 10]), "truncated", "{part}");
        assert_eq!(code(&xls[..xls.len() * part / 10]), "truncated", "{part}");
    }
    assert_eq!(code(b"PK"), "truncated");
    let mut broken = xlsx;
    let part = b"xl/worksheets/sheet1.xml";
    let packed = broken.windows(part.len()).position(|window| window == part).unwrap() + part.len() + 40;
    broken[packed..packed + 8].fill(0);
    assert_eq!(code(&broken), "damaged");
}

#[test]
fn a_bomb_is_refused_before_it_unpacks() {
    let zeros = vec![b' '; 11 << 20];
    let bomb = raw_xlsx(ROW, &[("xl/sharedStrings.xml", &zeros)]);
    assert!(bomb.len() < 100_000);
    match read(&bomb, "x.xlsx") {
        Err(OpenError::Bomb { part, .. }) => assert_eq!(part, "xl/sharedStrings.xml"),
        other => panic!("{other:?}"),
    }
    // The same with a size that lies.
    let mut lying = bomb;
    let size = u32::try_from(zeros.len()).unwrap().to_le_bytes();
    for place in 0..lying.len() - 4 {
        if lying[place..place + 4] == size {
            lying[place..place + 4].copy_from_slice(&100_u32.to_le_bytes());
        }
    }
    assert!(["bomb", "damaged"].contains(&code(&lying)));
    let limits = Limits { unpacked: 500, ..Limits::default() };
    assert_eq!(open(&raw_xlsx(ROW, &[]), "x", &limits, &mut unwatched).unwrap_err().code(), "bomb");
}

#[test]
fn memory_is_not_reserved_for_what_a_file_only_claims() {
    let strings = br#"<sst uniqueCount="4000000000"><si><t>a</t></si></sst>"#;
    assert_eq!(code(&raw_xlsx(ROW, &[("xl/sharedStrings.xml", strings)])), "damaged");
    // A number in the last corner of an old sheet: the rectangle would have four milliards of cells.
    let cell = [&u16::MAX.to_le_bytes()[..], &u16::MAX.to_le_bytes(), &[0, 0], &1_f64.to_le_bytes()].concat();
    let dimensions = [&0_u32.to_le_bytes()[..], &u32::MAX.to_le_bytes(), &[0, 0, 255, 255, 0, 0]].concat();
    let head = [biff(0x0809, &[0, 6, 5, 0, 0, 0, 0, 0]), biff(0x0085, &[0, 0, 0, 0, 0, 0, 1, 0, b'S']), biff(0x000a, &[])].concat();
    let sheet = |records: &[Vec<u8>]| {
        let mut stream = head.clone();
        let start = u32::try_from(stream.len()).unwrap().to_le_bytes();
        let place = stream.windows(4).position(|window| window == [0x85, 0, 9, 0]).unwrap() + 4;
        stream[place..place + 4].copy_from_slice(&start);
        stream.extend(records.concat());
        compound(&[("/Workbook", &stream)])
    };
    let begin = biff(0x0809, &[0, 6, 16, 0, 0, 0, 0, 0]);
    assert_eq!(code(&sheet(&[begin.clone(), biff(0x0203, &cell), biff(0x000a, &[])])), "too_many_cells");
    let right = [&[1, 0, 1, 0, 0, 0][..], &1_f64.to_le_bytes()].concat();
    assert_eq!(code(&sheet(&[begin, biff(0x0200, &dimensions), biff(0x0203, &right), biff(0x000a, &[])])), "opened");
    let repeated = r#"<table:table table:name="S"><table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/></table:table-row></table:table>"#;
    assert_eq!(code(&raw_ods(repeated)), "too_many_cells");
}

#[test]
fn a_file_of_a_hundred_megabytes_is_too_large() {
    let error = OpenError::TooLarge { bytes: 100_000_000, limit: 80 << 20 };
    // Told by its size alone, so that nobody needs to take it into memory first.
    assert_eq!(Limits::default().admit(100_000_000), Err(error.clone()));
    assert_eq!(error.params(), [("bytes", "100000000".to_owned()), ("limit", "83886080".to_owned())]);
    let limits = Limits { bytes: 9, ..Limits::default() };
    assert_eq!(open(b"a;b\r\n1;2\r\n", "x.csv", &limits, &mut unwatched).unwrap_err().code(), "too_large");
}

#[test]
fn a_file_with_macros_gives_its_values_and_leaves_the_macros_behind() {
    let mut old = cfb::CompoundFile::open(Cursor::new(include_bytes!("fixtures/list.xls").to_vec())).unwrap();
    old.create_storage_all("/_VBA_PROJECT_CUR/VBA").unwrap();
    old.create_stream("/_VBA_PROJECT_CUR/VBA/dir").unwrap().write_all(b"Sub QwxMacro").unwrap();
    old.flush().unwrap();
    let open_document = raw_ods(
        r#"<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string"><text:p>Tên</text:p></table:table-cell></table:table-row></table:table>"#,
    );
    for (bytes, macros, text) in [
        (raw_xlsx(ROW, &[("xl/vbaProject.bin", b"Sub QwxMacro")]), Macros::LeftBehind, "Tên"),
        (old.into_inner().into_inner(), Macros::LeftBehind, "Danh sách"),
        (with_part(&open_document, "Basic/Standard/script.xml", b"Sub QwxMacro"), Macros::LeftBehind, "Tên"),
        (raw_xlsx(ROW, &[]), Macros::None, "Tên"),
        (include_bytes!("fixtures/list.xls").to_vec(), Macros::None, "Danh sách"),
        (open_document, Macros::None, "Tên"),
    ] {
        let book = read(&bytes, "x.xlsm").unwrap();
        assert_eq!(book.macros, macros);
        let Cell::Text(first) = book.sheets[0].cell(At::new(0, 0)) else { panic!("no text") };
        assert!(first.to_lowercase().starts_with(&text.to_lowercase()), "{first}");
        let words = Words { list: "L".to_owned(), heads: ["a", "b", "c", "d"].map(str::to_owned) };
        let mark = Mark { sheet: book.sheets[0].name.clone(), at: At::new(0, 0), text: "?".to_owned() };
        let back = marked(&book, &[mark], &words).unwrap();
        assert!(unzipped(&back).iter().all(|(name, text)| !name.contains("vba") && !text.contains("QwxMacro")));
    }
    assert_eq!(looks(&zipped(&[("[Content_Types].xml", b""), ("xl/workbook.bin", b"")])), Some(Looks::Xlsb));
}

#[test]
fn what_is_no_workbook_is_told_for_what_it_is() {
    for (bytes, expected) in [
        (b"<html><body><table><tr><td>1</td></tr></table></body></html>".as_slice(), Looks::Html),
        (b"\xef\xbb\xbf<!DOCTYPE html>\n<table>", Looks::Html),
        (b"MIME-Version: 1.0\nContent-Type: multipart/related", Looks::Html),
        (b"<?xml version=\"1.0\"?><?mso-application progid=\"Excel.Sheet\"?><Workbook/>", Looks::Xml),
        (b"%PDF-1.7", Looks::Pdf),
        (b"\x89PNG\r\n\x1a\n", Looks::Picture),
        (b"{\\rtf1}", Looks::Document),
        (b"\x00\x01\x02\x03\x04\xff\xfe\x80", Looks::Unknown),
        (b"\x09\x04\x06\x00\x00\x00", Looks::OldExcel),
    ] {
        assert_eq!(looks(bytes), Some(expected), "{bytes:?}");
    }
    assert_eq!(looks(&zipped(&[("[Content_Types].xml", b""), ("word/document.xml", b"")])), Some(Looks::Document));
    assert_eq!(looks(&zipped(&[("a.txt", b"")])), Some(Looks::Archive));
    assert_eq!(looks(&compound(&[("/WordDocument", b"x")])), Some(Looks::Document));
}

#[test]
fn what_cannot_be_read_has_a_place() {
    let text = |name: &str, text: &str| format!(r#"<c r="{name}" t="inlineStr"><is><t>{text}</t></is></c>"#);
    let rows = [
        format!("<row r=\"1\">{}{}{}</row>", text("A1", "TT"), text("B1", "Họ và tên"), text("C1", "Ngày sinh")),
        format!("<row r=\"2\"><c r=\"A2\"><v>1</v></c>{}<c r=\"C2\"><f>TODAY()</f></c></row>", text("B2", "Trần Bưởi")),
        format!(
            "<row r=\"3\"><c r=\"A3\"><v>2</v></c>{}<c r=\"C3\" t=\"e\"><v>#REF!</v></c></row>",
            text("B3", "Ng\u{b8}y\u{bb}nx V\u{a8}\u{a9}n")
        ),
        format!("<row r=\"4\"><c r=\"A4\"><v>3</v></c>{}<c r=\"C4\"><v>1985</v></c></row>", text("B4", "Nguy\u{fffd}n Cam")),
    ];
    let fields = fields();
    let book = read(&raw_xlsx(&rows.concat(), &[]), "x").unwrap();
    let table = table::find(&book, &fields).unwrap();
    let lines = lines(&table, &Mapping::of(&table.columns, &fields), &fields);
    let expected = [
        "2 name=Trần Bưởi !C2 no_value ``",
        "3 !B3 font_encoding `Ng\u{b8}y\u{bb}nx V\u{a8}\u{a9}n` !C3 cell_error `#REF!`",
        "4 born=1985 !B4 lost_letters `Nguy\u{fffd}n Cam`",
    ];
    assert_eq!(lines, expected);
    assert_eq!(book.sheets[0].fonts.undecided, 1);
}

#[test]
fn a_reading_can_be_watched_and_cancelled() {
    let file = raw_xlsx(ROW, &[]);
    let mut seen = Vec::new();
    open(&file, "x", &Limits::default(), &mut |progress| {
        seen.push(matches!(progress, Progress::Reading { .. }));
        ControlFlow::Continue(())
    })
    .unwrap();
    assert!(seen.contains(&true) && seen.contains(&false));
    let cancelled = open(&file, "x", &Limits::default(), &mut |_| ControlFlow::Break(()));
    assert_eq!(cancelled.unwrap_err(), OpenError::Cancelled);
}

#[test]
fn too_many_sheets_and_cells_are_refused() {
    let limits = Limits { cells: 3, ..Limits::default() };
    let error = open(b"a,b\nc,d\n", "x.csv", &limits, &mut unwatched).unwrap_err();
    assert_eq!(error, OpenError::TooManyCells { sheet: "x".to_owned(), limit: 3 });
    let limits = Limits { sheets: 0, ..Limits::default() };
    assert_eq!(open(&raw_xlsx(ROW, &[]), "x", &limits, &mut unwatched).unwrap_err().code(), "too_many_sheets");
    assert_eq!(At::parse("A1"), Some(At::new(0, 0)));
}
