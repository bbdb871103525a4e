//! Checks every crate's `Cargo.toml`: the dependency arrows between our crates, the walls against outside ones, and the shared lints.
//! Not for: versions and licences; `deny.toml` says those.

use toml_edit::{DocumentMut, Item, TableLike};

use super::Finding;
use super::texts::TextFile;

/// Which of our crates a crate may name.
enum Arrows {
    Only(&'static [&'static str]),
    Any,
}

/// The architecture in one table. A new arrow is an architectural change: explain it in an ADR.
const ALLOWED: [(&str, Arrows); 15] = [
    ("domain", Arrows::Only(&[])),
    ("law", Arrows::Only(&["domain"])),
    ("schemefile", Arrows::Only(&["domain"])),
    ("synthetic", Arrows::Only(&["domain"])),
    ("documents", Arrows::Only(&["domain"])),
    ("workbooks", Arrows::Only(&["domain"])),
    ("scim", Arrows::Only(&[])),
    ("entity", Arrows::Only(&[])),
    ("store", Arrows::Only(&["domain", "entity", "schemefile", "synthetic"])),
    ("service", Arrows::Only(&["domain", "law", "schemefile", "documents", "store", "synthetic", "workbooks", "scim"])),
    ("assets", Arrows::Only(&[])),
    ("web", Arrows::Only(&["domain", "law", "service", "assets", "documents", "schemefile", "scim"])),
    ("app", Arrows::Any),
    ("testkit", Arrows::Any),
    ("xtask", Arrows::Only(&[])),
];

/// Crates that only compute: no runtime, no network, no database, in tests either.
const PURE: [&str; 7] = ["domain", "law", "schemefile", "synthetic", "documents", "workbooks", "scim"];
const IMPURE_NAMES: [&str; 8] = ["tokio", "axum", "tower", "tower-http", "hyper", "reqwest", "sqlx", "testkit"];

/// Everyone else reaches the database through `store`.
const MAY_NAME_THE_ORM: [&str; 4] = ["store", "entity", "testkit", "app"];

pub(super) fn check(files: &[TextFile]) -> Vec<Finding> {
    let manifests = files.iter().filter_map(|file| Some((room(&file.path)?, file)));
    manifests.flat_map(|(room, file)| check_one(room, file)).collect()
}

/// The crate whose manifest this is: `domain` for `crates/domain/Cargo.toml`.
fn room(path: &str) -> Option<&str> {
    let folder = path.strip_suffix("/Cargo.toml")?;
    let name = folder.strip_prefix("crates/").unwrap_or(folder);
    (!name.contains('/')).then_some(name)
}

fn check_one(room: &str, file: &TextFile) -> Vec<Finding> {
    let manifest: DocumentMut = match file.text.parse() {
        Ok(manifest) => manifest,
        Err(error) => return vec![Finding::new("manifest", &file.path, format!("is not TOML: {error}"))],
    };
    let mut findings = Vec::new();
    let shares_lints = manifest.get("lints").and_then(|lints| lints.get("workspace")).and_then(Item::as_bool);
    if shares_lints != Some(true) {
        findings.push(Finding::new("lints", &file.path, "must say `[lints] workspace = true`"));
    }
    let Some((_, arrows)) = ALLOWED.iter().find(|(known, _)| *known == room) else {
        findings.push(Finding::new("arrows", &file.path, "is a new crate; say in xtask/src/tidy/manifests.rs what it may depend on"));
        return findings;
    };
    for dependency in dependencies(&manifest) {
        if let Some(sentence) = objection(room, arrows, &dependency) {
            findings.push(Finding::new("arrows", &file.path, sentence));
        }
    }
    findings
}

struct Dependency {
    name: String,
    is_dev: bool,
}

fn objection(room: &str, arrows: &Arrows, dependency: &Dependency) -> Option<String> {
    let name = dependency.name.as_str();
    let is_orm = name.starts_with("sea-orm") || name.starts_with("sea_orm") || name.starts_with("sqlx");
    if is_orm && !MAY_NAME_THE_ORM.contains(&room) {
        return Some(format!("names {name}; only {} may", MAY_NAME_THE_ORM.join(", ")));
    }
    if PURE.contains(&room) && IMPURE_NAMES.contains(&name) {
        return Some(format!("names {name}, but {room} only computes"));
    }
    let Arrows::Only(allowed) = arrows else { return None };
    let is_ours = ALLOWED.iter().any(|(known, _)| *known == name);
    // Tests build their world with the testkit and take fonts from the assets; the product never does.
    let is_test_world = dependency.is_dev && ["testkit", "assets"].contains(&name);
    if !is_ours || is_test_world || allowed.contains(&name) {
        return None;
    }
    let may = if allowed.is_empty() { "none of our crates".to_owned() } else { format!("only {}", allowed.join(", ")) };
    Some(format!("names {name}; {room} may name {may}"))
}

/// All dependencies, those of one platform and those of tests and build scripts included.
fn dependencies(manifest: &DocumentMut) -> Vec<Dependency> {
    let platforms = manifest.get("target").and_then(Item::as_table_like);
    let platforms = platforms.into_iter().flat_map(|targets| targets.iter()).filter_map(|(_, item)| item.as_table_like());
    let top: &dyn TableLike = manifest.as_table();
    std::iter::once(top).chain(platforms).flat_map(in_table).collect()
}

fn in_table(table: &dyn TableLike) -> Vec<Dependency> {
    let mut found = Vec::new();
    for (section, is_dev) in [("dependencies", false), ("build-dependencies", false), ("dev-dependencies", true)] {
        let listed = table.get(section).and_then(Item::as_table_like);
        for (key, item) in listed.into_iter().flat_map(|listed| listed.iter()) {
            // `x = { package = "y" }` names y.
            let package = item.as_table_like().and_then(|fields| fields.get("package")).and_then(Item::as_str);
            let name = package.unwrap_or(key);
            found.push(Dependency { name: name.strip_prefix("khuevan-").unwrap_or(name).to_owned(), is_dev });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINTS: &str = "[lints]\nworkspace = true\n";

    fn sentences(room: &str, manifest: &str) -> Vec<String> {
        let file = TextFile { path: format!("crates/{room}/Cargo.toml"), text: format!("{manifest}\n{LINTS}") };
        check(&[file]).into_iter().map(|finding| finding.sentence).collect()
    }

    #[test]
    fn the_arrows_of_the_design_pass() {
        assert!(sentences("law", "[dependencies]\ndomain.workspace = true\ntoml_edit.workspace = true").is_empty());
        assert!(sentences("store", "[dependencies]\nentity.workspace = true\nsea-orm.workspace = true").is_empty());
        assert!(sentences("app", "[dependencies]\nstore.workspace = true\nsea-orm.workspace = true").is_empty());
    }

    #[test]
    fn an_arrow_against_the_design_is_found() {
        assert_eq!(sentences("domain", "[dependencies]\nlaw.workspace = true"), ["names law; domain may name none of our crates"]);
        assert_eq!(sentences("web", "[dependencies]\nstore.workspace = true").len(), 1);
    }

    #[test]
    fn a_renamed_or_hidden_dependency_is_still_found() {
        assert_eq!(sentences("web", "[dependencies]\nx = { package = \"khuevan-store\", path = \"../store\" }").len(), 1);
        assert_eq!(sentences("web", "[target.'cfg(unix)'.dependencies]\nentity.workspace = true").len(), 1);
        assert_eq!(sentences("web", "[dependencies.sea-orm]\nworkspace = true").len(), 1);
        assert_eq!(sentences("assets", "[build-dependencies]\ndomain.workspace = true").len(), 1);
    }

    #[test]
    fn the_rules_have_no_runtime_even_in_tests() {
        assert_eq!(sentences("law", "[dev-dependencies]\ntokio.workspace = true"), ["names tokio, but law only computes"]);
        assert_eq!(sentences("domain", "[dev-dependencies]\ntestkit.workspace = true").len(), 1);
    }

    #[test]
    fn testkit_and_fonts_are_for_tests_only() {
        assert!(sentences("web", "[dev-dependencies]\ntestkit.workspace = true").is_empty());
        assert_eq!(sentences("web", "[dependencies]\ntestkit.workspace = true").len(), 1);
        assert!(sentences("documents", "[dev-dependencies]\nassets.workspace = true").is_empty());
        assert_eq!(sentences("documents", "[dependencies]\nassets.workspace = true").len(), 1);
    }

    #[test]
    fn a_new_crate_must_be_placed_and_share_the_lints() {
        let file = TextFile { path: "crates/utils/Cargo.toml".to_owned(), text: "[package]\nname = \"utils\"\n".to_owned() };
        assert_eq!(check(&[file]).iter().map(|finding| finding.rule).collect::<Vec<_>>(), ["lints", "arrows"]);
    }

    #[test]
    fn the_root_manifest_is_no_crate() {
        assert_eq!(room("Cargo.toml"), None);
        assert_eq!(room("xtask/Cargo.toml"), Some("xtask"));
        assert_eq!(room("crates/law/Cargo.toml"), Some("law"));
    }
}
