//! Walks through a part: paragraphs in order, rows of tables that repeat, with the place of everything that does not fit.
//! Not for: which names there are (`fields`).

use std::collections::BTreeMap;
use std::fmt;

use super::fields::Fields;
use super::text::{Mark, MarkKind, filled, marks};
use super::tree::{Element, Node};

/// Where in a template something stands. Numbers count from one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// The part: "document", "header1".
    pub part: String,
    /// The innermost table with row and cell; none outside tables.
    pub cell: Option<(usize, usize, usize)>,
    /// The paragraph in the part or in the cell.
    pub paragraph: usize,
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}, ", self.part)?;
        if let Some((table, row, cell)) = self.cell {
            write!(f, "table {table}, row {row}, cell {cell}, ")?;
        }
        write!(f, "paragraph {}", self.paragraph)
    }
}

/// A field of a template that does not fit.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{place}: field `{field}` is {kind}")]
pub struct Clash {
    /// Where.
    pub place: Place,
    /// Its name.
    pub field: String,
    /// Why.
    pub kind: ClashKind,
}

domain::codes! {
    /// Why a field does not fit.
    ClashKind {
        /// No paper has a field of this name.
        Unknown = "unknown",
        /// This paper gives no value for it.
        Missing = "missing",
        /// `{{` without `}}` in the same paragraph.
        Unclosed = "unclosed",
        /// A list opens or closes outside the row that it repeats.
        NotInARow = "not_in_a_row",
    }
}

impl ClashKind {
    /// Whether the template is wrong whatever it is filled with.
    pub(super) const fn is_of_form(self) -> bool {
        matches!(self, Self::Unclosed | Self::NotInARow)
    }
}

/// A field of a template.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// Its name.
    pub field: String,
    /// The list whose row it stands in.
    pub list: Option<String>,
    /// Where.
    pub place: Place,
    /// Whether some paper gives it.
    pub known: bool,
}

type RowValues = BTreeMap<String, String>;

/// One walk through one part.
pub(super) struct Walk<'f> {
    fields: &'f Fields,
    place: Place,
    tables: usize,
    pub(super) clashes: Vec<Clash>,
    pub(super) found: Vec<Found>,
}

/// The list whose row is walked, and the values of the row.
#[derive(Clone, Copy)]
struct Repeat<'r> {
    list: &'r str,
    values: Option<&'r RowValues>,
}

impl<'f> Walk<'f> {
    pub(super) fn new(part: &str, fields: &'f Fields) -> Self {
        let part = part.trim_start_matches("word/").trim_end_matches(".xml").to_owned();
        let place = Place { part, cell: None, paragraph: 0 };
        Self { fields, place, tables: 0, clashes: Vec::new(), found: Vec::new() }
    }

    pub(super) fn fill(&mut self, nodes: &mut [Node]) {
        self.nodes(nodes, None);
    }

    fn nodes(&mut self, nodes: &mut [Node], repeat: Option<Repeat<'_>>) {
        for element in nodes.iter_mut().filter_map(element_mut) {
            if element.is("w:tbl") {
                self.table(element, repeat);
            } else if element.is("w:p") {
                self.place.paragraph += 1;
                self.paragraph(element, repeat);
            } else {
                self.nodes(&mut element.children, repeat);
            }
        }
    }

    fn table(&mut self, table: &mut Element, outer: Option<Repeat<'_>>) {
        self.tables += 1;
        let (number, before) = (self.tables, self.place.clone());
        let mut filled = Vec::with_capacity(table.children.len());
        let mut row_number = 0;
        for child in std::mem::take(&mut table.children) {
            match child {
                Node::Element(mut row) if row.is("w:tr") => {
                    row_number += 1;
                    match repeated(&row) {
                        Some(list) => self.rows(&row, &list, (number, row_number), &mut filled),
                        None => {
                            self.row(&mut row, (number, row_number), outer);
                            filled.push(Node::Element(row));
                        }
                    }
                }
                other => filled.push(other),
            }
        }
        table.children = filled;
        self.place = before;
    }

    /// The row once for each row of the list; once and empty when there are none.
    fn rows(&mut self, row: &Element, list: &str, at: (usize, usize), filled: &mut Vec<Node>) {
        let rows = self.fields.rows(list);
        if rows.is_none() {
            let kind = if Fields::knows(list) { ClashKind::Missing } else { ClashKind::Unknown };
            let place = Place { cell: Some((at.0, at.1, 1)), paragraph: 1, ..self.place.clone() };
            self.clashes.push(Clash { place, field: list.to_owned(), kind });
        }
        let values: Vec<Option<&RowValues>> =
            rows.filter(|rows| !rows.is_empty()).map_or_else(|| vec![None], |rows| rows.iter().map(Some).collect());
        for values in values {
            let mut copy = row.clone();
            self.row(&mut copy, at, Some(Repeat { list, values }));
            filled.push(Node::Element(copy));
        }
    }

    fn row(&mut self, row: &mut Element, (table, number): (usize, usize), repeat: Option<Repeat<'_>>) {
        let mut cell = 0;
        for element in row.children.iter_mut().filter_map(element_mut).filter(|element| element.is("w:tc")) {
            cell += 1;
            self.place.cell = Some((table, number, cell));
            self.place.paragraph = 0;
            self.nodes(&mut element.children, repeat);
        }
    }

    fn paragraph(&mut self, paragraph: &mut Element, repeat: Option<Repeat<'_>>) {
        let mut pieces = Vec::new();
        texts(&paragraph.children, &mut pieces);
        let marks = marks(&pieces.concat());
        if !marks.is_empty() {
            let values: Vec<String> = marks.iter().map(|mark| self.value(mark, repeat)).collect();
            let mut done = filled(&pieces, &marks, &values).into_iter().zip(pieces);
            write_back(&mut paragraph.children, &mut done);
        }
        self.inner_paragraphs(&mut paragraph.children, repeat);
    }

    /// Text boxes hold paragraphs inside a paragraph.
    fn inner_paragraphs(&mut self, nodes: &mut [Node], repeat: Option<Repeat<'_>>) {
        for element in nodes.iter_mut().filter_map(element_mut) {
            if element.is("w:txbxContent") {
                self.nodes(&mut element.children, repeat);
            } else {
                self.inner_paragraphs(&mut element.children, repeat);
            }
        }
    }

    fn value(&mut self, mark: &Mark, repeat: Option<Repeat<'_>>) -> String {
        match mark.kind {
            MarkKind::Unclosed => self.clash(mark, ClashKind::Unclosed),
            MarkKind::Open | MarkKind::Close => {
                if repeat.is_none_or(|repeat| repeat.list != mark.name) {
                    self.clash(mark, ClashKind::NotInARow);
                }
            }
            MarkKind::Value => return self.single(mark, repeat),
        }
        String::new()
    }

    fn single(&mut self, mark: &Mark, repeat: Option<Repeat<'_>>) -> String {
        let known = Fields::knows(&mark.name);
        let list = repeat.map(|repeat| repeat.list.to_owned());
        self.found.push(Found { field: mark.name.clone(), list, place: self.place.clone(), known });
        let of_row = repeat.and_then(|repeat| repeat.values?.get(&mark.name));
        if let Some(value) = of_row.map(String::as_str).or_else(|| self.fields.value(&mark.name)) {
            return value.to_owned();
        }
        let is_empty_row = repeat.is_some_and(|repeat| repeat.values.is_none());
        if !known {
            self.clash(mark, ClashKind::Unknown);
        } else if !is_empty_row {
            self.clash(mark, ClashKind::Missing);
        }
        String::new()
    }

    fn clash(&mut self, mark: &Mark, kind: ClashKind) {
        self.clashes.push(Clash { place: self.place.clone(), field: mark.name.clone(), kind });
    }
}

fn element_mut(node: &mut Node) -> Option<&mut Element> {
    match node {
        Node::Element(element) => Some(element),
        Node::Other(_) => None,
    }
}

/// The list that a row repeats: it opens and closes inside.
fn repeated(row: &Element) -> Option<String> {
    let mut pieces = Vec::new();
    texts(&row.children, &mut pieces);
    let marks = marks(&pieces.concat());
    let open = marks.iter().find(|mark| mark.kind == MarkKind::Open)?;
    let closes = marks.iter().any(|mark| mark.kind == MarkKind::Close && mark.name == open.name);
    closes.then(|| open.name.clone())
}

/// The texts below, in order, without those of text boxes and tables inside.
fn texts(nodes: &[Node], pieces: &mut Vec<String>) {
    for node in nodes {
        let Node::Element(element) = node else { continue };
        if element.is("w:t") {
            pieces.push(element.letters());
        } else if !element.is("w:txbxContent") && !element.is("w:tbl") {
            texts(&element.children, pieces);
        }
    }
}

/// Puts the filled texts where the old ones were; line breaks of a value become line breaks of Word.
fn write_back(nodes: &mut Vec<Node>, done: &mut impl Iterator<Item = (String, String)>) {
    let mut written = Vec::with_capacity(nodes.len());
    for node in std::mem::take(nodes) {
        match node {
            Node::Element(text) if text.is("w:t") => match done.next() {
                Some((new, old)) if new != old => {
                    for (place, line) in new.split('\n').enumerate() {
                        if place > 0 {
                            written.push(Node::Element(Element::empty("w:br")));
                        }
                        written.push(Node::Element(Element::text(line)));
                    }
                }
                _ => written.push(Node::Element(text)),
            },
            Node::Element(mut element) => {
                if !element.is("w:txbxContent") && !element.is("w:tbl") {
                    write_back(&mut element.children, done);
                }
                written.push(Node::Element(element));
            }
            other => written.push(other),
        }
    }
    *nodes = written;
}
