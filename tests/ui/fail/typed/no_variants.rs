use api_request::ApiResponse;

#[derive(ApiResponse)]
enum Response {}

fn main() {}
