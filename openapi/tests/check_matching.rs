//! Which operation of the document a declaration is.

mod support;

use api_request::{ApiGroup, ApiRequest};
use api_request_openapi::{Check, Sources};
use support::{agreement, differences, document};

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys/{id}", name = "getKey")]
struct GetKey {
    id: u64,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/a%20b/{from}-{to}.json")]
struct Range {
    from: u64,
    to: u64,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/query", query("Action" = "List All"))]
struct ListAll;

#[derive(ApiRequest)]
#[api(method = POST, path = "/query", query("Action" = "Delete"))]
struct Delete;

#[derive(ApiRequest)]
#[api(method = POST, path = "")]
struct Graphql;

#[derive(ApiRequest)]
#[api(method = GET)]
struct Poll {
    #[api(url)]
    status: String,
}

#[derive(ApiGroup)]
#[api(path = "/tenants/{tenant}")]
struct Tenant {
    tenant: String,
}

#[derive(ApiRequest)]
#[api(in = Tenant, method = GET, path = "/users")]
struct ListUsers;

api_request::operations! { static KEY: [GetKey] }
api_request::operations! { static RANGE: [Range] }
api_request::operations! { static ACTIONS: [ListAll, Delete] }
api_request::operations! { static GRAPHQL: [Graphql] }
api_request::operations! { static POLL: [Poll] }
api_request::operations! { static USERS: [ListUsers] }

const RESPONSES: &str = "responses: { \"200\": { description: Good. } }";

/// A document with an operation, and what comes before its paths.
fn with(head: &str, method: &str, path: &str, id: &str) -> String {
    let id = if id.is_empty() {
        String::new()
    } else {
        format!("operationId: {id}, ")
    };
    format!(
        "openapi: 3.1.0\ninfo: {{ title: Test }}\n{head}\npaths:\n  \"{path}\":\n    {method}: {{ {id}{RESPONSES} }}\n"
    )
}

#[test]
fn methods_and_paths_are_compared_by_their_shape() {
    let server = "servers: [{ url: \"https://api.example.com/v1/\" }]";
    let relative = "servers: [{ url: /v1 }, { url: \"{scheme}://api.example.com/v2\", variables: { scheme: { default: https } } }]";
    let rows = [
        ("", "get", "/keys/{id}", ""),
        ("", "get", "/keys/{key-id}", ""),
        ("", "get", "/keys/{key*}", "other"),
        (server, "get", "/keys/{id}", ""),
        (server, "get", "/v1/keys/{id}", ""),
        (relative, "get", "/v2/keys/{id}", ""),
        ("", "get", "/keys/{id}#fragment", ""),
    ];
    for (head, method, path, id) in rows {
        assert_eq!(
            differences(KEY, &with(head, method, path, id)),
            [""; 0],
            "{head} {path}"
        );
    }
    for path in ["/a b/{x}-{y}.json", "/a%20b/{y}-{x}.json"] {
        assert_eq!(
            differences(RANGE, &with("", "get", path, "")),
            [""; 0],
            "{path}"
        );
    }
    for path in ["/", ""] {
        assert_eq!(
            differences(GRAPHQL, &with("", "post", path, "")),
            [""; 0],
            "{path}"
        );
    }
    assert_eq!(
        differences(USERS, &with("", "get", "/tenants/{t}/users", "")),
        [""; 0]
    );
    let declared_with_base = with("servers: [{ url: /tenants/a }]", "get", "/users", "");
    assert_eq!(differences(USERS, &declared_with_base).len(), 1);
}

#[test]
fn a_declaration_that_is_not_in_the_document_names_what_is_near() {
    let rows = [
        (
            "post",
            "/keys/{id}",
            "",
            "`getKey`: the method `GET` is not that of the document, which has `POST` for this path",
        ),
        (
            "get",
            "/keys/{id}/info",
            "get_key",
            "`get_key` (`getKey`): the path `/keys/{id}` is not in the document, which has `/keys/{id}/info`",
        ),
        (
            "get",
            "/key/{id}",
            "",
            "`getKey`: the path `/keys/{id}` is not in the document, which has `/key/{id}`",
        ),
        (
            "get",
            "/keys/{id}/",
            "",
            "`getKey`: the path `/keys/{id}` is not in the document, which has `/keys/{id}/`",
        ),
        (
            "put",
            "/key/{id}",
            "get-key",
            "`get-key` (`getKey`): the operation `GET /keys/{id}` is not in the document, which has `PUT /key/{id}`",
        ),
        (
            "get",
            "/models",
            "",
            "`getKey`: the operation `GET /keys/{id}` is not in the document",
        ),
    ];
    for (method, path, id, line) in rows {
        assert_eq!(
            differences(KEY, &with("", method, path, id)),
            [line],
            "{method} {path}"
        );
    }
    let text = with("", "post", "/keys/{id}", "");
    let line = agreement(KEY, &text).to_string();
    assert!(line.starts_with("openapi.yaml:6: "), "{line}");
    let line = agreement(KEY, &with("", "get", "/models", "")).to_string();
    assert!(line.starts_with("openapi.yaml: `getKey`: "), "{line}");
}

#[test]
fn the_query_of_a_path_is_declared_as_constants() {
    let paths = format!(
        "  /query?Action=List%20All:\n    post: {{ operationId: all, {RESPONSES} }}\n  \
         /query?Action=Delete:\n    post: {{ operationId: delete, {RESPONSES} }}\n"
    );
    assert_eq!(differences(ACTIONS, &document(&paths)), [""; 0]);
    let renamed = paths.replace("Action=Delete", "Action=Remove");
    let line = "`delete` (`Delete`): the path `/query` is `/query?Action=Remove` in the document: declare its query as constants";
    assert_eq!(differences(ACTIONS, &document(&renamed)), [line]);
}

#[test]
fn a_url_that_is_a_value_is_not_compared() {
    let agreement = agreement(POLL, &with("", "get", "/keys", ""));
    assert_eq!(agreement.differences, []);
    let unchecked: Vec<String> = agreement
        .unchecked
        .iter()
        .map(ToString::to_string)
        .collect();
    assert_eq!(
        unchecked,
        ["`Poll`: its URL is a value, so it is in no document"]
    );
}

#[test]
fn operations_of_the_document_alone_are_differences_if_all_are_asked_for() {
    let paths = format!(
        "  /keys/{{id}}:\n    get: {{ operationId: getKey, {RESPONSES} }}\n    delete: {{ operationId: deleteKey, {RESPONSES} }}\n"
    );
    let text = document(&paths);
    assert_eq!(differences(KEY, &text), [""; 0]);
    let sources = Sources::from_text("openapi.yaml", &text).unwrap();
    let agreement = Check::of(KEY, sources).complete().run().unwrap();
    let line = "openapi.yaml:6: `deleteKey`: the operation `DELETE /keys/{id}` is not declared\n";
    assert_eq!(agreement.to_string(), line);
}

#[test]
fn a_difference_is_allowed_for_a_reason() {
    let text = with("", "post", "/keys/{id}", "");
    let check = |operation: &str, at: &str| {
        let sources = Sources::from_text("openapi.yaml", &text).unwrap();
        let check = Check::of(KEY, sources).allow(operation, at, "the document is behind");
        check.run().unwrap()
    };
    for operation in ["getKey", "*"] {
        let agreement = check(operation, "method `GET`");
        assert_eq!(agreement.differences, []);
        assert_eq!(agreement.allowed.len(), 1);
        assert_eq!(agreement.allowed[0].1, "the document is behind");
    }
    let agreement = check("getKey", "method `PUT`");
    let rest = "openapi.yaml: `getKey`: the method `PUT` is allowed, but does not differ: remove the `allow`, \
                whose reason is \"the document is behind\"\n";
    assert!(agreement.to_string().ends_with(rest), "{agreement}");
    assert_eq!(agreement.differences.len(), 2);
}

#[test]
#[should_panic(expected = "a difference is allowed for a reason")]
fn a_difference_is_not_allowed_without_a_reason() {
    let sources = Sources::from_text("openapi.yaml", &with("", "get", "/keys", "")).unwrap();
    let _ = Check::of(KEY, sources).allow("getKey", "method `GET`", " ");
}

#[test]
#[should_panic(
    expected = "1 difference between the declarations and the document:\nopenapi.yaml:6: `getKey`: the method"
)]
fn a_test_fails_with_all_differences() {
    let sources = Sources::from_text("openapi.yaml", &with("", "post", "/keys/{id}", "")).unwrap();
    Check::of(KEY, sources).assert();
}
