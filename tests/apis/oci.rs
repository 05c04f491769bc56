//! A container registry: names with slashes, uploads to a URL that the registry gives, ranges, links to the next page.
//!
//! <https://github.com/opencontainers/distribution-spec/blob/main/spec.md>, whose endpoints are called `end-1` to
//! `end-13`. The specification writes `:` in a path as it is; `%3A` decodes to it.

use api_request::{ApiGroup, ApiRequest, ApiResponse, Client, testing::ScriptedResponse};
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use serde::Deserialize;

use crate::{ANY, JSON, decoded, message, message_in, scripted};

const API: &str = "https://registry.example.com";
const DIGEST: &str = "sha256:6c3c624b58dbbcd3c0dd82b4c53f04194d1247c6eebdaab7c610cf7d66709b3b";
const MANIFEST: &str = "application/vnd.oci.image.manifest.v1+json";

/// The operations of a repository.
#[derive(Clone, ApiGroup)]
#[api(path = "/v2/{name}")]
struct Repository {
    #[api(path(segments))]
    name: &'static str,
}

const UBUNTU: Repository = Repository {
    name: "library/ubuntu",
};

/// Whether the registry has version 2 of the API.
#[derive(ApiRequest)]
#[api(method = GET, path = "/v2/")]
struct Version;

#[derive(ApiRequest)]
#[api(in = Repository, method = GET, path = "/manifests/{reference}", response(bytes))]
struct GetManifest {
    reference: &'static str,
    #[api(header)]
    accept: Vec<&'static str>,
}

/// Whether something is there, and which.
#[derive(Debug, PartialEq, ApiResponse)]
enum Head {
    #[api(status = 200)]
    There {
        #[api(header = "Docker-Content-Digest")]
        digest: Option<String>,
        #[api(header = "Content-Length")]
        length: u64,
    },
    #[api(status = 404)]
    Missing,
}

#[derive(ApiRequest)]
#[api(in = Repository, method = HEAD, path = "/manifests/{reference}", response = Head)]
struct HasManifest {
    reference: &'static str,
}

#[derive(ApiRequest)]
#[api(in = Repository, method = PUT, path = "/manifests/{reference}")]
struct PutManifest {
    reference: &'static str,
    #[api(body(bytes, content_type = "application/vnd.oci.image.manifest.v1+json"))]
    manifest: Bytes,
}

#[derive(ApiRequest)]
#[api(in = Repository, method = DELETE, path = "/manifests/{reference}")]
struct DeleteManifest {
    reference: &'static str,
}

#[derive(ApiRequest)]
#[api(in = Repository, method = GET, path = "/blobs/{digest}", response(stream))]
struct GetBlob {
    digest: &'static str,
    #[api(header)]
    range: Option<&'static str>,
}

/// What comes of an upload.
#[derive(ApiResponse)]
enum Upload {
    /// The registry has the blob.
    #[api(status = 201)]
    Done {
        #[api(header = "Location")]
        blob: String,
    },
    /// The upload goes on.
    #[api(status = 202)]
    Open {
        #[api(header = "Location")]
        location: String,
        /// The first and the last byte that have arrived.
        #[api(header = "Range")]
        range: Option<String>,
    },
}

impl Upload {
    /// Where the upload goes on, and what has arrived.
    fn open(self) -> (String, Option<String>) {
        match self {
            Self::Open { location, range } => (location, range),
            Self::Done { blob } => panic!("the registry has {blob}"),
        }
    }
}

/// Starts an upload, or ends it at once: by the whole blob, or by one that another repository has.
#[derive(Default, ApiRequest)]
#[api(in = Repository, method = POST, path = "/blobs/uploads/", response = Upload)]
struct StartUpload {
    #[api(query)]
    digest: Option<&'static str>,
    #[api(query)]
    mount: Option<&'static str>,
    #[api(query)]
    from: Option<&'static str>,
    #[api(body = bytes)]
    blob: Option<Bytes>,
}

/// Sends a piece of a blob to the location of its upload.
#[derive(ApiRequest)]
#[api(method = PATCH, response = Upload)]
struct SendChunk {
    #[api(url)]
    location: String,
    /// The first and the last byte, as in `0-1023`.
    #[api(header)]
    content_range: Option<&'static str>,
    #[api(body = bytes)]
    chunk: Bytes,
}

/// Ends an upload, with its last piece or without one.
#[derive(ApiRequest)]
#[api(method = PUT)]
struct EndUpload {
    #[api(url)]
    location: String,
    #[api(query)]
    digest: &'static str,
    #[api(body = bytes)]
    chunk: Option<Bytes>,
}

/// How much of an upload has arrived.
#[derive(ApiRequest)]
#[api(method = GET)]
struct GetUpload {
    #[api(url)]
    location: String,
}

#[derive(Debug, Deserialize)]
struct Tags {
    tags: Vec<String>,
}

#[derive(Clone, ApiRequest)]
#[api(in = Repository, method = GET, path = "/tags/list", response = Tags)]
#[api(paginate(link, items = tags, item = String))]
struct ListTags {
    #[api(query)]
    n: Option<u32>,
    #[api(query)]
    last: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(in = Repository, method = GET, path = "/referrers/{digest}", response(bytes))]
struct ListReferrers {
    digest: &'static str,
    #[api(query = "artifactType")]
    artifact_type: Option<&'static str>,
}

#[test]
fn the_version() {
    assert_eq!(
        message(API, &Version),
        ["GET https://registry.example.com/v2/", ANY]
    );
}

#[test]
fn manifests() {
    let url = "https://registry.example.com/v2/library/ubuntu/manifests";
    let get = GetManifest {
        reference: "latest",
        accept: vec![MANIFEST, "application/vnd.oci.image.index.v1+json"],
    };
    assert_eq!(
        message_in(API, &get, &UBUNTU),
        [
            &format!("GET {url}/latest"),
            "accept: application/vnd.oci.image.manifest.v1+json,application/vnd.oci.image.index.v1+json",
        ]
    );
    let has = message_in(API, &HasManifest { reference: DIGEST }, &UBUNTU);
    assert_eq!(
        has,
        [&format!("HEAD {url}/{}", DIGEST.replace(':', "%3A")), ANY]
    );
    assert_eq!(decoded(&has[0]), format!("HEAD {url}/{DIGEST}"));
    let manifest = r#"{"schemaVersion":2}"#;
    let put = PutManifest {
        reference: "latest",
        manifest: manifest.into(),
    };
    assert_eq!(
        message_in(API, &put, &UBUNTU),
        [
            &format!("PUT {url}/latest"),
            ANY,
            &format!("content-type: {MANIFEST}"),
            "",
            manifest
        ]
    );
    let delete = DeleteManifest {
        reference: "latest",
    };
    assert_eq!(
        message_in(API, &delete, &UBUNTU),
        [&format!("DELETE {url}/latest"), ANY]
    );
}

#[test]
fn a_blob_and_a_range_of_it() {
    let deep = Repository {
        name: "my/deep/name",
    };
    let get = |range| GetBlob {
        digest: DIGEST,
        range,
    };
    let url = format!("GET https://registry.example.com/v2/my/deep/name/blobs/{DIGEST}");
    let whole = message_in(API, &get(None), &deep);
    assert_eq!(
        (decoded(&whole[0]), &whole[1..]),
        (url.clone(), &[ANY.to_owned()][..])
    );
    let range = message_in(API, &get(Some("bytes=1024-2047")), &deep);
    assert_eq!(decoded(&range[0]), url);
    assert_eq!(range[1..], [ANY, "range: bytes=1024-2047"]);
}

#[test]
fn uploads_start() {
    let url = "POST https://registry.example.com/v2/library/ubuntu/blobs/uploads/";
    let start = StartUpload::default();
    assert_eq!(message_in(API, &start, &UBUNTU), [url, ANY]);

    let blob = Some("blob".into());
    let whole = message_in(
        API,
        &StartUpload {
            digest: Some(DIGEST),
            blob,
            ..start
        },
        &UBUNTU,
    );
    assert_eq!(decoded(&whole[0]), format!("{url}?digest={DIGEST}"));
    assert_eq!(
        whole[1..],
        [ANY, "content-type: application/octet-stream", "", "blob"]
    );

    let mount = StartUpload {
        mount: Some(DIGEST),
        from: Some("library/debian"),
        ..StartUpload::default()
    };
    let mount = message_in(API, &mount, &UBUNTU);
    assert_eq!(
        decoded(&mount[0]),
        format!("{url}?mount={DIGEST}&from=library/debian")
    );
}

/// A location is absolute or relative, and keeps the parameters it has.
#[test]
fn an_upload_goes_on_at_its_location() {
    let upload = "/v2/library/ubuntu/blobs/uploads/9f8a?_state=c4";
    let url = "https://registry.example.com/v2/library/ubuntu/blobs/uploads/9f8a?_state=c4";
    let bytes = "content-type: application/octet-stream";
    for location in [upload, url] {
        let location = || location.to_owned();
        let get = GetUpload {
            location: location(),
        };
        assert_eq!(message(API, &get), [&format!("GET {url}"), ANY]);
        let chunk = SendChunk {
            location: location(),
            content_range: Some("0-3"),
            chunk: "blob".into(),
        };
        assert_eq!(
            message(API, &chunk),
            [
                &format!("PATCH {url}"),
                ANY,
                "content-range: 0-3",
                bytes,
                "",
                "blob"
            ]
        );
        let end = EndUpload {
            location: location(),
            digest: DIGEST,
            chunk: None,
        };
        let end = message(API, &end);
        assert_eq!(decoded(&end[0]), format!("PUT {url}&digest={DIGEST}"));
        assert_eq!(end[1..], [ANY]);
    }
}

#[tokio::test]
async fn a_blob_is_uploaded_in_a_chunk() {
    let location = "/v2/library/ubuntu/blobs/uploads/9f8a";
    let accepted = || ScriptedResponse::new(202).header("location", location);
    let responses = [
        accepted(),
        accepted().header("range", "0-3"),
        ScriptedResponse::new(201),
    ];
    let (client, script) = scripted(Client::builder(API).group(UBUNTU), responses);

    let start = StartUpload::default();
    let (location, range) = client.send(&start).await.unwrap().open();
    assert_eq!(range, None);
    let chunk = SendChunk {
        location,
        content_range: None,
        chunk: "blob".into(),
    };
    let (location, range) = client.send(&chunk).await.unwrap().open();
    assert_eq!(range.as_deref(), Some("0-3"));
    let end = EndUpload {
        location,
        digest: DIGEST,
        chunk: None,
    };
    client.send(&end).await.unwrap();

    let urls: Vec<_> = script
        .requests()
        .iter()
        .map(|it| decoded(&it.uri().to_string()))
        .collect();
    let uploads = "https://registry.example.com/v2/library/ubuntu/blobs/uploads";
    assert_eq!(
        urls,
        [
            format!("{uploads}/"),
            format!("{uploads}/9f8a"),
            format!("{uploads}/9f8a?digest={DIGEST}")
        ]
    );
}

#[tokio::test]
async fn a_blob_that_the_registry_has_is_mounted() {
    let blob = "/v2/library/ubuntu/blobs/sha256:6c3c";
    let created = ScriptedResponse::new(201).header("location", blob);
    let (client, _) = scripted(Client::builder(API).group(UBUNTU), [created]);
    let mount = StartUpload {
        mount: Some(DIGEST),
        ..StartUpload::default()
    };
    let mounted = client.send(&mount).await.unwrap();
    assert!(matches!(mounted, Upload::Done { blob: at } if at == blob));
}

#[tokio::test]
async fn what_is_missing_is_no_error() {
    let there = ScriptedResponse::new(200)
        .header("docker-content-digest", DIGEST)
        .header("content-length", "1024");
    let (client, _) = scripted(
        Client::builder(API).group(UBUNTU),
        [there, ScriptedResponse::new(404)],
    );
    let has = HasManifest {
        reference: "latest",
    };
    let expected = Head::There {
        digest: Some(DIGEST.to_owned()),
        length: 1024,
    };
    assert_eq!(client.send(&has).await.unwrap(), expected);
    assert_eq!(client.send(&has).await.unwrap(), Head::Missing);
}

#[test]
fn referrers() {
    let referrers = ListReferrers {
        digest: DIGEST,
        artifact_type: Some("application/vnd.example.sbom.v1"),
    };
    assert_eq!(
        decoded(&message_in(API, &referrers, &UBUNTU)[0]),
        format!(
            "GET https://registry.example.com/v2/library/ubuntu/referrers/{DIGEST}\
             ?artifactType=application/vnd.example.sbom.v1"
        )
    );
}

#[test]
fn tags_of_a_page() {
    let tags = ListTags {
        n: Some(2),
        last: Some("22.04"),
    };
    assert_eq!(
        message_in(API, &tags, &UBUNTU),
        [
            "GET https://registry.example.com/v2/library/ubuntu/tags/list?n=2&last=22.04",
            JSON
        ]
    );
}

#[tokio::test]
async fn tags_go_on_by_a_link() {
    let link = r#"</v2/library/ubuntu/tags/list?n=2&last=22.04>; rel="next""#;
    let page = |tags: &[&str]| ScriptedResponse::new(200).json(&serde_json::json!({"tags": tags}));
    let pages = [
        page(&["20.04", "22.04"]).header("link", link),
        page(&["24.04"]),
    ];
    let (client, script) = scripted(Client::builder(API).group(UBUNTU), pages);
    let list = ListTags {
        n: Some(2),
        last: None,
    };
    let tags: Vec<String> = client.call(&list).items().try_collect().await.unwrap();
    assert_eq!(tags, ["20.04", "22.04", "24.04"]);
    assert_eq!(
        script.requests()[1].uri(),
        "https://registry.example.com/v2/library/ubuntu/tags/list?n=2&last=22.04"
    );
}
