//! Tests of the page rules: the days they hold for, and that a wrong file is refused.
//! Not for: how a page looks (`tests/it`).

use domain::time::date;

use super::reading::read;
use super::*;

const STATE: &str = include_str!("../../../data/nd-30-2020.toml");

fn on(family: Family, (year, month, day): (i32, u8, u8)) -> Result<&'static PageRules, NoRules> {
    PageRules::on(family, PaperDay(date(year, month, day).unwrap()))
}

#[test]
fn rules_are_known_from_their_first_day_and_never_before() {
    for (family, before, first) in [(Family::State, (2020, 3, 4), (2020, 3, 5)), (Family::Party, (2025, 6, 30), (2025, 7, 1))] {
        assert!(matches!(on(family, before), Err(NoRules::OutsideKnownRules { .. })));
        let rules = on(family, first).unwrap();
        assert_eq!(rules.family(), family);
        assert!(rules.unverified().contains(&"margin_left".to_owned()), "a figure from a secondary source says so");
    }
    assert_eq!(on(Family::State, (2026, 11, 30)).unwrap().measure(Measure::MarginLeft), 30.0);
}

#[test]
fn a_closed_interval_ends_the_rules() {
    let closed = STATE.replace("from = 2020-03-05", "from = 2020-03-05\nto = 2027-01-01");
    let rules = read(&[("a.toml", &closed)]).unwrap();
    assert_eq!(rules[0].interval.last_day(), date(2026, 12, 31));
    assert!(read(&[("a.toml", &closed), ("b.toml", STATE)]).unwrap_err().starts_with("b.toml: another file"));
}

#[test]
fn a_wrong_file_is_told_with_its_figure() {
    let rows = [
        ("margin_top = { mm = 20", "margin_top = { mm = 26", "`margin_top` lies outside the bounds of the act"),
        ("margin_top = { mm = 20", "margin_up = { mm = 20", "`margin_up` is no measure"),
        ("signer = { pt = 14", "signature = { pt = 14", "`signature` is no component"),
        ("code_size = { mm = 18, cite = \"own\", evidence = \"unverified\" }\n", "", "`code_size` is missing"),
        ("mm = 18, cite = \"own\"", "mm = 18", "`code_size` cites nothing"),
        ("under_issuer = \"rule\"", "under_issuer = \"dots\"", "`dots` cannot stand"),
        ("checked_on = 2026-11-30", "", "`checked_on` is missing"),
    ];
    for (right, wrong, problem) in rows {
        let text = STATE.replace(right, wrong);
        assert_ne!(text, STATE, "{right}");
        let told = read(&[("a.toml", &text)]).unwrap_err();
        assert!(told.contains(problem), "{told}");
    }
}
