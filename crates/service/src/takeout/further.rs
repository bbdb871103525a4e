//! What does not fit into a person's row: every posting, paper, attendance and rating, a row each, with the staff code in front.
//! Not for: the people's sheet (`person`), and nothing of it is read back.

use std::collections::HashMap;

use documents::{Cell, Field, Ledger, Look, Page, Row, SheetError};
use domain::ids::UnitId;
use domain::time::Date;
use store::read::intake::{Known, Place};
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
        let word = |prefix: &str, code: Option<&str>| code.map_or(Cell::Empty, |code| Cell::Text(words(&format!("{prefix}-{code}"))));
        for posting in &person.postings {
            let place = units.get(&posting.unit);
            write(
                self.postings,
                vec![
                    text(place.map(|place| place.code.as_str())),
                    text(place.map(|place| place.name.as_str())),
                    text(Some(&posting.post)),
                    word("person-staff", Some(posting.staff.code())),
                    word("person-leadership", posting.leadership.map(domain::people::Leadership::code)),
                    text(posting.grade.as_deref()),
                    Cell::Day(posting.during.from()),
                    day(posting.during.last_day()),
                    text(posting.decision.as_deref()),
                ],
            )?;
        }
        for paper in &person.papers {
            let degree = paper.degree.map(domain::people::Degree::code);
            write(
                self.papers,
                vec![
                    word("person-qualification", Some(paper.kind.code())),
                    if degree.is_some() { word("degree", degree) } else { word("grade", paper.grade.as_deref()) },
                    word("field", paper.field.map(domain::people::StudyField::code)),
                    Cell::Day(paper.granted_on),
                    day(paper.expires_on),
                    text(paper.issuer.as_deref()),
                    text(paper.number.as_deref()),
                ],
            )?;
        }
        for record in records {
            let what = if record.content.is_some() { ("content", &record.content) } else { ("degree", &record.degree) };
            let class = record.class.as_ref();
            write(
                self.records,
                vec![
                    word("training", Some(record.kind.code())),
                    word(what.0, what.1.as_deref()),
                    text(class.map(|class| class.0.as_str())),
                    text(class.map(|class| class.1.as_str()).or(record.evidence.as_deref())),
                    Cell::Day(record.starts_on),
                    day(record.ends_on),
                    Cell::Number(i64::from(record.periods)),
                    word("outcome", Some(record.outcome.code())),
                ],
            )?;
        }
        for (kind, band, on) in &person.ratings {
            write(self.ratings, vec![word("rating", Some(kind.code())), word("band", Some(band.code())), Cell::Day(*on)])?;
        }
        Ok(())
    }
}

fn text(text: Option<&str>) -> Cell {
    text.filter(|text| !text.is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.to_owned()))
}

fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}
