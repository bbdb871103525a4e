//! Whole files: tmp.
