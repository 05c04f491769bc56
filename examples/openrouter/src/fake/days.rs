//! Days of the calendar in UTC, as numbers: that of days since 1970.

use std::time::{Duration, SystemTime};

use super::prelude::*;

/// The seconds of a day.
pub(super) const DAY: u64 = 24 * 60 * 60;

pub(super) fn today() -> u64 {
    seconds() / DAY
}

/// A time in Unix seconds, from an RFC 3339 date.
pub(super) fn parse_time(text: &str) -> Result<u64> {
    let time = humantime::parse_rfc3339_weak(text).ok();
    let since = time.and_then(|time| time.duration_since(SystemTime::UNIX_EPOCH).ok());
    let since = since.ok_or_else(|| bad_request(format!("`{text}` is not a date")))?;
    Ok(since.as_secs())
}

/// A day, from `2026-01-31`; a request with anything else is refused before it gets here.
pub(super) fn parse(text: &str) -> u64 {
    parse_time(&format!("{text}T00:00:00Z")).unwrap_or(0) / DAY
}

/// The RFC 3339 date of a time in Unix seconds.
pub(super) fn format_time(seconds: u64) -> String {
    let time = SystemTime::UNIX_EPOCH + Duration::from_secs(seconds);
    humantime::format_rfc3339_millis(time).to_string()
}

/// The other way round than [`parse`].
pub(super) fn format(day: u64) -> String {
    let mut text = format_time(day * DAY);
    text.truncate("2026-01-31".len());
    text
}

/// The Monday of the week of a day: the first of January 1970 is a Thursday.
pub(super) const fn monday(day: u64) -> u64 {
    ((day + 3) / 7 * 7).saturating_sub(3)
}

/// The first day of the month of a day.
pub(super) fn first_of_month(day: u64) -> u64 {
    let text = format(day);
    parse(&format!("{}-01", &text[..7]))
}

#[cfg(test)]
mod tests {
    use super::{first_of_month, format, monday, parse};

    #[test]
    fn weeks_begin_on_monday_and_months_on_their_first_day() {
        let starts = |day| [monday, first_of_month].map(|start_of| format(start_of(parse(day))));
        assert_eq!(starts("2026-11-25"), ["2026-11-23", "2026-11-01"]);
        assert_eq!(starts("2026-11-23"), ["2026-11-23", "2026-11-01"]);
        assert_eq!(starts("2024-03-03"), ["2024-02-26", "2024-03-01"]);
    }
}
