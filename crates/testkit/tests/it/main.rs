//! What the test kit makes, read by the crates that must read it.
//! Not for: the product's own tests; those lie beside its code.

#![expect(clippy::unwrap_used, reason = "helpers of tests fail loudly, as tests do")]

mod mail;
