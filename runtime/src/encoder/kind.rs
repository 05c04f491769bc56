//! The kinds of [`Sink`](super::sink::Sink).

/// The locations that differ in their rules.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SinkKind {
    Path,
    Query,
    Header,
    Cookie,
    Form,
    Text,
}
