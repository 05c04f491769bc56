//! Paths to a message that are none.
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
#[api(message = "errors.text")]
enum InQuotes {
    #[api(other)]
    Other,
}

other!(NoValue, message);
other!(List, message(errors));
other!(Index, message = errors.0.text);
other!(NoMember, message = errors.);
other!(EmptyIndex, message = errors[]);
other!(NegativeIndex, message = errors[-1]);
other!(LargeIndex, message = errors[65536]);
other!(TwoIndices, message = errors[0, 1]);
other!(Hyphen, message = error-text);
other!(Pointer, message = /errors/0/text);

#[derive(ApiError)]
enum OnAVariant {
    #[api(other, message = error)]
    Other,
}

fn main() {}
