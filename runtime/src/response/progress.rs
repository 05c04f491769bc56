//! How far a body got.

/// How much of a body was received, or sent: what [`ByteStream::on_progress`](crate::ByteStream::on_progress) and
/// `Call::on_upload` tell.
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
    /// The number of bytes received so far, after decompression; of an upload, the number taken to be sent.
    pub received: u64,
    /// The length of the whole body, if it is known: of a download, the stream's
    /// [`content_length`](crate::ByteStream::content_length).
    pub total: Option<u64>,
}
