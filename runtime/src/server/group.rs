//! Groups: the trait, and fields of which only the type says whether they are one.

use std::{fmt, marker::PhantomData};

use super::{
    decoder::Decoder,
    kinds::FromHeaders,
    read::{FromValue, read_flatten, read_headers},
    refusal::Refusal,
};

type Result<T, E = Refusal> = std::result::Result<T, E>;

/// A group that is read from the requests that have it.
#[diagnostic::on_unimplemented(
    message = "the group `{Self}` cannot be read from a request",
    label = "does not derive `FromHttp`",
    note = "derive `api_request::FromHttp` for it beside `api_request::ApiGroup`"
)]
pub trait FromHttpGroup: Sized {
    /// Reads the fields.
    ///
    /// # Errors
    ///
    /// Names the first field that cannot be read, and says why.
    fn read_fields(decoder: &Decoder<'_>) -> Result<Self>;
}

#[diagnostic::do_not_recommend]
impl FromHttpGroup for () {
    fn read_fields(_: &Decoder<'_>) -> Result<Self> {
        Ok(())
    }
}

/// Reads a flattened group.
///
/// # Errors
///
/// Fails as [`FromHttpGroup::read_fields`].
pub fn read_group<T: FromHttpGroup>(decoder: &Decoder<'_>, index: usize) -> Result<T> {
    T::read_fields(&decoder.group(index))
}

/// A flattened field of which only the type says whether it is a group: methods of the type itself take precedence over
/// those of the trait.
pub struct FlatFrom<'r, T> {
    decoder: &'r Decoder<'r>,
    index: usize,
    of: PhantomData<fn() -> T>,
}

impl<T> fmt::Debug for FlatFrom<'_, T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("FlatFrom").finish_non_exhaustive()
    }
}

impl<'r, T> FlatFrom<'r, T> {
    /// The field of this index.
    #[must_use]
    pub fn new(decoder: &'r Decoder<'r>, index: usize) -> Self {
        let of = PhantomData;
        Self { decoder, index, of }
    }
}

#[expect(
    missing_docs,
    clippy::missing_errors_doc,
    reason = "they are those of the trait"
)]
impl<T: FromHttpGroup> FlatFrom<'_, T> {
    pub fn params(self) -> Result<T> {
        read_group(self.decoder, self.index)
    }

    pub fn headers(self) -> Result<T> {
        self.params()
    }

    pub fn member(self, _: usize) -> Result<T> {
        self.params()
    }
}

/// What holds for every other type.
#[expect(clippy::missing_errors_doc, reason = "they are those of a field")]
pub trait FlatFromDefaults<T> {
    /// Reads the members among the parameters.
    fn params(self) -> Result<T>
    where
        T: FromValue;

    /// Reads the members among the headers.
    fn headers<How>(self) -> Result<T>
    where
        T: FromHeaders<How>;

    /// Reads the members of a form, where it is the member of this index.
    fn member(self, index: usize) -> Result<T>
    where
        T: FromValue;
}

impl<T> FlatFromDefaults<T> for FlatFrom<'_, T> {
    fn params(self) -> Result<T>
    where
        T: FromValue,
    {
        read_flatten(self.decoder, self.index)
    }

    fn headers<How>(self) -> Result<T>
    where
        T: FromHeaders<How>,
    {
        read_headers(self.decoder, self.index)
    }

    fn member(self, index: usize) -> Result<T>
    where
        T: FromValue,
    {
        read_flatten(&self.decoder.members(), index)
    }
}
