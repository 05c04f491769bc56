use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = 5xx)]
    Broken,
}

fn main() {}
