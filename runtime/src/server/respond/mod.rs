//! From the value of a response type, or an error, to the response: the inverse of decoding.
//!
//! Read in this order: [`writer`] (a response that is written), [`value`] (its headers and members), [`traits`] (what is
//! written of a type), [`kinds`] (what is written of a response, by the kind that the request declares), and `events`.
//!
//! Invariant: what is written is read back, by the same claims and names; what cannot be is a 500 that says why, without a
//! value in it.

#[cfg(feature = "events")]
mod events;
mod kinds;
mod traits;
mod value;
mod writer;

#[cfg(feature = "events")]
pub use self::events::WriteEvent;
#[cfg(feature = "events")]
pub(super) use self::events::respond_events;
pub use self::{
    kinds::{
        AsAny, AsBytes, AsEmpty, AsJson, AsLines, AsStream, AsText, NotWritten, WriteAs,
        WriteLines, WriteStream,
    },
    traits::{WriteError, WriteResponse},
    value::{ObjectWriter, WriteValue},
    writer::{ResponseWriter, Unwritable, Written},
};
