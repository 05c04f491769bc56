//! What the guide shows of `check`.

use api_request::{AnyOperation, ApiRequest, FromHttp};
use serde::{Deserialize, Serialize};

// ANCHOR: declare
/// Lists keys.
#[derive(ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", fields = query, response = Keys)]
struct ListKeys {
    limit: Option<u32>,
}

#[derive(Serialize, Deserialize)]
struct Keys {
    data: Vec<String>,
}

api_request::operations! { static OPERATIONS: [ListKeys] }
// ANCHOR_END: declare

// ANCHOR: check
#[test]
fn declarations_agree_with_the_document() {
    api_request_openapi::check(OPERATIONS, "tests/guide/openapi.yaml")
        .allow(
            "ListKeys",
            "query parameter `limit`",
            "the server has a default; the document is behind",
        )
        .assert();
}
// ANCHOR_END: check

#[test]
fn the_difference_is_what_the_guide_shows() -> Result<(), api_request_openapi::Error> {
    let operations: &'static [AnyOperation] = OPERATIONS;
    let agreement = api_request_openapi::check(operations, "tests/guide/openapi.yaml").run()?;
    let guide = include_str!("../../docs/src/openapi.md").replace("\r\n", "\n");
    let shown = format!("```text\n{agreement}```\n");
    assert!(guide.contains(&shown), "{agreement}");
    Ok(())
}
