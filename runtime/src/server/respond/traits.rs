//! The types that can be written: by a derive, or as JSON.

use serde::{Serialize, de::DeserializeOwned};

use super::writer::{ResponseWriter, Written};
use crate::ErrorBody;

/// A response type that can be written: JSON by `Serialize`, or what `ApiResponse` is derived for.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as a response",
    label = "a response cannot be written from this",
    note = "derive `serde::Serialize` for `{Self}`, beside `serde::Deserialize`",
    note = "if `{Self}` derives `ApiResponse`, derive `serde::Serialize` for the types of its fields",
    note = "`body(with = F)` cannot be written, and beside serde's `deserialize_with` it takes `serialize_with`, not `with`"
)]
pub trait WriteResponse: Sized {
    /// Writes status, headers and body.
    ///
    /// # Errors
    ///
    /// Fails if a value cannot be serialized.
    fn write_response(self, writer: &mut ResponseWriter) -> Written;
}

// A type that derives `ApiResponse` is not `DeserializeOwned`, so nothing has two implementations; it may be `Serialize`.
#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> WriteResponse for T {
    fn write_response(self, writer: &mut ResponseWriter) -> Written {
        writer.json(&self)
    }
}

/// An error type that can be written: JSON by `Serialize`, what `ApiError` is derived for, or an `ErrorBody`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be written as an error",
    label = "an error cannot be written from this",
    note = "derive `serde::Serialize` for `{Self}`, beside `serde::Deserialize`",
    note = "if `{Self}` derives `ApiError`, derive `serde::Serialize` for the values of its variants"
)]
pub trait WriteError: Sized {
    /// Writes status, headers and body.
    ///
    /// # Errors
    ///
    /// Fails if a value cannot be serialized.
    fn write_error(self, writer: &mut ResponseWriter) -> Written;
}

// As for responses: what derives `ApiError` is not `DeserializeOwned`.
#[diagnostic::do_not_recommend]
impl<T: Serialize + DeserializeOwned> WriteError for T {
    fn write_error(self, writer: &mut ResponseWriter) -> Written {
        writer.json(&self)
    }
}

#[diagnostic::do_not_recommend]
impl WriteError for ErrorBody {
    fn write_error(self, writer: &mut ResponseWriter) -> Written {
        let (content_type, bytes) = self.into_parts();
        writer.given(content_type, bytes);
        Ok(())
    }
}
