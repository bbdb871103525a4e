//! Whether somebody signed in a cell: how much of it is ink, and whether the ink is spread as a signature is.
//! Thresholds are shares of the inner cell, 41.6 × 7.4 mm. Strokes of a pen are some 0.4 mm wide: initials of 25 mm of stroke cover 3 %,
//! a full signature 8 to 25 %, a tick 2 %, dust and the noise of a scanner less than half of one.
//! What is neither is `Unsure`: a person looks at it. A signature that is taken for none costs somebody a day of attendance.
//! Not for: where the cell is (`layout`, `plane`).

use domain::attendance::sheets::Ink;
use image::GrayImage;

use super::layout::{Area, MARK_X, MARK_Y, TENTHS_PER_SAMPLE, signature};

/// What a cell says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The verdict.
    pub ink: Ink,
    /// Ink in hundredths of a per cent of the cell.
    pub share: u32,
}

/// Left free inside the borders of a cell, in tenths of a millimetre: their own ink, and paper that lay a little wavy.
const INSET: (u16, u16) = (12, 9);
/// A sample is ink when it is darker than the paper around by so many per cent of what a printed square is darker: thin blue strokes at
/// 100 dots per inch are, light borders, the back of the page and noise are not.
const INK_FROM: u32 = 20;
/// Below this nobody wrote: dust, noise, a thread.
const EMPTY_BELOW: u32 = 40;
/// From this on it may be a signature.
const SIGNED_FROM: u32 = 200;
/// Ink in the middle half of the height of a signature: so much of that half, and a third of all ink of the cell. Less is what hangs over
/// from the row above or below.
const HEART_FROM: u32 = 120;
const HEART_PART: usize = 3;
/// A signature is wider and higher than this, in samples of 0.2 mm; a dash, a tick or a letter is not.
const LEAST_WIDTH: usize = 40;
const LEAST_HEIGHT: usize = 13;
/// More ink than this is a blot, a stamp or a shadow.
const BLOT_FROM: u32 = 4_500;
/// Neighbours, of eight, that a sample of ink has; alone it is noise.
const LEAST_NEIGHBOURS: usize = 2;

/// How dark the printed squares of a page are, laid straight.
pub(super) fn black(page: &GrayImage) -> u8 {
    let corners = [MARK_X.0, MARK_X.1].into_iter().flat_map(|x| [MARK_Y.0, MARK_Y.1].map(|y| (x, y)));
    let inner = |(x, y): (u16, u16)| shades(page, Area { left: x - 16, top: y - 16, width: 32, height: 32 }).0;
    let mut all: Vec<u8> = corners.flat_map(inner).collect();
    all.sort_unstable();
    all.get(all.len() / 2).copied().unwrap_or(0)
}

/// The samples of an area, row by row, and how many are in a row.
fn shades(page: &GrayImage, area: Area) -> (Vec<u8>, usize) {
    let samples = |tenths: u16| u32::from(tenths / TENTHS_PER_SAMPLE);
    let (left, top) = (samples(area.left), samples(area.top));
    let (right, bottom) = (left + samples(area.width), top + samples(area.height));
    let shade = |x, y| page.get_pixel_checked(x, y).map_or(u8::MAX, |dot| dot.0[0]);
    let all = (top..bottom).flat_map(|y| (left..right).map(move |x| shade(x, y))).collect();
    (all, usize::from(area.width / TENTHS_PER_SAMPLE))
}

/// What the cell of a row says; the page lies straight.
pub(super) fn cell(page: &GrayImage, row: usize, black: u8) -> Cell {
    let outer = signature(row);
    let (x, y) = INSET;
    let inner = Area { left: outer.left + x, top: outer.top + y, width: outer.width - 2 * x, height: outer.height - 2 * y };
    let (shades, width) = shades(page, inner);
    judged(&ink(&shades, width, black), width)
}

/// Which samples are ink.
fn ink(shades: &[u8], width: usize, black: u8) -> Vec<bool> {
    let mut sorted = shades.to_vec();
    sorted.sort_unstable();
    // Three quarters of a signed cell are paper, and its light quarter is not noise.
    let paper = sorted.get(sorted.len() * 3 / 4).copied().unwrap_or(u8::MAX);
    let step = u32::from(paper.saturating_sub(black)) * INK_FROM / 100;
    let limit = u32::from(paper).saturating_sub(step.max(1));
    let dark: Vec<bool> = shades.iter().map(|shade| u32::from(*shade) < limit).collect();
    let is_dark = |x: Option<usize>, y: Option<usize>| {
        x.zip(y).filter(|(x, _)| *x < width).and_then(|(x, y)| dark.get(y * width + x)).copied().unwrap_or(false)
    };
    let is_ink = |(at, is_here): (usize, &bool)| {
        let (x, y) = (at % width, at / width);
        let (xs, ys) = ([x.checked_sub(1), Some(x), Some(x + 1)], [y.checked_sub(1), Some(y), Some(y + 1)]);
        // The sample itself is one of the nine.
        *is_here && ys.iter().flat_map(|y| xs.iter().map(|x| is_dark(*x, *y))).filter(|dark| *dark).count() > LEAST_NEIGHBOURS
    };
    dark.iter().enumerate().map(is_ink).collect()
}

fn judged(ink: &[bool], width: usize) -> Cell {
    let height = ink.len() / width.max(1);
    let rows: Vec<usize> = ink.chunks(width.max(1)).map(|row| row.iter().filter(|ink| **ink).count()).collect();
    let wide = (0..width).filter(|x| ink.iter().skip(*x).step_by(width.max(1)).any(|ink| *ink)).count();
    let high = rows.iter().filter(|ink| **ink > 0).count();
    let all: usize = rows.iter().sum();
    let heart: usize = rows.iter().skip(height / 4).take(height / 2).sum();
    let share = hundredths(all, ink.len());
    let is_central = hundredths(heart, (height / 2) * width) >= HEART_FROM && heart * HEART_PART >= all;
    let is_shaped = wide >= LEAST_WIDTH && high >= LEAST_HEIGHT && is_central;
    let verdict = match share {
        few if few < EMPTY_BELOW => Ink::Empty,
        share if (SIGNED_FROM..BLOT_FROM).contains(&share) && is_shaped => Ink::Signed,
        _ => Ink::Unsure,
    };
    Cell { ink: verdict, share }
}

fn hundredths(part: usize, of: usize) -> u32 {
    u32::try_from(part * 10_000 / of.max(1)).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDTH: usize = 208;
    const HEIGHT: usize = 37;

    fn of(is_ink: impl Fn(usize, usize) -> bool) -> Ink {
        let shades: Vec<u8> = (0..WIDTH * HEIGHT).map(|at| if is_ink(at % WIDTH, at / WIDTH) { 90 } else { 235 }).collect();
        judged(&ink(&shades, WIDTH, 20), WIDTH).ink
    }

    #[test]
    fn only_what_is_spread_as_a_signature_is_one() {
        assert_eq!(of(|_, _| false), Ink::Empty);
        assert_eq!(of(|x, y| x % 11 == 0 && y % 9 == 0), Ink::Empty, "single dots are noise");
        // A wave of two samples, 20 mm wide and 5 mm high.
        let wave = |x: usize, y: usize| (50..150).contains(&x) && (6 + (x % 24).abs_diff(12) * 2).abs_diff(y) < 3;
        assert_eq!(of(wave), Ink::Signed);
        assert_eq!(of(|x, y| (20..190).contains(&x) && (17..20).contains(&y)), Ink::Unsure, "a dash");
        assert_eq!(of(|x, y| wave(x, y + 24)), Ink::Unsure, "what hangs over from the row above");
        assert_eq!(of(|x, y| (90..100).contains(&x) && (10..20).contains(&y)), Ink::Unsure, "a blob");
        assert_eq!(of(|x, _| x < 110), Ink::Unsure, "a blot");
        assert_eq!(of(|x, y| (90..112).contains(&x) && x.abs_diff(80).abs_diff(y) < 2), Ink::Unsure, "a tick");
    }
}
