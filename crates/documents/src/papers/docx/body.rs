//! The document part of a Word file: lines, pairs and sections.
//! Not for: tables with borders (`table`).

use super::xml::Xml;
use super::{fixed, half_points, table, twips, twips_of_mm};
use crate::papers::compose::{Composed, Line, Page, Pair, Part, Piece, Run, Side};
use crate::papers::widths::bold_mm;

pub(super) fn document(composed: &Composed) -> Vec<u8> {
    let mut xml = Xml::new();
    let last = composed.parts.len().saturating_sub(1);
    xml.within("w:document", &fixed::NAMES, |xml| {
        xml.within("w:body", &[], |xml| {
            for (at, part) in composed.parts.iter().enumerate() {
                let room = Room::of(&composed.page, part);
                part.pieces.iter().for_each(|piece| draw(xml, piece, room));
                // A section ends with the paragraph that carries it; the last one stands alone, after a paragraph as well.
                if at == last {
                    flat(xml, 0.0, |_| {});
                    section(xml, composed, part, at);
                } else {
                    flat(xml, 0.0, |xml| section(xml, composed, part, at));
                }
            }
        });
    });
    xml.bytes()
}

/// What a piece may take.
#[derive(Clone, Copy)]
pub(super) struct Room {
    /// Millimetres between the margins.
    pub(super) width: f64,
    /// Distance of lines, 1 being single.
    lines: f64,
}

impl Room {
    fn of(page: &Page, part: &Part) -> Self {
        let width = if part.landscape { page.height } else { page.width };
        Self { width: width - page.left - page.right, lines: page.lines }
    }
}

fn draw(xml: &mut Xml, piece: &Piece, room: Room) {
    match piece {
        Piece::Line(line) => self::line(xml, line, room),
        Piece::Pair(pair) => self::pair(xml, pair, room),
        Piece::Table(grid) => table::table(xml, grid, room),
    }
}

fn section(xml: &mut Xml, composed: &Composed, part: &Part, at: usize) {
    let page = &composed.page;
    let (width, height) = if part.landscape { (page.height, page.width) } else { (page.width, page.height) };
    xml.within("w:sectPr", &[], |xml| {
        xml.empty("w:headerReference", &[("w:type", "default"), ("r:id", "h")]);
        if page.code {
            xml.empty("w:footerReference", &[("w:type", "first"), ("r:id", if at == 0 { "f" } else { "n" })]);
        }
        xml.value("w:type", "nextPage");
        let (width, height) = (twips_of_mm(width), twips_of_mm(height));
        let size = [("w:w", width.as_str()), ("w:h", height.as_str()), ("w:orient", if part.landscape { "landscape" } else { "portrait" })];
        xml.empty("w:pgSz", &size);
        let [top, right, bottom, left, header, footer] =
            [page.top, page.right, page.bottom, page.left, page.number_from_edge, page.code_from_edge].map(twips_of_mm);
        let margins = [
            ("w:top", top.as_str()),
            ("w:right", &right),
            ("w:bottom", &bottom),
            ("w:left", &left),
            ("w:header", &header),
            ("w:footer", &footer),
            ("w:gutter", "0"),
        ];
        xml.empty("w:pgMar", &margins);
        xml.empty("w:pgNumType", &[("w:start", "1")]);
        // The first page shows no number.
        xml.empty("w:titlePg", &[]);
    });
}

pub(super) fn line(xml: &mut Xml, line: &Line, room: Room) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            if line.keep || line.rule.is_some() {
                xml.empty("w:keepNext", &[]);
            }
            spacing(xml, line.before, room.lines);
            if line.indent > 0.0 {
                xml.empty("w:ind", &[("w:firstLine", &twips_of_mm(line.indent))]);
            }
            xml.value("w:jc", side(line.side));
            // An empty line is as high as its letters.
            xml.within("w:rPr", &[], |xml| size(xml, &half_points(line.pt())));
        });
        line.runs.iter().for_each(|one| run(xml, one, line.framed));
    });
    if let Some(percent) = line.rule {
        rule(xml, line, percent, room);
    }
}

pub(super) fn side(side: Side) -> &'static str {
    match side {
        Side::Left => "left",
        Side::Centre => "center",
        Side::Right => "right",
        Side::Justified => "both",
    }
}

/// Points above a paragraph, and the distance of its lines.
fn spacing(xml: &mut Xml, before: f64, lines: f64) {
    // 240 is single.
    let distance = format!("{:.0}", lines * 240.0);
    xml.empty("w:spacing", &[("w:before", &twips(before)), ("w:after", "0"), ("w:line", &distance), ("w:lineRule", "auto")]);
}

/// A flat paragraph with a border, set in at both sides until the border is as long as the rule.
fn rule(xml: &mut Xml, line: &Line, percent: f64, room: Room) {
    let text: String = line.runs.iter().map(|run| run.text.as_str()).collect();
    let length = bold_mm(&text, line.pt()).min(room.width) * percent / 100.0;
    let indent = twips_of_mm(((room.width - length) / 2.0).max(0.0));
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.within("w:pBdr", &[], |xml| {
                xml.empty("w:top", &[("w:val", "single"), ("w:sz", "6"), ("w:space", "1"), ("w:color", "000000")]);
            });
            xml.empty("w:spacing", &[("w:before", "40"), ("w:after", "0"), ("w:line", "60"), ("w:lineRule", "exact")]);
            xml.empty("w:ind", &[("w:left", &indent), ("w:right", &indent)]);
            xml.within("w:rPr", &[], |xml| size(xml, "4"));
        });
    });
}

pub(super) fn run(xml: &mut Xml, run: &Run, framed: bool) {
    xml.within("w:r", &[], |xml| {
        xml.within("w:rPr", &[], |xml| {
            if run.bold {
                xml.empty("w:b", &[]);
            }
            if run.italic {
                xml.empty("w:i", &[]);
            }
            size(xml, &half_points(run.pt));
            if framed {
                xml.empty("w:bdr", &[("w:val", "single"), ("w:sz", "6"), ("w:space", "0"), ("w:color", "000000")]);
            }
        });
        text(xml, &run.text);
    });
}

pub(super) fn size(xml: &mut Xml, half_points: &str) {
    xml.value("w:sz", half_points);
    xml.value("w:szCs", half_points);
}

fn text(xml: &mut Xml, text: &str) {
    for (at, line) in text.split('\n').enumerate() {
        if at > 0 {
            xml.empty("w:br", &[]);
        }
        xml.within("w:t", &[("xml:space", "preserve")], |xml| xml.text(line));
    }
}

/// A table without borders, its one row never cut.
fn pair(xml: &mut Xml, pair: &Pair, room: Room) {
    let left = room.width * pair.share / 100.0;
    let widths = [left, room.width - left];
    // What stands above the columns stands above the table; cells have no such distance in Word.
    let above = pair.left.first().into_iter().chain(pair.right.first()).map(|line| line.before).fold(0.0, f64::max);
    flat(xml, above, |_| {});
    xml.within("w:tbl", &[], |xml| {
        table::properties(xml, room, false);
        table::widths(xml, &widths);
        xml.within("w:tr", &[], |xml| {
            xml.within("w:trPr", &[], |xml| xml.empty("w:cantSplit", &[]));
            for (lines, width) in [&pair.left, &pair.right].into_iter().zip(widths) {
                xml.within("w:tc", &[], |xml| {
                    xml.within("w:tcPr", &[], |xml| xml.empty("w:tcW", &[("w:w", &twips_of_mm(width)), ("w:type", "dxa")]));
                    cell(xml, lines, Room { width, ..room });
                });
            }
        });
    });
}

fn cell(xml: &mut Xml, lines: &[Line], room: Room) {
    if lines.is_empty() {
        xml.empty("w:p", &[]);
    }
    for (at, one) in lines.iter().enumerate() {
        if at == 0 {
            let mut first = Line { runs: one.runs.clone(), ..*one };
            first.before = 0.0;
            line(xml, &first, room);
        } else {
            line(xml, one, room);
        }
    }
}

/// An empty paragraph of a height in points: two tables that touch would become one, and no table may be the last of a section.
fn flat(xml: &mut Xml, height: f64, section: impl FnOnce(&mut Xml)) {
    xml.within("w:p", &[], |xml| {
        xml.within("w:pPr", &[], |xml| {
            xml.empty("w:keepNext", &[]);
            let height = twips(height.max(1.0));
            xml.empty("w:spacing", &[("w:before", "0"), ("w:after", "0"), ("w:line", &height), ("w:lineRule", "exact")]);
            xml.within("w:rPr", &[], |xml| size(xml, "2"));
            section(xml);
        });
    });
}
