//! How the files are built: margins, fonts, page numbers, repeating headers, sections of annexes; and which papers are refused.
//! Not for: what papers say (`golden`).

use documents::papers::forms::year_plan;
use documents::papers::{
    Align, Annex, Column, Family, Fonts, Issue, Item, Level, Orientation, Paper, PaperError, PaperFault, Row, Table, docx, pdf,
};

use crate::reading::{docx_text, part, pdf_letters};
use crate::sample::{fonts, frame, plan};

fn long_plan() -> Paper {
    year_plan(&frame(Family::State, "KH"), &plan(30)).unwrap()
}

#[test]
fn a_word_file_has_the_page_of_the_decree() {
    let file = docx(&long_plan()).unwrap();
    let document = part(&file, "word/document.xml");
    // 20, 20, 25 and 30 mm of an A4 sheet in twentieths of a point.
    let margins = r#"<w:pgMar w:top="1134" w:right="1134" w:bottom="1417" w:left="1701" w:header="567" w:footer="283" w:gutter="0"/>"#;
    assert_eq!(document.matches(margins).count(), 2);
    assert!(document.contains(r#"<w:pgSz w:w="11906" w:h="16838" w:orient="portrait"/>"#), "the plan stands");
    assert!(document.contains(r#"<w:pgSz w:w="16838" w:h="11906" w:orient="landscape"/>"#), "its annex lies");
    let styles = part(&file, "word/styles.xml");
    assert!(styles.contains(r#"w:ascii="Times New Roman""#) && styles.contains(r#"<w:lang w:val="vi-VN""#));
    let properties = part(&file, "docProps/core.xml");
    assert!(properties.contains("<dc:title>Kế hoạch Đào tạo, bồi dưỡng cán bộ, công chức, viên chức năm 2027</dc:title>"));
    assert_eq!(file, docx(&long_plan()).unwrap(), "the same paper is the same file");
}

#[test]
fn pages_of_a_word_file_are_numbered_from_the_second_on_and_anew_in_an_annex() {
    let file = docx(&long_plan()).unwrap();
    let document = part(&file, "word/document.xml");
    for each_section in [r#"<w:headerReference w:type="default" r:id="h"/>"#, "<w:titlePg/>", r#"<w:pgNumType w:start="1"/>"#] {
        assert_eq!(document.matches(each_section).count(), 2, "{each_section}");
    }
    assert!(!document.contains(r#"<w:headerReference w:type="first""#), "the first page has no header");
    assert!(part(&file, "word/header.xml").contains(r#"<w:jc w:val="center"/></w:pPr><w:fldSimple w:instr="PAGE">"#));
    // The code stands on the first page of the paper alone.
    assert_eq!(document.matches(r#"<w:footerReference w:type="first" r:id="f"/>"#).count(), 1);
    assert_eq!(document.matches(r#"<w:footerReference w:type="first" r:id="n"/>"#).count(), 1);
}

#[test]
fn headers_of_tables_come_again_on_every_page() {
    let paper = long_plan();
    let document = part(&docx(&paper).unwrap(), "word/document.xml");
    assert_eq!(document.matches("<w:tblHeader/>").count(), 2, "one for the summary, one for the annex");
    assert_eq!(document.matches("<w:gridSpan w:val=\"12\"/>").count(), 2, "two groups over the whole width");
    let pdf = pdf(&paper, fonts()).unwrap();
    let letters = pdf_letters(&pdf);
    let pages = lopdf::Document::load_mem(&pdf).unwrap().get_pages().len();
    assert!(pages > 5);
    assert_eq!(letters.matches("Phốihợp").count(), pages - 2, "on each page of the annex");
}

#[test]
fn a_pdf_page_shows_its_number_from_the_second_on() {
    let document = lopdf::Document::load_mem(&pdf(&long_plan(), fonts()).unwrap()).unwrap();
    let first_line = |page: u32| document.extract_text(&[page]).unwrap().trim().lines().next().unwrap_or_default().trim().to_owned();
    let numbers: Vec<String> = document.get_pages().into_keys().map(first_line).take(4).collect();
    assert!(numbers[0].starts_with('Ủ') && numbers[2].starts_with("Phụ lục"), "{numbers:?}");
    assert_eq!([&numbers[1], &numbers[3]], ["2", "2"], "an annex counts anew");
}

#[test]
fn a_pdf_carries_its_fonts_title_and_language() {
    let document = lopdf::Document::load_mem(&pdf(&long_plan(), fonts()).unwrap()).unwrap();
    let named = |name: &[u8]| {
        let objects = document.objects.values().filter_map(|object| object.as_dict().ok());
        objects.filter(|dictionary| dictionary.has(name)).count()
    };
    assert_eq!(named(b"FontFile2"), 4, "four styles of Tinos");
    assert_eq!(document.catalog().unwrap().get(b"Lang").unwrap().as_str().unwrap(), b"vi-VN");
    assert!(document.catalog().unwrap().has(b"MarkInfo"), "tagged");
}

#[test]
fn annexes_have_roman_numbers_when_there_are_several() {
    let body = vec![Item::titled(Level::Part, "Mở đầu"), Item::text(Level::Article, "Một."), Item::text(Level::Point, "a.")];
    let annex = |title: &str, orientation| Annex { title: title.to_owned(), orientation, body: body.clone() };
    let frame = frame(Family::State, "KH");
    let paper = year_plan(&frame, &plan(1)).unwrap().with_annex(annex("Khác", Orientation::Portrait));
    let text = docx_text(&docx(&paper).unwrap());
    let with = "(Kèm theo Kế hoạch số 05/KH-UBND ngày 05 tháng 02 năm 2026 của Ủy ban nhân dân tỉnh Sông Vàng)";
    assert!(text.contains(&format!("Phụ lục II\nKHÁC\n{with}\nPhần I\nMỞ ĐẦU\nĐiều 1. Một.\na) a.\n")), "{text}");
    assert!(text.contains("\nPhụ lục I\n"));
}

#[test]
fn a_draft_is_marked_and_leaves_number_and_day_open() {
    let issue = |draft| {
        let (symbol, year) = ("/KH-UBND".to_owned(), 2026);
        if draft { Issue::Draft { symbol, year } } else { Issue::ToSign { symbol, year } }
    };
    for draft in [true, false] {
        let frame = documents::papers::forms::Frame { issue: issue(draft), ..frame(Family::State, "KH") };
        let text = docx_text(&docx(&year_plan(&frame, &plan(1)).unwrap()).unwrap()).replace('\u{a0}', "_");
        assert_eq!(text.contains("DỰ THẢO"), draft);
        assert!(text.contains("Số: ______/KH-UBND") && text.contains("ngày______tháng______năm 2026"), "{text}");
    }
}

#[test]
fn a_paper_that_lacks_something_is_not_made() {
    let whole = frame(Family::State, "KH");
    let of = |change: fn(&mut documents::papers::forms::Frame)| {
        let mut frame = whole.clone();
        change(&mut frame);
        year_plan(&frame, &plan(1)).map(|_| ())
    };
    assert_eq!(of(|_| {}), Ok(()));
    assert_eq!(of(|frame| frame.issuer = " ".to_owned()), Err(PaperFault::Blank("issuer")));
    assert_eq!(of(|frame| frame.signature.name.clear()), Err(PaperFault::Blank("signer")));
    assert_eq!(of(|frame| frame.signature.lines.clear()), Err(PaperFault::Blank("signature")));
    assert_eq!(of(|frame| frame.code = Some("x".repeat(5_000))), Err(PaperFault::CodeTooLong));
    let columns = || vec![Column::new("Một", 1, Align::Left), Column::new("Hai", 1, Align::Left)];
    let narrow = Table::new(columns(), vec![Row::Group("nhóm".to_owned()), Row::Cells(vec!["một".to_owned()])]);
    assert_eq!(narrow, Err(PaperFault::RowOfOtherWidth { row: 2, cells: 1, columns: 2 }));
    assert_eq!(Table::new(Vec::new(), Vec::new()), Err(PaperFault::NoColumns));
    assert!(matches!(Fonts::new(&[b"no font"]), Err(PaperError::NoFonts)));
}
