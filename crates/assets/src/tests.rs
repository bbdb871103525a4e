//! Tests of the embedded files: that every name the application uses exists, and that what is served is whole.
//! Not for: how files are served; that is tested in `web`.

use std::fs;
use std::path::Path;

use super::*;

#[test]
fn the_files_every_page_needs_exist() {
    for name in ["app.css", "app.js", "icon.svg", "tabler.min.css", "htmx.min.js", "fonts.css"] {
        assert!(path(name).starts_with("/static/"), "{name} is missing");
    }
}

#[test]
fn every_name_that_web_asks_for_exists() {
    let web = Path::new(env!("CARGO_MANIFEST_DIR")).join("../web");
    let mut texts = Vec::new();
    for folder in ["src", "templates"] {
        read_all(&web.join(folder), &mut texts);
    }
    for text in &texts {
        for asked in text.split("assets::path(\"").skip(1).filter_map(|rest| rest.split('"').next()) {
            assert_ne!(path(asked), "", "web asks for the static file {asked}, which does not exist");
        }
    }
}

fn read_all(folder: &Path, texts: &mut Vec<String>) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            read_all(&path, texts);
        } else {
            texts.extend(fs::read_to_string(path));
        }
    }
}

#[test]
fn an_address_leads_back_to_its_file() {
    for asset in all() {
        assert_eq!(asset.path, format!("/static/{}/{}", asset.hash, asset.name));
        assert_eq!(asset.hash.len(), 8);
        assert!(find(asset.hash, asset.name).is_some_and(|found| std::ptr::eq(found, asset)));
        assert!(!asset.bytes.is_empty(), "{} is empty", asset.name);
    }
}

#[test]
fn an_old_address_or_an_unknown_name_finds_nothing() {
    assert!(find("00000000", "app.css").is_none());
    assert!(find("00000000", "nothing.css").is_none());
    assert_eq!(path("nothing.css"), "");
}

#[test]
fn the_names_are_sorted_and_different() {
    assert!(all().windows(2).all(|pair| pair[0].name < pair[1].name));
}

#[test]
fn text_is_compressed() {
    for asset in all() {
        match asset.gzip {
            Some(gzip) => assert!(gzip.starts_with(&[0x1f, 0x8b]), "{} is not gzip", asset.name),
            None => assert!(!asset.content_type.starts_with("text/"), "{} is not compressed", asset.name),
        }
    }
    let tabler = all().iter().find(|asset| asset.name == "tabler.min.css").unwrap();
    assert!(tabler.gzip.unwrap().len() * 4 < tabler.bytes.len());
}

#[test]
fn the_font_sheet_names_only_fonts_that_are_served() {
    let sheet = all().iter().find(|asset| asset.name == "fonts.css").unwrap();
    let css = std::str::from_utf8(sheet.bytes).unwrap();
    let addresses: Vec<&str> = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next()).collect();
    assert_eq!(addresses.len(), 12, "three alphabets in four weights");
    for address in addresses {
        assert!(all().iter().any(|asset| asset.path == address), "{address} is not served");
    }
    assert_eq!(css.matches("font-display: swap").count(), 12);
    assert_eq!(css.matches("unicode-range:").count(), 12);
    assert!(css.contains("U+1EA0-1EF9"), "the Vietnamese letters have a file");
}

#[test]
fn no_file_points_to_a_source_map() {
    for asset in all().iter().filter(|asset| asset.gzip.is_some()) {
        assert!(!String::from_utf8_lossy(asset.bytes).contains("sourceMappingURL"), "{}", asset.name);
    }
}
