//! What a class asks of its learners on both sides of the days on which the law changes.
//! Not for: weighing grades (`domain::results`).

use domain::people::StaffKind;
use domain::results::{Points, Rule};
use law::results::{band, result_rule};
use law::{ClassOpening, CourseEnd};

use crate::{day, law};

fn rule(staff: StaffKind, opening: &str, end: &str) -> (Rule, Vec<&'static str>) {
    let found = result_rule(&law(), staff, ClassOpening(day(opening)), CourseEnd(day(end)));
    (found.rule.value, found.open.iter().map(law::NoLaw::code).collect())
}

fn points(hundredths: i64) -> Option<Points> {
    Points::of_hundredths(hundredths)
}

#[test]
fn a_class_is_judged_by_its_own_days() {
    let five = points(500);
    let whole = Rule { share: Some(80), pass: five, retries: Some(1) };
    assert_eq!(rule(StaffKind::CongChuc, "2026-11-02", "2026-11-06"), (whole, vec![]));
    let before = Rule { share: None, pass: five, retries: None };
    assert_eq!(rule(StaffKind::CongChuc, "2025-06-02", "2025-06-30"), (before, vec!["outside_known_law", "outside_known_law"]));
    let between = rule(StaffKind::CongChuc, "2025-07-01", "2025-11-30");
    assert_eq!(between.0, Rule::default(), "the decree of 2025 names no pass mark, and the analogy begins later");
    assert_eq!(between.1.len(), 3);
    let across = rule(StaffKind::CongChuc, "2025-11-30", "2025-12-01");
    assert_eq!(across.0, Rule { share: None, pass: five, retries: Some(1) }, "opened a day too early for the share");
    assert_eq!(rule(StaffKind::VienChuc, "2026-06-01", "2026-06-30").0.pass, five, "by the decree of 2017");
    assert_eq!(rule(StaffKind::VienChuc, "2026-06-01", "2026-07-01").0.pass, five, "by analogy");
}

#[test]
fn a_mean_has_a_band_from_its_lower_bound_on() {
    let on = |end: &str, hundredths: i64| {
        band(&law(), StaffKind::CanBo, CourseEnd(day(end)), points(hundredths).unwrap()).map(|step| step.code.clone()).unwrap_or_default()
    };
    for (hundredths, code) in [(499, "khong_dat"), (500, "trung_binh"), (699, "trung_binh"), (700, "kha"), (799, "kha"), (800, "gioi")] {
        assert_eq!(on("2026-11-06", hundredths), code);
    }
    assert_eq!(
        (on("2026-11-06", 900).as_str(), on("2026-11-06", 1_000).as_str(), on("2025-11-30", 900).as_str()),
        ("xuat_sac", "xuat_sac", "")
    );
}
