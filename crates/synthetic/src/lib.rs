//! The generated province.

pub mod rows;
