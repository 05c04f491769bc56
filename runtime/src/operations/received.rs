//! The response to an operation that is called by its name.

use std::pin::Pin;
#[cfg(feature = "lines")]
use std::{future::poll_fn, pin::pin};

#[cfg(feature = "lines")]
use futures_core::Stream as _;
use serde_json::Value;

#[cfg(feature = "lines")]
use crate::response::lines;
use crate::{
    ApiRequest, Call, Error,
    response::{AnyResponse, EMPTY, Format, STREAM, TEXT, any, any_stream},
    server::{AsAny, AsBytes, AsEmpty, AsJson, AsLines, AsStream, AsText, NotWritten},
};

pub(super) type Receiving =
    Pin<Box<dyn Future<Output = Result<AnyResponse, Error>> + Send + 'static>>;

/// The kind of a response, by which it is received.
pub trait ReceiveAs<R: ApiRequest> {
    /// The response is bytes.
    const IS_RAW: bool = false;

    /// Sends the request.
    fn receive(call: Call<'_, R>) -> Receiving;
}

fn boxed<R, T>(call: Call<'_, R>, format: &Format<T>, into: fn(T) -> AnyResponse) -> Receiving
where
    R: ApiRequest + 'static,
    T: 'static,
{
    let sending = call.send_format(format);
    Box::pin(async move { sending.await.map(into).map_err(Error::erase) })
}

macro_rules! kinds {
    ($($kind:ty, $is_raw:literal, $format:expr, $into:expr;)*) => {$(
        #[diagnostic::do_not_recommend]
        impl<R: ApiRequest + 'static> ReceiveAs<R> for $kind {
            const IS_RAW: bool = $is_raw;

            fn receive(call: Call<'_, R>) -> Receiving {
                boxed(call, &$format, $into)
            }
        }
    )*};
}

kinds! {
    AsJson, false, any(&R::FORMAT), |response| response;
    AsText, false, TEXT, |text| AnyResponse::Json(text.into());
    AsEmpty, false, EMPTY, |()| AnyResponse::Json(Value::Null);
    AsBytes, true, STREAM, AnyResponse::Bytes;
    AsStream, true, STREAM, AnyResponse::Bytes;
    NotWritten, true, any_stream(&R::FORMAT), AnyResponse::Bytes;
    AsAny, false, EMPTY, |()| AnyResponse::Json(Value::Null);
}

#[cfg(not(feature = "lines"))]
kinds! { AsLines, true, STREAM, AnyResponse::Bytes; }

#[cfg(feature = "lines")]
#[diagnostic::do_not_recommend]
impl<R: ApiRequest + 'static> ReceiveAs<R> for AsLines {
    fn receive(call: Call<'_, R>) -> Receiving {
        let sending = call.send_format(&lines::<Value, R::Error>());
        Box::pin(async move {
            let mut lines = pin!(sending.await.map_err(Error::erase)?);
            let mut values = Vec::new();
            while let Some(line) = poll_fn(|context| lines.as_mut().poll_next(context)).await {
                values.push(line.map_err(Error::erase)?);
            }
            Ok(AnyResponse::Json(values.into()))
        })
    }
}
