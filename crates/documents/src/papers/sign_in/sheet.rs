//! Sheets to sign as PDF: A4 standing, twenty people a page, every page with its own code and four squares, all places from `layout`.
//! Not for: who is on them (`service::documents`).

use serde::Serialize;

use super::code::SheetCode;
use super::layout::{Area, CODE, COLUMNS, HEAD_HEIGHT, MARK, MARK_X, MARK_Y, PAGE, ROW_HEIGHT, ROWS, TABLE_LEFT, TABLE_TOP};
use crate::papers::paper::PaperError;
use crate::papers::pdf::{self, Fonts};
use crate::papers::qr::Code;

/// The sheet of one sitting.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignSheet {
    /// The body above the issuing one, if any.
    pub superior: Option<String>,
    /// Who holds the class.
    pub issuer: String,
    /// Code of the class.
    pub class: String,
    /// Its name.
    pub name: String,
    /// Key of the sitting.
    pub sitting: i64,
    /// "Sáng, ngày 07/12/2026".
    pub when: String,
    /// Room; empty when not said.
    pub room: String,
    /// Who teaches; empty when not said.
    pub lecturer: String,
    /// What is taught; empty when not said.
    pub words: String,
    /// Names the list.
    pub version: String,
    /// Name and unit of everybody, in the order of the list.
    pub people: Vec<(String, String)>,
}

/// Most pages of one file: the typesetter keeps all of them in memory.
const MOST_PAGES: usize = 600;

#[derive(Serialize)]
struct Data {
    title: &'static str,
    place: Place,
    pages: Vec<Page>,
}

/// Where things stand, in tenths of a millimetre.
#[derive(Serialize)]
struct Place {
    page: (u16, u16),
    mark: u16,
    mark_x: (u16, u16),
    mark_y: (u16, u16),
    code: Area,
    left: u16,
    top: u16,
    head: u16,
    row: u16,
    columns: [u16; 5],
}

#[derive(Serialize)]
struct Page {
    superior: Option<String>,
    issuer: String,
    name: String,
    facts: Vec<(&'static str, String)>,
    about: String,
    rows: Vec<(usize, String, String)>,
    page: u16,
    pages: u16,
    /// Where the picture of the code begins and ends among all.
    picture: (usize, usize),
}

/// The sheets as one PDF, in their order.
///
/// # Errors
/// [`PaperError::Set`] when there is nobody on them, they are too many, a code is too long, or the typesetter gives up.
pub fn sign_sheets(sheets: &[SignSheet], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let refuse = |words: &str| PaperError::Set(words.to_owned());
    let (mut pages, mut pictures) = (Vec::new(), Vec::new());
    for sheet in sheets {
        let of = u16::try_from(sheet.people.len().div_ceil(ROWS)).map_err(|_| refuse("the list is too long"))?;
        let people: Vec<_> = (1..).zip(&sheet.people).collect();
        for (number, rows) in (1..).zip(people.chunks(ROWS)) {
            let (class, version) = (sheet.class.clone(), sheet.version.clone());
            let code = SheetCode { class, sitting: sheet.sitting, page: number, pages: of, version };
            // Fifteen in a hundred of it may be lost under a fold or a thumb; more would make its modules too fine.
            let png = Code::on_a_sheet(&code.text()).map_err(|fault| refuse(&fault.to_string()))?.png;
            let from = pictures.len();
            pictures.extend(png);
            pages.push(page(sheet, rows, (number, of), (from, pictures.len())));
        }
    }
    if pages.is_empty() || pages.len() > MOST_PAGES {
        return Err(refuse("there is nobody to sign, or there are too many pages"));
    }
    let data =
        serde_json::to_vec(&Data { title: "Danh sách ký tên", place: place(), pages }).map_err(|error| refuse(&error.to_string()))?;
    pdf::sign_in(data, pictures, fonts)
}

const fn place() -> Place {
    Place {
        page: PAGE,
        mark: MARK,
        mark_x: MARK_X,
        mark_y: MARK_Y,
        code: CODE,
        left: TABLE_LEFT,
        top: TABLE_TOP,
        head: HEAD_HEIGHT,
        row: ROW_HEIGHT,
        columns: COLUMNS,
    }
}

fn page(sheet: &SignSheet, rows: &[(usize, &(String, String))], (page, pages): (u16, u16), picture: (usize, usize)) -> Page {
    let facts = [("Buổi học", &sheet.when), ("Phòng", &sheet.room), ("Giảng viên", &sheet.lecturer), ("Nội dung", &sheet.words)];
    Page {
        superior: sheet.superior.as_ref().map(|text| printable(&text.replace('\n', " ").to_uppercase())),
        issuer: printable(&sheet.issuer.replace('\n', " ").to_uppercase()),
        name: printable(&sheet.name),
        facts: facts.into_iter().filter(|(_, text)| !text.is_empty()).map(|(label, text)| (label, printable(text))).collect(),
        about: format!("{} · {}", printable(&sheet.class), sheet.version),
        rows: rows.iter().map(|(number, (name, unit))| (*number, printable(name), printable(unit))).collect(),
        page,
        pages,
        picture,
    }
}

/// What a file cannot hold becomes a blank.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}
