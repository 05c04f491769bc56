use api_request::ApiResponse;

#[derive(ApiResponse)]
struct Listed {
    #[api(status)]
    #[serde(default)]
    a: u16,
    #[api(header(json))]
    #[serde(with = "m")]
    b: u8,
    #[api(header)]
    #[serde(flatten, alias = "x")]
    c: u8,
    #[api(body)]
    #[serde(rename = "x", default, flatten)]
    d: u8,
    #[api(header)]
    #[serde(defualt)]
    e: u8,
    #[api(header)]
    #[serde(deserialize_with = "1 +")]
    f: u8,
}

#[derive(ApiResponse)]
#[api(fields = json)]
struct Members {
    #[serde(flatten, rename = "x", default)]
    a: u8,
    #[serde(rename(deserialise = "x"))]
    b: u8,
}

#[derive(ApiResponse)]
struct Text(#[api(body = text)] #[serde(deserialize_with = "f")] String);

#[derive(ApiResponse)]
struct Value(#[serde(deserialize_with = "f")] String);

fn main() {}
