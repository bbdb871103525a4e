//! Tests of the file format as its users see it: files in, schemes and faults out.
//! Not for: the inside of the readers.

mod builtins;
mod faults;
mod generated;
mod printed;
mod round_trip;
