use api_request::ApiResponse;

#[derive(ApiResponse)]
#[api(crate = api_request)]
enum Started {
    #[api(status = 200)]
    Done,
}

fn main() {}
