use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status)]
    NotFound,
}

fn main() {}
