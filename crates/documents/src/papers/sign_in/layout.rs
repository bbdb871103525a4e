//! Where everything on a sheet to sign stands, in tenths of a millimetre from its upper left corner. Setting and reading share it, so
//! that a cell is looked for where it was drawn.
//! Not for: looks.

/// A rectangle on the sheet, in tenths of a millimetre.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
pub struct Area {
    /// From the left edge of the paper.
    pub left: u16,
    /// From its upper edge.
    pub top: u16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
}

/// A4, standing.
pub(super) const PAGE: (u16, u16) = (2100, 2970);
/// People on a page. Twenty rows leave room for a name of two lines and for a signature, and do not change with the number of people.
pub const ROWS: usize = 20;

/// Side of a black square.
pub(super) const MARK: u16 = 60;
/// Middles of the squares: far enough from the edge for printers that leave 8 mm white, and beside the table, so that hardly any cell lies
/// outside of them.
pub(super) const MARK_X: (u16, u16) = (120, 1980);
pub(super) const MARK_Y: (u16, u16) = (770, 2630);

/// The code with the light modules around it. A module is more than 0.9 mm, so that three dots of it are left at 100 dots per inch.
pub const CODE: Area = Area { left: 1570, top: 350, width: 340, height: 340 };
/// Light modules on each side of the code, within its area.
pub(super) const QUIET: u16 = 4;

pub(super) const TABLE_LEFT: u16 = 190;
pub(super) const TABLE_TOP: u16 = 740;
pub(super) const HEAD_HEIGHT: u16 = 80;
pub(super) const ROW_HEIGHT: u16 = 92;
/// Number, name, unit, signature, note.
pub(super) const COLUMNS: [u16; 5] = [100, 480, 500, 440, 200];

/// Samples of a millimetre in the picture that is measured and shown: two tenths of a millimetre each.
pub(super) const TENTHS_PER_SAMPLE: u16 = 2;
/// Width and height of the picture that is shown of a page that was read.
pub const SHOWN: (u32, u32) = (1050, 1485);

/// The four black squares: upper left, upper right, lower right, lower left.
#[must_use]
pub fn squares() -> [Area; 4] {
    let ((left, right), (top, bottom)) = (MARK_X, MARK_Y);
    [(left, top), (right, top), (right, bottom), (left, bottom)].map(|(x, y)| Area {
        left: x - MARK / 2,
        top: y - MARK / 2,
        width: MARK,
        height: MARK,
    })
}

/// The cell for the signature of a row; rows count from 0.
#[must_use]
pub fn signature(row: usize) -> Area {
    let [number, name, unit, width, _] = COLUMNS;
    let above = u16::try_from(row.min(ROWS - 1)).unwrap_or(0) * ROW_HEIGHT;
    Area { left: TABLE_LEFT + number + name + unit, top: TABLE_TOP + HEAD_HEIGHT + above, width, height: ROW_HEIGHT }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_lies_between_the_squares_and_all_on_the_paper() {
        let width: u16 = COLUMNS.iter().sum();
        assert!(TABLE_LEFT > MARK_X.0 + MARK / 2 + 30 && TABLE_LEFT + width + 30 < MARK_X.1 - MARK / 2);
        let last = signature(ROWS - 1);
        assert!(last.top + last.height < 2700 && last.left + last.width + COLUMNS[4] == TABLE_LEFT + width);
        assert_eq!(signature(ROWS), last, "there is no cell below the last one");
        assert!(CODE.top + CODE.height < TABLE_TOP && CODE.left + CODE.width < MARK_X.1 - MARK / 2);
        let samples = |length: u16| u32::from(length / TENTHS_PER_SAMPLE);
        assert_eq!((samples(PAGE.0), samples(PAGE.1)), SHOWN);
    }
}
