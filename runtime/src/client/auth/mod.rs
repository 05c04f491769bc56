//! Credentials: those that are given to a client or a call, and those that a program gets while it runs.

mod authorization;
mod credentials;
pub(crate) mod provider;

pub use authorization::Authorization;
pub(super) use credentials::{CredentialSet, in_headers};
pub use provider::Credentials;
pub(super) use provider::{Grant, Provider};
