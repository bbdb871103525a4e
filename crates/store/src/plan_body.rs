//! The lines of a plan as the text that a version keeps, and back. Empty fields are left out, so that later versions of the program may
//! add fields and still read old plans.
//! Not for: rules (`domain::plans`).

use domain::ids::{OfficialId, ProgrammeId, UnitId};
use domain::people::{Degree, LeaderGroup, StaffKind, StudyField};
use domain::plans::{Agency, Body, Line, MoneySource, Months, Seats, TopicRef};
use domain::training::{ClassForm, ContentGroup, Mode, Programme};
use serde::{Deserialize, Serialize};

use crate::db::StoreError;
use crate::sql::code;

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct BodyText {
    lines: Vec<LineText>,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct LineText {
    key: u32,
    #[serde(skip_serializing_if = "Option::is_none")]
    topic: Option<(String, String)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    words: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    programme: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    named: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    content: Option<String>,
    form: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    degree: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    field: Option<String>,
    classes: u32,
    class_size: u32,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    seats: Vec<SeatsText>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    officials: Vec<i64>,
    year: i32,
    months: Vec<(u8, u8)>,
    #[serde(skip_serializing_if = "String::is_empty")]
    place: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    cluster: Vec<i64>,
    mode: String,
    days: u32,
    periods: u32,
    abroad: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    lead: Option<AgencyText>,
    #[serde(rename = "with", skip_serializing_if = "Vec::is_empty")]
    together: Vec<AgencyText>,
    cost: i64,
    #[serde(skip_serializing_if = "String::is_empty")]
    cost_basis: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Debug, Default, Serialize, Deserialize)]
#[serde(default)]
struct SeatsText {
    #[serde(skip_serializing_if = "Option::is_none")]
    unit: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    staff: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    group: Option<String>,
    people: u32,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum AgencyText {
    Actor(String),
    Unit(i64),
}

/// The text of a body.
///
/// # Errors
/// [`StoreError::Unreadable`] never in practice: every field has a text.
pub(crate) fn write(body: &Body) -> Result<String, StoreError> {
    let text = BodyText { lines: body.lines.iter().map(line_text).collect() };
    serde_json::to_string(&text).map_err(|error| StoreError::Unreadable(error.to_string()))
}

/// The body of a text.
///
/// # Errors
/// [`StoreError::Unreadable`] when it is not one.
pub(crate) fn read(text: &str) -> Result<Body, StoreError> {
    let text: BodyText = serde_json::from_str(text).map_err(|error| StoreError::Unreadable(error.to_string()))?;
    Ok(Body { lines: text.lines.into_iter().map(line).collect::<Result<_, _>>()? })
}

fn line_text(line: &Line) -> LineText {
    let agency = |agency: &Agency| match agency {
        Agency::Actor(code) => AgencyText::Actor(code.clone()),
        Agency::Unit(unit) => AgencyText::Unit(unit.0),
    };
    let seats = |seats: &Seats| SeatsText {
        unit: seats.unit.map(|unit| unit.0),
        staff: seats.staff.map(|staff| staff.code().to_owned()),
        group: seats.group.map(|group| group.code().to_owned()),
        people: seats.people,
    };
    LineText {
        key: line.key,
        topic: line.topic.as_ref().map(|topic| (topic.scheme.clone(), topic.code.clone())),
        words: line.words.clone(),
        programme: line.programme.map(|id| id.0),
        named: line.named.map(|named| named.code().to_owned()),
        content: line.content.map(|content| content.code().to_owned()),
        form: line.form.code().to_owned(),
        degree: line.degree.map(|degree| degree.code().to_owned()),
        field: line.field.map(|field| field.code().to_owned()),
        classes: line.classes,
        class_size: line.class_size,
        seats: line.seats.iter().map(seats).collect(),
        officials: line.officials.iter().map(|id| id.0).collect(),
        year: line.year,
        months: line.months.iter().map(|months| (months.from, months.to)).collect(),
        place: line.place.clone(),
        cluster: line.cluster.iter().map(|unit| unit.0).collect(),
        mode: line.mode.code().to_owned(),
        days: line.days,
        periods: line.periods,
        abroad: line.abroad,
        lead: line.lead.as_ref().map(agency),
        together: line.with.iter().map(agency).collect(),
        cost: line.cost,
        cost_basis: line.cost_basis.clone(),
        source: line.source.map(|source| source.code().to_owned()),
        note: line.note.clone(),
    }
}

fn line(text: LineText) -> Result<Line, StoreError> {
    let agency = |agency: AgencyText| match agency {
        AgencyText::Actor(code) => Agency::Actor(code),
        AgencyText::Unit(unit) => Agency::Unit(UnitId(unit)),
    };
    let seats = |seats: SeatsText| {
        Ok::<_, StoreError>(Seats {
            unit: seats.unit.map(UnitId),
            staff: maybe(seats.staff, StaffKind::from_code)?,
            group: maybe(seats.group, LeaderGroup::from_code)?,
            people: seats.people,
        })
    };
    Ok(Line {
        key: text.key,
        topic: text.topic.map(|(scheme, code)| TopicRef { scheme, code }),
        words: text.words,
        programme: text.programme.map(ProgrammeId),
        named: maybe(text.named, Programme::from_code)?,
        content: maybe(text.content, ContentGroup::from_code)?,
        form: code(&text.form, ClassForm::from_code)?,
        degree: maybe(text.degree, Degree::from_code)?,
        field: maybe(text.field, StudyField::from_code)?,
        classes: text.classes,
        class_size: text.class_size,
        seats: text.seats.into_iter().map(seats).collect::<Result<_, _>>()?,
        officials: text.officials.into_iter().map(OfficialId).collect(),
        year: text.year,
        months: text.months.into_iter().map(|(from, to)| Months { from, to }).collect(),
        place: text.place,
        cluster: text.cluster.into_iter().map(UnitId).collect(),
        mode: code(&text.mode, Mode::from_code)?,
        days: text.days,
        periods: text.periods,
        abroad: text.abroad,
        lead: text.lead.map(agency),
        with: text.together.into_iter().map(agency).collect(),
        cost: text.cost,
        cost_basis: text.cost_basis,
        source: maybe(text.source, MoneySource::from_code)?,
        note: text.note,
    })
}

fn maybe<T>(text: Option<String>, from_code: fn(&str) -> Option<T>) -> Result<Option<T>, StoreError> {
    text.map(|text| code(&text, from_code)).transpose()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_body_returns_from_its_text() {
        let full = Line {
            topic: Some(TopicRef { scheme: "s".to_owned(), code: "A.1".to_owned() }),
            programme: Some(ProgrammeId(3)),
            named: Some(Programme::Sector),
            content: Some(ContentGroup::It),
            degree: Some(Degree::Master),
            seats: vec![Seats { unit: Some(UnitId(4)), staff: Some(StaffKind::CongChuc), group: Some(LeaderGroup::N3), people: 9 }],
            officials: vec![OfficialId(8)],
            months: vec![Months { from: 3, to: 5 }],
            cluster: vec![UnitId(4)],
            lead: Some(Agency::Actor("so-noi-vu".to_owned())),
            with: vec![Agency::Unit(UnitId(4))],
            source: Some(MoneySource::Province),
            ..Line::empty(1, 2027)
        };
        let body = Body { lines: vec![full, Line::empty(2, 2027)] };
        assert_eq!(read(&write(&body).unwrap()).unwrap(), body);
        assert!(read("{\"lines\":[{\"form\":\"khac\"}]}").is_err());
    }
}
