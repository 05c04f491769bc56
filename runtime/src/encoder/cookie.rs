//! What a cookie may hold.

use super::problem::Problem;

/// A cookie holds the octets that RFC 6265, 4.1.1 allows, also in a pair of quotes.
pub(super) fn check_cookie(text: &str) -> Result<(), Problem> {
    let quoted = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    let is_octet =
        |byte: u8| byte.is_ascii_graphic() && !matches!(byte, b'"' | b',' | b';' | b'\\');
    if quoted.unwrap_or(text).bytes().all(is_octet) {
        return Ok(());
    }
    Err(Problem::new(
        "has a character that is not allowed in a cookie (RFC 6265): percent-encode the value with the option `encode`",
    ))
}
