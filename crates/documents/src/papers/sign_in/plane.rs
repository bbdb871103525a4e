//! From places on the sheet to dots of a picture: by the code alone, nearly; by the four squares, exactly, also when a phone was held askew.
//! Not for: finding the squares (`marks`).

use image::{GrayImage, Luma, imageops};

use super::layout::{CODE, MARK_X, MARK_Y, QUIET, SHOWN, TENTHS_PER_SAMPLE};

/// A point: of the sheet in tenths of a millimetre, or of a picture in dots.
pub(super) type Point = (f32, f32);

/// A number of dots; no picture that is read has more than this holds.
pub(super) fn real(dots: u32) -> f32 {
    f32::from(u16::try_from(dots).unwrap_or(u16::MAX))
}

pub(super) fn distance(a: Point, b: Point) -> f32 {
    (a.0 - b.0).hypot(a.1 - b.1)
}

/// A sheet that lies flat in the picture, turned and scaled: good enough to look for the squares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Flat {
    middle: (Point, Point),
    /// What a tenth of a millimetre to the right and one down are in dots.
    right: Point,
    down: Point,
}

impl Flat {
    /// By the corners of the code, whose modules are counted: upper left, upper right, lower right, lower left.
    pub(super) fn by_code(corners: [Point; 4], modules: u16) -> Self {
        let [a, b, c, d] = corners;
        let middle = ((a.0 + b.0 + c.0 + d.0) / 4.0, (a.1 + b.1 + c.1 + d.1) / 4.0);
        let side = f32::from(CODE.width) * f32::from(modules) / f32::from(modules + 2 * QUIET);
        let half = |length: u16| f32::from(length) / 2.0;
        let on_sheet = (f32::from(CODE.left) + half(CODE.width), f32::from(CODE.top) + half(CODE.height));
        let right = ((b.0 - a.0 + c.0 - d.0) / (2.0 * side), (b.1 - a.1 + c.1 - d.1) / (2.0 * side));
        let down = ((d.0 - a.0 + c.0 - b.0) / (2.0 * side), (d.1 - a.1 + c.1 - b.1) / (2.0 * side));
        Self { middle: (on_sheet, middle), right, down }
    }

    /// Through a square that was found.
    pub(super) fn through(self, on_sheet: Point, found: Point) -> Self {
        Self { middle: (on_sheet, found), ..self }
    }

    /// Turned and scaled by two squares that were found beside each other.
    pub(super) fn along(self, (from, to): (Point, Point), (found_from, found_to): (Point, Point)) -> Self {
        let length = distance(from, to);
        let right = ((found_to.0 - found_from.0) / length, (found_to.1 - found_from.1) / length);
        // Paper is square; only its scale down may be a little other, and the code tells it.
        let ratio = self.down.0.hypot(self.down.1) / self.right.0.hypot(self.right.1);
        Self { middle: (from, found_from), right, down: (-right.1 * ratio, right.0 * ratio) }
    }

    /// Dots of a tenth of a millimetre.
    pub(super) fn scale(&self) -> f32 {
        (self.right.0.hypot(self.right.1) + self.down.0.hypot(self.down.1)) / 2.0
    }

    pub(super) fn dot(&self, (x, y): Point) -> Point {
        let (on_sheet, middle) = self.middle;
        let (x, y) = (x - on_sheet.0, y - on_sheet.1);
        (middle.0 + self.right.0 * x + self.down.0 * y, middle.1 + self.right.1 * x + self.down.1 * y)
    }
}

/// A sheet as it lies in the picture, by its four squares.
#[derive(Debug, Clone, Copy)]
pub(super) struct Lying {
    origin: Point,
    by_x: Point,
    by_y: Point,
    far: Point,
}

impl Lying {
    /// By the middles of the squares: upper left, upper right, lower right, lower left. None when they make no quadrangle.
    pub(super) fn by_squares([a, b, c, d]: [Point; 4]) -> Option<Self> {
        // Heckbert's map of the unit square to a quadrangle.
        let (one, two) = ((b.0 - c.0, b.1 - c.1), (d.0 - c.0, d.1 - c.1));
        let rest = (a.0 - b.0 + c.0 - d.0, a.1 - b.1 + c.1 - d.1);
        let area = one.0 * two.1 - two.0 * one.1;
        if area.abs() < 1.0 {
            return None;
        }
        let far = ((rest.0 * two.1 - two.0 * rest.1) / area, (one.0 * rest.1 - rest.0 * one.1) / area);
        let by_x = (b.0 - a.0 + far.0 * b.0, b.1 - a.1 + far.0 * b.1);
        let by_y = (d.0 - a.0 + far.1 * d.0, d.1 - a.1 + far.1 * d.1);
        Some(Self { origin: a, by_x, by_y, far })
    }

    fn dot(&self, (x, y): Point) -> Point {
        let share = |at: f32, (from, to): (u16, u16)| (at - f32::from(from)) / f32::from(to - from);
        let (u, v) = (share(x, MARK_X), share(y, MARK_Y));
        let depth = self.far.0 * u + self.far.1 * v + 1.0;
        let along = |origin: f32, by_x: f32, by_y: f32| (origin + by_x * u + by_y * v) / depth;
        (along(self.origin.0, self.by_x.0, self.by_y.0), along(self.origin.1, self.by_x.1, self.by_y.1))
    }

    /// The sheet laid straight; what the picture does not show is paper.
    pub(super) fn straight(&self, picture: &GrayImage) -> GrayImage {
        let step = f32::from(TENTHS_PER_SAMPLE);
        GrayImage::from_fn(SHOWN.0, SHOWN.1, |x, y| {
            let (x, y) = self.dot(((real(x) + 0.5) * step, (real(y) + 0.5) * step));
            imageops::interpolate_bilinear(picture, x - 0.5, y - 0.5).unwrap_or(Luma([u8::MAX]))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn squares_lead_to_their_dots_and_so_does_all_between_them() {
        let corners = [(100.0, 120.0), (900.0, 90.0), (950.0, 1300.0), (60.0, 1250.0)];
        let lying = Lying::by_squares(corners).unwrap();
        let (xs, ys) = ((f32::from(MARK_X.0), f32::from(MARK_X.1)), (f32::from(MARK_Y.0), f32::from(MARK_Y.1)));
        for (on_sheet, corner) in [(xs.0, ys.0), (xs.1, ys.0), (xs.1, ys.1), (xs.0, ys.1)].into_iter().zip(corners) {
            assert!(distance(lying.dot(on_sheet), corner) < 0.01, "{on_sheet:?}");
        }
        assert!(Lying::by_squares([(1.0, 1.0), (2.0, 2.0), (3.0, 3.0), (4.0, 4.0)]).is_none());
    }
}
