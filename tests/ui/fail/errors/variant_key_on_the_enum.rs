use api_request::ApiError;

#[derive(ApiError)]
#[api(status = 404)]
enum Failure {
    #[api(other)]
    Other,
}

fn main() {}
