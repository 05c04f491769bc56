use api_request::ApiResponse;

#[derive(ApiResponse)]
#[api(fields = json, rename_all = "camelCase")]
#[serde(rename_all = "kebab-case")]
struct Listed {
    key_id: u8,
    #[api(json = "keyId")]
    other: u8,
    #[api(name = "")]
    empty: u8,
    #[serde(rename = "a")]
    #[api(name = "b")]
    two: u8,
}

#[derive(ApiResponse)]
#[api(fields = jsn, rename_all = "camelcase")]
struct Unknown {
    id: u8,
}

fn main() {}
