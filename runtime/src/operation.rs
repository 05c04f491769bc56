//! What a request declares, as data.
//!
//! The derive states these facts once, in a constant; encoding reads them, and so can documentation, a check against an
//! `OpenAPI` document or a server. Invariant: nothing here depends on the values of a request.

use http::Method;

/// What a request struct declares: one API operation, known at compile time.
///
/// Reached as [`ApiRequest::OPERATION`](crate::ApiRequest::OPERATION). The term is that of
/// [OpenAPI 3.1](https://spec.openapis.org/oas/v3.1.1.html#operation-object).
///
/// ```
/// use api_request::{ApiRequest, Location};
///
/// /// Lists the keys assigned to a guardrail.
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/guardrails/{id}/assignments/keys")]
/// struct ListKeyAssignments {
///     id: String,
///     #[api(query)]
///     limit: Option<u32>,
/// }
///
/// let operation = ListKeyAssignments::OPERATION;
/// assert_eq!(operation.name(), "ListKeyAssignments");
/// assert_eq!(operation.path(), "/guardrails/{id}/assignments/keys");
/// assert_eq!(operation.params()[1].location(), Location::Query);
/// assert!(!operation.params()[1].required());
/// ```
#[derive(Debug, Clone, Copy)]
#[cfg_attr(
    not(all(feature = "client", feature = "events")),
    allow(dead_code, reason = "each feature reads its own")
)]
pub struct Operation {
    pub(crate) name: &'static str,
    pub(crate) method: &'static str,
    pub(crate) path: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) auth: Auth,
    pub(crate) idempotency: Idempotency,
    /// The path template, cut into literal text and values; empty if it is all text.
    pub(crate) route: &'static [Piece],
    /// Header and query parameters with a fixed value.
    pub(crate) constants: &'static [Constant],
    /// The parameters in the order in which their values are handed to the encoder.
    pub(crate) fields: &'static [Param],
    /// What `params()` lists, where that is not `fields`: without the flattened ones.
    pub(crate) listed: Option<&'static [Param]>,
    pub(crate) content: Option<Content>,
    pub(crate) events: Option<Events>,
}

impl Operation {
    /// The operation's name: the type's name, or what `#[api(name = "…")]` says.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        // The derive has checked that it is a token, so the fallback is never taken.
        Method::from_bytes(self.method.as_bytes()).unwrap_or_default()
    }

    /// The path template as declared, relative to the base URL: `/guardrails/{id}/keys`.
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// The doc comment of the request struct, without leading blanks; empty if there is none.
    #[must_use]
    pub const fn doc(&self) -> &'static str {
        self.doc
    }

    /// The declared path, query, header and cookie parameters in order, without flattened ones and constants.
    #[must_use]
    pub const fn params(&self) -> &'static [Param] {
        match self.listed {
            Some(listed) => listed,
            None => self.fields,
        }
    }

    /// The media type of the request body, if a body is declared.
    #[must_use]
    pub const fn content_type(&self) -> Option<&'static str> {
        match &self.content {
            Some(content) => Some(content.media_type),
            None => None,
        }
    }
}

/// How the expansion states an operation: what every one has, then what differs from the default. Function calls cost
/// the compiler less than a struct literal that takes the rest from a default.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "they are called by the expansion alone"
)]
impl Operation {
    pub const fn declare(
        name: &'static str,
        method: &'static str,
        path: &'static str,
        fields: &'static [Param],
    ) -> Self {
        Self {
            name,
            method,
            path,
            doc: "",
            auth: Auth::Optional,
            idempotency: Idempotency::OfMethod,
            route: &[],
            constants: &[],
            fields,
            listed: None,
            content: None,
            events: None,
        }
    }

    pub const fn with_route(self, route: &'static [Piece]) -> Self {
        Self { route, ..self }
    }

    pub const fn with_doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    pub const fn with_auth(self, auth: Auth) -> Self {
        Self { auth, ..self }
    }

    pub const fn with_idempotency(self, idempotency: Idempotency) -> Self {
        Self {
            idempotency,
            ..self
        }
    }

    pub const fn with_constants(self, constants: &'static [Constant]) -> Self {
        Self { constants, ..self }
    }

    pub const fn with_listed(self, listed: &'static [Param]) -> Self {
        Self {
            listed: Some(listed),
            ..self
        }
    }

    pub const fn with_content(self, content: Content) -> Self {
        Self {
            content: Some(content),
            ..self
        }
    }

    pub const fn with_events(self, events: Events) -> Self {
        Self {
            events: Some(events),
            ..self
        }
    }
}

/// One declared path, query, header or cookie parameter.
#[derive(Debug, Clone, Copy)]
pub struct Param {
    pub(crate) kind: Kind,
    /// The name as declared.
    pub(crate) name: &'static str,
    /// The name as it is written: percent-encoded in a query, form-encoded in a form, JSON-escaped in a JSON body;
    /// in a part, without quotes and line ends.
    pub(crate) wire: &'static str,
    pub(crate) field: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) required: bool,
    pub(crate) secret: bool,
    pub(crate) flatten: bool,
}

impl Param {
    /// The name on the wire, before any encoding: `X-OpenRouter-Title`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// The Rust field's name, without `r#`; its index in a tuple struct.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// The doc comment of the field, without leading blanks; empty if there is none.
    #[must_use]
    pub const fn doc(&self) -> &'static str {
        self.doc
    }

    /// Where the parameter is sent.
    #[must_use]
    pub const fn location(&self) -> Location {
        match self.kind {
            Kind::Path { .. } => Location::Path,
            Kind::Header { .. } => Location::Header,
            Kind::Cookie => Location::Cookie,
            // `params()` holds no member of a body.
            Kind::Query { .. } | Kind::Form { .. } | Kind::Json { .. } | Kind::Part { .. } => {
                Location::Query
            }
        }
    }

    /// Whether a value is always sent: false for an `Option`.
    #[must_use]
    pub const fn required(&self) -> bool {
        self.required
    }

    /// Whether the value is a secret, which appears nowhere but on the wire.
    #[must_use]
    pub const fn secret(&self) -> bool {
        self.secret
    }
}

/// How the expansion states a parameter: one of these for its place, then what differs from the default.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "they are called by the expansion alone"
)]
impl Param {
    const fn new(kind: Kind, name: &'static str, field: &'static str, required: bool) -> Self {
        Self {
            kind,
            name,
            wire: name,
            field,
            doc: "",
            required,
            secret: false,
            flatten: false,
        }
    }

    pub const fn path(name: &'static str, field: &'static str) -> Self {
        let kind = Kind::Path {
            explode: false,
            allow_empty: false,
        };
        Self::new(kind, name, field, true)
    }

    pub const fn query(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = Kind::Query {
            style: Style::Form,
            explode: true,
        };
        Self::new(kind, name, field, required)
    }

    pub const fn header(name: &'static str, field: &'static str, required: bool) -> Self {
        Self::new(Kind::Header { explode: false }, name, field, required)
    }

    pub const fn cookie(name: &'static str, field: &'static str, required: bool) -> Self {
        Self::new(Kind::Cookie, name, field, required)
    }

    pub const fn form(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = Kind::Form {
            style: Style::Form,
            explode: true,
        };
        Self::new(kind, name, field, required)
    }

    pub const fn json(name: &'static str, field: &'static str, required: bool) -> Self {
        Self::new(Kind::Json { null: false }, name, field, required)
    }

    pub const fn part(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = Kind::Part {
            filename: "",
            content_type: "",
        };
        Self::new(kind, name, field, required)
    }

    pub const fn with_kind(self, kind: Kind) -> Self {
        Self { kind, ..self }
    }

    pub const fn with_wire(self, wire: &'static str) -> Self {
        Self { wire, ..self }
    }

    pub const fn with_doc(self, doc: &'static str) -> Self {
        Self { doc, ..self }
    }

    pub const fn with_secret(self, secret: bool) -> Self {
        Self { secret, ..self }
    }

    pub const fn flattened(self) -> Self {
        Self {
            flatten: true,
            ..self
        }
    }
}

/// Where a parameter is sent, in `OpenAPI`'s terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Location {
    /// A part of the path.
    Path,
    /// A parameter in the query.
    Query,
    /// A header.
    Header,
    /// A pair in the `Cookie` header.
    Cookie,
}

/// The place of a value, with what its encoding depends on.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Path {
        explode: bool,
        allow_empty: bool,
    },
    Query {
        style: Style,
        explode: bool,
    },
    Header {
        explode: bool,
    },
    Cookie,
    Form {
        style: Style,
        explode: bool,
    },
    Json {
        null: bool,
    },
    /// What is empty is not declared.
    Part {
        filename: &'static str,
        content_type: &'static str,
    },
}

/// How lists, structs and maps are written in a query or form.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    Form,
    Space,
    Pipe,
    Deep,
    Brackets,
}

/// A piece of the path template.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    /// Text that is written as it is.
    Text(&'static str),
    /// The value of the field with this index in `Operation::fields`.
    Field(usize),
}

/// A header or query parameter that is sent with a fixed value.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Constant {
    /// Percent-encoded name and value.
    Query {
        name: &'static str,
        value: &'static str,
    },
    /// Lower-case name and value. The name is in the table of header names too.
    Header {
        name: &'static str,
        value: &'static str,
    },
}

/// Whether the client's credentials go along.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Auth {
    Optional,
    Required,
    None,
}

/// Whether sending the request twice is the same as sending it once.
#[doc(hidden)]
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Idempotency {
    /// As the method is.
    OfMethod,
    /// It is.
    Declared,
    /// It is, by a key in the header of this lower-case name.
    Key(&'static str),
}

/// The body.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Content {
    pub(crate) media_type: &'static str,
    /// The field of a whole body; empty where members make the body.
    pub(crate) field: &'static str,
    pub(crate) secret: bool,
    /// The members of a JSON or form body or the parts of a multipart body, in order.
    pub(crate) members: &'static [Param],
}

#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    reason = "they are called by the expansion alone"
)]
impl Content {
    /// The value of one field.
    pub const fn whole(media_type: &'static str, field: &'static str, secret: bool) -> Self {
        Self {
            media_type,
            field,
            secret,
            members: &[],
        }
    }

    pub const fn of_members(media_type: &'static str, members: &'static [Param]) -> Self {
        Self {
            media_type,
            field: "",
            secret: false,
            members,
        }
    }
}

/// The event stream that the answer can be.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Events {
    /// The member of the JSON body that is `true` when events are asked for.
    pub flag: Option<&'static str>,
    /// The data of the event after which there is none.
    pub done: Option<&'static str>,
}
