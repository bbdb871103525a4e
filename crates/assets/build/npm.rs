//! Installs the packages of the lock file with npm, inside `OUT_DIR`, and only when the lock file changed since the last success.
//! Not for: choosing versions; `package.json` and `package-lock.json` do that. Packages never run scripts here.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::Outcome;

const FILES: [&str; 2] = ["package.json", "package-lock.json"];

/// Returns the `node_modules` folder that matches the lock file.
pub(crate) fn install(root: &Path, folder: &Path) -> Outcome<PathBuf> {
    let modules = folder.join("node_modules");
    let stamp = folder.join("installed");
    let wanted = FILES.iter().map(|name| fs::read_to_string(root.join(name))).collect::<Result<String, _>>()?;
    if fs::read_to_string(&stamp).is_ok_and(|installed| installed == wanted) && modules.is_dir() {
        return Ok(modules);
    }
    fs::create_dir_all(folder)?;
    // Removed first, so that an interrupted install is never taken for a finished one.
    match fs::remove_file(&stamp) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
        _ => {}
    }
    for name in FILES {
        fs::copy(root.join(name), folder.join(name))?;
    }
    run_npm(folder)?;
    fs::write(&stamp, wanted)?;
    Ok(modules)
}

fn run_npm(folder: &Path) -> Outcome<()> {
    let result = Command::new("npm")
        .args(["ci", "--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund"])
        .current_dir(folder)
        // Captured, because cargo would read npm's own lines as instructions.
        .output();
    let output = match result {
        Ok(output) => output,
        Err(error) if error.kind() == ErrorKind::NotFound => {
            return Err("the front-end packages need Node.js 20 or newer, with `npm` on PATH; install it and build again".into());
        }
        Err(error) => return Err(format!("npm could not be started: {error}").into()),
    };
    if output.status.success() {
        return Ok(());
    }
    let said = String::from_utf8_lossy(&output.stderr);
    Err(format!("`npm ci` for crates/assets/package-lock.json failed ({}): {}", output.status, said.trim()).into())
}
