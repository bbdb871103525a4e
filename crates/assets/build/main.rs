//! Build script of `assets`: installs the npm packages, picks the files the pages need and writes `files.rs`, the table of them.
//! Not for: bundling, minifying or changing what a package ships. Nothing is written outside `OUT_DIR`.

mod fonts;
mod npm;
mod table;

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::{env, fs};

use table::Picked;

type Outcome<T> = Result<T, Box<dyn Error>>;

/// Our own style sheet, script and icons: everything in this folder is served.
const OWN: &str = "src/static";

/// Files taken from the packages as they are: the name they are served under, and where they lie in `node_modules`.
const PACKAGE_FILES: [(&str, &str); 4] = [
    ("tabler.min.css", "@tabler/core/dist/css/tabler.min.css"),
    ("htmx.min.js", "htmx.org/dist/htmx.min.js"),
    // The Open Font License asks that its text travels with the fonts, those inside papers too.
    ("be-vietnam-pro-license.txt", "@fontsource/be-vietnam-pro/LICENSE"),
    ("tinos-license.txt", "@expo-google-fonts/tinos/LICENSE_FONT"),
];

fn main() -> ExitCode {
    match build() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            tell_cargo(&format!("error={error}"));
            ExitCode::FAILURE
        }
    }
}

fn build() -> Outcome<()> {
    for watched in ["build", "package.json", "package-lock.json", OWN] {
        tell_cargo(&format!("rerun-if-changed={watched}"));
    }
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?);
    let out = PathBuf::from(env::var("OUT_DIR")?);
    let modules = npm::install(&root, &out.join("npm"))?;

    let mut picked = own_files(&root.join(OWN))?;
    for (name, path) in PACKAGE_FILES {
        picked.push(Picked::read(name, &modules.join(path))?);
    }
    picked.extend(fonts::pick(&modules)?);
    table::write(picked, &out)
}

fn own_files(folder: &Path) -> Outcome<Vec<Picked>> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if entry.file_type()?.is_dir() {
            return Err(format!("{OWN}/{name} is a folder; static files lie flat, because their names are their addresses").into());
        }
        files.push(Picked::read(&name, &entry.path())?);
    }
    Ok(files)
}

#[expect(clippy::print_stdout, reason = "a build script speaks to cargo on standard output")]
fn tell_cargo(instruction: &str) {
    println!("cargo::{}", instruction.replace('\n', " "));
}
