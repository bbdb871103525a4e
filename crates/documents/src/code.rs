//! A text as a square code for a screen: the outline of its dark modules.
//! Not for: the code at the foot of a paper (`papers`).

use qrcode::{Color, EcLevel, QrCode};

/// A code in modules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScreenCode {
    /// Modules of a side, with the light ones around that readers need.
    pub side: usize,
    /// Outline of the dark modules, in the words of SVG.
    pub path: String,
}

/// Light modules that readers need around the code.
const QUIET: usize = 4;

/// The code of a text; nothing when the text is too long for one.
#[must_use]
pub fn screen_code(text: &str) -> Option<ScreenCode> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let mut path = String::new();
    for (y, row) in (QUIET..).zip(code.to_colors().chunks(code.width())) {
        let mut x = QUIET;
        for run in row.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                path.push_str(&format!("M{x} {y}h{n}v1h-{n}z", n = run.len()));
            }
            x += run.len();
        }
    }
    Some(ScreenCode { side: code.width() + 2 * QUIET, path })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The pixels that the outline covers, eight to a module.
    fn drawn(code: &ScreenCode) -> image::GrayImage {
        let side = u32::try_from(code.side).unwrap() * 8;
        let mut picture = image::GrayImage::from_pixel(side, side, image::Luma([255]));
        for run in code.path.split('M').skip(1) {
            let numbers: Vec<u32> = run.split(|sign: char| !sign.is_ascii_digit()).filter_map(|part| part.parse().ok()).collect();
            let (x, y, n) = (numbers[0], numbers[1], numbers[2]);
            for px in x * 8..(x + n) * 8 {
                for py in y * 8..(y + 1) * 8 {
                    picture.put_pixel(px, py, image::Luma([0]));
                }
            }
        }
        picture
    }

    #[test]
    fn another_program_reads_what_is_drawn() {
        let text = "https://khuevan.example.gov.vn/diem-danh/2f-559b4a0-0123456789abcdef0123456789abcdef";
        let picture = drawn(&screen_code(text).unwrap());
        let mut image = rqrr::PreparedImage::prepare_from_greyscale(
            usize::try_from(picture.width()).unwrap(),
            usize::try_from(picture.height()).unwrap(),
            |x, y| picture.get_pixel(u32::try_from(x).unwrap(), u32::try_from(y).unwrap()).0[0],
        );
        let grids = image.detect_grids();
        assert_eq!(grids.len(), 1);
        assert_eq!(grids[0].decode().unwrap().1, text);
        assert_eq!(screen_code(&"x".repeat(3_000)), None);
    }
}
