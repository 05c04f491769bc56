//! The headers of a response that say when, and whether, to retry.

use std::time::{Duration, SystemTime};

use http::{
    HeaderMap, HeaderName,
    header::{DATE, RETRY_AFTER},
};

const RETRY_AFTER_MS: HeaderName = HeaderName::from_static("retry-after-ms");
#[cfg(feature = "client")]
const SHOULD_RETRY: HeaderName = HeaderName::from_static("x-should-retry");

/// Returns how long the API asks to wait: `retry-after-ms`, or else `Retry-After` in seconds or as a date in one of
/// HTTP's three forms ([RFC 9110, section 10.2.3](https://www.rfc-editor.org/rfc/rfc9110#section-10.2.3)). A fraction
/// is rounded up. What does not parse is ignored; a date in the past is zero. A date is compared with the response's own
/// `Date`, because the clocks may differ, or else with `now`, which is asked for only then.
pub(super) fn retry_after(
    headers: &HeaderMap,
    now: impl Fn() -> Option<SystemTime>,
) -> Option<Duration> {
    let milliseconds = texts(headers, RETRY_AFTER_MS)
        .find_map(number)
        .map(Duration::from_millis);
    let delay = |text| {
        if let Some(seconds) = number(text) {
            return Some(Duration::from_secs(seconds));
        }
        let until = date(text)?;
        let from = texts(headers, DATE).find_map(date).or_else(&now)?;
        Some(until.duration_since(from).unwrap_or_default())
    };
    milliseconds.or_else(|| texts(headers, RETRY_AFTER).find_map(delay))
}

/// Returns how long the API asks to wait, by this machine's clock.
#[cfg(feature = "client")]
pub(crate) fn retry_delay(headers: &HeaderMap) -> Option<Duration> {
    retry_after(headers, now)
}

/// The time now, where there is a clock: `SystemTime::now` panics on wasm32-unknown-unknown.
#[expect(clippy::unnecessary_wraps, reason = "one kind of machine has no clock")]
pub(super) fn now() -> Option<SystemTime> {
    #[cfg(not(all(target_family = "wasm", target_os = "unknown")))]
    return Some(SystemTime::now());
    #[cfg(all(target_family = "wasm", target_os = "unknown"))]
    return None;
}

/// The values of a header that are text.
fn texts(headers: &HeaderMap, name: HeaderName) -> impl Iterator<Item = &str> {
    let values = headers.get_all(name).into_iter();
    values.filter_map(|value| Some(value.to_str().ok()?.trim()))
}

/// A number of digits alone, rounded up if it has a fraction; one that is too large for any clock is the largest.
fn number(text: &str) -> Option<u64> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, "0"));
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(whole) || !is_digits(fraction) {
        return None;
    }
    let is_more = fraction.bytes().any(|digit| digit != b'0');
    let whole = whole.parse().unwrap_or(u64::MAX);
    Some(whole.saturating_add(u64::from(is_more)))
}

fn date(text: &str) -> Option<SystemTime> {
    httpdate::parse_http_date(text).ok()
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

    fn map(headers: &[(&str, &str)]) -> HeaderMap {
        let mut map = HeaderMap::new();
        for (name, value) in headers {
            let name: HeaderName = name.parse().unwrap();
            map.append(name, value.parse().unwrap());
        }
        map
    }

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
            (&[("retry-after", "0.2")], Some(1_000)),
            (&[("retry-after", "1.5")], Some(2_000)),
            (&[("retry-after", "2.000")], Some(2_000)),
            (&[("retry-after", "0.0")], Some(0)),
            (&[("retry-after", ".5")], None),
            (&[("retry-after", "1.")], None),
            (&[("retry-after", "1.5.5")], None),
            (&[("retry-after", "1e3")], None),
            (&[("retry-after-ms", "250.1")], Some(251)),
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
            let map = map(headers);
            let expected = expected.map(Duration::from_millis);
            assert_eq!(retry_after(&map, || Some(now)), expected, "{headers:?}");
        }
    }

    #[test]
    fn a_date_is_compared_with_that_of_the_response() {
        const UNTIL: (&str, &str) = ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT");
        let clock = || Some(SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777));
        let cases: &[Case] = &[
            (
                &[UNTIL, ("date", "Sun, 06 Nov 1994 08:49:40 GMT")],
                Some(7_000),
            ),
            (&[UNTIL, ("date", "Sun Nov  6 08:49:45 1994")], Some(2_000)),
            (&[UNTIL, ("date", "Sun, 06 Nov 1994 09:00:00 GMT")], Some(0)),
            (&[UNTIL, ("date", "today")], Some(10_000)),
        ];
        for (headers, expected) in cases {
            let expected = expected.map(Duration::from_millis);
            assert_eq!(retry_after(&map(headers), clock), expected, "{headers:?}");
        }
        let cases: &[Case] = &[
            (&[UNTIL], None),
            (&[UNTIL, ("retry-after", "7")], Some(7_000)),
        ];
        for (headers, expected) in cases {
            let expected = expected.map(Duration::from_millis);
            let without_clock = retry_after(&map(headers), || None);
            assert_eq!(without_clock, expected, "{headers:?}");
        }
    }

    #[test]
    fn the_clock_is_not_asked_unless_it_is_needed() {
        let cases: &[Case] = &[
            (&[], None),
            (&[("retry-after", "7")], Some(7_000)),
            (&[("retry-after", "soon")], None),
            (&[("retry-after-ms", "7")], Some(7)),
            (
                &[
                    ("retry-after", "Sun, 06 Nov 1994 08:49:47 GMT"),
                    ("date", "Sun, 06 Nov 1994 08:49:40 GMT"),
                ],
                Some(7_000),
            ),
        ];
        for (headers, expected) in cases {
            let delay = retry_after(&map(headers), || panic!("the clock is asked"));
            assert_eq!(delay, expected.map(Duration::from_millis), "{headers:?}");
        }
    }

    #[test]
    fn a_number_beyond_any_clock_is_a_long_wait() {
        let mut headers = HeaderMap::new();
        let value = "99999999999999999999999".parse().unwrap();
        headers.insert("retry-after", value);
        let wait = retry_after(&headers, || None);
        assert_eq!(wait, Some(Duration::from_secs(u64::MAX)));
    }
}
