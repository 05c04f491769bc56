//! Responses that a server writes by the declaration: what is written is what is read.

use std::collections::BTreeMap;

use api_request::{ApiError, ApiRequest, ApiResponse, Body, FromHttp, Secret};
use bytes::Bytes;
use futures_util::FutureExt as _;
use http::{HeaderMap, Response, StatusCode};
use http_body_util::BodyExt as _;
use proptest::prelude::*;
use serde::{Deserialize, Serialize};

/// The response with its whole body.
pub(crate) fn received(response: Response<Body>) -> Response<Bytes> {
    let (head, body) = response.into_parts();
    let body = body
        .collect()
        .now_or_never()
        .expect("the body is in memory");
    Response::from_parts(head, body.expect("the body is whole").to_bytes())
}

pub(crate) fn header<'r>(response: &'r Response<Bytes>, name: &str) -> Option<&'r str> {
    response
        .headers()
        .get(name)
        .map(|value| value.to_str().unwrap())
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Video {
    id: u64,
    title: Option<String>,
}

macro_rules! operations {
    ($($name:ident($($key:tt)*);)*) => {$(
        #[derive(Debug, ApiRequest, FromHttp)]
        #[api(method = GET, path = "/", $($key)*)]
        struct $name;
    )*};
}

operations! {
    GetVideo(response = Video);
    GetText(response(text));
    GetBytes(response(bytes));
    GetStream(response(stream));
    GetNothing(response(empty));
    GetStarted(response = Started);
    GetListed(response = Listed);
    GetMembers(response = Members);
    GetHeaders(response = Headers);
    GetNested(response = Nested);
    GetSparse(response = Sparse);
}

#[test]
fn each_kind_has_its_status_and_media_type() {
    let video = Video { id: 7, title: None };
    let table = [
        (
            GetVideo::respond(Ok(video)),
            200,
            Some("application/json"),
            r#"{"id":7,"title":null}"#,
        ),
        (
            GetText::respond(Ok("hello".into())),
            200,
            Some("text/plain; charset=utf-8"),
            "hello",
        ),
        (
            GetBytes::respond(Ok("hello".into())),
            200,
            Some("application/octet-stream"),
            "hello",
        ),
        (
            GetStream::respond(Ok(Body::from("hello").into())),
            200,
            Some("application/octet-stream"),
            "hello",
        ),
        (GetNothing::respond(Ok(())), 204, None, ""),
    ];
    for (response, status, media_type, body) in table {
        let response = received(response);
        assert_eq!(response.status(), status, "{body}");
        assert_eq!(header(&response, "content-type"), media_type);
        assert_eq!(response.body(), body);
    }
    GetNothing::decode(received(GetNothing::respond(Ok(())))).unwrap();
}

#[derive(Debug, Clone, PartialEq, ApiResponse)]
enum Started {
    #[api(status = 200)]
    Done(Video),
    #[api(status = 202)]
    Queued {
        #[api(header = "Location")]
        at: String,
        #[api(header = "Retry-After")]
        after: Option<u32>,
        #[api(body)]
        job: Video,
    },
    #[api(status = 304)]
    NotModified,
    #[api(status = "2xx")]
    Accepted,
    #[api(status = 404)]
    Unknown {
        #[api(body = text)]
        why: String,
    },
}

#[derive(Debug, Clone, PartialEq, ApiResponse)]
struct Listed {
    #[api(header = "ETag")]
    etag: Option<String>,
    #[api(header = "X-Total-Count")]
    total: u64,
    #[api(header = "X-Tags")]
    tags: Vec<String>,
    #[api(header = "Set-Cookie")]
    cookies: Vec<String>,
    #[api(header(name = "X-Video", json))]
    video: Video,
    #[api(status)]
    status: StatusCode,
    #[api(body)]
    items: Vec<Video>,
}

mod seconds {
    use serde::{Deserialize as _, Deserializer, Serializer};

    #[expect(
        clippy::trivially_copy_pass_by_ref,
        reason = "serde passes a reference"
    )]
    pub(super) fn serialize<S: Serializer>(value: &u64, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&format!("{value}s"))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<u64, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.trim_end_matches('s')
            .parse()
            .map_err(serde::de::Error::custom)
    }
}

#[derive(Debug, Clone, PartialEq, ApiResponse)]
#[api(fields = json, rename_all = "camelCase")]
struct Members {
    video_id: u64,
    #[serde(rename = "a \"name\"")]
    title: Option<String>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    tags: Vec<String>,
    #[serde(
        serialize_with = "seconds::serialize",
        deserialize_with = "seconds::deserialize"
    )]
    length: u64,
    #[api(header = "X-Age")]
    #[serde(
        serialize_with = "seconds::serialize",
        deserialize_with = "seconds::deserialize"
    )]
    age: u64,
    #[serde(flatten)]
    rest: BTreeMap<String, u64>,
}

#[derive(Debug, ApiResponse)]
struct Headers {
    #[api(header = "X-Key")]
    key: Secret<String>,
    #[api(header(flatten))]
    all: HeaderMap,
    #[api(body = bytes)]
    bytes: Bytes,
}

#[derive(Debug, Clone, PartialEq, ApiResponse)]
enum Nested {
    #[api(status = 201, status = 202)]
    Inner(Inner),
    #[api(other)]
    Rest {
        #[api(status)]
        status: u16,
    },
}

#[expect(
    clippy::duplicated_attributes,
    reason = "the lint does not compare numbers"
)]
#[derive(Debug, Clone, PartialEq, ApiResponse)]
#[api(status = 202, status = 203)]
struct Inner {
    #[api(body)]
    video: Video,
}

#[derive(Debug, Clone, PartialEq, ApiResponse)]
struct Sparse {
    #[api(header = "X-Left")]
    left: u32,
}

macro_rules! assert_read_back {
    ($request:ty, $value:expr) => {{
        let value = $value;
        let response = received(<$request>::respond(Ok(value.clone())));
        let read = <$request>::decode(response).map_err(|error| error.to_string());
        prop_assert_eq!(read, Ok(value));
    }};
}

fn videos() -> impl Strategy<Value = Video> {
    let title = proptest::option::of(any::<String>());
    (any::<u64>(), title).prop_map(|(id, title)| Video { id, title })
}

/// A value of a header, that is an item of a list.
const ITEM: &str = "[a-zA-Z0-9_/;=.é-]{1,8}";

fn started() -> impl Strategy<Value = Started> {
    prop_oneof![
        videos().prop_map(Started::Done),
        (ITEM, any::<Option<u32>>(), videos()).prop_map(|(at, after, job)| Started::Queued {
            at,
            after,
            job
        }),
        Just(Started::NotModified),
        Just(Started::Accepted),
        any::<String>().prop_map(|why| Started::Unknown { why }),
    ]
}

fn listed() -> impl Strategy<Value = Listed> {
    let list = || proptest::collection::vec(ITEM, 0..4);
    let head = (proptest::option::of(ITEM), any::<u64>(), list(), list());
    let status = (200..300_u16).prop_map(|status| StatusCode::from_u16(status).unwrap());
    let body = proptest::collection::vec(videos(), 0..3);
    (head, videos(), status, body).prop_map(
        |((etag, total, tags, cookies), video, status, items)| Listed {
            etag,
            total,
            tags,
            cookies,
            video,
            status,
            items,
        },
    )
}

fn members() -> impl Strategy<Value = Members> {
    let title = any::<Option<String>>();
    let tags = any::<Vec<String>>();
    let rest = proptest::collection::btree_map("[A-Z]{1,3}", any::<u64>(), 0..3);
    (any::<u64>(), title, tags, any::<[u64; 2]>(), rest).prop_map(
        |(video_id, title, tags, [length, age], rest)| Members {
            video_id,
            title,
            tags,
            length,
            age,
            rest,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn json_is_read_back(video in videos()) {
        assert_read_back!(GetVideo, video);
    }

    #[test]
    fn text_and_bytes_are_read_back(text: String, bytes: Vec<u8>) {
        assert_read_back!(GetText, text);
        assert_read_back!(GetBytes, Bytes::from(bytes));
    }

    #[test]
    fn variants_are_read_back(value in started()) {
        assert_read_back!(GetStarted, value);
    }

    #[test]
    fn headers_and_status_are_read_back(value in listed()) {
        assert_read_back!(GetListed, value);
    }

    #[test]
    fn members_are_read_back(value in members()) {
        assert_read_back!(GetMembers, value);
    }

    #[test]
    fn nested_types_are_read_back(video in videos(), status in 300..500_u16) {
        assert_read_back!(GetNested, Nested::Inner(Inner { video }));
        assert_read_back!(GetNested, Nested::Rest { status });
    }
}

/// Is decoded alone.
#[derive(Debug, Deserialize)]
struct ReadOnly {
    id: u64,
}

#[derive(Debug, ApiResponse)]
struct OnlyRead<T> {
    #[api(header = "X-Id")]
    id: Option<T>,
    #[api(body)]
    body: ReadOnly,
}

#[derive(Debug, ApiError)]
enum OnlyReadError<T> {
    #[api(other)]
    Other(Vec<T>),
}

#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/", response = OnlyRead<u64>, error = OnlyReadError<ReadOnly>)]
struct GetReadOnly;

#[test]
fn what_is_decoded_alone_need_not_be_serialize() {
    let read = GetReadOnly::decode(Response::new(r#"{"id": 7}"#.into())).unwrap();
    assert_eq!((read.id, read.body.id), (None, 7));
    let mut response = Response::new(Bytes::from(r#"[{"id": 8}]"#));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    let error = GetReadOnly::decode(response).unwrap_err();
    let Some(OnlyReadError::Other(all)) = error.api() else {
        panic!("{error}");
    };
    assert_eq!(all[0].id, 8);
}

#[test]
fn a_variant_has_a_status_that_no_other_one_takes() {
    let video = Video { id: 7, title: None };
    let status = |value| GetStarted::respond(Ok(value)).status().as_u16();
    assert_eq!(status(Started::Done(video.clone())), 200);
    assert_eq!(status(Started::NotModified), 304);
    assert_eq!(status(Started::Accepted), 204);
    assert_eq!(status(Started::Unknown { why: "gone".into() }), 404);
    let nested = Nested::Inner(Inner { video });
    assert_eq!(GetNested::respond(Ok(nested)).status(), 202);
    assert_eq!(GetSparse::respond(Ok(Sparse { left: 3 })).status(), 204);
}

#[test]
fn what_frames_the_body_is_not_written_and_secrets_are_sensitive() {
    let mut all = HeaderMap::new();
    for (name, value) in [
        ("x-key", "other"),
        ("x-a", "1"),
        ("x-a", "2"),
        ("content-length", "99"),
        ("content-type", "image/png"),
    ] {
        all.append(name, value.parse().unwrap());
    }
    let headers = Headers {
        key: Secret::new("hidden".into()),
        all,
        bytes: "png".into(),
    };
    let response = received(GetHeaders::respond(Ok(headers)));
    assert_eq!(header(&response, "content-type"), Some("image/png"));
    assert_eq!(header(&response, "x-key"), Some("hidden"));
    assert!(response.headers()["x-key"].is_sensitive());
    assert_eq!(header(&response, "content-length"), None);
    assert_eq!(response.headers().get_all("x-a").iter().count(), 2);
    let read = GetHeaders::decode(response).unwrap();
    assert_eq!(
        (read.key.expose().as_str(), &*read.bytes),
        ("hidden", &b"png"[..])
    );
}

#[test]
fn what_cannot_be_written_is_a_500_that_says_why_without_the_value() {
    let queued = |at: &str| Started::Queued {
        at: at.into(),
        after: None,
        job: Video { id: 7, title: None },
    };
    let nested = Nested::Rest { status: 202 };
    let table = [
        (
            GetStarted::respond(Ok(queued("/jobs\r\nx: y"))),
            "the header `location` has a value with a control character",
        ),
        (
            GetStarted::respond(Ok(queued(" /jobs"))),
            "the header `location` starts or ends with white space, which is not a part of a header value",
        ),
        (
            GetNested::respond(Ok(nested)),
            "the response type does not declare the status 202",
        ),
    ];
    for (response, detail) in table {
        let response = received(response);
        assert_eq!(response.status(), 500, "{detail}");
        assert_eq!(
            header(&response, "content-type"),
            Some("application/problem+json")
        );
        let body: serde_json::Value = serde_json::from_slice(response.body()).unwrap();
        assert_eq!(body["detail"], detail);
    }
}
