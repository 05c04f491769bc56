use api_request::ApiError;

#[derive(ApiError)]
union Failure {
    code: u8,
}

fn main() {}
