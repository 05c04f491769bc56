use api_request::ApiResponse;

#[derive(ApiResponse)]
#[serde(tag = "type", deny_unknown_fields, default, transparent)]
struct Listed {
    #[api(body)]
    items: Vec<u8>,
}

#[derive(ApiResponse)]
#[serde(untagged, try_from = "Key", rename_al = "camelCase", remote = "Key")]
enum Started {
    #[api(status = 200)]
    #[serde(content = "c")]
    Done(u8),
}

fn main() {}
