//! Values that are not what serde makes of them in their location: JSON text, and flags.

use zeroize::Zeroizing;

use super::{
    problem::Problem,
    sink::Sink,
    traits::{JsonValue, ParamValue},
};
use crate::secrets;

/// A value that is sent as JSON text.
#[expect(missing_debug_implementations, reason = "the value may be secret")]
pub struct JsonText<'v>(pub &'v dyn JsonValue);

#[diagnostic::do_not_recommend]
impl ParamValue for JsonText<'_> {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        let mut json = Zeroizing::new(Vec::new());
        let none = self
            .0
            .write(&mut json, None)
            .map_err(serde::ser::Error::custom)?;
        if none {
            return sink.none();
        }
        if sink.is_secret && sink.redact.is_off() {
            // An API may repeat a text that is in it.
            if let Ok(value) = serde_json::from_slice(&json) {
                secrets::keep_json(value);
            }
        }
        let text = std::str::from_utf8(&json).map_err(serde::ser::Error::custom)?;
        match sink.redact.unquoted(text) {
            Some(text) => sink.text(&text),
            None => sink.text(text),
        }
    }
}

/// What a flag is: whether it is there.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be a flag, which is sent without a value",
    label = "not a `bool`",
    note = "a flag is a `bool` or an `Option<bool>`: `true` is `?name`, `false` and `None` are left out",
    note = "leave out `flag` for `?name=value`"
)]
pub trait FlagValue {
    /// Whether the name is sent.
    fn is_on(&self) -> bool;
}

#[diagnostic::do_not_recommend]
impl FlagValue for bool {
    fn is_on(&self) -> bool {
        *self
    }
}

#[diagnostic::do_not_recommend]
impl FlagValue for Option<bool> {
    fn is_on(&self) -> bool {
        *self == Some(true)
    }
}

/// A flag.
#[expect(missing_debug_implementations, reason = "values are not shown")]
pub struct Flag<'v>(pub &'v dyn FlagValue);

#[diagnostic::do_not_recommend]
impl ParamValue for Flag<'_> {
    fn write(&self, sink: &mut Sink<'_>) -> Result<(), Problem> {
        if self.0.is_on() {
            sink.bare(sink.name);
        }
        Ok(())
    }
}
