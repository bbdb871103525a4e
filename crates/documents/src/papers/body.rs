//! What a paper says: paragraphs, numbered headings and clauses, tables.
//! Not for: labels ("Điều 1.", "a)"), which follow from the order of the items (`labels`), nor for looks.

use super::labels::Labels;
use super::paper::PaperFault;

/// A piece of a body, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Block {
    /// A paragraph of its own.
    Paragraph(String),
    /// A numbered heading, article, clause or point.
    Item(Item),
    /// A line in the middle, in capital letters: "QUYẾT ĐỊNH:".
    Centred(String),
    /// A table.
    Table(Table),
    /// An empty line.
    Spacer,
}

/// How high a numbered item stands. A higher item lets the numbers below it begin anew, except those of articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Phần I, with its title on the next line.
    Part,
    /// Mục 1, with its title on the next line.
    Section,
    /// I. TITLE, as plans are cut.
    Group,
    /// Điều 1, counted through the whole paper.
    Article,
    /// 1. (khoản)
    Clause,
    /// a) (điểm)
    Point,
}

/// A numbered item; its label is made when the paper is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub(crate) level: Level,
    pub(crate) said: Said,
}

/// What an item says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Said {
    Title(String),
    Text(String),
}

impl Item {
    /// An item with a title of its own and no text: a part, a group, a titled clause.
    #[must_use]
    pub fn titled(level: Level, title: impl Into<String>) -> Block {
        Block::Item(Self { level, said: Said::Title(title.into()) })
    }

    /// An item that is text: an article of a decision, a clause, a point.
    #[must_use]
    pub fn text(level: Level, text: impl Into<String>) -> Block {
        Block::Item(Self { level, said: Said::Text(text.into()) })
    }
}

/// What a body says in words, each paragraph and item with its label, as one text each; tables are left out.
pub(crate) fn spoken(blocks: &[Block]) -> Vec<String> {
    let mut labels = Labels::default();
    let said = |block: &Block| match block {
        Block::Paragraph(text) | Block::Centred(text) => Some(text.clone()),
        Block::Item(item) => {
            let (Said::Title(words) | Said::Text(words)) = &item.said;
            Some(format!("{} {words}", labels.next(item.level)))
        }
        Block::Table(_) | Block::Spacer => None,
    };
    blocks.iter().filter_map(said).collect()
}

/// Where the letters of a column stand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// At the left edge.
    Left,
    /// In the middle.
    Centre,
    /// At the right edge, as amounts do.
    Right,
}

/// A column of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    pub(crate) title: String,
    pub(crate) weight: u16,
    pub(crate) align: Align,
}

impl Column {
    /// A column; `weight` is its share of the width beside the other columns.
    #[must_use]
    pub fn new(title: impl Into<String>, weight: u16, align: Align) -> Self {
        Self { title: title.into(), weight: weight.max(1), align }
    }
}

/// A row of a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Row {
    /// One cell per column.
    Cells(Vec<String>),
    /// One cell per column, in bold letters: a total.
    Total(Vec<String>),
    /// One line over the whole width, in bold letters: what the rows below have in common.
    Group(String),
}

/// A table with a header that comes again on every page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

impl Table {
    /// A table in which every row fits the columns.
    ///
    /// # Errors
    /// [`PaperFault::NoColumns`], [`PaperFault::RowOfOtherWidth`].
    pub fn new(columns: Vec<Column>, rows: Vec<Row>) -> Result<Self, PaperFault> {
        if columns.is_empty() {
            return Err(PaperFault::NoColumns);
        }
        for (number, row) in (1..).zip(&rows) {
            match row {
                Row::Cells(cells) | Row::Total(cells) if cells.len() != columns.len() => {
                    return Err(PaperFault::RowOfOtherWidth { row: number, cells: cells.len(), columns: columns.len() });
                }
                _ => {}
            }
        }
        Ok(Self { columns, rows })
    }
}
