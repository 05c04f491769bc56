use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound(#[api(other)] String),
}

fn main() {}
