//! Types, literals and identifiers that come from `macro_rules!`.
use api_request::ApiRequest;

macro_rules! request {
    ($name:ident, $path:literal, $key:literal, $response:ty, $field:ident: $ty:ty, $list:ty) => {
        #[derive(ApiRequest)]
        #[api(method = GET, path = $path, response = $response)]
        struct $name {
            $field: $ty,
            #[api(query = $key)]
            list: $list,
        }
    };
}

request!(Get, "/{id}", "l", Vec<u8>, id: &'static str, Option<Vec<u8>>);

fn main() {
    let request = Get { id: "a", list: Some(vec![1]) };
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/a?l=1");
    assert!(!Get::OPERATION.params().nth(1).unwrap().required());
}
