//! The tables as SeaORM entities, one file each, with portable column types only: whole numbers, text, booleans and bytes.
//! Dates are `yyyymmdd` numbers and instants are UTC milliseconds, so both databases compare and group them alike (ADR 0004).
//! Not for: rules, queries or conversions; this crate depends on nothing of ours so that rule edits do not rebuild it.

pub mod api_request;
pub mod api_token;
pub mod audit;
mod classes;
pub mod commitment;
pub mod correction;
pub mod directory_email;
pub mod directory_group;
pub mod directory_member;
pub mod directory_user;
pub mod follow_up;
pub mod import_batch;
pub mod import_file;
pub mod import_mapping;
pub mod list_columns;
pub mod list_view;
pub mod login_failure;
pub mod not_same;
pub mod official;
pub mod official_alias;
pub mod official_word;
pub mod outbox;
pub mod planned_post;
pub mod post;
pub mod posting;
pub mod qualification;
pub mod rating;
pub mod receipt;
pub mod register_change;
pub mod reorganisation;
pub mod scan;
pub mod scan_file;
pub mod scheme;
pub mod scheme_version;
pub mod secondment;
pub mod session;
pub mod setting;
pub mod standard_version;
pub mod target_mark;
pub mod task_mark;
pub mod training_class;
pub mod training_record;
pub mod unit;
pub mod unit_alias;
pub mod unit_link;
pub mod unit_name;
pub mod unit_succession;
pub mod user_account;
pub mod user_grant;

pub use classes::{PERSONAL, PUBLIC, SECRET};
