use api_request::ApiError;

#[derive(ApiError)]
enum Failure {
    #[api(status = "5XX")]
    Broken,
    #[api(status = "2xx")]
    Ok,
}

fn main() {}
