//! How far a stream got.

/// How much of a body was received: what [`ByteStream::on_progress`](crate::ByteStream::on_progress) tells.
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
    /// The number of bytes received, after decompression.
    pub received: u64,
    /// The length of the whole body, if it is known: the stream's
    /// [`content_length`](crate::ByteStream::content_length).
    pub total: Option<u64>,
}
