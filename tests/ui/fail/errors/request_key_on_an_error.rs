use api_request::ApiError;

#[derive(ApiError)]
#[api(method = GET)]
enum Failure {
    #[api(query)]
    Other,
}

fn main() {}
