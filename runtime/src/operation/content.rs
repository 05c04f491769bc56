//! The declared body of an operation.
//!
//! Invariant: a body is the value of one field, or is made of members, never both.

use super::{Location, Param};

/// The declared body of a request.
///
/// Reached as [`Operation::content`](crate::Operation::content). It is what `OpenAPI` 3.1 calls a
/// [request body](https://spec.openapis.org/oas/v3.1.1.html#request-body-object) with the one media type that is its
/// content.
///
/// ```
/// use api_request::{ApiRequest, Location};
///
/// #[derive(ApiRequest)]
/// #[api(method = POST, path = "/keys", fields = json, rename_all = "camelCase")]
/// struct CreateKey {
///     /// Shown in lists.
///     key_name: String,
///     limit: Option<u32>,
/// }
///
/// let content = CreateKey::OPERATION.content().unwrap();
/// assert_eq!(content.media_type(), "application/json");
/// assert_eq!(content.field(), None);
/// let (name, limit) = (content.members().next().unwrap(), content.members().last().unwrap());
/// assert_eq!((name.name(), name.field(), name.doc()), ("keyName", "key_name", "Shown in lists."));
/// assert_eq!(name.location(), Location::Body);
/// assert!(name.required() && !limit.required());
/// ```
#[derive(Debug, Clone, Copy)]
pub struct Content {
    pub(crate) media_type: &'static str,
    /// The field of a whole body; empty where members make the body.
    pub(crate) field: &'static str,
    required: bool,
    pub(crate) secret: bool,
    /// The members of a JSON or form body or the parts of a multipart body, in order.
    pub(crate) members: &'static [Param],
}

impl Content {
    /// Returns the media type: that of `content_type`, or else of the format. A declared header `Content-Type` replaces
    /// it when the request is sent.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT, path = "/rows")]
    /// struct PutRows(#[api(body(text, content_type = "text/csv"))] String);
    ///
    /// assert_eq!(PutRows::OPERATION.content().unwrap().media_type(), "text/csv");
    /// ```
    #[must_use]
    pub const fn media_type(&self) -> &'static str {
        self.media_type
    }

    /// Returns the Rust field whose value is the whole body, without `r#`; `None` where members make the body.
    ///
    /// ```
    /// use api_request::{ApiRequest, Body};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT, path = "/file")]
    /// struct PutFile {
    ///     #[api(body = stream)]
    ///     file: Body,
    /// }
    ///
    /// let content = PutFile::OPERATION.content().unwrap();
    /// assert_eq!(content.field(), Some("file"));
    /// assert!(content.members().next().is_none());
    /// ```
    #[must_use]
    pub const fn field(&self) -> Option<&'static str> {
        if self.field.is_empty() {
            None
        } else {
            Some(self.field)
        }
    }

    /// Returns the members of a JSON object or a form, or the parts of a multipart body, in order, without flattened
    /// ones; none for a whole body.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/token", fields = form)]
    /// struct GetToken {
    ///     grant_type: &'static str,
    ///     #[api(secret)]
    ///     code: String,
    /// }
    ///
    /// let mut members = GetToken::OPERATION.content().unwrap().members();
    /// let secret = members.find(|member| member.secret());
    /// assert_eq!(secret.unwrap().name(), "code");
    /// ```
    #[must_use]
    pub fn members(&self) -> impl DoubleEndedIterator<Item = &'static Param> + Clone + use<> {
        let is_member = |member: &&Param| !member.flatten && member.location() == Location::Body;
        self.members.iter().filter(is_member)
    }

    /// Returns whether a body is always sent: false for a whole body that is an `Option`.
    ///
    /// ```
    /// use api_request::ApiRequest;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = POST, path = "/note")]
    /// struct AddNote(#[api(body = text)] Option<String>);
    ///
    /// assert!(!AddNote::OPERATION.content().unwrap().required());
    /// ```
    #[must_use]
    pub const fn required(&self) -> bool {
        self.required
    }

    /// Returns whether a whole body is a secret. For a member, see [`Param::secret`].
    ///
    /// ```
    /// use api_request::{ApiRequest, Secret};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = PUT, path = "/password")]
    /// struct SetPassword(#[api(body = text)] Secret<String>);
    ///
    /// assert!(SetPassword::OPERATION.content().unwrap().secret());
    /// ```
    #[must_use]
    pub const fn secret(&self) -> bool {
        self.secret
    }
}

/// How the expansion states a body.
#[doc(hidden)]
#[allow(
    clippy::must_use_candidate,
    clippy::return_self_not_must_use,
    reason = "they are called by the expansion alone"
)]
impl Content {
    /// The value of one field.
    pub const fn whole(
        media_type: &'static str,
        field: &'static str,
        required: bool,
        secret: bool,
    ) -> Self {
        Self {
            media_type,
            field,
            required,
            secret,
            members: &[],
        }
    }

    pub const fn of_members(media_type: &'static str, members: &'static [Param]) -> Self {
        Self {
            members,
            ..Self::whole(media_type, "", true, false)
        }
    }
}
