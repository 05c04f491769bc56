//! A member with `with` needs no bound: its function says what it takes.
use api_request::ApiRequest;

mod unit {
    pub fn serialize<T, S: serde::Serializer>(_: &T, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_unit()
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Members<T, U>(#[api(json = "a")] Vec<T>, #[serde(with = "unit")] #[api(json = "b")] U);

fn main() {
    let request = Members(vec![1], main);
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"a":[1],"b":null}"#);
}
