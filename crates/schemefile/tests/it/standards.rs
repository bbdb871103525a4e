//! Standards: the shipped one reads, and every mistake of a file is located.

use domain::lists::Held;
use domain::people::QualificationKind;
use domain::standards::Need;
use domain::time::parse as day;
use schemefile::{builtin_standard, parse_standard, write_standard};

const FILE: &str = r#"code = "thu"
title = { vi = "Thử", en = "Trial" }

[[requirements]]
code = "A.1"
title = { vi = "Trung cấp", en = "Intermediate" }
subject = "political_theory"
cites = { vi = "văn bản", en = "act" }
verified = false
who = { leads = true, units = ["department"], grades = ["01.003"] }
need = { kind = "holds", qualification = "political_theory", level = "trung_cap" }
during = { from = "01/01/2020", to = "31/12/2026" }
grace_months = 12
"#;

fn places(from: &str, to: &str) -> Vec<(&'static str, usize, String)> {
    assert_eq!(FILE.matches(from).count(), 1, "spoils exactly one place: {from}");
    parse_standard(&FILE.replacen(from, to, 1)).expect_err(to).into_iter().map(|fault| (fault.code, fault.line, fault.field)).collect()
}

#[test]
fn the_shipped_standard_reads_and_says_where_it_comes_from() {
    let standard = parse_standard(builtin_standard()).unwrap();
    assert!(standard.requirements.len() >= 10, "as many as the budget speaks of");
    assert!(standard.requirements.iter().all(|requirement| !requirement.cites.vi.is_empty()));
    let on = |text| standard.on(day(text).unwrap()).map(|requirement| requirement.code.as_str()).collect::<Vec<_>>();
    assert!(!on("19/04/2026").contains(&"VT.1") && on("20/04/2026").contains(&"VT.1"), "from the day of the decision");
    assert!(on("31/12/2031").contains(&"VT.1") && !on("01/01/2032").contains(&"VT.1"), "to the last day of its phase");
}

#[test]
fn a_requirement_reads_whole() {
    let standard = parse_standard(FILE).unwrap();
    let requirement = standard.requirement("A.1").unwrap();
    assert_eq!(requirement.need, Need::Holds(Held::at_least(QualificationKind::PoliticalTheory, "trung_cap").unwrap()));
    assert_eq!((requirement.grace_months, requirement.audience.grades.as_slice()), (12, &["01.003".to_owned()][..]));
}

#[test]
fn a_standard_is_written_as_it_is_read() {
    for text in [builtin_standard(), FILE] {
        let standard = parse_standard(text).unwrap();
        let written = write_standard(&standard);
        assert_eq!(parse_standard(&written).unwrap(), standard, "{written}");
    }
}

#[test]
fn mistakes_are_located() {
    let at = |code, line, field: &str| vec![(code, line, field.to_owned())];
    assert_eq!(places("level = \"trung_cap\"", "level = \"trung\""), at("unknown_code", 11, "requirements[0].need.level"));
    assert_eq!(places("kind = \"holds\"", "kind = \"hold\""), at("unknown_code", 11, "requirements[0].need.kind"));
    assert_eq!(places("leads = true", "leader = true"), at("unknown_field", 10, "requirements[0].who.leader"));
    assert_eq!(places("leads = true", "minority = true"), at("unknown_field", 10, "requirements[0].who.minority"));
    assert_eq!(places("verified = false\n", ""), at("missing_field", 4, "requirements[0].verified"));
    assert_eq!(places("31/12/2026", "31/12/2019"), at("empty_interval", 12, "requirements[0].during"));
    assert_eq!(places("grace_months = 12", "grace_months = 600"), at("bad_number", 13, "requirements[0].grace_months"));
    let topics = "need = { kind = \"trained\", did = { topics = \"any\" } }";
    let holds = "need = { kind = \"holds\", qualification = \"political_theory\", level = \"trung_cap\" }";
    assert_eq!(places(holds, topics), at("unknown_field", 11, "requirements[0].need.did.topics"));
}

#[test]
fn a_code_stands_once() {
    let second = FILE.split_once("[[requirements]]").unwrap().1;
    let faults = parse_standard(&format!("{FILE}\n[[requirements]]{second}")).unwrap_err();
    assert_eq!(faults.iter().map(|fault| fault.code).collect::<Vec<_>>(), ["duplicate_code"]);
}
