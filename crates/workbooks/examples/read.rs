//! `cargo run --release -p khuevan-workbooks --example read -- FILE [MARKED]`: what is in a workbook, in how many seconds and how much memory; with a second name,
//! the file with its problems marked is written there.
//! Not for: users; the product shows all this on its pages.

use std::error::Error;
use std::io::{Write, stdout};
use std::time::Instant;

use workbooks::fields::{Choice, Field, Kind};
use workbooks::marked::Words;
use workbooks::values::{Problem, Rules, records};
use workbooks::{Limits, Mapping, Mark, marked_file, open, table, unwatched};

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("name a file")?;
    let bytes = std::fs::read(&path)?;
    let mut out = stdout().lock();
    let start = Instant::now();
    let book = open(&bytes, &path, &Limits::default(), &mut unwatched).map_err(|error| format!("{}: {error}", error.code()))?;
    writeln!(
        out,
        "{} bytes of {} opened in {:.2} s, encoding {:?}",
        bytes.len(),
        book.format.code(),
        start.elapsed().as_secs_f64(),
        book.encoding
    )?;
    for sheet in &book.sheets {
        let (rows, cells) = (sheet.row_count(), sheet.cell_count());
        writeln!(out, "sheet `{}` {:?}: {rows} rows, {cells} cells, {:?}", sheet.name, sheet.visible, sheet.fonts)?;
    }
    let fields = fields();
    let table = table::find(&book, &fields).ok_or("no table in it")?;
    writeln!(
        out,
        "table: header {:?}, {} columns, {} rows, {} others",
        table.header,
        table.columns.len(),
        table.rows.len(),
        table.skipped.len()
    )?;
    let mapping = Mapping::of(&table.columns, &fields);
    for matched in &mapping.matched {
        writeln!(out, "  {} is {} ({}, {} %)", matched.title, matched.field, matched.why.code(), matched.sure)?;
    }
    let rules = Rules { first_year: 1930, last_year: 2040, epoch: book.epoch };
    let (mut values, mut repaired, mut problems) = (0_usize, 0_usize, 0_usize);
    let mut marks = Vec::new();
    for record in records(&table, &mapping, &fields, &rules) {
        values += record.filled.len();
        repaired += record.filled.iter().filter(|filled| !filled.reading.repaired.is_empty()).count();
        problems += record.problems.len();
        let mark = |found: &Problem| Mark { sheet: found.sheet.clone(), at: found.at, text: found.code.code().to_owned() };
        marks.extend(record.problems.iter().map(mark));
        for problem in record.problems.iter().filter(|_| problems < 10) {
            writeln!(out, "  {}: {} `{}`", problem.at, problem.code.code(), problem.read)?;
        }
    }
    writeln!(out, "{values} values, {repaired} repaired, {problems} problems")?;
    if let Some(path) = std::env::args().nth(2) {
        let words = Words { list: "Problems".to_owned(), heads: ["Sheet", "Cell", "Read", "Problem"].map(str::to_owned) };
        let (file, kept) = marked_file(&bytes, &book, &marks, &words)?;
        std::fs::write(&path, file)?;
        writeln!(out, "{} marks written to {path}, kept: {kept:?}", marks.len())?;
    }
    writeln!(out, "{:.2} s in all, at most {} MB of memory", start.elapsed().as_secs_f64(), peak_megabytes())?;
    Ok(())
}

fn fields() -> Vec<Field> {
    let gender = vec![Choice::new("male", &["Nam"]), Choice::new("female", &["Nữ"])];
    vec![
        Field::new("name", &["Họ và tên", "Họ tên"], Kind::Name).required(),
        Field::new("born", &["Ngày sinh", "Ngày tháng năm sinh", "Năm sinh"], Kind::Date),
        Field::new("gender", &["Giới tính"], Kind::Code(gender)),
        Field::new("citizen", &["Số CCCD", "CCCD", "Số định danh cá nhân"], Kind::CitizenNumber),
        Field::new("unit", &["Đơn vị", "Đơn vị công tác", "Cơ quan"], Kind::Text),
        Field::new("position", &["Chức vụ", "Chức danh"], Kind::Text),
        Field::new("other", &["Nội dung"], Kind::Text).many(),
    ]
}

/// The most memory this process had, as Linux tells it; zero elsewhere.
fn peak_megabytes() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok()).map_or(0, |kilobytes| kilobytes / 1024)
}
