//! What a check of declarations asks of an operation whose type is not known.

use bytes::Bytes;

use super::{AnyOperation, responses::Check};
use crate::Error;
#[cfg(feature = "events")]
use crate::response::is_of_events;

impl AnyOperation {
    /// Decodes a response, its body decompressed, as the operation does, and says whether it can be decoded.
    ///
    /// A response with a success status, any 2xx or one that the response type declares, is decoded as the response type,
    /// any other as the error type: `Ok` if the error type takes it, though a call would fail. Each line of a response of
    /// lines is decoded, and so is each event where the operation declares events and the `Content-Type` of a 2xx is
    /// `text/event-stream`; events end as declared, by [`Events::done`](crate::Events::done). What is text has to be UTF-8,
    /// and bytes and streams may be anything.
    ///
    /// ```
    /// use api_request::{ApiError, ApiRequest};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/keys/{hash}", response = Key, error = Failure)]
    /// struct GetKey {
    ///     hash: String,
    /// }
    ///
    /// #[derive(serde::Deserialize)]
    /// struct Key {
    ///     name: String,
    /// }
    ///
    /// #[derive(Debug, ApiError)]
    /// enum Failure {
    ///     #[api(status = 404)]
    ///     NotFound(Problem),
    /// }
    ///
    /// #[derive(Debug, serde::Deserialize)]
    /// struct Problem {
    ///     code: u32,
    /// }
    ///
    /// api_request::operations! { static OPERATIONS: [GetKey] }
    ///
    /// # fn main() {
    /// let check = |status: u16, body: &'static str| {
    ///     let response = http::Response::builder().status(status).body(body.into()).unwrap();
    ///     OPERATIONS[0].check_response(response)
    /// };
    /// assert!(check(200, r#"{"name": "ci"}"#).is_ok());
    /// assert!(check(404, r#"{"code": 17}"#).is_ok());
    ///
    /// let message = |status, body| check(status, body).unwrap_err().to_string();
    /// assert_eq!(
    ///     message(404, r#"{"code": "17"}"#),
    ///     "`GetKey`: 404 Not Found, but the body is not of the declared error type: \
    ///      code: invalid type: string, expected u32 at line 1 column 13"
    /// );
    /// assert_eq!(
    ///     message(409, r#"{"code": 17}"#),
    ///     "`GetKey`: 409 Conflict, but the body is not of the declared error type: \
    ///      no variant has the status 409, and none is `other`"
    /// );
    /// # }
    /// ```
    ///
    /// # Errors
    ///
    /// Fails if the response cannot be decoded, with status, body, and where and why the body does not fit, without its
    /// values; and as [`ApiRequest::decode`](crate::ApiRequest::decode), but not with the error of the API.
    pub fn check_response(&self, response: http::Response<Bytes>) -> Result<(), Error> {
        let check = self.check_of(&response);
        check(response).map_err(Error::from_failure)
    }

    #[cfg(feature = "events")]
    fn check_of(&self, response: &http::Response<Bytes>) -> Check {
        let is_of_events = response.status().is_success() && is_of_events(response.headers());
        let events = is_of_events.then(self.event_check).flatten();
        events.map_or(self.check, |events| events.0)
    }

    #[cfg(not(feature = "events"))]
    fn check_of(&self, _: &http::Response<Bytes>) -> Check {
        self.check
    }
}
