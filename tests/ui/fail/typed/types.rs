//! The types of fields are checked where they are written.
use api_request::{ApiRequest, ApiResponse};

struct Opaque;

#[derive(ApiResponse)]
struct Listed {
    #[api(header)]
    a: Opaque,
    #[api(header(flatten))]
    b: Opaque,
    #[api(status)]
    c: Opaque,
    #[api(body)]
    d: Opaque,
}

#[derive(ApiResponse)]
#[api(fields = json)]
struct Members {
    a: Opaque,
    #[serde(flatten)]
    b: Opaque,
}

#[derive(ApiResponse)]
enum Bodies {
    #[api(status = 200)]
    A(Opaque),
    #[api(status = 201)]
    B(#[api(body = text)] Opaque),
    #[api(status = 202)]
    C(#[api(body = bytes)] Opaque),
    #[api(status = 203)]
    D(#[api(body = lines)] Opaque),
    #[api(status = 204)]
    E(#[api(body(with = Opaque))] u8),
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response = Opaque)]
struct Request;

fn main() {}
