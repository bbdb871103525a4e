//! Taking the names away from records that were kept long enough: what statistics count stays, what tells who it was goes, in the rows
//! and in every change of them that was told. This cannot be undone.
//! Not for: whose turn it is (`read::retention`).

use domain::ids::OfficialId;
use domain::register::{KINH, NAMELESS, NAMELESS_MINORITY};
use domain::text::fold;

use super::Why;
use crate::db::{StoreError, WriteTx};
use crate::read::directory::REMOVED;
use crate::seed::sort_key;
use crate::sql::Sql;

/// Columns that say something about a person beside the identity: numbers of papers, where they were issued, evidence.
const PAPERS: &[&str] = &[
    "UPDATE posting SET decision_number = NULL WHERE 1 = 1",
    "UPDATE secondment SET decision_number = NULL WHERE 1 = 1",
    "UPDATE qualification SET issuer = NULL, number = NULL WHERE 1 = 1",
    "UPDATE training_record SET evidence = NULL WHERE 1 = 1",
    "UPDATE planned_post SET decision_number = NULL WHERE 1 = 1",
    "UPDATE commitment SET decision_number = NULL, study = '' WHERE 1 = 1",
    "DELETE FROM scan WHERE 1 = 1",
    "DELETE FROM correction WHERE 1 = 1",
    "UPDATE need SET words = '', reason = '' WHERE 1 = 1",
    "UPDATE nomination SET reason = '' WHERE 1 = 1",
    "UPDATE presence SET note = '' WHERE 1 = 1",
    "UPDATE class_grade_change SET words = '' WHERE 1 = 1",
    "UPDATE class_result SET reason = '' WHERE 1 = 1",
    "UPDATE class_amendment SET reason = '' WHERE 1 = 1",
    "DELETE FROM contact WHERE 1 = 1",
    "UPDATE mail SET address = NULL, error = NULL WHERE 1 = 1",
    "DELETE FROM feed WHERE 1 = 1",
    "DELETE FROM official_alias WHERE 1 = 1",
    "UPDATE register_change SET before = CASE WHEN before IS NULL THEN NULL ELSE '{}' END, \
     after = CASE WHEN after IS NULL THEN NULL ELSE '{}' END, reason = '' WHERE 1 = 1",
];

/// Takes the names away from these people's records. Their accounts lose their names too and are locked.
///
/// # Errors
/// [`StoreError`] when the engine fails.
pub async fn take_names(tx: &WriteTx, why: &Why<'_>, people: &[OfficialId]) -> Result<(), StoreError> {
    if people.is_empty() {
        return Ok(());
    }
    let ids = || people.iter().map(|official| official.0);
    let run = async |mut sql: Sql, column: &str| {
        sql.and_in(column, ids());
        sql.run(tx.connection()).await
    };
    run(identity(), "id").await?;
    for text in PAPERS {
        let mut sql = Sql::new();
        sql.push(text);
        run(sql, "official_id").await?;
    }
    for (child, parent) in [("nomination_event", "nomination"), ("presence_change", "presence")] {
        let mut said = Sql::new();
        said.push(&format!("UPDATE {child} SET words = '' WHERE {parent}_id IN (SELECT id FROM {parent} WHERE 1 = 1"));
        said.and_in("official_id", ids()).push(")");
        said.run(tx.connection()).await?;
    }
    // A signed sheet shows everybody of its class; the marks that were read off it stay.
    for text in [
        "DELETE FROM signed_page WHERE scan_id IN (SELECT s.id FROM signed_scan s",
        "DELETE FROM signed_scan WHERE id IN (SELECT s.id FROM signed_scan s",
    ] {
        let mut sql = Sql::new();
        sql.push(text).push(" JOIN training_record t ON t.class_id = s.class_id WHERE 1 = 1").and_in("t.official_id", ids()).push(")");
        sql.run(tx.connection()).await?;
    }
    let mut sessions = Sql::new();
    sessions.push("UPDATE session SET agent = '', revoked_at = COALESCE(revoked_at, ").bind(why.at.0);
    sessions.push(") WHERE user_id IN (SELECT id FROM user_account WHERE 1 = 1").and_in("official_id", ids()).push(")");
    sessions.run(tx.connection()).await?;
    // What the directory told of them goes too, and it sees them no more.
    for table in ["directory_user", "directory_email", "directory_member"] {
        let mut sql = Sql::new();
        sql.push(&format!("DELETE FROM {table} WHERE user_id IN (SELECT id FROM user_account WHERE 1 = 1"));
        sql.and_in("official_id", ids()).push(")");
        sql.run(tx.connection()).await?;
    }
    let mut accounts = Sql::new();
    accounts.push("UPDATE user_account SET login = 'an-' || CAST(id AS text), name = ").bind(NAMELESS);
    accounts.push(", official_id = NULL, directory_state = ").bind(REMOVED).push(", locked = ").bind(true).push(" WHERE 1 = 1");
    run(accounts, "official_id").await?;
    told(tx, why, people).await
}

/// Of days only the year stays; of the ethnic group whether it is that of the majority.
fn identity() -> Sql {
    let mut sql = Sql::new();
    sql.push("UPDATE official SET code = 'AN-' || CAST(id AS text), name = ").bind(NAMELESS).push(", folded = ").bind(fold(NAMELESS));
    sql.push(", sort_key = ").bind(sort_key(NAMELESS));
    sql.push(", birth_on = birth_on / 10000 * 10000 + 101, recruited_on = recruited_on / 10000 * 10000 + 101, ethnicity = CASE ");
    sql.push(&format!("WHEN ethnicity = {KINH} THEN {KINH} ELSE {NAMELESS_MINORITY} END"));
    sql.push(", record_code = NULL, other_names = NULL, citizen_number = NULL, religion = NULL, health = NULL, revision = revision + 1 WHERE 1 = 1");
    sql
}

/// Each record tells that it happened, and nothing of what was.
async fn told(tx: &WriteTx, why: &Why<'_>, people: &[OfficialId]) -> Result<(), StoreError> {
    let columns = ["kind", "row_id", "official_id", "before", "after", "happened_at", "user_id", "reason", "operation"];
    for official in people {
        let values = vec![
            "official".into(),
            official.0.into(),
            official.0.into(),
            "{}".into(),
            "{}".into(),
            why.at.0.into(),
            why.by.user().into(),
            why.words.into(),
            why.operation.into(),
        ];
        crate::write::insert(tx, "register_change", &columns, values).await?;
    }
    Ok(())
}
