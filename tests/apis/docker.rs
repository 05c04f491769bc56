//! Docker Engine: filters as JSON in the query, names of images with slashes, a build context as the body.
//!
//! <https://docs.docker.com/reference/api/engine/>. The documentation writes JSON with spaces; the value is the same.

use std::collections::BTreeMap;

use api_request::{ApiRequest, Body, Secret};
use serde::Serialize;
use serde_json::{Value, json};

use crate::{ANY, JSON, JSON_BODY, decoded, message};

const API: &str = "http://localhost/v1.51";

type Filters = BTreeMap<&'static str, Vec<&'static str>>;

#[derive(Default, ApiRequest)]
#[api(method = GET, path = "/containers/json", fields = query, response = Value)]
struct ListContainers {
    all: Option<bool>,
    limit: Option<u32>,
    #[api(query(json))]
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    filters: Filters,
}

#[derive(Serialize)]
#[serde(rename_all = "PascalCase")]
struct HostConfig {
    binds: Vec<&'static str>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/containers/create", fields = json, rename_all = "PascalCase", response = Value)]
struct CreateContainer {
    #[api(query = "name")]
    name: Option<&'static str>,
    image: &'static str,
    cmd: Vec<&'static str>,
    exposed_ports: BTreeMap<&'static str, Value>,
    host_config: Option<HostConfig>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/containers/{id}/logs", fields = query, response(stream))]
struct Logs {
    id: &'static str,
    #[api(flag)]
    follow: bool,
    stdout: bool,
    tail: &'static str,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/images/{name}/json", response = Value)]
struct InspectImage {
    #[api(path(segments))]
    name: &'static str,
}

/// The credentials are JSON in URL-safe base64, which is a text to this API.
#[derive(ApiRequest)]
#[api(method = POST, path = "/images/create", fields = query, rename_all = "camelCase")]
struct PullImage {
    from_image: &'static str,
    tag: Option<&'static str>,
    #[api(header = "X-Registry-Auth")]
    auth: Option<Secret<String>>,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/build", fields = query, response(stream))]
struct Build {
    t: Vec<&'static str>,
    #[api(query(json))]
    buildargs: BTreeMap<&'static str, &'static str>,
    #[api(body(stream, content_type = "application/x-tar"))]
    context: Body,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/networks/prune", response = Value)]
struct PruneNetworks {
    #[api(query(json))]
    filters: Filters,
}

#[test]
fn filters_are_json() {
    let list = ListContainers {
        all: Some(true),
        filters: [("status", vec!["paused"])].into(),
        ..ListContainers::default()
    };
    let lines = message(API, &list);
    assert_eq!(
        lines,
        [
            "GET http://localhost/v1.51/containers/json?all=true&filters=%7B%22status%22%3A%5B%22paused%22%5D%7D",
            JSON,
        ]
    );
    assert_eq!(
        decoded(&lines[0]),
        r#"GET http://localhost/v1.51/containers/json?all=true&filters={"status":["paused"]}"#
    );
    let all = ListContainers::default();
    assert_eq!(
        message(API, &all),
        ["GET http://localhost/v1.51/containers/json", JSON]
    );
    let prune = PruneNetworks {
        filters: [("label", vec!["a=b", "c"]), ("until", vec!["10m"])].into(),
    };
    assert_eq!(
        decoded(&message(API, &prune)[0]),
        r#"POST http://localhost/v1.51/networks/prune?filters={"label":["a=b","c"],"until":["10m"]}"#
    );
}

#[test]
fn a_container() {
    let create = CreateContainer {
        name: Some("web"),
        image: "ubuntu",
        cmd: vec!["date"],
        exposed_ports: [("22/tcp", json!({}))].into(),
        host_config: Some(HostConfig {
            binds: vec!["/tmp:/tmp"],
        }),
    };
    assert_eq!(
        message(API, &create),
        [
            "POST http://localhost/v1.51/containers/create?name=web",
            JSON,
            JSON_BODY,
            "",
            r#"{"Image":"ubuntu","Cmd":["date"],"ExposedPorts":{"22/tcp":{}},"HostConfig":{"Binds":["/tmp:/tmp"]}}"#,
        ]
    );
    let logs = |follow| Logs {
        id: "4fa6e0f0c678",
        follow,
        stdout: true,
        tail: "all",
    };
    let url = "GET http://localhost/v1.51/containers/4fa6e0f0c678/logs";
    assert_eq!(
        message(API, &logs(true)),
        [&format!("{url}?follow&stdout=true&tail=all"), ANY]
    );
    assert_eq!(
        message(API, &logs(false)),
        [&format!("{url}?stdout=true&tail=all"), ANY]
    );
}

#[test]
fn an_image() {
    let inspect = InspectImage {
        name: "registry.example.com:5000/team/web:1.0",
    };
    assert_eq!(
        decoded(&message(API, &inspect)[0]),
        "GET http://localhost/v1.51/images/registry.example.com:5000/team/web:1.0/json"
    );
    // {"username":"janedoe","password":"hunter2"}
    let auth = "eyJ1c2VybmFtZSI6ImphbmVkb2UiLCJwYXNzd29yZCI6Imh1bnRlcjIifQ==";
    let pull = PullImage {
        from_image: "library/alpine",
        tag: Some("3.20"),
        auth: Some(auth.to_owned().into()),
    };
    assert_eq!(
        message(API, &pull),
        [
            "POST http://localhost/v1.51/images/create?fromImage=library%2Falpine&tag=3.20",
            ANY,
            &format!("x-registry-auth: {auth}"),
        ]
    );
}

#[test]
fn a_build() {
    let build = Build {
        t: vec!["web:1.0", "web:latest"],
        buildargs: [("FOO", "bar")].into(),
        context: Body::from("tar"),
    };
    let lines = message(API, &build);
    assert_eq!(
        decoded(&lines[0]),
        r#"POST http://localhost/v1.51/build?t=web:1.0&t=web:latest&buildargs={"FOO":"bar"}"#
    );
    assert_eq!(
        lines[1..],
        [ANY, "content-type: application/x-tar", "", "tar"]
    );
}
