//! A declared parameter, or a member of the body.

use std::{marker::PhantomData, slice};

use super::facts::{Auth, Constant, Notation, Piece};

/// A declared path, query, header or cookie parameter, or a member of the body.
///
/// ```
/// use api_request::{ApiRequest, Location, Secret};
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys", fields = query, rename_all = "camelCase")]
/// struct ListKeys {
///     /// How many keys, at most.
///     page_size: Option<u32>,
///     #[api(header = "X-Session")]
///     session: Secret<String>,
/// }
///
/// let size = ListKeys::OPERATION.params().find(|it| it.field() == "page_size").unwrap();
/// assert_eq!((size.name(), size.location()), ("pageSize", Location::Query));
/// assert_eq!(size.doc(), "How many keys, at most.");
/// assert!(!size.required());
///
/// let session = ListKeys::OPERATION.params().find(|it| it.secret()).unwrap();
/// assert_eq!((session.name(), session.location()), ("X-Session", Location::Header));
/// assert!(session.required());
/// ```
#[derive(Debug, Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "they are independent facts")]
pub struct Param {
    pub(crate) kind: ParamKind,
    /// The name as declared.
    pub(crate) name: &'static str,
    /// The name as it is written: percent-encoded in a query, form-encoded in a form, JSON-escaped in a JSON body;
    /// in a part, without quotes.
    pub(crate) wire: &'static str,
    pub(crate) field: &'static str,
    pub(crate) doc: &'static str,
    pub(crate) required: bool,
    pub(crate) secret: bool,
    pub(crate) flatten: bool,
    pub(super) notation: Notation,
    /// `{n}` in the name of a part is the index of the item.
    #[cfg_attr(not(feature = "multipart"), allow(dead_code))]
    pub(crate) is_numbered: bool,
}

impl Param {
    /// Returns the name on the wire, before any encoding: `X-OpenRouter-Title`. In that of a part, `{n}` is the index of the
    /// item: `files[{n}]`.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the name of the Rust field, without `r#`; its index in a tuple struct.
    #[must_use]
    pub const fn field(&self) -> &'static str {
        self.field
    }

    /// Returns the doc comment of the field, without leading blanks; empty if there is none.
    #[must_use]
    pub const fn doc(&self) -> &'static str {
        self.doc
    }

    /// Returns the location of the parameter.
    #[must_use]
    pub const fn location(&self) -> Location {
        match self.kind {
            ParamKind::Path { .. } => Location::Path,
            ParamKind::Header { .. } => Location::Header,
            ParamKind::Cookie { .. } => Location::Cookie,
            // Of a group, only the parameters in it are shown.
            ParamKind::Query { .. } | ParamKind::Group(_) => Location::Query,
            ParamKind::Url => Location::Url,
            ParamKind::Form { .. } | ParamKind::Json { .. } | ParamKind::Part { .. } => {
                Location::Body
            }
        }
    }

    /// What it declares: itself, or the parameters of a group.
    pub(crate) fn declared(&'static self) -> &'static [Self] {
        match self.kind {
            ParamKind::Group(group) => group.fields,
            _ => slice::from_ref(self),
        }
    }

    /// Returns whether a value is always sent: false for an `Option` that is not sent as `null`, for a
    /// [`Nullable`](crate::Nullable), for a flag, and for a value that `skip_serializing_if` can leave out.
    #[must_use]
    pub const fn required(&self) -> bool {
        self.required
    }

    /// Returns whether the value is a secret, which appears on the wire alone.
    #[must_use]
    pub const fn secret(&self) -> bool {
        self.secret
    }
}

/// How the expansion states a parameter: one of these for its location, then what differs from the default.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "they are called by the expansion alone"
)]
impl Param {
    const fn new(kind: ParamKind, name: &'static str, field: &'static str, required: bool) -> Self {
        Self {
            kind,
            name,
            wire: name,
            field,
            doc: "",
            required,
            secret: false,
            flatten: false,
            notation: Notation::Plain,
            is_numbered: false,
        }
    }

    pub const fn path(name: &'static str, field: &'static str) -> Self {
        let kind = ParamKind::Path {
            explode: false,
            allow_empty: false,
            segments: false,
        };
        Self::new(kind, name, field, true)
    }

    pub const fn url(name: &'static str, field: &'static str) -> Self {
        Self::new(ParamKind::Url, name, field, true)
    }

    pub const fn query(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = ParamKind::Query {
            style: Style::Undeclared,
            explode: true,
        };
        Self::new(kind, name, field, required)
    }

    pub const fn header(name: &'static str, field: &'static str, required: bool) -> Self {
        Self::new(ParamKind::Header { explode: false }, name, field, required)
    }

    pub const fn cookie(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = ParamKind::Cookie { encode: false };
        Self::new(kind, name, field, required)
    }

    pub const fn form(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = ParamKind::Form {
            style: Style::Undeclared,
            explode: true,
        };
        Self::new(kind, name, field, required)
    }

    pub const fn json(name: &'static str, field: &'static str, required: bool) -> Self {
        Self::new(ParamKind::Json { null: false }, name, field, required)
    }

    pub const fn part(name: &'static str, field: &'static str, required: bool) -> Self {
        let kind = ParamKind::Part {
            filename: "",
            content_type: "",
        };
        Self::new(kind, name, field, required)
    }

    setters! {
        pub with_kind(kind: ParamKind) = kind;
        pub with_wire(wire: &'static str) = wire;
        pub with_doc(doc: &'static str) = doc;
        pub with_secret(secret: bool) = secret;
        pub with_notation(notation: Notation) = notation;
    }

    /// Only what may fill a placeholder has one.
    pub const fn filled<T: PathValue>(self, _: &PhantomData<T>) -> Self {
        self
    }

    /// Only what has no `null` of its own takes the option `null`.
    pub const fn nulled<T: NullValue>(self, _: &PhantomData<T>) -> Self {
        self
    }

    pub const fn numbered(self) -> Self {
        Self {
            is_numbered: true,
            ..self
        }
    }

    /// Only what is always there can be the URL.
    pub const fn given<T: TargetValue>(self, _: &PhantomData<T>) -> Self {
        self
    }

    pub const fn flattened(self) -> Self {
        Self {
            flatten: true,
            ..self
        }
    }

    pub const fn group(field: &'static str, group: &'static Group) -> Self {
        Self::new(ParamKind::Group(group), "", field, true)
    }

    /// A group, or nothing: a flattened map is a member of the body then.
    pub const fn group_or_none(field: &'static str, group: Option<&'static Group>) -> Self {
        match group {
            Some(group) => Self::group(field, group),
            None => Self::group(field, Group::NONE),
        }
    }

    /// A group, if it is one, or else a flattened map.
    pub const fn flattened_or_group(self, group: Option<&'static Group>) -> Self {
        match group {
            Some(group) => Self::group(self.field, group),
            None => self.flattened(),
        }
    }
}

/// The location of a parameter or of a member of the body, in the terms of
/// [OpenAPI](https://spec.openapis.org/oas/v3.1.1.html#parameter-locations).
///
/// ```
/// use api_request::Location;
///
/// fn openapi(location: Location) -> Option<&'static str> {
///     match location {
///         Location::Path => Some("path"),
///         Location::Query => Some("query"),
///         Location::Header => Some("header"),
///         Location::Cookie => Some("cookie"),
///         // A body is not a parameter there, and a whole URL is unknown.
///         _ => None,
///     }
/// }
/// ```
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
    /// The whole URL of the request.
    Url,
    /// A member of a JSON body or a form, or a part of a multipart body.
    /// [`Content::media_type`](super::Content::media_type) tells which.
    Body,
}

/// A header or query parameter that is sent with a constant value.
///
/// Reached as [`Operation::constants`](crate::Operation::constants). Name and value are as they are sent: in a query,
/// percent-encoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct ConstantParam {
    /// The location: a header or the query.
    pub location: Location,
    /// The name; that of a header is in lower case.
    pub name: &'static str,
    /// The value; `None` for the name of a query parameter alone, `?acl`.
    pub value: Option<&'static str>,
}

/// The location of a parameter, with the options that its encoding depends on.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub enum ParamKind {
    /// A flattened group, whose parameters have locations of their own.
    Group(&'static Group),
    Path {
        explode: bool,
        allow_empty: bool,
        /// The value is a path of its own.
        segments: bool,
    },
    /// The value is the whole URL.
    Url,
    Query {
        style: Style,
        explode: bool,
    },
    Header {
        explode: bool,
    },
    Cookie {
        encode: bool,
    },
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
    /// None is said, which is enough for scalars and lists of them: as in `Form`.
    Undeclared,
    Form,
    Space,
    Pipe,
    Deep,
    Brackets,
    Dots,
}

/// What may fill a placeholder: `()` stands for all but an `Option` and a `Nullable`.
#[diagnostic::on_unimplemented(
    message = "`{Self}` cannot be in a path, because a path without the value is another path",
    label = "there may be no value to send in a path",
    note = "use the type that is inside, and declare another request for the path without the value"
)]
pub trait PathValue {}

#[diagnostic::do_not_recommend]
impl PathValue for () {}

/// What takes the option `null`: `()` stands for all but a `Nullable`.
#[diagnostic::on_unimplemented(
    message = "the option `null` is not for a `Nullable`, which says itself whether it is `null`",
    label = "is `null` without the option",
    note = "leave out the option `null`"
)]
pub trait NullValue {}

#[diagnostic::do_not_recommend]
impl NullValue for () {}

/// What may be the URL of a request: `()` stands for all but an `Option`.
#[diagnostic::on_unimplemented(
    message = "an `Option` cannot be the `url` of a request, because a request without one is sent nowhere",
    label = "`None` is not a URL",
    note = "use the type without `Option`, and declare another request for what is sent to a `path`"
)]
pub trait TargetValue {}

#[diagnostic::do_not_recommend]
impl TargetValue for () {}

/// What a group declares.
#[doc(hidden)]
#[derive(Debug, Clone, Copy)]
pub struct Group {
    pub(crate) name: &'static str,
    /// The path template before those of the operations; empty if there is none.
    pub(crate) path: &'static str,
    /// The path template, cut into literal text and values; empty if it is all text.
    pub(crate) route: &'static [Piece],
    pub(super) auth: Option<Auth>,
    pub(super) has_error: bool,
    pub(crate) constants: &'static [Constant],
    /// The parameters in the order in which their values are handed to the encoder.
    pub(crate) fields: &'static [Param],
}

impl Group {
    /// Stands for a group where there is none.
    pub(crate) const NONE: &'static Self = &Self::declare("", &[]);

    /// Returns whether requests can be sent without a value of the group.
    pub(crate) fn may_be_absent(&self) -> bool {
        self.fields
            .iter()
            .all(|param| param.flatten || !param.required)
    }
}

/// How the expansion states a group.
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    missing_docs,
    reason = "they are called by the expansion alone"
)]
impl Group {
    pub const fn declare(name: &'static str, fields: &'static [Param]) -> Self {
        Self {
            name,
            path: "",
            route: &[],
            auth: None,
            has_error: false,
            constants: &[],
            fields,
        }
    }

    setters! {
        pub with_path(path: &'static str) = path;
        pub with_route(route: &'static [Piece]) = route;
        pub with_auth(auth: Auth) = Some(auth);
        pub with_error(has_error: bool) = has_error;
        pub with_constants(constants: &'static [Constant]) = constants;
    }
}
