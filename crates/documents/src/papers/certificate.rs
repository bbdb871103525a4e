//! Certificates as PDF: A4 lying, a page each, as many as wanted in one file.
//! Not for: who gets one, numbers, or what the code says (`service::certificates`).
//!
//! Form and wording are the product's own: the annexes of the circular with the printed form could not be read.

use domain::certificates::CertificateKind;
use domain::time::{Date, dmy};
use serde::Serialize;

use super::paper::PaperError;
use super::pdf::{self, Fonts};
use super::qr::Code;

/// What stands on a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificate {
    /// Kind.
    pub kind: CertificateKind,
    /// The body above the issuing one, if any.
    pub superior: Option<String>,
    /// Who grants it.
    pub issuer: String,
    /// Name of the person.
    pub name: String,
    /// Day of birth.
    pub birth_on: Date,
    /// Name of the course.
    pub course: String,
    /// First and last day.
    pub days: (Date, Date),
    /// Periods; 0 when not counted.
    pub periods: i32,
    /// Result, in words.
    pub band: Option<String>,
    /// Number and day of the decision that recognised the results.
    pub decision: (String, Date),
    /// Number and day of the certificate that this paper confirms.
    pub confirms: Option<(String, Date)>,
    /// Where and when.
    pub place: String,
    /// When.
    pub issued_on: Date,
    /// Post and name of who signs.
    pub signer: (String, String),
    /// Number in the register.
    pub symbol: String,
    /// The code by which it is found, as it is printed.
    pub code: String,
    /// Where the code is typed in: without `http`.
    pub site: String,
    /// What the picture of the code says.
    pub link: String,
}

/// Most certificates of one file: the typesetter keeps all pages in memory.
pub const MOST: usize = 500;

#[derive(Serialize)]
struct Data {
    title: &'static str,
    pages: Vec<Page>,
}

#[derive(Serialize)]
struct Page {
    superior: Option<String>,
    issuer: String,
    title: [&'static str; 2],
    lines: Vec<(&'static str, String)>,
    name: String,
    place: String,
    post: String,
    signer: String,
    symbol: String,
    code: String,
    site: String,
    /// Where the picture of the code begins and ends among all.
    picture: (usize, usize),
}

/// The certificates as one PDF, in their order.
///
/// # Errors
/// [`PaperError::Set`] when there is none, a code is too long, or the typesetter gives up.
pub fn certificates(list: &[Certificate], fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let (mut pages, mut pictures) = (Vec::with_capacity(list.len()), Vec::new());
    for one in list {
        let png = Code::light(&one.link).map_err(|fault| PaperError::Set(fault.to_string()))?.png;
        let from = pictures.len();
        pictures.extend(png);
        pages.push(page(one, (from, pictures.len())));
    }
    if pages.is_empty() {
        return Err(PaperError::Set("there is no certificate to set".to_owned()));
    }
    let data = serde_json::to_vec(&Data { title: "Chứng chỉ", pages }).map_err(|error| PaperError::Set(error.to_string()))?;
    pdf::certificates(data, pictures, fonts)
}

fn page(one: &Certificate, picture: (usize, usize)) -> Page {
    Page {
        superior: one.superior.as_ref().map(|text| printable(&text.to_uppercase())),
        issuer: printable(&one.issuer.to_uppercase()),
        title: match one.kind {
            CertificateKind::Certificate => ["CHỨNG CHỈ", "HOÀN THÀNH KHOÁ ĐÀO TẠO, BỒI DƯỠNG"],
            CertificateKind::Completion => ["GIẤY CHỨNG NHẬN", "ĐÃ HOÀN THÀNH KHOÁ ĐÀO TẠO, BỒI DƯỠNG"],
        },
        lines: lines(one),
        name: printable(&one.name),
        place: format!("{}, {}", printable(&one.place), domain_day(one.issued_on)),
        post: printable(&one.signer.0.to_uppercase()),
        signer: printable(&one.signer.1),
        symbol: printable(&one.symbol),
        code: printable(&one.code),
        site: printable(&one.site),
        picture,
    }
}

fn lines(one: &Certificate) -> Vec<(&'static str, String)> {
    let (from, to) = one.days;
    let time = if from == to { format!("ngày {}", dmy(from)) } else { format!("từ ngày {} đến ngày {}", dmy(from), dmy(to)) };
    let periods = if one.periods > 0 { format!(" ({} tiết)", one.periods) } else { String::new() };
    let mut lines =
        vec![("Sinh ngày", dmy(one.birth_on)), ("Đã hoàn thành khoá", printable(&one.course)), ("Thời gian", format!("{time}{periods}"))];
    lines.extend(one.band.as_ref().map(|band| ("Kết quả", printable(band))));
    lines.push(("Công nhận kết quả", format!("Quyết định số {} ngày {}", printable(&one.decision.0), dmy(one.decision.1))));
    lines.extend(
        one.confirms
            .as_ref()
            .map(|(symbol, on)| ("Giá trị", format!("như chứng chỉ số {} cấp ngày {} (đã mất hoặc hư hỏng)", printable(symbol), dmy(*on)))),
    );
    lines
}

/// "ngày 05 tháng 02 năm 2026", as administrative papers write it.
fn domain_day(day: Date) -> String {
    let month = u8::from(day.month());
    let month = if month < 3 { format!("{month:02}") } else { month.to_string() };
    format!("ngày {:02} tháng {month} năm {}", day.day(), day.year())
}

/// What a file cannot hold becomes a blank.
fn printable(text: &str) -> String {
    text.chars().map(|c| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c }).collect()
}
