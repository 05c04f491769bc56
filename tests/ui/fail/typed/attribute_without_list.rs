use api_request::ApiResponse;

#[derive(ApiResponse)]
#[api]
struct Listed {
    #[api()]
    items: Vec<u8>,
    #[api = "ETag"]
    etag: String,
}

#[derive(ApiResponse)]
#[api()]
enum Started {
    #[api]
    Done(u8),
}

fn main() {}
