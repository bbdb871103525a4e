//! A scan, a photo or a PDF of them to what each page says: which sheet it is and what its cells say, or why it cannot be told.
//! One page is in memory at a time, and none larger than a scanner makes.
//! Not for: whose cells they are (`service::attendance`).

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use domain::attendance::sheets::PageFault;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, ImageFormat, imageops};
use lopdf::{Document, ObjectId};

use super::code::{OLD_MARK, SheetCode};
use super::ink::{Cell, black, cell};
use super::layout::{ROWS, SHOWN};
use super::marks::{Squares, squares};
use super::plane::{Flat, Lying, Point};
use crate::papers::scan::pixels::{self, Unread};
use crate::papers::scan::{Room, ScanError, opened, picture};

/// A page of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReadPage {
    /// Its place in the file, from 1.
    pub number: usize,
    /// What is shown of it, as JPEG: laid straight when it was read. Empty when there is no picture.
    pub picture: Vec<u8>,
    /// What it says.
    pub read: Result<Sheet, Unreadable>,
}

/// A page of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its code.
    pub code: SheetCode,
    /// Its cells from the upper one, also those below the last name.
    pub cells: Vec<Cell>,
}

/// Why a page cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unreadable {
    /// What it is.
    pub fault: PageFault,
    /// Which one: the corners that are missing, the way of packing, the foreign code.
    pub detail: String,
}

impl Unreadable {
    fn of(fault: PageFault) -> Self {
        Self { fault, detail: String::new() }
    }
}

/// A4 at 600 dots per inch in colours, and the photo of a phone of 50 million dots; a page larger than this is refused before it is unpacked.
const ROOM: Room = Room { side: 10_000, unpacked: 160 << 20 };
/// Pages of one file: the sheets of a class of sixty for twenty sittings.
const MOST_PAGES: usize = 60;
/// Dots of the longer side that are looked at: 200 to the inch. More would cost time and show the grain of the paper.
const LONGEST: u32 = 2_400;
/// Dots of the longer side below which nothing can be read: 75 to the inch.
const SHORTEST: u32 = 880;
/// Dots of the longer side of a picture in a PDF that may be a page.
const LEAST_OF_A_SCAN: i64 = 440;
/// Dots of a tenth of a millimetre below which a signature is not told from noise: 84 to the inch.
const LEAST_SCALE: f32 = 0.33;
/// A page whose brightest tenth is darker than this was not lit.
const DARKEST_PAPER: u8 = 90;
/// Pictures of a PDF page that are tried; scanners put one, and some a small one beside it.
const MOST_PICTURES: usize = 4;
/// How well what is shown is kept.
const QUALITY: u8 = 70;
/// Letters of a foreign code that are told.
const MOST_DETAIL: usize = 80;

/// Reads every page of a file: PNG, JPEG, or a PDF of pictures.
///
/// # Errors
/// [`ScanError`] when the file itself cannot be opened or has more pages than are read; what is wrong with a page stands at the page.
pub fn read_sheets(bytes: &[u8]) -> Result<Vec<ReadPage>, ScanError> {
    if bytes.len() > crate::papers::scan::MOST_BYTES {
        return Err(ScanError::TooLarge);
    }
    let read = || match image::guess_format(bytes) {
        Ok(format @ (ImageFormat::Png | ImageFormat::Jpeg)) => {
            Ok(vec![page(1, picture(bytes, format, ROOM).map_err(|error| fault(&error)))])
        }
        _ if bytes.starts_with(b"%PDF-") => in_pdf(bytes),
        _ => Err(ScanError::UnknownFormat),
    };
    // The libraries are made for right files; on a broken one they may panic, which is a damaged file and not our end.
    catch_unwind(AssertUnwindSafe(read)).unwrap_or_else(|_| Err(ScanError::Damaged("the reader gave up".to_owned())))
}

fn in_pdf(bytes: &[u8]) -> Result<Vec<ReadPage>, ScanError> {
    let document = opened(bytes)?;
    let pages = document.get_pages();
    if pages.len() > MOST_PAGES {
        return Err(ScanError::TooLarge);
    }
    Ok((1..).zip(pages.into_values()).map(|(number, id)| of_pdf_page(&document, number, id)).collect())
}

/// The picture of a page that has a code, else the largest.
fn of_pdf_page(document: &Document, number: usize, id: ObjectId) -> ReadPage {
    let Ok(mut pictures) = document.get_page_images(id) else { return page(number, Err(Unreadable::of(PageFault::Damaged))) };
    // A picture as small as a stamp is no scan of a page: the page was drawn, and never printed.
    pictures.retain(|found| found.width.max(found.height) >= LEAST_OF_A_SCAN);
    pictures.sort_by_key(|found| std::cmp::Reverse(found.width.saturating_mul(found.height)));
    let mut first = None;
    for found in pictures.iter().take(MOST_PICTURES) {
        let read = page(number, pixels::of(document, found, ROOM).map_err(unread));
        if read.read.is_ok() {
            return read;
        }
        first.get_or_insert(read);
    }
    first.unwrap_or_else(|| page(number, Err(Unreadable::of(PageFault::NoPicture))))
}

fn unread(unread: Unread) -> Unreadable {
    match unread {
        Unread::Packed(detail) => Unreadable { fault: PageFault::Packed, detail },
        Unread::Failed(error) => fault(&error),
    }
}

fn fault(error: &ScanError) -> Unreadable {
    Unreadable::of(if *error == ScanError::TooLarge { PageFault::TooLarge } else { PageFault::Damaged })
}

fn page(number: usize, picture: Result<GrayImage, Unreadable>) -> ReadPage {
    let picture = match picture {
        Ok(picture) => within(picture, LONGEST),
        Err(unreadable) => return ReadPage { number, picture: Vec::new(), read: Err(unreadable) },
    };
    match straight(&picture) {
        Ok((code, shown)) => {
            let black = black(&shown);
            let cells = (0..ROWS).map(|row| cell(&shown, row, black)).collect();
            ReadPage { number, picture: jpeg(&shown), read: Ok(Sheet { code, cells }) }
        }
        Err(unreadable) => ReadPage { number, picture: jpeg(&within(picture, SHOWN.1)), read: Err(unreadable) },
    }
}

/// Made smaller when it is larger.
fn within(picture: GrayImage, longest: u32) -> GrayImage {
    let (width, height) = picture.dimensions();
    let side = width.max(height);
    if side <= longest {
        return picture;
    }
    let scaled = |length: u32| u32::try_from(u64::from(length) * u64::from(longest) / u64::from(side)).unwrap_or(longest).max(1);
    imageops::thumbnail(&picture, scaled(width), scaled(height))
}

fn jpeg(picture: &GrayImage) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    // A page whose picture cannot be shown is still read.
    match JpegEncoder::new_with_quality(&mut bytes, QUALITY).encode_image(picture) {
        Ok(()) => bytes.into_inner(),
        Err(_) => Vec::new(),
    }
}

/// The sheet in a picture, laid straight.
fn straight(picture: &GrayImage) -> Result<(SheetCode, GrayImage), Unreadable> {
    if picture.width().max(picture.height()) < SHORTEST {
        return Err(Unreadable::of(PageFault::TooSmall));
    }
    let (code, corners, modules) = ours(codes(picture), picture)?;
    let flat = Flat::by_code(corners, modules);
    if flat.scale() < LEAST_SCALE {
        return Err(Unreadable::of(PageFault::TooSmall));
    }
    match squares(picture, flat) {
        Squares::Found(corners) => {
            let lying = Lying::by_squares(corners).ok_or_else(|| Unreadable::of(PageFault::Damaged))?;
            Ok((code, lying.straight(picture)))
        }
        Squares::Missing(corners) => Err(Unreadable { fault: PageFault::NoMarks, detail: corners.join(" ") }),
        Squares::TooDark => Err(Unreadable::of(PageFault::TooDark)),
    }
}

/// A code of a picture: text, corners, modules of a side.
type Found = (String, [Point; 4], u16);

/// The code of the sheet among all codes of a picture.
fn ours(found: Vec<Found>, picture: &GrayImage) -> Result<(SheetCode, [Point; 4], u16), Unreadable> {
    let other = found.first().map(|(text, ..)| text.clone());
    let sheets = found.into_iter().filter_map(|(text, corners, modules)| Some((SheetCode::parse(&text)?, corners, modules)));
    let mut sheets: Vec<_> = sheets.collect();
    match (sheets.len(), other) {
        (1, _) => sheets.pop().ok_or_else(|| Unreadable::of(PageFault::NoCode)),
        (0, Some(text)) if text.starts_with(OLD_MARK) => Err(Unreadable::of(PageFault::OldForm)),
        (0, Some(text)) => Err(Unreadable { fault: PageFault::Foreign, detail: text.chars().take(MOST_DETAIL).collect() }),
        (0, None) => Err(Unreadable::of(if is_dark(picture) { PageFault::TooDark } else { PageFault::NoCode })),
        _ => Err(Unreadable::of(PageFault::Several)),
    }
}

fn is_dark(picture: &GrayImage) -> bool {
    let few = imageops::thumbnail(picture, (picture.width() / 16).max(1), (picture.height() / 16).max(1));
    let mut shades = few.into_raw();
    shades.sort_unstable();
    shades.get(shades.len() * 9 / 10).is_none_or(|bright| *bright < DARKEST_PAPER)
}

/// Looked for as the picture is, then at half the size: noise of a fine scan is gone there.
fn codes(picture: &GrayImage) -> Vec<Found> {
    let found = decoded(picture.clone(), 1.0);
    if !found.is_empty() {
        return found;
    }
    let half = |side: u32| (side / 2).max(1);
    decoded(imageops::thumbnail(picture, half(picture.width()), half(picture.height())), 2.0)
}

fn decoded(picture: GrayImage, scale: f32) -> Vec<Found> {
    let (Ok(width), Ok(height)) = (usize::try_from(picture.width()), usize::try_from(picture.height())) else { return Vec::new() };
    let shades = picture.into_raw();
    let shade = |x, y| shades.get(y * width + x).copied().unwrap_or(u8::MAX);
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, shade);
    let dot = |at: i32| f32::from(i16::try_from(at).unwrap_or(0)) * scale;
    let one = |grid: &rqrr::Grid<_>| {
        let (about, text) = grid.decode().ok()?;
        let corners = grid.bounds.map(|corner| (dot(corner.x), dot(corner.y)));
        Some((text, corners, u16::try_from(about.version.to_size()).ok()?))
    };
    prepared.detect_grids().iter().filter_map(one).collect()
}
