//! The seeds of the fuzzer are read again in every test run, so that what it once found stays mended.
//! Not for: fuzzing; `fuzz/README.md` tells how.

use std::fs;
use std::path::{Path, PathBuf};

use crate::messy::{OLD_EXPORT, commune, ministry};
use crate::properties::exercise;
use crate::support::*;

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz/corpus/read")
}

#[test]
fn every_seed_of_the_fuzzer_is_survived() {
    let mut seeds = 0;
    for entry in fs::read_dir(folder()).unwrap() {
        exercise(&fs::read(entry.unwrap().path()).unwrap());
        seeds += 1;
    }
    assert!(seeds >= 16, "{seeds}");
}

/// `cargo test -p khuevan-workbooks -- --ignored seeds` after a change of what the files are made of.
#[test]
#[ignore = "writes the seeds anew"]
fn seeds_are_written_anew() {
    let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let row =
        r#"<row r="1"><c r="A1" t="inlineStr"><is><t>Họ tên</t></is></c><c r="B1"><f>1</f></c><c r="C1" t="e"><v>#REF!</v></c></row>"#;
    let table = r#"<table:table table:name="S"><table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2"><text:p>Tên</text:p></table:table-cell></table:table-row></table:table>"#;
    let seeds: [(&str, Vec<u8>); 11] = [
        ("commune.xlsx", commune()),
        ("ministry.xlsx", ministry()),
        ("plain.xlsx", raw_xlsx(row, &[])),
        ("macros.xlsx", raw_xlsx(row, &[("xl/vbaProject.bin", b"x")])),
        ("plain.ods", raw_ods(table)),
        ("encrypted.xlsx", compound(&[("/EncryptedPackage", b"x")])),
        ("tcvn3.csv", one_byte(OLD_EXPORT)),
        ("utf8.csv", "TT;Họ tên;\"Năm\nsinh\"\n1;Trần A;1985\n;Tổng cộng;1\n".into()),
        ("utf16.csv", utf16("TT\tHọ tên\n1\tTrần A\n")),
        ("vni.csv", one_byte("TT;Hoï vaø teân;Naêm sinh\r\n1;Nguyeãn Vaên AÙnh;1985\r\n")),
        ("page.xls", b"<html><table><tr><td>1</td></tr></table>".to_vec()),
    ];
    for (name, bytes) in seeds {
        fs::write(folder().join(name), bytes).unwrap();
    }
    fs::write(folder().join("list.xls"), include_bytes!("fixtures/list.xls")).unwrap();
}
