//! What `fields` may be.
use api_request::ApiRequest;

macro_rules! requests {
    ($($name:ident $fields:ident $params:literal $content_type:expr;)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = POST, path = "/", fields = $fields)]
            struct $name {
                _member: String,
            }
            assert_eq!($name::OPERATION.params().count(), $params);
            assert_eq!($name::OPERATION.content_type(), $content_type);
        )*
    };
}

fn main() {
    requests! {
        Query query 1 None;
        Header header 1 None;
        Json json 0 Some("application/json");
        Form form 0 Some("application/x-www-form-urlencoded");
    }
}
