//! What the API answers where it does not do what it was asked for.

use api_request::{ApiError, Error};
use http::StatusCode;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use crate::json::Object;

/// The errors of every operation but those of [`messages`](crate::messages), by status.
#[derive(Debug, ApiError)]
#[api(envelope = "error")]
pub enum OpenRouterError {
    /// The request is malformed.
    #[api(status = 400)]
    BadRequest(ErrorBody),
    /// There is no valid key.
    #[api(status = 401)]
    Unauthorized(ErrorBody),
    /// The account or the key has no credits left.
    #[api(status = 402)]
    PaymentRequired(ErrorBody),
    /// The key may not do this.
    #[api(status = 403)]
    Forbidden(ErrorBody),
    /// There is no such thing.
    #[api(status = 404)]
    NotFound(ErrorBody),
    /// It took too long.
    #[api(status = 408)]
    RequestTimeout(ErrorBody),
    /// It clashes with what is there.
    #[api(status = 409)]
    Conflict(ErrorBody),
    /// The operation is no longer there.
    #[api(status = 410)]
    Gone(ErrorBody),
    /// The request is too large.
    #[api(status = 413)]
    PayloadTooLarge(ErrorBody),
    /// The request is well-formed and makes no sense.
    #[api(status = 422)]
    UnprocessableEntity(ErrorBody),
    /// There were too many requests.
    #[api(status = 429)]
    TooManyRequests(ErrorBody),
    /// The API failed.
    #[api(status = 500)]
    InternalServer(ErrorBody),
    /// The provider of the model failed.
    #[api(status = 502)]
    BadGateway(ErrorBody),
    /// No provider can serve the request now.
    #[api(status = 503)]
    ServiceUnavailable(ErrorBody),
    /// The provider took too long.
    #[api(status = 524)]
    EdgeNetworkTimeout(ErrorBody),
    /// The provider has too much to do.
    #[api(status = 529)]
    ProviderOverloaded(ErrorBody),
    /// Any other status.
    #[api(other)]
    Other(ErrorBody),
}

/// The status by which the API refused a request: where the response is a success, that which the code of the error inside
/// of it says, if there is one.
///
/// ```
/// # fn find(error: &api_request::Error) {
/// if openrouter::error::refusal(error) == Some(http::StatusCode::TOO_MANY_REQUESTS) {
///     println!("not so fast");
/// }
/// # }
/// ```
#[must_use]
pub fn refusal<E>(error: &Error<E>) -> Option<StatusCode> {
    let status = error.status().filter(|_| error.is_status())?;
    let inner = error.body().filter(|_| status.is_success());
    Some(inner.and_then(|body| code_inside(body)).unwrap_or(status))
}

/// The status that an error inside of a response or an event has as its code.
fn code_inside(body: &[u8]) -> Option<StatusCode> {
    let body: Value = serde_json::from_slice(body).ok()?;
    let code = body["error"]["code"].as_u64()?;
    StatusCode::from_u16(u16::try_from(code).ok()?).ok()
}

/// The body of an error.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ErrorDetail,
    /// How the request was routed, where the request asked for it.
    pub openrouter_metadata: Option<Object>,
    /// What names the user at the API.
    pub user_id: Option<String>,
}

/// What went wrong.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(from = "Said")]
pub struct ErrorDetail {
    /// The status that says what went wrong, also where that of the response is 200, or a word for it.
    pub code: Option<ErrorCode>,
    /// What went wrong, for people.
    pub message: String,
    /// More about it, as the provider says it.
    pub metadata: Option<Object>,
}

/// Which error it is.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum ErrorCode {
    /// By a status.
    Status(i64),
    /// By a word, such as `server_error`: of a response or an image that failed after it began.
    Word(String),
}

/// The forms of an error: a video that failed has its message alone.
#[derive(Deserialize)]
#[serde(untagged)]
enum Said {
    Message(String),
    Detail {
        code: Option<ErrorCode>,
        message: String,
        metadata: Option<Object>,
    },
}

impl From<Said> for ErrorDetail {
    fn from(said: Said) -> Self {
        match said {
            Said::Message(message) => Self {
                message,
                ..Self::default()
            },
            Said::Detail {
                code,
                message,
                metadata,
            } => Self {
                code,
                message,
                metadata,
            },
        }
    }
}

/// The errors of the operations of [`messages`](crate::messages).
#[derive(Debug, ApiError)]
#[api(envelope = "error")]
pub enum MessagesError {
    /// Any status.
    #[api(other)]
    Any(MessagesErrorBody),
}

/// The body of an error, in the form of Anthropic's API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesErrorBody {
    /// What went wrong.
    pub error: MessagesErrorDetail,
    /// What names the request at the API.
    pub request_id: Option<String>,
    /// More about it.
    pub metadata: Option<Object>,
    /// How the request was routed, where the request asked for it.
    pub openrouter_metadata: Option<Object>,
}

/// What went wrong, in the form of Anthropic's API.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct MessagesErrorDetail {
    /// The kind of error, as Anthropic names it: `not_found_error`.
    pub r#type: String,
    /// What went wrong, for people.
    pub message: String,
    /// The kind of error, as this API names it.
    pub error_type: Option<String>,
}
