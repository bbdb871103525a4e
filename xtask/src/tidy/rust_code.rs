//! Checks each Rust file: it says what it is for, it and its functions are short, and it does not read the clock where time is a parameter.
//! Not for: anything that needs types; this reads text with comments and strings blanked out.

mod scan;

use super::Finding;
use super::texts::TextFile;

const LONGEST_FILE: usize = 600;
const LONGEST_FUNCTION: usize = 80;

/// Time enters the product here and is handed on as a parameter.
const MAY_READ_THE_CLOCK: [&str; 3] = ["crates/app/", "crates/testkit/", "xtask/"];
const CLOCKS: [&str; 5] = ["now_utc(", "now_utc)", "now_local(", "SystemTime::now", "OffsetDateTime::now"];

pub(super) fn check(file: &TextFile) -> Vec<Finding> {
    let is_rust = file.path.ends_with(".rs") && (file.path.starts_with("crates/") || file.path.starts_with("xtask/"));
    if !is_rust {
        return Vec::new();
    }
    let code = scan::code_only(&file.text);
    let mut findings = Vec::new();
    if !file.text.starts_with("//! ") {
        findings.push(Finding::new("opening", &file.path, "must open with a `//!` line that says what it is for and what it is not for"));
    }
    findings.extend(check_clock(file, &code));
    if !is_test_file(&file.path) {
        findings.extend(check_lengths(file, &code));
    }
    findings
}

/// Tests may be long: a table of cases is not hard to read.
fn is_test_file(path: &str) -> bool {
    path.contains("/tests/") || path.ends_with("/tests.rs")
}

fn check_clock(file: &TextFile, code: &str) -> Option<Finding> {
    if MAY_READ_THE_CLOCK.iter().any(|allowed| file.path.starts_with(allowed)) {
        return None;
    }
    let (number, _) = (1..).zip(code.lines()).find(|(_, line)| CLOCKS.iter().any(|clock| line.contains(clock)))?;
    Some(Finding::new("clock", &file.path, format!("line {number} reads the clock; time is a parameter here")))
}

fn check_lengths(file: &TextFile, code: &str) -> Vec<Finding> {
    let tests = scan::test_items(code);
    let lines = code.lines().count() - tests.iter().map(|item| item.lines).sum::<usize>();
    let mut findings = Vec::new();
    if lines > LONGEST_FILE {
        let sentence = format!("has {lines} lines without its tests; the limit is {LONGEST_FILE}: split it by what a reader looks for");
        findings.push(Finding::new("file-length", &file.path, sentence));
    }
    for function in scan::functions(code) {
        let is_test = tests.iter().any(|test| test.contains(&function));
        if function.lines > LONGEST_FUNCTION && !is_test {
            let sentence = format!("has {} lines; the limit is {LONGEST_FUNCTION}: split it by what it decides", function.lines);
            findings.push(Finding::new("function-length", format!("{}::{}", file.path, function.name), sentence));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        let file = TextFile { path: path.to_owned(), text: text.to_owned() };
        check(&file).iter().map(|finding| finding.rule).collect()
    }

    fn long_body() -> String {
        "    step();\n".repeat(LONGEST_FUNCTION)
    }

    #[test]
    fn a_short_file_that_says_what_it_is_for_passes() {
        assert!(rules("crates/a/src/lib.rs", "//! A.\nfn main() {}\n").is_empty());
        assert!(rules("docs/example.rs", "fn main() {}\n").is_empty(), "only our crates are checked");
    }

    #[test]
    fn a_file_without_an_opening_is_found() {
        assert_eq!(rules("crates/a/src/lib.rs", "fn main() {}\n"), ["opening"]);
        assert_eq!(rules("xtask/src/main.rs", "// A.\nfn main() {}\n"), ["opening"]);
    }

    #[test]
    fn a_long_function_is_found_by_name() {
        let text = format!("//! A.\nimpl X {{\n    fn publish(&self) -> [u8; 2] {{\n{}    }}\n}}\n", long_body());
        let file = TextFile { path: "crates/a/src/lib.rs".to_owned(), text };
        let found = check(&file);
        assert_eq!(found.iter().map(|finding| finding.place.as_str()).collect::<Vec<_>>(), ["crates/a/src/lib.rs::publish"]);
    }

    #[test]
    fn tests_may_be_long() {
        let text = format!("//! A.\n#[cfg(test)]\nmod tests {{\n    fn cases() {{\n{}    }}\n}}\n", long_body().repeat(9));
        assert!(rules("crates/a/src/lib.rs", &text).is_empty());
        let text = format!("//! A.\nfn cases() {{\n{}}}\n", long_body());
        assert!(rules("crates/a/tests/it/main.rs", &text).is_empty());
        assert_eq!(rules("crates/a/src/lib.rs", &text), ["function-length"]);
    }

    #[test]
    fn a_long_file_is_found() {
        let text = format!("//! A.\n{}", "const A: u8 = 1;\n".repeat(LONGEST_FILE));
        assert_eq!(rules("crates/a/src/lib.rs", &text), ["file-length"]);
    }

    #[test]
    fn the_clock_is_read_in_few_crates() {
        let text = "//! A.\nfn now() { let at = OffsetDateTime::now_utc(); }\n";
        assert_eq!(rules("crates/service/src/lib.rs", text), ["clock"]);
        assert!(rules("crates/app/src/main.rs", text).is_empty());
        assert_eq!(rules("crates/web/src/a.rs", "//! A.\nfn a() { b.unwrap_or_else(OffsetDateTime::now_utc) }\n"), ["clock"]);
        assert!(rules("crates/web/src/a.rs", "//! Never `SystemTime::now`.\n/* now_utc() */ const A: &str = \"now_utc()\";\n").is_empty());
    }
}
