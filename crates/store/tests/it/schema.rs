//! The migrated schema is the entities', on both engines, and a database made by a newer program is left alone.

use sea_orm::sea_query::{Alias, Query};
use sea_orm::{ConnectionTrait, Database, EntityTrait, IdenStatic, Iterable, Schema};
use store::{Db, OpenError};

/// Columns of a table made straight from the entity, and of the migrated one, as the engine describes them.
async fn columns(connection: &sea_orm::DatabaseConnection, table: &str) -> Vec<(String, String, bool)> {
    let sqlite = connection.get_database_backend() == sea_orm::DbBackend::Sqlite;
    let text = if sqlite {
        format!("SELECT name, lower(type) AS kind, \"notnull\" = 1 AS required FROM pragma_table_info('{table}') ORDER BY name")
    } else {
        format!(
            "SELECT column_name AS name, data_type AS kind, is_nullable = 'NO' AS required FROM information_schema.columns \
             WHERE table_name = '{table}' ORDER BY column_name"
        )
    };
    let rows = connection.query_all_raw(sea_orm::Statement::from_string(connection.get_database_backend(), text)).await.unwrap();
    let column = |row: &sea_orm::QueryResult| {
        let kind: String = row.try_get("", "kind").unwrap();
        (row.try_get("", "name").unwrap(), same(&kind), row.try_get::<bool>("", "required").unwrap())
    };
    rows.iter().map(column).collect()
}

/// SQLite keeps the words of the statement, and several mean the same.
fn same(kind: &str) -> String {
    let word = kind.split('(').next().unwrap_or(kind);
    match word {
        "varbinary" | "varbinary_blob" | "bytea" => "blob".to_owned(),
        "varchar" | "character varying" => "text".to_owned(),
        other => other.trim_end_matches("_text").to_owned(),
    }
}

async fn same_columns<E: EntityTrait>(migrated: &sea_orm::DatabaseConnection, entity: E) {
    let name = entity.table_name().to_owned();
    let copy = format!("entity_{name}");
    let mut statement = Schema::new(migrated.get_database_backend()).create_table_from_entity(entity);
    statement.table(Alias::new(&copy));
    migrated.execute(&statement).await.unwrap();
    assert_eq!(columns(migrated, &copy).await, columns(migrated, &name).await, "table {name}");
    let listed: Vec<String> = E::Column::iter().map(|c| c.as_str().to_owned()).collect();
    assert_eq!(columns(migrated, &name).await.len(), listed.len(), "table {name}: {listed:?}");
}

#[tokio::test]
async fn the_migrated_schema_is_the_entities() {
    for fresh in testkit::databases::each().await {
        let url = fresh.address.replacen("sqlite:", "sqlite://", 1);
        let connection = Database::connect(url).await.unwrap();
        macro_rules! all { ($($table:ident),+ $(,)?) => { $( same_columns(&connection, entity::$table::Entity).await; )+ } }
        all!(
            unit,
            unit_link,
            unit_succession,
            unit_name,
            unit_alias,
            unit_area,
            unit_spot,
            reorganisation,
            official,
            post,
            posting,
            qualification,
            training_class,
            training_record,
            follow_up,
            receipt,
            rating,
            secondment,
            planned_post,
            commitment,
            scan,
            scan_file,
            official_alias,
            official_word,
            not_same,
            correction,
            register_change,
            import_batch,
            import_file,
            import_mapping,
            user_account,
            directory_user,
            directory_email,
            directory_group,
            directory_member,
            user_grant,
            session,
            api_token,
            api_request,
            login_failure,
            list_columns,
            list_view,
            review,
            review_unit,
            review_event,
            need,
            need_change,
            survey,
            survey_unit,
            survey_answer,
            survey_taken,
            scheme,
            scheme_version,
            plan,
            plan_version,
            target_mark,
            task_mark,
            procedure_version,
            paper_body,
            paper_register,
            mandate,
            submission,
            paper_content,
            paper_case,
            paper_event,
            paper_scan,
            paper_number,
            programme,
            programme_version,
            programme_material,
            programme_file,
            council,
            council_member,
            appraisal,
            appraisal_vote,
            standard_version,
            room,
            lecturer,
            sitting,
            class_share,
            class_event,
            nomination,
            nomination_event,
            class_seat,
            presence,
            presence_change,
            roll_sync,
            sign_sheet,
            signed_scan,
            signed_page,
            class_fence,
            class_number,
            server_secret,
            class_work,
            class_grade,
            class_grade_change,
            class_result,
            class_amendment,
            certificate,
            certificate_register,
            certificate_run,
            signing_key,
            audit,
            outbox,
            contact,
            mail,
            notice,
            feed,
            setting,
        );
    }
}

#[tokio::test]
async fn a_database_of_a_newer_program_is_left_alone() {
    for fresh in testkit::databases::each().await {
        let url = fresh.address.replacen("sqlite:", "sqlite://", 1);
        let connection = Database::connect(url).await.unwrap();
        let newer = Query::insert()
            .into_table(Alias::new("seaql_migrations"))
            .columns([Alias::new("version"), Alias::new("applied_at")])
            .values_panic(["m29991231_0001_from_the_future".into(), 0_i64.into()])
            .to_owned();
        connection.execute(&newer).await.unwrap();
        let refused = Db::open(&fresh.address).await;
        assert!(matches!(refused, Err(OpenError::Newer { change }) if change.contains("from_the_future")));
    }
}

#[tokio::test]
async fn a_file_that_is_no_database_is_refused_and_not_changed() {
    let folder = testkit::databases::Folder::new();
    let path = folder.path().join("broken.db");
    let rubbish = "this is not a database\n".repeat(400);
    std::fs::write(&path, &rubbish).unwrap();
    let refused = Db::open(&format!("sqlite:{}", path.display())).await.unwrap_err();
    assert!(matches!(refused, OpenError::Corrupt { .. }), "{refused:?}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), rubbish);
}

#[tokio::test]
async fn a_server_that_does_not_answer_is_named_without_its_password() {
    let refused = Db::open("postgres://user:hidden@127.0.0.1:1/none").await.unwrap_err();
    assert!(matches!(refused, OpenError::Unreachable { .. }), "{refused:?}");
    assert!(!refused.to_string().contains("hidden"));
}
