use std::cell::Cell;

use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", meta = Cell::new(1))]
struct Request;

fn main() {}
