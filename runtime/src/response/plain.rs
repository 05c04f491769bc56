//! The formats that any body is of: text, and bytes.

use std::str;

use bytes::Bytes;

use super::format::{BYTES, Format, ResponseFormat, TEXT};
use crate::BoxError;

/// The format of text in UTF-8, decoded as a `String`: asks for `text/plain`, and reads any media type.
///
/// [`response(text)`](macro@crate::ApiRequest#responses-and-errors) declares it; `Call::send_with::<Text>` asks for it
/// where another format is declared.
///
/// ```no_run
/// # #[cfg(feature = "client")]
/// # mod example {
/// use api_request::{ApiRequest, Client, Text};
///
/// # #[derive(serde::Deserialize)]
/// # struct Page;
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/pages/{id}", response = Page)]
/// struct GetPage {
///     id: u64,
/// }
///
/// # async fn run(client: Client) -> Result<(), api_request::Error> {
/// let page: String = client.call(&GetPage { id: 7 }).send_with::<Text>().await?;
/// # Ok(())
/// # }
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Text;

#[diagnostic::do_not_recommend]
impl ResponseFormat for Text {
    type Output = String;
    const ACCEPT: &'static str = TEXT.accept;

    fn decode(response: http::Response<Bytes>) -> Result<String, BoxError> {
        Ok(str::from_utf8(response.body())?.to_owned())
    }

    // Its errors are those of `response(text)`.
    const FORMAT: Format<String> = TEXT;
}

/// The format of a body as it is, decoded as `Bytes`: asks for any media type, and reads any.
///
/// [`response(bytes)`](macro@crate::ApiRequest#responses-and-errors) declares it; `Call::send_with::<Raw>` asks for it
/// where another format is declared.
///
/// ```no_run
/// # #[cfg(feature = "client")]
/// # mod example {
/// use api_request::{ApiRequest, Client, Raw};
/// use bytes::Bytes;
///
/// # #[derive(serde::Deserialize)]
/// # struct Page;
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/pages/{id}", response = Page)]
/// struct GetPage {
///     id: u64,
/// }
///
/// # async fn run(client: Client) -> Result<(), api_request::Error> {
/// let page: Bytes = client.call(&GetPage { id: 7 }).send_with::<Raw>().await?;
/// # Ok(())
/// # }
/// # }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub struct Raw;

#[diagnostic::do_not_recommend]
impl ResponseFormat for Raw {
    type Output = Bytes;
    const ACCEPT: &'static str = BYTES.accept;

    fn decode(response: http::Response<Bytes>) -> Result<Bytes, BoxError> {
        Ok(response.into_body())
    }

    // A response need not be put together for it.
    const FORMAT: Format<Bytes> = BYTES;
}
