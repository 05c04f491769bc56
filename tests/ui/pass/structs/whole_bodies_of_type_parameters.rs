//! The bound that a whole body needs is added to the impl.
use api_request::ApiRequest;

macro_rules! bodies {
    ($($name:ident: $kind:ident, $value:expr;)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/")]
            struct $name<T>(#[api(body = $kind)] T);
            check(&$name($value));
        )*
    };
}

fn check<R: ApiRequest>(_: &R) {}

fn main() {
    bodies! {
        Json: json, 1;
        Form: form, vec![(1, 2)];
        Text: text, "text";
        Bytes: bytes, vec![1_u8];
        Stream: stream, api_request::Body::from("a");
    }
}
