//! What the data of events is read as.

use serde::de::DeserializeOwned;

/// A type that the data of events is read as: any that deserializes from JSON.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be the item of an event stream",
    label = "the data of an event cannot be read as this",
    note = "derive `serde::Deserialize` for `{Self}`, without a lifetime"
)]
pub trait EventItem: Sized {}

#[diagnostic::do_not_recommend]
impl<T: DeserializeOwned> EventItem for T {}
