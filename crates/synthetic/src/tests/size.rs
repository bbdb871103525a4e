//! Same options, same bytes; and the refusals.
//! Not for: how long it takes (`examples/timing.rs`).

use std::hash::{DefaultHasher, Hash, Hasher};

use time::macros::date;

use super::TODAY;
use crate::{EARLIEST_TODAY, Options, PlanError, plan};

/// A digest of every row, batch by batch.
fn digest(options: Options) -> u64 {
    let generator = plan(options).unwrap();
    let mut hasher = DefaultHasher::new();
    format!("{:?}", generator.frame()).hash(&mut hasher);
    for batch in generator {
        format!("{batch:?}").hash(&mut hasher);
    }
    hasher.finish()
}

#[test]
fn the_same_options_give_the_same_rows() {
    let options = Options { people: 7_500, ..Options::on(TODAY) };
    assert_eq!(digest(options), digest(options));
    assert_ne!(digest(options), digest(Options { seed: 7, ..options }));
}

#[test]
fn the_base_does_not_depend_on_the_size() {
    let base = |people| plan(Options { people, ..Options::on(TODAY) }).unwrap().take(3).collect::<Vec<_>>();
    assert_eq!(base(6_000), base(9_000));
}

#[test]
fn batches_are_small() {
    let generator = plan(Options { people: 10_500, ..Options::on(TODAY) }).unwrap();
    let sizes: Vec<usize> = generator.map(|b| b.officials.len()).collect();
    assert_eq!(sizes, [2_000, 2_000, 2_000, 2_000, 2_000, 500]);
}

#[test]
fn too_few_people_and_too_early_a_day_are_refused() {
    let refusal = |people, today| plan(Options { people, ..Options::on(today) }).err();
    assert_eq!(refusal(5_999, TODAY), Some(PlanError::TooFew { people: 5_999 }));
    let early = date!(2025 - 12 - 31);
    assert_eq!(refusal(6_000, early), Some(PlanError::TooEarly { today: early }));
    assert_eq!(refusal(6_000, EARLIEST_TODAY), None);
}
