use api_request::ApiError;

#[derive(Debug)]
struct NoDeserialize;

#[derive(ApiError)]
enum Failure {
    #[api(status = 404, status = "5xx")]
    NotFound(NoDeserialize),
}

fn main() {}
