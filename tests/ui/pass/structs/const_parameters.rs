//! Const generics, with a default.
use api_request::ApiRequest;
use serde::{Serialize, Serializer};

struct Zeros<const N: usize>;

impl<const N: usize> Serialize for Zeros<N> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq([0; N])
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Generic<const N: usize = 2> {
    #[api(query)]
    list: Zeros<N>,
}

fn main() {
    let request: Generic = Generic { list: Zeros };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/?list=0&list=0");
}
