//! The types of `serde_json` that are more than serde has words for. Its feature `arbitrary_precision`, which any crate
//! may switch on, writes a number as the struct that is spelled out here.

use std::collections::BTreeMap;

use api_request::ApiRequest;
use serde::{Serialize, Serializer, ser::SerializeStruct as _};

use crate::{
    values::map,
    wire::{body, header, http, refused, target},
};

#[derive(Clone, Copy)]
struct Number(&'static str);

impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = "$serde_json::private::Number";
        let mut number = serializer.serialize_struct(name, 1)?;
        number.serialize_field(name, self.0)?;
        number.end()
    }
}

#[derive(Clone, Copy)]
struct RawValue;

impl Serialize for RawValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let name = "$serde_json::private::RawValue";
        let mut raw = serializer.serialize_struct(name, 1)?;
        raw.serialize_field(name, "{}")?;
        raw.end()
    }
}

macro_rules! queries {
    ($($name:ident: $options:tt,)*) => {$(
        fn $name<T: Serialize>(value: T) -> Result<String, String> {
            #[derive(ApiRequest)]
            #[api(method = GET, path = "/")]
            struct Request<T> {
                #[api $options]
                value: T,
            }
            target(&Request { value })
        }
    )*};
}

queries! {
    plain: (query = "n"),
    joined: (query(name = "n", explode = false)),
    form: (query(name = "n", style = form)),
    deep: (query(name = "n", style = deep)),
    brackets: (query(name = "n", style = brackets)),
    flatten: (query(flatten)),
}

#[test]
fn a_number_is_its_digits_in_every_location() {
    let n = Number("5");
    assert_eq!(plain(n), Ok("/?n=5".into()));
    assert_eq!(plain(Some(n)), Ok("/?n=5".into()));
    assert_eq!(plain([n, Number("1e+2")]), Ok("/?n=5&n=1e%2B2".into()));
    assert_eq!(joined([n, n]), Ok("/?n=5,5".into()));
    assert_eq!(form(map([("k", n)])), Ok("/?k=5".into()));
    assert_eq!(deep(map([("k", n)])), Ok("/?n%5Bk%5D=5".into()));
    assert_eq!(
        brackets([map([("k", n)])]),
        Ok("/?n%5B0%5D%5Bk%5D=5".into())
    );
    assert_eq!(flatten(map([("k", n)])), Ok("/?k=5".into()));
    assert_eq!(flatten([("k", n), ("k", n)]), Ok("/?k=5&k=5".into()));
    refused(flatten(n), "a list of pairs");
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Text<T> {
    #[api(body = text)]
    value: T,
}

#[derive(ApiRequest)]
#[api(method = POST, path = "/")]
struct Part<T> {
    #[api(part)]
    value: T,
}

#[test]
fn a_number_goes_wherever_a_value_goes() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/{path}")]
    struct Request<T> {
        path: T,
        #[api(header)]
        header: T,
        #[api(cookie)]
        cookie: T,
        #[api(form)]
        form: T,
        #[api(form(flatten))]
        flat: BTreeMap<&'static str, T>,
    }
    let n = Number("5");
    let request = Request {
        path: n,
        header: n,
        cookie: n,
        form: n,
        flat: map([("k", n)]),
    };
    assert_eq!(target(&request), Ok("/5".into()));
    assert_eq!(header(&request, "header"), Ok(Some("5".into())));
    assert_eq!(header(&request, "cookie"), Ok(Some("cookie=5".into())));
    assert_eq!(body(&request).unwrap().unwrap().1, "form=5&k=5");

    assert_eq!(body(&Text { value: n }).unwrap().unwrap().1, "5");
    refused(body(&Text { value: RawValue }), "is a `RawValue`");

    let parts = crate::multipart::parts(&Part { value: [n, n] }).unwrap();
    let contents: Vec<_> = parts.iter().map(|(_, content)| &**content).collect();
    assert_eq!(contents, ["5", "5"]);
    refused(http(&Part { value: RawValue }), "is a `RawValue`");
}

#[test]
fn raw_json_is_not_sent_outside_of_json() {
    for encode in [plain, joined, form, deep, brackets] {
        refused(encode(RawValue), "is a `RawValue`");
    }
    refused(plain([RawValue].to_vec()), "is a `RawValue`");
    refused(deep(map([("k", RawValue)])), "is a `RawValue`");
    refused(flatten(RawValue), "a list of pairs");
}
