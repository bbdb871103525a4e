//! The printed tables of Quảng Nam: complete, and found to err exactly where a careful reader found them to err.
//! Not for: the arithmetic itself (`domain::printed`).

use std::collections::BTreeSet;

use domain::printed::{Check, Finding, Percent, Recompute, Term, examine};
use domain::schemes::Title;
use domain::statistics::{TableId, columns};
use schemefile::{PrintedFile, builtin_tables, parse_tables};

fn file() -> PrintedFile {
    parse_tables(builtin_tables())
        .unwrap_or_else(|faults| panic!("{}", faults.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n")))
}

fn wrong() -> Vec<Finding> {
    let file = file();
    examine(&file.tables, &file.checks).into_iter().filter(|f| !f.consistent).collect()
}

#[test]
fn the_six_tables_have_the_rows_and_columns_that_the_province_publishes() {
    let file = file();
    for id in TableId::ALL {
        let table = file.tables.iter().find(|t| t.id == id.code()).unwrap();
        let printed: Vec<&str> = table.columns.iter().map(|c| c.key.as_str()).collect();
        let own = columns(*id);
        let published: Vec<&str> = std::iter::once("total").chain(own.iter().map(String::as_str)).collect();
        assert_eq!(printed, published, "{id}");
    }
    assert_eq!(file.tables.iter().map(|t| t.rows.len()).collect::<Vec<_>>(), [15, 15, 5, 5, 1, 5, 7]);
}

#[test]
fn every_point_from_i1_to_i27_is_examined() {
    let numbers: BTreeSet<u32> = file().checks.iter().filter_map(|c| c.id.strip_prefix('I')?.parse().ok()).collect();
    assert_eq!(numbers, (1..=27).collect());
}

#[test]
fn the_document_errs_exactly_where_it_was_found_to_err() {
    let found: Vec<String> = wrong()
        .iter()
        .map(|f| format!("{} {} → {} ({})", f.id, f.printed.text(true), f.recomputed.text(true), f.difference.text(true)))
        .collect();
    let expected = [
        "I2 1.326 → 1.345 (19)",
        "I3 47.549 → 47.530 (−19)",
        "I4 3.395 → 3.396,36 (1,36)",
        "I5 30,04 % → 30,03 % (−0,01 điểm %)",
        "I6 2,62 % → 2,63 % (0,01 điểm %)",
        "I7 2,42 % → 2,46 % (0,04 điểm %)",
        "I8 9,93 % → 9,94 % (0,01 điểm %)",
        "I9 99,99 % → 100,00 % (0,01 điểm %)",
        "I10 7,68 % → 7,69 % (0,01 điểm %)",
        "I11 24,57 % → 24,58 % (0,01 điểm %)",
        "I11 50 % → 24,57 % (−25,43 điểm %)",
        "I12 850 → 892 (42)",
        "I13 1.197 → 1.155 (−42)",
        "I14 16,32 % → 16,22 % (−0,10 điểm %)",
        "I15 20,64 % → 20,65 % (0,01 điểm %)",
        "I16 100,09 % → 100,00 % (−0,09 điểm %)",
        "I17 40–45, 45–50, 50–55 → – (–)",
        "I18 60 % → 36,87 % (−23,13 điểm %)",
        "I19 1 % → 15,69 % (14,69 điểm %)",
        "I19 47 % → 45,41 % (−1,59 điểm %)",
        "I19 52 % → 28,90 % (−23,10 điểm %)",
        "I22 102 % → 100 % (−2 điểm %)",
        "I22 99 % → 100 % (1 điểm %)",
        "I22 99 % → 100 % (1 điểm %)",
        "I24 114 → 150 (36)",
        "I25 \"đến năm 2025\"; \"đến năm 2026\"; \"2026–2030\" → – (–)",
        "I26 \"giai đoạn 2010–2022\" → – (–)",
        "I27 \"Sở GĐ&ĐT\"; cụm từ chỉ ba đối tượng lặp hai lần → – (–)",
    ];
    assert_eq!(found, expected);
}

#[test]
fn what_agrees_is_said_to_agree() {
    let file = file();
    let agreeing: BTreeSet<String> = examine(&file.tables, &file.checks).into_iter().filter(|f| f.consistent).map(|f| f.id).collect();
    for id in ["I1", "I3", "I4", "I5", "I11", "I12", "I13", "I18", "I19", "I20", "I21", "I22", "I23", "T4"] {
        assert!(agreeing.contains(id), "{id}");
    }
    let needed = examine(&file.tables, &file.checks).into_iter().find(|f| f.id == "I23").unwrap();
    assert_eq!((needed.recomputed.text(true), needed.difference.text(true)), ("37,89 %".to_owned(), "48".to_owned()));
}

#[test]
fn on_the_base_of_47_530_only_three_printed_shares_of_table_2_are_wrong() {
    let file = file();
    let table = file.tables.iter().find(|t| t.id == "2").unwrap();
    let term = |row: Option<&str>, column: &str| {
        vec![Term {
            times: 1,
            cells: Some(domain::printed::Cells { table: "2".into(), row: row.map(Into::into), column: Some(column.into()) }),
        }]
    };
    let shares = table.columns.iter().filter(|c| c.key != "total").map(|c| Check {
        id: c.key.clone(),
        place: Title::default(),
        recompute: Recompute::Share {
            printed: table.at("total", &c.key).unwrap().percent.unwrap(),
            of: term(Some("total"), &c.key),
            base: term(None, "total"),
        },
        remark: Title::default(),
        choice: Title::default(),
    });
    let checks: Vec<Check> = shares.collect();
    let wrong: Vec<String> = examine(&file.tables, &checks).into_iter().filter(|f| !f.consistent).map(|f| f.id).collect();
    assert_eq!(wrong, ["leadership.vc", "language.cbcc", "language.vc"]);
}

#[test]
fn a_reader_of_the_findings_is_told_what_the_province_follows() {
    for id in ["I2", "I3", "I12", "I13"] {
        let finding = wrong().into_iter().find(|f| f.id == id).unwrap();
        assert!(!finding.choice.vi.is_empty() && !finding.choice.en.is_empty(), "{id}");
    }
}

#[test]
fn mistakes_in_a_tables_file_are_reported_with_their_place() {
    let text = "scheme = \"x\"\n[[tables]]\nid = \"1\"\ntitle = { vi = \"a\", en = \"a\" }\nunit = { vi = \"a\", en = \"a\" }\ncolumns = [{ key = \"total\", vi = \"a\", en = \"a\" }]\nrows = [\n  { key = \"r\", vi = \"a\", en = \"a\", counts = [1, 2] },\n  { key = \"r\", vi = \"a\", en = \"a\", counts = [1], percents = [\"x\"] },\n]\n[[checks]]\nid = \"I1\"\nplace = { vi = \"a\", en = \"a\" }\nkind = \"row_sum\"\nremark = { vi = \"a\", en = \"a\" }\n[[checks]]\nid = \"I2\"\nplace = { vi = \"a\", en = \"a\" }\nkind = \"share\"\nprinted = \"2,62\"\nof = [\"1.zz.total\"]\nbase = [3]\nremark = { vi = \"a\", en = \"a\" }\n";
    let faults = parse_tables(text).unwrap_err();
    let found: Vec<(usize, usize, &str)> = faults.iter().map(|f| (f.line, f.column, f.code)).collect();
    assert_eq!(
        found,
        [(8, 45, "wrong_length"), (9, 11, "duplicate_code"), (9, 62, "bad_threshold"), (14, 8, "unknown_code"), (21, 7, "unknown_cell")]
    );
    assert_eq!(Percent::parse("2,62").unwrap().basis_points(), 262);
}
