//! Counts without a population: people sent, events held, conditions met before an appointment, follow-ups, yes or no.
//! Not for: shares of a population (`shares`).

use domain::people::Appointment;
use domain::schemes::filters::{EventFilter, PersonFilter, RecordFilter};
use domain::schemes::targets::{Did, InnerFilter};
use domain::time;
use domain::training::FollowUpKind;

use super::{Question, filter, n};
use crate::sql::Sql;

/// Opens the statement; without a part of the province there is no common table, so the leading word falls away.
fn open(question: &Question<'_>, body: &str) -> Sql {
    let mut sql = Sql::new();
    question.place.open(&mut sql);
    sql.push(body);
    sql
}

/// The attendances of people sent, as the common table `hits`.
pub(super) fn sent_table(question: &Question<'_>, who: &PersonFilter, did: &RecordFilter) -> Sql {
    let mut sql = open(question, "hits AS (SELECT ");
    sql.push(question.place.branch()).push(" AS branch, t.official_id, ");
    let date = filter::date_column(did);
    sql.push(&format!("{date} AS at, CASE WHEN "));
    match question.target.inner.as_ref().map(|i| &i.of) {
        Some(InnerFilter::Records(inner)) => {
            sql.push("1 = 1");
            filter::record(&mut sql, inner, question.scheme);
        }
        _ => {
            sql.push("1 = 0");
        }
    }
    sql.push(" THEN t.official_id END AS inside FROM training_record t");
    question.place.join(&mut sql, "t.unit_id");
    if !who.is_any() {
        sql.push(" JOIN posting p ON p.official_id = t.official_id AND p.starts_on <= t.starts_on");
        sql.push(" AND (p.ends_on IS NULL OR p.ends_on > t.starts_on)");
    }
    if filter::needs_official(who) {
        sql.push(" JOIN official o ON o.id = t.official_id");
    }
    sql.push(" WHERE 1 = 1");
    filter::record(&mut sql, did, question.scheme);
    filter::record_dated(&mut sql, did, &question.window);
    filter::person(&mut sql, who, "t.starts_on");
    sql.push(") ");
    sql
}

pub(super) fn count_people(question: &Question<'_>, who: &PersonFilter, did: &RecordFilter) -> Sql {
    let mut sql = sent_table(question, who, did);
    sql.push(
        "SELECT branch, COUNT(DISTINCT official_id) AS numerator, CAST(0 AS bigint) AS denominator, COUNT(*) AS attendances, \
         COUNT(DISTINCT inside) AS inside, CAST(0 AS bigint) AS at_start FROM hits GROUP BY branch",
    );
    sql
}

/// The events that count, as the common table `events`.
pub(super) fn events_table(question: &Question<'_>, events: &EventFilter) -> Sql {
    let mut sql = open(question, "events AS (SELECT ");
    let branch = question.place.branch();
    sql.push(branch).push(" AS branch, c.id, COUNT(t.id) AS size, CASE WHEN ");
    match question.target.inner.as_ref().map(|i| &i.of) {
        Some(InnerFilter::Events(inner)) => {
            sql.push("1 = 1");
            filter::event(&mut sql, inner, question.scheme);
            filter::roster(&mut sql, inner);
        }
        _ => {
            sql.push("1 = 0");
        }
    }
    sql.push(" THEN 1 ELSE 0 END AS inside FROM training_class c");
    sql.push(" LEFT JOIN training_record t ON t.class_id = c.id AND t.outcome <> 'withdrawn'");
    question.place.join(&mut sql, "c.lead_unit_id");
    sql.push(" WHERE c.status IN ('running', 'finished', 'recognised', 'closed') AND c.starts_on >= ").bind(n(question.window.from));
    sql.push(" AND c.starts_on < ").bind(n(question.window.cut));
    filter::event(&mut sql, events, question.scheme);
    sql.push(" GROUP BY c.id");
    if branch == "place.branch" {
        sql.push(", place.branch");
    }
    sql.push(" HAVING 1 = 1");
    filter::roster(&mut sql, events);
    sql.push(") ");
    sql
}

pub(super) fn count_events(question: &Question<'_>, events: &EventFilter) -> Sql {
    let mut sql = events_table(question, events);
    sql.push(
        "SELECT branch, COUNT(*) AS numerator, CAST(0 AS bigint) AS denominator, CAST(SUM(size) AS bigint) AS attendances, \
         CAST(SUM(inside) AS bigint) AS inside, CAST(0 AS bigint) AS at_start FROM events GROUP BY branch",
    );
    sql
}

/// Appointments in the window with whether the condition was met before, as the common table `hits`.
pub(super) fn appointments_table(question: &Question<'_>, who: &PersonFilter, appointments: &[Appointment], met: &Did) -> Sql {
    let mut sql = open(question, "hits AS (SELECT ");
    sql.push(question.place.branch()).push(" AS branch, p.official_id, p.starts_on AS at, CASE WHEN EXISTS (SELECT 1 FROM ");
    match met {
        Did::Holds(holds) => {
            sql.push("qualification q WHERE q.official_id = p.official_id AND q.granted_on < p.starts_on");
            sql.push(" AND (q.expires_on IS NULL OR q.expires_on > p.starts_on)");
            filter::qualification(&mut sql, holds);
        }
        Did::Trained(did) => {
            sql.push("training_record t WHERE t.official_id = p.official_id AND t.ends_on < p.starts_on");
            filter::record(&mut sql, did, question.scheme);
        }
        Did::Received(kind) => {
            sql.push("receipt r WHERE r.official_id = p.official_id AND r.received_on < p.starts_on AND r.kind = ").bind(kind.code());
        }
    }
    sql.push(") THEN 1 ELSE 0 END AS met FROM posting p");
    question.place.join(&mut sql, "p.unit_id");
    if filter::needs_official(who) {
        sql.push(" JOIN official o ON o.id = p.official_id");
    }
    sql.push(" WHERE p.starts_on >= ").bind(n(question.window.from)).push(" AND p.starts_on < ").bind(n(question.window.cut));
    sql.and_in("p.appointment", appointments.iter().map(|a| a.code()));
    filter::person(&mut sql, who, "p.starts_on");
    sql.push(") ");
    sql
}

pub(super) fn before(question: &Question<'_>, who: &PersonFilter, appointments: &[Appointment], met: &Did) -> Sql {
    let mut sql = appointments_table(question, who, appointments, met);
    sql.push(MET_OF_ALL);
    sql
}

/// Attendances due for a follow-up with whether it was done, as the common table `hits`.
pub(super) fn follow_up_table(question: &Question<'_>, of: &RecordFilter, follow_up: FollowUpKind, after_months: u8) -> Sql {
    let window = &question.window;
    let mut sql = open(question, "hits AS (SELECT ");
    sql.push(question.place.branch()).push(" AS branch, t.official_id, t.ends_on AS at, CASE WHEN EXISTS (");
    sql.push("SELECT 1 FROM follow_up f WHERE f.record_id = t.id AND f.kind = ").bind(follow_up.code());
    sql.push(" AND f.followed_on < ").bind(n(window.cut));
    if after_months > 0 {
        sql.push(&format!(" AND {}", full_months("t.ends_on", "f.followed_on", after_months)));
    }
    sql.push(") THEN 1 ELSE 0 END AS met FROM training_record t");
    question.place.join(&mut sql, "t.unit_id");
    sql.push(" WHERE t.ends_on >= ").bind(n(window.from)).push(" AND t.ends_on < ").bind(n(window.cut));
    if after_months > 0 {
        // Nobody is late before the full months have passed.
        let last_counted = window.cut.previous_day().unwrap_or(window.cut);
        let due = time::months_before(last_counted, i32::from(after_months)).map_or(0, n);
        sql.push(" AND t.ends_on <= ").bind(due);
    }
    filter::record(&mut sql, of, question.scheme);
    sql.push(") ");
    sql
}

pub(super) fn follow_ups(question: &Question<'_>, of: &RecordFilter, follow_up: FollowUpKind, after_months: u8) -> Sql {
    let mut sql = follow_up_table(question, of, follow_up, after_months);
    sql.push(MET_OF_ALL);
    sql
}

/// The sum is named once: SQLite would look up every `met` again for each place that the sum stands in.
const MET_OF_ALL: &str = "SELECT branch, met AS numerator, amount AS denominator, met AS attendances, CAST(0 AS bigint) AS inside, \
     CAST(0 AS bigint) AS at_start FROM (SELECT branch, CAST(SUM(met) AS bigint) AS met, COUNT(*) AS amount FROM hits GROUP BY branch) AS sums";

/// Whether full months lie between two date numbers, the last day of a shorter month counting as the day that it lacks.
fn full_months(from: &str, to: &str, months: u8) -> String {
    let index = |d: &str| format!("(({d} / 10000) * 12 + ({d} / 100) % 100)");
    let passed = format!("({} - {})", index(to), index(from));
    let leap = format!("(({to} / 10000) % 4 = 0 AND (({to} / 10000) % 100 <> 0 OR ({to} / 10000) % 400 = 0))");
    let last = format!(
        "(CASE ({to} / 100) % 100 WHEN 2 THEN (CASE WHEN {leap} THEN 29 ELSE 28 END) WHEN 4 THEN 30 WHEN 6 THEN 30 WHEN 9 THEN 30 WHEN 11 THEN 30 ELSE 31 END)"
    );
    format!("({passed} > {months} OR ({passed} = {months} AND ({to} % 100 >= {from} % 100 OR {to} % 100 = {last})))")
}

/// The latest mark an officer set by the day of the question.
pub(super) fn yes_no(question: &Question<'_>) -> Sql {
    let mut sql = Sql::new();
    sql.push("SELECT CAST(0 AS bigint) AS branch, CAST(CASE WHEN m.reached THEN 1 ELSE 0 END AS bigint) AS numerator, CAST(0 AS bigint) AS denominator, ");
    sql.push("CAST(0 AS bigint) AS attendances, CAST(0 AS bigint) AS inside, CAST(0 AS bigint) AS at_start FROM target_mark m WHERE m.target_code = ");
    sql.bind(question.target.code.as_str());
    sql.push(" AND m.marked_on < ").bind(n(question.window.cut)).push(" ORDER BY m.marked_on DESC, m.id DESC LIMIT 1");
    sql
}
