//! Answers of the terminal: one document on standard output, everything else on standard error.

use testkit::databases::Folder;

use crate::run::{filled, json, khuevan, text};

#[test]
fn figures_come_as_text_csv_and_one_json_document() {
    let folder = Folder::new();
    let database = filled(folder.path());
    let progress = khuevan(&["progress", "--database", &database, "--format", "json"]);
    let list = json(&progress);
    let line = list.as_array().unwrap().iter().find(|l| l["id"] == "T2.1").unwrap().clone();
    for field in ["scheme", "section", "kind", "period", "numerator", "denominator", "value", "threshold", "state", "missing", "forecast"] {
        assert!(line.get(field).is_some(), "{field}: {line}");
    }
    assert_eq!((line["denominator"].as_i64(), line["threshold"].as_str()), (Some(2_262), Some(">= 20 %")));
    let one = json(&khuevan(&["progress", "--database", &database, "--scheme", "lang-son-2021", "--format", "json"]));
    assert!(one.as_array().unwrap().iter().all(|l| l["scheme"] == "lang-son-2021"));
    let csv = text(&khuevan(&["progress", "--database", &database, "--format", "csv"]).stdout);
    assert_eq!(csv.trim().lines().count(), list.as_array().unwrap().len() + 1);

    let plans = json(&khuevan(&["plans", "--database", &database, "--format", "json"]));
    assert!(plans.as_array().unwrap().iter().any(|plan| plan["state"] == "issued" && plan["kind"] == "year"), "{plans}");

    let table = json(&khuevan(&["statistics", "--database", &database, "--table", "1", "--format", "json"]));
    let total = table["rows"].as_array().unwrap().last().unwrap();
    assert_eq!(total["cells"]["total"], 8_664);
    let gaps = json(&khuevan(&["gaps", "--database", &database, "--format", "json"]));
    let whole = gaps.as_array().unwrap().iter().find(|l| l["requirement"] == "CM.2" && l["unit"].is_null()).unwrap();
    assert!(whole["missing"].as_i64().unwrap() > 0 && whole["verified"] == false);
    let urgent = json(&khuevan(&["gaps", "urgent", "--database", &database, "--most", "3", "--format", "json"]));
    assert_eq!(urgent.as_array().unwrap().len(), 3);
    let standards = json(&khuevan(&["standard", "list", "--database", &database, "--format", "json"]));
    assert_eq!((&standards[0]["code"], &standards[0]["state"]), (&"tieu-chuan-chung".into(), &"published".into()));
    let shown = khuevan(&["standard", "show", "tieu-chuan-chung", "--database", &database]);
    assert!(text(&shown.stdout).contains("code = \"CM.2\""));
    let leaders = json(&khuevan(&["statistics", "--database", &database, "--table", "3", "--format", "json"]));
    assert_eq!(leaders["rows"].as_array().unwrap().last().unwrap()["cells"]["doctor"], 51);
}

#[test]
fn printed_figures_that_do_not_add_up_are_listed_with_their_difference() {
    let list = json(&khuevan(&["schemes", "quality", "--format", "json"]));
    let row = list.as_array().unwrap().iter().find(|f| f["id"] == "I2").unwrap();
    assert_eq!((row["printed"].as_i64(), row["recomputed"].as_i64(), row["difference"].as_i64()), (Some(1_326), Some(1_345), Some(19)));
    assert!(list.as_array().unwrap().iter().all(|f| f["consistent"] == false));
}

#[test]
fn law_is_answered_with_its_citation_or_refused_with_a_code() {
    let show = |staff: &str, on: &str| khuevan(&["law", "show", "service_commitment", "--staff", staff, "--on", on, "--format", "json"]);
    for (on, evidence) in [("2025-06-30", "nd-101-2017"), ("2025-07-01", "nd-171-2025")] {
        let output = show("cong-chuc", on);
        assert!(output.status.success());
        assert!(json(&output)["cites"].to_string().contains(evidence), "{on}");
    }
    let refused = show("vien-chuc", "2026-07-01");
    assert_eq!((refused.status.code(), json(&refused)["refused"].as_str()), (Some(3), Some("absent")));
}

#[test]
fn eligibility_for_a_class_is_told_of_everybody_with_codes_and_articles() {
    let folder = Folder::new();
    let database = filled(folder.path());
    let ask = |more: &[&str]| khuevan(&[&["eligibility", "--database", &database, "--class", "2026-001"], more].concat());
    let all = json(&ask(&["--format", "json"]));
    let all = all.as_array().unwrap();
    for field in ["official", "name", "unit", "staff", "verdict", "code", "weight", "found", "articles"] {
        assert!(all.first().unwrap().get(field).is_some(), "{field}");
    }
    let people: std::collections::BTreeSet<&str> = all.iter().map(|line| line["official"].as_str().unwrap()).collect();
    assert!(people.len() > 5_000, "{}", people.len());
    assert!(all.iter().all(|line| (line["verdict"] == "eligible") == line["code"].is_null()));
    assert!(all.iter().any(|line| line["code"] == "no_opinion" && !line["articles"].as_str().unwrap().is_empty()));
    let unit = json(&ask(&["--unit", "H99.03", "--format", "json"]));
    assert!((1..all.len()).contains(&unit.as_array().unwrap().len()));
    let csv = text(&ask(&["--format", "csv"]).stdout);
    assert_eq!(csv.trim_end().lines().count(), all.len() + 1);
    let told = ask(&[]);
    assert_eq!((told.status.code(), text(&told.stderr).contains("not_enrolling")), (Some(0), true));
    assert_eq!(khuevan(&["eligibility", "--database", &database, "--class", "LOP-1"]).status.code(), Some(1));
    assert_eq!(ask(&["--unit", "H99.99"]).status.code(), Some(1));
    assert_eq!(ask(&["--as-of", "2026-02-30"]).status.code(), Some(2));
}

#[test]
fn trainings_of_a_file_are_compared_then_written_once_with_every_fault_at_its_cell() {
    let folder = Folder::new();
    let database = filled(folder.path());
    let known = json(&khuevan(&["eligibility", "--database", &database, "--class", "2026-001", "--unit", "H99.03", "--format", "json"]));
    let known = &known.as_array().unwrap()[0];
    let (code, name) = (known["official"].as_str().unwrap(), known["name"].as_str().unwrap());
    let file = folder.path().join("lop-da-hoc.csv");
    let row = |code: &str, last: &str| format!("{code},{name},Kỹ năng soạn thảo văn bản,Vị trí việc làm,09/03/2026,{last},40,Đạt\n");
    let head = "Mã cán bộ,Họ và tên,Tên lớp,Nội dung bồi dưỡng,Từ ngày,Đến ngày,Số tiết,Kết quả\n";
    std::fs::write(&file, format!("{head}{}{}", row(code, "13/03/2026"), row("QN-NOBODY", "40/03/2026"))).unwrap();
    let file = file.display().to_string();
    let import = |more: &[&str]| {
        let said = ["import", "training", &file, "--database", &database, "--reason", "sổ theo dõi lớp năm 2026", "--format", "json"];
        khuevan(&[&said, more].concat())
    };
    let counts = |output: &std::process::Output| {
        let report = json(output);
        let count = |name: &str| report["counts"][name].as_i64().unwrap();
        (report["state"].as_str().unwrap().to_owned(), count("new"), count("same"), count("faulty"))
    };

    let marked = folder.path().join("danh-dau.xlsx");
    let compared = import(&["--dry-run", "--marked", &marked.display().to_string()]);
    assert_eq!((compared.status.code(), counts(&compared)), (Some(3), ("compared".to_owned(), 1, 0, 1)));
    let faults = json(&compared)["faults"].to_string();
    assert!(faults.contains("QN-NOBODY") || faults.contains("40/03/2026"), "{faults}");
    assert!(std::fs::read(&marked).unwrap().starts_with(b"PK"));
    let whole = import(&[]);
    assert_eq!((whole.status.code(), counts(&whole)), (Some(3), ("compared".to_owned(), 1, 0, 1)), "all or nothing");

    let carried = import(&["--valid-rows", "--institute"]);
    assert_eq!((carried.status.code(), counts(&carried).0.as_str()), (Some(0), "carried"), "{}", text(&carried.stderr));
    let again = import(&["--valid-rows", "--institute"]);
    assert_eq!((counts(&again).1, counts(&again).2), (0, 1), "known again");
}
