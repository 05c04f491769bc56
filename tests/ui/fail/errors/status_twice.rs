use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = 404, status = 410)]
    NotFound,
    #[api(status = 410)]
    Gone,
}

fn main() {}
