use api_request::ApiError;

#[derive(ApiError)]
#[api(envelope = "")]
enum Failure {
    #[api(other)]
    Other,
}

fn main() {}
