//! The stage `mail`: a real server of mail takes letters of the program, or does not, and a foreign reader reads its calendars.
//! Not for: what is checked (`xtask/mail/check.py`), or who is told of what (tests of `service`).

use std::path::Path;
use std::process::Command;

use crate::{Outcome, say, tools};

/// Every package of the server and the reader with its version.
const PINNED: &str = "xtask/mail-requirements.txt";
const SCRIPT: &str = "xtask/mail/check.py";
/// Checks of one run at least: a script that checks less has stopped early.
const LEAST: usize = 50;

pub(crate) fn run(root: &Path, binary: &Path) -> Outcome {
    let python = tools::environment(root, "mail", PINNED)?.join("python");
    let data = root.join("target/mail");
    // What an earlier run left is no part of this one.
    let _: std::io::Result<()> = std::fs::remove_dir_all(&data);
    std::fs::create_dir_all(&data).map_err(|error| format!("{}: {error}", data.display()))?;
    let said = tools::read(Command::new(python).arg(root.join(SCRIPT)).arg(binary).arg(&data).env("NO_PROXY", "127.0.0.1,localhost"))?;
    say(&said);
    judge(&said)
}

/// The last line tells how many checks passed; a check that does not ends the script.
fn judge(said: &str) -> Outcome {
    let count = said.lines().last().and_then(|line| line.strip_suffix(" checks passed")?.parse::<usize>().ok()).unwrap_or(0);
    if count >= LEAST { Ok(()) } else { Err(format!("{count} checks were made, and at least {LEAST} were expected")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_full_run_passes() {
        assert_eq!(judge(&format!("    one\n{LEAST} checks passed")), Ok(()));
        for said in ["", "49 checks passed", "    stopped", "60 checks passed\nand then?"] {
            assert!(judge(said).is_err(), "{said}");
        }
    }
}
