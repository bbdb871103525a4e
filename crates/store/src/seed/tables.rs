//! The list of tables, parents before children, and a way to do the same with each.
//! Not for: columns.

/// Names of all tables, parents first.
pub(crate) const NAMES: &[&str] = &[
    "unit",
    "unit_link",
    "unit_succession",
    "unit_name",
    "unit_alias",
    "official",
    "post",
    "posting",
    "qualification",
    "training_class",
    "training_record",
    "follow_up",
    "receipt",
    "rating",
    "secondment",
    "register_change",
    "import_batch",
    "import_file",
    "import_mapping",
    "user_account",
    "reorganisation",
    "user_grant",
    "session",
    "api_token",
    "login_failure",
    "scheme",
    "scheme_version",
    "target_mark",
    "task_mark",
    "audit",
    "outbox",
    "setting",
];

/// Calls a macro with every table's module, parents first.
macro_rules! each_table {
    ($do:ident) => {
        $do!(
            unit,
            unit_link,
            unit_succession,
            unit_name,
            unit_alias,
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
            register_change,
            import_batch,
            import_file,
            import_mapping,
            user_account,
            reorganisation,
            user_grant,
            session,
            api_token,
            login_failure,
            scheme,
            scheme_version,
            target_mark,
            task_mark,
            audit,
            outbox,
            setting
        )
    };
}
pub(crate) use each_table;
