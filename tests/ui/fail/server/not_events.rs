//! Handlers of events that make no stream of them, and of a request without events.

use api_request::{ApiRequest, ErrorBody, FromHttp, axum::Router};
use futures_util::{Stream, stream};

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/count", events = u32)]
struct Count;

#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/key", response = u32)]
struct GetKey;

async fn list(_: Count) -> Result<Vec<u32>, ErrorBody> {
    Ok(vec![1])
}

async fn key(_: GetKey) -> Result<impl Stream<Item = Result<u32, ErrorBody>>, ErrorBody> {
    Ok(stream::iter([Ok(1)]))
}

fn main() {
    let _: Router = Router::new().events(list);
    let _: Router = Router::new().events(key);
}
