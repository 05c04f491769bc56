//! What is written of a response type, by the kind that the request declares, and of the bodies that are not JSON.

use bytes::Bytes;
use http::StatusCode;

use super::{
    traits::WriteResponse,
    value::WriteValue,
    writer::{ResponseWriter, Unwritable, Written},
};
#[cfg(feature = "lines")]
use crate::Lines;
use crate::{
    Body, ByteStream,
    encoder::{BytesValue, write_text},
};

/// A kind of response that can be written from a `T`.
#[diagnostic::on_unimplemented(
    message = "a response in a format of its own cannot be written: `ResponseFormat` only decodes",
    label = "declared with `response(with = …)`",
    note = "declare the response as `text` or `bytes`, or write the `http::Response` yourself"
)]
pub trait WriteAs<T> {
    /// Writes the response.
    ///
    /// # Errors
    ///
    /// Fails if a value cannot be serialized.
    fn write_as(value: T, writer: &mut ResponseWriter) -> Written;
}

/// `response = T`.
#[derive(Debug)]
pub struct AsJson;

/// `response(text)`.
#[derive(Debug)]
pub struct AsText;

/// `response(bytes)`.
#[derive(Debug)]
pub struct AsBytes;

/// `response(stream)`.
#[derive(Debug)]
pub struct AsStream;

/// `response(lines = T)`.
#[derive(Debug)]
pub struct AsLines;

/// `response(empty)`.
#[derive(Debug)]
pub struct AsEmpty;

/// `response(with = F)`.
#[derive(Debug)]
pub struct NotWritten;

/// Stands where a struct whose attributes do not compile would be written.
#[derive(Debug)]
pub struct AsAny;

#[diagnostic::do_not_recommend]
impl<T> WriteAs<T> for AsAny {
    fn write_as(_: T, _: &mut ResponseWriter) -> Written {
        Ok(())
    }
}

impl<T: WriteResponse> WriteAs<T> for AsJson {
    fn write_as(value: T, writer: &mut ResponseWriter) -> Written {
        value.write_response(writer)
    }
}

#[diagnostic::do_not_recommend]
impl WriteAs<String> for AsText {
    fn write_as(value: String, writer: &mut ResponseWriter) -> Written {
        writer.body(TEXT, value);
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl WriteAs<Bytes> for AsBytes {
    fn write_as(value: Bytes, writer: &mut ResponseWriter) -> Written {
        writer.body(BYTES, value);
        Ok(())
    }
}

#[diagnostic::do_not_recommend]
impl WriteAs<ByteStream> for AsStream {
    fn write_as(value: ByteStream, writer: &mut ResponseWriter) -> Written {
        writer.headers = value.made_headers();
        writer.body(BYTES, value);
        Ok(())
    }
}

#[cfg(feature = "lines")]
#[diagnostic::do_not_recommend]
impl<T, E> WriteAs<Lines<T, E>> for AsLines {
    fn write_as(value: Lines<T, E>, writer: &mut ResponseWriter) -> Written {
        writer.lines(value)
    }
}

#[diagnostic::do_not_recommend]
impl WriteAs<()> for AsEmpty {
    fn write_as((): (), writer: &mut ResponseWriter) -> Written {
        writer.choose_empty();
        Ok(())
    }
}

const TEXT: &str = "text/plain; charset=utf-8";
const BYTES: &str = "application/octet-stream";

/// A field that is a body as it is received.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as a streamed body",
    label = "not a `ByteStream`",
    note = "use `api_request::ByteStream`"
)]
pub trait WriteStream {
    /// The body.
    fn into_body(self) -> Body;
}

#[diagnostic::do_not_recommend]
impl WriteStream for ByteStream {
    fn into_body(self) -> Body {
        self.into()
    }
}

/// A field that is a body of lines.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as lines",
    label = "not `Lines<T>`",
    note = "use `api_request::Lines`"
)]
pub trait WriteLines {
    /// The body.
    fn into_body(self) -> Body;
}

#[cfg(feature = "lines")]
#[diagnostic::do_not_recommend]
impl<T, E> WriteLines for Lines<T, E> {
    fn into_body(self) -> Body {
        self.into_body()
    }
}

impl ResponseWriter {
    /// A response without a body.
    fn choose_empty(&mut self) {
        // 204 is a status, so this is never an error.
        let _ = self.status(StatusCode::NO_CONTENT);
    }

    /// Takes a body of text.
    ///
    /// # Errors
    ///
    /// Fails if the value is not a single one.
    pub fn text<T: WriteValue>(&mut self, value: &T) -> Written {
        let text = write_text(value);
        let text = text.map_err(|problem| {
            Unwritable::new(format!("the body {}", problem.into_reason(true)))
        })?;
        self.body(TEXT, text);
        Ok(())
    }

    /// Takes a body of bytes.
    ///
    /// # Errors
    ///
    /// None, as those of a stream: the expansion asks for a result of each.
    pub fn bytes<T: BytesValue>(&mut self, value: &T) -> Written {
        self.body(BYTES, value.to_bytes().unwrap_or_default());
        Ok(())
    }

    /// Takes a body that is streamed.
    ///
    /// # Errors
    ///
    /// None.
    pub fn stream<T: WriteStream>(&mut self, value: T) -> Written {
        self.body(BYTES, value.into_body());
        Ok(())
    }

    /// Takes a body of lines.
    ///
    /// # Errors
    ///
    /// None: what cannot be written ends the body.
    pub fn lines<L: WriteLines>(&mut self, value: L) -> Written {
        self.body("application/x-ndjson", value.into_body());
        Ok(())
    }
}
