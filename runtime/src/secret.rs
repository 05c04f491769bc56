//! Values that appear on the wire alone.
//!
//! A `Secret` serializes like the value it holds. While a request is rendered for people ([`redacting`]), it
//! serializes as a marker instead, wherever it sits in a body. Invariant: a marker holds a [`Nonce`] made for that one
//! rendering, so no value can pass for one.

use std::{
    cell::Cell,
    fmt,
    hash::{BuildHasher, RandomState},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use zeroize::Zeroize;

use crate::secrets;

/// A value that is sent, but never shown: an API key, a password, an authorization code.
///
/// `Debug` shows `Secret(…)`; there is no `Display`. Serde reads and writes it like the value itself, and its errors do
/// not repeat the value. If an API repeats it, as it is or escaped, an error shows `(hidden)` in its place, unless it is
/// shorter than four bytes.
///
/// ```
/// use api_request::Secret;
///
/// let key = Secret::new("sk-or-v1-0e6f".to_owned());
/// assert_eq!(format!("{key:?}"), "Secret(…)");
/// assert_eq!(key.expose(), "sk-or-v1-0e6f");
/// ```
///
/// # What is wiped
///
/// The value is wiped on drop, by [`zeroize`]. So are the path, query, headers and body that a request with secrets is
/// encoded into, and the credentials of a client, when the last request that holds them is dropped.
///
/// Not wiped are:
///
/// - copies that the program made before it had the `Secret`, or that a text left behind where it grew
/// - what a request that outgrows 512 bytes leaves in its first, smaller buffers
/// - what the transport copies for the connection and TLS
/// - what responses repeat
pub struct Secret<T: SecretValue>(T);

/// A value that a [`Secret`] can hold: one whose memory can be wiped.
#[doc(hidden)]
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be held by a `Secret`, which wipes its memory on drop",
    label = "cannot be wiped",
    note = "use `Secret<String>` for text and `Secret<Vec<u8>>` for bytes, or implement `zeroize::Zeroize` for a type of your own",
    note = "or write `#[api(secret)]` on a field without `Secret`, which is then not shown, and not wiped"
)]
pub trait SecretValue: Zeroize {}

#[diagnostic::do_not_recommend]
impl<T: Zeroize> SecretValue for T {}

impl<T: Zeroize> Secret<T> {
    /// Creates a secret.
    #[must_use]
    pub const fn new(value: T) -> Self {
        Self(value)
    }

    /// Returns the value, to code that needs it.
    #[must_use]
    pub const fn expose(&self) -> &T {
        &self.0
    }
}

impl<T: SecretValue> Drop for Secret<T> {
    fn drop(&mut self) {
        self.0.zeroize();
    }
}

impl<T: Zeroize> From<T> for Secret<T> {
    fn from(value: T) -> Self {
        Self(value)
    }
}

impl From<&str> for Secret<String> {
    fn from(value: &str) -> Self {
        Self(value.to_owned())
    }
}

impl<T: Zeroize + Clone> Clone for Secret<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T: Zeroize + Default> Default for Secret<T> {
    fn default() -> Self {
        Self(T::default())
    }
}

impl<T: Zeroize> fmt::Debug for Secret<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

impl<'de, T: Zeroize + Deserialize<'de>> Deserialize<'de> for Secret<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        // Serde's messages quote what they found, so the cause is dropped on purpose.
        T::deserialize(deserializer)
            .map(Self)
            .map_err(|_| de::Error::custom("a secret of another type"))
    }
}

impl<T: Zeroize + Serialize> Serialize for Secret<T> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if let Some((name, nonce)) = REDACT_AS.get() {
            return redact(&self.0, name, nonce, serializer);
        }
        SEEN.set(true);
        secrets::keep_value(&self.0);
        self.0
            .serialize(serializer)
            .map_err(|_| ser::Error::custom("a secret that cannot be serialized"))
    }
}

// Serde hands a `Serialize` implementation nothing but the serializer, whose type is not ours in a JSON body. So what a
// `Secret` is to do, and that there was one, go beside it; both are set and read within one encoding, on one thread.
thread_local! {
    /// The name that secrets are redacted as, and the nonce of the rendering; `None` on the way to the wire.
    static REDACT_AS: Cell<Option<(&'static str, Nonce)>> = const { Cell::new(None) };
    /// A secret was serialized, so the header it is in is marked sensitive.
    static SEEN: Cell<bool> = const { Cell::new(false) };
}

/// Tells that a secret was written that is not a `Secret`.
#[cfg(feature = "multipart")]
pub(crate) fn see() {
    SEEN.set(true);
}

/// Returns whether a secret was serialized since the last call.
pub(crate) fn take_seen() -> bool {
    SEEN.replace(false)
}

/// What tells the markers of one rendering from text that looks like one.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Nonce(u64);

impl Nonce {
    pub(crate) fn new() -> Self {
        // `RandomState` has the only random numbers in the standard library.
        Self(RandomState::new().hash_one(0))
    }

    /// What stands for a secret called `name` until it is shown. Its characters are not escaped anywhere: not in a
    /// URL, a form, a header or JSON.
    pub(crate) fn marker(self, name: &str) -> String {
        self.marker_of(name, false)
    }

    /// What stands for a secret that is `raw` if it is not a JSON string.
    pub(crate) fn marker_of(self, name: &str, raw: bool) -> String {
        let kind = if raw { "r" } else { "t" };
        format!("{}{}.{kind}", self.start(), variable(name))
    }

    /// The same for JSON that is not text, in whose place it stands in quotes.
    pub(crate) fn raw_marker(self, name: &str) -> String {
        format!("{}{}.r", self.start(), variable(name))
    }

    fn start(self) -> String {
        format!("secret.{}.", self.digits())
    }

    /// It in hexadecimal digits.
    pub(crate) fn digits(self) -> String {
        format!("{:016x}", self.0)
    }

    /// The first marker in `text`.
    pub(crate) fn find(self, text: &str) -> Option<Mark<'_>> {
        let (before, rest) = text.split_once(&*self.start())?;
        let (variable, rest) = rest.split_once('.')?;
        let (kind, after) = rest.split_at_checked(1)?;
        Some(Mark {
            before,
            variable,
            raw: kind == "r",
            after,
        })
    }
}

/// A marker found in a text.
pub(crate) struct Mark<'t> {
    pub(crate) before: &'t str,
    pub(crate) variable: &'t str,
    /// The secret is not a JSON string, so its marker's quotes do not belong to it.
    pub(crate) raw: bool,
    pub(crate) after: &'t str,
}

/// A guard: while it lives, secrets serialize as the marker for a name.
pub(crate) struct Redacting(Option<(&'static str, Nonce)>);

pub(crate) fn redacting(name: &'static str, nonce: Nonce) -> Redacting {
    Redacting(REDACT_AS.replace(Some((name, nonce))))
}

impl Drop for Redacting {
    fn drop(&mut self) {
        REDACT_AS.set(self.0);
    }
}

fn redact<T: Serialize, S: Serializer>(
    value: &T,
    name: &str,
    nonce: Nonce,
    serializer: S,
) -> Result<S::Ok, S::Error> {
    use serde_json::Value;

    let raw = match serde_json::to_value(value) {
        Ok(Value::Null) => return serializer.serialize_none(),
        Ok(Value::String(_)) | Err(_) => false,
        Ok(_) => true,
    };
    serializer.serialize_str(&nonce.marker_of(name, raw))
}

/// The shell variable that stands for the secret called `name`.
pub(crate) fn variable(name: &str) -> String {
    let upper: String = name
        .chars()
        .map(|c| match c {
            c if c.is_ascii_alphanumeric() => c.to_ascii_uppercase(),
            _ => '_',
        })
        .collect();
    match &*upper {
        // Every shell has these.
        "HOME" | "IFS" | "PATH" | "PWD" | "SHELL" | "USER" => upper + "_",
        name if name.starts_with(|c: char| c.is_ascii_alphabetic()) => upper,
        _ => format!("_{upper}"),
    }
}
