//! Scans of signed sheets without paper and without another program: the code, the squares and some ink, where the sheet has them.
//! Not for: how a sheet looks; tests of `documents` draw the real one.

use std::io::Cursor;

use documents::papers::sign_in::{Area, CODE, SheetCode, signature, squares};
use documents::screen_code;
use image::codecs::jpeg::JpegEncoder;
use image::{GrayImage, Luma};
use lopdf::{Document, Object, Stream, dictionary};

/// A page of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Page {
    /// What its code says.
    pub code: SheetCode,
    /// Rows that are signed, from 0.
    pub signed: Vec<usize>,
    /// Rows with a dash, of which nobody can be sure.
    pub doubtful: Vec<usize>,
}

/// Dots of a tenth of a millimetre, as hundredths: 150 dots per inch are some six of a millimetre.
const DOTS: u32 = 60;

fn dots(tenths: u16) -> u32 {
    u32::from(tenths) * DOTS / 100
}

fn fill(picture: &mut GrayImage, (left, top): (u32, u32), (width, height): (u32, u32), shade: u8) {
    for y in top..top + height {
        for x in left..left + width {
            if let Some(dot) = picture.get_pixel_mut_checked(x, y) {
                dot.0 = [shade];
            }
        }
    }
}

/// The picture of a page, straight, as a scanner of 150 dots per inch makes it.
#[must_use]
pub fn picture(page: &Page) -> GrayImage {
    let mut picture = GrayImage::from_pixel(dots(2100), dots(2970), Luma([244]));
    for Area { left, top, width, height } in squares() {
        fill(&mut picture, (dots(left), dots(top)), (dots(width), dots(height)), 20);
    }
    code(&mut picture, &page.code.text());
    for row in &page.signed {
        let area = signature(*row);
        let (left, middle) = (dots(area.left) + 40, dots(area.top) + dots(area.height) / 2);
        for step in 0..120_u32 {
            let swing = (step % 24).abs_diff(12) * 3 / 2;
            fill(&mut picture, (left + step, middle + swing - 9), (3, 3), 70);
        }
    }
    for row in &page.doubtful {
        let area = signature(*row);
        fill(&mut picture, (dots(area.left) + 40, dots(area.top) + dots(area.height) / 2), (140, 3), 70);
    }
    picture
}

fn code(picture: &mut GrayImage, text: &str) {
    let Some(code) = screen_code(text) else { return };
    let side = u32::try_from(code.side).unwrap_or(1);
    let module = dots(CODE.width) / side;
    let (left, top) = (dots(CODE.left) + dots(CODE.width) % side / 2, dots(CODE.top) + dots(CODE.height) % side / 2);
    for run in code.path.split('M').skip(1) {
        let mut numbers = run.split(|sign: char| !sign.is_ascii_digit()).filter_map(|part| part.parse::<u32>().ok());
        let (Some(x), Some(y), Some(n)) = (numbers.next(), numbers.next(), numbers.next()) else { continue };
        fill(picture, (left + x * module, top + y * module), (n * module, module), 20);
    }
}

/// A page as JPEG.
#[must_use]
pub fn jpeg(page: &Page) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let written = JpegEncoder::new_with_quality(&mut bytes, 85).encode_image(&picture(page));
    debug_assert!(written.is_ok(), "the picture cannot be packed");
    bytes.into_inner()
}

/// A PDF whose pages are pictures, as scanners make it.
#[must_use]
pub fn pdf(pages: &[Page]) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    for page in pages {
        let (width, height) = (i64::from(dots(2100)), i64::from(dots(2970)));
        let about = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => width, "Height" => height,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode",
        };
        let picture = document.add_object(Stream::new(about, jpeg(page)));
        let resources = dictionary! { "XObject" => dictionary! { "Im0" => picture } };
        kids.push(Object::from(document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Resources" => resources })));
    }
    let count = i64::try_from(kids.len()).unwrap_or(0);
    document.objects.insert(tree, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    let written = document.save_to(&mut bytes);
    debug_assert!(written.is_ok(), "the document cannot be written");
    bytes
}
