//! Media types: which of the document's is the declared one.

use indexmap::IndexMap;

use crate::document::Media;

/// A media type without its parameters, in lower case.
pub(super) fn essence(media_type: &str) -> String {
    let essence = media_type.split(';').next().unwrap_or_default();
    essence.trim().to_ascii_lowercase()
}

/// Whether a media type is in a range of the document: `*/*`, `application/*`, `application/*+json`, or one media type.
pub(super) fn is_in(media_type: &str, range: &str) -> bool {
    let (media_type, range) = (essence(media_type), essence(range));
    if range.is_empty() || range == "*" {
        return true;
    }
    match range.split_once('*') {
        None => media_type == range,
        Some((before, after)) => {
            let rest = media_type.strip_prefix(before);
            // In `*/*`, the second star is all there is behind the slash.
            rest.is_some_and(|rest| after == "/*" || rest.ends_with(after))
        }
    }
}

/// The body that the document has for a media type: an exact one rather than a range.
pub(super) fn find<'a>(
    content: &'a IndexMap<String, Media>,
    media_type: &str,
) -> Option<&'a Media> {
    let exact = content
        .iter()
        .find(|(name, _)| essence(name) == essence(media_type));
    let found = exact.or_else(|| content.iter().find(|(range, _)| is_in(media_type, range)));
    found.map(|(_, media)| media)
}

/// Whether a media type is JSON.
pub(super) fn is_json(media_type: &str) -> bool {
    let essence = essence(media_type);
    matches!(essence.as_str(), "application/json" | "text/json") || essence.ends_with("+json")
}

/// The media types, as a text.
pub(super) fn list(content: &IndexMap<String, Media>) -> String {
    let names: Vec<String> = content.keys().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}
