//! The code at the foot of a paper as a picture.
//! Not for: reading one (`scan`), nor for what stands in it.

use std::io::Cursor;

use image::{GrayImage, ImageFormat, Luma};
use qrcode::{EcLevel, QrCode};

use super::paper::PaperFault;

/// A code as a PNG picture.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Code {
    pub(crate) png: Vec<u8>,
}

/// Light modules that readers need around the code.
const QUIET: u32 = 4;
/// Pixels of a module, so that a viewer which smooths pictures leaves the edges sharp.
const PIXELS: u32 = 8;
/// Of a long text, whose picture is large as it is.
const FEW_PIXELS: u32 = 4;
const LIGHT: u8 = 255;
const DARK: u8 = 0;

impl Code {
    /// The picture of a text. A quarter of it may be lost under a seal or a fold.
    pub(crate) fn of(text: &str) -> Result<Self, PaperFault> {
        Self::with(text, EcLevel::Q, PIXELS)
    }

    /// The picture of a long text: nothing is stamped over it, and fewer modules are read more easily from paper.
    pub(crate) fn light(text: &str) -> Result<Self, PaperFault> {
        Self::with(text, EcLevel::L, FEW_PIXELS)
    }

    /// The picture of a text on a sheet to sign: between both, for nothing is stamped over it, but pages are folded and held.
    pub(crate) fn on_a_sheet(text: &str) -> Result<Self, PaperFault> {
        Self::with(text, EcLevel::M, PIXELS)
    }

    fn with(text: &str, level: EcLevel, scale: u32) -> Result<Self, PaperFault> {
        let code = QrCode::with_error_correction_level(text, level).map_err(|_| PaperFault::CodeTooLong)?;
        let side = u32::try_from(code.width()).map_err(|_| PaperFault::CodeTooLong)?;
        let modules: Vec<bool> = code.to_colors().iter().map(|color| *color == qrcode::Color::Dark).collect();
        let pixels = (side + 2 * QUIET) * scale;
        let picture = GrayImage::from_fn(pixels, pixels, |x, y| {
            let inside = |at: u32| (at / scale).checked_sub(QUIET).filter(|at| *at < side);
            let place = inside(x).zip(inside(y)).and_then(|(x, y)| usize::try_from(y * side + x).ok());
            let dark = place.and_then(|place| modules.get(place)).copied().unwrap_or(false);
            Luma([if dark { DARK } else { LIGHT }])
        });
        let mut png = Cursor::new(Vec::new());
        picture.write_to(&mut png, ImageFormat::Png).map_err(|_| PaperFault::CodeTooLong)?;
        Ok(Self { png: png.into_inner() })
    }
}
