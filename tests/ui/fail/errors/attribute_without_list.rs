use api_request::ApiError;

#[derive(ApiError)]
#[api]
enum Failure {
    #[api]
    Other,
}

fn main() {}
