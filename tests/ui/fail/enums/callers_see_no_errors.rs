//! The impls are beside the error, so using them causes no second error.
use api_request::{ApiRequest, OpenEnum};

#[derive(Debug, OpenEnum)]
pub enum Status {
    Active,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", fields = query, response = Status)]
struct Request {
    status: Status,
}

fn main() {
    let status: Status = "active".parse().unwrap();
    let _ = (status.as_str(), status.to_string(), Status::from("a"), Status::from(String::new()));
    let _ = (Request { status }, Status::Active.as_ref() as &str);
}
