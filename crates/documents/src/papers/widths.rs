//! How wide a line in bold letters is, for rules in Word files that are as long as a text, or a share of it.
//! Not for: PDF; the typesetter measures there.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// Thousandths of the size, for the letters from blank to tilde; marks add nothing, except the horns of ơ and ư.
const BOLD: [u16; 95] = [
    250, 333, 555, 500, 500, 1000, 833, 278, 333, 333, 500, 570, 250, 333, 250, 278, 500, 500, 500, 500, 500, 500, 500, 500, 500, 500, 333,
    333, 570, 570, 570, 500, 930, 722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944, 722, 778, 611, 778, 722, 556, 667, 722,
    722, 1000, 722, 722, 667, 333, 278, 333, 581, 500, 333, 500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833, 556, 500, 556,
    556, 444, 389, 333, 556, 500, 722, 500, 500, 444, 394, 220, 394, 520,
];
const HORN: char = '\u{31b}';
const HORN_WIDTH: u16 = 54;
/// A letter that is not in the table.
const OTHER: u16 = 600;

/// Millimetres of the widest line of a text.
pub(crate) fn bold_mm(text: &str, pt: f64) -> f64 {
    let widest = text.lines().map(|line| line.nfd().map(|letter| u32::from(width(letter))).sum::<u32>()).max().unwrap_or(0);
    f64::from(widest) / 1_000.0 * pt / super::compose::POINTS_PER_MM
}

fn width(letter: char) -> u16 {
    match letter {
        HORN => HORN_WIDTH,
        'đ' => 556,
        'Đ' => 722,
        mark if is_combining_mark(mark) => 0,
        letter => {
            let place = u32::from(letter).checked_sub(u32::from(' ')).and_then(|place| usize::try_from(place).ok());
            place.and_then(|place| BOLD.get(place)).copied().unwrap_or(OTHER)
        }
    }
}
