//! Credentials: those that are given to a client or a call, and those that a provider gets while the program runs.
//!
//! `authorization` is one credential, `provider` gets one, `credentials` is the set of a client or a call, and
//! `scheme` has the sets of a client that have names. `sign` lets a provider sign a request.

mod authorization;
mod credentials;
pub(crate) mod provider;
mod scheme;
mod sign;

pub use authorization::Authorization;
pub(super) use credentials::{CredentialSet, in_headers};
pub use provider::Credentials;
pub(super) use provider::{Grant, Provider};
pub(super) use scheme::Schemes;
pub use scheme::{IntoScheme, Scheme};
