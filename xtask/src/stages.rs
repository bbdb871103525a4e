//! `cargo xtask test`: the stages that prove the project, in order, each announced and timed; the first failure ends it.
//! Not for: what a stage checks in detail; that lives in the tools it calls and in `tidy`.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};
use std::{env, fs, io};

use crate::bench::process::Server;
use crate::postgres::{self, Cluster};
use crate::{Outcome, badges, mail, say, scim, tidy, tools};

struct Stage {
    name: &'static str,
    what: &'static str,
    run: fn(&mut Run) -> Outcome,
}

/// Cheap stages come first, so that a forgotten `cargo fmt` is told in seconds.
const STAGES: [Stage; 13] = [
    Stage {
        name: "tools",
        what: "find Node.js, PostgreSQL, Chromium, Python, poppler and LibreOffice, or install all but the first",
        run: find_tools,
    },
    Stage { name: "fmt", what: "every file is formatted", run: fmt },
    Stage { name: "tidy", what: "the house rules hold", run: |run| tidy::run(&run.root) },
    Stage { name: "deny", what: "licences and sources of all packages are allowed ones", run: deny },
    Stage { name: "clippy", what: "no lint fires", run: clippy },
    Stage { name: "postgres", what: "start a throw-away PostgreSQL for the tests", run: start_postgres },
    Stage { name: "test", what: "all tests, on SQLite and on PostgreSQL", run: test },
    Stage { name: "doctest", what: "the examples in the documentation work", run: doctest },
    Stage { name: "doc", what: "the documentation builds without a warning", run: doc },
    Stage { name: "scim", what: "a foreign client finds that directories are served as the standard says", run: conform },
    Stage { name: "badges", what: "a foreign verifier takes certificates and refuses changed and revoked ones", run: badges },
    Stage { name: "mail", what: "a real server takes letters, and a foreign reader reads calendars", run: deliver },
    Stage { name: "journeys", what: "people's journeys in a real browser", run: journeys },
];

/// What stages hand on to each other. Dropping it stops the database, after a failure too.
struct Run {
    root: PathBuf,
    postgres: Option<Cluster>,
}

pub(crate) fn run(root: &Path, options: &[&str]) -> Outcome {
    let chosen = choose(options)?;
    let mut run = Run { root: root.to_owned(), postgres: None };
    let mut times = Vec::new();
    for stage in &chosen {
        say(&format!("==> {}: {}", stage.name, stage.what));
        let start = Instant::now();
        let outcome = (stage.run)(&mut run);
        times.push((stage.name, start.elapsed()));
        if let Err(sentence) = outcome {
            say(&summary(&times));
            return Err(format!("stage `{0}` failed: {sentence}\nAgain, alone: cargo xtask test --only {0}", stage.name));
        }
    }
    say(&summary(&times));
    say(&format!("All {} stages passed.", chosen.len()));
    Ok(())
}

/// The names and meanings of all stages, for the help text.
pub(crate) fn list() -> String {
    STAGES.iter().map(|stage| format!("  {:<9} {}", stage.name, stage.what)).collect::<Vec<_>>().join("\n")
}

fn choose(options: &[&str]) -> Outcome<Vec<&'static Stage>> {
    let names = match options {
        [] => return Ok(STAGES.iter().collect()),
        ["--only", names] => names,
        [one] if one.starts_with("--only=") => one.trim_start_matches("--only="),
        other => return Err(format!("`{}` is not understood; the only option is `--only STAGE,…`", other.join(" "))),
    };
    let find = |name: &str| STAGES.iter().find(|stage| stage.name == name);
    names.split(',').map(|name| find(name).ok_or_else(|| format!("there is no stage `{name}`; the stages are\n{}", list()))).collect()
}

fn summary(times: &[(&str, Duration)]) -> String {
    let total: Duration = times.iter().map(|(_, time)| *time).sum();
    let lines = times.iter().copied().chain([("total", total)]);
    let lines: Vec<String> = lines.map(|(name, time)| format!("    {name:<9} {:>7.1} s", time.as_secs_f64())).collect();
    format!("==> times\n{}", lines.join("\n"))
}

fn find_tools(_: &mut Run) -> Outcome {
    say(&format!("    node       {}", tools::node()?.display()));
    say(&format!("    postgres   {}", tools::postgres()?.display()));
    say(&format!("    chromium   {}", tools::chromium()?.display()));
    say(&format!("    python     {}", tools::python()?.display()));
    let [poppler, office] = tools::paper_readers()?;
    say(&format!("    poppler    {}\n    office     {}", poppler.display(), office.display()));
    say(if tools::has_nextest() { "    nextest    yes" } else { "    nextest    no: tests will run with `cargo test`, which is slower" });
    Ok(())
}

fn fmt(_: &mut Run) -> Outcome {
    tools::run(tools::cargo().args(["fmt", "--all", "--check"]))
}

/// Known holes are left out: their list comes from the network, and a proof must not change overnight. `cargo deny check` asks for them.
fn deny(run: &mut Run) -> Outcome {
    let deny = tools::cargo_deny(&run.root)?;
    // Packages of other systems are judged, too, and no build of this one fetches them.
    tools::run(tools::cargo().args(["fetch", "--locked"]))?;
    let words = ["--offline", "--log-level", "error", "check", "bans", "licenses", "sources"];
    tools::run(Command::new(deny).args(words).current_dir(&run.root))
}

fn clippy(_: &mut Run) -> Outcome {
    tools::run(tools::cargo().args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn start_postgres(run: &mut Run) -> Outcome {
    if let Ok(url) = env::var(postgres::VARIABLE) {
        say(&format!("    {} is set, so its server is used: {url}", postgres::VARIABLE));
        return Ok(());
    }
    if run.postgres.is_none() {
        let cluster = Cluster::start()?;
        say(&format!("    {}", cluster.url()));
        run.postgres = Some(cluster);
    }
    Ok(())
}

fn test(run: &mut Run) -> Outcome {
    // With `--only test` nobody has started it yet.
    start_postgres(run)?;
    let mut command = tools::cargo();
    if tools::has_nextest() {
        command.args(["nextest", "run", "--workspace"]);
    } else {
        command.args(["test", "--workspace", "--lib", "--bins", "--tests", "--no-fail-fast"]);
    }
    if let Some(cluster) = &run.postgres {
        command.env(postgres::VARIABLE, cluster.url());
    }
    tools::run(&mut command)?;
    // Nothing after this needs the database, and the browser can use its memory.
    run.postgres = None;
    Ok(())
}

fn doctest(_: &mut Run) -> Outcome {
    tools::run(tools::cargo().args(["test", "--workspace", "--doc", "--quiet"]))
}

fn doc(_: &mut Run) -> Outcome {
    tools::run(tools::cargo().args(["doc", "--workspace", "--no-deps"]).env("RUSTDOCFLAGS", "-D warnings"))
}

fn conform(run: &mut Run) -> Outcome {
    build()?;
    scim::run(&run.root, &built("khuevan")?)
}

fn badges(run: &mut Run) -> Outcome {
    build()?;
    badges::run(&run.root, &built("khuevan")?, &built("examples/certify")?)
}

fn deliver(run: &mut Run) -> Outcome {
    build()?;
    mail::run(&run.root, &built("khuevan")?)
}

fn journeys(run: &mut Run) -> Outcome {
    let folder = run.root.join("tests-e2e");
    let journeys = find_journeys(&folder)?;
    let (node, chromium) = (tools::node()?, tools::chromium()?);
    build()?;
    let messy = folder.join("out/messy");
    tools::run(Command::new(built("examples/messy")?).arg(&messy))?;
    tools::run(Command::new("npm").args(["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"]).current_dir(&folder))?;
    // Made once and copied by each journey.
    let demo = folder.join("out/demo");
    let _: io::Result<()> = fs::remove_dir_all(&demo);
    Server::furnish(&built("khuevan")?, &demo, DAY_OF_JOURNEYS)?;
    // One at a time: two browsers and two servers on two cores make journeys slow enough to look broken.
    let mut command = Command::new(node);
    command.args(["--test", "--test-concurrency=1"]).args(journeys).current_dir(&folder);
    let command = command.env("KHUEVAN_BIN", built("khuevan")?).env("CHROMIUM", chromium);
    tools::run(command.env("KHUEVAN_MESSY", messy).env("KHUEVAN_DEMO", demo))
}

/// The day that every journey pretends.
const DAY_OF_JOURNEYS: &str = "2026-11-22";

/// No journeys is a failure: a stage that checks nothing must not look green.
fn find_journeys(folder: &Path) -> Outcome<Vec<PathBuf>> {
    let entries = fs::read_dir(folder.join("journeys")).into_iter().flatten().flatten();
    let is_journey = |path: &PathBuf| path.to_string_lossy().ends_with(".test.mjs");
    let mut journeys: Vec<PathBuf> = entries.map(|entry| entry.path()).filter(is_journey).collect();
    journeys.sort();
    if journeys.is_empty() { Err("there is no journey in tests-e2e/journeys".to_owned()) } else { Ok(journeys) }
}

/// The binary and the examples as the tests are built. Built alone they would have other features, and so would everything below them:
/// minutes of work for the same program.
fn build() -> Outcome {
    tools::run(tools::cargo().args(["test", "--workspace", "--no-run", "--quiet"]))
}

/// Cargo puts the programs beside this one, wherever the target folder is.
fn built(program: &str) -> Outcome<PathBuf> {
    let ourselves = env::current_exe().map_err(|error| format!("our own program is not to be found: {error}"))?;
    let binary = ourselves.with_file_name(program);
    if binary.is_file() { Ok(binary) } else { Err(format!("{} was not built", binary.display())) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(options: &[&str]) -> Outcome<Vec<&'static str>> {
        choose(options).map(|chosen| chosen.iter().map(|stage| stage.name).collect())
    }

    #[test]
    fn without_options_every_stage_runs_in_order() {
        assert_eq!(names(&[]).unwrap().len(), STAGES.len());
        assert_eq!(names(&[]).unwrap().first(), Some(&"tools"));
    }

    #[test]
    fn only_the_named_stages_run() {
        assert_eq!(names(&["--only", "fmt,clippy"]), Ok(vec!["fmt", "clippy"]));
        assert_eq!(names(&["--only=doc"]), Ok(vec!["doc"]));
    }

    #[test]
    fn a_stage_that_does_not_exist_is_refused_with_the_list() {
        assert!(names(&["--only", "fmt,lint"]).unwrap_err().contains("no stage `lint`"));
        assert!(names(&["--fast"]).is_err());
    }

    #[test]
    fn a_folder_without_journeys_is_a_failure() {
        assert!(find_journeys(Path::new("no-such-folder")).is_err());
    }
}
