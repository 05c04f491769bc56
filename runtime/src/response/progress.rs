//! How far a stream got.

/// How much of a body has come: what [`ByteStream::on_progress`](crate::ByteStream::on_progress) tells.
///
/// ```
/// use api_request::Progress;
///
/// fn percent(progress: Progress) -> Option<u64> {
///     Some(progress.received * 100 / progress.total?)
/// }
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Progress {
    /// How many bytes have come, after decompression.
    pub received: u64,
    /// How many come in all, if that is known: the stream's
    /// [`content_length`](crate::ByteStream::content_length).
    pub total: Option<u64>,
}
