use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status(400, 422))]
    Invalid,
}

fn main() {}
