//! Builds the crate anew when a text of the interface changes or a file of texts is added.
//! Not for: reading the texts; `i18n` embeds them.

use std::io::Write as _;

fn main() {
    let mut out = std::io::stdout().lock();
    let _: std::io::Result<()> = writeln!(out, "cargo::rerun-if-changed=../../locales\ncargo::rerun-if-changed=build.rs");
}
