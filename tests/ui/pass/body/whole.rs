//! Every kind of whole body.
use api_request::{ApiRequest, Body};

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
        Stream: Body, "application/octet-stream", (body = stream)
    }
}
