use api_request::ApiRequest;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = json)]
#[serde(tag = "type", content = "c", untagged, transparent)]
#[serde(into = "Other", remote = "Other")]
struct Request {
    a: u8,
}

fn main() {}
