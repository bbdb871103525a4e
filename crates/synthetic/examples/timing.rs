//! Generates a province and says how many rows it has and how long that took: `cargo run --release --example timing -- 60000`.
//! Not for: gating anything; a slow machine is not a fault.

use std::time::Instant;

use synthetic::{DEFAULT_PEOPLE, Options, plan};
use time::macros::date;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let people = match std::env::args().nth(1) {
        Some(text) => text.parse()?,
        None => DEFAULT_PEOPLE,
    };
    let started = Instant::now();
    let generator = plan(Options { people, ..Options::on(date!(2026 - 11 - 22)) })?;
    let frame = generator.frame();
    eprintln!("{} units, {} classes, base made after {:?}", frame.units.len(), frame.classes.len(), started.elapsed());
    let (mut officials, mut postings, mut records, mut others) = (0, 0, 0, 0);
    for batch in generator {
        officials += batch.officials.len();
        postings += batch.postings.len();
        records += batch.records.len();
        others += batch.qualifications.len() + batch.follow_ups.len() + batch.receipts.len() + batch.ratings.len();
    }
    eprintln!("{officials} officials, {postings} postings, {records} records, {others} other rows after {:?}", started.elapsed());
    Ok(())
}
