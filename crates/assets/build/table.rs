//! Writes the picked files, plain and compressed, into `OUT_DIR`, and the Rust table that embeds them.
//! Not for: deciding what is picked.

use std::fmt::Write as _;
use std::io::Write as _;
use std::path::Path;
use std::{fs, iter};

use flate2::write::GzEncoder;
use flate2::{Compression, Crc};

use crate::Outcome;

/// Extension, content type, and whether compressing is worth it.
const TYPES: [(&str, &str, bool); 8] = [
    ("css", "text/css; charset=utf-8", true),
    ("js", "text/javascript; charset=utf-8", true),
    ("svg", "image/svg+xml", true),
    ("txt", "text/plain; charset=utf-8", true),
    ("webmanifest", "application/manifest+json", true),
    ("woff2", "font/woff2", false),
    ("png", "image/png", false),
    ("ico", "image/x-icon", false),
];

/// One file that will be served.
pub(crate) struct Picked {
    name: String,
    bytes: Vec<u8>,
    hash: String,
}

impl Picked {
    pub(crate) fn new(name: &str, bytes: Vec<u8>) -> Self {
        let bytes = without_source_map(bytes);
        let mut crc = Crc::new();
        crc.update(&bytes);
        Self { name: name.to_owned(), hash: format!("{:08x}", crc.sum()), bytes }
    }

    pub(crate) fn read(name: &str, path: &Path) -> Outcome<Self> {
        let bytes = fs::read(path).map_err(|error| format!("{} cannot be read: {error}", path.display()))?;
        Ok(Self::new(name, bytes))
    }

    /// The address changes with the content, so browsers may keep the file for ever.
    pub(crate) fn address(&self) -> String {
        format!("/static/{}/{}", self.hash, self.name)
    }

    fn content_type(&self) -> Outcome<(&'static str, bool)> {
        let extension = self.name.rsplit_once('.').map_or("", |(_, extension)| extension);
        let known = TYPES.iter().find(|(known, ..)| *known == extension);
        let (_, content_type, is_text) = known.ok_or_else(|| format!("no content type is known for the static file {}", self.name))?;
        Ok((content_type, *is_text))
    }
}

/// Writes `embed/` and `files.rs`; the table is sorted by name, because look-ups search it by halves.
pub(crate) fn write(mut picked: Vec<Picked>, out: &Path) -> Outcome<()> {
    picked.sort_by(|a, b| a.name.cmp(&b.name));
    for (one, next) in iter::zip(&picked, picked.iter().skip(1)) {
        if one.name == next.name {
            return Err(format!("two static files are called {}", one.name).into());
        }
    }
    let embed = out.join("embed");
    fs::create_dir_all(&embed)?;
    let mut table = String::from("static FILES: &[Asset] = &[\n");
    for file in &picked {
        let stored = format!("{}-{}", file.hash, file.name);
        let (content_type, is_text) = file.content_type()?;
        write_once(&embed.join(&stored), || Ok(file.bytes.clone()))?;
        let gzip = if is_text {
            write_once(&embed.join(format!("{stored}.gz")), || compress(&file.bytes))?;
            format!("Some({})", include(&format!("{stored}.gz")))
        } else {
            "None".to_owned()
        };
        writeln!(table, "    Asset {{ name: {:?}, hash: {:?}, path: {:?},", file.name, file.hash, file.address())?;
        writeln!(table, "        bytes: {}, gzip: {gzip}, content_type: {content_type:?} }},", include(&stored))?;
    }
    table.push_str("];\n");
    fs::write(out.join("files.rs"), table)?;
    Ok(())
}

fn include(stored: &str) -> String {
    format!("include_bytes!(concat!(env!(\"OUT_DIR\"), {:?}))", format!("/embed/{stored}"))
}

/// The name holds the hash of the content, so a file that exists is right, and editing one style sheet compresses only that one.
/// Written aside and renamed, so that a build that was stopped leaves no half file.
fn write_once(path: &Path, content: impl FnOnce() -> Outcome<Vec<u8>>) -> Outcome<()> {
    if path.exists() {
        return Ok(());
    }
    let aside = path.with_extension("partial");
    fs::write(&aside, content()?)?;
    fs::rename(&aside, path)?;
    Ok(())
}

fn compress(bytes: &[u8]) -> Outcome<Vec<u8>> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

/// Packages point to source maps that are not served; a browser's developer tools would ask for them in vain.
fn without_source_map(bytes: Vec<u8>) -> Vec<u8> {
    const MARKS: [&str; 2] = ["/*# sourceMappingURL=", "//# sourceMappingURL="];
    let text = match String::from_utf8(bytes) {
        Ok(text) => text,
        Err(error) => return error.into_bytes(),
    };
    let cut = MARKS.iter().find_map(|mark| text.rsplit_once(mark)).map(|(before, _)| before.to_owned());
    cut.unwrap_or(text).into_bytes()
}
