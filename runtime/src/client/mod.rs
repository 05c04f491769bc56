//! Sending requests.
//!
//! A call passes through these modules in this order: `call` encodes the request; `settings` puts those of the call on it,
//! with credentials (`auth`) and default headers (`header`); `exchange` makes the attempts and follows redirects;
//! `retry` and `budget` decide whether there is another; `receive` reads the response. `pages` and `until` make one call
//! after the other. Invariant: one non-generic future does all of a call; what depends on the request's type is encoding before it
//! and decoding after it.

mod auth;
mod budget;
mod builder;
mod call;
#[cfg(feature = "events")]
mod events;
mod exchange;
mod execute;
mod groups;
mod header;
mod idempotency;
mod limits;
#[cfg(feature = "tracing")]
mod notices;
mod pages;
mod progress;
mod query;
mod receive;
mod redirect;
mod resend;
mod retry;
mod settings;
mod state;
mod timer;
mod until;
mod upload;

pub use auth::{Authorization, Credentials, IntoScheme, Scheme};
pub use builder::ClientBuilder;
pub use call::Call;
pub use limits::Limits;
pub use pages::{Items, Pages};
pub use retry::{Decide, Retry, Seen};
pub use state::Client;
pub use until::Until;
