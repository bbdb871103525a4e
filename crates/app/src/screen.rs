//! The one place that prints: answers to standard output, remarks to standard error.
//! Not for: logs.

use std::io::Write as _;

/// Prints an answer. A closed pipe (`| head`) is not an error.
pub(crate) fn answer(text: &str) {
    let mut out = std::io::stdout().lock();
    let _: std::io::Result<()> = writeln!(out, "{}", text.trim_end_matches('\n'));
}

/// Prints a remark.
pub(crate) fn remark(text: &str) {
    let mut out = std::io::stderr().lock();
    let _: std::io::Result<()> = writeln!(out, "{text}");
}

/// Prints a remark over the last one, on terminals that can.
pub(crate) fn progress(text: &str, last: bool) {
    use std::io::IsTerminal as _;
    let mut out = std::io::stderr().lock();
    if out.is_terminal() {
        let end = if last { "\n" } else { "" };
        let _: std::io::Result<()> = write!(out, "\r\u{1b}[2K{text}{end}");
    } else if last {
        let _: std::io::Result<()> = writeln!(out, "{text}");
    }
    let _: std::io::Result<()> = out.flush();
}
