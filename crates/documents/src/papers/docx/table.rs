//! Tables with borders and repeating headers in a Word file.
//! Not for: the two columns at the head and the end of a paper (`body`).

use super::body::{Room, run, side};
use super::twips_of_mm;
use super::xml::Xml;
use crate::papers::compose::{Grid, GridRow, Run, Side};

pub(super) fn table(xml: &mut Xml, grid: &Grid, room: Room) {
    let whole: f64 = grid.columns.iter().map(|column| f64::from(column.weight)).sum();
    let widths: Vec<f64> = grid.columns.iter().map(|column| room.width * f64::from(column.weight) / whole).collect();
    xml.within("w:tbl", &[], |xml| {
        properties(xml, room, true);
        self::widths(xml, &widths);
        let titles: Vec<Cell<'_>> =
            grid.columns.iter().zip(&widths).map(|(column, width)| Cell::new(&column.title, *width, Side::Centre)).collect();
        row(xml, &titles, grid.pt, Kind::Header);
        for one in &grid.rows {
            row(xml, &cells(grid, one, &widths), grid.pt, if one.bold { Kind::Bold } else { Kind::Plain });
        }
    });
}

struct Cell<'t> {
    text: &'t str,
    width: f64,
    side: Side,
    columns: usize,
}

impl<'t> Cell<'t> {
    const fn new(text: &'t str, width: f64, side: Side) -> Self {
        Self { text, width, side, columns: 1 }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Header,
    Bold,
    Plain,
}

fn cells<'t>(grid: &Grid, row: &'t GridRow, widths: &[f64]) -> Vec<Cell<'t>> {
    match row.cells.as_slice() {
        [one] => vec![Cell { columns: widths.len(), ..Cell::new(one, widths.iter().sum(), Side::Left) }],
        cells => cells.iter().zip(&grid.columns).zip(widths).map(|((text, column), width)| Cell::new(text, *width, column.side)).collect(),
    }
}

fn row(xml: &mut Xml, cells: &[Cell<'_>], pt: f64, kind: Kind) {
    xml.within("w:tr", &[], |xml| {
        xml.within("w:trPr", &[], |xml| {
            xml.empty("w:cantSplit", &[]);
            if kind == Kind::Header {
                xml.empty("w:tblHeader", &[]);
            }
        });
        for cell in cells {
            xml.within("w:tc", &[], |xml| {
                xml.within("w:tcPr", &[], |xml| {
                    xml.empty("w:tcW", &[("w:w", &twips_of_mm(cell.width)), ("w:type", "dxa")]);
                    if cell.columns > 1 {
                        xml.value("w:gridSpan", &cell.columns.to_string());
                    }
                    if kind == Kind::Header {
                        xml.value("w:vAlign", "center");
                    }
                });
                xml.within("w:p", &[], |xml| {
                    xml.within("w:pPr", &[], |xml| xml.value("w:jc", side(cell.side)));
                    run(xml, &Run { text: cell.text.to_owned(), pt, bold: kind != Kind::Plain, italic: false }, false);
                });
            });
        }
    });
}

pub(super) fn properties(xml: &mut Xml, room: Room, bordered: bool) {
    xml.within("w:tblPr", &[], |xml| {
        xml.empty("w:tblW", &[("w:w", &twips_of_mm(room.width)), ("w:type", "dxa")]);
        if bordered {
            xml.within("w:tblBorders", &[], |xml| {
                for edge in ["w:top", "w:left", "w:bottom", "w:right", "w:insideH", "w:insideV"] {
                    xml.empty(edge, &[("w:val", "single"), ("w:sz", "4"), ("w:space", "0"), ("w:color", "000000")]);
                }
            });
        }
        xml.empty("w:tblLayout", &[("w:type", "fixed")]);
        xml.within("w:tblCellMar", &[], |xml| {
            // The order of the edges is that of the format.
            for (edge, room) in [("w:top", "40"), ("w:left", "57"), ("w:bottom", "40"), ("w:right", "57")] {
                xml.empty(edge, &[("w:w", if bordered { room } else { "0" }), ("w:type", "dxa")]);
            }
        });
    });
}

pub(super) fn widths(xml: &mut Xml, widths: &[f64]) {
    xml.within("w:tblGrid", &[], |xml| {
        for width in widths {
            xml.empty("w:gridCol", &[("w:w", &twips_of_mm(*width))]);
        }
    });
}
