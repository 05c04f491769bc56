use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Listed<'a> {
    #[api(header = "ETag")]
    etag: &'a str,
    #[api(body)]
    items: Vec<&'static str>,
}

#[derive(ApiResponse)]
enum Started<'a> {
    #[api(status = 200)]
    Done(&'a str),
}

fn main() {}
