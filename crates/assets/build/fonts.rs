//! Makes `fonts.css` from the style sheets of the font package, with our hashed addresses, and picks the font files it names.
//! Not for: choosing unicode ranges; the package knows which letters each file holds (Vietnamese, Latin, Latin extended).

use std::fs;
use std::path::Path;

use crate::Outcome;
use crate::table::Picked;

const PACKAGE: &str = "@fontsource/be-vietnam-pro";
const WEIGHTS: [&str; 4] = ["400", "500", "600", "700"];

/// The font files and the `fonts.css` that names them.
pub(crate) fn pick(modules: &Path) -> Outcome<Vec<Picked>> {
    let package = modules.join(PACKAGE);
    let mut picked = Vec::new();
    let mut css = String::new();
    for weight in WEIGHTS {
        let sheet = fs::read_to_string(package.join(format!("{weight}.css")))?;
        for line in sheet.lines() {
            let Some(name) = woff2_name(line) else {
                css.push_str(line);
                css.push('\n');
                continue;
            };
            let font = Picked::read(&name, &package.join("files").join(&name))?;
            // Every browser that runs the pages reads woff2, so the older woff is left out.
            css.push_str(&format!("  src: url({}) format('woff2');\n", font.address()));
            picked.push(font);
        }
    }
    if picked.is_empty() || !css.contains("font-display: swap") || !css.contains("unicode-range:") {
        return Err(format!("the style sheets of {PACKAGE} no longer look as build/fonts.rs expects").into());
    }
    picked.push(Picked::new("fonts.css", css.into_bytes()));
    Ok(picked)
}

/// The file of a line such as `src: url(./files/NAME.woff2) format('woff2'), …`.
fn woff2_name(line: &str) -> Option<String> {
    let (_, rest) = line.trim_start().strip_prefix("src:")?.split_once("url(./files/")?;
    let (stem, _) = rest.split_once(".woff2)")?;
    Some(format!("{stem}.woff2"))
}
