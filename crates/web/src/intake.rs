//! `/nhap-lieu`: files into the register: taken, read in the background, looked at, carried, taken back.
//! Not for: what a file means (`service::intake`).

pub(crate) mod acts;
pub(crate) mod columns;
pub(crate) mod files;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod upload;
mod words;

pub(crate) use words::tell;
pub use words::tell_fault;

/// The page of a batch.
fn path(batch: i64) -> String {
    format!("/nhap-lieu/{batch}")
}
