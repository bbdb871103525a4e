//! Reading the code of a scan: pictures, PDFs of pictures, and what is refused.
//! Not for: papers themselves.

use std::io::{Cursor, Write};

use documents::papers::forms::year_plan;
use documents::papers::{Family, ScanError, pdf, read_qr};
use flate2::Compression;
use flate2::write::ZlibEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, imageops};
use lopdf::{Dictionary, Document, Object, Stream, dictionary};

use crate::sample::{fonts, frame, plan};

const SAID: &str = "https://khuevan.example/v/KH-05-2026";

/// A sheet with a code in a corner, with the noise of a scanner.
fn sheet() -> GrayImage {
    let code = qrcode::QrCode::new(SAID).unwrap();
    let (side, pixels) = (u32::try_from(code.width()).unwrap(), 4);
    let modules = code.to_colors();
    let mut sheet = GrayImage::from_fn(420, 594, |x, y| image::Luma([u8::try_from(225 + (x * 7 + y * 13) % 31).unwrap()]));
    let picture = GrayImage::from_fn(side * pixels, side * pixels, |x, y| {
        let place = usize::try_from(y / pixels * side + x / pixels).unwrap();
        image::Luma([if modules[place] == qrcode::Color::Dark { 30 } else { 240 }])
    });
    imageops::replace(&mut sheet, &picture, 40, 420);
    sheet
}

fn packed(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn deflated(bytes: &[u8]) -> Vec<u8> {
    let mut writer = ZlibEncoder::new(Vec::new(), Compression::fast());
    writer.write_all(bytes).unwrap();
    writer.finish().unwrap()
}

/// A PDF whose pages are one picture each.
fn scanned(pictures: Vec<(Dictionary, Vec<u8>)>) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let pages = document.new_object_id();
    let mut kids = Vec::new();
    for (extra, content) in pictures {
        let mut about = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => 420, "Height" => 594 };
        about.extend(&extra);
        let picture = document.add_object(Stream::new(about, content));
        let resources = dictionary! { "XObject" => dictionary! { "Im0" => picture } };
        let page = dictionary! { "Type" => "Page", "Parent" => pages, "Resources" => resources };
        kids.push(Object::from(document.add_object(page)));
    }
    let count = i64::try_from(kids.len()).unwrap();
    document.objects.insert(pages, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn gray() -> Dictionary {
    dictionary! { "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "FlateDecode" }
}

#[test]
fn pictures_are_read() {
    let sheet = DynamicImage::ImageLuma8(sheet());
    for (picture, format) in
        [(sheet.clone(), ImageFormat::Png), (sheet.rotate90(), ImageFormat::Jpeg), (sheet.to_rgba8().into(), ImageFormat::Png)]
    {
        assert_eq!(read_qr(&packed(&picture, format)), Ok(Some(SAID.to_owned())));
    }
    let blank = DynamicImage::ImageLuma8(GrayImage::from_pixel(60, 60, image::Luma([250])));
    assert_eq!(read_qr(&packed(&blank, ImageFormat::Png)), Ok(None));
}

#[test]
fn a_pdf_of_pictures_is_read_on_any_page() {
    let sheet = sheet();
    let jpeg = (
        dictionary! { "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode" },
        packed(&sheet.clone().into(), ImageFormat::Jpeg),
    );
    let plain = (gray(), deflated(sheet.as_raw()));
    let blank = (gray(), deflated(&vec![255; 420 * 594]));
    // Each row begins with filter 2: the difference to the row above.
    let mut rows = Vec::new();
    for (at, row) in sheet.as_raw().chunks(420).enumerate() {
        rows.push(2);
        rows.extend(
            row.iter().enumerate().map(|(x, byte)| byte.wrapping_sub(if at == 0 { 0 } else { sheet.as_raw()[(at - 1) * 420 + x] })),
        );
    }
    let mut predicted = gray();
    predicted.set("DecodeParms", dictionary! { "Predictor" => 15, "Colors" => 1, "Columns" => 420 });
    let bits: Vec<u8> = sheet
        .as_raw()
        .chunks(420)
        .flat_map(|row| {
            row.chunks(8).map(|eight| eight.iter().enumerate().fold(0, |byte, (at, shade)| byte | (u8::from(*shade < 128) << (7 - at))))
        })
        .collect();
    let mut one_bit = dictionary! { "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1, "Filter" => "FlateDecode" };
    one_bit.set("Decode", vec![Object::from(1), Object::from(0)]);
    for page in [jpeg, plain, (predicted, deflated(&rows)), (one_bit, deflated(&bits))] {
        assert_eq!(read_qr(&scanned(vec![blank.clone(), page])), Ok(Some(SAID.to_owned())));
    }
    assert_eq!(read_qr(&scanned(vec![blank])), Ok(None));
}

#[test]
fn the_code_of_a_paper_is_read_from_its_pdf() {
    let paper = year_plan(&frame(Family::State, "KH"), &plan(1)).unwrap();
    assert_eq!(read_qr(&pdf(&paper, fonts()).unwrap()), Ok(Some("https://khuevan.example/v/05-KH-UBND-2026".to_owned())));
}

#[test]
fn what_is_not_read_is_told() {
    let fax = (dictionary! { "ColorSpace" => "DeviceGray", "BitsPerComponent" => 1, "Filter" => "CCITTFaxDecode" }, vec![0; 9]);
    assert_eq!(read_qr(&scanned(vec![fax])), Err(ScanError::Unsupported(vec!["CCITTFaxDecode".to_owned()])));
    assert_eq!(read_qr(&scanned(Vec::new())), Err(ScanError::NoPictures));
    assert_eq!(read_qr(b"GIF89a..."), Err(ScanError::UnknownFormat));
    assert!(matches!(read_qr(b"%PDF-1.7 and no more"), Err(ScanError::Damaged(_))));
    // A picture that unpacks into more than its size says.
    let bomb = (gray(), deflated(&vec![0; 5_000_000]));
    assert_eq!(read_qr(&scanned(vec![bomb])), Err(ScanError::TooLarge));
    let png = packed(&DynamicImage::ImageLuma8(sheet()), ImageFormat::Png);
    assert!(matches!(read_qr(&png[..png.len() / 2]), Err(ScanError::Damaged(_))));
}
