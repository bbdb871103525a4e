//! A paper as a value: its head, what it says, who signs, who gets it, what is annexed. A value of this type can be printed.
//! Not for: looks and page rules (`rules`), nor for what a form says (`forms`).

use domain::time::Date;

use super::body::Block;
use super::qr;
use super::rules::{Family, PageRules};

/// Number and day of a paper, as far as it has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Issue {
    /// A draft, marked so; number and day are left open.
    Draft {
        /// What will follow the number: "/KH-UBND", "-KH/TU".
        symbol: String,
        /// The year of the day to come.
        year: i32,
    },
    /// Ready to sign: without a mark, number and day are filled in afterwards.
    ToSign {
        /// What will follow the number.
        symbol: String,
        /// The year of the day to come.
        year: i32,
    },
    /// Numbered and dated.
    Given {
        /// Number and symbol: "05/KH-UBND".
        number: String,
        /// The day.
        on: Date,
    },
}

/// The head of a paper. Names are written as in a sentence; capital letters are made where the rules ask for them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The body above the issuing one; a line break in it is kept.
    pub superior: Option<String>,
    /// The issuing body; a line break in it is kept.
    pub issuer: String,
    /// Number and day.
    pub issue: Issue,
    /// Địa danh: the name of the place.
    pub place: String,
    /// Tên loại: "Kế hoạch", "Quyết định".
    pub kind: String,
    /// Trích yếu: what it is about.
    pub excerpt: String,
    /// Who decides, in a decision.
    pub authority: Option<String>,
    /// Kính gửi; empty when it is addressed to nobody.
    pub to: Vec<String>,
    /// Căn cứ, without the sign at the end.
    pub bases: Vec<String>,
}

/// Who signs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// The lines above the signature: "TM. ỦY BAN NHÂN DÂN", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH".
    pub lines: Vec<String>,
    /// The name, without title or degree.
    pub name: String,
}

/// The end of a paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Close {
    /// Who signs.
    pub signature: Signature,
    /// Nơi nhận, without dash and sign.
    pub recipients: Vec<String>,
    /// The archive line: "Lưu: VT, NV".
    pub archive: String,
}

/// How the pages of an annex lie.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Orientation {
    /// Upright.
    Portrait,
    /// Lying, for wide tables.
    Landscape,
}

/// An annex: on new pages, with page numbers of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Annex {
    /// Its title.
    pub title: String,
    /// How its pages lie.
    pub orientation: Orientation,
    /// What it says.
    pub body: Vec<Block>,
}

/// What is wrong with a paper.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PaperFault {
    /// A component that every paper has is empty.
    #[error("the component `{0}` is empty")]
    Blank(&'static str),
    /// A table without columns.
    #[error("a table has no columns")]
    NoColumns,
    /// A row has more or fewer cells than the table has columns.
    #[error("row {row} has {cells} cells, and the table {columns} columns")]
    RowOfOtherWidth {
        /// The row, from 1.
        row: usize,
        /// Its cells.
        cells: usize,
        /// The columns of the table.
        columns: usize,
    },
    /// More text than a code at the foot holds.
    #[error("the text of the code at the foot is too long")]
    CodeTooLong,
}

impl PaperFault {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Blank(_) => "blank",
            Self::NoColumns => "no_columns",
            Self::RowOfOtherWidth { .. } => "row_of_other_width",
            Self::CodeTooLong => "code_too_long",
        }
    }
}

/// Why a file could not be made of a paper: never because of what it says.
#[derive(Debug, thiserror::Error)]
pub enum PaperError {
    /// None of the fonts could be read.
    #[error("no font could be read")]
    NoFonts,
    /// The typesetter gave up.
    #[error("the paper could not be set: {0}")]
    Set(String),
    /// The file could not be put together.
    #[error("the file could not be put together")]
    Packed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// A whole paper under the rules of its day.
#[derive(Debug, Clone)]
pub struct Paper {
    pub(crate) rules: &'static PageRules,
    pub(crate) head: Head,
    pub(crate) body: Vec<Block>,
    pub(crate) close: Close,
    pub(crate) annexes: Vec<Annex>,
    pub(crate) code: Option<qr::Code>,
    /// What a template of the province repeats in a row, field by field.
    pub(crate) rows: Vec<Vec<(&'static str, String)>>,
}

impl Paper {
    /// A paper that has everything a paper must have.
    ///
    /// # Errors
    /// [`PaperFault::Blank`] names what is missing.
    pub fn new(rules: &'static PageRules, head: Head, body: Vec<Block>, close: Close) -> Result<Self, PaperFault> {
        let given = match &head.issue {
            Issue::Draft { symbol, .. } | Issue::ToSign { symbol, .. } => symbol,
            Issue::Given { number, .. } => number,
        };
        let needed = [
            ("issuer", head.issuer.as_str()),
            ("number", given),
            ("place", &head.place),
            ("kind", &head.kind),
            ("excerpt", &head.excerpt),
            ("signature", close.signature.lines.first().map_or("", String::as_str)),
            ("signer", &close.signature.name),
        ];
        let blank = needed.into_iter().find(|(_, text)| text.trim().is_empty());
        match blank {
            Some((component, _)) => Err(PaperFault::Blank(component)),
            None if body.is_empty() => Err(PaperFault::Blank("body")),
            None => Ok(Self { rules, head, body, close, annexes: Vec::new(), code: None, rows: Vec::new() }),
        }
    }

    /// With one more annex.
    #[must_use]
    pub fn with_annex(mut self, annex: Annex) -> Self {
        self.annexes.push(annex);
        self
    }

    /// With the rows that a template repeats.
    pub(crate) fn with_rows(mut self, rows: Vec<Vec<(&'static str, String)>>) -> Self {
        self.rows = rows;
        self
    }

    /// With a code at the foot of the first page, by which a signed scan is known again.
    ///
    /// # Errors
    /// [`PaperFault::CodeTooLong`].
    pub fn with_code(mut self, text: &str) -> Result<Self, PaperFault> {
        self.code = Some(qr::Code::of(text)?);
        Ok(self)
    }

    /// Whose rules it follows.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.rules.family()
    }

    /// Its name: kind and excerpt in one line.
    #[must_use]
    pub fn title(&self) -> String {
        one_line(&format!("{} {}", self.head.kind, self.head.excerpt))
    }
}

/// The text without its line breaks.
pub(crate) fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
