//! `cargo run -p khuevan-testkit --example messy -- FOLDER`: the messy workbooks of the tests as files, for a browser or a spreadsheet program.
//! Not for: reading them.

use std::error::Error;
use std::io::{Write, stdout};
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("name a folder")?;
    for path in testkit::messy::write_all(Path::new(&folder))? {
        writeln!(stdout(), "{}", path.display())?;
    }
    Ok(())
}
