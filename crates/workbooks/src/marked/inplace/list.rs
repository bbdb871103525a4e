//! The added sheet: all marks with links to their cells.
//! Not for: other sheets.

use super::{MAIN, PACKAGE_RELATIONS, RELATIONS, escaped};
use crate::book::{At, Book};
use crate::marked::{LONGEST_NOTE, MOST_LINKS, Mark, Words, cut};

/// The relation of the workbook to the sheet.
pub(super) const ID: &str = "khuevanList";

pub(super) fn no_relations() -> String {
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<Relationships xmlns="{PACKAGE_RELATIONS}"></Relationships>"#
    )
}

/// The sheet's line in the workbook, with a number that no other sheet has.
pub(super) fn entry(name: &str, workbook: &str) -> String {
    let numbers = workbook.split("sheetId=").skip(1).filter_map(|rest| rest.get(1..)?.split(['"', '\'']).next()?.parse::<u32>().ok());
    let number = numbers.max().unwrap_or(0).saturating_add(1);
    format!(r#"<sheet xmlns:r="{RELATIONS}" name="{}" sheetId="{number}" r:id="{ID}"/>"#, escaped(name))
}

pub(super) fn sheet(book: &Book, marks: &[Mark], words: &Words) -> String {
    let (mut rows, mut links) = (row(1, &words.heads), String::new());
    for (number, mark) in (2..).zip(marks) {
        let read = book.sheet(&mark.sheet).map(|sheet| sheet.cell(mark.at).shown()).unwrap_or_default();
        rows.push_str(&row(number, &[mark.sheet.clone(), mark.at.to_string(), read, mark.text.clone()]));
        if number <= MOST_LINKS && book.sheet(&mark.sheet).is_some() {
            links.push_str(&link(number, mark));
        }
    }
    let links = if links.is_empty() { links } else { format!("<hyperlinks>{links}</hyperlinks>") };
    let columns: String = (1..)
        .zip([20, 8, 30, 80])
        .map(|(column, width)| format!(r#"<col min="{column}" max="{column}" width="{width}" customWidth="1"/>"#))
        .collect();
    format!(
        r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<worksheet xmlns="{MAIN}"><cols>{columns}</cols><sheetData>{rows}</sheetData>{links}</worksheet>"#
    )
}

fn link(number: usize, mark: &Mark) -> String {
    let target = format!("'{}'!{}", mark.sheet.replace('\'', "''"), mark.at);
    format!(r#"<hyperlink ref="B{number}" location="{}" display="{}"/>"#, escaped(&target), mark.at)
}

fn row(number: usize, texts: &[String; 4]) -> String {
    let cell = |(column, text): (u16, &String)| {
        let text = escaped(&cut(text, LONGEST_NOTE));
        format!(r#"<c r="{}{number}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>"#, At::letters(column))
    };
    format!(r#"<row r="{number}">{}</row>"#, (0..).zip(texts).map(cell).collect::<String>())
}
