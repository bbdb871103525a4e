//! Acts on real databases of both engines: the demonstration province, the life of a scheme, sessions, scopes.

#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "helpers of tests fail loudly, as tests do")]

mod demo;
mod schemes;
mod sessions;
mod world;
