//! The state of the data: what rests on memory is listed, and every kind of mistake is refused with its line.
//! Not for: the values themselves (`cases`).

use crate::law;
use law::Law;

/// The list lives in `unverified.txt`, so that a change of it is seen in review. To renew it, paste what this test prints.
#[test]
fn what_rests_on_memory_is_listed() {
    let found = law().unverified().join("\n") + "\n";
    let listed = include_str!("../../unverified.txt");
    let listed: String = listed.lines().filter(|line| !line.starts_with('#')).map(|line| format!("{line}\n")).collect();
    assert!(found == listed, "unverified.txt must say:\n{found}");
}

#[test]
fn every_value_is_cited_and_has_words_in_both_languages() {
    let law = law();
    for parameter in law.all() {
        for ruling in &parameter.rulings {
            assert!(!ruling.cites.is_empty() && !ruling.applies_to.is_empty(), "{} line {}", parameter.key, ruling.line);
        }
        assert!(!parameter.title.vi.is_empty() && parameter.title.vi != parameter.title.en, "{}", parameter.key);
    }
}

const SOURCES: &str = r#"
[[act]]
id = "nd-1"
kind = "nghi_dinh"
number = "1/2020/NĐ-CP"
title = { vi = "Một", en = "One" }
issued_on = 2020-01-01
in_force_from = 2020-02-01
to = 2024-01-01
evidence = "verified"
"#;

const HEAD: &str = r#"
governed_by = "sending_date"
checked_on = 2026-11-22
[[parameter]]
key = "p"
title = { vi = "Thông số", en = "Parameter" }
unit = "years"
"#;

fn problems(sources: &str, values: &str) -> Vec<String> {
    let text = format!("{HEAD}{values}");
    match Law::read(("sources.toml", sources), &[("p.toml", &text)]) {
        Ok(_) => Vec::new(),
        Err(errors) => errors.0.iter().map(ToString::to_string).collect(),
    }
}

fn value(from: &str, rest: &str) -> String {
    format!("[[parameter.value]]\nfrom = {from}\napplies_to = [\"cong_chuc\"]\n{rest}\n")
}

const GOOD: &str = "is = 1\ncite = [\"nd-1#2\"]\nevidence = \"verified\"";
const GAP: &str = "absent = { vi = \"Không thấy\", en = \"Not found\" }\ncite = [\"nd-1\"]";

#[test]
fn a_whole_small_law_is_accepted() {
    let values = value("2020-02-01", &format!("to = 2024-01-01\n{GOOD}")) + &value("2024-01-01", GAP);
    assert_eq!(problems(SOURCES, &values), Vec::<String>::new());
}

#[test]
fn every_mistake_is_refused_with_file_and_line() {
    let ended = format!("to = 2024-01-01\n{GOOD}");
    let rows = [
        (value("2020-02-01", &ended) + &value("2023-01-01", GAP), "p.toml:15: overlaps the ruling of line 8 for cong_chuc"),
        (value("2020-02-01", &ended) + &value("2024-02-01", GAP), "p.toml:15: days before it are uncovered for cong_chuc"),
        (value("2020-02-01", &ended), "p.toml:8: nothing is said for cong_chuc after its end"),
        (value("2020-02-01", GOOD), "p.toml:8: ends after act `nd-1` is in force"),
        (value("2020-01-31", &ended) + &value("2024-01-01", GAP), "p.toml:8: starts before act `nd-1` is in force"),
        (value("2020-02-01", &GAP.replace("nd-1", "nd-2")), "p.toml:8: act `nd-2` is not in sources.toml"),
        (value("2020-02-01", &GAP.replace("nd-1", "ND 1")), "p.toml:12: `\"ND 1\"` is not a known `cite`"),
        (value("2020-02-01", "to = 2020-02-01\nis = 1"), "p.toml:8: `to` is not after `from`"),
        (value("2020-02-01", "is = true\ncite = [\"nd-1\"]"), "p.toml:8: `is` does not fit the unit `years`"),
        (value("2020-02-01", "cite = [\"nd-1\"]"), "p.toml:8: give exactly one of"),
        (value("2020-02-01", &format!("{GAP}\nnotes = 1")), "p.toml:13: unknown field `notes`"),
        (value("\"hôm nay\"", GAP), "p.toml:9: `from` must be a date"),
        (value("2020-02-30", GAP), "p.toml:9: "),
        (value("2020-02-01", &GAP.replace("cite = [\"nd-1\"]", "")), "p.toml:8: `cite` must be a list"),
        (value("2020-02-01", &GOOD.replace("verified", "sure")), "p.toml:13: `sure` is not a known `evidence`"),
        (value("2020-02-01", GAP).replace("cong_chuc", "congchuc"), "p.toml:10: `\"congchuc\"` is not a known `applies_to`"),
    ];
    for (values, problem) in rows {
        let found = problems(SOURCES, &values);
        assert!(found.iter().any(|line| line.starts_with(problem)), "wanted {problem}\nfound {found:#?}");
    }
}

#[test]
fn acts_with_impossible_dates_are_refused() {
    let good = value("2020-02-01", GAP);
    let rows = [
        (SOURCES.replace("2020-01-01", "2020-03-01"), "sources.toml:2: the act is in force before it was issued"),
        (SOURCES.replace("2024-01-01", "2020-02-01"), "sources.toml:2: the act ends before it is in force"),
        (SOURCES.replace("issued_on = 2020-01-01\n", ""), "sources.toml:2: a missing or unverified date needs a `note`"),
        (SOURCES.replace("\"verified\"", "\"from_memory\""), "sources.toml:2: a missing or unverified date needs a `note`"),
        (format!("{SOURCES}{SOURCES}"), "sources.toml:12: act `nd-1` is there twice"),
    ];
    for (sources, problem) in rows {
        let found = problems(&sources, &good);
        assert!(found.iter().any(|line| line.starts_with(problem)), "wanted {problem}\nfound {found:#?}");
    }
}

#[test]
fn a_key_must_carry_its_file_name_and_be_new() {
    let text = format!("{HEAD}{}", value("2020-02-01", GAP));
    let errors = Law::read(("sources.toml", SOURCES), &[("p.toml", &text), ("q.toml", &text)]).unwrap_err();
    assert!(errors.0.iter().any(|error| error.problem == "key `p` is already in p.toml"), "{errors}");
    let errors = Law::read(("sources.toml", SOURCES), &[("q.toml", &text)]).unwrap_err();
    assert!(errors.to_string().contains("must be `q` or start with `q.`"), "{errors}");
}
