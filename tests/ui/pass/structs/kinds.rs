//! Named, tuple and unit structs, with fields and without.
use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Unit;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct NoFields {}

#[derive(ApiRequest)]
#[api(method = POST, path = "/{0}")]
struct Tuple(u8, #[api(query = "q")] u8, #[api(body)] Vec<u8>, #[api(skip)] #[allow(dead_code)] u8);

fn uri<R: ApiRequest>(request: &R) -> String {
    request.to_http(&"https://example.com".parse().unwrap()).unwrap().uri().to_string()
}

fn main() {
    assert_eq!(uri(&Unit), "https://example.com/");
    assert_eq!(uri(&NoFields {}), "https://example.com/");
    assert_eq!(uri(&Tuple(1, 2, vec![], 3)), "https://example.com/1?q=2");
}
