//! A function of `with` may give an `Option` a value in the path.
use api_request::ApiRequest;

mod or_latest {
    pub fn serialize<S: serde::Serializer>(value: &Option<u8>, s: S) -> Result<S::Ok, S::Error> {
        match value {
            Some(value) => s.serialize_u8(*value),
            None => s.serialize_str("latest"),
        }
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/{version}/{name}")]
struct Request<T> {
    #[serde(with = "or_latest")]
    version: Option<u8>,
    name: T,
}

fn main() {
    let request = Request { version: None, name: "a" };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/latest/a");
}
