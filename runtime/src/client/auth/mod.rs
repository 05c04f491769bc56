//! Credentials: those that are given to a client or a call, and those that a provider gets while the program runs.
//!
//! `authorization` is one credential, `provider` gets one, and `credentials` is the set of a client or a call.

mod authorization;
mod credentials;
pub(crate) mod provider;

pub use authorization::Authorization;
pub(super) use credentials::{CredentialSet, in_headers};
pub use provider::Credentials;
pub(super) use provider::{Grant, Provider, SharedError};
