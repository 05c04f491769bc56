//! Every kind of whole body.
use api_request::{ApiRequest, Body, BodyFormat, BoxError};

struct Csv;

impl<T: ?Sized> BodyFormat<T> for Csv {
    const CONTENT_TYPE: &'static str = "text/csv";

    fn encode(_: &T) -> Result<bytes::Bytes, BoxError> {
        Ok(bytes::Bytes::new())
    }
}

macro_rules! bodies {
    ($($name:ident: $ty:ty, $content_type:literal, ($($key:tt)*))*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/")]
            struct $name(#[api($($key)*)] #[allow(dead_code)] $ty);
            assert_eq!($name::OPERATION.content_type(), Some($content_type));
        )*
    };
}

fn main() {
    bodies! {
        Json: Vec<u8>, "application/json", (body)
        Patch: Vec<u8>, "application/merge-patch+json", (body(content_type = "application/merge-patch+json"))
        Form: Vec<(u8, u8)>, "application/x-www-form-urlencoded", (body = form)
        Text: String, "text/csv", (body(text, content_type = "text/csv"))
        Raw: Vec<u8>, "application/octet-stream", (body = bytes)
        Slice: Option<&'static [u8]>, "application/octet-stream", (body(bytes, secret))
        Lines: Option<Vec<(u8, String)>>, "application/x-ndjson", (body = lines)
        LinesOfType: &'static [u8], "application/jsonl", (body(lines, content_type = "application/jsonl"))
        With: Option<Body>, "text/csv", (body(with = Csv))
        WithType: u8, "text/plain", (body(with = Csv, content_type = "text/plain", secret))
        Stream: Body, "application/octet-stream", (body = stream)
    }
}
