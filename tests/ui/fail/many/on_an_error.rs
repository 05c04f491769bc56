use api_request::ApiError;

#[derive(ApiError)]
#[api(envelope = "", envelope = "error", crate = api_request, methd = GET, path = "/", other)]
enum Failure<'a> {
    #[api(status = 99, status = "6xx", stauts = 400, status = 404 status = 404)]
    Invalid(&'a str, u8),
    #[api(status = 404, status, header = "X-Error", crate = ::a)]
    NotFound { #[api(body)] code: u8 },
    #[api(other, other)]
    Other,
    Broken,
}

fn main() {}
