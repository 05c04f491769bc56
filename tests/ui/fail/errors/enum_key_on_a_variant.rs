use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(other, envelope = "error")]
    Other,
}

fn main() {}
