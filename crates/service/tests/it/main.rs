//! Acts on real databases of both engines: the demonstration province, the life of a scheme, sessions, scopes.

mod demo;
mod schemes;
mod sessions;
mod world;
