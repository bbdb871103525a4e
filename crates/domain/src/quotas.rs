//! Comparing quotas with what was counted: one line per agency, topic and year.
//! Not for: counting (`store`).

use crate::ids::UnitId;
use crate::people::{Degree, LeaderGroup, StaffKind, StudyField};
use crate::schemes::targets::Recurrence;
use crate::schemes::{Quota, QuotaAgency, QuotaCounts};
use crate::time::Date;
use crate::training::ClassForm;

/// Events of a topic and form that began in a year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EventCount {
    /// Topic code.
    pub topic: String,
    /// Form.
    pub form: ClassForm,
    /// Year.
    pub year: i32,
    /// How many.
    pub count: i64,
}

/// People sent to a degree by an agency.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct PlaceCount {
    /// The agency.
    pub agency: UnitId,
    /// Field.
    pub field: Option<StudyField>,
    /// Degree.
    pub degree: Option<Degree>,
    /// Kind of staff when sent.
    pub staff: StaffKind,
    /// Group when sent.
    pub group: Option<LeaderGroup>,
    /// Year of the first day.
    pub year: i32,
    /// How many people.
    pub count: i64,
}

/// One comparison.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuotaLine {
    /// Quota code.
    pub quota: String,
    /// Topic, for quotas per topic.
    pub topic: Option<String>,
    /// Agency, for quotas of agencies: the actor code, and the unit for "each".
    pub agency: Option<(String, Option<UnitId>)>,
    /// Year, for yearly quotas.
    pub year: Option<i32>,
    /// Counted.
    pub count: i64,
    /// To reach.
    pub at_least: i64,
}

impl QuotaLine {
    /// Whether the quota is reached.
    #[must_use]
    pub const fn is_reached(&self) -> bool {
        self.count >= self.at_least
    }
}

/// Everything that was counted for a scheme's quotas.
#[derive(Debug, Clone, Default)]
pub struct Counts {
    /// Events by topic, form and year.
    pub events: Vec<EventCount>,
    /// Places by agency.
    pub places: Vec<PlaceCount>,
    /// Agencies that lived when the scheme was signed, under their own code and under the codes of their groups.
    pub agencies: Vec<(String, UnitId)>,
}

/// The lines of one quota up to a day.
#[must_use]
pub fn lines(quota: &Quota, counts: &Counts, as_of: Date) -> Vec<QuotaLine> {
    match &quota.counts {
        QuotaCounts::Events { form, topics, per_topic } => event_lines(quota, *form, topics, *per_topic, &counts.events, as_of),
        QuotaCounts::Places { degrees, field, eligible } => {
            let counted = |p: &&PlaceCount| {
                p.degree.is_some_and(|d| degrees.contains(&d))
                    && (field.is_none() || p.field == *field)
                    && (eligible.is_empty()
                        || eligible.iter().any(|(staff, groups)| *staff == p.staff && p.group.is_some_and(|g| groups.contains(&g))))
            };
            let lines = |year: Option<i32>| {
                let counted = move |p: &&PlaceCount| counted(p) && year.is_none_or(|y| y == p.year);
                quota.agencies.iter().flat_map(|a| place_lines(quota, a, counts, year, &counted)).collect::<Vec<_>>()
            };
            years(quota, as_of).into_iter().flat_map(lines).collect()
        }
    }
}

fn event_lines(quota: &Quota, form: ClassForm, topics: &[String], per_topic: bool, events: &[EventCount], as_of: Date) -> Vec<QuotaLine> {
    let groups: Vec<Option<&String>> = if per_topic { topics.iter().map(Some).collect() } else { vec![None] };
    let mut lines = Vec::new();
    for year in years(quota, as_of) {
        for topic in &groups {
            let count = events
                .iter()
                .filter(|e| e.form == form && topics.contains(&e.topic) && topic.is_none_or(|t| *t == e.topic))
                .filter(|e| year.is_none_or(|y| y == e.year))
                .map(|e| e.count)
                .sum();
            lines.push(QuotaLine { quota: quota.code.clone(), topic: topic.cloned(), agency: None, year, count, at_least: quota.at_least });
        }
    }
    lines
}

/// The years that have begun, for yearly quotas; one line without a year for the others.
fn years(quota: &Quota, as_of: Date) -> Vec<Option<i32>> {
    match quota.recurrence {
        Recurrence::Once => vec![None],
        Recurrence::Yearly => quota.phase.years(as_of).filter(|y| *y <= as_of.year()).map(Some).collect(),
    }
}

fn place_lines(
    quota: &Quota,
    agency: &QuotaAgency,
    counts: &Counts,
    year: Option<i32>,
    counted: &dyn Fn(&&PlaceCount) -> bool,
) -> Vec<QuotaLine> {
    let members = |actor: &str| counts.agencies.iter().filter(|(a, _)| a == actor).map(|(_, unit)| *unit).collect::<Vec<_>>();
    let line = |actor: &str, unit: Option<UnitId>| {
        let units = unit.map_or_else(|| members(actor), |u| vec![u]);
        QuotaLine {
            quota: quota.code.clone(),
            topic: None,
            agency: Some((actor.to_owned(), unit)),
            year,
            count: counts.places.iter().filter(counted).filter(|p| units.contains(&p.agency)).map(|p| p.count).sum(),
            at_least: quota.at_least,
        }
    };
    match agency {
        QuotaAgency::One(actor) | QuotaAgency::Together(actor) => vec![line(actor, None)],
        QuotaAgency::Each(actor) => members(actor).into_iter().map(|unit| line(actor, Some(unit))).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::schemes::Title;
    use crate::time::{Interval, parse};

    fn quota(counts: QuotaCounts, agencies: Vec<QuotaAgency>, recurrence: Recurrence) -> Quota {
        let phase = Interval::of_days(parse("2024-01-01").unwrap(), parse("2025-12-31").unwrap()).unwrap();
        Quota { code: "Q".into(), section: "I".into(), title: Title::default(), counts, agencies, recurrence, phase, at_least: 1 }
    }

    fn place(agency: i64, year: i32, group: Option<LeaderGroup>, count: i64) -> PlaceCount {
        PlaceCount { agency: UnitId(agency), field: None, degree: Some(Degree::Master), staff: StaffKind::CongChuc, group, year, count }
    }

    fn counts() -> Counts {
        Counts {
            events: vec![
                EventCount { topic: "A.1".into(), form: ClassForm::Class, year: 2024, count: 2 },
                EventCount { topic: "A.2".into(), form: ClassForm::Workshop, year: 2024, count: 1 },
            ],
            places: vec![place(1, 2024, Some(LeaderGroup::N3), 2), place(2, 2025, None, 3)],
            agencies: vec![("huyen-1".into(), UnitId(1)), ("ubnd-huyen".into(), UnitId(1)), ("ubnd-huyen".into(), UnitId(2))],
        }
    }

    fn counted(quota: &Quota) -> Vec<i64> {
        lines(quota, &counts(), parse("2025-06-30").unwrap()).iter().map(|l| l.count).collect()
    }

    #[test]
    fn events_count_by_form_topic_and_year() {
        let events = |per_topic| QuotaCounts::Events { form: ClassForm::Class, topics: vec!["A.1".into(), "A.2".into()], per_topic };
        assert_eq!(counted(&quota(events(true), Vec::new(), Recurrence::Yearly)), [2, 0, 0, 0]);
        assert_eq!(counted(&quota(events(false), Vec::new(), Recurrence::Once)), [2]);
    }

    #[test]
    fn places_count_by_agency_group_and_year() {
        let places = |eligible| QuotaCounts::Places { degrees: vec![Degree::Master], field: None, eligible };
        let leaders = vec![(StaffKind::CongChuc, vec![LeaderGroup::N3])];
        let each = || vec![QuotaAgency::Each("ubnd-huyen".into())];
        assert_eq!(counted(&quota(places(leaders), each(), Recurrence::Once)), [2, 0]);
        assert_eq!(counted(&quota(places(Vec::new()), each(), Recurrence::Once)), [2, 3]);
        let together = vec![QuotaAgency::Together("ubnd-huyen".into())];
        assert_eq!(counted(&quota(places(Vec::new()), together, Recurrence::Yearly)), [2, 3]);
    }
}
