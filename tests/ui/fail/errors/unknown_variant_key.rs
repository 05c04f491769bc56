use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(stauts = 404)]
    NotFound,
}

fn main() {}
