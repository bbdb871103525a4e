//! Finds the four black squares of a sheet, one after the other: each that is found tells better where the next one is.
//! Not for: the code (`read`).

use image::GrayImage;

use super::layout::{MARK, MARK_X, MARK_Y};
use super::plane::{Flat, Point, distance, real};

/// How far around its expected place a square is looked for, in tenths of a millimetre: before any was found, and once two were.
/// A page seen askew by a phone moves its far corners by more than a centimetre.
const AROUND_FIRST: f32 = 160.0;
const AROUND_LATER: f32 = 220.0;
/// Shades between paper and ink, out of 255, below which a page is too dark or too pale to be read.
const LEAST_CONTRAST: u8 = 50;
/// The area of a square against the expected one, in per cent.
const AREA: (u64, u64) = (55, 160);
/// How far its dots are from its middle, in ten-thousandths of its area: a square has 1,667 however it is turned, a punched hole 1,592,
/// a square that is cut in half 2,083.
const SPREAD: (u64, u64) = (1_610, 1_900);

/// The corners of a sheet, with the words by which a missing one is named.
pub(super) const CORNERS: [&str; 4] = ["top_left", "top_right", "bottom_right", "bottom_left"];

/// What became of the search.
#[derive(Debug)]
pub(super) enum Squares {
    /// All four, as [`CORNERS`].
    Found([Point; 4]),
    /// These are missing.
    Missing(Vec<&'static str>),
    /// The page is too dark or too pale.
    TooDark,
}

/// Where the squares are on the sheet, as [`CORNERS`].
fn places() -> [Point; 4] {
    let ((left, right), (top, bottom)) = ((f32::from(MARK_X.0), f32::from(MARK_X.1)), (f32::from(MARK_Y.0), f32::from(MARK_Y.1)));
    [(left, top), (right, top), (right, bottom), (left, bottom)]
}

/// The squares of the sheet that lies about so in the picture.
pub(super) fn squares(picture: &GrayImage, flat: Flat) -> Squares {
    let [top_left, top_right, bottom_right, bottom_left] = places();
    let mut dark = 0;
    let mut find = |flat: Flat, place: Point, around: f32| match square(picture, flat.dot(place), flat.scale(), around) {
        Ok(found) => found,
        Err(TooDark) => {
            dark += 1;
            None
        }
    };
    // The upper right one is next to the code.
    let second = find(flat, top_right, AROUND_FIRST);
    let near = second.map_or(flat, |found| flat.through(top_right, found));
    let first = find(near, top_left, AROUND_FIRST);
    let both = first.zip(second);
    let known = both.map_or(near, |(first, second)| flat.along((top_left, top_right), (first, second)));
    let around = if both.is_some() { AROUND_LATER } else { AROUND_FIRST };
    let fourth = find(known, bottom_left, around);
    let third = find(second.map_or(known, |found| known.through(top_right, found)), bottom_right, around);
    match [first, second, third, fourth] {
        [Some(a), Some(b), Some(c), Some(d)] => Squares::Found([a, b, c, d]),
        _ if dark == CORNERS.len() => Squares::TooDark,
        all => Squares::Missing(CORNERS.into_iter().zip(all).filter(|(_, found)| found.is_none()).map(|(name, _)| name).collect()),
    }
}

/// Paper and ink of a window cannot be told apart.
struct TooDark;

/// A whole number of dots, within a picture.
#[expect(clippy::as_conversions, reason = "there is no other way from a real number to a whole one; what is out of range saturates")]
fn whole(dots: f32) -> u32 {
    dots as u32
}

/// The dots around an expected square.
struct Window {
    left: u32,
    top: u32,
    width: usize,
    dark: Vec<bool>,
}

impl Window {
    fn around(picture: &GrayImage, middle: Point, reach: f32) -> Result<Option<Self>, TooDark> {
        let (left, top) = (whole(middle.0 - reach), whole(middle.1 - reach));
        let (right, bottom) = (whole(middle.0 + reach).min(picture.width()), whole(middle.1 + reach).min(picture.height()));
        if left >= right || top >= bottom {
            return Ok(None);
        }
        let rows = top..bottom;
        let shades: Vec<u8> =
            rows.flat_map(|y| (left..right).map(move |x| picture.get_pixel_checked(x, y).map_or(u8::MAX, |dot| dot.0[0]))).collect();
        let mut sorted = shades.clone();
        sorted.sort_unstable();
        let at = |hundredths: usize| sorted.get(sorted.len() * hundredths / 100).copied().unwrap_or(u8::MAX);
        // A square is some four hundredths of the window; most of the rest is paper.
        let (ink, paper) = (at(1), at(80));
        if paper.saturating_sub(ink) < LEAST_CONTRAST {
            return Err(TooDark);
        }
        let middle = ink / 2 + paper / 2;
        let width = usize::try_from(right - left).unwrap_or(0);
        Ok(Some(Self { left, top, width, dark: shades.into_iter().map(|shade| shade < middle).collect() }))
    }

    /// The dark dots that hang together with one, taken out of the window.
    fn take(&mut self, from: usize) -> Blot {
        let mut blot = Blot::default();
        let mut left = vec![from];
        while let Some(at) = left.pop() {
            let Some(dark) = self.dark.get_mut(at).filter(|dark| **dark) else { continue };
            *dark = false;
            let (x, y) = (at % self.width, at / self.width);
            blot.add(u64::try_from(x).unwrap_or(0), u64::try_from(y).unwrap_or(0));
            left.extend((x > 0).then(|| at - 1));
            left.extend((x + 1 < self.width).then_some(at + 1));
            left.extend(at.checked_sub(self.width));
            left.push(at + self.width);
        }
        blot
    }
}

/// Dark dots that hang together: how many, and the sums of their places.
#[derive(Debug, Default)]
struct Blot {
    dots: u64,
    x: u64,
    y: u64,
    squares: u64,
}

impl Blot {
    const fn add(&mut self, x: u64, y: u64) {
        self.dots += 1;
        self.x += x;
        self.y += y;
        self.squares += x * x + y * y;
    }

    /// Whether it is a filled square of about so many dots.
    fn is_square(&self, expected: u64) -> bool {
        if self.dots * 100 < expected * AREA.0 || self.dots * 100 > expected * AREA.1 {
            return false;
        }
        let moment = (self.dots * self.squares).saturating_sub(self.x * self.x + self.y * self.y);
        let (moment, cube) = (u128::from(moment) * 10_000, u128::from(self.dots).pow(3));
        moment >= cube * u128::from(SPREAD.0) && moment <= cube * u128::from(SPREAD.1)
    }

    fn middle(&self) -> Point {
        let thousandths = |sum: u64| {
            real(u32::try_from(sum / self.dots).unwrap_or(0))
                + real(u32::try_from(sum % self.dots * 1_000 / self.dots).unwrap_or(0)) / 1_000.0
        };
        (thousandths(self.x) + 0.5, thousandths(self.y) + 0.5)
    }
}

/// The square nearest to where it is expected.
fn square(picture: &GrayImage, middle: Point, scale: f32, around: f32) -> Result<Option<Point>, TooDark> {
    let Some(mut window) = Window::around(picture, middle, around * scale)? else { return Ok(None) };
    let expected = u64::from(whole((f32::from(MARK) * scale).powi(2)));
    let mut best: Option<Point> = None;
    for at in 0..window.dark.len() {
        let blot = window.take(at);
        if blot.dots == 0 || !blot.is_square(expected) {
            continue;
        }
        let (x, y) = blot.middle();
        let found = (x + real(window.left), y + real(window.top));
        if best.is_none_or(|best| distance(found, middle) < distance(best, middle)) {
            best = Some(found);
        }
    }
    Ok(best)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn blot(is_in: impl Fn(i32, i32) -> bool) -> Blot {
        let mut blot = Blot::default();
        for (x, y) in (0..80).flat_map(|x| (0..80).map(move |y| (x, y))).filter(|(x, y)| is_in(*x - 40, *y - 40)) {
            blot.add(u64::try_from(x).unwrap(), u64::try_from(y).unwrap());
        }
        blot
    }

    #[test]
    fn squares_are_told_from_holes_and_halves_however_they_are_turned() {
        assert!(blot(|x, y| x.abs() < 15 && y.abs() < 15).is_square(900));
        assert!(blot(|x, y| x.abs() + y.abs() < 21).is_square(900), "on its corner");
        assert!(blot(|x, y| x.abs() < 15 && y.abs() < 13).is_square(900), "seen askew");
        assert!(!blot(|x, y| x * x + y * y < 17 * 17).is_square(900), "a punched hole");
        assert!(!blot(|x, y| (0..15).contains(&x) && y.abs() < 30).is_square(900), "a stroke");
        assert!(!blot(|x, y| x.abs() < 30 && y.abs() < 30).is_square(900), "too large");
        assert!(!Blot::default().is_square(900));
    }
}
