//! The forms of `events`, beside every kind of response and JSON body.
#![deny(warnings)]
#![allow(dead_code)]
use std::marker::PhantomData;

use api_request::{ApiRequest, EventRequest, events::Event};
use serde::{Serialize, de::DeserializeOwned};

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events = Vec<Option<u8>>)]
struct Short;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", response(stream), events(item = (u8, String), done = "[DONE]",))]
struct Sentinel;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", events(item = Event, only = "message", ignore = ["ping", "error",]))]
struct Chosen;

#[derive(ApiRequest)]
#[api(method = QUERY, path = "/", events(item = u8, resume))]
struct Resumed;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = u8, resume = true), idempotent)]
struct Declared;

#[derive(ApiRequest)]
#[api(method = "PURGE", path = "/", events(item = u8, resume), idempotency_key = "Idempotency-Key")]
struct WithKey;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = u8, resume = false))]
struct NotResumed;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", fields = json, response = u8, events(flag = "stream", item = u8))]
struct Members {
    streams: bool,
    #[api(query)]
    stream: bool,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = T, flag = r"stream", done = "\u{2713}"))]
struct Generic<'a, B, T>(#[api(body)] &'a B, #[api(skip)] PhantomData<T>)
where
    B: Serialize,
    T: DeserializeOwned;

#[derive(ApiRequest)]
#[api(method = POST, path = "/", events(item = u8, flag = "stream"))]
struct Header {
    #[api(header = "Accept")]
    accept: String,
    #[api(body(content_type = "application/vnd.api+json"))]
    body: Option<u8>,
}

fn events<R: EventRequest<Event: DeserializeOwned>>(_: R) {}

fn main() {
    events(Short);
    events(Generic(&1, PhantomData::<String>));
}
