//! The headers of a response that say when, and whether, to retry.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, HeaderName, header::RETRY_AFTER};

const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
#[cfg(feature = "client")]
const SHOULD_RETRY: HeaderName = HeaderName::from_static("x-should-retry");

/// Returns how long the API asks to wait: `retry-after-ms`, or else `Retry-After` in seconds or as a date in one of
/// HTTP's three forms ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)). What does
/// not parse is ignored; a date in the past is zero.
pub(super) fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let milliseconds = texts(headers, RETRY_AFTER_MS)
        .find_map(number)
        .map(Duration::from_millis);
    milliseconds.or_else(|| {
        texts(headers, RETRY_AFTER).find_map(|text| match number(text) {
            Some(seconds) => Some(Duration::from_secs(seconds)),
            None => date(text, now),
        })
    })
}

/// The values of a header that are text.
fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    values.filter_map(|value| Some(value.to_str().ok()?.trim()))
}

/// A number of digits alone; one that is too large for any clock is the largest.
fn number(text: &str) -> Option<u64> {
    let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    is_number.then(|| text.parse().unwrap_or(u64::MAX))
}

fn date(text: &str, now: SystemTime) -> Option<Duration> {
    let date = httpdate::parse_http_date(text).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

/// Returns what the API says about a retry: the header `x-should-retry`, which some APIs send.
#[cfg(feature = "client")]
pub(crate) fn should_retry(headers: &HeaderMap) -> Option<bool> {
    texts(headers, SHOULD_RETRY).find_map(|text| match text {
        _ if text.eq_ignore_ascii_case("true") => Some(true),
        _ if text.eq_ignore_ascii_case("false") => Some(false),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use http::{HeaderMap, HeaderName};

    use super::retry_after;

    /// Headers, and the milliseconds to wait.
    type Case = (&'static [(&'static str, &'static str)], Option<u64>);

    #[test]
    fn the_first_valid_delay_counts() {
        // 1994-11-06T08:49:37Z, the date of the examples in RFC 9110.
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let cases: &[Case] = &[
            (&[], None),
            (&[("retry-after", "7")], Some(7_000)),
            (&[("retry-after", " 7 ")], Some(7_000)),
            (&[("retry-after", "0")], Some(0)),
            (&[("retry-after", "-1")], None),
            (&[("retry-after", "1.5")], None),
            (&[("retry-after", "+1")], None),
            (&[("retry-after", "")], None),
            (&[("retry-after", "soon")], None),
            (
                &[("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT")],
                Some(10_000),
            ),
            (
                &[("retry-after", "Sunday, 06-Nov-94 08:49:47 GMT")],
                Some(10_000),
            ),
            (&[("retry-after", "Sun Nov  6 08:49:47 1994")], Some(10_000)),
            (&[("retry-after", "Sun, 06 Nov 1994 08:49:00 GMT")], Some(0)),
            (&[("retry-after", "Sun, 31 Feb 1994 08:49:00 GMT")], None),
            (&[("retry-after-ms", "250")], Some(250)),
            (
                &[("retry-after-ms", "250"), ("retry-after", "7")],
                Some(250),
            ),
            (
                &[("retry-after-ms", "x"), ("retry-after", "7")],
                Some(7_000),
            ),
            (&[("retry-after", "x"), ("retry-after", "7")], Some(7_000)),
        ];
        for (headers, expected) in cases {
            let mut map = HeaderMap::new();
            for (name, value) in *headers {
                let name: HeaderName = name.parse().unwrap();
                map.append(name, value.parse().unwrap());
            }
            let expected = expected.map(Duration::from_millis);
            assert_eq!(retry_after(&map, now), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_number_beyond_any_clock_is_a_long_wait() {
        let mut headers = HeaderMap::new();
        let value = "99999999999999999999999".parse().unwrap();
        headers.insert("retry-after", value);
        let wait = retry_after(&headers, SystemTime::now());
        assert_eq!(wait, Some(Duration::from_secs(u64::MAX)));
    }
}
