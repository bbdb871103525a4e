//! What does not fit into a person's row: every posting, paper, attendance and rating, a row each, with the staff code in front.
//! Not for: the people's sheet (`person`), and nothing of it is read back.

use std::collections::HashMap;

use documents::{Cell, Field, Ledger, Look, Page, Row, SheetError};
use domain::ids::UnitId;
use domain::time::Date;
use store::read::intake::{Known, KnownPaper, KnownPosting, Place};
use store::read::people::RecordLine;

use super::Words;

/// The further sheets of a register.
pub(super) struct Further {
    postings: Page,
    papers: Page,
    records: Page,
    ratings: Page,
}

/// Key of a head, width, form of the cells.
type Heads<'h> = &'h [(&'h str, u16, Look)];

const POSTINGS: Heads<'_> = &[
    ("unit-code", 18, Look::Text),
    ("unit", 40, Look::Text),
    ("post", 28, Look::Text),
    ("staff", 16, Look::Text),
    ("leadership", 28, Look::Text),
    ("grade", 14, Look::Text),
    ("from", 13, Look::Day),
    ("to", 13, Look::Day),
    ("decision", 20, Look::Text),
];
const PAPERS: Heads<'_> = &[
    ("paper", 28, Look::Text),
    ("level", 22, Look::Text),
    ("study", 28, Look::Text),
    ("granted", 13, Look::Day),
    ("expires", 13, Look::Day),
    ("issuer", 28, Look::Text),
    ("number", 18, Look::Text),
];
const RECORDS: Heads<'_> = &[
    ("training", 18, Look::Text),
    ("content", 28, Look::Text),
    ("class-code", 14, Look::Text),
    ("class", 40, Look::Text),
    ("from", 13, Look::Day),
    ("to", 13, Look::Day),
    ("periods", 10, Look::Number),
    ("outcome", 18, Look::Text),
    ("source", 22, Look::Text),
    ("evidence", 40, Look::Text),
];
const RATINGS: Heads<'_> = &[("rating", 28, Look::Text), ("band", 28, Look::Text), ("rated", 13, Look::Day)];

impl Further {
    /// The sheets with their heads.
    pub(super) fn begin(ledger: &mut Ledger, words: Words<'_>) -> Result<Self, SheetError> {
        let mut page = |name: &str, heads: Heads<'_>| {
            let own = heads.iter().map(|(key, width, look)| Field::new(words(&format!("takeout-head-{key}")), *width, *look));
            let who = [("code", 18), ("name", 28)].map(|(key, width)| Field::new(words(&format!("takeout-head-{key}")), width, Look::Text));
            ledger.page(&words(&format!("takeout-sheet-{name}")), &[], who.into_iter().chain(own).collect())
        };
        Ok(Self {
            postings: page("postings", POSTINGS)?,
            papers: page("papers", PAPERS)?,
            records: page("records", RECORDS)?,
            ratings: page("ratings", RATINGS)?,
        })
    }

    /// The rows of a person.
    pub(super) fn write(
        &self,
        ledger: &mut Ledger,
        words: Words<'_>,
        units: &HashMap<UnitId, Place>,
        person: &Known,
        records: &[RecordLine],
    ) -> Result<(), SheetError> {
        let mut write = |page: Page, own: Vec<Cell>| {
            let who = [&person.identity.code, &person.identity.name].map(|text| Cell::Text(text.clone()));
            ledger.row(page, Row::Plain, &[who.as_slice(), own.as_slice()].concat())
        };
        for posting in &person.postings {
            write(self.postings, of_posting(words, units.get(&posting.unit), posting))?;
        }
        for paper in &person.papers {
            write(self.papers, of_paper(words, paper))?;
        }
        for record in records {
            write(self.records, of_record(words, record))?;
        }
        for (kind, band, on) in &person.ratings {
            let (kind, band) = (word(words, "rating", Some(kind.code())), word(words, "band", Some(band.code())));
            write(self.ratings, vec![kind, band, Cell::Day(*on)])?;
        }
        Ok(())
    }
}

fn of_posting(words: Words<'_>, place: Option<&Place>, posting: &KnownPosting) -> Vec<Cell> {
    vec![
        text(place.map(|place| place.code.as_str())),
        text(place.map(|place| place.name.as_str())),
        text(Some(&posting.post)),
        word(words, "person-staff", Some(posting.staff.code())),
        word(words, "person-leadership", posting.leadership.map(domain::people::Leadership::code)),
        text(posting.grade.as_deref()),
        Cell::Day(posting.during.from()),
        day(posting.during.last_day()),
        text(posting.decision.as_deref()),
    ]
}

fn of_paper(words: Words<'_>, paper: &KnownPaper) -> Vec<Cell> {
    let degree = paper.degree.map(domain::people::Degree::code);
    vec![
        word(words, "person-qualification", Some(paper.kind.code())),
        if degree.is_some() { word(words, "degree", degree) } else { word(words, "grade", paper.grade.as_deref()) },
        word(words, "field", paper.field.map(domain::people::StudyField::code)),
        Cell::Day(paper.granted_on),
        day(paper.expires_on),
        text(paper.issuer.as_deref()),
        text(paper.number.as_deref()),
    ]
}

fn of_record(words: Words<'_>, record: &RecordLine) -> Vec<Cell> {
    let what = if record.content.is_some() { ("content", &record.content) } else { ("degree", &record.degree) };
    let class = record.class.as_ref();
    vec![
        word(words, "training", Some(record.kind.code())),
        word(words, what.0, what.1.as_deref()),
        text(class.map(|class| class.0.as_str())),
        text(class.map(|class| class.1.as_str()).or(record.title.as_deref())),
        Cell::Day(record.starts_on),
        day(record.ends_on),
        Cell::Number(i64::from(record.periods)),
        word(words, "outcome", Some(record.outcome.code())),
        word(words, "source", Some(record.source.code())),
        text(record.evidence.as_deref()),
    ]
}

fn word(words: Words<'_>, prefix: &str, code: Option<&str>) -> Cell {
    code.map_or(Cell::Empty, |code| Cell::Text(words(&format!("{prefix}-{code}"))))
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}
