//! `cargo run --release -p khuevan-testkit --example wide -- FILE [ROWS]`: a province's export of forty columns as a file, for measurements.
//! Not for: reading it.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let file = words.next().ok_or("name a file")?;
    let rows = words.next().map_or(Ok(60_000), |rows| rows.parse())?;
    let today = time::OffsetDateTime::now_utc().date();
    std::fs::write(file, testkit::wide::wide(rows, today))?;
    Ok(())
}
