use api_request::ApiError;

#[derive(ApiError)]
struct Failure {
    message: String,
}

fn main() {}
