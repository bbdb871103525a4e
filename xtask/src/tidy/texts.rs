//! Reads the project's text files and checks what holds for all of them: no path or registry of one machine, no `mod.rs`.
//! Not for: the meaning of Rust code (`rust_code`) or of manifests (`manifests`).

use std::path::PathBuf;
use std::{fs, path::Path};

use super::Finding;
use crate::Outcome;

/// A text file, by its path from the project's root, with `/` between folders.
#[derive(Debug)]
pub(super) struct TextFile {
    pub(super) path: String,
    pub(super) text: String,
}

/// What `.gitignore` leaves out, and git itself (a file in a second work tree); read from here rather than from git, because an
/// unpacked archive has no git.
const SKIPPED_FOLDERS: [&str; 5] = [".git", "node_modules", "target", "data", "tests-e2e/out"];

/// Built from pieces, so that this file does not find itself.
const FOREIGN: [&str; 5] =
    [concat!("/wo", "rk/"), concat!("/ro", "ot/"), concat!("/fa", "rm/"), concat!("arti", "factory"), concat!("registry", ".npmjs")];

pub(super) fn read_all(root: &Path) -> Outcome<Vec<TextFile>> {
    let mut files = Vec::new();
    let mut folders = vec![PathBuf::new()];
    while let Some(folder) = folders.pop() {
        let told = |error: std::io::Error| format!("{} cannot be read: {error}", root.join(&folder).display());
        for entry in fs::read_dir(root.join(&folder)).map_err(told)? {
            let entry = entry.map_err(told)?;
            let path = folder.join(entry.file_name());
            let kind = entry.file_type().map_err(told)?;
            if kind.is_dir() && !is_skipped(&path) {
                folders.push(path);
            } else if kind.is_file() && !is_skipped(&path) {
                // Pictures, fonts and databases are not UTF-8 and not our business.
                let text = fs::read_to_string(entry.path()).ok();
                files.extend(text.map(|text| TextFile { path: path.to_string_lossy().into_owned(), text }));
            }
        }
    }
    files.sort_by(|a, b| a.path.cmp(&b.path));
    Ok(files)
}

/// Only `node_modules` is skipped wherever it lies: `crates/law/data` is ours.
fn is_skipped(path: &Path) -> bool {
    path.ends_with("node_modules") || SKIPPED_FOLDERS.iter().any(|skipped| path == Path::new(skipped))
}

pub(super) fn check(file: &TextFile) -> Vec<Finding> {
    let mut findings = Vec::new();
    if file.path == "mod.rs" || file.path.ends_with("/mod.rs") {
        findings.push(Finding::new("mod-rs", &file.path, "a module `a` lives in `a.rs`, its children in `a/`; rename it"));
    }
    for (number, line) in (1..).zip(file.text.lines()) {
        for foreign in FOREIGN.iter().filter(|foreign| line.contains(*foreign)) {
            let sentence = format!("line {number} names `{foreign}`, which exists on one machine only");
            findings.push(Finding::new("foreign-text", &file.path, sentence));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules(path: &str, text: &str) -> Vec<&'static str> {
        let file = TextFile { path: path.to_owned(), text: text.to_owned() };
        check(&file).iter().map(|finding| finding.rule).collect()
    }

    #[test]
    fn a_path_of_one_machine_is_found() {
        let bad = format!("see {}main/README.md", FOREIGN[0]);
        assert_eq!(rules("docs/a.md", &bad), ["foreign-text"]);
        assert_eq!(rules("docs/a.md", "how we work/play, the root/leaf of it"), Vec::<&str>::new());
    }

    #[test]
    fn a_registry_address_in_a_lock_file_is_found() {
        let bad = format!("\"resolved\": \"https://{}.org/x.tgz\"", FOREIGN[4]);
        assert_eq!(rules("a/package-lock.json", &bad), ["foreign-text"]);
    }

    #[test]
    fn mod_rs_is_found() {
        assert_eq!(rules("crates/a/src/b/mod.rs", "//! B.\n"), ["mod-rs"]);
        assert_eq!(rules("crates/a/src/prod_mod.rs", "//! B.\n"), Vec::<&str>::new());
    }

    #[test]
    fn only_the_data_folder_at_the_top_is_skipped() {
        assert!(is_skipped(Path::new("data")));
        assert!(!is_skipped(Path::new("crates/law/data")));
        assert!(is_skipped(Path::new("crates/a/node_modules")));
    }
}
