//! Formats of errors that are none.
use api_request::{ApiGroup, ApiRequest, ErrorBody};

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error(with))]
struct NoType;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error())]
struct Empty;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error(json = ErrorBody))]
struct Unknown;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error(ErrorBody))]
struct InParentheses;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", error(with = &'static str))]
struct Reference;

#[derive(ApiGroup)]
#[api(error(with = ErrorBody, with = ErrorBody), error = ErrorBody)]
struct Twice {}

fn main() {}
