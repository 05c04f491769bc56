use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = 200)]
    Ok,
    #[api(status = 600)]
    Other,
}

fn main() {}
