//! The project's automation: `cargo xtask help` lists what it does.
//! Not for: anything the running product needs. It depends on no crate of ours, so that it builds in seconds.

mod badges;
mod bench;
mod mail;
mod postgres;
mod scim;
mod stages;
mod tidy;
mod tools;

use std::env;
use std::path::PathBuf;
use std::process::ExitCode;

/// Failures are sentences for the person at the terminal; nothing here is handled by kind.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask test [--only STAGE,…]   prove the project, stage by stage; stops at the first failure
cargo xtask ci                      the same, under the name other projects use
cargo xtask tidy                    check the house rules that clippy cannot
cargo xtask pg                      start a throw-away PostgreSQL, print its address, stop it on Enter
cargo xtask bench [--format json] [--large] [--import]   measure the release binary; reports, never fails on a time
cargo xtask help                    this text";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match dispatch(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("xtask: {sentence}");
            ExitCode::FAILURE
        }
    }
}

/// A new command is one more arm here, one more line in `HELP` and a module of its own.
fn dispatch(arguments: &[String]) -> Outcome {
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["test" | "ci", options @ ..] => stages::run(&project_root()?, options),
        ["tidy"] => tidy::run(&project_root()?),
        ["bench", options @ ..] => bench::run(&project_root()?, options),
        ["pg"] => postgres::serve(),
        [] | ["help" | "--help" | "-h"] => {
            say(&format!("{HELP}\n\nStages of `test`, in order:\n{}", stages::list()));
            Ok(())
        }
        unknown => Err(format!("`{}` is not a command; `cargo xtask help` lists them", unknown.join(" "))),
    }
}

fn project_root() -> Outcome<PathBuf> {
    // Read at run time: a path compiled in would be wrong as soon as the folder is moved.
    let manifest = env::var_os("CARGO_MANIFEST_DIR").ok_or("start it as `cargo xtask`, so that it knows where the project is")?;
    PathBuf::from(manifest).parent().map(PathBuf::from).ok_or_else(|| "the project has no folder above `xtask`".to_owned())
}

#[expect(clippy::print_stdout, reason = "the one place where the automation speaks")]
pub(crate) fn say(text: &str) {
    println!("{text}");
}
