//! A paper as PDF, set by typst from a constant template; the paper reaches it as a data file, so nothing that people wrote is markup.
//! Not for: looks; `compose` decides them.

use std::sync::LazyLock;

use typst::diag::{FileError, FileResult, SourceDiagnostic};
use typst::foundations::{Bytes, Datetime, Duration, Smart};
use typst::syntax::{FileId, RootedPath, Source, VirtualPath, VirtualRoot};
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;
use typst::{Library, LibraryExt, World};
use typst_layout::PagedDocument;
use typst_pdf::PdfOptions;

use super::compose::compose;
use super::paper::{Paper, PaperError};

/// What stays from paper to paper: the fonts, the template and the typesetter's own library.
pub struct Fonts {
    library: LazyHash<Library>,
    book: LazyHash<FontBook>,
    fonts: Vec<Font>,
    template: Source,
    certificate: Source,
    sign_in: Source,
}

impl Fonts {
    /// Fonts from the bytes of their files. "Times New Roman" is asked for first, then "Tinos", which has the same widths.
    ///
    /// # Errors
    /// [`PaperError::NoFonts`].
    pub fn new(files: &[&'static [u8]]) -> Result<Self, PaperError> {
        let fonts: Vec<Font> = files.iter().flat_map(|bytes| Font::iter(Bytes::new(*bytes))).collect();
        match FILES.as_ref() {
            Some(files) if !fonts.is_empty() => Ok(Self {
                library: LazyHash::new(Library::default()),
                book: LazyHash::new(FontBook::from_fonts(&fonts)),
                fonts,
                template: Source::new(files.template, TEMPLATE.to_owned()),
                certificate: Source::new(files.certificate, CERTIFICATE.to_owned()),
                sign_in: Source::new(files.sign_in, SIGN_IN.to_owned()),
            }),
            _ => Err(PaperError::NoFonts),
        }
    }
}

impl std::fmt::Debug for Fonts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Fonts").field("fonts", &self.fonts.len()).finish_non_exhaustive()
    }
}

const TEMPLATE: &str = include_str!("pdf/paper.typ");
const CERTIFICATE: &str = include_str!("pdf/certificate.typ");
const SIGN_IN: &str = include_str!("pdf/sign_in.typ");

/// The only names a paper has inside the typesetter, which never forgets a name.
struct Files {
    template: FileId,
    certificate: FileId,
    sign_in: FileId,
    data: FileId,
    code: FileId,
}

static FILES: LazyLock<Option<Files>> = LazyLock::new(|| {
    let id = |name| Some(RootedPath::new(VirtualRoot::Project, VirtualPath::new(name).ok()?).intern());
    Some(Files {
        template: id("paper.typ")?,
        certificate: id("certificate.typ")?,
        sign_in: id("sign_in.typ")?,
        data: id("paper.json")?,
        code: id("code.png")?,
    })
});

/// How many papers the typesetter remembers pieces of.
const REMEMBERED: usize = 8;

/// The paper as PDF, with embedded fonts, tags, title and language.
///
/// # Errors
/// [`PaperError::Set`] when the typesetter gives up.
pub fn pdf(paper: &Paper, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    let data = serde_json::to_vec(&compose(paper)).map_err(|error| PaperError::Set(error.to_string()))?;
    let code = paper.code.as_ref().map(|code| Bytes::new(code.png.clone()));
    set(&Desk { fonts, template: &fonts.template, data: Bytes::new(data), code }, REMEMBERED)
}

/// Certificates as one PDF, a page each: `data` is what the template draws, `codes` the pictures of all codes behind each other.
pub(super) fn certificates(data: Vec<u8>, codes: Vec<u8>, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    set(&Desk { fonts, template: &fonts.certificate, data: Bytes::new(data), code: Some(Bytes::new(codes)) }, 0)
}

/// Sheets to sign as one PDF: `data` is what the template draws, `codes` as for certificates.
pub(super) fn sign_in(data: Vec<u8>, codes: Vec<u8>, fonts: &Fonts) -> Result<Vec<u8>, PaperError> {
    set(&Desk { fonts, template: &fonts.sign_in, data: Bytes::new(data), code: Some(Bytes::new(codes)) }, 0)
}

/// Sets a document. Pieces of it and of so many before stay in memory for the next ones; those of hundreds of pages are too many to stay.
fn set(desk: &Desk<'_>, remembered: usize) -> Result<Vec<u8>, PaperError> {
    let document = typst::compile::<PagedDocument>(desk).output.map_err(|problems| told(&problems))?;
    let options = PdfOptions { creator: Smart::Custom(Some("Khuê Văn".to_owned())), ..PdfOptions::default() };
    let bytes = typst_pdf::pdf(&document, &options).map_err(|problems| told(&problems));
    typst::comemo::evict(remembered);
    bytes
}

fn told(problems: &[SourceDiagnostic]) -> PaperError {
    PaperError::Set(problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join("; "))
}

/// All that the typesetter may see.
struct Desk<'f> {
    fonts: &'f Fonts,
    template: &'f Source,
    data: Bytes,
    code: Option<Bytes>,
}

impl World for Desk<'_> {
    fn library(&self) -> &LazyHash<Library> {
        &self.fonts.library
    }

    fn book(&self) -> &LazyHash<FontBook> {
        &self.fonts.book
    }

    fn main(&self) -> FileId {
        self.template.id()
    }

    fn source(&self, id: FileId) -> FileResult<Source> {
        if id == self.main() { Ok(self.template.clone()) } else { Err(FileError::AccessDenied) }
    }

    fn file(&self, id: FileId) -> FileResult<Bytes> {
        let Some(files) = FILES.as_ref() else { return Err(FileError::AccessDenied) };
        if id == files.data {
            return Ok(self.data.clone());
        }
        self.code.clone().filter(|_| id == files.code).ok_or(FileError::AccessDenied)
    }

    fn font(&self, index: usize) -> Option<Font> {
        self.fonts.fonts.get(index).cloned()
    }

    /// The template asks for no day.
    fn today(&self, _: Option<Duration>) -> Option<Datetime> {
        None
    }
}
