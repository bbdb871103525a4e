//! Tests of the file format as its users see it: files in, schemes and faults out.
//! Not for: the inside of the readers.
//!
//! `cfg(test)` tells clippy that the helpers, too, are tests and may unwrap.

#[cfg(test)]
mod builtins;
#[cfg(test)]
mod faults;
#[cfg(test)]
mod generated;
#[cfg(test)]
mod printed;
#[cfg(test)]
mod procedures;
#[cfg(test)]
mod round_trip;
#[cfg(test)]
mod standards;
