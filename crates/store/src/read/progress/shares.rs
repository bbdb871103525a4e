//! Shares of a population: who belongs on a day, and who of them did, received, holds, reached or was rated.
//! Not for: counts of people or events without a population.

use domain::people::{Band, RatingKind, ReceiptKind};
use domain::schemes::filters::{QualificationFilter, RecordFilter};
use domain::schemes::targets::{Did, Population};

use super::{Question, filter, n};
use crate::sql::Sql;

/// What makes a person of the population count: rows per person with an amount, and the amount to reach.
pub(super) struct Hits<'a> {
    source: Source<'a>,
    reach: i64,
}

enum Source<'a> {
    Attended(&'a RecordFilter),
    Periods(&'a RecordFilter),
    Received(ReceiptKind),
    /// Held on the day of the question.
    Holds(&'a QualificationFilter),
    Rated(RatingKind),
}

impl<'a> Hits<'a> {
    pub(super) const fn did(did: &'a Did) -> Self {
        let source = match did {
            Did::Trained(filter) => Source::Attended(filter),
            Did::Received(kind) => Source::Received(*kind),
            Did::Holds(filter) => Source::Holds(filter),
        };
        Self { source, reach: 1 }
    }

    pub(super) const fn state(holds: &'a QualificationFilter) -> Self {
        Self { source: Source::Holds(holds), reach: 1 }
    }

    pub(super) fn amount(did: &'a RecordFilter, periods: u32) -> Self {
        Self { source: Source::Periods(did), reach: i64::from(periods) }
    }

    pub(super) fn rated(kind: RatingKind, at_least: Band) -> Self {
        Self { source: Source::Rated(kind), reach: i64::from(at_least.rank()) }
    }

    /// The amount from which somebody counts.
    pub(super) const fn reach(&self) -> i64 {
        self.reach
    }

    /// `SELECT official_id, amount, attendances, first_on … GROUP BY official_id`.
    fn select(&self, sql: &mut Sql, question: &Question<'_>) {
        let window = &question.window;
        match self.source {
            Source::Attended(did) | Source::Periods(did) => {
                let amount = if matches!(self.source, Source::Periods(_)) { "SUM(t.periods)" } else { "COUNT(*)" };
                let date = filter::date_column(did);
                sql.push(&format!(
                    "SELECT t.official_id, {amount} AS amount, COUNT(*) AS attendances, MIN({date}) AS first_on FROM training_record t WHERE 1 = 1"
                ));
                filter::record(sql, did, question.scheme);
                filter::record_dated(sql, did, window);
                of_population(sql, "t");
            }
            Source::Received(kind) => {
                sql.push(
                    "SELECT r.official_id, COUNT(*) AS amount, COUNT(*) AS attendances, MIN(r.received_on) AS first_on FROM receipt r ",
                );
                sql.push("WHERE r.kind = ").bind(kind.code());
                sql.push(" AND r.received_on >= ").bind(n(window.from)).push(" AND r.received_on < ").bind(n(window.cut));
                of_population(sql, "r");
            }
            Source::Holds(holds) => {
                sql.push("SELECT q.official_id, COUNT(*) AS amount, COUNT(*) AS attendances, MIN(q.granted_on) AS first_on FROM qualification q ");
                sql.push("WHERE q.granted_on <= ").bind(n(window.on));
                sql.push(" AND (q.expires_on IS NULL OR q.expires_on > ").bind(n(window.on)).push(")");
                filter::qualification(sql, holds);
                of_population(sql, "q");
            }
            // The latest rating decides: its day and rank packed into one number, so that the greatest is the latest.
            Source::Rated(kind) => {
                sql.push("SELECT r.official_id, MAX(r.rated_on * 10 + r.band_rank) % 10 AS amount, COUNT(*) AS attendances, ");
                sql.push("MIN(r.rated_on) AS first_on FROM rating r WHERE r.kind = ").bind(kind.code());
                sql.push(" AND r.rated_on >= ").bind(n(window.from)).push(" AND r.rated_on < ").bind(n(window.cut));
                of_population(sql, "r");
            }
        }
    }
}

/// Ends a selection of hits: only of the people in `pop`, grouped by person.
///
/// People have few qualifications, so those are looked up person by person. Everything else is first found by the index of its days;
/// the plus keeps SQLite from looking it up person by person, and PostgreSQL takes it as the number itself.
fn of_population(sql: &mut Sql, alias: &str) {
    let plus = if alias == "q" { "" } else { "+" };
    sql.push(&format!(" AND {plus}{alias}.official_id IN (SELECT official_id FROM pop) GROUP BY {alias}.official_id"));
}

/// Adds the common tables `pop(official_id, branch)` and `hits(official_id, amount, attendances, first_on)`.
pub(super) fn tables(sql: &mut Sql, question: &Question<'_>, of: &Population, hits: &Hits<'_>) {
    question.place.open(sql);
    population(sql, question, of);
    sql.push(", hits AS (");
    hits.select(sql, question);
    sql.push(") ");
}

/// The condition under which a hit counts.
pub(super) fn reached(hits: &Hits<'_>) -> String {
    format!("hits.amount >= {}", hits.reach)
}

/// One row a branch.
pub(super) fn share(question: &Question<'_>, of: &Population, hits: &Hits<'_>) -> Sql {
    let mut sql = Sql::new();
    tables(&mut sql, question, of, hits);
    if question.place.is_by_branch() {
        by_branch(&mut sql, question, &reached(hits));
    } else {
        total(&mut sql, question, &reached(hits));
    }
    sql
}

/// A total needs no look at the people who did not reach it: that is most of the time of a share.
fn total(sql: &mut Sql, question: &Question<'_>, reached: &str) {
    sql.push("SELECT CAST(0 AS bigint) AS branch, (SELECT COUNT(*) FROM pop) AS denominator, COUNT(*) AS numerator, ");
    sql.push("CAST(SUM(attendances) AS bigint) AS attendances, CAST(0 AS bigint) AS inside, SUM(CASE WHEN first_on < ");
    sql.bind(n(question.window.from));
    sql.push(&format!(" THEN 1 ELSE 0 END) AS at_start FROM hits WHERE {reached}"));
}

fn by_branch(sql: &mut Sql, question: &Question<'_>, reached: &str) {
    sql.push(&format!(
        "SELECT pop.branch AS branch, COUNT(*) AS denominator, SUM(CASE WHEN {reached} THEN 1 ELSE 0 END) AS numerator, \
         CAST(SUM(CASE WHEN {reached} THEN hits.attendances ELSE 0 END) AS bigint) AS attendances, CAST(0 AS bigint) AS inside, \
         SUM(CASE WHEN {reached} AND hits.first_on < "
    ));
    sql.bind(n(question.window.from));
    sql.push(" THEN 1 ELSE 0 END) AS at_start FROM pop LEFT JOIN hits ON hits.official_id = pop.official_id GROUP BY pop.branch");
}

fn population(sql: &mut Sql, question: &Question<'_>, of: &Population) {
    let on = n(of.frozen_on.unwrap_or(question.window.on));
    sql.push("pop AS MATERIALIZED (SELECT ");
    if question.place.is_by_branch() {
        sql.push(&format!("p.official_id, MIN({}) AS branch", question.place.branch()));
    } else {
        sql.push("DISTINCT p.official_id");
    }
    sql.push(" FROM posting p");
    question.place.join(sql, "p.unit_id");
    if filter::needs_official(&of.who) {
        sql.push(" JOIN official o ON o.id = p.official_id");
    }
    sql.push(" WHERE p.starts_on <= ").bind(on).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on).push(")");
    filter::person(sql, &of.who, &on.to_string());
    sql.push(if question.place.is_by_branch() { " GROUP BY p.official_id)" } else { ")" });
}
