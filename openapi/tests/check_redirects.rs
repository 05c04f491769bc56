//! Statuses that no declaration has: the client follows redirects, and all others are errors.

use api_request::{ApiError, ApiRequest};
use api_request_openapi::{Check, Sources};

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 404)]
    Missing,
    #[api(status = 303)]
    Elsewhere(Elsewhere),
}

#[allow(dead_code, reason = "it is decoded only")]
#[derive(Debug, serde::Deserialize)]
struct Elsewhere {
    code: u32,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/motd", name = "getMotd", response(text), error = Failure)]
struct GetMotd;

api_request::operations! { static OPERATIONS: [GetMotd] }

fn differences(status: u16) -> Vec<String> {
    let text = format!(
        r#"openapi: 3.1.0
info: {{ title: Messages }}
paths:
  /motd:
    get:
      operationId: getMotd
      responses:
        "200": {{ description: "", content: {{ text/plain: {{}} }} }}
        "{status}": {{ description: "", content: {{ application/json: {{ schema: {{ type: object }} }} }} }}
"#
    );
    let sources = Sources::from_text("api.yaml", &text).expect("it is YAML");
    let agreement = Check::of(OPERATIONS, sources).run().expect("it is OpenAPI");
    agreement
        .differences
        .iter()
        .map(ToString::to_string)
        .collect()
}

#[test]
fn a_redirect_is_followed_and_any_other_status_is_declared() {
    for status in [301, 302, 303, 307, 308, 404] {
        assert_eq!(differences(status), [""; 0], "{status}");
    }
    for status in [300, 409, 500] {
        let expected = format!(
            "api.yaml:9: `getMotd`: the response {status} is not a status that the error type declares"
        );
        assert_eq!(differences(status), [expected]);
    }
}
