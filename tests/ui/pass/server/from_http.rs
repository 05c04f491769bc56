//! What is read: generics, functions of serde, groups, tuples, and names that the expansion could meet.
#![deny(warnings)]
use std::{collections::BTreeMap, marker::PhantomData};

use api_request::{ApiGroup, ApiRequest, Body, FromHttp};
use bytes::Bytes;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

#[derive(ApiGroup, FromHttp)]
#[api(fields = query)]
struct Paging<T> {
    at: T,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = POST, path = "/{id}", fields = form)]
struct Generic<T, const N: usize>
where
    T: Serialize + DeserializeOwned,
{
    id: T,
    r#type: Option<T>,
    #[api(query(flatten))]
    map: BTreeMap<String, T>,
    #[api(flatten)]
    paging: Paging<u8>,
    #[api(skip)]
    of: PhantomData<[T; N]>,
}

#[derive(ApiRequest, FromHttp)]
#[api(method = PUT, path = "/{0}/{1}", crate = ::api_request)]
struct Tuple(u8, #[api(path = "1")] String, #[api(body = stream)] Body);

#[derive(ApiRequest, FromHttp)]
#[api(method = PUT, path = "/")]
struct Whole<T: Serialize + DeserializeOwned>(#[api(body)] T);

#[derive(Default, ApiRequest, FromHttp)]
#[serde(default)]
#[api(method = PUT, path = "/", fields = json)]
struct Defaults {
    decoder: u8,
    #[serde(rename(serialize = "a", deserialize = "a"), alias = "b")]
    named: u8,
}

/// The same attributes are read by both.
#[derive(ApiRequest, FromHttp, Serialize, Deserialize)]
#[api(method = PUT, path = "/", fields = json)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Both {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    some_name: Option<u8>,
}

fn main() {
    let request = http::Request::put("/").header("content-type", "application/json");
    let defaults = Defaults::from_http(request.body(Bytes::from(r#"{"b":2}"#)).unwrap()).unwrap();
    assert_eq!((defaults.decoder, defaults.named), (0, 2));
    let request = http::Request::put("/1/x").body(Bytes::new()).unwrap();
    assert_eq!(Tuple::from_http(request).unwrap().1, "x");
    fn is_read<T: FromHttp>() {}
    is_read::<Generic<String, 3>>();
    is_read::<Whole<u8>>();
    is_read::<Both>();
}
