//! Every form of `response` without a format of its own, and `error`.
use api_request::{ApiRequest, ByteStream, ErrorBody, Lines};

macro_rules! responses {
    ($($name:ident: $response:ty, $error:ty, ($($key:tt)*))*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = GET, path = "/", $($key)*)]
            struct $name;
            let _ = |response: <$name as ApiRequest>::Response| -> $response { response };
            let _ = |error: <$name as ApiRequest>::Error| -> $error { error };
        )*
    };
}

fn main() {
    responses! {
        Json: Vec<(String, u8)>, Vec<u8>, (response = Vec<(String, u8)>, error = Vec<u8>)
        JsonLong: u8, ErrorBody, (response(json = u8))
        Text: String, ErrorBody, (response(text))
        Raw: bytes::Bytes, ErrorBody, (response(bytes))
        Stream: ByteStream, ErrorBody, (response(stream))
        LinesOf: Lines<u8>, ErrorBody, (response(lines = u8))
        LinesBeside: Lines<Vec<u8>, u8>, u8, (response(lines = Vec<u8>), error = u8)
        Empty: (), ErrorBody, (response(empty))
    }
}
