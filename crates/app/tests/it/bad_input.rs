//! Bad input: one clear sentence with the place and the way out, an exit code that is not 0, and nothing changed.

use std::process::Command;

use testkit::databases::Folder;

use crate::run::{TODAY, filled, json, khuevan, text};

#[test]
fn an_address_of_no_database_is_named() {
    let output = khuevan(&["progress", "--database", "mysql://somewhere"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("sqlite:PATH or postgres://"), "{}", text(&output.stderr));
}

#[test]
fn a_question_to_a_missing_database_creates_no_file() {
    let folder = Folder::new();
    let path = folder.path().join("none.db");
    let output = khuevan(&["progress", "--database", &format!("sqlite:{}", path.display())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("khuevan generate"));
    assert!(!path.exists());
}

#[test]
fn the_file_of_a_paper_ends_in_docx_or_pdf() {
    let output = khuevan(&["document", "year_plan", "1", "--out", "plan.txt"]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains(".docx or .pdf"), "{}", text(&output.stderr));
}

#[test]
fn a_busy_port_is_told_before_anything_is_prepared() {
    let folder = Folder::new();
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let place = taken.local_addr().unwrap().to_string();
    let data = folder.path().join("data");
    let output = khuevan(&["serve", "--demo", "--listen", &place, "--data", &data.display().to_string()]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("--listen"), "{}", text(&output.stderr));
    assert!(!data.exists());
}

#[test]
fn a_damaged_file_is_told_with_the_way_back() {
    let folder = Folder::new();
    let path = folder.path().join("khuevan.db");
    std::fs::write(&path, "x".repeat(9_000)).unwrap();
    let output = khuevan(&["progress", "--database", &format!("sqlite:{}", path.display())]);
    assert_eq!(output.status.code(), Some(1));
    assert!(text(&output.stderr).contains("khuevan restore"), "{}", text(&output.stderr));
}

#[test]
fn a_scheme_or_standard_is_explained_mistake_by_mistake() {
    let folder = Folder::new();
    let good = schemefile::builtin().iter().find(|b| b.code == "lang-son-2021").unwrap().text;
    let bad = good.replacen("31/12/2021", "31/02/2021", 1).replacen("section", "secton", 1);
    let file = folder.path().join("bad.toml");
    std::fs::write(&file, bad).unwrap();
    let output = khuevan(&["scheme", "check", &file.display().to_string(), "--format", "json"]);
    assert_eq!(output.status.code(), Some(3));
    let faults = json(&output)["faults"].as_array().unwrap().clone();
    let codes: Vec<&str> = faults.iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"impossible_date") && codes.contains(&"unknown_field"), "{codes:?}");
    assert!(faults.iter().all(|f| f["line"].as_u64().unwrap() > 0));
    std::fs::write(&file, schemefile::builtin_standard().replacen("fits_post", "fits", 1)).unwrap();
    let output = khuevan(&["standard", "check", &file.display().to_string(), "--format", "json"]);
    assert_eq!((output.status.code(), &json(&output)["faults"][0]["code"]), (Some(3), &"unknown_code".into()));
}

#[test]
fn a_wrong_day_unit_or_size_is_refused_in_words() {
    let folder = Folder::new();
    let database = filled(folder.path());
    let day = khuevan(&["progress", "--database", &database, "--as-of", "2026-02-30"]);
    assert_eq!(day.status.code(), Some(2));
    assert!(text(&day.stderr).contains("no such day"));
    let unit = khuevan(&["progress", "--database", &database, "--unit", "H99.nowhere"]);
    assert_eq!(unit.status.code(), Some(1));
    assert!(text(&unit.stderr).contains("check the code"));
    let few = khuevan(&["generate", "--database", &format!("sqlite:{}", folder.path().join("few.db").display()), "--people", "10"]);
    assert_eq!(few.status.code(), Some(1));
    assert!(text(&few.stderr).contains("6000"), "{}", text(&few.stderr));
    let twice = khuevan(&["generate", "--database", &database]);
    assert_eq!(twice.status.code(), Some(1));
    assert!(text(&twice.stderr).contains("already holds"));
}

/// A limit on the size of files stands for a full disk: writing fails in the middle.
#[test]
fn a_full_disk_loses_nothing_and_the_next_run_starts_clean() {
    let folder = Folder::new();
    let path = folder.path().join("full.db");
    let script = format!(
        "trap '' XFSZ; ulimit -f 6000; exec {} --today {TODAY} generate --people 6000 --database sqlite:{}",
        env!("CARGO_BIN_EXE_khuevan"),
        path.display()
    );
    let output = Command::new("bash").args(["-c", &script]).output().unwrap();
    assert_eq!(output.status.code(), Some(1), "{}", text(&output.stderr));
    assert!(text(&output.stderr).contains("khuevan: "), "{}", text(&output.stderr));
    let again = khuevan(&["generate", "--people", "6000", "--database", &format!("sqlite:{}", path.display())]);
    assert!(again.status.success(), "{}", text(&again.stderr));
}
