//! The static files of the pages (style sheets, scripts, fonts, icons), embedded in the binary under addresses that change with content;
//! and the fonts of papers, which are not served.
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

macro_rules! tinos {
    ($file:literal) => {
        include_bytes!(concat!(env!("OUT_DIR"), "/npm/node_modules/@expo-google-fonts/tinos/", $file))
    };
}

/// The fonts that papers are set in: Tinos, as wide as Times New Roman, in its four styles.
#[must_use]
pub fn paper_fonts() -> [&'static [u8]; 4] {
    [
        tinos!("400Regular/Tinos_400Regular.ttf"),
        tinos!("400Regular_Italic/Tinos_400Regular_Italic.ttf"),
        tinos!("700Bold/Tinos_700Bold.ttf"),
        tinos!("700Bold_Italic/Tinos_700Bold_Italic.ttf"),
    ]
}

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
