//! Pages that cannot be cut: none are declared, their items are not, or the response has no default.

use api_request::{ApiRequest, FromHttp, testing::Fake};
use serde::{Deserialize, Serialize};

#[derive(Default, Serialize, Deserialize)]
struct Keys {
    data: Vec<u8>,
}

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", response = Vec<u8>)]
struct NotPaged;

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", response = Keys, paginate(link))]
struct NoItems;

#[derive(Serialize, Deserialize)]
struct Given {
    data: Vec<u8>,
}

#[derive(Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", response = Given, paginate(link, items = data, item = u8))]
struct NoDefault;

fn main() {
    let _ = Fake::new().pages(|_: NotPaged| async { Ok(vec![7]) });
    let _ = Fake::new().pages(|_: NoItems| async { Ok(vec![7]) });
    let _ = Fake::new().pages(|_: NoDefault| async { Ok(vec![7]) });
}
