//! A declared operation, as data.
//!
//! The derive states these facts once, in a constant; encoding reads them, and so can documentation, a check against an
//! `OpenAPI` document or a server. Invariant: nothing here depends on the values of a request.

/// Functions that the expansion calls, one for each fact that may differ from the default.
macro_rules! setters {
    ($($vis:vis $name:ident($field:ident: $ty:ty) = $value:expr;)*) => {$(
        $vis const fn $name(self, $field: $ty) -> Self {
            Self { $field: $value, ..self }
        }
    )*};
}

mod content;
pub(crate) mod distinct;
mod events;
mod facts;
mod joined;
mod on_wire;
mod pagination;
mod param;
mod shared;
pub(crate) mod text;

use std::any::Any;

use http::Method;

pub use self::{
    content::Content,
    events::Events,
    facts::{Auth, Constant, Idempotency, Notation, Piece},
    joined::{Joined, MAX_PATH, joined_len},
    pagination::{PageStyle, Pagination},
    param::{
        ConstantParam, Group, Location, NullValue, Param, ParamKind, PathValue, Style, TargetValue,
    },
};

/// An API operation, as a request struct declares it at compile time.
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
/// let limit = operation.params().last().unwrap();
/// assert_eq!((limit.name(), limit.location()), ("limit", Location::Query));
/// assert!(!limit.required());
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
    deprecated: Option<&'static str>,
    meta: Meta,
    pub(crate) auth: Auth,
    pub(crate) idempotency: Idempotency,
    /// The path template, cut into literal text and values; empty if it is all text.
    pub(crate) route: &'static [Piece],
    /// Header and query parameters with a fixed value.
    pub(crate) constants: &'static [Constant],
    /// The parameters in the order in which their values are handed to the encoder.
    pub(crate) fields: &'static [Param],
    /// Whether a field, or one of a flattened group, may be in the query.
    pub(crate) has_query: bool,
    /// Whether a field, or one of a flattened group, may be a header or cookie.
    pub(crate) has_headers: bool,
    /// What it shares with other operations.
    pub(crate) group: Option<&'static Group>,
    /// A header or cookie of a group may be there already.
    pub(crate) overrides: bool,
    pub(crate) content: Option<Content>,
    pub(crate) events: Option<Events>,
    pagination: Option<&'static Pagination>,
}

impl Operation {
    /// Returns the name of the operation: that of the type, or what `#[api(name = "…")]` says.
    #[must_use]
    pub const fn name(&self) -> &'static str {
        self.name
    }

    /// Returns the HTTP method.
    #[must_use]
    pub fn method(&self) -> Method {
        // The derive has checked that it is a token, so the fallback is never taken.
        Method::from_bytes(self.method.as_bytes()).unwrap_or_default()
    }

    /// Returns the path template as declared, relative to the base URL: `/guardrails/{id}/keys`; that of the group comes
    /// first. Empty for the base URL itself, and where a field is the whole [`url`](Self::url).
    #[must_use]
    pub const fn path(&self) -> &'static str {
        self.path
    }

    /// Returns the doc comment of the request struct, without leading blanks; empty if there is none.
    #[must_use]
    pub const fn doc(&self) -> &'static str {
        self.doc
    }

    /// Returns the note of `#[deprecated]` on the request struct; an empty one if the attribute has none, and `None` without
    /// the attribute.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/credits")]
    /// #[deprecated = "use `/key`"]
    /// struct GetCredits;
    ///
    /// # #[allow(deprecated)]
    /// # fn main() {
    /// assert_eq!(GetCredits::OPERATION.deprecated(), Some("use `/key`"));
    /// # }
    /// ```
    #[must_use]
    pub const fn deprecated(&self) -> Option<&'static str> {
        self.deprecated
    }

    /// Returns the value of this type that `#[api(meta = …)]` declares, if it declares one.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(Debug, PartialEq)]
    /// struct Cost(u32);
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/search", meta = Cost(3), meta = "slow")]
    /// struct Search;
    ///
    /// assert_eq!(Search::OPERATION.meta::<Cost>(), Some(&Cost(3)));
    /// assert_eq!(Search::OPERATION.meta::<&str>(), Some(&"slow"));
    /// assert_eq!(Search::OPERATION.meta::<u32>(), None);
    /// ```
    #[must_use]
    pub fn meta<T: 'static>(&self) -> Option<&'static T> {
        self.meta.iter().find_map(|value| value.downcast_ref())
    }

    /// Returns the declared path, query, header and cookie parameters in order, those of groups too, without flattened
    /// maps and constants.
    #[must_use]
    pub fn params(&self) -> impl DoubleEndedIterator<Item = &'static Param> + Clone + use<> {
        let params = self.declared();
        params.filter(|param| !param.flatten && param.location() != Location::Url)
    }

    /// Returns the field that is the whole URL of the request, if one is declared.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET)]
    /// struct Poll {
    ///     #[api(url)]
    ///     status_url: String,
    /// }
    ///
    /// assert_eq!(Poll::OPERATION.url().unwrap().field(), "status_url");
    /// assert_eq!(Poll::OPERATION.path(), "");
    /// ```
    #[must_use]
    pub fn url(&self) -> Option<&'static Param> {
        match self.route {
            [Piece::Url(index)] => self.fields.get(*index),
            _ => None,
        }
    }

    /// Returns the media type of the request body, if a body is declared.
    #[must_use]
    pub const fn content_type(&self) -> Option<&'static str> {
        match &self.content {
            Some(content) => Some(content.media_type),
            None => None,
        }
    }

    /// Returns the request body, if one is declared.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT, path = "/greeting")]
    /// struct SetGreeting {
    ///     #[api(body = text)]
    ///     text: String,
    /// }
    ///
    /// let content = SetGreeting::OPERATION.content().unwrap();
    /// assert_eq!(content.field(), Some("text"));
    /// assert!(content.required());
    /// ```
    #[must_use]
    pub const fn content(&self) -> Option<&Content> {
        self.content.as_ref()
    }

    /// Returns the flattened fields: each adds parameters or members, whose names depend on the value.
    /// [`Param::location`] is their location; [`Param::name`] has no meaning.
    ///
    /// ```
    /// use std::collections::BTreeMap;
    ///
    /// use api_request::{ApiRequest, Location};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/token", fields = form)]
    /// struct GetToken {
    ///     grant_type: &'static str,
    ///     #[api(flatten)]
    ///     more: BTreeMap<String, String>,
    /// }
    ///
    /// let more = GetToken::OPERATION.flattened().next().unwrap();
    /// assert_eq!((more.field(), more.location()), ("more", Location::Body));
    /// ```
    pub fn flattened(&self) -> impl Iterator<Item = &'static Param> + use<> {
        let members = self.content.map_or(&[][..], |content| content.members);
        let fields = self.declared().chain(members);
        fields.filter(|param| param.flatten)
    }

    /// Returns the declared event stream, if `events` declares one.
    ///
    /// ```
    /// # #[cfg(feature = "events")] {
    /// use api_request::ApiRequest;
    /// use serde_json::Value;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/chat", events(item = Value, flag = "stream", done = "[DONE]"))]
    /// struct Chat {
    ///     #[api(json)]
    ///     model: String,
    /// }
    ///
    /// let events = Chat::OPERATION.events().unwrap();
    /// assert_eq!((events.flag(), events.done()), (Some("stream"), Some("[DONE]")));
    /// # }
    /// ```
    #[must_use]
    pub const fn events(&self) -> Option<&Events> {
        self.events.as_ref()
    }

    /// Returns whether the client's credentials are sent.
    ///
    /// ```
    /// use api_request::{ApiRequest, Auth};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/health", auth = none)]
    /// struct Health;
    ///
    /// assert_eq!(Health::OPERATION.auth(), Auth::None);
    /// ```
    #[must_use]
    pub const fn auth(&self) -> Auth {
        self.auth
    }

    /// Returns whether the request is idempotent: by its method
    /// ([RFC 9110, section 9.2.2](https://www.rfc-editor.org/rfc/rfc9110#section-9.2.2)), by `idempotent`, or by
    /// `idempotency_key`. `QUERY` is idempotent too.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = DELETE, path = "/keys/{id}")]
    /// struct DeleteKey {
    ///     id: u64,
    /// }
    ///
    /// assert!(DeleteKey::OPERATION.is_idempotent());
    /// ```
    #[must_use]
    pub fn is_idempotent(&self) -> bool {
        match self.idempotency {
            Idempotency::Declared | Idempotency::Key(_) => true,
            // Not `Method::is_idempotent`, which depends on the version of http: newer ones know `QUERY`.
            Idempotency::OfMethod => matches!(
                self.method,
                "GET" | "HEAD" | "QUERY" | "OPTIONS" | "TRACE" | "PUT" | "DELETE"
            ),
        }
    }

    /// Returns the lower-case name of the header in which a client sends a key that makes the request idempotent.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/charges", idempotency_key = "Idempotency-Key")]
    /// struct CreateCharge;
    ///
    /// assert_eq!(CreateCharge::OPERATION.idempotency_key(), Some("idempotency-key"));
    /// ```
    #[must_use]
    pub const fn idempotency_key(&self) -> Option<&'static str> {
        match self.idempotency {
            Idempotency::Key(name) => Some(name),
            Idempotency::OfMethod | Idempotency::Declared => None,
        }
    }

    /// Returns how the pages follow each other, if `paginate(…)` declares it. A [`Paginate`](crate::Paginate) written by
    /// hand declares nothing.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(Clone, ApiRequest)]
    /// #[api(method = GET, path = "/names", response = Vec<String>, paginate(offset = skip))]
    /// struct ListNames {
    ///     #[api(query)]
    ///     skip: u32,
    /// }
    ///
    /// assert_eq!(ListNames::OPERATION.pagination().unwrap().field(), Some("skip"));
    /// ```
    #[must_use]
    pub const fn pagination(&self) -> Option<&'static Pagination> {
        self.pagination
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
        let (mut has_query, mut has_headers) = (false, false);
        let mut index = 0;
        while index < fields.len() {
            match fields[index].kind {
                ParamKind::Query { .. } => has_query = true,
                ParamKind::Header { .. } | ParamKind::Cookie { .. } => has_headers = true,
                ParamKind::Group(_) => (has_query, has_headers) = (true, true),
                _ => {}
            }
            index += 1;
        }
        Self {
            name,
            method,
            path,
            doc: "",
            deprecated: None,
            meta: &[],
            auth: Auth::Optional,
            idempotency: Idempotency::OfMethod,
            route: &[],
            constants: &[],
            fields,
            has_query,
            has_headers,
            group: None,
            overrides: false,
            content: None,
            events: None,
            pagination: None,
        }
    }

    setters! {
        pub with_route(route: &'static [Piece]) = route;
        pub with_doc(doc: &'static str) = doc;
        pub with_deprecated(deprecated: &'static str) = Some(deprecated);
        pub with_meta(meta: Meta) = meta;
        pub with_auth(auth: Auth) = auth;
        pub with_idempotency(idempotency: Idempotency) = idempotency;
        pub with_constants(constants: &'static [Constant]) = constants;
        pub with_content(content: Content) = Some(content);
        pub with_events(events: Events) = Some(events);
        pub with_pagination(pagination: &'static Pagination) = Some(pagination);
    }
}

/// The values of `meta`, each of another type.
#[doc(hidden)]
pub type Meta = &'static [&'static (dyn Any + Send + Sync)];
