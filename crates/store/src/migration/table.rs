//! The few shapes that tables are made of, so that every change reads as a list of columns.
//! Not for: engine differences; only column types that mean the same on both databases exist here.

use sea_orm_migration::prelude::*;

/// Columns and keys of one table in the making.
pub(super) struct Columns {
    statement: TableCreateStatement,
    table: &'static str,
}

macro_rules! columns {
    ($($name:ident $method:ident $nullable:ident),+ $(,)?) => { $(
        pub(super) fn $name(&mut self, name: &'static str) -> &mut Self {
            self.statement.col(ColumnDef::new(Alias::new(name)).$method().$nullable());
            self
        }
    )+ };
}

impl Columns {
    columns!(
        text text not_null,
        maybe_text text null,
        int integer not_null,
        maybe_int integer null,
        id big_integer not_null,
        maybe_id big_integer null,
        instant big_integer not_null,
        maybe_instant big_integer null,
        flag boolean not_null,
        bytes blob not_null,
    );

    pub(super) fn belongs_to(&mut self, column: &'static str, parent: &'static str) -> &mut Self {
        let name = format!("fk_{}_{column}", self.table);
        self.statement.foreign_key(
            ForeignKey::create().name(name).from(Alias::new(self.table), Alias::new(column)).to(Alias::new(parent), Alias::new("id")),
        );
        self
    }
}

/// Creates a table with a number as its key.
pub(super) async fn create(
    manager: &SchemaManager<'_>,
    table: &'static str,
    define: impl FnOnce(&mut Columns) + Send,
) -> Result<(), DbErr> {
    let mut statement = Table::create();
    statement.table(Alias::new(table)).col(ColumnDef::new(Alias::new("id")).big_integer().not_null().auto_increment().primary_key());
    let mut columns = Columns { statement, table };
    define(&mut columns);
    manager.create_table(columns.statement).await
}

/// Creates an index.
pub(super) async fn index(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    manager.create_index(on(table, columns, "ix")).await
}

/// Creates an index over the rows that have a value in the first column: a fraction of the table, and wide enough to answer a count
/// without looking at the table itself.
pub(super) async fn index_of_set(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    let first = columns.first().copied().unwrap_or_default();
    let listed = columns.join(", ");
    let text = format!("CREATE INDEX ix_{table}_{first} ON {table} ({listed}) WHERE {first} IS NOT NULL");
    manager.get_connection().execute_unprepared(&text).await.map(|_| ())
}

/// Creates an index that answers counts without looking at the table itself; PostgreSQL limits names to 63 letters, so it is named.
pub(super) async fn counting(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    let listed = columns.join(", ");
    let first = columns.first().copied().unwrap_or_default();
    let text = format!("CREATE INDEX ix_{table}_counting_{first} ON {table} ({listed})");
    manager.get_connection().execute_unprepared(&text).await.map(|_| ())
}

/// Creates a constraint that a combination exists once.
pub(super) async fn unique(manager: &SchemaManager<'_>, table: &'static str, columns: &[&'static str]) -> Result<(), DbErr> {
    let mut index = on(table, columns, "uq");
    index.unique();
    manager.create_index(index).await
}

fn on(table: &'static str, columns: &[&'static str], prefix: &str) -> IndexCreateStatement {
    let mut index = Index::create();
    index.name(format!("{prefix}_{table}_{}", columns.join("_"))).table(Alias::new(table));
    for column in columns {
        index.col(Alias::new(*column));
    }
    index
}
