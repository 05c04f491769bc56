//! What operations share: the trait of groups.

use std::fmt;

use crate::{
    EncodeError, ErrorBody, ErrorFormat,
    encoder::{
        Flatten, FlattenValue, GroupValues, Grouped, Hand, HeaderNames, Headers, HeadersValue,
        NO_HEADERS, ParamValue, flatten, headers,
    },
    operation::Group,
};

/// What operations share: parameters, and by `in` also a path, an error type and constants. Implement it with
/// [`#[derive(ApiGroup)]`](macro@crate::ApiGroup).
///
/// ```
/// use api_request::{ApiGroup, ApiRequest, BaseUrl};
///
/// /// Where a listing starts and how much of it to give.
/// #[derive(Default, ApiGroup)]
/// #[api(fields = query)]
/// struct Paging {
///     offset: Option<u64>,
///     limit: Option<u32>,
/// }
///
/// #[derive(ApiRequest)]
/// #[api(method = GET, path = "/keys")]
/// struct ListKeys {
///     #[api(flatten)]
///     paging: Paging,
/// }
///
/// let base: BaseUrl = "https://api.example.com".parse()?;
/// let paging = Paging { limit: Some(20), ..Paging::default() };
/// let request = ListKeys { paging }.to_http(&base)?;
/// assert_eq!(request.uri(), "https://api.example.com/keys?limit=20");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
///
/// `()` is the group of requests that are in none: it is empty.
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not a group",
    label = "does not derive `ApiGroup`",
    note = "derive `api_request::ApiGroup` for a struct of parameters that operations share",
    note = "a struct or map of parameters of one kind says where they go: `#[api(query(flatten))]`, `#[api(form(flatten))]` or `#[api(header(flatten))]`, and `#[serde(flatten)]` for members of a JSON body"
)]
pub trait ApiGroup {
    /// The type of an error, for operations in the group that declare none. Only the derive writes this.
    #[doc(hidden)]
    type Error: ErrorFormat;

    /// What is declared. Only the derive writes this.
    #[doc(hidden)]
    const GROUP: &'static Group;

    /// The names of the headers. Only the derive writes this.
    #[doc(hidden)]
    #[must_use]
    fn headers() -> &'static HeaderNames {
        &NO_HEADERS
    }

    /// Hands over the values of the fields. Only the derive writes this.
    #[doc(hidden)]
    fn values(&self, hand: &mut Hand<'_>) -> Result<(), EncodeError>;

    /// A field of a request. Only the derive calls this.
    #[doc(hidden)]
    fn flattened(&self) -> Grouped<'_>
    where
        Self: Sized,
    {
        Grouped(Some(self))
    }

    /// What a request is in, if there is a value of it. Only the derive calls this.
    #[doc(hidden)]
    #[must_use]
    fn given(value: Option<&Self>) -> Option<&dyn GroupValues>
    where
        Self: Sized,
    {
        value.map(|value| value as &dyn GroupValues)
    }
}

#[diagnostic::do_not_recommend]
impl ApiGroup for () {
    type Error = ErrorBody;

    const GROUP: &'static Group = Group::NONE;

    fn values(&self, hand: &mut Hand<'_>) -> Result<(), EncodeError> {
        hand(&[])
    }
}

impl<G: ApiGroup> GroupValues for G {
    fn headers(&self) -> &'static HeaderNames {
        G::headers()
    }

    fn values(&self, hand: &mut Hand<'_>) -> Result<(), EncodeError> {
        ApiGroup::values(self, hand)
    }
}

/// A flattened field of which only the type says whether it is a group: methods of the type itself take precedence over
/// those of the trait.
pub struct Flat<'v, T>(pub &'v T);

impl<T> fmt::Debug for Flat<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it holds may be secret.
        f.debug_struct("Flat").finish_non_exhaustive()
    }
}

impl<'v, T: ApiGroup> Flat<'v, T> {
    /// The group among the parameters.
    #[must_use]
    pub fn params(self) -> Grouped<'v> {
        Grouped(Some(self.0))
    }

    /// The group among the headers.
    #[must_use]
    pub fn headers(self) -> Grouped<'v> {
        Grouped(Some(self.0))
    }

    /// The group of a request whose other fields are members of a form.
    #[must_use]
    pub fn group(self) -> Grouped<'v> {
        Grouped(Some(self.0))
    }

    /// No members of the form.
    #[must_use]
    pub fn member(self) -> Member<'v> {
        Member(None)
    }
}

/// What holds for every other type.
pub trait FlatDefaults<'v, T> {
    /// The members, as parameters.
    fn params(self) -> Flatten<'v>
    where
        T: FlattenValue;

    /// The members, as headers.
    fn headers<How: 'v>(self) -> Headers<'v, How>
    where
        T: HeadersValue<How>;

    /// No group.
    fn group(self) -> Grouped<'v>;

    /// The members, as those of a form.
    fn member(self) -> Member<'v>
    where
        T: FlattenValue;
}

impl<'v, T> FlatDefaults<'v, T> for Flat<'v, T> {
    fn params(self) -> Flatten<'v>
    where
        T: FlattenValue,
    {
        flatten(self.0)
    }

    fn headers<How: 'v>(self) -> Headers<'v, How>
    where
        T: HeadersValue<How>,
    {
        headers(self.0)
    }

    fn group(self) -> Grouped<'v> {
        Grouped(None)
    }

    fn member(self) -> Member<'v>
    where
        T: FlattenValue,
    {
        Member(Some(flatten(self.0)))
    }
}

/// The members of a form that a flattened field brings, unless it is a group.
#[derive(Debug)]
pub struct Member<'v>(Option<Flatten<'v>>);

impl Member<'_> {
    /// What is handed to the encoder.
    #[must_use]
    pub fn get(&self) -> Option<&dyn ParamValue> {
        self.0.as_ref().map(|value| value as &dyn ParamValue)
    }
}
