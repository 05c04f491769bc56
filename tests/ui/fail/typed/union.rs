use api_request::ApiResponse;

#[derive(ApiResponse)]
union Response {
    a: u8,
}

fn main() {}
