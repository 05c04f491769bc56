//! User types may be called like those of the prelude, modules like its crates.
#![deny(warnings)]
#![allow(dead_code)]
use api_request::ApiRequest;

#[derive(serde::Serialize)]
struct String;
#[derive(serde::Serialize)]
struct Vec;
#[derive(serde::Serialize, serde::Deserialize)]
struct Option(u8);
#[derive(Debug, serde::Deserialize)]
struct Result(u8);
struct Some;
struct None;
struct Ok;
mod core {}
mod std {}

#[derive(ApiRequest)]
#[api(method = POST, path = "/", response = Option, error = Result, header("A" = "b"))]
struct Operation(#[api(query = "a")] Option, #[api(header = "b")] Vec, #[api(json = "c")] String);

struct Nullable;
struct Meta;
#[allow(non_camel_case_types)]
struct bool;

#[derive(ApiRequest)]
#[api(method = GET, path = "", meta = Nullable, meta = Meta, meta = bool)]
struct Values(#[api(query(name = "a", json))] Option, #[api(query(name = "b", flag))] Flag);

type Flag = ::core::primitive::bool;

fn main() {}
