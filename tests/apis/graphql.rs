//! GraphQL over HTTP, as GitHub has it: one path, a query and its variables, errors inside a 200.
//!
//! <https://docs.github.com/en/graphql/guides/using-pagination-in-the-graphql-api>,
//! <https://graphql.github.io/graphql-over-http/draft/>

use api_request::{ApiError, ApiRequest};
use serde::{Deserialize, Serialize};

use crate::{JSON, JSON_BODY, message};

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

#[test]
fn errors_come_with_a_success() {
    let answer = r#"{"data": {"repository": {"pullRequests": {"nodes": [{"number": 1}]}}}}"#;
    let answer = ListPullRequests::decode(http::Response::new(answer.into())).unwrap();
    assert_eq!(
        answer.data.repository.pull_requests.nodes,
        [PullRequest { number: 1 }]
    );

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
