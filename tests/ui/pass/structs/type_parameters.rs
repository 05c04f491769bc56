//! Lifetimes, and type parameters with bounds, defaults and a where-clause.
use api_request::ApiRequest;
use serde::{Serialize, de::DeserializeOwned};
use std::{borrow::Cow, fmt::Debug, marker::PhantomData};

#[derive(ApiRequest)]
#[api(method = POST, path = "/{id}", response = R, error = Vec<E>)]
struct Generic<'a, 'b: 'a, Id, B: Serialize = u8, R = (), E = u8>
where
    R: DeserializeOwned,
    E: DeserializeOwned + Debug + Send + Sync + 'static,
{
    id: &'a Id,
    #[api(query)]
    text: Cow<'b, str>,
    #[api(body)]
    body: B,
    #[api(skip)]
    _marker: PhantomData<(R, E)>,
}

fn main() {
    let request: Generic<'_, '_, u8> = Generic { id: &1, text: "t".into(), body: 3, _marker: PhantomData };
    assert!(request.to_http(&"https://example.com".parse().unwrap()).is_ok());
}
