//! The shipped law, read once for the whole program.
//! Not for: what it says (`law`).

use std::sync::OnceLock;

use law::Law;
use store::StoreError;

/// The law. It does not change while the program runs.
///
/// # Errors
/// [`StoreError::Unreadable`] when the shipped files have mistakes; none is expected in a released binary.
pub(crate) fn law() -> Result<&'static Law, StoreError> {
    static LAW: OnceLock<Result<Law, String>> = OnceLock::new();
    let law = LAW.get_or_init(|| Law::load().map_err(|errors| errors.to_string()));
    law.as_ref().map_err(|errors| StoreError::Unreadable(errors.clone()))
}
