//! Filling Word files of a province: fields in pieces, repeating rows, headers; and every way in which a template does not fit.
//! Not for: papers without a template.

use std::io::{Cursor, Write};

use documents::papers::forms::year_plan;
use documents::papers::{ClashKind, Family, Fields, FillError, check_template, docx, fill};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use crate::reading::{docx_text, part};
use crate::sample::{frame, plan};

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body>"#;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, content) in parts {
        writer.start_file(*name, options).unwrap();
        writer.write_all(content.as_bytes()).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

/// A template whose document has this body.
fn template(body: &str) -> Vec<u8> {
    let document = format!("{HEAD}{body}<w:sectPr/></w:body></w:document>");
    let header =
        r#"<w:hdr xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:p><w:r><w:t>{{so}}</w:t></w:r></w:p></w:hdr>"#;
    archive(&[
        ("[Content_Types].xml", "<Types/>"),
        ("word/document.xml", &document),
        ("word/header1.xml", header),
        ("word/media/a.bin", "\u{1}\u{2}"),
    ])
}

fn paragraph(runs: &[&str]) -> String {
    let runs: String =
        runs.iter().map(|text| format!("<w:r><w:rPr><w:b/></w:rPr><w:t>{text}</w:t></w:r><w:proofErr w:type=\"spellStart\"/>")).collect();
    format!("<w:p><w:pPr><w:jc w:val=\"center\"/></w:pPr>{runs}</w:p>")
}

fn row(cells: &[&str]) -> String {
    let cells: String = cells.iter().map(|text| format!("<w:tc>{}</w:tc>", paragraph(&[text]))).collect();
    format!("<w:tr>{cells}</w:tr>")
}

fn fields() -> Fields {
    let paper = year_plan(&frame(Family::State, "KH"), &plan(1)).unwrap();
    let rows = (1..).zip(&plan(1).lines).map(|(number, line)| line.fields(number)).collect::<Vec<_>>();
    Fields::of(&paper).with_rows("dong", rows)
}

fn clashes(body: &str) -> Vec<(String, String, ClashKind)> {
    match fill(&template(body), &fields()) {
        Err(FillError::Fields(clashes)) => clashes.into_iter().map(|clash| (clash.place.to_string(), clash.field, clash.kind)).collect(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn fields_in_pieces_and_rows_are_filled_and_the_rest_stays() {
    let table = format!(
        "<w:tbl>{}{}{}</w:tbl>",
        row(&["TT", "Nội dung", "Kinh phí"]),
        row(&["{{#dong}}{{stt}}", "{{noi_dung}} &amp; {{don_vi_tinh}}", "{{kinh_phi}}{{/dong}}"]),
        row(&["", "Cộng", ""])
    );
    let body = format!("{}{}{table}", paragraph(&["Số: {", "{s", "o}} &lt;", "x&gt;"]), paragraph(&["{{ chuc_vu }}"]));
    let given = fields().with("don_vi_tinh", "đồng <VN>");
    let filled = fill(&template(&body), &given).unwrap();
    let text = docx_text(&filled);
    insta::assert_snapshot!(text);
    assert!(part(&filled, "word/header1.xml").contains("05/KH-UBND"));
    assert_eq!(part(&filled, "word/media/a.bin"), "\u{1}\u{2}");
    let document = part(&filled, "word/document.xml");
    assert_eq!(document.matches("<w:rPr><w:b/></w:rPr>").count(), 5 + 4 * 3, "looks stay, also in rows that repeat");
}

#[test]
fn a_paper_of_our_own_stays_as_it_is() {
    let own = docx(&year_plan(&frame(Family::State, "KH"), &plan(1)).unwrap()).unwrap();
    let filled = fill(&own, &Fields::new()).unwrap();
    assert_eq!(part(&filled, "word/document.xml"), part(&own, "word/document.xml"));
    assert!(check_template(&own).unwrap().is_empty());
}

#[test]
fn a_list_without_rows_leaves_one_empty_row() {
    let table = format!("<w:tbl>{}</w:tbl>", row(&["{{#dong}}{{stt}}.", "{{noi_dung}}{{/dong}}"]));
    let nobody: [Vec<(&str, String)>; 0] = [];
    let text = docx_text(&fill(&template(&table), &fields().with_rows("dong", nobody)).unwrap());
    assert_eq!(text, ". |  |\n");
}

#[test]
fn every_field_that_does_not_fit_is_told_with_its_place() {
    let table = format!("<w:tbl>{}{}</w:tbl>", row(&["a", "b"]), row(&["", "{{lạ}}"]));
    let body = format!("{}{}{table}", paragraph(&["không"]), paragraph(&["{{ten_toi}} và {{ly_do}} {{so"]));
    let told = clashes(&body);
    let of = |place: &str, field: &str, kind| (place.to_owned(), field.to_owned(), kind);
    let wanted = [
        of("document, paragraph 2", "ten_toi", ClashKind::Unknown),
        of("document, paragraph 2", "ly_do", ClashKind::Missing),
        of("document, paragraph 2", "so", ClashKind::Unclosed),
        of("document, table 1, row 2, cell 2, paragraph 1", "lạ", ClashKind::Unknown),
    ];
    assert_eq!(told, wanted);
}

#[test]
fn a_list_belongs_into_one_row() {
    let two_rows = format!("<w:tbl>{}{}</w:tbl>", row(&["{{#dong}}{{so}}"]), row(&["{{/dong}}"]));
    assert_eq!(clashes(&two_rows).iter().map(|clash| clash.2).collect::<Vec<_>>(), [ClashKind::NotInARow, ClashKind::NotInARow]);
    let other_list = format!("<w:tbl>{}</w:tbl>", row(&["{{#khac}}{{so}}{{/khac}}"]));
    assert_eq!(clashes(&other_list)[0].2, ClashKind::Unknown);
}

#[test]
fn checking_lists_the_fields() {
    let table = format!("<w:tbl>{}</w:tbl>", row(&["{{#dong}}{{stt}}", "{{la}}{{/dong}}"]));
    let found = check_template(&template(&format!("{}{table}", paragraph(&["{{trich_yeu}}"])))).unwrap();
    let told: Vec<(&str, Option<&str>, bool)> = found.iter().map(|one| (one.field.as_str(), one.list.as_deref(), one.known)).collect();
    assert_eq!(told, [("trich_yeu", None, true), ("stt", Some("dong"), true), ("la", Some("dong"), false), ("so", None, true)]);
    assert!(matches!(check_template(&template(&paragraph(&["{{so"]))), Err(FillError::Fields(_))));
}

#[test]
fn what_is_no_word_file_is_refused() {
    let of = |bytes: &[u8]| fill(bytes, &Fields::new()).map(|_| ()).unwrap_err().code();
    assert_eq!(of(b"%PDF-1.7"), "not_docx");
    assert_eq!(of(&archive(&[("xl/workbook.xml", "<a/>")])), "not_docx");
    assert_eq!(of(&vec![0; 21 << 20]), "too_large");
    let with = |name: &str, content: &str| archive(&[("[Content_Types].xml", "<Types/>"), ("word/document.xml", HEAD), (name, content)]);
    assert_eq!(of(&with("word/vbaProject.bin", "x")), "macros");
    assert_eq!(of(&with("word/big.xml", &"a".repeat(12 << 20))), "bomb");
    assert_eq!(of(&with("word/header1.xml", "<w:hdr>")), "damaged");
    assert_eq!(of(&template("</w:body>")), "damaged");
    let deep = format!("{}{}", "<w:p>".repeat(500), "</w:p>".repeat(500));
    assert_eq!(of(&template(&deep)), "damaged");
    assert_eq!(of(&template("<!DOCTYPE a [<!ENTITY b \"c\">]>")), "damaged");
}
