//! The schema as a list of changes, oldest first; a released change is never edited.
//! Not for: filling data (`seed`) or repairing it.

#![expect(elided_lifetimes_in_paths, reason = "the trait of the migration library is written without them, and its macro compares")]

mod m20261122_0001_create_units;
mod m20261122_0002_create_people;
mod m20261122_0003_create_training;
mod m20261122_0004_create_accounts;
mod m20261122_0005_create_schemes;
mod m20261122_0006_create_audit;
mod m20261123_0007_note_token_use;
mod m20261123_0008_keep_the_register;
mod m20261123_0009_a_undo_operations;
mod m20261123_0009_b_merge_people;
mod m20261123_0009_c_propose_corrections;
mod m20261123_0010_reorganise_units;
mod m20261123_0011_keep_lists;
mod m20261123_0012_take_files_in;
mod m20261123_0013_exchange_data;
mod m20261123_0015_keep_plans_promises_and_scans;
mod m20261123_0016_serve_a_directory;
mod m20261123_0017_find_changes_of_nobody;
mod m20261123_0018_walk_along_names;
mod m20261124_0019_find_people_by_words;
mod m20261130_0020_keep_standards;
mod m20261130_0021_keep_needs;
mod m20261130_0022_keep_programmes;
mod m20261130_0023_carry_papers;
mod m20261130_0024_keep_plans_of_training;
mod m20261130_0025_keep_templates;
mod m20261130_0026_name_training;
mod m20261130_0027_walk_faster;
mod m20261130_0028_keep_contents;
mod m20261130_0029_mark_areas;
mod m20261130_0030_keep_classes;
mod m20261130_0035_tell_people;
mod m20261130_0036_keep_feeds;
mod m20261201_0031_call_the_roll;
mod m20261201_0032_grade_learners;
mod m20261201_0033_grant_certificates;
mod m20261201_0039_note_health;
mod m20261201_0040_place_units;
mod m20261201_0041_keep_signed_sheets;
mod m20261201_0042_number_class_papers;
mod table;

use sea_orm_migration::prelude::*;

/// A process killed in the middle of a change must leave nothing of it; by default only PostgreSQL would do so.
const ALL_OR_NOTHING: Option<bool> = Some(true);

/// Runs the changes in order and remembers which ran.
pub(crate) struct Migrator;

impl MigratorTrait for Migrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261122_0001_create_units::Migration),
            Box::new(m20261122_0002_create_people::Migration),
            Box::new(m20261122_0003_create_training::Migration),
            Box::new(m20261122_0004_create_accounts::Migration),
            Box::new(m20261122_0005_create_schemes::Migration),
            Box::new(m20261122_0006_create_audit::Migration),
            Box::new(m20261123_0007_note_token_use::Migration),
            Box::new(m20261123_0008_keep_the_register::Migration),
            Box::new(m20261123_0009_a_undo_operations::Migration),
            Box::new(m20261123_0009_b_merge_people::Migration),
            Box::new(m20261123_0009_c_propose_corrections::Migration),
            Box::new(m20261123_0010_reorganise_units::Migration),
            Box::new(m20261123_0011_keep_lists::Migration),
            Box::new(m20261123_0012_take_files_in::Migration),
            Box::new(m20261123_0013_exchange_data::Migration),
            Box::new(m20261123_0015_keep_plans_promises_and_scans::Migration),
            Box::new(m20261123_0016_serve_a_directory::Migration),
            Box::new(m20261123_0017_find_changes_of_nobody::Migration),
            Box::new(m20261123_0018_walk_along_names::Migration),
            Box::new(m20261124_0019_find_people_by_words::Migration),
            Box::new(m20261130_0023_carry_papers::Migration),
            Box::new(m20261130_0021_keep_needs::Migration),
            Box::new(m20261130_0022_keep_programmes::Migration),
            Box::new(m20261130_0024_keep_plans_of_training::Migration),
            Box::new(m20261130_0020_keep_standards::Migration),
            Box::new(m20261130_0025_keep_templates::Migration),
            Box::new(m20261130_0026_name_training::Migration),
            Box::new(m20261130_0027_walk_faster::Migration),
            Box::new(m20261130_0028_keep_contents::Migration),
            Box::new(m20261130_0029_mark_areas::Migration),
            Box::new(m20261130_0030_keep_classes::Migration),
            Box::new(m20261201_0031_call_the_roll::Migration),
            Box::new(m20261201_0032_grade_learners::Migration),
            Box::new(m20261201_0033_grant_certificates::Migration),
            Box::new(m20261130_0035_tell_people::Migration),
            Box::new(m20261130_0036_keep_feeds::Migration),
            Box::new(m20261201_0039_note_health::Migration),
            Box::new(m20261201_0040_place_units::Migration),
            Box::new(m20261201_0041_keep_signed_sheets::Migration),
            Box::new(m20261201_0042_number_class_papers::Migration),
        ]
    }
}
