//! The code that the guide shows. A page of `docs/src` includes what is between two anchors; the tests hold what the page
//! says about it.

mod credentials;
mod first_call;
mod hosts;
mod migrating;
mod pages;
mod requests;
mod responses;
mod retries;
mod shared;
mod stacks;
mod streaming;
mod testing;

/// What a test returns.
type Outcome = Result<(), Box<dyn std::error::Error>>;
