//! What the operations of an API share.

use api_request::{
    ApiError, ApiGroup, ApiRequest, Client, ErrorBody,
    testing::{Script, ScriptedResponse},
};

use crate::Outcome;

// ANCHOR: group
/// What all operations of the API share.
#[derive(Clone, ApiGroup)]
#[api(path = "/accounts/{account}", auth = required, error = Failure)]
#[api(header("X-Api-Version" = "2"))]
struct Account {
    account: String,
    #[api(header = "X-App")]
    app: Option<String>,
}

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 403)]
    Forbidden,
    #[api(other)]
    Other(ErrorBody),
}
// ANCHOR_END: group

// ANCHOR: operations
/// Where a listing starts, and how much of it to give.
#[derive(Default, ApiGroup)]
#[api(fields = query)]
struct Paging {
    offset: Option<u64>,
    limit: Option<u32>,
}

#[derive(ApiRequest)]
#[api(in = Account, method = GET, path = "/keys", response = Vec<String>)]
struct ListKeys {
    #[api(flatten)]
    paging: Paging,
}

#[derive(ApiRequest)]
#[api(in = Account, method = DELETE, path = "/keys/{hash}")]
struct DeleteKey {
    hash: String,
}
// ANCHOR_END: operations

// ANCHOR: client
async fn delete_all(client: &Client) -> Result<usize, api_request::Error<Failure>> {
    let paging = Paging {
        limit: Some(100),
        ..Paging::default()
    };
    let keys = client.send(&ListKeys { paging }).await?;
    let count = keys.len();
    for hash in keys {
        client.send(&DeleteKey { hash }).await?;
    }
    Ok(count)
}
// ANCHOR_END: client

#[tokio::test]
async fn the_value_of_a_group_is_given_once() -> Outcome {
    let api = Script::new()
        .then(ScriptedResponse::new(200).json(&["f01d", "f02d"]))
        .then(ScriptedResponse::new(204))
        .then(ScriptedResponse::new(403));
    let transport = api.clone();
    // ANCHOR: value
    let client = Client::builder("https://api.example.com/v1")
        .bearer("sk-0e6f")
        .group(Account {
            account: "acme".to_owned(),
            app: None,
        })
        // ANCHOR_END: value
        .transport(transport)
        .build()?;
    let error = delete_all(&client).await.unwrap_err();
    assert!(matches!(error.api(), Some(Failure::Forbidden)));
    assert!(!matches!(error.api(), Some(Failure::Other(_))));
    let sent = api.requests();
    let list = "https://api.example.com/v1/accounts/acme/keys?limit=100";
    assert_eq!(sent[0].uri(), list);
    assert_eq!(
        sent[1].uri().path(),
        "/v1/accounts/acme/keys/f01d",
        "the base URL's path comes first"
    );
    assert_eq!(sent[2].headers()["x-api-version"], "2");
    Ok(())
}
