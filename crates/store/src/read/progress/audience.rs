//! Who does not count yet for a target that classes can move, all at once, with where they work and what is missing.
//! Not for: pages of names (`people`).

use domain::ids::OfficialId;
use domain::plans::effects::Candidate;
use domain::schemes::Did;
use domain::schemes::targets::Measure;
use sea_orm::QueryResult;

use super::{Question, events, filter, n, shares};
use crate::db::{Db, StoreError};
use crate::read::plans::working;
use crate::sql::Sql;

/// Everybody of the audience who does not count yet; nobody where the target counts no people or classes do not move it.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn missing(db: &Db, question: &Question<'_>) -> Result<Vec<Candidate>, StoreError> {
    let sql = match &question.target.measure {
        Measure::ShareOfPeople { of, did: did @ Did::Trained(_) } => of_population(question, of, &shares::Hits::did(did)),
        Measure::PerPersonPerYear { of, did, periods } => of_population(question, of, &shares::Hits::amount(did, *periods)),
        Measure::CountOfPeople { who, did } => not_sent(question, who, did),
        _ => return Ok(Vec::new()),
    };
    sql.all(db.reader()).await?.iter().map(candidate).collect()
}

fn candidate(row: &QueryResult) -> Result<Candidate, StoreError> {
    Ok(Candidate { official: OfficialId(row.try_get("", "official_id")?), working: working(row)?, short: row.try_get("", "short")? })
}

fn of_population(question: &Question<'_>, of: &domain::schemes::Population, hits: &shares::Hits<'_>) -> Sql {
    let on = n(question.window.on);
    let mut sql = Sql::new();
    shares::tables(&mut sql, question, of, hits);
    let (reached, reach) = (shares::reached(hits), hits.reach());
    sql.push(&format!(
        "SELECT pop.official_id, p.unit_id, p.staff, p.leader_group, CAST({reach} - COALESCE(hits.amount, 0) AS bigint) AS short "
    ));
    sql.push("FROM pop JOIN posting p ON p.official_id = pop.official_id AND p.starts_on <= ").bind(on);
    sql.push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on).push(") LEFT JOIN hits ON hits.official_id = pop.official_id ");
    sql.push(&format!("WHERE hits.amount IS NULL OR NOT {reached}"));
    sql
}

/// People whom the target would count if they were sent, and who were not yet.
fn not_sent(question: &Question<'_>, who: &domain::schemes::PersonFilter, did: &domain::schemes::RecordFilter) -> Sql {
    let on = n(question.window.on);
    let mut sql = events::sent_table(question, who, did);
    sql.push("SELECT p.official_id, p.unit_id, p.staff, p.leader_group, CAST(1 AS bigint) AS short FROM posting p");
    question.place.join(&mut sql, "p.unit_id");
    if filter::needs_official(who) {
        sql.push(" JOIN official o ON o.id = p.official_id");
    }
    sql.push(" WHERE p.starts_on <= ").bind(on).push(" AND (p.ends_on IS NULL OR p.ends_on > ").bind(on).push(")");
    filter::person(&mut sql, who, &on.to_string());
    sql.push(" AND NOT EXISTS (SELECT 1 FROM hits WHERE hits.official_id = p.official_id)");
    sql
}
