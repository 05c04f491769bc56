//! A part of a multipart body, as a program builds it.
//!
//! A part goes through serde like every other value, so that an `Option` or a list of parts, or a type around one, is
//! what it looks like. Serde cannot carry a stream: [`take`] opens a handoff, and the part, while it is serialized,
//! puts itself in. Invariant: without an open handoff, a part is an error, whatever the serializer.

use std::{cell::RefCell, fmt};

use bytes::Bytes;
#[cfg(feature = "server")]
use serde::{Deserialize, Deserializer, de};
use serde::{Serialize, Serializer, ser};

use crate::{Body, secrets::HIDDEN, sensitive::is_sensitive};

/// A part of a `multipart/form-data` body ([RFC 7578](https://www.rfc-editor.org/rfc/rfc7578)), for a field with
/// `#[api(part)]`.
///
/// What a part says about itself beats what the attribute says. A part that has a filename and no content type gets the
/// one that goes with the filename's extension, or else `application/octet-stream`; so do bytes, files and streams
/// without a filename, while text has none.
///
/// It implements `Serialize`, so that options and lists of parts are values of a field too. Anywhere but in a
/// multipart body, to serialize it is an error.
///
/// ```
/// use api_request::{ApiRequest, BaseUrl, Part};
///
/// #[derive(ApiRequest)]
/// #[api(method = POST, path = "/images", fields = part)]
/// struct CreateImage {
///     title: &'static str,
///     image: Part,
/// }
///
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let image = Part::bytes(b"\x89PNG".as_slice()).filename("ada.png");
/// let http = CreateImage { title: "Ada", image }.to_http(&base)?;
/// let body = String::from_utf8_lossy(http.body().as_bytes().unwrap());
/// assert!(body.contains("name=\"title\"\r\n\r\nAda\r\n"));
/// assert!(body.contains("name=\"image\"; filename=\"ada.png\"\r\nContent-Type: image/png\r\n\r\n"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[must_use = "a part does nothing by itself"]
pub struct Part {
    pub(crate) content: Body,
    pub(crate) is_text: bool,
    filename: Option<String>,
    /// The filename that is there if no other is given.
    name_of_file: Option<String>,
    pub(crate) content_type: Option<String>,
    pub(crate) headers: Vec<(String, String)>,
}

impl Part {
    /// Creates a part from bytes.
    ///
    /// ```
    /// let part = api_request::Part::bytes(vec![1, 2, 3]).content_type("application/x-thing");
    /// ```
    pub fn bytes(bytes: impl Into<Bytes>) -> Self {
        Self::body(bytes.into())
    }

    /// Creates a part from text, which is sent in UTF-8, as it is.
    ///
    /// ```
    /// let part = api_request::Part::text("# Notes").filename("notes.md");
    /// ```
    pub fn text(text: impl Into<String>) -> Self {
        Self {
            is_text: true,
            ..Self::body(text.into())
        }
    }

    /// Creates a part from a file, which is opened when it is sent: see [`Body::file`]. Its filename is the last
    /// component of the path, unless another one is given.
    ///
    /// ```
    /// let part = api_request::Part::file("photos/ada.jpg").filename("portrait.jpg");
    /// ```
    #[cfg(feature = "client")]
    #[cfg_attr(docsrs, doc(cfg(feature = "client")))]
    pub fn file(path: impl AsRef<std::path::Path>) -> Self {
        let name = path.as_ref().file_name();
        Self {
            name_of_file: name.map(|name| name.to_string_lossy().into_owned()),
            ..Self::body(Body::file(path))
        }
    }

    /// Creates a part from a body, such as a stream. A body that can be sent once makes a request that can be sent
    /// once.
    ///
    /// ```
    /// # use api_request::{Body, Part};
    /// # fn lines() -> impl futures_util::Stream<Item = Result<bytes::Bytes, std::io::Error>> + Send { futures_util::stream::empty() }
    /// let part = Part::body(Body::stream(|| lines())).content_type("application/jsonl");
    /// ```
    pub fn body(body: impl Into<Body>) -> Self {
        Self {
            content: body.into(),
            is_text: false,
            filename: None,
            name_of_file: None,
            content_type: None,
            headers: Vec::new(),
        }
    }

    /// Sets the filename.
    ///
    /// ```
    /// let part = api_request::Part::bytes("a,b\n").filename("table.csv");
    /// ```
    pub fn filename(mut self, filename: impl Into<String>) -> Self {
        self.filename = Some(filename.into());
        self
    }

    /// Sets the content type. An invalid media type is an error when the request is encoded.
    ///
    /// ```
    /// let part = api_request::Part::text("{}").content_type("application/json");
    /// ```
    pub fn content_type(mut self, content_type: impl Into<String>) -> Self {
        self.content_type = Some(content_type.into());
        self
    }

    /// Adds a header field to the part. On the wire, these header fields come after `Content-Disposition` and
    /// `Content-Type`, in the order in which they are added.
    ///
    /// It is an error when the request is encoded if the name is not a token
    /// ([RFC 9110, section 5.6.2](https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2)), is there already, or is
    /// `Content-Disposition`, `Content-Type` or `Content-Transfer-Encoding`; or if the value has a control character other
    /// than a tab, or white space at an end. A value whose name says that it is a credential, such as `X-Api-Key`, is
    /// shown neither by `Debug` nor by `to_curl`.
    ///
    /// ```
    /// let part = api_request::Part::text("<p>hello</p>").header("Content-ID", "<body@example.com>");
    /// ```
    pub fn header(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// Returns the filename, if one is set or was received.
    ///
    /// ```
    /// let part = api_request::Part::bytes("a,b\n").filename("table.csv");
    /// assert_eq!(part.get_filename(), Some("table.csv"));
    /// ```
    #[must_use]
    pub fn get_filename(&self) -> Option<&str> {
        self.filename.as_deref()
    }

    /// Returns the content type, if one is set or was received.
    ///
    /// ```
    /// let part = api_request::Part::text("{}").content_type("application/json");
    /// assert_eq!(part.get_content_type(), Some("application/json"));
    /// ```
    #[must_use]
    pub fn get_content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Returns the content, which is in memory if a server has received the part.
    ///
    /// ```
    /// let part = api_request::Part::text("hello");
    /// assert_eq!(part.content().as_bytes().unwrap(), "hello");
    /// ```
    #[must_use]
    pub const fn content(&self) -> &Body {
        &self.content
    }

    /// What a server has received.
    #[cfg(feature = "server")]
    pub(crate) fn received(
        bytes: Bytes,
        filename: Option<String>,
        content_type: Option<String>,
        headers: Vec<(String, String)>,
    ) -> Self {
        Self {
            is_text: content_type.is_none(),
            filename,
            content_type,
            headers,
            ..Self::body(bytes)
        }
    }

    /// The filename, where `declared` is what the attribute says.
    pub(crate) fn filename_or<'p>(&'p self, declared: Option<&'p str>) -> Option<&'p str> {
        let given = self.filename.as_deref().or(declared);
        given.or(self.name_of_file.as_deref())
    }
}

/// A part with the same content; what can be sent once goes to whichever is sent first.
impl Clone for Part {
    fn clone(&self) -> Self {
        Self {
            content: self.content.share(),
            is_text: self.is_text,
            filename: self.filename.clone(),
            name_of_file: self.name_of_file.clone(),
            content_type: self.content_type.clone(),
            headers: self.headers.clone(),
        }
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Part")
            .field("content", &self.content)
            .field("filename", &self.filename)
            .field("content_type", &self.content_type)
            .field("headers", &PartHeaders(&self.headers))
            .finish_non_exhaustive()
    }
}

/// The headers of a part for `Debug`, without what may be secret.
struct PartHeaders<'p>(&'p [(String, String)]);

impl fmt::Debug for PartHeaders<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |value| {
            if is_credential(value) {
                HIDDEN
            } else {
                &value.1
            }
        };
        let entries = self.0.iter().map(|header| (&header.0, shown(header)));
        f.debug_map().entries(entries).finish()
    }
}

/// Whether the name of a header says that its value is a credential.
pub(crate) fn is_credential((name, _): &(String, String)) -> bool {
    is_sensitive(&name.to_ascii_lowercase())
}

/// The newtype that a part serializes as.
pub(crate) const NEWTYPE: &str = "$api_request::Part";

impl Serialize for Part {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_newtype_struct(NEWTYPE, &Handover(self))
    }
}

struct Handover<'p>(&'p Part);

impl Serialize for Handover<'_> {
    fn serialize<S: Serializer>(&self, _: S) -> Result<S::Ok, S::Error> {
        HANDOFF.with_borrow_mut(|handoff| {
            if let Handoff::Open = handoff {
                *handoff = Handoff::Filled(self.0.clone());
            }
        });
        Err(ser::Error::custom(
            "a `Part` is not supported outside of a multipart body",
        ))
    }
}

enum Handoff {
    Closed,
    Open,
    Filled(Part),
}

// A serializer gets data, not a `Body`: so the part is handed over beside it, within one call of `take`.
thread_local! {
    static HANDOFF: RefCell<Handoff> = const { RefCell::new(Handoff::Closed) };
}

/// The part that `serialize` comes upon, or else what it returns.
pub(crate) fn take<E>(serialize: impl FnOnce() -> Result<(), E>) -> Result<Option<Part>, E> {
    HANDOFF.set(Handoff::Open);
    let result = serialize();
    match HANDOFF.replace(Handoff::Closed) {
        Handoff::Filled(part) => Ok(Some(part)),
        Handoff::Open | Handoff::Closed => result.map(|()| None),
    }
}

/// A part is handed over beside the deserializer, too.
#[cfg(feature = "server")]
impl<'de> Deserialize<'de> for Part {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_newtype_struct(NEWTYPE, Handed)
    }
}

/// Gives the part to the [`Part`] that `deserialize` reads.
#[cfg(feature = "server")]
pub(crate) fn give<T>(part: Part, deserialize: impl FnOnce() -> T) -> T {
    HANDOFF.set(Handoff::Filled(part));
    let result = deserialize();
    HANDOFF.set(Handoff::Closed);
    result
}

#[cfg(feature = "server")]
struct Handed;

#[cfg(feature = "server")]
impl de::Visitor<'_> for Handed {
    type Value = Part;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a part of a multipart body")
    }

    fn visit_unit<E: de::Error>(self) -> Result<Part, E> {
        match HANDOFF.replace(Handoff::Closed) {
            Handoff::Filled(part) => Ok(part),
            Handoff::Open | Handoff::Closed => Err(E::invalid_type(de::Unexpected::Unit, &self)),
        }
    }
}
