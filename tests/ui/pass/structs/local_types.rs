//! Types that only a function knows, and types that a macro makes.
use api_request::ApiRequest;

macro_rules! list {
    ($ty:ty) => { Vec<$ty> };
}

fn main() {
    #[derive(serde::Serialize)]
    struct Local(u8);
    #[derive(serde::Deserialize)]
    #[serde(transparent)]
    struct Answer(#[allow(dead_code)] u8);

    #[derive(ApiRequest)]
    #[api(method = GET, path = "/{0}", response = Answer)]
    struct Request<T>(Local, #[api(query = "list")] list!(T));

    let request = Request(Local(1), vec![2, 3]);
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/1?list=2&list=3");
}
