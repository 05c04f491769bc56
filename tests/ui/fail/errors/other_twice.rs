use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(other)]
    Other,
    #[api(other)]
    Unknown,
}

fn main() {}
