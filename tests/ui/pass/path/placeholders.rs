//! A placeholder is filled by the field of that name, by index, or by a field that says so.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/a:b/{id}.json/{type}/{user-id}/%C3%A9/")]
struct Named {
    id: u32,
    r#type: char,
    #[api(path(name = "user-id", allow_empty, explode, secret))]
    user: String,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/{1}/{0}")]
struct Tuple(#[api(path = "0")] u8, #[api(secret)] u8);

fn main() {
    let base = "https://example.com".parse().unwrap();
    let request = Named { id: 1, r#type: 't', user: String::new() };
    assert_eq!(request.to_http(&base).unwrap().uri().path(), "/a:b/1.json/t//%C3%A9/");
    assert_eq!(Tuple(1, 2).to_http(&base).unwrap().uri().path(), "/2/1");
    assert!(Tuple::OPERATION.params().nth(1).unwrap().secret());
}
