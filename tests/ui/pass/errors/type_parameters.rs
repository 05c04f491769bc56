//! The bounds that values need are added to the impl; those of the user stay.
use api_request::{ApiError, ErrorFormat};
use std::fmt::Debug;

#[derive(Debug, ApiError)]
#[allow(dead_code)]
enum Failure<T: Debug, U = u8, const N: usize = 2>
where
    U: Clone,
{
    #[api(status = 404, status = 410, status = "5xx")]
    One(T),
    #[api(status = 400)]
    Many(Vec<Option<U>>),
    #[api(other)]
    Other(String),
}

fn check<E: ErrorFormat>() {}

fn main() {
    check::<Failure<u8>>();
    check::<Failure<String, (u8, u8), 7>>();
}
