//! Names that a request and its groups both have: which is sent, and what the declaration says.

#![allow(
    clippy::struct_field_names,
    reason = "a group may have the name of its parameter"
)]

use std::collections::BTreeMap;

use api_request::{ApiGroup, ApiRequest, Param};
use http::HeaderMap;

use crate::wire::base;

#[derive(Clone, Default, ApiGroup)]
#[api(header("X-Version" = "1"), fields = header)]
struct Shared {
    x_trace: Option<u8>,
    x_site: Option<&'static str>,
    #[api(cookie)]
    sid: Option<u8>,
    #[api(cookie)]
    theme: Option<u8>,
    #[api(header(flatten))]
    more: BTreeMap<&'static str, u8>,
}

fn shared() -> Shared {
    Shared {
        x_trace: Some(1),
        x_site: Some("group"),
        sid: Some(1),
        theme: Some(1),
        more: [("x-more", 1), ("x-rest", 1)].into(),
    }
}

#[derive(Default, ApiGroup)]
#[api(fields = header)]
struct Flat {
    x_site: Option<&'static str>,
    x_flat: Option<u8>,
    #[api(cookie)]
    theme: Option<u8>,
}

#[derive(Default, ApiRequest)]
#[api(in = Shared, method = GET, path = "/", header("x-version" = "2"), fields = header)]
struct Request {
    x_trace: Option<u8>,
    x_flat: Option<u8>,
    #[api(cookie)]
    sid: Option<u8>,
    #[api(flatten)]
    flat: Flat,
    #[api(header(flatten))]
    rest: HeaderMap,
}

/// The headers of a request, in order, without `Accept`.
fn headers<R: ApiRequest>(request: &R, group: &R::Group) -> String {
    let http = request.to_http_in(&base(), group).expect("it is valid");
    let headers = http.headers().iter().filter(|(name, _)| *name != "accept");
    let headers =
        headers.map(|(name, value)| format!("{name}: {}", value.to_str().expect("ASCII")));
    headers.collect::<Vec<_>>().join(", ")
}

#[test]
fn what_the_request_sends_is_sent_in_place_of_the_groups() {
    let flat = Flat {
        x_site: Some("flat"),
        x_flat: Some(4),
        theme: Some(4),
    };
    let rest = HeaderMap::from_iter([(
        "x-rest".parse().expect("a name"),
        "7".parse().expect("a value"),
    )]);
    let request = Request {
        x_trace: Some(2),
        x_flat: Some(2),
        sid: Some(2),
        flat,
        rest,
    };
    assert_eq!(
        headers(&request, &shared()),
        "x-version: 2, x-trace: 2, x-flat: 2, x-rest: 7, x-site: flat, x-more: 1, cookie: sid=2; theme=4"
    );
}

#[test]
fn what_is_none_leaves_the_groups() {
    let flat = Flat {
        x_flat: Some(4),
        ..Flat::default()
    };
    let request = Request {
        flat,
        ..Request::default()
    };
    assert_eq!(
        headers(&request, &shared()),
        "x-version: 2, x-flat: 4, x-trace: 1, x-site: group, x-more: 1, x-rest: 1, cookie: sid=1; theme=1"
    );
}

#[test]
fn each_name_is_told_once() {
    let names: Vec<_> = Request::OPERATION
        .params()
        .map(|it| (it.name(), it.field()))
        .collect();
    assert_eq!(
        names,
        [
            ("x-trace", "x_trace"),
            ("x-flat", "x_flat"),
            ("sid", "sid"),
            ("x-site", "x_site"),
            ("theme", "theme"),
        ]
    );
    let flattened: Vec<_> = Request::OPERATION.flattened().map(Param::field).collect();
    assert_eq!(flattened, ["more", "rest"]);
}
