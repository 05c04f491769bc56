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
/// ```
/// # #[cfg(feature = "client")] {
/// use api_request::{
///     ApiRequest, Client, Text,
///     testing::{Script, ScriptedResponse},
/// };
///
/// # #[derive(serde::Deserialize)]
/// # struct Invoice;
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/invoices/{id}", response = Invoice)]
/// struct GetInvoice {
///     id: u64,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let api = Script::new().then(ScriptedResponse::new(200).body("Due: 9.99"));
/// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
/// let invoice: String = client.call(&GetInvoice { id: 7 }).send_with::<Text>().await?;
/// assert_eq!(invoice, "Due: 9.99");
/// # Ok::<(), api_request::Error>(())
/// # }).unwrap() }
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
/// ```
/// # #[cfg(feature = "client")] {
/// use api_request::{
///     ApiRequest, Client, Raw,
///     testing::{Script, ScriptedResponse},
/// };
/// use bytes::Bytes;
///
/// # #[derive(serde::Deserialize)]
/// # struct Invoice;
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/invoices/{id}", response = Invoice)]
/// struct GetInvoice {
///     id: u64,
/// }
///
/// # tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(async {
/// let api = Script::new().then(ScriptedResponse::new(200).body("Due: 9.99"));
/// let client = Client::builder("https://api.example.com/v1").transport(api).build()?;
/// let invoice: Bytes = client.call(&GetInvoice { id: 7 }).send_with::<Raw>().await?;
/// assert_eq!(invoice, "Due: 9.99");
/// # Ok::<(), api_request::Error>(())
/// # }).unwrap() }
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
