use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Listed(u8, #[api(header)] u8, #[api(json)] u8);

#[derive(ApiResponse)]
enum Started {
    #[api(status = 200)]
    Done(u8, #[api(header = "ETag")] String),
    #[api(status = 202)]
    Queued { id: u8, at: String },
    #[api(status = 204, fields = query)]
    Gone { id: u8, at: String },
}

fn main() {}
