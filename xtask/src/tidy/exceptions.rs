//! The list of places that may break a length rule for now. It may only shrink: a line that excuses nothing is itself a finding.
//! Not for: walls. A broken dependency arrow or a clock in the rules has no exception.

use super::Finding;
use crate::Outcome;

pub(super) const FILE: &str = "xtask/tidy-exceptions.txt";

/// The rules that may be excused, for a time.
const RULES: [&str; 2] = ["file-length", "function-length"];

/// Removes the excused findings, and adds one for each line of the list that no longer excuses anything.
pub(super) fn apply(listed: &str, findings: Vec<Finding>) -> Outcome<Vec<Finding>> {
    let exceptions = parse(listed)?;
    let excuses = |&(rule, place): &(&str, &str), finding: &Finding| rule == finding.rule && place == finding.place;
    let unused = exceptions.iter().filter(|exception| !findings.iter().any(|finding| excuses(exception, finding)));
    let unused: Vec<Finding> = unused
        .map(|(rule, place)| Finding::new("exceptions", FILE, format!("`{rule} {place}` excuses nothing any more; remove the line")))
        .collect();
    let kept = findings.into_iter().filter(|finding| !exceptions.iter().any(|exception| excuses(exception, finding)));
    Ok(kept.chain(unused).collect())
}

fn parse(listed: &str) -> Outcome<Vec<(&str, &str)>> {
    let lines = listed.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines
        .map(|line| match line.split_once(' ') {
            Some((rule, place)) if RULES.contains(&rule) => Ok((rule, place.trim())),
            _ => Err(format!("{FILE}: `{line}` is not understood; a line is one of {} and a place", RULES.join(", "))),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn long_file() -> Finding {
        Finding::new("file-length", "crates/a/src/lib.rs", "too long")
    }

    #[test]
    fn a_listed_place_is_excused() {
        let left = apply("# why\nfile-length crates/a/src/lib.rs\n", vec![long_file()]).unwrap();
        assert_eq!(left, []);
    }

    #[test]
    fn an_exception_that_excuses_nothing_is_a_finding() {
        let left = apply("file-length crates/b/src/lib.rs", vec![long_file()]).unwrap();
        assert_eq!(left.iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["file-length", "exceptions"]);
    }

    #[test]
    fn walls_cannot_be_excused() {
        assert!(apply("arrows crates/domain", vec![]).is_err());
        assert!(apply("file-length", vec![]).is_err());
    }
}
