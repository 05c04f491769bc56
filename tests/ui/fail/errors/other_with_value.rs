use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(other = 500)]
    Other,
}

fn main() {}
