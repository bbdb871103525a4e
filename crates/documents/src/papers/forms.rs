//! Ready-made papers of training: a year plan, a submission, a decision, an urgent list, the notice of a review, a table of needs.
//! The words are the product's own, in the Vietnamese of the administration; plain values in, a paper out.
//! Not for: choosing what goes into a paper (`service`), nor for looks (`compose`).

pub mod class_papers;
mod decision;
mod needs_table;
mod review_notice;
mod submission;
mod training_record;
mod urgent_list;
mod year_plan;

pub use decision::{Article, Decision, decision};
pub use needs_table::{NeedsLine, NeedsTable, needs_table};
pub use review_notice::{ReviewNotice, review_notice};
pub use submission::{Submission, submission};
pub use training_record::{RecordGroup, TrainingRecord, training_record};
pub use urgent_list::{UrgentLine, UrgentList, urgent_list};
pub use year_plan::{Duty, PlanLine, YearPlan, year_plan};

use super::body::{Align, Block, Column, Row, Table};
use super::paper::{Annex, Close, Head, Issue, Orientation, Paper, PaperFault, Signature};
use super::rules::PageRules;

/// Who issues a paper, under which rules, and who signs it: the same for every form.
#[derive(Debug, Clone)]
pub struct Frame {
    /// The page rules of the day; they say whose form it is.
    pub rules: &'static PageRules,
    /// The body above the issuing one.
    pub superior: Option<String>,
    /// The issuing body.
    pub issuer: String,
    /// The name of the place.
    pub place: String,
    /// Number and day.
    pub issue: Issue,
    /// Who signs.
    pub signature: Signature,
    /// Who gets it.
    pub recipients: Vec<String>,
    /// The archive line.
    pub archive: String,
    /// The text of the code at the foot, if there is to be one.
    pub code: Option<String>,
}

/// What a form says of itself.
#[derive(Default)]
struct Said {
    kind: &'static str,
    excerpt: String,
    authority: Option<String>,
    to: Vec<String>,
    bases: Vec<String>,
    body: Vec<Block>,
}

impl Frame {
    fn paper(&self, said: Said) -> Result<Paper, PaperFault> {
        let head = Head {
            superior: self.superior.clone(),
            issuer: self.issuer.clone(),
            issue: self.issue.clone(),
            place: self.place.clone(),
            kind: said.kind.to_owned(),
            excerpt: said.excerpt,
            authority: said.authority,
            to: said.to,
            bases: said.bases,
        };
        let close = Close { signature: self.signature.clone(), recipients: self.recipients.clone(), archive: self.archive.clone() };
        let paper = Paper::new(self.rules, head, said.body, close)?;
        match &self.code {
            Some(code) => paper.with_code(code),
            None => Ok(paper),
        }
    }
}

/// The list of a paper as an annex of lying pages.
fn listed(title: String, columns: Vec<Column>, rows: Vec<Row>) -> Result<Annex, PaperFault> {
    Ok(Annex { title, orientation: Orientation::Landscape, body: vec![Block::Table(Table::new(columns, rows)?)] })
}

/// The last sentence of a paper ends with the mark that nothing follows.
fn last(sentence: &str) -> Block {
    Block::Paragraph(format!("{}./.", sentence.trim_end_matches('.')))
}

fn centre(title: &str, weight: u16) -> Column {
    Column::new(title, weight, Align::Centre)
}

fn left(title: &str, weight: u16) -> Column {
    Column::new(title, weight, Align::Left)
}

fn right(title: &str, weight: u16) -> Column {
    Column::new(title, weight, Align::Right)
}

/// 1234567 is "1.234.567".
fn grouped(number: i64) -> String {
    let digits = number.unsigned_abs().to_string();
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push('.');
        }
        text.push(digit);
    }
    if number < 0 { format!("-{text}") } else { text }
}

/// A count, grouped.
fn counted(number: u64) -> String {
    grouped(i64::try_from(number).unwrap_or(i64::MAX))
}

/// A day in what is kept of a paper: 2026-11-30.
mod kept_day {
    use domain::time::{Date, iso, parse};
    use serde::de::Error;
    use serde::{Deserialize, Deserializer, Serializer};

    #[expect(clippy::trivially_copy_pass_by_ref, reason = "the signature is that of serde")]
    pub(super) fn serialize<S: Serializer>(day: &Date, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&iso(*day))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Date, D::Error> {
        let text = String::deserialize(from)?;
        parse(&text).ok_or_else(|| D::Error::custom(format!("{text} is no day")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::papers::Fields;

    #[test]
    fn amounts_are_grouped_by_three() {
        assert_eq!([0, 999, 1_000, 1_234_567, -5_000].map(grouped), ["0", "999", "1.000", "1.234.567", "-5.000"]);
    }

    #[test]
    fn what_is_kept_of_a_paper_is_read_back() {
        let day = domain::time::date(2026, 11, 30).unwrap();
        let list =
            UrgentList { as_of: day, bases: Vec::new(), lines: vec![UrgentLine::default()], organiser: "Sở Nội vụ".to_owned() };
        let text = serde_json::to_string(&list).unwrap();
        assert!(text.contains("2026-11-30"));
        assert_eq!(serde_json::from_str::<UrgentList>(&text).unwrap(), list);
        assert!(serde_json::from_str::<UrgentList>(&text.replace("11-30", "11-31")).is_err());
    }

    #[test]
    fn a_template_knows_every_name_that_a_row_gives() {
        let rows = [PlanLine::default().fields(1), UrgentLine::default().fields(1), NeedsLine::default().fields(1)];
        for (name, _) in rows.into_iter().flatten() {
            assert!(Fields::knows(name), "{name}");
        }
    }
}
