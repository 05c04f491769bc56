use api_request::{ApiRequest, operations};

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys")]
struct ListKeys;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}")]
struct GetKey {
    id: u64,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{hash}")]
struct FindKey {
    hash: String,
}

operations! {
    /// A name twice.
    pub static BY_NAME: [ListKeys, GetKey, ListKeys]
}

operations! {
    /// A path twice.
    static BY_PATH: [GetKey, FindKey]
}

fn main() {
    let _ = (BY_NAME, BY_PATH);
}
