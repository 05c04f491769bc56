use api_request::ApiError;

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 402)]
    Card { error: String },
}

fn main() {}
