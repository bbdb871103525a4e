//! Why a file could not be opened, as a value with a stable code.
//! Not for: the sentence a person reads; it is chosen by code at the edge.

use thiserror::Error;

/// What a file that is no workbook looks like.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looks {
    /// A web page or a table of one, often under the name `.xls`; open it in a spreadsheet program and save it as `.xlsx`.
    Html,
    /// Excel's XML of 2003; save it as `.xlsx`.
    Xml,
    /// Excel's binary workbook `.xlsb`; save it as `.xlsx`.
    Xlsb,
    /// A workbook of Excel 4 or older; save it as `.xlsx`.
    OldExcel,
    /// A text document (Word, Writer).
    Document,
    /// A PDF.
    Pdf,
    /// A picture.
    Picture,
    /// An archive with other things in it.
    Archive,
    /// Nothing that is known.
    Unknown,
}

impl Looks {
    /// Stable name.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::Html => "html",
            Self::Xml => "xml",
            Self::Xlsb => "xlsb",
            Self::OldExcel => "old_excel",
            Self::Document => "document",
            Self::Pdf => "pdf",
            Self::Picture => "picture",
            Self::Archive => "archive",
            Self::Unknown => "unknown",
        }
    }
}

/// Why a file could not be opened.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum OpenError {
    /// There is nothing in it: no bytes, or no cell.
    #[error("the file holds nothing")]
    Empty,
    /// The file is larger than is taken.
    #[error("the file has {bytes} bytes, at most {limit} are taken; save only the sheet that is needed")]
    TooLarge {
        /// Bytes of the file.
        bytes: usize,
        /// Bytes that are taken.
        limit: usize,
    },
    /// The workbook opens with a password only.
    #[error("the workbook is protected by a password; save a copy without it")]
    Encrypted,
    /// The file ends before its end, as after a broken download.
    #[error("the file is cut off; copy or send it again")]
    Truncated,
    /// The file is a workbook, but something in it is broken.
    #[error("the workbook is damaged ({why}); open it in a spreadsheet program and save it anew")]
    Damaged {
        /// The part of the file, where it is known.
        part: Option<String>,
        /// What the reader said, for the log.
        why: String,
    },
    /// The file is something else.
    #[error("the file is no workbook but {}", looks.code())]
    NotAWorkbook {
        /// What it looks like.
        looks: Looks,
    },
    /// A small file that unpacks into a huge one.
    #[error("`{part}` in the file unpacks to more than {limit} bytes")]
    Bomb {
        /// The part of the file.
        part: String,
        /// Bytes that are taken.
        limit: u64,
    },
    /// More cells than are taken.
    #[error("the sheet `{sheet}` has too many cells, at most {limit} are taken")]
    TooManyCells {
        /// The name of the sheet.
        sheet: String,
        /// Cells that are taken, of all sheets.
        limit: usize,
    },
    /// More sheets than are taken.
    #[error("the workbook has {sheets} sheets, at most {limit} are taken")]
    TooManySheets {
        /// Sheets of the workbook.
        sheets: usize,
        /// Sheets that are taken.
        limit: usize,
    },
    /// Who watched the reading ended it.
    #[error("the reading was cancelled")]
    Cancelled,
}

impl OpenError {
    /// Stable name, for the words of the edge.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::TooLarge { .. } => "too_large",
            Self::Encrypted => "encrypted",
            Self::Truncated => "truncated",
            Self::Damaged { .. } => "damaged",
            Self::NotAWorkbook { .. } => "not_a_workbook",
            Self::Bomb { .. } => "bomb",
            Self::TooManyCells { .. } => "too_many_cells",
            Self::TooManySheets { .. } => "too_many_sheets",
            Self::Cancelled => "cancelled",
        }
    }

    /// What the sentence needs beside the code: the part or sheet, the limit, what it looks like.
    #[must_use]
    pub fn params(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Empty | Self::Encrypted | Self::Truncated | Self::Cancelled => Vec::new(),
            Self::TooLarge { bytes, limit } => vec![("bytes", bytes.to_string()), ("limit", limit.to_string())],
            Self::Damaged { part, why } => part.iter().map(|part| ("part", part.clone())).chain([("why", why.clone())]).collect(),
            Self::NotAWorkbook { looks } => vec![("looks", looks.code().to_owned())],
            Self::Bomb { part, limit } => vec![("part", part.clone()), ("limit", limit.to_string())],
            Self::TooManyCells { sheet, limit } => vec![("sheet", sheet.clone()), ("limit", limit.to_string())],
            Self::TooManySheets { sheets, limit } => vec![("sheets", sheets.to_string()), ("limit", limit.to_string())],
        }
    }

    pub(super) fn damaged(part: impl Into<String>, why: impl std::fmt::Display) -> Self {
        Self::Damaged { part: Some(part.into()), why: why.to_string() }
    }
}
