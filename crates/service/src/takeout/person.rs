//! A person of the register as a row of the people's sheet: what the importer would read of it.
//! Not for: what does not fit into a row (`further`).

use std::collections::HashMap;

use documents::Cell;
use domain::ids::UnitId;
use domain::people::{QualificationKind, RatingKind};
use domain::time::Date;
use store::read::intake::{Known, KnownPaper, KnownPosting, Place};

use super::lists::unit;
use crate::intake::{choices, rank_of};

/// Fields that tell of the place on the day, and whose it was.
const OF_PLACE: [&str; 9] = ["code", "name", "unit", "post", "staff", "leadership", "grade", "from", "decision"];

/// What rows are told by.
pub(super) struct Teller<'t> {
    pub(super) units: &'t HashMap<UnitId, Place>,
    pub(super) fields: &'t [&'static str],
    pub(super) on: Date,
    /// What a mark of yes is.
    pub(super) yes: String,
}

impl Teller<'_> {
    /// The row of a person whose record somebody else keeps by now: of the record only the name, else where the person worked.
    pub(super) fn place_alone(&self, number: i64, person: &Known) -> Vec<Cell> {
        let cells = self.row(number, person).into_iter().zip(std::iter::once("").chain(self.fields.iter().copied()));
        let is_told = |code: &str| code.is_empty() || OF_PLACE.contains(&code);
        cells.map(|(cell, code)| if is_told(code) { cell } else { Cell::Empty }).collect()
    }

    /// The row of a person: its number and every field.
    pub(super) fn row(&self, number: i64, person: &Known) -> Vec<Cell> {
        let now = person.postings.iter().rev().find(|posting| posting.during.contains(self.on));
        std::iter::once(Cell::Number(number)).chain(self.fields.iter().map(|code| self.cell(code, person, now))).collect()
    }

    fn cell(&self, code: &str, person: &Known, now: Option<&KnownPosting>) -> Cell {
        let identity = &person.identity;
        match code {
            "code" => text(Some(&identity.code)),
            "record_code" => text(identity.record_code.as_ref()),
            "name" => text(Some(&identity.name)),
            "other_names" => text(identity.other_names.as_ref()),
            "birth" => Cell::Day(identity.birth_on),
            "sex" => chosen(code, Some(identity.sex.code())),
            "ethnicity" => chosen(code, Some(&identity.ethnicity.to_string())),
            "religion" => text(identity.religion.as_ref()),
            "health" => text(identity.health.as_ref()),
            "citizen_number" => text(identity.citizen_number.as_ref()),
            "recruited" => day(identity.recruited_on),
            "unit" => now.and_then(|now| self.units.get(&now.unit)).map_or(Cell::Empty, |place| Cell::Text(unit(place))),
            "post" => text(now.map(|now| &now.post)),
            "staff" => chosen(code, now.map(|now| now.staff.code())),
            "leadership" => chosen(code, now.and_then(|now| now.leadership).map(domain::people::Leadership::code)),
            "grade" => text(now.and_then(|now| now.grade.as_ref())),
            "from" => day(now.map(|now| now.during.from())),
            "decision" => text(now.and_then(|now| now.decision.as_ref())),
            "rating" | "rating_year" => rating(code, person),
            code => self.paper(code, person),
        }
    }

    fn paper(&self, code: &str, person: &Known) -> Cell {
        let Some(kind) = kind(code) else { return Cell::Empty };
        let Some(paper) = highest(&person.papers, kind) else { return Cell::Empty };
        match code {
            "degree" => chosen(code, paper.degree.map(domain::people::Degree::code)),
            "field" => chosen(code, paper.field.map(domain::people::StudyField::code)),
            "degree_issuer" => text(paper.issuer.as_ref()),
            "degree_number" => text(paper.number.as_ref()),
            "ethnic_language" => Cell::Text(self.yes.clone()),
            code if code.ends_with("_on") => Cell::Day(paper.granted_on),
            code => chosen(code, paper.grade.as_deref()),
        }
    }
}

/// The kind of paper that a field tells of.
fn kind(code: &str) -> Option<QualificationKind> {
    Some(match code {
        "degree" | "field" | "degree_on" | "degree_issuer" | "degree_number" => QualificationKind::Professional,
        "theory" | "theory_on" => QualificationKind::PoliticalTheory,
        "state" | "state_on" => QualificationKind::StateManagement,
        "course" => QualificationKind::LeadershipCourse,
        "defence" | "defence_on" => QualificationKind::DefenceSecurity,
        "language" => QualificationKind::Language,
        "it" => QualificationKind::It,
        "ethnic_language" => QualificationKind::EthnicLanguage,
        _ => return None,
    })
}

/// The highest paper of a kind that a row can tell of; of several alike the oldest.
fn highest(papers: &[KnownPaper], kind: QualificationKind) -> Option<&KnownPaper> {
    let can_be_told = |paper: &&KnownPaper| paper.kind == kind && (rank_of(paper) > 0 || kind == QualificationKind::EthnicLanguage);
    papers.iter().rev().filter(can_be_told).max_by_key(|paper| rank_of(paper))
}

fn rating(code: &str, person: &Known) -> Cell {
    let yearly = person.ratings.iter().filter(|(kind, ..)| *kind == RatingKind::Yearly);
    match yearly.max_by_key(|(.., on)| *on) {
        Some((_, band, _)) if code == "rating" => chosen(code, Some(band.code())),
        Some((.., on)) => Cell::Number(i64::from(on.year())),
        None => Cell::Empty,
    }
}

fn text(text: Option<&String>) -> Cell {
    text.filter(|text| !text.trim().is_empty()).map_or(Cell::Empty, |text| Cell::Text(text.clone()))
}

fn day(day: Option<Date>) -> Cell {
    day.map_or(Cell::Empty, Cell::Day)
}

/// The word that files have for a choice.
fn chosen(field: &str, code: Option<&str>) -> Cell {
    let word = code.and_then(|code| choices(field).find(|(known, _)| *known == code));
    word.map_or(Cell::Empty, |(_, word)| Cell::Text(word.to_owned()))
}
