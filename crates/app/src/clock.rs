//! The only place that reads the clock; everything else is given the time.
//! Not for: zones other than the province's.

use std::time::{SystemTime, UNIX_EPOCH};

use domain::time::Instant;

/// Now.
pub(crate) fn now() -> Instant {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    Instant(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
}
