//! GitHub: a path with slashes, files in JSON, links to the next page, assets of a release, conditional requests.
//!
//! <https://docs.github.com/en/rest/repos/contents>, <https://docs.github.com/en/rest/releases/assets>,
//! <https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api>

use api_request::{
    ApiGroup, ApiRequest, ApiResponse, Client,
    testing::{Script, ScriptedResponse},
};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};

use crate::{JSON_BODY, client, message, sent};

const API: &str = "https://api.github.com";
const ACCEPT: &str = "accept: application/vnd.github+json";
const VERSION: &str = "x-github-api-version: 2022-11-28";

/// What all operations share.
#[derive(ApiGroup)]
#[api(header("Accept" = "application/vnd.github+json", "X-GitHub-Api-Version" = "2022-11-28"))]
struct GitHub;

#[derive(Serialize)]
struct Committer {
    name: &'static str,
    email: &'static str,
}

#[derive(ApiRequest)]
#[api(in = GitHub, method = GET, path = "/repos/{owner}/{repo}/contents/{path}", response = serde_json::Value)]
struct GetContent {
    owner: &'static str,
    repo: &'static str,
    #[api(path(segments))]
    path: &'static str,
    #[api(query)]
    r#ref: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(in = GitHub, method = PUT, path = "/repos/{owner}/{repo}/contents/{path}", response = serde_json::Value)]
#[api(fields = json)]
struct PutContent {
    owner: &'static str,
    repo: &'static str,
    #[api(path(segments))]
    path: &'static str,
    message: &'static str,
    committer: Committer,
    content: &'static str,
    sha: Option<&'static str>,
}

/// A `DELETE` with a body.
#[derive(ApiRequest)]
#[api(in = GitHub, method = DELETE, path = "/repos/{owner}/{repo}/contents/{path}", response = serde_json::Value)]
#[api(fields = json)]
struct DeleteContent {
    owner: &'static str,
    repo: &'static str,
    #[api(path(segments))]
    path: &'static str,
    message: &'static str,
    committer: Committer,
    sha: &'static str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/repos/{owner}/{repo}/releases/assets/{asset_id}", response(bytes))]
#[api(in = GitHub, header("Accept" = "application/octet-stream"))]
struct DownloadAsset {
    owner: &'static str,
    repo: &'static str,
    asset_id: u64,
}

/// To the `upload_url` of a release, without the template at its end.
#[derive(ApiRequest)]
#[api(in = GitHub, method = POST, response = Asset, auth = required)]
struct UploadAsset {
    #[api(url)]
    upload_url: String,
    #[api(query)]
    name: &'static str,
    #[api(query)]
    label: Option<&'static str>,
    #[api(header)]
    content_type: &'static str,
    #[api(body = bytes)]
    content: Bytes,
}

#[derive(Debug, Deserialize)]
struct Asset {
    id: u64,
}

#[derive(Clone, ApiRequest)]
#[api(in = GitHub, method = GET, path = "/repos/{owner}/{repo}/releases/{release_id}/assets", response = Vec<Asset>)]
#[api(paginate(link, item = Asset))]
struct ListAssets {
    owner: &'static str,
    repo: &'static str,
    release_id: u64,
    #[api(query)]
    per_page: Option<u8>,
}

/// Assets, unless they are those that the caller knows.
#[derive(Debug, ApiResponse)]
enum Assets {
    #[api(status = 200)]
    Changed {
        #[api(header = "ETag")]
        etag: String,
        #[api(header = "X-RateLimit-Remaining")]
        remaining: Option<u32>,
        #[api(body)]
        assets: Vec<Asset>,
    },
    #[api(status = 304)]
    NotModified,
}

#[derive(ApiRequest)]
#[api(in = GitHub, method = GET, path = "/repos/{owner}/{repo}/releases/{release_id}/assets", response = Assets)]
struct ListChangedAssets {
    owner: &'static str,
    repo: &'static str,
    release_id: u64,
    #[api(header)]
    if_none_match: Option<String>,
}

const OWNER: &str = "octocat";
const REPO: &str = "Hello-World";

fn committer() -> Committer {
    Committer {
        name: "Monalisa Octocat",
        email: "octocat@github.com",
    }
}

#[test]
fn contents() {
    let path = "docs/notes/hello world.txt";
    let url =
        "https://api.github.com/repos/octocat/Hello-World/contents/docs/notes/hello%20world.txt";
    let get = GetContent {
        owner: OWNER,
        repo: REPO,
        path,
        r#ref: None,
    };
    assert_eq!(message(API, &get), [&format!("GET {url}"), ACCEPT, VERSION]);
    let get = GetContent {
        r#ref: Some("feature/x"),
        ..get
    };
    assert_eq!(message(API, &get)[0], format!("GET {url}?ref=feature%2Fx"));

    let put = PutContent {
        owner: OWNER,
        repo: REPO,
        path,
        message: "my commit message",
        committer: committer(),
        content: "bXkgbmV3IGZpbGUgY29udGVudHM=",
        sha: None,
    };
    assert_eq!(
        message(API, &put),
        [
            &format!("PUT {url}"),
            ACCEPT,
            JSON_BODY,
            VERSION,
            "",
            r#"{"message":"my commit message","committer":{"name":"Monalisa Octocat","email":"octocat@github.com"},"content":"bXkgbmV3IGZpbGUgY29udGVudHM="}"#,
        ]
    );

    let delete = DeleteContent {
        owner: OWNER,
        repo: REPO,
        path,
        message: "my commit message",
        committer: committer(),
        sha: "329688480d39049927147c162b9d2deaf885005f",
    };
    assert_eq!(
        message(API, &delete),
        [
            &format!("DELETE {url}"),
            ACCEPT,
            JSON_BODY,
            VERSION,
            "",
            r#"{"message":"my commit message","committer":{"name":"Monalisa Octocat","email":"octocat@github.com"},"sha":"329688480d39049927147c162b9d2deaf885005f"}"#,
        ]
    );
}

#[test]
fn assets_of_a_release() {
    let download = DownloadAsset {
        owner: OWNER,
        repo: REPO,
        asset_id: 1,
    };
    assert_eq!(
        message(API, &download),
        [
            "GET https://api.github.com/repos/octocat/Hello-World/releases/assets/1",
            "accept: application/octet-stream",
            VERSION,
        ]
    );
}

fn upload() -> UploadAsset {
    let upload_url =
        "https://uploads.github.com/repos/octocat/Hello-World/releases/1/assets{?name,label}";
    UploadAsset {
        upload_url: upload_url.split('{').next().unwrap().to_owned(),
        name: "example.zip",
        label: None,
        content_type: "application/zip",
        content: "PK".into(),
    }
}

#[tokio::test]
async fn an_asset_is_uploaded_to_another_host() {
    let created = ScriptedResponse::new(201).json(&serde_json::json!({"id": 1}));
    let script = Script::new().then(created);
    let github = || {
        Client::builder(API)
            .bearer("<YOUR-TOKEN>")
            .transport(script.clone())
    };
    let trusting = github()
        .trust_origin("https://uploads.github.com")
        .build()
        .unwrap();
    assert_eq!(trusting.send(&upload()).await.unwrap().id, 1);
    assert_eq!(
        sent(&script.requests()[0]),
        [
            "POST https://uploads.github.com/repos/octocat/Hello-World/releases/1/assets?name=example.zip",
            ACCEPT,
            "authorization: Bearer <YOUR-TOKEN>",
            "content-type: application/zip",
            VERSION,
            "",
            "PK",
        ]
    );
    // No token goes to a host that nobody trusts.
    let error = github().build().unwrap().send(&upload()).await.unwrap_err();
    assert!(error.is_encode(), "{error}");
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test]
async fn a_listing_goes_on_by_a_link() {
    let link = r#"<https://api.github.com/repositories/1300192/releases/1/assets?per_page=1&page=2>; rel="next", <https://api.github.com/repositories/1300192/releases/1/assets?per_page=1&page=2>; rel="last""#;
    let page = |id: u64| ScriptedResponse::new(200).json(&serde_json::json!([{"id": id}]));
    let (client, script) = client(API, [page(1).header("link", link), page(2)]);
    let list = ListAssets {
        owner: OWNER,
        repo: REPO,
        release_id: 1,
        per_page: Some(1),
    };
    let assets: Vec<Asset> = client.call(&list).items().try_collect().await.unwrap();
    assert_eq!(
        assets.iter().map(|asset| asset.id).collect::<Vec<_>>(),
        [1, 2]
    );
    assert_eq!(
        script.requests()[1].uri(),
        "https://api.github.com/repositories/1300192/releases/1/assets?per_page=1&page=2"
    );
}

#[tokio::test]
async fn what_has_not_changed_is_not_sent_again() {
    let changed = ScriptedResponse::new(200)
        .header("etag", "\"644b\"")
        .header("x-ratelimit-remaining", "59")
        .json(&serde_json::json!([{"id": 1}]));
    let (client, script) = client(API, [changed, ScriptedResponse::new(304)]);
    let mut list = ListChangedAssets {
        owner: OWNER,
        repo: REPO,
        release_id: 1,
        if_none_match: None,
    };
    let Assets::Changed {
        etag,
        remaining: Some(59),
        assets,
    } = client.send(&list).await.unwrap()
    else {
        panic!("nothing is known yet");
    };
    assert_eq!(assets[0].id, 1);
    list.if_none_match = Some(etag);
    let again = client.send(&list).await.unwrap();
    assert!(matches!(again, Assets::NotModified), "{again:?}");
    assert_eq!(script.requests()[1].headers()["if-none-match"], "\"644b\"");
}
