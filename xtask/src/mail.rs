//! The stage `mail`: a real server of mail takes letters of the program, or does not, and a foreign reader reads its calendars.
//! Not for: what is checked (`xtask/mail/check.py`), or who is told of what (tests of `service`).

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{Outcome, say, tools};

/// Every package of the server and the reader with its version.
const PINNED: &str = "xtask/mail-requirements.txt";
const SCRIPT: &str = "xtask/mail/check.py";
/// Checks of one run at least: a script that checks less has stopped early.
const LEAST: usize = 50;

pub(crate) fn run(root: &Path, binary: &Path) -> Outcome {
    let python = python(root)?;
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

/// Python with the server and the reader in an environment of its own below `target`, made anew when the list of packages changes.
fn python(root: &Path) -> Outcome<PathBuf> {
    let home = root.join("target/tools/mail");
    let (python, noted) = (home.join("bin/python"), home.join("installed.txt"));
    let list = root.join(PINNED);
    let pinned = std::fs::read_to_string(&list).map_err(|error| format!("{PINNED}: {error}"))?;
    if python.is_file() && std::fs::read_to_string(&noted).is_ok_and(|installed| installed == pinned) {
        return Ok(python);
    }
    say("    the server of mail is missing: installing it once below target/tools with pip");
    tools::run(Command::new(tools::python()?).args(["-m", "venv", "--clear"]).arg(&home))?;
    tools::run(Command::new(&python).args(["-m", "pip", "install", "--quiet", "--no-deps", "--requirement"]).arg(&list))?;
    std::fs::write(&noted, &pinned).map_err(|error| format!("{}: {error}", noted.display()))?;
    Ok(python)
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
