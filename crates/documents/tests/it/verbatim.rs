//! Whatever is typed comes out as it was typed, in both kinds of files.
//! Not for: what no file can hold (control characters), which becomes a blank.

use documents::papers::{Align, Block, Close, Column, Family, Head, Item, Level, Paper, Row, Table, docx, pdf};
use proptest::prelude::*;

use crate::reading::{docx_text, pdf_letters, without_blanks};
use crate::sample::{fonts, frame};

/// Letters with every kind of mark, and what typst and XML would take for markup.
const LETTERS: &str =
    r##"[a-zA-Z0-9ăâđêôơưĂÂĐÊÔƠƯạảãáàậẩẫấầặẳẵắằẹẻẽéèệểễếềịỉĩíìọỏõóòộổỗốồợởỡớờụủũúùựửữứừỵỷỹýỳ #$\[\]*_@<>\\&"'`~^{}()=+/|:;.,!?%-]{1,40}"##;

/// Sentences that look like programs.
const DANGEROUS: [&str; 8] = [
    "#import \"a.typ\": * và #let x = 1",
    "$x^2$ *đậm* _nghiêng_ `mã` @nguồn <nhãn>",
    "= Tiêu đề",
    "- mục // chú thích /* dài */",
    "<w:t>&lt;b&gt; & \"ngoặc\" 'đơn'</w:t>",
    "\\u{41} \\ ~ -- --- ... ]]>",
    "#panic(\"hết\") #read(\"paper.json\")",
    "{{so}} ${x} %s \\n",
];

fn paper(said: &[String]) -> Paper {
    let frame = frame(Family::State, "KH");
    let head = Head {
        superior: None,
        issuer: frame.issuer.clone(),
        issue: frame.issue.clone(),
        place: frame.place.clone(),
        kind: "Thông báo".to_owned(),
        excerpt: said[0].clone(),
        authority: None,
        to: Vec::new(),
        bases: Vec::new(),
    };
    let mut body: Vec<Block> = said.iter().cloned().map(Block::Paragraph).collect();
    body.extend(said.iter().map(|text| Item::text(Level::Point, text)));
    let rows = said.iter().map(|text| Row::Cells(vec![text.clone(), String::new()])).collect();
    let columns = vec![Column::new(said[0].clone(), 3, Align::Left), Column::new("", 1, Align::Right)];
    body.push(Block::Table(Table::new(columns, rows).unwrap()));
    let close = Close { signature: frame.signature.clone(), recipients: Vec::new(), archive: String::new() };
    Paper::new(frame.rules, head, body, close).unwrap()
}

fn comes_out(said: &[String]) -> Result<(), TestCaseError> {
    let paper = paper(said);
    let word = without_blanks(&docx_text(&docx(&paper).unwrap()));
    let letters = pdf_letters(&pdf(&paper, fonts()).unwrap());
    for text in said {
        let text = without_blanks(text);
        // As a paragraph, as a point and as a cell.
        prop_assert!(word.matches(&text).count() >= 3, "{} in {}", text, word);
        prop_assert!(letters.matches(&text).count() >= 3, "{} in {}", text, letters);
    }
    Ok(())
}

#[test]
fn what_looks_like_a_program_is_text() {
    comes_out(&DANGEROUS.map(str::to_owned)).unwrap();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_comes_out_as_it_was_typed(said in prop::collection::vec(LETTERS.prop_filter("not blank", |text| !text.trim().is_empty()), 12)) {
        comes_out(&said)?;
    }
}

#[test]
fn control_characters_become_blanks_and_line_breaks_stay() {
    let said = "dòng một\r\ndòng\thai\u{0}\u{b}cuối\u{ffff}";
    let paper = paper(&[said.to_owned()]);
    let word = docx_text(&docx(&paper).unwrap());
    assert!(word.contains("dòng một\ndòng hai  cuối"), "{word}");
    assert!(pdf_letters(&pdf(&paper, fonts()).unwrap()).contains("dòngmộtdònghaicuối"));
}
