use api_request::ApiResponse;

#[derive(ApiResponse)]
enum Started {
    #[api(status = 200)]
    A,
    #[api(status = 200, status = "2xx")]
    B,
    #[api(other, status = "2xx")]
    C,
    #[api(other)]
    D,
    #[api(status = 100)]
    E,
    #[api(status = 600)]
    F,
    #[api(status = "1xx")]
    G,
    #[api(status = 2xx)]
    H,
    #[api(status = "404")]
    I,
    #[api(status(200, 201))]
    J,
    #[api(other = 200)]
    K,
    #[api(status)]
    L,
    M,
}

#[derive(ApiResponse)]
#[api(status = 200, status = 200, status = true)]
struct Listed {
    #[api(body)]
    items: Vec<u8>,
}

fn main() {}
