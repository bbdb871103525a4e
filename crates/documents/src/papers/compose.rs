//! A paper as lines, pairs of columns and tables with all their looks: what both kinds of files draw, so that they cannot differ.
//! Not for: files (`pdf`, `docx`), nor for figures (`rules`).

mod blocks;
mod head;

pub(crate) use head::number_and_day;

use serde::Serialize;

use super::labels::roman;
use super::paper::{Annex, Close, Orientation, Paper, one_line};
use super::rules::{Measure, PageRules, StyleOf};
use blocks::blocks;

/// A paper ready to be drawn. Lengths are millimetres, sizes and distances of lines are points.
#[derive(Debug, Serialize)]
pub(crate) struct Composed {
    pub(crate) title: String,
    pub(crate) author: String,
    pub(crate) page: Page,
    pub(crate) parts: Vec<Part>,
}

#[derive(Debug, Serialize)]
pub(crate) struct Page {
    pub(crate) width: f64,
    pub(crate) height: f64,
    pub(crate) top: f64,
    pub(crate) bottom: f64,
    pub(crate) left: f64,
    pub(crate) right: f64,
    /// Distance of lines, 1 being single.
    pub(crate) lines: f64,
    pub(crate) number_pt: f64,
    pub(crate) number_from_edge: f64,
    pub(crate) first_number_on: f64,
    pub(crate) code: bool,
    pub(crate) code_size: f64,
    pub(crate) code_from_edge: f64,
}

/// Pages that are counted together: the paper itself, or one annex.
#[derive(Debug, Serialize)]
pub(crate) struct Part {
    pub(crate) landscape: bool,
    pub(crate) pieces: Vec<Piece>,
}

#[derive(Debug, Serialize)]
#[serde(tag = "is", rename_all = "snake_case")]
pub(crate) enum Piece {
    Line(Line),
    Pair(Pair),
    Table(Grid),
}

/// Two columns of lines without borders, kept on one page.
#[derive(Debug, Serialize)]
pub(crate) struct Pair {
    /// Share of the left column, in per cent.
    pub(crate) share: f64,
    pub(crate) left: Vec<Line>,
    pub(crate) right: Vec<Line>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Side {
    Left,
    Centre,
    Right,
    Justified,
}

/// A paragraph.
#[derive(Debug, Serialize)]
pub(crate) struct Line {
    pub(crate) runs: Vec<Run>,
    pub(crate) side: Side,
    /// Millimetres that its first line stands in.
    pub(crate) indent: f64,
    /// Points above it.
    pub(crate) before: f64,
    /// A rule under it, in per cent of its text.
    pub(crate) rule: Option<f64>,
    /// Stays on the page of the next piece.
    pub(crate) keep: bool,
    /// In a frame.
    pub(crate) framed: bool,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub(crate) struct Run {
    pub(crate) text: String,
    pub(crate) pt: f64,
    pub(crate) bold: bool,
    pub(crate) italic: bool,
}

#[derive(Debug, Serialize)]
pub(crate) struct Grid {
    pub(crate) pt: f64,
    pub(crate) columns: Vec<GridColumn>,
    pub(crate) rows: Vec<GridRow>,
}

#[derive(Debug, Serialize)]
pub(crate) struct GridColumn {
    pub(crate) title: String,
    pub(crate) weight: u16,
    pub(crate) side: Side,
}

#[derive(Debug, Serialize)]
pub(crate) struct GridRow {
    /// One cell for all columns, or one for each.
    pub(crate) cells: Vec<String>,
    pub(crate) bold: bool,
}

impl Line {
    /// The size of its letters.
    pub(crate) fn pt(&self) -> f64 {
        self.runs.first().map_or(0.0, |run| run.pt)
    }

    fn of(runs: Vec<Run>) -> Self {
        Self { runs, side: Side::Centre, indent: 0.0, before: 0.0, rule: None, keep: false, framed: false }
    }

    fn before(self, before: f64) -> Self {
        Self { before, ..self }
    }

    fn ruled(self, percent: f64) -> Self {
        Self { rule: Some(percent), ..self }
    }

    fn kept(self) -> Self {
        Self { keep: true, ..self }
    }
}

/// What the pieces are made by.
#[derive(Clone, Copy)]
struct Looks(&'static PageRules);

impl Looks {
    fn run(self, component: StyleOf, text: &str) -> Run {
        let style = self.0.style(component);
        let text = printable(text);
        Run { text: if style.upper { text.to_uppercase() } else { text }, pt: style.pt, bold: style.bold, italic: style.italic }
    }

    fn centred(self, component: StyleOf, text: &str) -> Line {
        Line::of(vec![self.run(component, text)])
    }

    /// A paragraph of the body: justified, its first line set in.
    fn paragraph(self, runs: Vec<Run>) -> Line {
        let (indent, before) = (self.0.measure(Measure::FirstLineIndent), self.0.measure(Measure::ParagraphGap));
        Line { side: Side::Justified, indent, before, ..Line::of(runs) }
    }

    fn gap(self) -> f64 {
        self.0.measure(Measure::BlockGap)
    }
}

/// What neither kind of file can hold becomes a blank; all else stays as it was typed.
fn printable(text: &str) -> String {
    let text = text.replace("\r\n", "\n");
    text.chars().map(|c| if c != '\n' && (c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}')) { ' ' } else { c }).collect()
}

pub(crate) fn compose(paper: &Paper) -> Composed {
    let looks = Looks(paper.rules);
    let mut pieces = head::head(paper, looks);
    pieces.extend(blocks(&paper.body, looks));
    // A signature never stands alone on a page.
    if let Some(Piece::Line(last)) = pieces.last_mut() {
        last.keep = true;
    }
    pieces.push(close(&paper.close, looks));
    let mut parts = vec![Part { landscape: false, pieces }];
    parts.extend((1..).zip(&paper.annexes).map(|(number, one)| annex(paper, one, number, looks)));
    Composed { title: printable(&paper.title()), author: printable(&one_line(&paper.head.issuer)), page: page(paper), parts }
}

fn page(paper: &Paper) -> Page {
    let of = |measure| paper.rules.measure(measure);
    Page {
        width: of(Measure::PageWidth),
        height: of(Measure::PageHeight),
        top: of(Measure::MarginTop),
        bottom: of(Measure::MarginBottom),
        left: of(Measure::MarginLeft),
        right: of(Measure::MarginRight),
        lines: of(Measure::LineSpacing),
        number_pt: paper.rules.style(StyleOf::PageNumber).pt,
        number_from_edge: of(Measure::PageNumberFromEdge),
        first_number_on: of(Measure::FirstNumberOn),
        code: paper.code.is_some(),
        code_size: of(Measure::CodeSize),
        code_from_edge: of(Measure::CodeFromEdge),
    }
}

/// Recipients at the left, the signature at the right.
fn close(close: &Close, looks: Looks) -> Piece {
    let at_left = |line: Line| Line { side: Side::Left, ..line };
    let mut left = vec![at_left(looks.centred(StyleOf::RecipientsLabel, &looks.0.words().recipients))];
    let archive = Some(&close.archive).filter(|archive| !archive.trim().is_empty());
    let names: Vec<&String> = close.recipients.iter().chain(archive).collect();
    for (place, name) in (1..).zip(&names) {
        let sign = if place == names.len() { "." } else { ";" };
        left.push(at_left(looks.centred(StyleOf::Recipients, &format!("- {}{sign}", unended(name)))));
    }
    let mut right: Vec<Line> = close.signature.lines.iter().map(|line| looks.centred(StyleOf::Post, line)).collect();
    let room = looks.0.measure(Measure::SigningRoom) * POINTS_PER_MM;
    right.push(looks.centred(StyleOf::Signer, &close.signature.name).before(room));
    if let Some(first) = left.first_mut() {
        first.before = looks.gap();
    }
    if let Some(first) = right.first_mut() {
        first.before = looks.gap();
    }
    Piece::Pair(Pair { share: 100.0 - looks.0.measure(Measure::SigningColumn), left, right })
}

/// 72 points are an inch of 25.4 millimetres.
pub(crate) const POINTS_PER_MM: f64 = 72.0 / 25.4;

/// Without the sign at its end, which the place in the list gives.
fn unended(text: &str) -> &str {
    text.trim().trim_end_matches([';', '.'])
}

fn annex(paper: &Paper, annex: &Annex, number: usize, looks: Looks) -> Part {
    // One annex alone has no number.
    let label = if paper.annexes.len() == 1 { "Phụ lục".to_owned() } else { format!("Phụ lục {}", roman(number)) };
    let (given, day) = number_and_day(&paper.head.issue);
    let issuer = one_line(&paper.head.issuer);
    let with = format!("(Kèm theo {} số {given} {day} của {issuer})", paper.head.kind);
    let mut pieces = vec![
        Piece::Line(looks.centred(StyleOf::AnnexLabel, &label).kept()),
        Piece::Line(looks.centred(StyleOf::AnnexTitle, &annex.title).kept()),
        Piece::Line(looks.centred(StyleOf::AnnexOf, &with).kept()),
    ];
    pieces.extend(blocks(&annex.body, looks));
    Part { landscape: annex.orientation == Orientation::Landscape, pieces }
}
