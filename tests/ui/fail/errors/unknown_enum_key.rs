use api_request::ApiError;

#[derive(ApiError)]
#[api(envelop = "error")]
enum Failure {
    #[api(other)]
    Other,
}

fn main() {}
