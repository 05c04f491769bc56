use api_request::ApiError;

#[derive(Debug, serde::Deserialize, ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound,
}

fn main() {}
