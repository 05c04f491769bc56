//! Paths, read from those that the encoder writes.

use api_request::{ApiRequest, FromHttp};

use crate::from_http::round;

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/v1/{name}:cancel")]
struct Path {
    #[api(path(segments))]
    name: String,
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "/v1/{names}/of/{id}-{kind}")]
struct PathList {
    #[api(path(segments))]
    names: Vec<String>,
    id: u8,
    #[api(path(allow_empty))]
    kind: String,
}

#[test]
fn paths_of_several_segments() {
    round(&Path {
        name: "a/b%/c:cancel".to_owned(),
    });
    round(&PathList {
        names: vec!["a/b".to_owned(), "of".to_owned()],
        id: 7,
        kind: String::new(),
    });
}

#[derive(Debug, PartialEq, ApiRequest, FromHttp)]
#[api(method = GET, path = "")]
struct Root;

#[test]
fn the_base_url_itself() {
    round(&Root);
}
