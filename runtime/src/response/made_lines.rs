//! Lines that a program makes, for a response that it sends.
//!
//! Items are lines from the start, so that those that are made and those that were received are the same.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use bytes::Bytes;
use futures_core::Stream;
use serde::Serialize;

use super::{lines::Lines, pieces::Pieces};
use crate::{Body, BoxError, ErrorFormat};

/// Lines that a server responds with, each of them JSON.
///
/// ```
/// use api_request::{ApiRequest, FromHttp};
///
/// #[derive(serde::Serialize, serde::Deserialize)]
/// struct Token {
///     text: String,
/// }
///
/// #[derive(ApiRequest, FromHttp)]
/// #[api(method = POST, path = "/generate", response(lines = Token))]
/// struct Generate;
///
/// let tokens = ["Good ", "day"].map(|text| Token { text: text.to_owned() });
/// let response = Generate::respond(Ok(tokens.into_iter().collect()));
/// assert_eq!(response.headers()["content-type"], "application/x-ndjson");
/// let body = response.body().as_bytes().unwrap();
/// assert_eq!(body, "{\"text\":\"Good \"}\n{\"text\":\"day\"}\n");
/// ```
///
/// An item that cannot be serialized breaks the body off.
#[cfg_attr(docsrs, doc(cfg(feature = "server")))]
impl<T: Serialize, E: ErrorFormat> FromIterator<T> for Lines<T, E> {
    fn from_iter<I: IntoIterator<Item = T>>(items: I) -> Self {
        let mut all = Vec::new();
        for item in items {
            if let Err(error) = write_line(&item, &mut all) {
                let broken = Pieces {
                    first: all.into(),
                    rest: Some(Failed(Some(error))),
                };
                return Self::made(Body::once(broken).into());
            }
        }
        Self::made(Body::from(all).into())
    }
}

impl<T: Serialize, E: ErrorFormat> Lines<T, E> {
    /// Creates the lines that a server responds with from a stream of items. An error, or an item that cannot be
    /// serialized, breaks the body off, so that its reader has an error too.
    ///
    /// ```
    /// use api_request::Lines;
    /// use futures_util::{TryStreamExt, stream};
    ///
    /// # futures_util::FutureExt::now_or_never(async {
    /// let numbers = stream::iter([1, 2, 3].map(Ok::<u32, std::io::Error>));
    /// let numbers: Lines<u32> = Lines::from_stream(numbers);
    /// assert_eq!(numbers.try_collect::<Vec<_>>().await?, [1, 2, 3]);
    /// # Ok::<(), api_request::Error>(())
    /// # }).unwrap().unwrap();
    /// ```
    #[cfg_attr(docsrs, doc(cfg(feature = "server")))]
    pub fn from_stream<S, X>(items: S) -> Self
    where
        S: Stream<Item = Result<T, X>> + Send + 'static,
        X: Into<BoxError>,
    {
        Self::made(Body::once(Items(Some(Box::pin(items)))).into())
    }
}

/// A stream of items as one of lines.
struct Items<S>(Option<Pin<Box<S>>>);

impl<S, T, X> Stream for Items<S>
where
    S: Stream<Item = Result<T, X>>,
    T: Serialize,
    X: Into<BoxError>,
{
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let Some(items) = &mut self.0 else {
            return Poll::Ready(None);
        };
        let item = ready!(items.as_mut().poll_next(context));
        let line = item.map(|item| {
            let mut line = Vec::new();
            write_line(&item.map_err(Into::into)?, &mut line)?;
            Ok(line.into())
        });
        if !matches!(line, Some(Ok(_))) {
            self.0 = None;
        }
        Poll::Ready(line)
    }
}

fn write_line<T: Serialize>(item: &T, out: &mut Vec<u8>) -> Result<(), BoxError> {
    let start = out.len();
    if let Err(error) = serde_json::to_writer(&mut *out, item) {
        out.truncate(start);
        return Err(error.into());
    }
    // JSON has the ends of lines escaped; only as white space, in a `RawValue`, are they as they are.
    for byte in &mut out[start..] {
        if matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
    out.push(b'\n');
    Ok(())
}

/// An error, once.
struct Failed(Option<BoxError>);

impl Stream for Failed {
    type Item = Result<Bytes, BoxError>;

    fn poll_next(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        Poll::Ready(self.0.take().map(Err))
    }
}
