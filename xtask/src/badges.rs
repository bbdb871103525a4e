//! The stage `badges`: a foreign verifier takes the Open Badges of a running server, refuses changed and revoked ones, and our own terminal
//! checks a certificate without the server.
//! Not for: what a certificate says, or who gets one; tests of `service` show that.

use std::path::Path;
use std::process::Command;

use crate::bench::process::Server;
use crate::{Outcome, say, tools};

/// Every package of the verifier with its version.
const PINNED: &str = "xtask/openbadges-requirements.txt";
const SCRIPT: &str = "xtask/openbadges.py";
/// Checks of one run: a script that asks less has stopped early.
const CHECKS: usize = 8;

pub(crate) fn run(root: &Path, binary: &Path, certify: &Path) -> Outcome {
    let python = tools::environment(root, "openbadges", PINNED)?.join("python");
    let data = root.join("target/badges");
    // What an earlier run left is no part of this one.
    let _: std::io::Result<()> = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    let database = format!("sqlite:{}", data.join("khuevan.db").display());
    tools::read(Command::new(binary).args(["generate", "--database", &database, "--people", "6000"]))?;
    let server = Server::plain(binary, &data)?;
    let said = ask(root, (&python, binary, certify), &database, &data, server.address());
    server.stop()?;
    judge(&said?)
}

fn ask(root: &Path, (python, binary, certify): (&Path, &Path, &Path), database: &str, data: &Path, address: &str) -> Outcome<String> {
    let made = tools::read(Command::new(certify).args([database, &today()?, "3", &format!("http://{address}")]))?;
    let word = |name: &str| {
        let line = made.lines().find_map(|line| line.strip_prefix(name)).map(|rest| rest.trim().to_owned());
        line.ok_or_else(|| format!("certificates were not issued: `{made}`"))
    };
    let (valid, revoked, name, seal) = (word("valid ")?, word("revoked ")?, word("name ")?, word("seal ")?);
    offline(binary, data, address, &seal)?;
    say(&format!("    $ python {SCRIPT} {address} {valid} {revoked}"));
    let mut command = Command::new(python);
    command.arg(root.join(SCRIPT)).args([address, &valid, &revoked, &name]).env("PYTHONIOENCODING", "utf-8");
    let output = command.env("NO_PROXY", "127.0.0.1").env("no_proxy", "127.0.0.1").output();
    let output = output.map_err(|error| format!("the verifier does not start: {error}"))?;
    let (said, wrong) = (String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    if output.status.success() {
        Ok(said.into_owned())
    } else {
        Err(format!("the verifier ended with {}: {said}{}", output.status, wrong.trim()))
    }
}

/// Our own terminal, with nothing but the public keys in a file.
fn offline(binary: &Path, data: &Path, address: &str, seal: &str) -> Outcome {
    let keys = data.join("keys.json");
    let set = tools::read(Command::new("curl").args(["-sf", "--noproxy", "*", &format!("http://{address}/verify/key")]))?;
    std::fs::write(&keys, set).map_err(|error| format!("{}: {error}", keys.display()))?;
    let check = |seal: &str| {
        let status = Command::new(binary).args(["certificate", "verify", seal, "--key"]).arg(&keys).output();
        status.map(|output| output.status.code()).map_err(|error| format!("the terminal does not start: {error}"))
    };
    let changed = seal.replacen('A', "B", 1);
    match (check(seal)?, check(&changed)?) {
        (Some(0), Some(3)) => Ok(()),
        other => Err(format!("the terminal answers {other:?} to a seal and to a changed one; 0 and 3 were expected")),
    }
}

/// The day of the real clock: the verifier asks no other.
fn today() -> Outcome<String> {
    tools::read(Command::new("date").args(["-u", "+%Y-%m-%d"])).map(|day| day.trim().to_owned())
}

fn judge(said: &str) -> Outcome {
    let (passed, failed): (Vec<&str>, Vec<&str>) = said.lines().partition(|line| line.starts_with("SUCCESS"));
    for line in &passed {
        say(&format!("    {line}"));
    }
    if !failed.is_empty() {
        return Err(format!("the verifier found:\n{}", failed.join("\n")));
    }
    if passed.len() != CHECKS {
        return Err(format!("the verifier made {} checks, and {CHECKS} were expected; it said:\n{said}", passed.len()));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_run_without_a_failure_passes() {
        let all = "SUCCESS accepted\n".repeat(CHECKS);
        assert_eq!(judge(&all), Ok(()));
        assert!(judge(&"SUCCESS accepted\n".repeat(CHECKS - 1)).unwrap_err().contains("expected"));
        assert!(judge(&format!("{all}ERROR accepted, although it was revoked\n")).unwrap_err().contains("revoked"));
    }
}
