//! `cargo xtask tidy`: the house rules that clippy and the compiler cannot check.
//! Not for: formatting and lints; rustfmt and clippy do those.

mod exceptions;
mod manifests;
mod rust_code;
mod texts;

use std::fmt;
use std::path::Path;

use crate::{Outcome, say};

/// One broken rule at one place.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    rule: &'static str,
    /// A path from the project's root, for a function followed by `::name`.
    place: String,
    /// What is wrong and what to do.
    sentence: String,
}

impl Finding {
    fn new(rule: &'static str, place: impl Into<String>, sentence: impl Into<String>) -> Self {
        Self { rule, place: place.into(), sentence: sentence.into() }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}] {}", self.place, self.rule, self.sentence)
    }
}

pub(crate) fn run(root: &Path) -> Outcome {
    let files = texts::read_all(root)?;
    let mut findings = manifests::check(&files);
    for file in &files {
        findings.extend(texts::check(file));
        findings.extend(rust_code::check(file));
    }
    let listed = std::fs::read_to_string(root.join(exceptions::FILE)).map_err(|error| format!("{}: {error}", exceptions::FILE))?;
    let findings = exceptions::apply(&listed, findings)?;
    if findings.is_empty() {
        say(&format!("    {} files are tidy", files.len()));
        return Ok(());
    }
    let lines: Vec<String> = findings.iter().map(|finding| format!("  {finding}")).collect();
    Err(format!("the house rules are broken in {} places\n{}", findings.len(), lines.join("\n")))
}
