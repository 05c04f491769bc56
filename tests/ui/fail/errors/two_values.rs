use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = 404)]
    NotFound(String, u8),
    #[api(status = 410)]
    Gone { message: String, code: u8 },
}

fn main() {}
