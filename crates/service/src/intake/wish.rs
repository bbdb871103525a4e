//! A row of a file as what it says of a person.
//! Not for: whether it is right, or new (`judge`).

use domain::people::{Band, Degree, Leadership, QualificationKind, Sex, StaffKind, StudyField};
use domain::time::{Date, date};
use workbooks::values::{Citizen, Dated, Record, Repair};
use workbooks::{At, Value};

use super::fault::Fault;

/// What a row says of a degree or certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PaperWish {
    /// The field that says it, for the place of a fault.
    pub(super) field: &'static str,
    pub(super) kind: QualificationKind,
    pub(super) degree: Option<Degree>,
    pub(super) study: Option<StudyField>,
    pub(super) level: Option<String>,
    pub(super) on: Option<Dated>,
    pub(super) issuer: Option<String>,
    pub(super) number: Option<String>,
}

/// What a row says of a person; nothing of what it does not say.
#[derive(Debug, Clone, Default)]
pub(super) struct Wish {
    pub(super) row: u32,
    pub(super) group: Vec<String>,
    pub(super) code: Option<String>,
    pub(super) record_code: Option<String>,
    pub(super) name: Option<String>,
    /// The name stood in the file in capitals only, or in small letters only.
    pub(super) is_cased: bool,
    pub(super) other_names: Option<String>,
    pub(super) birth: Option<Dated>,
    pub(super) sex: Option<Sex>,
    pub(super) ethnicity: Option<i32>,
    pub(super) religion: Option<String>,
    pub(super) health: Option<String>,
    pub(super) citizen: Option<String>,
    pub(super) recruited: Option<Dated>,
    pub(super) unit: Option<String>,
    pub(super) post: Option<String>,
    pub(super) staff: Option<StaffKind>,
    pub(super) leadership: Option<Leadership>,
    pub(super) grade: Option<String>,
    pub(super) from: Option<Dated>,
    pub(super) decision: Option<String>,
    pub(super) papers: Vec<PaperWish>,
    pub(super) rating: Option<(Band, Option<i32>)>,
    pub(super) faults: Vec<Fault>,
}

/// The first day that a date can mean: the law takes the first of January for a birth of which only the year is known.
pub(super) fn first_day(dated: Dated) -> Option<Date> {
    match dated {
        Dated::Day(day) => Some(day),
        Dated::Month { year, month } => date(year, month, 1),
        Dated::Year(year) => date(year, 1, 1),
    }
}

/// Whether a day is one that a date can mean.
pub(super) fn may_be(dated: Dated, day: Date) -> bool {
    match dated {
        Dated::Day(exact) => exact == day,
        Dated::Month { year, month } => day.year() == year && u8::from(day.month()) == month,
        Dated::Year(year) => day.year() == year,
    }
}

impl Wish {
    /// What a record says.
    pub(super) fn of(record: &Record<'_>) -> Self {
        let read = Read { record };
        let name = read.text("name").or_else(|| match (read.text("family"), read.text("given")) {
            (Some(family), Some(given)) => Some(format!("{family} {given}")),
            _ => None,
        });
        Self {
            row: record.row,
            group: record.group.clone(),
            code: read.text("code").map(|code| code.to_uppercase()),
            record_code: read.text("record_code"),
            name,
            is_cased: ["name", "family", "given"]
                .iter()
                .filter_map(|field| record.reading(field))
                .any(|r| r.repaired.contains(&Repair::Case)),
            other_names: read.text("other_names"),
            birth: read.dated("birth"),
            sex: read.code("sex", Sex::from_code),
            ethnicity: read.code("ethnicity", |code| code.parse().ok()),
            religion: read.text("religion"),
            health: read.text("health"),
            citizen: read.citizen(),
            recruited: read.dated("recruited"),
            unit: read.text("unit"),
            post: read.text("post"),
            staff: read.code("staff", StaffKind::from_code),
            leadership: read.code("leadership", Leadership::from_code),
            grade: read.text("grade"),
            from: read.dated("from"),
            decision: read.text("decision"),
            papers: read.papers(),
            rating: read.code("rating", Band::from_code).map(|band| (band, read.year("rating_year"))),
            faults: record.problems.iter().map(Fault::from).collect(),
        }
    }

    /// The place of a fault: the cell of a field, or the first cell of the row for a field that no column has.
    pub(super) const fn at(&self, column: u16) -> At {
        At::new(self.row, column)
    }
}

struct Read<'r> {
    record: &'r Record<'r>,
}

impl Read<'_> {
    fn text(&self, field: &str) -> Option<String> {
        match self.record.value(field)? {
            Value::Text(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            Value::Code(code) => Some(code.clone()),
            Value::Integer(number) => Some(number.to_string()),
            _ => None,
        }
    }

    fn dated(&self, field: &str) -> Option<Dated> {
        if let Value::Date(dated) = self.record.value(field)? { Some(*dated) } else { None }
    }

    fn year(&self, field: &str) -> Option<i32> {
        if let Value::Integer(year) = self.record.value(field)? { i32::try_from(*year).ok() } else { None }
    }

    fn code<T>(&self, field: &str, from_code: fn(&str) -> Option<T>) -> Option<T> {
        if let Value::Code(code) = self.record.value(field)? { from_code(code) } else { None }
    }

    fn citizen(&self) -> Option<String> {
        match self.record.value("citizen_number")? {
            Value::Citizen(Citizen::New(digits) | Citizen::Old(digits)) => Some(digits.clone()),
            _ => None,
        }
    }

    fn papers(&self) -> Vec<PaperWish> {
        let mut papers = Vec::new();
        if let Some(degree) = self.code("degree", Degree::from_code) {
            let study = self.code("field", StudyField::from_code);
            let professional = self.paper("degree", QualificationKind::Professional, None, "degree_on");
            let (issuer, number) = (self.text("degree_issuer"), self.text("degree_number"));
            papers.push(PaperWish { degree: Some(degree), study, issuer, number, ..professional });
        }
        for (field, kind, on) in [
            ("theory", QualificationKind::PoliticalTheory, "theory_on"),
            ("state", QualificationKind::StateManagement, "state_on"),
            ("course", QualificationKind::LeadershipCourse, ""),
            ("defence", QualificationKind::DefenceSecurity, "defence_on"),
            ("language", QualificationKind::Language, ""),
            ("it", QualificationKind::It, ""),
        ] {
            papers.extend(self.text(field).map(|level| self.paper(field, kind, Some(level), on)));
        }
        if self.record.value("ethnic_language") == Some(&Value::YesNo(true)) {
            papers.push(self.paper("ethnic_language", QualificationKind::EthnicLanguage, None, ""));
        }
        papers
    }

    fn paper(&self, field: &'static str, kind: QualificationKind, level: Option<String>, on: &str) -> PaperWish {
        PaperWish { field, kind, degree: None, study: None, level, on: self.dated(on), issuer: None, number: None }
    }
}
