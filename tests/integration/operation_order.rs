//! `OPERATION` lists parameters in order, those of groups too: in that of the fields, which for a
//! query is that of the wire.

use api_request::{ApiGroup, ApiRequest, Location, Operation, Param};

use crate::wire::base;

#[expect(
    clippy::struct_field_names,
    reason = "the wire names say whose they are"
)]
#[derive(ApiGroup)]
#[api(path = "/{a}/{b}", fields = query)]
struct Outer {
    q_outer: u8,
    #[api(path)]
    b: u8,
    #[api(header)]
    x_outer: u8,
    #[api(path)]
    a: u8,
    #[api(cookie)]
    c_outer: u8,
}

#[expect(
    clippy::struct_field_names,
    reason = "the wire names say whose they are"
)]
#[derive(ApiGroup)]
#[api(fields = query)]
struct Flat {
    q_flat: u8,
    #[api(header)]
    x_flat: u8,
    #[api(cookie)]
    c_flat: u8,
}

#[derive(ApiRequest)]
#[api(in = Outer, method = GET, path = "/{d}/{c}", fields = query)]
struct Mixed {
    q_first: u8,
    #[api(header)]
    x_first: u8,
    #[api(cookie)]
    c_first: u8,
    #[api(flatten)]
    flat: Flat,
    c: u8,
    d: u8,
    q_last: u8,
    #[api(header)]
    x_last: u8,
    #[api(cookie)]
    c_last: u8,
}

/// The names in a location.
fn told(operation: &Operation, location: Location) -> Vec<&str> {
    let params = operation.params();
    let params = params.filter(|param| param.location() == location);
    params.map(Param::name).collect()
}

#[test]
fn parameters_are_listed_with_those_of_groups_in_order() {
    let outer = Outer {
        q_outer: 1,
        b: 12,
        x_outer: 1,
        a: 11,
        c_outer: 1,
    };
    let request = Mixed {
        q_first: 3,
        x_first: 3,
        c_first: 3,
        flat: Flat {
            q_flat: 4,
            x_flat: 4,
            c_flat: 4,
        },
        c: 13,
        d: 14,
        q_last: 5,
        x_last: 5,
        c_last: 5,
    };
    let http = request.to_http_in(&base(), &outer).unwrap();
    let name = |pair: &str| pair.trim().split('=').next().unwrap().to_owned();
    let query: Vec<_> = http.uri().query().unwrap().split('&').map(name).collect();
    assert_eq!(told(Mixed::OPERATION, Location::Query), query);
    let cookies = http.headers()["cookie"].to_str().unwrap();
    let cookies: Vec<_> = cookies.split(';').map(name).collect();
    // A header or cookie of the request is sent in place of a group's, so it comes before them.
    assert_eq!(cookies, ["c_first", "c_last", "c_flat", "c_outer"]);
    let listed = ["c_outer", "c_first", "c_flat", "c_last"];
    assert_eq!(told(Mixed::OPERATION, Location::Cookie), listed);
    let headers = http.headers().keys().map(http::HeaderName::as_str);
    let headers: Vec<_> = headers.filter(|name| name.starts_with("x-")).collect();
    assert_eq!(headers, ["x-first", "x-last", "x-flat", "x-outer"]);
    let listed = ["x-outer", "x-first", "x-flat", "x-last"];
    assert_eq!(told(Mixed::OPERATION, Location::Header), listed);
    assert_eq!(http.uri().path(), "/11/12/14/13");
    assert_eq!(told(Mixed::OPERATION, Location::Path), ["b", "a", "c", "d"]);
}
