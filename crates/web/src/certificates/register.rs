//! `/chung-nhan`: the register of certificates (sổ gốc), found, printed, taken along.
//! Not for: issuing (`class`).

use askama::Template;
use axum::extract::State;
use axum::response::Response;
use documents::{Cell, Column};
use domain::certificates::{CertificateKind, CertificateState};
use domain::ids::CertificateId;
use domain::roles::Act;
use service::certificates::{self, CertificateLine, MOST_EXPORTED, RegisterAsk};

use super::{HERE, Row, row};
use crate::AppState;
use crate::asked::{Asked, address};
use crate::download::List;
use crate::errors::WebError;
use crate::i18n::Lang;
use crate::shell::{self, Shell};
use crate::visitor::SignedIn;
use crate::words::word;

const PAGE: u32 = 100;

/// A choice: code, text, whether chosen.
type Choice = (String, String, bool);

#[derive(Template)]
#[template(path = "certificates/register.html")]
struct RegisterPage {
    shell: Shell,
    q: String,
    class: String,
    pickers: Vec<(&'static str, String, Vec<Choice>)>,
    rows: Vec<Row>,
    file: Option<String>,
    first: Option<String>,
    next: Option<String>,
}

fn ask(asked: &Asked) -> RegisterAsk {
    RegisterAsk {
        year: asked.text("nam").and_then(|year| year.parse().ok()),
        kind: asked.text("loai").and_then(CertificateKind::from_code),
        state: asked.text("trang-thai").and_then(CertificateState::from_code),
        class: asked.text("lop").map(str::to_owned),
        unit: asked.text("don-vi").map(str::to_owned),
        words: asked.text("q").unwrap_or_default().to_owned(),
    }
}

fn link(asked: &Asked, path: &str, after: Option<&str>) -> String {
    let kept = ["q", "lop", "nam", "loai", "trang-thai", "don-vi"].map(|name| (name, asked.text(name)));
    address(path, &[kept.as_slice(), &[("sau", after)]].concat())
}

/// The register.
pub(crate) async fn show(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let (lang, wanted) = (signed_in.lang(), ask(&asked));
    let before = asked.text("sau").and_then(|id| id.parse().ok()).map(CertificateId);
    let found = certificates::register(&state.services, &signed_in.ctx, &wanted, before, (PAGE, false)).await?;
    let mut years = found.years;
    years.extend(wanted.year.filter(|year| !years.contains(year)));
    let kinds = CertificateKind::ALL.iter().map(|kind| (kind.code(), "certificate-kind", wanted.kind == Some(*kind)));
    let states = CertificateState::ALL.iter().map(|one| (one.code(), "certificate-state", wanted.state == Some(*one)));
    let choice = |(code, prefix, chosen): (&'static str, &str, bool)| (code.to_owned(), word(lang, prefix, code), chosen);
    shell::page(&RegisterPage {
        shell: Shell::new(&signed_in.visitor, &lang.t("certificates-register")),
        q: wanted.words.clone(),
        class: wanted.class.clone().unwrap_or_default(),
        pickers: vec![
            ("nam", lang.t("class-year"), years.iter().map(|y| (y.to_string(), y.to_string(), wanted.year == Some(*y))).collect()),
            ("loai", lang.t("certificate-kind"), kinds.map(choice).collect()),
            ("trang-thai", lang.t("class-state"), states.map(choice).collect()),
        ],
        rows: found.lines.iter().map(|line| row(lang, line)).collect(),
        file: signed_in.ctx.may(Act::ExportPeople).then(|| link(&asked, "/chung-nhan/xuat.xlsx", None)),
        first: before.map(|_| link(&asked, HERE, None)),
        next: found.next.map(|id| link(&asked, HERE, Some(&id.to_string()))),
    })
}

/// Columns of the register as a workbook, with their widths.
const HEADS: [(&str, u16); 15] = [
    ("certificate-symbol", 24),
    ("certificate-kind", 22),
    ("needs-who", 28),
    ("official-code", 16),
    ("official-birth", 12),
    ("certificate-course", 46),
    ("certificate-class-code", 16),
    ("class-field-starts-on", 12),
    ("class-field-ends-on", 12),
    ("certificate-field-issued-on", 12),
    ("certificate-field-issuer", 30),
    ("certificate-signer", 30),
    ("class-results", 20),
    ("class-state", 16),
    ("certificate-reason", 40),
];

fn cells(lang: Lang, line: &CertificateLine) -> Vec<Cell> {
    let printed = &line.printed;
    vec![
        Cell::Text(line.symbol.clone()),
        Cell::Text(word(lang, "certificate-kind", line.kind.code())),
        Cell::Text(printed.name.clone()),
        Cell::Text(line.official.1.clone()),
        Cell::Day(printed.birth_on),
        Cell::Text(printed.course.clone()),
        Cell::Text(line.class.1.clone()),
        Cell::Day(printed.days.0),
        Cell::Day(printed.days.1),
        Cell::Day(printed.issued_on),
        Cell::Text(printed.issuer.clone()),
        Cell::Text(format!("{}: {}", printed.signer.0, printed.signer.1)),
        Cell::Text(printed.decision.0.clone()),
        Cell::Text(word(lang, "certificate-state", line.state.code())),
        line.reason.clone().map_or(Cell::Empty, Cell::Text),
    ]
}

/// The register as a workbook.
pub(crate) async fn xlsx(State(state): State<AppState>, signed_in: SignedIn, asked: Asked) -> Result<Response, WebError> {
    let lang = signed_in.lang();
    let found = certificates::register(&state.services, &signed_in.ctx, &ask(&asked), None, (MOST_EXPORTED, true)).await?;
    let list = List {
        title: lang.t("certificates-register"),
        notes: vec![format!("{} {}", lang.t("print-made"), lang.instant(signed_in.ctx.now))],
        columns: HEADS.iter().map(|(key, width)| Column { title: lang.t(key), width: *width }).collect(),
        rows: found.lines.iter().map(|line| cells(lang, line)).collect(),
    };
    list.xlsx("so-goc-chung-nhan").await
}
