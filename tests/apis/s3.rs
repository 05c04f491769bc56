//! Amazon S3: keys with slashes, subresources, a listing whose pages are XML. Signatures are the client's.
//!
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/API_GetObject.html>, `API_PutObject.html`,
//! `API_ListObjectsV2.html`, `API_UploadPart.html`

use std::collections::BTreeMap;

use api_request::{ApiRequest, BoxError, ResponseFormat, testing::ScriptedResponse};
use bytes::Bytes;
use futures_util::TryStreamExt as _;

use crate::{ANY, client, decoded, message};

const API: &str = "https://mybucket.s3.amazonaws.com";

#[derive(Default, ApiRequest)]
#[api(method = GET, path = "/{key}", response(stream))]
struct GetObject {
    #[api(path(segments))]
    key: &'static str,
    #[api(query = "versionId")]
    version_id: Option<&'static str>,
    #[api(query = "response-content-type")]
    response_content_type: Option<&'static str>,
    #[api(header)]
    range: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/{key}")]
struct PutObject {
    #[api(path(segments))]
    key: &'static str,
    #[api(header)]
    content_type: Option<&'static str>,
    #[api(header)]
    x_amz_storage_class: Option<&'static str>,
    /// The user's metadata, by names that start with `x-amz-meta-`.
    #[api(header(flatten))]
    metadata: BTreeMap<&'static str, &'static str>,
    #[api(body = bytes)]
    content: Bytes,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/{key}", fields = query)]
struct UploadPart {
    #[api(path(segments))]
    key: &'static str,
    #[api(name = "partNumber")]
    part_number: u16,
    #[api(name = "uploadId")]
    upload_id: &'static str,
    #[api(body = bytes)]
    content: Bytes,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/{key}", query("acl"), response(text))]
struct GetObjectAcl {
    #[api(path(segments))]
    key: &'static str,
    #[api(query = "versionId")]
    version_id: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = PUT, path = "/{key}", query("acl"))]
struct PutObjectAcl {
    #[api(path(segments))]
    key: &'static str,
    #[api(header)]
    x_amz_acl: Option<&'static str>,
    #[api(body(text, content_type = "application/xml"))]
    policy: Option<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/{key}", query("uploads"), response(text))]
struct CreateMultipartUpload {
    #[api(path(segments))]
    key: &'static str,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", query("delete"), response(text))]
struct DeleteObjects {
    #[api(header = "Content-MD5")]
    content_md5: &'static str,
    #[api(body(text, content_type = "application/xml"))]
    keys: &'static str,
}

/// The elements of a page that its reader wants.
#[derive(Debug)]
struct Page {
    keys: Vec<String>,
    next_continuation_token: Option<String>,
}

struct Xml;

impl ResponseFormat for Xml {
    type Output = Page;

    fn decode(response: http::Response<Bytes>) -> Result<Page, BoxError> {
        let text = std::str::from_utf8(response.body())?;
        let elements = |name: &str| -> Vec<String> {
            let (open, close) = (format!("<{name}>"), format!("</{name}>"));
            let parts = text.split(&open).skip(1);
            parts
                .filter_map(|part| Some(part.split_once(&close)?.0.to_owned()))
                .collect()
        };
        let next_continuation_token = elements("NextContinuationToken").pop();
        Ok(Page {
            keys: elements("Key"),
            next_continuation_token,
        })
    }
}

#[derive(Clone, Default, ApiRequest)]
#[api(method = GET, path = "/", query("list-type" = "2"), response(with = Xml))]
#[api(fields = query, rename_all = "kebab-case")]
#[api(paginate(cursor = continuation_token, next = next_continuation_token, items = keys, item = String))]
struct ListObjects {
    delimiter: Option<&'static str>,
    max_keys: Option<u16>,
    prefix: Option<&'static str>,
    start_after: Option<&'static str>,
    continuation_token: Option<String>,
}

#[test]
fn an_object() {
    let get = GetObject {
        key: "example-object",
        range: Some("bytes=0-9"),
        ..GetObject::default()
    };
    let url = "GET https://mybucket.s3.amazonaws.com/example-object";
    assert_eq!(message(API, &get), [url, ANY, "range: bytes=0-9"]);
    let version = "3/L4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY+MTRCxf3vjVBH40Nr8X8gdRQBpUMLUo";
    let get = GetObject {
        key: "my-image.jpg",
        version_id: Some(version),
        ..GetObject::default()
    };
    assert_eq!(
        decoded(&message(API, &get)[0]),
        format!("GET https://mybucket.s3.amazonaws.com/my-image.jpg?versionId={version}")
    );
}

#[test]
fn a_key_keeps_its_slashes() {
    let table = [
        (
            "photos/2006/February/sample.jpg",
            "photos/2006/February/sample.jpg",
        ),
        ("a b+c/d&e", "a%20b%2Bc/d%26e"),
        ("caf\u{e9}/100%", "caf%C3%A9/100%25"),
        ("~user/..hidden", "~user/..hidden"),
    ];
    for (key, path) in table {
        let get = GetObject {
            key,
            ..GetObject::default()
        };
        assert_eq!(message(API, &get)[0], format!("GET {API}/{path}"));
    }
    // No URL can say these: parsers remove such a segment, and an empty one is refused.
    for key in ["a//b", "/a", "a/", "a/../b", "./a"] {
        let get = GetObject {
            key,
            ..GetObject::default()
        };
        let error = get.to_http(&API.parse().unwrap()).unwrap_err();
        assert_eq!(error.field(), Some("key"), "{key}");
    }
}

#[test]
fn an_object_is_put_with_its_metadata() {
    let put = PutObject {
        key: "my-image.jpg",
        content_type: Some("text/plain"),
        x_amz_storage_class: Some("REDUCED_REDUNDANCY"),
        metadata: [("x-amz-meta-author", "Janet")].into(),
        content: "[11434 bytes of object data]".into(),
    };
    assert_eq!(
        message(API, &put),
        [
            "PUT https://mybucket.s3.amazonaws.com/my-image.jpg",
            ANY,
            "content-type: text/plain",
            "x-amz-meta-author: Janet",
            "x-amz-storage-class: REDUCED_REDUNDANCY",
            "",
            "[11434 bytes of object data]",
        ]
    );
}

#[test]
fn a_part_of_an_upload() {
    let part = UploadPart {
        key: "my-movie.m2ts",
        part_number: 1,
        upload_id: "VCVsb2FkIElEIGZvciBlbZZpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZR",
        content: "***part data omitted***".into(),
    };
    assert_eq!(
        message(API, &part),
        [
            "PUT https://mybucket.s3.amazonaws.com/my-movie.m2ts\
             ?partNumber=1&uploadId=VCVsb2FkIElEIGZvciBlbZZpbmcncyBteS1tb3ZpZS5tMnRzIHVwbG9hZR",
            ANY,
            "content-type: application/octet-stream",
            "",
            "***part data omitted***",
        ]
    );
}

#[test]
fn subresources_have_no_value() {
    let acl = GetObjectAcl {
        key: "photos/my-image.jpg",
        version_id: None,
    };
    let url = "https://mybucket.s3.amazonaws.com/photos/my-image.jpg?acl";
    let text = "accept: text/plain";
    assert_eq!(message(API, &acl), [&format!("GET {url}"), text]);
    let acl = GetObjectAcl {
        version_id: Some("0003"),
        ..acl
    };
    assert_eq!(
        message(API, &acl),
        [&format!("GET {url}&versionId=0003"), text]
    );

    let canned = PutObjectAcl {
        key: "photos/my-image.jpg",
        x_amz_acl: Some("public-read"),
        policy: None,
    };
    assert_eq!(
        message(API, &canned),
        [&format!("PUT {url}"), ANY, "x-amz-acl: public-read"]
    );
    let policy = "<AccessControlPolicy><Owner><ID>75aa57f09aa0c8caeab4f8c24e99d10f8e7faeebf76c078efc7c6caea54ba06a</ID></Owner></AccessControlPolicy>";
    let put = PutObjectAcl {
        x_amz_acl: None,
        policy: Some(policy),
        ..canned
    };
    let xml = "content-type: application/xml";
    assert_eq!(
        message(API, &put),
        [&format!("PUT {url}"), ANY, xml, "", policy]
    );

    let start = CreateMultipartUpload {
        key: "example-object",
    };
    assert_eq!(
        message(API, &start),
        [
            "POST https://mybucket.s3.amazonaws.com/example-object?uploads",
            text
        ]
    );
    let keys = "<Delete><Object><Key>sample1.txt</Key></Object></Delete>";
    let delete = DeleteObjects {
        content_md5: "p5/WA/oEr30qrEEl21PAqw==",
        keys,
    };
    assert_eq!(
        message(API, &delete),
        [
            "POST https://mybucket.s3.amazonaws.com/?delete",
            text,
            "content-md5: p5/WA/oEr30qrEEl21PAqw==",
            xml,
            "",
            keys,
        ]
    );
}

#[test]
fn a_listing() {
    let all = ListObjects::default();
    let folder = ListObjects {
        prefix: Some("photos/2006/"),
        delimiter: Some("/"),
        ..all.clone()
    };
    let after = ListObjects {
        max_keys: Some(3),
        prefix: Some("E"),
        start_after: Some("ExampleGuide.pdf"),
        ..all.clone()
    };
    let token = "1ueGcxLPRx1Tr/XYExHnhbYLgveDs2J/wm36Hy4vbOwM=";
    let next = ListObjects {
        continuation_token: Some(token.into()),
        ..all.clone()
    };
    // The documentation writes `/` and `=` in values as they are.
    let table = [
        (all, "list-type=2".to_owned()),
        (folder, "list-type=2&delimiter=/&prefix=photos/2006/".into()),
        (
            after,
            "list-type=2&max-keys=3&prefix=E&start-after=ExampleGuide.pdf".into(),
        ),
        (next, format!("list-type=2&continuation-token={token}")),
    ];
    for (request, query) in table {
        assert_eq!(
            decoded(&message(API, &request)[0]),
            format!("GET {API}/?{query}")
        );
    }
}

#[tokio::test]
async fn a_listing_in_xml_has_pages() {
    let page = |body: &'static str| ScriptedResponse::new(200).body(body);
    let first = page(
        "<ListBucketResult><IsTruncated>true</IsTruncated><NextContinuationToken>1ueGcxLPRx1Tr/XY</NextContinuationToken>\
         <Contents><Key>happyface.jpg</Key></Contents></ListBucketResult>",
    );
    let last = page("<ListBucketResult><Contents><Key>sun.jpg</Key></Contents></ListBucketResult>");
    let (client, script) = client(API, [first, last]);
    let keys = client.call(&ListObjects::default()).items();
    let keys: Vec<String> = keys.try_collect().await.unwrap();
    assert_eq!(keys, ["happyface.jpg", "sun.jpg"]);
    assert_eq!(
        script.requests()[1].uri(),
        "https://mybucket.s3.amazonaws.com/?list-type=2&continuation-token=1ueGcxLPRx1Tr%2FXY"
    );
}
