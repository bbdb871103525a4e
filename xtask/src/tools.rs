//! Finds the programs the stages call, and installs the few that a bare Debian container lacks.
//! Not for: Rust or Node themselves; without them nothing starts, so they are asked for, not installed.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::{env, fs};

use crate::{Outcome, say};

const OLDEST_NODE: u32 = 20;
/// The release that reads `deny.toml` as it is written.
const CARGO_DENY: &str = "0.20.2";
const CHROMIUM_NAMES: [&str; 4] = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];

/// The program on PATH, if there is one.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = env::var_os("PATH")?;
    env::split_paths(&path).map(|folder| folder.join(program)).find(|candidate| candidate.is_file())
}

/// The cargo that started us, so that a toolchain chosen by hand stays chosen.
pub(crate) fn cargo() -> Command {
    let mut cargo = Command::new(env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    // They speak of xtask; build scripts that look at them would run again, and all that depends on them be built twice.
    let of_xtask = |name: &str| name.starts_with("CARGO_PKG_") || name.starts_with("CARGO_MANIFEST_");
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_str().is_some_and(of_xtask)) {
        cargo.env_remove(name);
    }
    cargo
}

/// Runs a command with its output shown; the error names the command.
pub(crate) fn run(command: &mut Command) -> Outcome {
    let shown = shown(command);
    say(&format!("    $ {shown}"));
    let status = command.status().map_err(|error| format!("`{shown}` could not be started: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// Runs a command silently and returns its standard output; the error carries what it said.
pub(crate) fn read(command: &mut Command) -> Outcome<String> {
    let shown = shown(command);
    let output = command.stdin(Stdio::null()).output().map_err(|error| format!("`{shown}` could not be started: {error}"))?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).trim().to_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`{shown}` ended with {}: {}", output.status, said.trim()))
}

fn shown(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_name().unwrap_or(command.get_program());
    let words = std::iter::once(program).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

pub(crate) fn is_root() -> bool {
    read(Command::new("id").arg("-u")).is_ok_and(|id| id == "0")
}

/// True when `cargo nextest` works. It is not installed on the fly: building it takes longer than it saves.
pub(crate) fn has_nextest() -> bool {
    read(cargo().args(["nextest", "--version"])).is_ok()
}

/// The judge of licences and sources: one on PATH, or one built once below `target`, which takes a few minutes.
pub(crate) fn cargo_deny(root: &Path) -> Outcome<PathBuf> {
    let folder = root.join("target/tools");
    let built = folder.join("bin/cargo-deny");
    if let Some(found) = find("cargo-deny").or_else(|| Some(built.clone()).filter(|path| path.is_file())) {
        return Ok(found);
    }
    say("    cargo-deny is missing, and deny.toml is checked by it: building it once, which takes a few minutes");
    // Its own speed does not matter, so it is built the quick way.
    let install = ["install", "cargo-deny", "--version", CARGO_DENY, "--locked", "--debug", "--root"];
    run(cargo().args(install).arg(folder))?;
    Ok(built)
}

/// Node and npm, which the front-end packages and the browser journeys need.
pub(crate) fn node() -> Outcome<PathBuf> {
    let missing = |program| format!("`{program}` is not on PATH; install Node.js {OLDEST_NODE} or newer, with npm");
    let node = find("node").ok_or_else(|| missing("node"))?;
    find("npm").ok_or_else(|| missing("npm"))?;
    let version = read(Command::new(&node).arg("--version"))?;
    match major(&version) {
        Some(found) if found >= OLDEST_NODE => Ok(node),
        _ => Err(format!("Node.js {version} is too old; version {OLDEST_NODE} or newer is needed")),
    }
}

fn major(version: &str) -> Option<u32> {
    version.trim_start_matches('v').split('.').next()?.parse().ok()
}

/// The folder with `initdb`, `pg_ctl` and `postgres`; installs PostgreSQL when it is missing and we may.
pub(crate) fn postgres() -> Outcome<PathBuf> {
    if let Some(folder) = find_postgres() {
        return Ok(folder);
    }
    apt_install("postgresql", "the store tests also run on PostgreSQL")?;
    find_postgres().ok_or_else(|| "the package postgresql is installed, but `initdb` is still not to be found".to_owned())
}

fn find_postgres() -> Option<PathBuf> {
    // The program on PATH may be a lone link; its neighbours are where the link points.
    let on_path = find("initdb").and_then(|program| fs::canonicalize(program).ok()).and_then(|program| program.parent().map(PathBuf::from));
    let versions = fs::read_dir("/usr/lib/postgresql").into_iter().flatten().flatten().map(|entry| entry.path());
    let installed = newest_first(versions.collect()).into_iter().map(|version| version.join("bin"));
    let complete = |folder: &PathBuf| ["initdb", "pg_ctl", "postgres"].iter().all(|program| folder.join(program).is_file());
    on_path.into_iter().chain(installed).find(complete)
}

/// Debian keeps one folder a version, named by number: 9 comes before 15 only when compared as numbers.
fn newest_first(mut folders: Vec<PathBuf>) -> Vec<PathBuf> {
    folders.sort_by_key(|folder| folder.file_name().and_then(|name| name.to_str()).and_then(major).unwrap_or(0));
    folders.reverse();
    folders
}

/// The browser of the journeys: `$CHROMIUM`, else one on PATH, else installed when we may.
pub(crate) fn chromium() -> Outcome<PathBuf> {
    if let Some(chosen) = env::var_os("CHROMIUM") {
        let chosen = PathBuf::from(chosen);
        return if chosen.is_file() { Ok(chosen) } else { Err(format!("CHROMIUM names {}, which does not exist", chosen.display())) };
    }
    let on_path = || CHROMIUM_NAMES.iter().find_map(|name| find(name));
    if let Some(found) = on_path() {
        return Ok(found);
    }
    apt_install("chromium", "the journeys run in a real browser")?;
    on_path().ok_or_else(|| "the package chromium is installed, but no browser is on PATH".to_owned())
}

/// The programs of pinned Python packages, in an environment of its own below `target`, made anew when the list changes; gives their folder.
pub(crate) fn environment(root: &Path, name: &str, list: &str) -> Outcome<PathBuf> {
    let home = root.join("target/tools").join(name);
    let (programs, noted, path) = (home.join("bin"), home.join("installed.txt"), root.join(list));
    let pinned = fs::read_to_string(&path).map_err(|error| format!("{list}: {error}"))?;
    let has_python = programs.join("python").is_file();
    if has_python && fs::read_to_string(&noted).is_ok_and(|installed| installed == pinned) {
        return Ok(programs);
    }
    say(&format!("    {name} is missing: installing it once below target/tools with pip"));
    run(Command::new(python()?).args(["-m", "venv", "--clear"]).arg(&home))?;
    run(Command::new(programs.join("python")).args(["-m", "pip", "install", "--quiet", "--no-deps", "--requirement"]).arg(&path))?;
    fs::write(&noted, &pinned).map_err(|error| format!("{}: {error}", noted.display()))?;
    Ok(programs)
}

/// Python that can make environments of its own; installs it when it is missing and we may.
pub(crate) fn python() -> Outcome<PathBuf> {
    let complete = || find("python3").filter(|python| read(Command::new(python).args(["-c", "import venv, ensurepip"])).is_ok());
    if let Some(found) = complete() {
        return Ok(found);
    }
    apt_install("python3-venv", "a foreign client tries what directories use")?;
    complete().ok_or_else(|| "the package python3-venv is installed, but `python3` still makes no environments".to_owned())
}

/// What reads papers beside us: `pdftotext` and LibreOffice; installs them when they are missing and we may.
pub(crate) fn paper_readers() -> Outcome<[PathBuf; 2]> {
    let why = "other programs must read the papers that we make";
    Ok([found_or_installed("pdftotext", "poppler-utils", why)?, found_or_installed("soffice", "libreoffice-writer", why)?])
}

fn found_or_installed(program: &str, package: &str, why: &str) -> Outcome<PathBuf> {
    if let Some(found) = find(program) {
        return Ok(found);
    }
    apt_install(package, why)?;
    find(program).ok_or_else(|| format!("the package {package} is installed, but `{program}` is not on PATH"))
}

fn apt_install(package: &str, why: &str) -> Outcome {
    if !is_root() || find("apt-get").is_none() {
        return Err(format!("{package} is missing, and {why}; install it with the system's package manager"));
    }
    say(&format!("    {package} is missing, and {why}: installing it with apt-get"));
    let install = || {
        let mut command = Command::new("apt-get");
        command.args(["install", "--yes", "--quiet", "--no-install-recommends", package]).env("DEBIAN_FRONTEND", "noninteractive");
        read(&mut command)
    };
    // A fresh container has no package list yet, so a first failure is answered with an update.
    if install().is_err() {
        read(Command::new("apt-get").args(["update", "--quiet"]))?;
        install()?;
    }
    say(&format!("    installed the Debian package {package} on this machine"));
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_are_compared_as_numbers() {
        let folders = ["pg/9.6", "pg/15", "pg/14", "pg/other"].map(PathBuf::from).to_vec();
        let sorted = ["pg/15", "pg/14", "pg/9.6", "pg/other"].map(PathBuf::from).to_vec();
        assert_eq!(newest_first(folders), sorted);
        assert_eq!(major("v20.20.2"), Some(20));
        assert_eq!(major("nightly"), None);
    }

    #[test]
    fn a_failing_command_is_named_with_what_it_said() {
        let error = read(Command::new("sh").args(["-c", "echo broken >&2; exit 3"])).unwrap_err();
        assert!(error.starts_with("`sh -c") && error.contains("exit status: 3") && error.ends_with("broken"), "{error}");
    }

    #[test]
    fn a_program_that_does_not_exist_is_not_found() {
        assert!(find("sh").is_some());
        assert!(find("no-such-program-anywhere").is_none());
    }
}
