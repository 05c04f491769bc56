use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Twice {
    #[api(body)]
    one: u8,
    #[api(body = text)]
    other: String,
}

#[derive(ApiResponse)]
enum Beside {
    #[api(status = 200, fields = json)]
    A { id: u8, #[api(body)] all: Vec<u8>, more: u8 },
    #[api(status = 201)]
    B(#[api(body)] u8, #[api(json = "id")] u8),
}

fn main() {}
