use api_request::ApiError;

#[derive(ApiError)]
enum Failure {}

fn main() {}
