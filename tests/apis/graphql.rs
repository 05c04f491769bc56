//! GraphQL over HTTP, as GitHub has it: one path, a query and its variables, errors inside a 200.
//!
//! <https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api>,
//! <https://graphql.github.io/graphql-over-http/draft/>

use api_request::{ApiError, ApiRequest, testing::ScriptedResponse};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{JSON, JSON_BODY, client, message};

const API: &str = "https://api.github.com/graphql";
const QUERY: &str = "query($owner: String!, $name: String!, $after: String) { repository(owner: $owner, name: $name) { \
     pullRequests(first: 100, after: $after) { nodes { number } pageInfo { endCursor hasNextPage } } } }";

#[derive(Clone, Serialize)]
struct Variables {
    owner: &'static str,
    name: &'static str,
    after: Option<String>,
}

#[derive(Debug, Deserialize)]
struct Answer<T> {
    data: T,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Data {
    repository: Repository,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Repository {
    pull_requests: PullRequests,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PullRequests {
    nodes: Vec<PullRequest>,
    page_info: PageInfo,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct PageInfo {
    end_cursor: Option<String>,
    has_next_page: bool,
}

#[derive(Debug, PartialEq, Deserialize)]
struct PullRequest {
    number: u32,
}

/// A response that has errors is an error, whatever its status.
#[derive(Debug, ApiError)]
#[api(envelope = "errors")]
enum Failure {
    #[api(other)]
    Any(Errors),
}

#[derive(Debug, Deserialize)]
struct Errors {
    errors: Vec<Reason>,
}

#[derive(Debug, Deserialize)]
struct Reason {
    message: String,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "", response = Answer<Data>, error = Failure, idempotent)]
#[api(fields = json)]
#[api(paginate(
    cursor = variables.after,
    next = data.repository.pull_requests.page_info.end_cursor,
    more = data.repository.pull_requests.page_info.has_next_page,
    items = data.repository.pull_requests.nodes,
    item = PullRequest,
))]
struct ListPullRequests {
    query: &'static str,
    variables: Variables,
}

fn list(after: Option<&str>) -> ListPullRequests {
    let after = after.map(str::to_owned);
    let variables = Variables {
        owner: "octokit",
        name: "octokit.js",
        after,
    };
    ListPullRequests {
        query: QUERY,
        variables,
    }
}

#[test]
fn a_query_and_its_variables() {
    let body = format!(
        r#"{{"query":"{QUERY}","variables":{{"owner":"octokit","name":"octokit.js","after":null}}}}"#
    );
    assert_eq!(
        message(API, &list(None)),
        [
            "POST https://api.github.com/graphql",
            JSON,
            JSON_BODY,
            "",
            &body
        ]
    );
}

#[tokio::test]
async fn a_listing_goes_on_at_the_cursor_in_its_variables() {
    let page = |number: u32, cursor: &str, more: bool| {
        let info = json!({"endCursor": cursor, "hasNextPage": more});
        let found = json!({"nodes": [{"number": number}], "pageInfo": info});
        ScriptedResponse::new(200).json(&json!({"data": {"repository": {"pullRequests": found}}}))
    };
    let (client, script) = client(
        API,
        [
            page(1, "Y3Vyc29yOjE=", true),
            page(2, "Y3Vyc29yOjI=", false),
        ],
    );
    let found: Vec<PullRequest> = client
        .call(&list(None))
        .items()
        .try_collect()
        .await
        .unwrap();
    assert_eq!(
        found,
        [PullRequest { number: 1 }, PullRequest { number: 2 }]
    );
    let requests = script.requests();
    assert_eq!(requests.len(), 2);
    assert_eq!(requests[1].uri(), API);
    assert_eq!(
        requests[1].json::<serde_json::Value>().unwrap()["variables"],
        json!({"owner": "octokit", "name": "octokit.js", "after": "Y3Vyc29yOjE="})
    );
}

#[test]
fn errors_come_with_a_success() {
    let errors = r#"{"data": null, "errors": [{"message": "Could not resolve to a Repository"}]}"#;
    let error = ListPullRequests::decode(http::Response::new(errors.into())).unwrap_err();
    let Some(Failure::Any(found)) = error.api() else {
        panic!("the errors are not decoded");
    };
    assert_eq!(found.errors[0].message, "Could not resolve to a Repository");
    assert_eq!(
        error.to_string(),
        "`ListPullRequests`: 200 OK: Could not resolve to a Repository"
    );
}
