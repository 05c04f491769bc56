//! Requests with a canary in each place where a secret can be, and the credentials of clients and calls.

use std::{
    collections::BTreeMap,
    fmt::{self, Debug},
};

use api_request::{ApiRequest, Body, Call, ClientBuilder, Part, Secret};
use serde::{Deserialize, Serialize};

/// A canary: with characters that JSON, URLs and forms escape, each its own way.
macro_rules! canary {
    ($place:literal) => {
        concat!("CaNaRy ", $place, " \"é&+/%")
    };
}

/// The same for what has to be a token.
macro_rules! token {
    ($place:literal) => {
        concat!("CaNaRy-", $place, "-/+=")
    };
}

pub(crate) use {canary, token};

#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct Nested {
    pub(crate) json_secret: Secret<String>,
    /// No secret, but a stranger's answer may have one here.
    #[serde(default, skip_serializing)]
    #[expect(dead_code, reason = "never filled")]
    count: u32,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/users/{user}", fields = json, idempotent)]
#[api(response = Nested, events(item = Nested))]
pub(crate) struct Json {
    user: Secret<String>,
    #[api(query)]
    query_secret: Secret<String>,
    #[api(header)]
    x_secret: Secret<String>,
    #[api(cookie(encode))]
    session: Option<Secret<String>>,
    member: Secret<String>,
    nested: Vec<Nested>,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/whole", response = Nested, events(item = Nested))]
pub(crate) struct Whole {
    #[api(body)]
    body: Secret<String>,
    #[api(header(name = "Authorization"))]
    authorization: Secret<String>,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/text", response = Nested, events(item = Nested))]
pub(crate) struct Text {
    #[api(body(text))]
    body: Secret<String>,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/form", fields = form, response = Nested, events(item = Nested))]
pub(crate) struct Form {
    form_secret: Secret<String>,
}

/// Secrets by their declaration, which have no `Debug` of their own, and not by their type.
#[derive(ApiRequest)]
#[api(method = PUT, path = "/declared/{id}", fields = form, response = Nested, events(item = Nested))]
#[api(header("Proxy-Authorization" = "Basic CaNaRy-constant"))]
pub(crate) struct Declared {
    #[api(secret)]
    id: &'static str,
    #[api(query(flatten, secret))]
    query: BTreeMap<&'static str, &'static str>,
    #[api(header(flatten, secret))]
    headers: BTreeMap<&'static str, &'static str>,
    #[api(header(flatten))]
    more: BTreeMap<&'static str, &'static str>,
    #[api(secret)]
    list: Vec<&'static str>,
}

impl Debug for Declared {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Declared").finish_non_exhaustive()
    }
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/stream", response = Nested, events(item = Nested))]
pub(crate) struct Streamed {
    #[api(body(stream, secret))]
    body: Body,
}

#[derive(Debug, ApiRequest)]
#[api(method = PUT, path = "/parts", fields = part, response = Nested, events(item = Nested))]
pub(crate) struct Parts {
    part_secret: Secret<String>,
    #[api(part(content_type = "application/json"))]
    json_part: Nested,
    file: Part,
}

pub(crate) fn json() -> Json {
    Json {
        user: canary!("path").into(),
        query_secret: canary!("query").into(),
        x_secret: token!("header").into(),
        session: Some(canary!("cookie").into()),
        member: canary!("member").into(),
        nested: vec![Nested {
            json_secret: canary!("nested").into(),
            count: 0,
        }],
    }
}

pub(crate) fn whole() -> Whole {
    Whole {
        body: canary!("whole").into(),
        authorization: token!("declared").into(),
    }
}

pub(crate) fn text() -> Text {
    Text {
        body: canary!("text").into(),
    }
}

pub(crate) fn form() -> Form {
    Form {
        form_secret: canary!("form").into(),
    }
}

pub(crate) fn parts() -> Parts {
    Parts {
        part_secret: canary!("part").into(),
        json_part: Nested {
            json_secret: canary!("json-part").into(),
            count: 0,
        },
        file: Part::text("no secret").filename("notes.txt"),
    }
}

pub(crate) fn declared() -> Declared {
    Declared {
        id: canary!("declared-path"),
        query: BTreeMap::from([("a", canary!("flat-query"))]),
        headers: BTreeMap::from([("x-a", token!("flat-header"))]),
        more: BTreeMap::from([("Authorization", token!("declared"))]),
        list: vec![canary!("list")],
    }
}

pub(crate) fn streamed() -> Streamed {
    Streamed {
        body: canary!("stream").into(),
    }
}

/// Where the canaries of client and call are.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Credentials {
    Bearer,
    Basic,
    Keys,
    Call,
    CallBasic,
}

impl Credentials {
    pub(crate) const ALL: [Self; 5] = [
        Self::Bearer,
        Self::Basic,
        Self::Keys,
        Self::Call,
        Self::CallBasic,
    ];

    pub(crate) fn of_client(self, client: ClientBuilder) -> ClientBuilder {
        match self {
            Self::Bearer => client.bearer(token!("bearer")),
            Self::Basic => client.basic("user", canary!("basic")),
            Self::Keys => client
                .api_key_header("X-Plain", token!("key"))
                .api_key_query("name", canary!("key"))
                .header("X-Auth", token!("default")),
            Self::Call | Self::CallBasic => client,
        }
    }

    pub(crate) fn of_call<R: ApiRequest>(self, call: Call<'_, R>) -> Call<'_, R> {
        match self {
            Self::Bearer | Self::Basic | Self::Keys => call,
            Self::Call => call
                .bearer(token!("call-bearer"))
                .api_key_header("X-Plain", token!("call-key"))
                .api_key_query("name", canary!("call-key"))
                .header("X-Token", token!("call-header")),
            Self::CallBasic => call.basic("user", canary!("call-basic")),
        }
    }

    /// The canaries, and whether each is in `Authorization`.
    pub(crate) fn canaries(self) -> &'static [(&'static str, bool)] {
        match self {
            Self::Bearer => &[(token!("bearer"), true)],
            Self::Basic => &[(canary!("basic"), true)],
            Self::Keys => &[
                (token!("key"), false),
                (canary!("key"), false),
                (token!("default"), false),
            ],
            Self::Call => &[
                (token!("call-bearer"), true),
                (token!("call-key"), false),
                (canary!("call-key"), false),
                (token!("call-header"), false),
            ],
            Self::CallBasic => &[(canary!("call-basic"), true)],
        }
    }
}
