//! A handler whose request is not read, or whose response is not written.

use api_request::{ApiRequest, FromHttp, testing::Fake};

#[derive(serde::Deserialize)]
struct Key(#[allow(dead_code)] u8);

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/key", response = Key)]
struct GetKey;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys")]
struct ListKeys;

fn main() {
    let _ = Fake::new().on(|_: GetKey| async { Ok(Key(7)) });
    let _ = Fake::new().on(|_: ListKeys| async { Ok(()) });
}
