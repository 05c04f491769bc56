use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Text {
    #[api(body = lines)]
    a: String,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Unit {
    #[api(body = lines)]
    a: (),
}

fn main() {}
