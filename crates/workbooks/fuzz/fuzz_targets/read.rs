//! Any bytes as a workbook: opened, its tables found, its rows read, and marked again.
//! Not for: right answers; it only looks for panics, endless loops and memory without limit.
#![no_main]

use libfuzzer_sys::fuzz_target;
use workbooks::book::Epoch;
use workbooks::fields::{Choice, Field, Kind};
use workbooks::marked::{Mark, Words, marked_file};
use workbooks::table::{self, Choices, Table};
use workbooks::values::{Rules, records};
use workbooks::{At, Limits, Mapping, open, unwatched};

fn fields() -> Vec<Field> {
    let level = vec![Choice::new("low", &["Sơ cấp"]), Choice::new("high", &["Cao cấp"])];
    vec![
        Field::new("name", &["Họ và tên", "Họ tên"], Kind::Name).required(),
        Field::new("born", &["Ngày sinh", "Năm sinh"], Kind::Date),
        Field::new("theory", &["Lý luận chính trị"], Kind::Code(level)),
        Field::new("citizen", &["Số CCCD"], Kind::CitizenNumber),
    ]
}

fuzz_target!(
    // The libraries for Excel formats may panic on broken files, which `open` contains; the hook of the fuzzer would end it all the same.
    init: std::panic::set_hook(Box::new(|_| {})),
    |bytes: &[u8]| {
        let limits = Limits { bytes: 1 << 20, unpacked: 16 << 20, cells: 200_000, ..Limits::default() };
        let Ok(book) = open(bytes, "x.xls", &limits, &mut unwatched) else { return };
        let fields = fields();
        let rules = Rules { first_year: 1930, last_year: 2030, epoch: Epoch::Y1900 };
        let mut marks = Vec::new();
        for place in table::places(&book, &fields).iter().take(2) {
            let Some(sheet) = book.sheets.get(place.sheet) else { continue };
            let table = Table::at(sheet, place.header, &Choices::default());
            let mapping = Mapping::of(&table.columns, &fields);
            for record in records(&table, &mapping, &fields, &rules).take(50) {
                marks.extend(record.problems.iter().map(|problem| Mark { sheet: problem.sheet.clone(), at: problem.at, text: problem.read.clone() }));
            }
        }
        marks.push(Mark { sheet: "S".to_owned(), at: At::new(0, 0), text: String::new() });
        let words = Words { list: "L".to_owned(), heads: ["a", "b", "c", "d"].map(str::to_owned) };
        if let Ok((file, _)) = marked_file(bytes, &book, &marks, &words) {
            assert!(open(&file, "x.xlsx", &Limits::default(), &mut unwatched).is_ok(), "a marked file is a workbook");
        }
    }
);
