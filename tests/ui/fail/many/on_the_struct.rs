use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(mehtod = GET, path = "keys/{id}?a", respnse = u8, auth = always, header("a b" = "é"), crate = super::api)]
struct Request;

fn main() {}
