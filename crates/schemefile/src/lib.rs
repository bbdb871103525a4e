//! The file in which an officer writes a signed document as a scheme: TOML text to [`Scheme`] and back; and, in the same manner, the
//! printed tables of a document the requirements of posts ([`Standard`]), and the steps of papers ([`Procedure`]). Every mistake is reported at once, by line and column, in Vietnamese and English, with what to write instead.
//! Not for: storing schemes (`store`), judging targets (`domain::progress`) or deciding whether figures agree (`domain::printed`).
//!
//! ```
//! let scheme = schemefile::parse(schemefile::builtin()[4].text).unwrap();
//! assert_eq!(scheme.code, "lang-son-2021");
//! ```
#![warn(missing_docs)]

mod builtin;
mod coded;
mod fault;
mod filters;
mod near;
mod node;
mod procedures;
mod reader;
mod scheme;
mod shares;
mod standards;
mod tables;
mod targets;
mod write;

pub use builtin::{Builtin, builtin, builtin_procedures, builtin_standard, builtin_tables};
pub use fault::Fault;
pub use tables::{PrintedFile, parse_tables};
pub use write::{write, write_standard};

use domain::papers::procedure::Procedure;
use domain::schemes::Scheme;
use domain::standards::Standard;

/// Reads a scheme.
///
/// # Errors
/// Every mistake found, in the order of the file; a scheme is given only when there is none.
pub fn parse(text: &str) -> Result<Scheme, Vec<Fault>> {
    let mut reader = reader::Reader::new(text);
    let scheme = reader.document(text).and_then(|root| scheme::read(&mut reader, &root));
    reader.finish(scheme)
}

/// Reads a standard.
///
/// # Errors
/// As [`parse`].
pub fn parse_standard(text: &str) -> Result<Standard, Vec<Fault>> {
    let mut reader = reader::Reader::new(text);
    let standard = reader.document(text).and_then(|root| standards::read(&mut reader, &root));
    reader.finish(standard)
}

/// Reads a procedure.
///
/// # Errors
/// As [`parse`].
pub fn parse_procedure(text: &str) -> Result<Procedure, Vec<Fault>> {
    let mut reader = reader::Reader::new(text);
    let procedure = reader.document(text).and_then(|root| procedures::read(&mut reader, &root));
    reader.finish(procedure)
}
