//! Every column of the migrated schema is in exactly one class of `entity`: public, personal or secret.
//! Not for: where marked columns come out; the tests of `web` look for that.

use std::collections::BTreeMap;

use sea_orm::{ConnectionTrait, Database, DatabaseConnection, Statement};

/// Columns of all tables of ours, as `table.column`.
async fn columns(connection: &DatabaseConnection) -> Vec<String> {
    let text = "SELECT m.name AS held_in, c.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c \
                WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%' AND m.name <> 'seaql_migrations' ORDER BY 1, 2";
    let rows = connection.query_all_raw(Statement::from_string(connection.get_database_backend(), text)).await.unwrap();
    let name = |row: &sea_orm::QueryResult, column| row.try_get::<String>("", column).unwrap();
    rows.iter().map(|row| format!("{}.{}", name(row, "held_in"), name(row, "name"))).collect()
}

#[tokio::test]
async fn every_column_is_in_exactly_one_class() {
    let fresh = testkit::databases::sqlite().await;
    let connection = Database::connect(fresh.address.replacen("sqlite:", "sqlite://", 1)).await.unwrap();
    let mut classes: BTreeMap<String, Vec<&str>> = columns(&connection).await.into_iter().map(|column| (column, Vec::new())).collect();
    assert!(classes.len() > 100, "the schema was not read");
    for (class, list) in [("public", entity::PUBLIC), ("personal", entity::PERSONAL), ("secret", entity::SECRET)] {
        for (table, column) in list.iter().flat_map(|(table, columns)| columns.iter().map(move |column| (table, column))) {
            let held = classes.get_mut(&format!("{table}.{column}"));
            held.unwrap_or_else(|| panic!("{class} lists {table}.{column}, which does not exist")).push(class);
        }
    }
    let wrong: Vec<String> = classes.iter().filter(|(_, of)| of.len() != 1).map(|(column, of)| format!("{column}: {of:?}")).collect();
    assert!(wrong.is_empty(), "each column must be in exactly one list of crates/entity/src/classes.rs:\n{}", wrong.join("\n"));
}
