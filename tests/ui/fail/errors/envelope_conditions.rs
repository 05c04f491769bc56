//! Conditions of an envelope that are none.
use api_request::ApiError;

macro_rules! other {
    ($name:ident, $($keys:tt)*) => {
        #[derive(ApiError)]
        #[api($($keys)*)]
        enum $name {
            #[api(other)]
            Other,
        }
    };
}

#[derive(ApiError)]
#[api(envelope("error"))]
enum NoCondition {
    #[api(other)]
    Other,
}

other!(Empty, envelope());
other!(Equals, envelope("errcode" == 0));
other!(Assigned, envelope("errcode" = 0));
other!(True, envelope("ok" != true));
other!(False, envelope("failed" != false));
other!(Float, envelope("errcode" != 0.5));
other!(Suffix, envelope("errcode" != 0u8));
other!(Large, envelope("errcode" != 4_000_000_000));
other!(Option, envelope(unles = "ok"));
other!(NoName, envelope(unless));
other!(EmptyName, envelope(unless = ""));
other!(Two, envelope(unless = "ok", "errcode" != 0));
other!(Twice, envelope(unless = "ok"), envelope = "error");

fn main() {}
