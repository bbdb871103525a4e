//! The messy workbooks of the test kit, each after a real habit: everybody is read, and exactly what is wrong is told at its cell.
//! Not for: the rules one by one; `messy` has small files for those.

use std::io::{Cursor, Read};

use testkit::messy::{self, Messy};
use workbooks::book::{Epoch, Macros, Visible};
use workbooks::fields::{Choice, Field, Kind};
use workbooks::marked::{Kept, Words};
use workbooks::table::Why;
use workbooks::values::{Record, Rules, read as read_cell, records};
use workbooks::{At, Book, Cell, Limits, Mapping, Mark, OpenError, Table, marked_file, open, table, unwatched};
use zip::ZipArchive;

const RULES: Rules = Rules { first_year: 1930, last_year: 2030, epoch: Epoch::Y1900 };

fn read(bytes: &[u8], name: &str) -> Result<Book, OpenError> {
    open(bytes, name, &Limits::default(), &mut unwatched)
}

fn fields() -> Vec<Field> {
    let sexes = vec![Choice::new("male", &["Nam"]), Choice::new("female", &["Nữ"])];
    let theory = ["Sơ cấp", "Trung cấp", "Cao cấp"].map(|name| Choice::new(name, &[name])).to_vec();
    let modes = ["Tập trung", "Bán tập trung", "Trực tuyến"].map(|name| Choice::new(name, &[name])).to_vec();
    let results = ["Giỏi", "Khá", "Đạt yêu cầu"].map(|name| Choice::new(name, &[name])).to_vec();
    vec![
        Field::new("name", &["Họ và tên", "Họ tên"], Kind::Name).required(),
        Field::new("born", &["Ngày sinh", "Ngày tháng năm sinh", "Năm sinh"], Kind::Date),
        Field::new("gender", &["Giới tính"], Kind::Code(sexes)),
        Field::new("citizen", &["Số CCCD"], Kind::CitizenNumber),
        Field::new("position", &["Chức vụ", "Chức danh"], Kind::Text),
        Field::new("unit", &["Đơn vị", "Đơn vị công tác"], Kind::Text),
        Field::new("theory", &["Lý luận chính trị"], Kind::Code(theory)),
        Field::new("years", &["Số năm công tác"], Kind::Integer { min: 0, max: 60 }),
        Field::new("payroll", &["Mã số"], Kind::Key { digits: Some(5) }),
        Field::new("program", &["Tên chương trình bồi dưỡng"], Kind::Text).required(),
        Field::new("mode", &["Hình thức bồi dưỡng"], Kind::Code(modes)),
        Field::new("hours", &["Số tiết"], Kind::Integer { min: 1, max: 2_000 }),
        Field::new("issued", &["Ngày cấp chứng chỉ"], Kind::Date),
        Field::new("result", &["Kết quả"], Kind::Code(results)),
    ]
}

fn found<'b>(book: &'b Book, fields: &[Field]) -> (Table<'b>, Mapping) {
    let table = table::find(book, fields).unwrap();
    let mapping = Mapping::of(&table.columns, fields);
    (table, mapping)
}

fn all_records<'a>(table: &'a Table<'_>, mapping: &'a Mapping, fields: &'a [Field]) -> Vec<Record<'a>> {
    records(table, mapping, fields, &RULES).collect()
}

#[test]
fn everybody_is_read_and_every_planted_error_is_told_at_its_cell() {
    let fields = fields();
    for messy in messy::all() {
        let book = read(&messy.bytes, messy.name).unwrap();
        let (table, mapping) = found(&book, &fields);
        assert_eq!(table.sheet.name, messy.sheet);
        let records = all_records(&table, &mapping, &fields);
        assert_eq!(records.len(), messy.people, "{}", messy.name);
        let told: Vec<_> = records
            .iter()
            .flat_map(|record| &record.problems)
            .map(|found| (found.at.to_string(), found.read.as_str(), found.code.code()))
            .collect();
        let planted: Vec<_> = messy.errors.iter().map(|error| (error.cell.clone(), error.wrong.as_str(), error.code)).collect();
        assert_eq!(told, planted, "{}", messy.name);
        assert!((5..=8).contains(&planted.len()) && (40..=80).contains(&messy.people));
        // Whoever has no error is complete.
        let is_whole =
            |record: &&Record<'_>| record.problems.is_empty() && ["name", "born"].iter().all(|field| record.value(field).is_some());
        let whole = records.iter().filter(is_whole).count();
        assert_eq!(whole + planted.len(), messy.people, "{}", messy.name);
    }
}

#[test]
fn every_planted_error_can_be_mended_by_hand() {
    let fields = fields();
    for messy in messy::all() {
        let book = read(&messy.bytes, messy.name).unwrap();
        let (_, mapping) = found(&book, &fields);
        for error in &messy.errors {
            let column = At::parse(&error.cell).unwrap().column;
            let code = &mapping.column(column).unwrap().field;
            let field = fields.iter().find(|field| field.code == *code).unwrap();
            assert!(read_cell(&Cell::Text(&error.right), field, &RULES).is_ok(), "{} {error:?}", messy.name);
        }
    }
}

#[test]
fn what_was_mended_has_the_same_people_and_no_error() {
    let fields = fields();
    for messy in messy::mended() {
        let book = read(&messy.bytes, messy.name).unwrap();
        let (table, mapping) = found(&book, &fields);
        let records = all_records(&table, &mapping, &fields);
        assert_eq!((records.len(), messy.errors.as_slice()), (messy.people, [].as_slice()), "{}", messy.name);
        assert!(records.iter().all(|record| record.problems.is_empty()), "{}", messy.name);
    }
}

#[test]
fn the_workbooks_are_the_same_in_every_run() {
    assert_eq!(messy::all(), messy::all());
    let folder = std::env::temp_dir().join(format!("khuevan-messy-{}", std::process::id()));
    let paths = messy::write_all(&folder).unwrap();
    let kept: Vec<Vec<u8>> = paths.iter().map(|path| std::fs::read(path).unwrap()).collect();
    std::fs::remove_dir_all(&folder).unwrap();
    assert_eq!(kept, messy::all().into_iter().chain(messy::mended()).map(|messy| messy.bytes).collect::<Vec<_>>());
}

/// How many rows are none of data, by kind.
fn others(messy: &Messy) -> Vec<(Why, usize)> {
    let book = read(&messy.bytes, messy.name).unwrap();
    let (table, _) = found(&book, &fields());
    let kinds = [Why::Title, Why::Header, Why::Numbering, Why::Group, Why::Totals, Why::Note];
    let count = |why: Why| table.skipped.iter().filter(|skipped| skipped.why == why).count();
    assert_eq!(kinds.map(count).iter().sum::<usize>(), table.skipped.len());
    kinds.into_iter().map(|why| (why, count(why))).filter(|(_, count)| *count > 0).collect()
}

#[test]
fn rows_of_the_form_are_told_from_people() {
    assert_eq!(others(&messy::commune()), [(Why::Title, 3), (Why::Header, 2), (Why::Group, 5), (Why::Totals, 1), (Why::Note, 5)]);
    assert_eq!(others(&messy::export()), [(Why::Header, 1), (Why::Totals, 1)]);
    assert_eq!(others(&messy::export_text()), [(Why::Header, 1), (Why::Totals, 1)]);
    let ministry = [(Why::Title, 4), (Why::Header, 2), (Why::Numbering, 1), (Why::Totals, 1), (Why::Note, 2)];
    assert_eq!(others(&messy::ministry()), ministry);
}

#[test]
fn people_stand_in_the_group_of_their_village() {
    let fields = fields();
    let messy = messy::commune();
    let book = read(&messy.bytes, messy.name).unwrap();
    let (table, mapping) = found(&book, &fields);
    let records = all_records(&table, &mapping, &fields);
    assert_eq!(records[0].group, ["I. ĐẢNG ỦY, MẶT TRẬN VÀ CÁC ĐOÀN THỂ"]);
    assert_eq!(records[47].group, ["III. NGƯỜI HOẠT ĐỘNG KHÔNG CHUYÊN TRÁCH", "2. Thôn Đông Mỹ"]);
}

#[test]
fn letters_hidden_sheets_and_forms_of_old_programs_are_told() {
    let old = messy::export();
    let book = read(&old.bytes, old.name).unwrap();
    let seen: Vec<_> = book.sheets.iter().map(|sheet| (sheet.name.as_str(), sheet.visible)).collect();
    assert_eq!(seen, [("HOSO", Visible::Shown), ("DMUC", Visible::Hidden)]);
    assert!(book.sheets[0].fonts.tcvn3 > 200 && book.sheets[0].fonts.undecided == 1, "{:?}", book.sheets[0].fonts);
    assert_eq!(book.sheets[1].cell(At::new(1, 1)), Cell::Text("Sơ cấp"));
    let text = messy::export_text();
    let book_of_text = read(&text.bytes, text.name).unwrap();
    assert_eq!((book_of_text.encoding, book_of_text.delimiter), (Some("windows-1258"), Some(';')));
    // The two are the same people, whatever letters and days they were kept in.
    let fields = fields();
    let names = |book: &Book| {
        let (table, mapping) = found(book, &fields);
        let value =
            |record: &Record<'_>| record.problems.is_empty().then(|| record.value("name").cloned().zip(record.value("born").cloned()));
        all_records(&table, &mapping, &fields).iter().map(value).collect::<Vec<_>>()
    };
    let both = names(&book).into_iter().zip(names(&book_of_text)).filter_map(|(old, text)| old.zip(text));
    let (same, different): (Vec<_>, Vec<_>) = both.partition(|(old, text)| old == text);
    assert_eq!((same.len(), different), (56, Vec::new()));
    assert_eq!(book.macros, Macros::None);
}

/// The part with the notes of the only sheet that has any.
fn notes(file: &[u8]) -> String {
    let mut archive = ZipArchive::new(Cursor::new(file)).unwrap();
    let name = archive.file_names().map(|name| name.unwrap().into_owned()).find(|name| name.contains("comments")).unwrap();
    let mut text = String::new();
    archive.by_name(&name).unwrap().read_to_string(&mut text).unwrap();
    text
}

#[test]
fn each_comes_back_with_its_errors_marked() {
    let fields = fields();
    let words = Words { list: "Cần sửa".to_owned(), heads: ["Trang tính", "Ô", "Đã đọc", "Cần sửa"].map(str::to_owned) };
    for messy in messy::all() {
        let book = read(&messy.bytes, messy.name).unwrap();
        let (table, mapping) = found(&book, &fields);
        let records = all_records(&table, &mapping, &fields);
        let problems = records.iter().flat_map(|record| &record.problems);
        let marks: Vec<Mark> =
            problems.map(|found| Mark { sheet: found.sheet.clone(), at: found.at, text: found.code.code().to_owned() }).collect();
        let (file, kept) = marked_file(&messy.bytes, &book, &marks, &words).unwrap();
        assert_eq!(kept, if messy.name.ends_with(".xlsx") { Kept::All } else { Kept::Values }, "{}", messy.name);
        let again = read(&file, "x.xlsx").unwrap();
        let notes = notes(&file);
        for error in &messy.errors {
            assert!(notes.contains(&format!("ref=\"{}\"", error.cell)), "{} {error:?}", messy.name);
        }
        assert_eq!(notes.matches("<comment ").count(), messy.errors.len());
        // What was read of the marked file is what was read before.
        let (table, mapping) = found(&again, &fields);
        assert_eq!(all_records(&table, &mapping, &fields).len(), messy.people);
        assert_eq!(again.sheets.last().map(|sheet| (sheet.name.as_str(), sheet.row_count())), Some(("Cần sửa", marks.len() + 1)));
    }
}
