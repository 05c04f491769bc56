//! Pages whose offset, limit or cursor is inside of a field of the request: of a group, of the body, of a member.

use api_request::{
    ApiGroup, ApiRequest, Client, PageItems, PageStyle,
    testing::{Script, ScriptedResponse},
};
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use serde_json::json;

#[derive(Debug, Deserialize)]
struct Page {
    data: Vec<u8>,
    next: Option<String>,
}

#[derive(Debug, Clone, Default, ApiGroup)]
#[api(fields = query)]
struct Paging {
    offset: Option<u64>,
    limit: Option<u32>,
}

#[derive(Clone, ApiRequest)]
#[api(method = GET, path = "/", response = Page)]
#[api(paginate(offset = paging.offset, limit = paging.limit, short, items = data, item = u8))]
struct OfGroup {
    #[api(flatten)]
    paging: Paging,
}

#[derive(Clone, Serialize)]
struct Variables {
    after: Option<String>,
    r#type: Inner,
}

#[derive(Clone, Serialize)]
struct Inner {
    page: u8,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", fields = json, response = Page)]
#[api(paginate(cursor = variables.after, next = next, items = data, item = u8))]
struct OfMember {
    variables: Variables,
}

#[derive(Clone, ApiRequest)]
#[api(method = POST, path = "/", response = Page)]
#[api(paginate(page = body.r#type.page, items = data, item = u8))]
struct OfBody {
    #[api(body)]
    body: Variables,
}

fn variables() -> Variables {
    Variables {
        after: None,
        r#type: Inner { page: 1 },
    }
}

/// The targets and bodies of the requests for all pages, which are so many.
async fn requests<R: PageItems<u8> + Clone>(request: &R, pages: usize) -> Vec<(String, String)> {
    let page = |data: &[u8], next: Option<&str>| {
        ScriptedResponse::new(200).json(&json!({"data": data, "next": next}))
    };
    let script = Script::new()
        .then(page(&[1, 2], Some("b")))
        .then(page(&[3], None))
        .then(page(&[], None).times(pages - 2));
    let client = Client::builder("https://api.example.com")
        .transport(script.clone())
        .build();
    let client = client.expect("it is valid");
    let items: Vec<u8> = client
        .call(request)
        .items()
        .try_collect()
        .await
        .unwrap_or_default();
    assert_eq!(items, [1, 2, 3]);
    let requests = script.requests().into_iter();
    requests
        .map(|it| {
            (
                it.uri().to_string(),
                String::from_utf8_lossy(it.body()).into_owned(),
            )
        })
        .collect()
}

#[tokio::test]
async fn a_field_of_a_group_is_counted() {
    let paging = Paging {
        limit: Some(2),
        ..Paging::default()
    };
    let requests = requests(&OfGroup { paging }, 2).await;
    let targets: Vec<&str> = requests.iter().map(|(target, _)| target.as_str()).collect();
    assert_eq!(
        targets,
        [
            "https://api.example.com/?limit=2",
            "https://api.example.com/?offset=2&limit=2"
        ]
    );
}

#[tokio::test]
async fn a_field_of_a_member_is_the_cursor() {
    let requests = requests(
        &OfMember {
            variables: variables(),
        },
        2,
    )
    .await;
    let bodies: Vec<&str> = requests.iter().map(|(_, body)| body.as_str()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"variables":{"after":null,"type":{"page":1}}}"#,
            r#"{"variables":{"after":"b","type":{"page":1}}}"#,
        ]
    );
}

#[tokio::test]
async fn a_field_of_the_body_is_counted() {
    let requests = requests(&OfBody { body: variables() }, 3).await;
    let bodies: Vec<&str> = requests.iter().map(|(_, body)| body.as_str()).collect();
    assert_eq!(
        bodies,
        [
            r#"{"after":null,"type":{"page":1}}"#,
            r#"{"after":null,"type":{"page":2}}"#,
            r#"{"after":null,"type":{"page":3}}"#,
        ]
    );
}

#[test]
fn the_declaration_has_the_path() {
    let pagination = OfGroup::OPERATION.pagination().expect("it is declared");
    assert_eq!(pagination.style(), PageStyle::Offset);
    assert_eq!(
        (pagination.field(), pagination.limit()),
        (Some("paging.offset"), Some("paging.limit"))
    );
    assert!(pagination.short());
    let pagination = OfBody::OPERATION.pagination().expect("it is declared");
    assert_eq!(pagination.field(), Some("body.type.page"));
}
