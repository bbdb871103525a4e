//! `cargo run --release -p khuevan-testkit --example wide -- FILE [ROWS]`: a province's export of forty columns as a file, for measurements.
//! Not for: reading it.

use std::error::Error;

fn main() -> Result<(), Box<dyn Error>> {
    let mut words = std::env::args().skip(1);
    let file = words.next().ok_or("name a file")?;
    let rows = words.next().map_or(Ok(60_000), |rows| rows.parse())?;
    // No unit of the synthetic province ends after this day.
    let day = domain::time::date(2026, 11, 22).ok_or("no such day")?;
    std::fs::write(file, testkit::wide::wide(rows, day))?;
    Ok(())
}
