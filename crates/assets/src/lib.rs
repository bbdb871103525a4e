//! The static files of the pages (style sheets, scripts, fonts, icons), embedded in the binary under addresses that change with content.
//! Not for: HTTP headers or compression negotiation (`web` does that), nor for files that users upload.

/// One embedded file.
#[derive(Debug)]
pub struct Asset {
    /// The name templates use, for example `app.css`.
    pub name: &'static str,
    /// Eight hexadecimal digits made from the content.
    pub hash: &'static str,
    /// The address, `/static/<hash>/<name>`; its content never changes, so it may be cached for ever.
    pub path: &'static str,
    /// The content.
    pub bytes: &'static [u8],
    /// The content compressed with gzip, for text files.
    pub gzip: Option<&'static [u8]>,
    /// The value of the `Content-Type` header.
    pub content_type: &'static str,
}

include!(concat!(env!("OUT_DIR"), "/files.rs"));

/// All files, sorted by name.
#[must_use]
pub fn all() -> &'static [Asset] {
    FILES
}

/// The file a request asks for: name and hash must both match, so an old address is never answered with new content.
#[must_use]
pub fn find(hash: &str, name: &str) -> Option<&'static Asset> {
    by_name(name).filter(|asset| asset.hash == hash)
}

/// The address of a file, for templates; an unknown name gives "", and the tests below keep that from happening.
#[must_use]
pub fn path(name: &str) -> &'static str {
    by_name(name).map_or("", |asset| asset.path)
}

fn by_name(name: &str) -> Option<&'static Asset> {
    let place = FILES.binary_search_by(|asset| asset.name.cmp(name)).ok()?;
    FILES.get(place)
}

#[cfg(test)]
mod tests;
