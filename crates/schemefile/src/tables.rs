//! The file of printed tables: tables with rows of counts and percentages, and the checks to be made on them.
//! Not for: making the checks; `domain::printed::examine` does.

use domain::printed::{Cells, Check, Head, Percent, PrintedCell, PrintedRow, PrintedTable, Recompute, TOTAL, Term};
use domain::schemes::Title;

use crate::fault::{Fault, Message};
use crate::node::{Kind, Node};
use crate::reader::{At, Fields, Reader, Sort};

/// Printed tables and the checks on them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PrintedFile {
    /// Code of the scheme whose document prints them.
    pub scheme: String,
    /// Tables.
    pub tables: Vec<PrintedTable>,
    /// Checks.
    pub checks: Vec<Check>,
}

/// Reads a file of printed tables.
///
/// # Errors
/// Every mistake found, in the order of the file.
pub fn parse_tables(text: &str) -> Result<PrintedFile, Vec<Fault>> {
    let mut reader = Reader::new(text);
    let file = reader.document(text).and_then(|root| read(&mut reader, &root));
    reader.finish(file)
}

fn read(r: &mut Reader<'_>, root: &Node) -> Option<PrintedFile> {
    let fields = r.fields(&At::root(root), &["scheme", "tables", "checks"])?;
    let scheme = r.required(&fields, "scheme", Reader::words);
    let tables = r.required(&fields, "tables", |r, at| r.list(at, table));
    let known = tables.clone().unwrap_or_default();
    let checks = r.optional(&fields, "checks", Vec::new(), |r, at| r.list(at, |r, at| check(r, at, &known)));
    Some(PrintedFile { scheme: scheme?, tables: tables?, checks: checks? })
}

fn table(r: &mut Reader<'_>, at: &At<'_>) -> Option<PrintedTable> {
    r.names.forget_keys();
    let fields = r.fields(at, &["id", "title", "unit", "columns", "rows"])?;
    let id = r.required(&fields, "id", |r, at| r.coin(at, Sort::Table));
    let title = r.required(&fields, "title", Reader::title);
    let unit = r.required(&fields, "unit", Reader::title);
    let columns = r.required(&fields, "columns", |r, at| r.some(at, |r, at| head(r, at)));
    r.names.forget_keys();
    let width = columns.as_ref().map(Vec::len);
    let rows = r.required(&fields, "rows", |r, at| r.some(at, |r, at| row(r, at, width)));
    Some(PrintedTable { id: id?, title: title?, unit: unit?, columns: columns?, rows: rows? })
}

fn head(r: &mut Reader<'_>, at: &At<'_>) -> Option<Head> {
    let fields = r.fields(at, &["key", "vi", "en"])?;
    labelled(r, &fields)
}

fn labelled(r: &mut Reader<'_>, fields: &Fields<'_>) -> Option<Head> {
    let key = r.required(fields, "key", |r, at| r.coin(at, Sort::Key));
    let vi = r.required(fields, "vi", Reader::words);
    let en = r.required(fields, "en", Reader::words);
    Some(Head { key: key?, label: Title { vi: vi?, en: en? } })
}

fn row(r: &mut Reader<'_>, at: &At<'_>, width: Option<usize>) -> Option<PrintedRow> {
    let fields = r.fields(at, &["key", "vi", "en", "counts", "percents"])?;
    let head = labelled(r, &fields);
    let counts = r.required(&fields, "counts", |r, at| of_width(r, at, width, |r, at| r.count(at)));
    let percents = r.optional(&fields, "percents", Vec::new(), |r, at| of_width(r, at, width, printed_percent));
    let (counts, percents) = (counts?, percents?);
    let percents = percents.into_iter().chain(std::iter::repeat(None));
    let cells = counts.into_iter().zip(percents).map(|(count, percent)| PrintedCell { count: Some(count), percent }).collect();
    Some(PrintedRow { head: head?, cells })
}

/// A list with one element per column.
fn of_width<'n, T>(
    r: &mut Reader<'_>,
    at: &At<'n>,
    width: Option<usize>,
    read: impl FnMut(&mut Reader<'_>, &At<'n>) -> Option<T>,
) -> Option<Vec<T>> {
    let mut read = read;
    let elements = r.elements(at)?;
    let list: Vec<Option<T>> = elements.iter().map(|element| read(r, element)).collect();
    if let Some(width) = width.filter(|width| *width != list.len()) {
        let found = list.len();
        r.fault(
            "wrong_length",
            &at.span(),
            &at.path,
            Message::new(
                format!("Bảng có {width} cột nhưng ở đây có {found} số."),
                format!("The table has {width} columns but {found} figures stand here."),
            ),
        );
        return None;
    }
    list.into_iter().collect()
}

/// A printed percentage; an empty text where none is printed.
fn printed_percent(r: &mut Reader<'_>, at: &At<'_>) -> Option<Option<Percent>> {
    if r.text(at)?.is_empty() {
        return Some(None);
    }
    share(r, at).map(Some)
}

fn share(r: &mut Reader<'_>, at: &At<'_>) -> Option<Percent> {
    let text = r.text(at)?;
    let percent = Percent::parse(&text);
    if percent.is_none() {
        r.fault(
            "bad_threshold",
            &at.span(),
            &at.path,
            Message::new(
                format!("`{text}` không phải là tỷ lệ; viết như bản in, ví dụ \"5,06\"."),
                format!("`{text}` is not a percentage; write it as printed, for example \"5,06\"."),
            ),
        );
    }
    percent
}

/// Kinds of check and the fields each needs.
const KINDS: [(&str, &[&str]); 11] = [
    ("row_sums", &["table"]),
    ("column_sums", &["table"]),
    ("row_shares", &["table"]),
    ("percent_sums", &["table"]),
    ("equal", &["printed", "with"]),
    ("share", &["printed", "of", "base"]),
    ("mean", &["printed", "of", "years"]),
    ("more_than", &["bound", "of", "base"]),
    ("still_needed", &["promised", "already", "base"]),
    ("places_for", &["promised", "base", "places"]),
    ("note", &["printed"]),
];

fn check(r: &mut Reader<'_>, at: &At<'_>, tables: &[PrintedTable]) -> Option<Check> {
    let any = r.any_fields(at)?;
    let kinds: Vec<(&'static str, (&'static str, &'static [&'static str]))> =
        KINDS.iter().map(|(kind, fields)| (*kind, (*kind, *fields))).collect();
    let (kind, own) = r.required(&any, "kind", |r, at| r.choice(at, &kinds))?;
    let allowed: Vec<&str> = ["id", "place", "kind"].into_iter().chain(own.iter().copied()).chain(["remark", "choice"]).collect();
    let fields = r.fields(at, &allowed)?;
    let id = r.required(&fields, "id", Reader::code_text);
    let place = r.required(&fields, "place", Reader::title);
    let recompute = recompute(r, kind, &fields, tables);
    let remark = r.required(&fields, "remark", Reader::title);
    let choice = r.optional(&fields, "choice", Title::default(), Reader::title);
    Some(Check { id: id?, place: place?, recompute: recompute?, remark: remark?, choice: choice? })
}

fn recompute(r: &mut Reader<'_>, kind: &str, fields: &Fields<'_>, tables: &[PrintedTable]) -> Option<Recompute> {
    let terms = |r: &mut Reader<'_>, name: &str| r.required(fields, name, |r, at| r.some(at, |r, at| term(r, at, tables)));
    match kind {
        "row_sums" => known_table(r, fields, tables).map(|table| Recompute::RowSums { table }),
        "column_sums" => known_table(r, fields, tables).map(|table| Recompute::ColumnSums { table }),
        "row_shares" => known_table(r, fields, tables).map(|table| Recompute::RowShares { table }),
        "percent_sums" => known_table(r, fields, tables).map(|table| Recompute::PercentSums { table }),
        "note" => r.required(fields, "printed", Reader::title).map(|printed| Recompute::Note { printed }),
        "equal" => {
            let (printed, with) = (terms(r, "printed"), terms(r, "with"));
            Some(Recompute::Equal { printed: printed?, with: with? })
        }
        "mean" => {
            let (of, printed) = (terms(r, "of"), r.required(fields, "printed", Reader::count));
            let years = r.required(fields, "years", |r, at| r.number(at, 1, 1_000));
            Some(Recompute::Mean { printed: printed?, of: of?, years: years? })
        }
        "share" => {
            let (printed, of, base) = (r.required(fields, "printed", share), terms(r, "of"), terms(r, "base"));
            Some(Recompute::Share { printed: printed?, of: of?, base: base? })
        }
        "more_than" => {
            let (bound, of, base) = (r.required(fields, "bound", share), terms(r, "of"), terms(r, "base"));
            Some(Recompute::MoreThan { bound: bound?, of: of?, base: base? })
        }
        "still_needed" => {
            let (promised, already, base) = (r.required(fields, "promised", share), terms(r, "already"), terms(r, "base"));
            Some(Recompute::StillNeeded { promised: promised?, already: already?, base: base? })
        }
        _ => {
            let (promised, base, places) = (r.required(fields, "promised", share), terms(r, "base"), terms(r, "places"));
            Some(Recompute::PlacesFor { promised: promised?, base: base?, places: places? })
        }
    }
}

fn known_table(r: &mut Reader<'_>, fields: &Fields<'_>, tables: &[PrintedTable]) -> Option<String> {
    let at = fields.find("table");
    let id = r.required(fields, "table", Reader::words)?;
    if tables.iter().any(|t| t.id == id) {
        return Some(id);
    }
    let at = at?;
    r.fault(
        "unknown_cell",
        &at.span(),
        &at.path,
        Message::new(format!("Không có bảng `{id}` trong tệp."), format!("There is no table `{id}` in this file.")),
    );
    None
}

/// `"2.2023.total"`, `"2.*.total"`, `"3 x 2.total.*"` or a plain number.
fn term(r: &mut Reader<'_>, at: &At<'_>, tables: &[PrintedTable]) -> Option<Term> {
    if matches!(at.node.kind, Kind::Integer(_)) {
        return r.integer(at).map(|times| Term { times, cells: None });
    }
    let text = r.text(at)?;
    let term = read_term(&text);
    if let Some(term) = term.filter(|t| t.cells.as_ref().is_some_and(|c| c.sum(tables).is_some())) {
        return Some(term);
    }
    r.fault(
        "unknown_cell",
        &at.span(),
        &at.path,
        Message::new(
            format!("`{text}` không chỉ đúng ô nào; viết bảng.hàng.cột (dấu * là mọi hàng hoặc cột trừ `{TOTAL}`), ví dụ \"2.2023.total\" hoặc \"18 x II.*.district\"."),
            format!("`{text}` names no cell; write table.row.column (* for every row or column but `{TOTAL}`), for example \"2.2023.total\" or \"18 x II.*.district\"."),
        ),
    );
    None
}

fn read_term(text: &str) -> Option<Term> {
    let (times, cells) = match text.split_once(" x ") {
        Some((times, cells)) => (times.trim().parse().ok().filter(|n: &i64| n.abs() < 1_000_000)?, cells),
        None => (1, text),
    };
    let mut parts = cells.trim().splitn(3, '.');
    let (table, row, column) = (parts.next()?, parts.next()?, parts.next()?);
    let key = |key: &str| (key != "*").then(|| key.to_owned());
    Some(Term { times, cells: Some(Cells { table: table.to_owned(), row: key(row), column: key(column) }) })
}
