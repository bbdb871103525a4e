//! Bringing in the largest file anybody sends, 60,000 rows of 40 columns, beside the usual way to read such a file in Python.
//! Not for: what the import finds; its own tests say that.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::figures::Figures;
use super::process::Watched;
use super::{megabytes, new_database, seconds};
use crate::postgres::Cluster;
use crate::{Outcome, say, tools};

const ROWS: u32 = 60_000;
/// Reads the whole sheet, as scripts of offices do.
const PANDAS: &str = "import sys, pandas; print(pandas.read_excel(sys.argv[1], engine='openpyxl', dtype=str).shape)";
const PINNED: [&str; 2] = ["pandas==2.3.3", "openpyxl==3.1.5"];

/// The import on both engines: compared only, written, and once more when nothing is new.
pub(super) fn measure(root: &Path, binary: &Path, folder: &Path, cluster: &Cluster, figures: &mut Figures) -> Outcome {
    let file = folder.join("wide.xlsx");
    let rows = ROWS.to_string();
    tools::run(Command::new(root.join("target/release/examples/wide")).arg(&file).arg(&rows))?;
    for engine in ["SQLite", "PostgreSQL"] {
        let place = format!("import of 60,000 × 40, {engine}");
        say(&format!("… {place}"));
        let address = match engine {
            "SQLite" => format!("sqlite:{}", folder.join("import.db").display()),
            _ => new_database(cluster, "import")?,
        };
        tools::read(Command::new(binary).args(["generate", "--database", &address]))?;
        for (name, dry) in [("compared only", true), ("compared and written", false), ("again, nothing new", false)] {
            let mut command = Command::new(binary);
            command.args(["import", "officials", "--database", &address, "--reason", "measurement"]).arg(&file);
            let watched = Watched::of(command.args(dry.then_some("--dry-run")))?;
            add(figures, &place, name, &watched);
        }
    }
    in_python(root, &file, figures)
}

fn add(figures: &mut Figures, place: &str, name: &str, watched: &Watched) {
    figures.add(place, name, seconds(watched.wall), "s");
    figures.add(place, &format!("{name}: CPU"), seconds(watched.cpu), "s");
    figures.add(place, &format!("{name}: most memory"), megabytes(watched.peak), "MB");
}

/// Reading alone, in Python; left out with a word when Python cannot be had.
fn in_python(root: &Path, file: &Path, figures: &mut Figures) -> Outcome {
    let Some(python) = pandas(root) else {
        say("    left out: python3 with its venv module and pandas are needed for the figure beside ours");
        return Ok(());
    };
    let watched = Watched::of(Command::new(python).args(["-c", PANDAS]).arg(file))?;
    add(figures, "pandas + openpyxl, same file", "read into memory, nothing else", &watched);
    Ok(())
}

fn pandas(root: &Path) -> Option<PathBuf> {
    let home = root.join("target/tools/pandas");
    let python = home.join("bin/python");
    let imports = |python: &Path| tools::read(Command::new(python).args(["-c", "import pandas, openpyxl"])).is_ok();
    if imports(&python) {
        return Some(python);
    }
    tools::run(Command::new("python3").args(["-m", "venv"]).arg(&home)).ok()?;
    tools::run(Command::new(&python).args(["-m", "pip", "install", "--quiet"]).args(PINNED)).ok()?;
    imports(&python).then_some(python)
}
