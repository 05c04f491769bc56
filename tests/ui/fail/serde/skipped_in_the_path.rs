use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = GET, path = "/{a}/{b}/{c}")]
struct Request {
    #[serde(skip)]
    a: u8,
    #[serde(skip_serializing)]
    b: u8,
    #[serde(skip_serializing_if = "u8::is_power_of_two")]
    #[api(path)]
    c: u8,
}

fn main() {}
