//! The pixels of a picture inside a PDF: JPEG, or deflated samples of one or eight bits.
//! Not for: finding pictures (`scan`).

use std::io::Read;

use flate2::read::ZlibDecoder;
use image::{GrayImage, ImageFormat};
use lopdf::xobject::PdfImage;
use lopdf::{Dictionary, Document, Object};

use super::{Room, ScanError, picture};

/// Why a picture gave no pixels.
pub(in crate::papers) enum Unread {
    /// It is packed in a way that is not read.
    Packed(String),
    /// It could not be unpacked.
    Failed(ScanError),
}

impl From<ScanError> for Unread {
    fn from(error: ScanError) -> Self {
        Self::Failed(error)
    }
}

pub(in crate::papers) fn of(document: &Document, found: &PdfImage<'_>, room: Room) -> Result<GrayImage, Unread> {
    let filters: Vec<&str> = found.filters.iter().flatten().map(String::as_str).collect();
    match filters.as_slice() {
        ["DCTDecode"] => Ok(picture(found.content, ImageFormat::Jpeg, room)?),
        ["FlateDecode"] => samples(document, found, room),
        ["FlateDecode", "DCTDecode"] => Ok(picture(&inflate(found.content, room.unpacked)?, ImageFormat::Jpeg, room)?),
        [] => Err(Unread::Packed("raw".to_owned())),
        others => Err(Unread::Packed(others.join("+"))),
    }
}

fn inflate(packed: &[u8], most: u64) -> Result<Vec<u8>, ScanError> {
    let mut bytes = Vec::new();
    let read = ZlibDecoder::new(packed).take(most.saturating_add(1)).read_to_end(&mut bytes);
    if u64::try_from(bytes.len()).is_ok_and(|length| length > most) {
        return Err(ScanError::TooLarge);
    }
    read.map(|_| bytes).map_err(|error| ScanError::Damaged(error.to_string()))
}

/// How samples lie in a row.
struct Shape {
    width: usize,
    height: usize,
    bits: usize,
    colours: usize,
}

impl Shape {
    /// Bytes of a row.
    const fn row(&self) -> usize {
        (self.width * self.colours * self.bits).div_ceil(8)
    }

    /// Bytes from a sample to the one it is compared with.
    const fn step(&self) -> usize {
        let bytes = self.colours * self.bits / 8;
        if bytes == 0 { 1 } else { bytes }
    }
}

fn samples(document: &Document, found: &PdfImage<'_>, room: Room) -> Result<GrayImage, Unread> {
    let shape = shape(document, found, room)?;
    let predicted = predictor(found.origin_dict) >= 10;
    let row = shape.row() + usize::from(predicted);
    let most = row.checked_mul(shape.height).and_then(|bytes| u64::try_from(bytes).ok()).filter(|bytes| *bytes <= room.unpacked);
    let bytes = inflate(found.content, most.ok_or(ScanError::TooLarge)?)?;
    let bytes = if predicted { unpredicted(&bytes, &shape) } else { bytes };
    let (width, height) = (side(found.width, room)?, side(found.height, room)?);
    let inverted = inverted(found.origin_dict);
    Ok(GrayImage::from_fn(width, height, |x, y| {
        let place = usize::try_from(x).ok().zip(usize::try_from(y).ok());
        let shade = place.and_then(|(x, y)| shade(&bytes, &shape, x, y)).unwrap_or(u8::MAX);
        image::Luma([if inverted { u8::MAX - shade } else { shade }])
    }))
}

fn shape(document: &Document, found: &PdfImage<'_>, room: Room) -> Result<Shape, Unread> {
    let unread = |what: &str| Unread::Packed(format!("FlateDecode {what}"));
    let is_stencil = found.origin_dict.get(b"ImageMask").and_then(Object::as_bool).unwrap_or(false);
    let colours = if is_stencil { Some(1) } else { colours(document, found.origin_dict) };
    let colours = colours.ok_or_else(|| unread("colours"))?;
    let bits = match if is_stencil { Some(1) } else { found.bits_per_component } {
        Some(1) if colours == 1 => 1,
        Some(8) => 8,
        _ => return Err(unread("bits")),
    };
    let whole = |side: u32| usize::try_from(side).map_err(|_| ScanError::TooLarge);
    Ok(Shape { width: whole(side(found.width, room)?)?, height: whole(side(found.height, room)?)?, bits, colours })
}

/// Samples of a pixel in the colour space of a picture, when it is one of shades or of red, green and blue.
fn colours(document: &Document, picture: &Dictionary) -> Option<usize> {
    let (_, space) = document.dereference(picture.get(b"ColorSpace").ok()?).ok()?;
    let parts = space.as_array().map(Vec::as_slice).unwrap_or_default();
    let name = parts.first().unwrap_or(space).as_name().ok()?;
    match name {
        b"DeviceGray" | b"CalGray" => Some(1),
        b"DeviceRGB" | b"CalRGB" => Some(3),
        b"ICCBased" => {
            let (_, profile) = document.dereference(parts.get(1)?).ok()?;
            let count = profile.as_stream().ok()?.dict.get(b"N").and_then(Object::as_i64).ok()?;
            usize::try_from(count).ok().filter(|count| matches!(count, 1 | 3))
        }
        _ => None,
    }
}

fn side(side: i64, room: Room) -> Result<u32, ScanError> {
    u32::try_from(side).ok().filter(|side| (1..=room.side).contains(side)).ok_or(ScanError::TooLarge)
}

fn predictor(dictionary: &Dictionary) -> i64 {
    let parameters = dictionary.get(b"DecodeParms").ok();
    let parameters = parameters.and_then(|found| found.as_array().ok().and_then(|all| all.first()).or(Some(found)));
    parameters.and_then(|found| found.as_dict().ok()).and_then(|found| found.get(b"Predictor").and_then(Object::as_i64).ok()).unwrap_or(1)
}

/// `/Decode [1 0]` swaps black and white.
fn inverted(dictionary: &Dictionary) -> bool {
    let decode = dictionary.get(b"Decode").and_then(Object::as_array).ok();
    decode.and_then(|ends| ends.first()).and_then(|first| first.as_float().ok()).is_some_and(|first| first > 0.5)
}

fn shade(bytes: &[u8], shape: &Shape, x: usize, y: usize) -> Option<u8> {
    let start = y * shape.row();
    if shape.bits == 1 {
        let byte = bytes.get(start + x / 8)?;
        return Some(if byte >> (7 - x % 8) & 1 == 1 { u8::MAX } else { 0 });
    }
    let at = start + x * shape.colours;
    let colours = bytes.get(at..at + shape.colours)?;
    let sum: usize = colours.iter().map(|colour| usize::from(*colour)).sum();
    u8::try_from(sum / shape.colours).ok()
}

/// Undoes the filters of PNG rows; each row begins with the number of its filter.
fn unpredicted(bytes: &[u8], shape: &Shape) -> Vec<u8> {
    let (length, step) = (shape.row(), shape.step());
    let mut done: Vec<u8> = Vec::with_capacity(length * shape.height);
    let mut above = vec![0_u8; length];
    for row in bytes.chunks(length + 1) {
        let Some((filter, raw)) = row.split_first() else { break };
        let mut line: Vec<u8> = Vec::with_capacity(length);
        for (at, byte) in raw.iter().enumerate() {
            let of = |row: &[u8], at: Option<usize>| at.and_then(|at| row.get(at)).copied().unwrap_or(0);
            let (left, up, corner) = (of(&line, at.checked_sub(step)), of(&above, Some(at)), of(&above, at.checked_sub(step)));
            let guess = match filter {
                1 => left,
                2 => up,
                3 => u8::try_from((u16::from(left) + u16::from(up)) / 2).unwrap_or(0),
                4 => nearest(left, up, corner),
                _ => 0,
            };
            line.push(byte.wrapping_add(guess));
        }
        done.extend_from_slice(&line);
        above = line;
    }
    done
}

/// Paeth's choice: the neighbour nearest to left + up − corner.
fn nearest(left: u8, up: u8, corner: u8) -> u8 {
    let goal = i16::from(left) + i16::from(up) - i16::from(corner);
    let far = |one: u8| (goal - i16::from(one)).abs();
    if far(left) <= far(up) && far(left) <= far(corner) {
        left
    } else if far(up) <= far(corner) {
        up
    } else {
        corner
    }
}
