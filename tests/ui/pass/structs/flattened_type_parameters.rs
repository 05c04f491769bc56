//! The bound that a flattened field needs is added to the impl.
use api_request::ApiRequest;
use std::collections::BTreeMap;

#[derive(ApiRequest)]
#[api(method = GET, path = "/")]
struct Generic<K, V>(#[api(query(flatten))] Option<BTreeMap<K, V>>);

fn main() {
    let request = Generic(Some(BTreeMap::from([(7, 8)])));
    let request = request.to_http(&"https://example.com".parse().unwrap()).unwrap();
    assert_eq!(request.uri(), "https://example.com/?7=8");
}
