//! The expansion names everything by its absolute path.
#![no_implicit_prelude]
#![allow(dead_code)]

fn check(_: &Request) -> ::std::result::Result<(), &'static str> {
    ::std::result::Result::Ok(())
}

#[derive(::api_request::ApiRequest)]
#[api(method = POST, path = "/{id}", response(text), validate = check, header("A" = "b"))]
#[api(events(item = ::std::vec::Vec<u8>, flag = "stream", done = "[DONE]", resume), idempotent)]
struct Request {
    id: u8,
    #[api(query)]
    limit: ::std::option::Option<u8>,
    #[serde(skip_serializing_if = "::std::option::Option::is_none")]
    #[api(json)]
    member: ::std::option::Option<u8>,
}

#[derive(::api_request::ApiRequest)]
#[api(method = PUT, path = "/", response(bytes))]
struct Form(#[api(form(flatten))] #[serde(skip_serializing_if = "::std::vec::Vec::is_empty")] ::std::vec::Vec<u8>);

#[derive(::api_request::ApiRequest)]
#[api(method = PUT, path = "/", auth = management)]
struct Lines(#[api(body = lines)] #[serde(skip_serializing_if = "::std::vec::Vec::is_empty")] ::std::vec::Vec<u8>);

struct Csv;

impl ::api_request::BodyFormat<u8> for Csv {
    const CONTENT_TYPE: &'static str = "text/csv";

    fn encode(_: &u8) -> ::std::result::Result<::bytes::Bytes, ::api_request::BoxError> {
        ::std::result::Result::Ok(::bytes::Bytes::new())
    }
}

fn is_zero(value: &::std::option::Option<u8>) -> bool {
    ::std::matches!(value, ::std::option::Option::Some(0))
}

#[derive(::api_request::ApiRequest)]
#[api(method = PUT, path = "/")]
struct With(#[api(body(with = Csv))] #[serde(skip_serializing_if = "is_zero")] ::std::option::Option<u8>);

#[derive(::std::clone::Clone, ::api_request::ApiRequest)]
#[api(method = GET, path = "/", fields = query, response = Page)]
#[api(paginate(offset = offset, limit = limit, items = data, item = u8))]
struct Offset {
    offset: u8,
    limit: ::std::option::Option<u8>,
}

#[derive(::std::clone::Clone, ::api_request::ApiRequest)]
#[api(method = GET, path = "/", fields = query, response = Page)]
#[api(paginate(cursor = after, next = next, items = data, item = u8))]
struct Cursor {
    after: ::std::option::Option<u8>,
}

#[derive(::std::clone::Clone, ::api_request::ApiRequest)]
#[api(method = GET, path = "/", response = ::std::vec::Vec<::std::string::String>, paginate(link))]
struct Link;

#[derive(::api_request::ApiRequest)]
#[api(method = GET, path = "", query("acl"), meta = 1_u8, meta = "slow", meta = Cost(1))]
#[deprecated]
struct Values {
    #[api(query(json))]
    filters: ::std::vec::Vec<u8>,
    #[api(query(flag))]
    all: ::std::option::Option<bool>,
    #[api(header(json))]
    #[serde(skip_serializing_if = "::api_request::Nullable::is_absent")]
    more: ::api_request::Nullable<u8>,
    #[api(query(style = dots))]
    page: ::std::option::Option<Cost>,
}

#[derive(::serde::Serialize)]
struct Cost(u8);

#[derive(::api_request::ApiRequest)]
#[api(method = GET)]
struct Url {
    #[api(url)]
    at: ::std::boxed::Box<str>,
    #[api(query)]
    limit: ::std::option::Option<u8>,
}

#[derive(::std::clone::Clone, ::api_request::ApiGroup)]
#[api(path = "/{account}", auth = required, header("A" = "b"), query("c"), error = ::api_request::ErrorBody)]
struct Account {
    account: ::std::string::String,
    #[api(header)]
    trace: ::std::option::Option<u8>,
}

#[derive(::std::clone::Clone, ::api_request::ApiGroup)]
#[api(fields = query)]
struct Paging {
    offset: ::std::option::Option<u8>,
}

#[derive(::std::clone::Clone, ::api_request::ApiRequest)]
#[api(in = Account, method = GET, path = "/keys", fields = query, response = Page)]
#[api(paginate(offset = paging.offset, more = more?.more, items = data, item = u8))]
struct Grouped {
    #[api(flatten)]
    paging: Paging,
    #[api(flatten)]
    rest: ::std::vec::Vec<(u8, u8)>,
}

#[derive(::api_request::ApiRequest)]
#[api(in = Filter<T>, method = POST, path = "", fields = form)]
struct Generic<T: ::std::clone::Clone + ::serde::Serialize + 'static> {
    #[api(flatten)]
    paging: Paging,
    by: T,
}

#[derive(::api_request::ApiGroup)]
struct Filter<T: ::std::clone::Clone + ::serde::Serialize + 'static>(#[api(query = "of")] T);

::api_request::operations! { static OPERATIONS: [Request, Grouped, Generic<u8>] }

#[derive(::serde::Deserialize)]
struct More {
    more: bool,
}

#[derive(::serde::Deserialize)]
struct Page {
    more: ::std::option::Option<More>,
    data: ::std::vec::Vec<u8>,
    next: ::std::option::Option<u8>,
}

fn main() {}
