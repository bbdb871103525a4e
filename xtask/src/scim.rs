//! The stage `scim`: a foreign client holds `/scim/v2` of a running server against RFC 7643 and RFC 7644.
//! Not for: what a directory may do here; tests of `service` show that.

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use crate::bench::process::Server;
use crate::{Outcome, say, tools};

/// Every package of the client with its version.
const PINNED: &str = "xtask/scim-requirements.txt";
/// Checks of one run at least: a client that asks less has stopped early.
const LEAST: usize = 74;
const LOGIN: &str = "quan-tri";

pub(crate) fn run(root: &Path, binary: &Path) -> Outcome {
    let client = tools::environment(root, "scim", PINNED)?.join("scim2");
    let data = root.join("target/scim");
    // What an earlier run left is no part of this one.
    let _: std::io::Result<()> = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    let database = format!("sqlite:{}", data.join("khuevan.db").display());
    let account =
        |words: &[&str]| tools::read(Command::new(binary).arg("account").args(words).args(["--database", &database, "--login", LOGIN]));
    account(&["add", "--name", "Quản trị", "--role", "administrator"])?;
    let token = account(&["directory-token", "--days", "1"])?;
    let server = Server::plain(binary, &data)?;
    let said = ask(&client, server.address(), &token);
    server.stop()?;
    judge(&said?)
}

/// What the client said; it ends with 1 when a check fails or is left out, and [`judge`] tells which.
fn ask(client: &Path, address: &str, token: &str) -> Outcome<String> {
    let url = format!("http://{address}/scim/v2");
    say(&format!("    $ scim2 --url {url} test"));
    let mut command = Command::new(client);
    command.args(["--url", &url, "test"]).env("SCIM_CLI_HEADERS", format!("Authorization: Bearer {token}"));
    let output = command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1").output();
    let output = output.map_err(|error| format!("the client does not start: {error}"))?;
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if said.trim().is_empty() { Err(format!("the client ended with {}: {}", output.status, wrong.trim())) } else { Ok(said.into_owned()) }
}

fn judge(said: &str) -> Outcome {
    let mut passed: BTreeMap<&str, usize> = BTreeMap::new();
    let mut failed = Vec::new();
    let mut lines = said.lines().peekable();
    while let Some(line) = lines.next() {
        let Some((status, title)) = line.split_once(' ').filter(|(status, _)| is_status(status)) else { continue };
        let reason = lines.next_if(|next| next.starts_with("  ")).unwrap_or_default().trim();
        if status == "SUCCESS" {
            *passed.entry(title).or_default() += 1;
        } else {
            failed.push(format!("{status} {title}: {reason}"));
        }
    }
    for (title, times) in &passed {
        say(&format!("    passed {times:>3} times  {title}"));
    }
    let count: usize = passed.values().sum();
    if !failed.is_empty() {
        return Err(format!("{} checks of the client did not pass:\n{}", failed.len(), failed.join("\n")));
    }
    if count < LEAST {
        return Err(format!("the client made {count} checks, and at least {LEAST} were expected; it said:\n{said}"));
    }
    say(&format!("    all {count} checks of the client passed"));
    Ok(())
}

fn is_status(word: &str) -> bool {
    ["SUCCESS", "COMPLIANT", "ACCEPTABLE", "DEVIATION", "ERROR", "CRITICAL", "SKIPPED"].contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn said(failing: &str, times: usize) -> String {
        format!("Performing a SCIM compliance check on … ...\n{}{failing}", "SUCCESS object_query\n  Successfully queried\n".repeat(times))
    }

    #[test]
    fn only_a_full_run_without_a_failure_passes() {
        assert_eq!(judge(&said("", LEAST)), Ok(()));
        assert!(judge(&said("", LEAST - 1)).unwrap_err().contains("at least"));
        for status in ["ERROR", "SKIPPED", "DEVIATION"] {
            let wrong = judge(&said(&format!("{status} check_add_attribute\n  not added\n"), LEAST)).unwrap_err();
            assert!(wrong.contains("check_add_attribute: not added"), "{wrong}");
        }
    }
}
