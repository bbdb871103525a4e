//! Generated rows as table rows.
//! Not for: keys; the loader gives them.

use domain::classes::Hours;
use domain::people::Degree;
use domain::text::fold;
use domain::time::number;
use domain::training::{ClassForm, TrainingKind};
use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use synthetic::rows as from;

fn code<T: std::fmt::Display>(value: Option<T>) -> Option<String> {
    value.map(|v| v.to_string())
}

fn rank(degree: Option<Degree>) -> i32 {
    degree.map_or(0, Degree::rank)
}

/// The key that orders a name as Vietnamese lists do: given name first, then family and middle names, in Vietnamese alphabetical order.
#[must_use]
pub fn sort_key(name: &str) -> Vec<u8> {
    let mut words: Vec<&str> = name.split_whitespace().collect();
    let given = usize::from(words.len() > 1);
    words.rotate_right(given);
    let mut key = Vec::new();
    if let Some(collator) = collator() {
        // Writing into a vector cannot fail.
        let _: Result<(), _> = collator.write_sort_key_to(&words.join(" "), &mut key);
    }
    key
}

fn collator() -> Option<&'static CollatorBorrowed<'static>> {
    static COLLATOR: std::sync::OnceLock<Option<CollatorBorrowed<'static>>> = std::sync::OnceLock::new();
    COLLATOR
        .get_or_init(|| {
            let vietnamese = icu_collator::CollatorPreferences::from(&icu_locale_core::locale!("vi"));
            CollatorBorrowed::try_new(vietnamese, CollatorOptions::default()).ok()
        })
        .as_ref()
}

pub(super) fn unit(u: &from::Unit) -> entity::unit::Model {
    entity::unit::Model {
        id: u.id,
        code: u.code.clone(),
        name: u.name.clone(),
        folded: fold(&format!("{} {}", u.name, u.code)),
        kind: u.kind.to_string(),
        level: u.level.to_string(),
        bloc: u.bloc.to_string(),
        actor: u.actor.clone(),
        starts_on: number(u.starts_on),
        ends_on: u.ends_on.map(number),
    }
}

pub(super) fn link(id: i64, l: &from::UnitLink) -> entity::unit_link::Model {
    entity::unit_link::Model {
        id,
        unit_id: l.unit,
        parent_id: l.parent,
        starts_on: number(l.starts_on),
        ends_on: l.ends_on.map(number),
        decision_number: None,
    }
}

pub(super) fn spot(id: i64, s: &from::UnitSpot) -> entity::unit_spot::Model {
    entity::unit_spot::Model {
        id,
        unit_id: s.unit,
        latitude: s.spot.latitude,
        longitude: s.spot.longitude,
        starts_on: number(s.starts_on),
        ends_on: None,
    }
}

pub(super) fn area(id: i64, a: &from::UnitArea) -> entity::unit_area::Model {
    entity::unit_area::Model {
        id,
        unit_id: a.unit,
        area: a.area.to_string(),
        starts_on: number(a.starts_on),
        ends_on: None,
        decision: a.decision.clone(),
    }
}

pub(super) fn succession(id: i64, s: &from::UnitSuccession) -> entity::unit_succession::Model {
    entity::unit_succession::Model {
        id,
        unit_id: s.unit,
        successor_id: s.successor,
        effective_on: number(s.on),
        change: s.change.to_string(),
        main: s.main,
        decision_number: None,
    }
}

/// A post of which nothing is known but its title.
pub(crate) fn post(id: i64, title: &str) -> entity::post::Model {
    entity::post::Model { id, title: title.to_owned(), code: None, post_group: None, unit_kinds: None, starts_on: None, ends_on: None }
}

pub(super) fn class(c: &from::Class) -> entity::training_class::Model {
    entity::training_class::Model {
        id: c.id,
        code: c.code.clone(),
        name: c.name.clone(),
        form: c.form.to_string(),
        content: code(c.content),
        programme: code(c.programme),
        scheme: c.scheme.clone(),
        topic: c.topic.clone(),
        mode: c.mode.to_string(),
        abroad: c.abroad,
        lead_unit_id: c.lead_unit,
        status: c.status.to_string(),
        starts_on: number(c.starts_on),
        ends_on: number(c.ends_on),
        kind: if c.form == ClassForm::Degree { TrainingKind::Education } else { TrainingKind::Training }.to_string(),
        degree: None,
        field: None,
        programme_id: None,
        plan_id: None,
        plan_line: None,
        hours: Hours::Office.to_string(),
        school: c.school.clone(),
        place: c.place.clone(),
        days: 0,
        periods: 0,
        most: 0,
        least: 0,
        staff: String::new(),
        leader_groups: String::new(),
        level: None,
        names_until: None,
        cost: 0,
        source: None,
        note: String::new(),
        decision_number: None,
        decided_on: None,
        results_number: None,
        recognised_on: None,
        revision: 1,
    }
}

pub(super) fn official(o: &from::Official) -> entity::official::Model {
    entity::official::Model {
        id: o.id,
        code: o.code.clone(),
        name: o.name.clone(),
        folded: fold(&o.name),
        sort_key: sort_key(&o.name),
        birth_on: number(o.birth_on),
        sex: o.sex.to_string(),
        ethnicity: o.ethnicity,
        record_code: None,
        other_names: None,
        citizen_number: None,
        religion: None,
        health: None,
        recruited_on: None,
        revision: 1,
    }
}

pub(super) fn posting(id: i64, post_id: i64, p: &from::Posting) -> entity::posting::Model {
    entity::posting::Model {
        id,
        official_id: p.official,
        unit_id: p.unit,
        post_id,
        staff: p.staff.to_string(),
        level: p.level.to_string(),
        bloc: p.bloc.to_string(),
        leadership: code(p.leadership),
        leader_group: code(p.group),
        duty: code(p.duty),
        appointment: code(p.appointment),
        fits_post: p.fits_post,
        starts_on: number(p.starts_on),
        ends_on: p.ends_on.map(number),
        decision_number: None,
        grade: p.grade().map(str::to_owned),
        ended_by: None,
    }
}

pub(super) fn qualification(id: i64, q: &from::Qualification) -> entity::qualification::Model {
    entity::qualification::Model {
        id,
        official_id: q.official,
        kind: q.kind.to_string(),
        degree: code(q.degree),
        degree_rank: rank(q.degree),
        field: code(q.field),
        grade: q.grade.clone(),
        granted_on: number(q.granted_on),
        expires_on: None,
        issuer: None,
        number: None,
        source: "imported".to_owned(),
    }
}

pub(super) fn record(r: &from::Record) -> entity::training_record::Model {
    entity::training_record::Model {
        id: r.id,
        official_id: r.official,
        class_id: r.class,
        kind: r.kind.to_string(),
        content: code(r.content),
        degree: code(r.degree),
        degree_rank: rank(r.degree),
        field: code(r.field),
        programme: code(r.programme),
        scheme: r.scheme.clone(),
        topic: r.topic.clone(),
        form: r.form.to_string(),
        mode: r.mode.to_string(),
        abroad: r.abroad,
        periods: r.periods,
        starts_on: number(r.starts_on),
        ends_on: r.ends_on.map(number),
        outcome: r.outcome.to_string(),
        staff: r.staff.to_string(),
        unit_id: r.unit,
        leader_group: code(r.group),
        source: "learned".to_owned(),
        evidence: None,
        title: None,
    }
}

pub(super) fn follow_up(id: i64, f: &from::FollowUp) -> entity::follow_up::Model {
    entity::follow_up::Model { id, record_id: f.record, kind: f.kind.to_string(), followed_on: number(f.on), band: code(f.band) }
}

pub(super) fn receipt(id: i64, r: &from::Receipt) -> entity::receipt::Model {
    entity::receipt::Model { id, official_id: r.official, kind: r.kind.to_string(), received_on: number(r.on) }
}

pub(super) fn rating(id: i64, r: &from::Rating) -> entity::rating::Model {
    entity::rating::Model {
        id,
        official_id: r.official,
        kind: r.kind.to_string(),
        band: r.band.to_string(),
        band_rank: r.band.rank(),
        rated_on: number(r.on),
    }
}

#[cfg(test)]
mod tests {
    use super::sort_key;

    #[test]
    fn names_order_by_given_name_in_the_vietnamese_alphabet() {
        let mut names = ["Lê Văn Đặng", "Trần Thị An", "Phạm Văn Dũng", "Nguyễn Văn Ân", "Lê Thị Ăn", "Bùi Văn Đa"];
        names.sort_by_key(|n| sort_key(n));
        assert_eq!(names, ["Trần Thị An", "Lê Thị Ăn", "Nguyễn Văn Ân", "Phạm Văn Dũng", "Bùi Văn Đa", "Lê Văn Đặng"]);
    }
}
