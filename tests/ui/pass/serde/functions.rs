//! `with` and `serialize_with`.
use api_request::ApiRequest;

mod hex {
    pub fn serialize<S: serde::Serializer>(value: &u8, s: S) -> Result<S::Ok, S::Error> {
        s.serialize_str(&format!("{value:x}"))
    }
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Request(
    #[serde(with = "hex")] #[api(json = "a")] u8,
    #[serde(serialize_with = "hex::serialize", bound = "")] #[api(json = "b")] u8,
);

fn main() {
    let request = Request(255, 10).to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.body().as_bytes().unwrap(), r#"{"a":"ff","b":"a"}"#);
}
