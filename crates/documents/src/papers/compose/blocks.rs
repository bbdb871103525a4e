//! The body of a paper or annex as pieces, with the labels of its items.
//! Not for: the head.

use super::{Grid, GridColumn, GridRow, Line, Looks, Piece, Run, Side, printable};
use crate::papers::body::{Align, Block, Item, Level, Row, Said, Table};
use crate::papers::labels::Labels;
use crate::papers::rules::StyleOf;

pub(super) fn blocks(blocks: &[Block], looks: Looks) -> Vec<Piece> {
    let mut labels = Labels::default();
    blocks.iter().flat_map(|block| one(block, &mut labels, looks)).collect()
}

fn one(block: &Block, labels: &mut Labels, looks: Looks) -> Vec<Piece> {
    match block {
        Block::Paragraph(text) => vec![Piece::Line(looks.paragraph(vec![looks.run(StyleOf::Body, text)]))],
        Block::Item(item) => self::item(item, &labels.next(item.level), looks),
        Block::Centred(text) => vec![Piece::Line(looks.centred(StyleOf::Authority, text).before(looks.gap()).kept())],
        Block::Table(table) => vec![empty(looks, StyleOf::Table), Piece::Table(grid(table, looks)), empty(looks, StyleOf::Table)],
        Block::Spacer => vec![empty(looks, StyleOf::Body)],
    }
}

fn empty(looks: Looks, size: StyleOf) -> Piece {
    Piece::Line(looks.centred(size, ""))
}

fn item(item: &Item, label: &str, looks: Looks) -> Vec<Piece> {
    let (Said::Title(words) | Said::Text(words)) = &item.said;
    let titled = matches!(item.said, Said::Title(_));
    match item.level {
        Level::Part | Level::Section => {
            let of_label = if item.level == Level::Part { StyleOf::Part } else { StyleOf::Section };
            let label = looks.centred(of_label, label).before(looks.gap()).kept();
            vec![Piece::Line(label), Piece::Line(looks.centred(StyleOf::PartTitle, words).kept())]
        }
        Level::Group => {
            let line = looks.paragraph(vec![looks.run(StyleOf::PartTitle, &format!("{label} {words}"))]);
            vec![Piece::Line(Line { side: Side::Left, ..line }.kept())]
        }
        Level::Article => {
            let words = looks.run(if titled { StyleOf::Article } else { StyleOf::Body }, words);
            vec![Piece::Line(Line { keep: titled, ..looks.paragraph(labelled(looks.run(StyleOf::Article, label), words)) })]
        }
        Level::Clause | Level::Point => {
            let component = if titled { StyleOf::ClauseTitle } else { StyleOf::Body };
            let words = looks.run(component, words);
            vec![Piece::Line(Line { keep: titled, ..looks.paragraph(labelled(looks.run(component, label), words)) })]
        }
    }
}

fn labelled(mut label: Run, words: Run) -> Vec<Run> {
    label.text.push(' ');
    vec![label, words]
}

fn grid(table: &Table, looks: Looks) -> Grid {
    let columns = table.columns.iter().map(|column| GridColumn {
        title: printable(&column.title),
        weight: column.weight,
        side: match column.align {
            Align::Left => Side::Left,
            Align::Centre => Side::Centre,
            Align::Right => Side::Right,
        },
    });
    let rows = table.rows.iter().map(|row| match row {
        Row::Cells(cells) => GridRow { cells: cells.iter().map(|cell| printable(cell)).collect(), bold: false },
        Row::Total(cells) => GridRow { cells: cells.iter().map(|cell| printable(cell)).collect(), bold: true },
        Row::Group(text) => GridRow { cells: vec![printable(text)], bold: true },
    });
    Grid { pt: looks.0.style(StyleOf::Table).pt, columns: columns.collect(), rows: rows.collect() }
}
