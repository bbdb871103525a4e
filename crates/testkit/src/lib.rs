//! What tests share: fresh databases of both engines, small random provinces, an evaluator that counts by brute force, messy workbooks,
//! scans of signed sheets.
//! Not for: the product; no other crate may depend on this one outside its tests.

pub mod brute;
pub mod databases;
pub mod dice;
pub mod gaps;
pub mod lists;
pub mod little;
pub mod look;
pub mod marked;
pub mod messy;
pub mod questions;
pub mod scans;
pub mod small;
pub mod wide;
pub mod word;

pub use synthetic;
