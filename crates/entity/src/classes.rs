//! Every column in exactly one class: public, personal or secret. A test of `store` compares the lists with the migrated tables, so a
//! new column must be put in one of them; tests of `web` plant marks into the personal and secret ones and look where they come out.
//! Not for: who may see what; roles decide that (`domain::roles`).

/// Columns that name or describe a person directly: never in logs or fixtures, in files only by an audited act.
pub const PERSONAL: &[(&str, &[&str])] = &[
    ("login_failure", &["address", "login"]),
    (
        "official",
        &["birth_on", "citizen_number", "code", "ethnicity", "folded", "name", "other_names", "record_code", "religion", "sex", "sort_key"],
    ),
    ("register_change", &["after", "before"]),
    ("session", &["agent"]),
    ("user_account", &["login", "name"]),
];

/// Columns that must never leave the database, except the `csrf` of a session, which stands in the forms of that session alone.
pub const SECRET: &[(&str, &[&str])] =
    &[("api_token", &["token_hash"]), ("session", &["csrf", "token_hash"]), ("user_account", &["password_hash"])];

/// Everything else: facts of the office, and facts about a person that say nothing without the personal columns.
pub const PUBLIC: &[(&str, &[&str])] = &[
    ("api_token", &["created_at", "expires_at", "id", "name", "revoked_at", "used_at", "user_id"]),
    ("audit", &["act", "after", "before", "happened_at", "id", "operation", "reason", "subject", "user_id"]),
    ("follow_up", &["band", "followed_on", "id", "kind", "record_id"]),
    ("login_failure", &["failed_at", "id"]),
    ("official", &["id", "recruited_on", "revision"]),
    ("outbox", &["created_at", "done_at", "id", "kind", "payload"]),
    ("post", &["id", "title"]),
    (
        "posting",
        &[
            "appointment",
            "bloc",
            "decision_number",
            "duty",
            "ended_by",
            "ends_on",
            "fits_post",
            "grade",
            "id",
            "leader_group",
            "leadership",
            "level",
            "official_id",
            "post_id",
            "staff",
            "starts_on",
            "unit_id",
        ],
    ),
    (
        "qualification",
        &["degree", "degree_rank", "expires_on", "field", "grade", "granted_on", "id", "issuer", "kind", "number", "official_id", "source"],
    ),
    ("rating", &["band", "band_rank", "id", "kind", "official_id", "rated_on"]),
    ("receipt", &["id", "kind", "official_id", "received_on"]),
    ("register_change", &["happened_at", "id", "kind", "official_id", "operation", "reason", "row_id", "undoes", "user_id"]),
    ("scheme", &["code", "created_at", "id"]),
    ("scheme_version", &["body", "id", "note", "number", "revision", "saved_at", "saved_by", "scheme_id", "state"]),
    ("secondment", &["decision_number", "ends_on", "id", "official_id", "post", "starts_on", "unit_id"]),
    ("session", &["created_at", "expires_at", "id", "revoked_at", "seen_at", "user_id"]),
    ("setting", &["id", "key", "value"]),
    ("target_mark", &["evidence", "id", "marked_at", "marked_by", "marked_on", "reached", "target_code"]),
    ("task_mark", &["deadline", "done_on", "evidence", "id", "marked_at", "marked_by", "scheme_code", "task_code"]),
    (
        "training_class",
        &[
            "abroad",
            "code",
            "content",
            "ends_on",
            "form",
            "id",
            "lead_unit_id",
            "mode",
            "name",
            "programme",
            "scheme",
            "starts_on",
            "status",
            "topic",
        ],
    ),
    (
        "training_record",
        &[
            "abroad",
            "class_id",
            "content",
            "degree",
            "degree_rank",
            "ends_on",
            "evidence",
            "field",
            "form",
            "id",
            "kind",
            "leader_group",
            "mode",
            "official_id",
            "outcome",
            "periods",
            "programme",
            "scheme",
            "source",
            "staff",
            "starts_on",
            "topic",
            "unit_id",
        ],
    ),
    ("unit", &["actor", "bloc", "code", "ends_on", "folded", "id", "kind", "level", "name", "starts_on"]),
    ("unit_link", &["ends_on", "id", "parent_id", "starts_on", "unit_id"]),
    ("unit_succession", &["change", "effective_on", "id", "main", "successor_id", "unit_id"]),
    ("user_account", &["created_at", "id", "locked", "official_id"]),
    ("user_grant", &["ends_on", "id", "role", "starts_on", "unit_id", "user_id"]),
];
