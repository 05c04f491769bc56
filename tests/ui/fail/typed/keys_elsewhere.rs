use api_request::ApiResponse;

#[derive(ApiResponse)]
#[api(status = 200, other, envelope = "error", path = "/")]
enum Started {
    #[api(status = 200, crate = ::api_request, method = GET)]
    Done(u8),
    #[api(default, header = "ETag")]
    Other,
}

#[derive(ApiResponse)]
#[api(stauts = 200, body, message = error)]
struct Listed {
    #[api(body, status = 200, fields = json)]
    items: Vec<u8>,
}

fn main() {}
