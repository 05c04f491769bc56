//! Every method of RFC 9110 and RFC 5789, and `QUERY`, is an identifier, others are strings.
use api_request::ApiRequest;

macro_rules! methods {
    ($($name:ident = $method:tt)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = $method, path = "/")]
            struct $name;
            assert_eq!($name::OPERATION.method(), stringify!($method).trim_matches('"'));
        )*
    };
}

fn main() {
    methods! {
        Get = GET Head = HEAD Post = POST Put = PUT Delete = DELETE
        Options = OPTIONS Trace = TRACE Patch = PATCH Query = QUERY Quoted = "QUERY" Purge = "PURGE"
    }
}
