use api_request::ApiError;

#[derive(ApiError)]
enum Failure<'a> {
    #[api(other)]
    Other(&'a str),
}

fn main() {}
