//! Sheets to sign on their way through paper: set, turned into dots by another program, signed, laid askew, made noisy, and read again.
//! Not for: rules of one step, which are tested beside it. Without `pdftoppm` the tests say so and pass; with `CI` set they fail.

#![expect(clippy::as_conversions, reason = "dots are whole numbers and places are not")]

use std::io::Cursor;
use std::process::Command;
use std::sync::LazyLock;

use documents::papers::sign_in::{ReadPage, SHOWN, SheetCode, SignSheet, read_sheets, sign_sheets, signature};
use documents::papers::{ScanError, read_qr};
use domain::attendance::sheets::{Ink, PageFault};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, GrayImage, ImageFormat, Luma, imageops};
use lopdf::{Document, Object, Stream, dictionary};
use proptest::prelude::*;

use crate::sample::fonts;

/// Dots of an inch that pages are drawn with.
const DPI: f32 = 200.0;
/// Dots of a tenth of a millimetre.
const TENTH: f32 = DPI / 254.0;

fn sheet(sitting: i64, people: usize) -> SignSheet {
    let person = |n: usize| {
        let unit = if n.is_multiple_of(3) {
            "Văn phòng Hội đồng nhân dân và Ủy ban nhân dân xã Tiên Phước"
        } else {
            "Sở Nội vụ"
        };
        (format!("Nguyễn Thị Hoàng Phương {n}"), unit.to_owned())
    };
    SignSheet {
        superior: Some("Ủy ban nhân dân\ntỉnh Sông Vàng".to_owned()),
        issuer: "Sở Nội vụ".to_owned(),
        class: "LOP-2026-001".to_owned(),
        name: "Bồi dưỡng kỹ năng số cho cán bộ, công chức cấp xã năm 2026".to_owned(),
        sitting,
        when: "Sáng, ngày 07/12/2026".to_owned(),
        room: "Phòng 101".to_owned(),
        lecturer: "Giảng viên Mẫu".to_owned(),
        words: "Mở đầu".to_owned(),
        version: "A1B2C3D4".to_owned(),
        people: (1..=people).map(person).collect(),
    }
}

/// The pages of a PDF as another program draws them.
fn drawn(pdf: &[u8]) -> Option<Vec<GrayImage>> {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("sheet.pdf"), pdf).unwrap();
    let done =
        Command::new("pdftoppm").args(["-gray", "-r", "200"]).arg(folder.path().join("sheet.pdf")).arg(folder.path().join("page")).status();
    if !done.is_ok_and(|status| status.success()) {
        assert!(std::env::var_os("CI").is_none(), "poppler-utils are missing; `cargo xtask test --only tools` installs them");
        return None;
    }
    let mut names: Vec<_> = std::fs::read_dir(folder.path()).unwrap().flatten().map(|entry| entry.path()).collect();
    names.retain(|name| name.extension().is_some_and(|ending| ending == "pgm"));
    names.sort();
    Some(names.iter().map(|name| dots(&std::fs::read(name).unwrap())).collect())
}

/// A picture as `pdftoppm` writes it: three lines of numbers, then a byte for each dot.
fn dots(pgm: &[u8]) -> GrayImage {
    let head: Vec<&[u8]> = pgm.splitn(4, |byte| *byte == b'\n').collect();
    let size = std::str::from_utf8(head[1]).unwrap().split(' ').map(|side| side.parse().unwrap()).collect::<Vec<u32>>();
    GrayImage::from_raw(size[0], size[1], head[3].to_vec()).unwrap()
}

/// Two pages: thirty people of sitting 7.
fn pages() -> Option<&'static [GrayImage]> {
    static PAGES: LazyLock<Option<Vec<GrayImage>>> = LazyLock::new(|| drawn(&sign_sheets(&[sheet(7, 30)], fonts()).unwrap()));
    PAGES.as_deref()
}

fn blot(page: &mut GrayImage, x: f32, y: f32, radius: f32, shade: u8) {
    let range = |at: f32| ((at - radius) as i64)..=((at + radius) as i64 + 1);
    for py in range(y) {
        for px in range(x) {
            let is_in = (px as f32 - x).hypot(py as f32 - y) <= radius;
            if let Some(dot) = page.get_pixel_mut_checked(px.max(0) as u32, py.max(0) as u32).filter(|_| is_in) {
                dot.0[0] = dot.0[0].min(shade);
            }
        }
    }
}

/// Signs in a cell: a running line, as hands write, some 20 to 34 mm wide; another one for each number.
fn sign(page: &mut GrayImage, row: usize, number: u32) {
    let area = signature(row);
    let kind = f32::from((number % 7) as u8);
    let (from, width) = (f32::from(area.left) + 40.0 + kind * 8.0, 200.0 + kind * 20.0);
    let middle = f32::from(area.top) + f32::from(area.height) / 2.0;
    for step in 0..900 {
        let at = step as f32 / 900.0;
        let y = middle + 24.0 * (at * (38.0 + kind * 3.0)).sin() * (0.55 + 0.45 * (at * 9.0 + kind).cos()) - at * 6.0;
        let x = from + width * at + 8.0 * (at * 23.0 + kind).sin();
        // The line of a pen is less than half a millimetre wide.
        blot(page, x * TENTH, y * TENTH, 2.1 * TENTH, 70 + (number % 5) as u8 * 12);
    }
}

/// A picture of the page as it lies: turned, scaled, shifted, seen askew, on paper of a shade, with noise.
#[derive(Debug, Clone, Copy)]
struct Lies {
    degrees: f32,
    dpi: f32,
    shift: (f32, f32),
    askew: f32,
    paper: u8,
    noise: u8,
    quarter: u8,
    seed: u32,
}

const STRAIGHT: Lies = Lies { degrees: 0.0, dpi: 200.0, shift: (0.0, 0.0), askew: 0.0, paper: 255, noise: 0, quarter: 0, seed: 1 };

fn laid(page: &GrayImage, lies: Lies) -> GrayImage {
    let scale = lies.dpi / DPI;
    let (width, height) = ((page.width() as f32 * scale * 1.08) as u32, (page.height() as f32 * scale * 1.08) as u32);
    let (sin, cos) = lies.degrees.to_radians().sin_cos();
    let middle = (width as f32 / 2.0, height as f32 / 2.0);
    let mut seed = lies.seed;
    let picture = GrayImage::from_fn(width, height, |x, y| {
        let (x, y) = (x as f32 - middle.0 - lies.shift.0, y as f32 - middle.1 - lies.shift.1);
        let deep = 1.0 + lies.askew * y / height as f32;
        let (x, y) = (x * deep / scale, y * deep / scale);
        let (x, y) = (x * cos + y * sin + page.width() as f32 / 2.0, y * cos - x * sin + page.height() as f32 / 2.0);
        let shade = imageops::interpolate_bilinear(page, x, y).map_or(255, |dot: Luma<u8>| dot.0[0]);
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let noise = if lies.noise == 0 { 0 } else { (seed >> 24) as i32 % i32::from(lies.noise * 2 + 1) - i32::from(lies.noise) };
        let shade = 18 + i32::from(shade) * (i32::from(lies.paper) - 18) / 255 + noise;
        Luma([shade.clamp(0, 255) as u8])
    });
    match lies.quarter {
        1 => imageops::rotate90(&picture),
        2 => imageops::rotate180(&picture),
        3 => imageops::rotate270(&picture),
        _ => picture,
    }
}

fn jpeg(picture: &GrayImage, quality: u8) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    JpegEncoder::new_with_quality(&mut bytes, quality).encode_image(picture).unwrap();
    bytes.into_inner()
}

/// A PDF whose pages are these pictures.
fn scanned(pictures: &[Vec<u8>], size: (u32, u32)) -> Vec<u8> {
    let mut document = Document::with_version("1.5");
    let tree = document.new_object_id();
    let mut kids = Vec::new();
    for picture in pictures {
        let about = dictionary! { "Type" => "XObject", "Subtype" => "Image", "Width" => i64::from(size.0), "Height" => i64::from(size.1), "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8, "Filter" => "DCTDecode" };
        let picture = document.add_object(Stream::new(about, picture.clone()));
        let resources = dictionary! { "XObject" => dictionary! { "Im0" => picture } };
        kids.push(Object::from(document.add_object(dictionary! { "Type" => "Page", "Parent" => tree, "Resources" => resources })));
    }
    let count = kids.len() as i64;
    document.objects.insert(tree, Object::Dictionary(dictionary! { "Type" => "Pages", "Kids" => kids, "Count" => count }));
    let catalog = document.add_object(dictionary! { "Type" => "Catalog", "Pages" => tree });
    document.trailer.set("Root", catalog);
    let mut bytes = Vec::new();
    document.save_to(&mut bytes).unwrap();
    bytes
}

fn one(bytes: &[u8]) -> ReadPage {
    let mut pages = read_sheets(bytes).unwrap();
    assert_eq!(pages.len(), 1);
    pages.remove(0)
}

fn fault(page: &ReadPage) -> (PageFault, &str) {
    let unreadable = page.read.as_ref().unwrap_err();
    (unreadable.fault, &unreadable.detail)
}

fn signed(page: &GrayImage, rows: impl IntoIterator<Item = usize>) -> GrayImage {
    let mut page = page.clone();
    for row in rows {
        sign(&mut page, row, row as u32 * 3 + 1);
    }
    page
}

/// The rows that a page says are signed; all others must be empty.
fn rows(page: &ReadPage) -> Vec<usize> {
    let sheet = page.read.as_ref().unwrap_or_else(|unreadable| panic!("{unreadable:?}"));
    let unsure: Vec<_> = sheet.cells.iter().enumerate().filter(|(_, cell)| cell.ink == Ink::Unsure).collect();
    assert!(unsure.is_empty(), "{unsure:?}");
    sheet.cells.iter().enumerate().filter(|(_, cell)| cell.ink == Ink::Signed).map(|(row, _)| row).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 10, max_shrink_iters: 12, ..ProptestConfig::default() })]

    #[test]
    fn exactly_the_signed_rows_come_back_however_the_page_lies(
        mask in 0_u32..1 << 20,
        degrees in -5.0_f32..5.0,
        dpi in 100.0_f32..230.0,
        shift in (-12.0_f32..12.0, -12.0_f32..12.0),
        askew in -0.05_f32..0.05,
        paper in 185_u8..=255,
        noise in 0_u8..10,
        quarter in 0_u8..4,
        quality in 55_u8..95,
        seed in any::<u32>(),
    ) {
        let Some(pages) = pages() else { return Ok(()) };
        let wanted: Vec<usize> = (0..20).filter(|row| mask >> row & 1 == 1).collect();
        let lies = Lies { degrees, dpi, shift, askew, paper, noise, quarter, seed };
        let read = one(&jpeg(&laid(&signed(&pages[0], wanted.iter().copied()), lies), quality));
        prop_assert_eq!(rows(&read), wanted);
        let code = read.read.unwrap().code;
        prop_assert_eq!((code.page, code.pages, code.sitting), (1, 2, 7));
    }
}

#[test]
fn a_pile_of_pages_is_read_in_its_order_and_shown_straight() {
    let Some(pages) = pages() else { return };
    assert_eq!(pages.len(), 2);
    let first = jpeg(&laid(&signed(&pages[0], [0, 19]), STRAIGHT), 80);
    let second = jpeg(&laid(&signed(&pages[1], [4, 9]), Lies { quarter: 2, ..STRAIGHT }), 80);
    let blank = jpeg(&laid(&GrayImage::from_pixel(1654, 2339, Luma([250])), STRAIGHT), 80);
    let size = laid(&pages[0], STRAIGHT).dimensions();
    let read = read_sheets(&scanned(&[second, blank, first], size)).unwrap();
    assert_eq!(read.iter().map(|page| page.number).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!((rows(&read[0]), fault(&read[1]), rows(&read[2])), (vec![4, 9], (PageFault::NoCode, ""), vec![0, 19]));
    let code = SheetCode { class: "LOP-2026-001".to_owned(), sitting: 7, page: 2, pages: 2, version: "A1B2C3D4".to_owned() };
    assert_eq!(read[0].read.as_ref().unwrap().code, code);
    let shown = image::load_from_memory(&read[0].picture).unwrap().to_luma8();
    assert_eq!(shown.dimensions(), SHOWN);
    assert!(rows(&one(&jpeg(&laid(&shown, STRAIGHT), 90))) == [4, 9], "what is shown can be read again");
}

#[test]
fn a_fine_scan_and_a_coarse_one_say_the_same() {
    let Some(pages) = pages() else { return };
    let page = signed(&pages[0], [1, 2, 3, 17]);
    for dpi in [100.0, 300.0] {
        let read = one(&jpeg(&laid(&page, Lies { dpi, degrees: 1.5, paper: 235, noise: 6, ..STRAIGHT }), 75));
        assert_eq!(rows(&read), [1, 2, 3, 17], "{dpi} dots per inch");
    }
}

#[test]
fn what_is_no_signature_is_left_to_a_person() {
    let Some(pages) = pages() else { return };
    let mut page = pages[0].clone();
    let middle = |row: usize| f32::from(signature(row).top) + f32::from(signature(row).height) / 2.0;
    let left = f32::from(signature(0).left);
    for step in 0..300 {
        let at = f32::from(step as u16) / 300.0;
        blot(&mut page, (left + 40.0 + 350.0 * at) * TENTH, middle(2) * TENTH, 2.2 * TENTH, 60);
        // A tick.
        blot(&mut page, (left + 200.0 + 60.0 * at) * TENTH, (middle(5) + 30.0 * (at - 0.3).abs() - 10.0) * TENTH, 2.2 * TENTH, 60);
        // A flourish that hangs over from the row above.
        blot(&mut page, (left + 60.0 + 260.0 * at) * TENTH, (middle(9) - 46.0 + 26.0 * (at * 40.0).sin()) * TENTH, 2.2 * TENTH, 60);
    }
    sign(&mut page, 12, 4);
    let read = one(&jpeg(&laid(&page, Lies { degrees: -2.0, ..STRAIGHT }), 80));
    let inks: Vec<Ink> = read.read.unwrap().cells.iter().map(|cell| cell.ink).collect();
    for (row, ink) in inks.iter().enumerate() {
        let wanted = match row {
            2 | 5 | 9 => Ink::Unsure,
            12 => Ink::Signed,
            _ => Ink::Empty,
        };
        // Of the flourish its own row has the lower part, which may be taken for anything but nothing.
        assert!(if row == 8 { *ink != Ink::Empty } else { *ink == wanted }, "row {row}: {ink}");
    }
}

#[test]
fn a_page_that_cannot_be_read_says_why() {
    let Some(pages) = pages() else { return };
    let page = signed(&pages[0], [3]);
    // A thumb over a corner.
    let mut covered = page.clone();
    blot(&mut covered, 120.0 * TENTH, 2630.0 * TENTH, 90.0 * TENTH, 120);
    assert_eq!(fault(&one(&jpeg(&laid(&covered, STRAIGHT), 80))), (PageFault::NoMarks, "bottom_left"));
    // The right side cut off below the code.
    let cut = imageops::crop_imm(&page, 0, 0, page.width() - 140, page.height()).to_image();
    assert_eq!(fault(&one(&jpeg(&cut, 80))), (PageFault::NoMarks, "top_right bottom_right"));
    assert_eq!(fault(&one(&jpeg(&laid(&page, Lies { paper: 58, ..STRAIGHT }), 90))).0, PageFault::TooDark);
    let small = imageops::thumbnail(&page, 560, 792);
    assert_eq!(fault(&one(&jpeg(&small, 90))).0, PageFault::TooSmall);
    let both = GrayImage::from_fn(page.width() * 2, page.height(), |x, y| *page.get_pixel(x % page.width(), y));
    assert_eq!(fault(&one(&jpeg(&both, 80))).0, PageFault::Several);
    let foreign =
        documents::papers::forms::year_plan(&crate::sample::frame(documents::papers::Family::State, "KH"), &crate::sample::plan(1));
    let foreign = drawn(&documents::papers::pdf(&foreign.unwrap(), fonts()).unwrap()).unwrap().remove(0);
    assert_eq!(fault(&one(&jpeg(&foreign, 80))), (PageFault::Foreign, "https://khuevan.example/v/05-KH-UBND-2026"));
    // The sheet itself, never printed: its only picture is the code.
    let own = sign_sheets(&[sheet(7, 3)], fonts()).unwrap();
    assert_eq!(fault(&one(&own)).0, PageFault::NoPicture);
    assert_eq!(read_qr(&own).unwrap().as_deref(), Some("KVB2:LOP-2026-001:7:1:1:A1B2C3D4"));
}

#[test]
fn files_that_are_none_and_pictures_that_are_too_large_are_refused_before_they_are_unpacked() {
    assert_eq!(read_sheets(b"GIF89a..."), Err(ScanError::UnknownFormat));
    assert!(matches!(read_sheets(b"%PDF-1.7 and no more"), Err(ScanError::Damaged(_))));
    // A picture of 40,000 by 40,000 dots in some kilobytes: only its head says so.
    let mut png = Cursor::new(Vec::new());
    DynamicImage::ImageLuma8(GrayImage::from_pixel(4, 4, Luma([200]))).write_to(&mut png, ImageFormat::Png).unwrap();
    let mut huge = png.into_inner();
    huge.splice(16..24, [40_000_u32.to_be_bytes(), 40_000_u32.to_be_bytes()].concat());
    let crc = crc32(&huge[12..29]);
    huge.splice(29..33, crc.to_be_bytes());
    assert_eq!(fault(&one(&huge)).0, PageFault::TooLarge);
    let blank = jpeg(&GrayImage::from_pixel(8, 8, Luma([250])), 80);
    assert_eq!(read_sheets(&scanned(&vec![blank.clone(); 61], (8, 8))), Err(ScanError::TooLarge));
    let cut = &blank[..blank.len() / 2];
    assert!(one(cut).read.is_err());
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| if crc & 1 == 1 { crc >> 1 ^ 0xEDB8_8320 } else { crc >> 1 })
    })
}

#[test]
fn many_sheets_are_one_file_and_nobody_is_none() {
    let pdf = sign_sheets(&[sheet(7, 20), sheet(8, 21)], fonts()).unwrap();
    assert_eq!(Document::load_mem(&pdf).unwrap().get_pages().len(), 3);
    assert!(sign_sheets(&[sheet(7, 0)], fonts()).is_err() && sign_sheets(&[], fonts()).is_err());
}
