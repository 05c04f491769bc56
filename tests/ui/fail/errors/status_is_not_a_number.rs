use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = NOT_FOUND)]
    NotFound,
    #[api(status = 5.00)]
    Broken,
}

fn main() {}
