//! Fills a Word file of a province: fields such as `{{so}}` in paragraphs, headers and footers, and table rows that repeat.
//! Word may cut a field into pieces with looks of their own; it is found all the same and takes the looks of its first piece.
//! Not for: making papers without a template (`docx`).

mod fields;
mod text;
mod tree;
mod walk;

pub use fields::Fields;
pub use walk::{Clash, ClashKind, Found, Place};

use zip::CompressionMethod;

use super::package::unpack;
use crate::archive::packed;
use walk::Walk;

/// Why a template was not filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// More bytes than a template may have.
    #[error("the file has {bytes} bytes, and a template at most {limit}")]
    TooLarge {
        /// Its bytes.
        bytes: usize,
        /// The limit.
        limit: usize,
    },
    /// Not a Word file of the kind `.docx`.
    #[error("the file is no Word file of the kind .docx")]
    NotDocx,
    /// It has a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// It carries programs, which a paper must not.
    #[error("the file carries macros")]
    Macros,
    /// It would unpack into more than any paper is.
    #[error("the part {part} is far larger than it is packed")]
    Bomb {
        /// The part.
        part: String,
    },
    /// A part cannot be read.
    #[error("the part {part} is damaged: {why}")]
    Damaged {
        /// The part.
        part: String,
        /// What the reader said.
        why: String,
    },
    /// Fields and values do not fit; every clash is told.
    #[error("{} fields of the template do not fit", .0.len())]
    Fields(Vec<Clash>),
    /// The filled file could not be put together.
    #[error("the file could not be put together")]
    Packed(#[source] Box<dyn std::error::Error + Send + Sync>),
}

impl FillError {
    pub(super) fn damaged(part: &str, why: &impl ToString) -> Self {
        Self::Damaged { part: part.to_owned(), why: why.to_string() }
    }

    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::TooLarge { .. } => "too_large",
            Self::NotDocx => "not_docx",
            Self::Encrypted => "encrypted",
            Self::Macros => "macros",
            Self::Bomb { .. } => "bomb",
            Self::Damaged { .. } => "damaged",
            Self::Fields(_) => "fields",
            Self::Packed(_) => "packed",
        }
    }
}

/// The template with every field replaced by its value; all else stays as it was.
///
/// # Errors
/// [`FillError`]; with [`FillError::Fields`] nothing was filled and every clash has its place.
pub fn fill(template: &[u8], fields: &Fields) -> Result<Vec<u8>, FillError> {
    let mut parts = template_parts(template)?;
    let mut clashes = Vec::new();
    for (name, content) in parts.iter_mut().filter(|(name, _)| holds_text(name)) {
        let mut nodes = tree::parse(content).map_err(|why| FillError::damaged(name, &why))?;
        let mut walk = Walk::new(name, fields);
        walk.fill(&mut nodes);
        clashes.append(&mut walk.clashes);
        *content = tree::write(&nodes);
    }
    if !clashes.is_empty() {
        return Err(FillError::Fields(clashes));
    }
    let files: Vec<(&str, Vec<u8>)> = parts.iter_mut().map(|(name, content)| (name.as_str(), std::mem::take(content))).collect();
    packed(&files, CompressionMethod::Deflated).map_err(|error| FillError::Packed(Box::new(error)))
}

/// The fields of a template, where they stand, and whether Khuê Văn knows them.
///
/// # Errors
/// [`FillError`]; fields that nobody knows are told in the answer, fields that are not closed in [`FillError::Fields`].
pub fn check_template(template: &[u8]) -> Result<Vec<Found>, FillError> {
    let mut found = Vec::new();
    let mut clashes = Vec::new();
    for (name, content) in template_parts(template)?.iter().filter(|(name, _)| holds_text(name)) {
        let mut nodes = tree::parse(content).map_err(|why| FillError::damaged(name, &why))?;
        let nothing = Fields::new();
        let mut walk = Walk::new(name, &nothing);
        walk.fill(&mut nodes);
        found.append(&mut walk.found);
        clashes.extend(walk.clashes.into_iter().filter(|clash| clash.kind.is_of_form()));
    }
    if clashes.is_empty() { Ok(found) } else { Err(FillError::Fields(clashes)) }
}

fn template_parts(template: &[u8]) -> Result<Vec<(String, Vec<u8>)>, FillError> {
    let parts = unpack(template)?;
    let has = |wanted: &str| parts.iter().any(|(name, _)| name == wanted);
    if !has("[Content_Types].xml") || !has("word/document.xml") {
        return Err(FillError::NotDocx);
    }
    if parts.iter().any(|(name, _)| name.to_ascii_lowercase().ends_with("vbaproject.bin")) {
        return Err(FillError::Macros);
    }
    Ok(parts)
}

/// The document itself, its headers and footers.
fn holds_text(name: &str) -> bool {
    let of =
        |kind: &str| name.strip_prefix("word/").is_some_and(|rest| rest.starts_with(kind) && rest.ends_with(".xml") && !rest.contains('/'));
    ["document.xml", "header", "footer"].into_iter().any(of)
}
