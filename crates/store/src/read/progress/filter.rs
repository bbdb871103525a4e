//! Filters of schemes as conditions in the dialect both engines share. Every function adds ` AND …`; "any" adds nothing.
//! Not for: joins; the caller joins what `needs_official` asks for.

use domain::progress::Window;
use domain::schemes::filters::{DatedBy, EventFilter, PersonFilter, QualificationFilter, RecordFilter, TopicScope};

use super::n;
use crate::sql::Sql;

/// Whether a filter looks at columns of `official` (alias `o`).
pub(in crate::read) const fn needs_official(who: &PersonFilter) -> bool {
    who.sex.is_some() || who.minority.is_some() || who.under_age.is_some() || who.from_age.is_some()
}

/// Conditions on a posting `p` (and official `o`); ages are taken on the date expression `on`.
pub(in crate::read) fn person(sql: &mut Sql, who: &PersonFilter, on: &str) {
    sql.and_in("p.staff", who.staff.iter().map(|c| c.code()))
        .and_in("p.level", who.levels.iter().map(|c| c.code()))
        .and_in("p.bloc", who.blocs.iter().map(|c| c.code()))
        .and_in("p.leadership", who.leaderships.iter().map(|c| c.code()))
        .and_in("p.leader_group", who.groups.iter().map(|c| c.code()))
        .and_in("p.duty", who.duties.iter().map(|c| c.code()));
    match who.leads {
        Some(true) => sql.push(" AND p.leadership IS NOT NULL"),
        Some(false) => sql.push(" AND p.leadership IS NULL"),
        None => sql,
    };
    if let Some(fits) = who.fits_post {
        sql.push(" AND p.fits_post = ").bind(fits);
    }
    if let Some(sex) = who.sex {
        sql.push(" AND o.sex = ").bind(sex.code());
    }
    match who.minority {
        Some(true) => sql.push(" AND o.ethnicity <> 1"),
        Some(false) => sql.push(" AND o.ethnicity = 1"),
        None => sql,
    };
    if let Some(age) = who.under_age {
        sql.push(&format!(" AND {on} - o.birth_on < ")).bind(i32::from(age) * 10_000);
    }
    if let Some(age) = who.from_age {
        sql.push(&format!(" AND {on} - o.birth_on >= ")).bind(i32::from(age) * 10_000);
    }
}

/// Conditions on an attendance `t`, without its date.
pub(in crate::read) fn record(sql: &mut Sql, did: &RecordFilter, scheme: &str) {
    sql.and_in("t.kind", did.kinds.iter().map(|c| c.code()))
        .and_in("t.content", did.contents.iter().map(|c| c.code()))
        .and_in("t.degree", did.degrees.iter().map(|c| c.code()))
        .and_in("t.field", did.fields.iter().map(|c| c.code()))
        .and_in("t.programme", did.programmes.iter().map(|c| c.code()))
        .and_in("t.form", did.forms.iter().map(|c| c.code()))
        .and_in("t.mode", did.modes.iter().map(|c| c.code()))
        .and_in("t.outcome", did.outcomes.iter().map(|c| c.code()))
        .and_in("t.staff", did.staff.iter().map(|c| c.code()));
    if let Some(abroad) = did.abroad {
        sql.push(" AND t.abroad = ").bind(abroad);
    }
    topics(sql, "t", did.topics.as_ref(), scheme);
}

/// The attendance's deciding date lies in the counted part of the window.
pub(super) fn record_dated(sql: &mut Sql, did: &RecordFilter, window: &Window) {
    let column = date_column(did);
    sql.push(&format!(" AND {column} >= ")).bind(n(window.from)).push(&format!(" AND {column} < ")).bind(n(window.cut));
}

/// The column that decides whether an attendance lies in a period.
pub(super) const fn date_column(did: &RecordFilter) -> &'static str {
    match did.dated_by {
        DatedBy::Start => "t.starts_on",
        DatedBy::End => "t.ends_on",
    }
}

/// Conditions on an event `c`, without size and attendees.
pub(super) fn event(sql: &mut Sql, events: &EventFilter, scheme: &str) {
    sql.and_in("c.form", events.forms.iter().map(|c| c.code()))
        .and_in("c.content", events.contents.iter().map(|c| c.code()))
        .and_in("c.programme", events.programmes.iter().map(|c| c.code()));
    if let Some(abroad) = events.abroad {
        sql.push(" AND c.abroad = ").bind(abroad);
    }
    topics(sql, "c", events.topics.as_ref(), scheme);
}

/// Conditions on the roster of an event (grouped attendances `t`).
pub(super) fn roster(sql: &mut Sql, events: &EventFilter) {
    if let Some((least, most)) = events.size {
        sql.push(" AND COUNT(t.id) >= ").bind(i64::from(least)).push(" AND COUNT(t.id) <= ").bind(i64::from(most));
    }
    if !events.with_groups.is_empty() {
        sql.push(" AND MAX(CASE WHEN t.id IS NOT NULL").and_in("t.leader_group", events.with_groups.iter().map(|g| g.code()));
        sql.push(" THEN 1 ELSE 0 END) = 1");
    }
}

/// Conditions on a qualification `q`, without dates.
pub(super) fn qualification(sql: &mut Sql, holds: &QualificationFilter) {
    sql.push(" AND q.kind = ").bind(holds.kind.code()).and_in("q.degree", holds.degrees.iter().map(|c| c.code()));
}

fn topics(sql: &mut Sql, alias: &str, topics: Option<&TopicScope>, scheme: &str) {
    let Some(scope) = topics else { return };
    sql.push(&format!(" AND {alias}.scheme = ")).bind(scheme);
    if let TopicScope::Of(codes) = scope {
        sql.and_in(&format!("{alias}.topic"), codes.iter().map(String::as_str));
    }
}
