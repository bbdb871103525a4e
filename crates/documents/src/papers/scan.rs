//! Reads the code at the foot of a signed paper from its scan: a picture (PNG, JPEG), or a PDF whose pages are pictures.
//! Pictures are looked for directly on the pages of a PDF, as scanners put them; a code that is drawn with lines is not read, and neither are pictures packed for fax (CCITT, JBIG2) or as JPEG 2000: that is told.
//! Not for: deciding which paper a code names.

pub(super) mod pixels;

use std::collections::BTreeSet;
use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::{DynamicImage, GrayImage, ImageFormat, ImageReader, Limits, imageops};
use lopdf::{Document, LoadOptions};

/// Why a scan could not be read. A scan without a code is no error.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ScanError {
    /// Neither PNG nor JPEG nor PDF.
    #[error("the file is neither PNG nor JPEG nor PDF")]
    UnknownFormat,
    /// More bytes, pixels or pages than a scan has.
    #[error("the scan is larger than what is read")]
    TooLarge,
    /// It has a password.
    #[error("the file is encrypted")]
    Encrypted,
    /// It is cut off or broken.
    #[error("the file is damaged: {0}")]
    Damaged(String),
    /// No code was found, but some of its pictures are packed in ways that are not read.
    #[error("pictures packed as {} are not read", .0.join(", "))]
    Unsupported(Vec<String>),
    /// A PDF without any picture.
    #[error("the PDF has no pictures")]
    NoPictures,
}

impl ScanError {
    /// The stable code.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::UnknownFormat => "unknown_format",
            Self::TooLarge => "too_large",
            Self::Encrypted => "encrypted",
            Self::Damaged(_) => "damaged",
            Self::Unsupported(_) => "unsupported",
            Self::NoPictures => "no_pictures",
        }
    }
}

/// Bytes of a file at most.
pub(super) const MOST_BYTES: usize = 64 << 20;

/// How large a picture may be.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// Pixels of a side.
    pub(super) side: u32,
    /// Bytes of it unpacked.
    pub(super) unpacked: u64,
}

/// A sheet at 1,200 dots per inch has 14,000 pixels on a side.
const ROOM: Room = Room { side: 16_000, unpacked: 512 << 20 };
/// Bytes of one unpacked stream that lists the objects of a PDF.
const MOST_IN_A_STREAM: usize = 64 << 20;
/// Pages looked at; the code stands on the first page of a paper.
const MOST_PAGES: usize = 50;

/// The text of the first code found; none when there is no code.
///
/// # Errors
/// [`ScanError`].
pub fn read_qr(bytes: &[u8]) -> Result<Option<String>, ScanError> {
    if bytes.len() > MOST_BYTES {
        return Err(ScanError::TooLarge);
    }
    let read = || match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => Ok(code_in(&picture(bytes, format, ROOM)?)),
        _ if bytes.starts_with(b"%PDF-") => in_pdf(bytes),
        _ => Err(ScanError::UnknownFormat),
    };
    // The libraries are made for right files; on a broken one they may panic, which is a damaged file and not our end.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ScanError::Damaged("the reader gave up".to_owned())))
}

/// The picture in shades of grey.
pub(super) fn picture(bytes: &[u8], format: ImageFormat, room: Room) -> Result<GrayImage, ScanError> {
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::default();
    limits.max_image_width = Some(room.side);
    limits.max_image_height = Some(room.side);
    limits.max_alloc = Some(room.unpacked);
    reader.limits(limits);
    reader.decode().map(|picture| on_white(&picture)).map_err(|error| match error {
        image::ImageError::Limits(_) => ScanError::TooLarge,
        error => ScanError::Damaged(error.to_string()),
    })
}

/// Shades of grey; what is transparent is paper.
fn on_white(picture: &DynamicImage) -> GrayImage {
    if !picture.color().has_alpha() {
        return picture.to_luma8();
    }
    let two = picture.to_luma_alpha8();
    GrayImage::from_fn(two.width(), two.height(), |x, y| {
        let image::LumaA([shade, alpha]) = *two.get_pixel(x, y);
        let (shade, alpha) = (u32::from(shade), u32::from(alpha));
        let mixed = (shade * alpha + 255 * (255 - alpha)) / 255;
        image::Luma([u8::try_from(mixed).unwrap_or(u8::MAX)])
    })
}

/// Opens a PDF.
pub(super) fn opened(bytes: &[u8]) -> Result<Document, ScanError> {
    let options = LoadOptions { max_decompressed_size: Some(MOST_IN_A_STREAM), ..LoadOptions::default() };
    let document = Document::load_mem_with_options(bytes, options).map_err(|error| ScanError::Damaged(error.to_string()))?;
    if document.is_encrypted() { Err(ScanError::Encrypted) } else { Ok(document) }
}

/// Tried as it is, then at half the size: noise of a fine scan is gone there.
fn code_in(picture: &GrayImage) -> Option<String> {
    let half = |side: u32| (side / 2).max(1);
    decoded(picture.clone()).or_else(|| decoded(imageops::thumbnail(picture, half(picture.width()), half(picture.height()))))
}

fn decoded(picture: GrayImage) -> Option<String> {
    let (width, height) = (usize::try_from(picture.width()).ok()?, usize::try_from(picture.height()).ok()?);
    let shades = picture.into_raw();
    let mut prepared =
        rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| shades.get(y * width + x).copied().unwrap_or(u8::MAX));
    prepared.detect_grids().iter().find_map(|grid| grid.decode().ok()).map(|(_, text)| text)
}

fn in_pdf(bytes: &[u8]) -> Result<Option<String>, ScanError> {
    let document = opened(bytes)?;
    let mut unread = BTreeSet::new();
    let mut seen = BTreeSet::new();
    for page in document.get_pages().into_values().take(MOST_PAGES) {
        let pictures = document.get_page_images(page).map_err(|error| ScanError::Damaged(error.to_string()))?;
        for found in pictures.iter().filter(|found| seen.insert(found.id)) {
            match pixels::of(&document, found, ROOM) {
                Ok(picture) => {
                    if let Some(text) = code_in(&picture) {
                        return Ok(Some(text));
                    }
                }
                Err(pixels::Unread::Packed(name)) => {
                    unread.insert(name);
                }
                Err(pixels::Unread::Failed(error)) => return Err(error),
            }
        }
    }
    match (seen.is_empty(), unread.is_empty()) {
        (true, _) => Err(ScanError::NoPictures),
        (_, false) => Err(ScanError::Unsupported(unread.into_iter().collect())),
        _ => Ok(None),
    }
}
