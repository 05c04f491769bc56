//! Days and times in JSON, which are texts of a certain form. Requests are read from JSON that people write, so their
//! mistakes are found here, and not by the API.

use std::{fmt, marker::PhantomData, ops::RangeInclusive};

use serde::{
    Deserialize, Deserializer,
    de::{Error, Unexpected, Visitor},
};

use super::Nullable;

/// A field that holds a text, if it has a value.
pub(crate) trait Text {
    fn text(&self) -> Option<&str>;
}

impl Text for String {
    fn text(&self) -> Option<&str> {
        Some(self)
    }
}

impl Text for Option<String> {
    fn text(&self) -> Option<&str> {
        self.as_deref()
    }
}

impl Text for Nullable<String> {
    fn text(&self) -> Option<&str> {
        self.as_ref().map(String::as_str)
    }
}

/// Reads a day: `2027-01-31`.
pub(crate) fn day<'de, D: Deserializer<'de>, T: Text + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    checked(deserializer, is_day, "a day: write it like `2027-01-31`")
}

/// Reads a time as RFC 3339 has it: `2027-01-31T23:59:59Z`.
pub(crate) fn time<'de, D: Deserializer<'de>, T: Text + Deserialize<'de>>(
    deserializer: D,
) -> Result<T, D::Error> {
    let expected = "an RFC 3339 time: write it like `2027-01-31T23:59:59Z`";
    checked(deserializer, is_time, expected)
}

fn checked<'de, D: Deserializer<'de>, T: Text + Deserialize<'de>>(
    deserializer: D,
    is_right: fn(&str) -> bool,
    expected: &'static str,
) -> Result<T, D::Error> {
    let visitor = Checked {
        is_right,
        expected,
        value: PhantomData,
    };
    // A deserializer that names the field in its errors does so in that of the check, too.
    deserializer.deserialize_newtype_struct("Date", visitor)
}

struct Checked<T> {
    is_right: fn(&str) -> bool,
    expected: &'static str,
    value: PhantomData<T>,
}

impl<'de, T: Text + Deserialize<'de>> Visitor<'de> for Checked<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.expected)
    }

    fn visit_newtype_struct<D: Deserializer<'de>>(self, deserializer: D) -> Result<T, D::Error> {
        let value = T::deserialize(deserializer)?;
        match value.text().filter(|text| !(self.is_right)(text)) {
            Some(text) => Err(D::Error::invalid_value(Unexpected::Str(text), &self)),
            None => Ok(value),
        }
    }
}

/// Whether it is a day of the calendar.
fn is_day(text: &str) -> bool {
    let Some([year, month, day]) = numbers(text, '-', [4, 2, 2]) else {
        return false;
    };
    let is_leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        2 if is_leap => 29,
        2 => 28,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return false,
    };
    (1..=days).contains(&day)
}

fn is_time(text: &str) -> bool {
    let Some((day, time)) = text.split_once(['T', 't', ' ']) else {
        return false;
    };
    let (time, offset) = match time.strip_suffix(['Z', 'z']) {
        Some(time) => (time, "00:00"),
        None => match time.rfind(['+', '-']) {
            Some(at) => (&time[..at], &time[at + 1..]),
            None => return false,
        },
    };
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let is_fraction = !fraction.is_empty() && fraction.bytes().all(|byte| byte.is_ascii_digit());
    let is_in = |numbers: &[u32], most: &[RangeInclusive<u32>]| {
        numbers
            .iter()
            .zip(most)
            .all(|(number, range)| range.contains(number))
    };
    // A minute can have a leap second.
    let limits = [0..=23, 0..=59, 0..=60];
    let is_clock = numbers(time, ':', [2; 3]).is_some_and(|numbers| is_in(&numbers, &limits));
    let is_offset = numbers(offset, ':', [2; 2]).is_some_and(|numbers| is_in(&numbers, &limits));
    is_day(day) && is_clock && is_fraction && is_offset
}

/// The numbers of a text, each with so many digits.
fn numbers<const N: usize>(text: &str, separator: char, digits: [usize; N]) -> Option<[u32; N]> {
    let mut parts = text.split(separator);
    let mut numbers = [0; N];
    for (number, digits) in numbers.iter_mut().zip(digits) {
        let part = parts.next().filter(|part| part.len() == digits)?;
        // A sign is not a digit.
        *number = part
            .bytes()
            .all(|byte| byte.is_ascii_digit())
            .then(|| part.parse().ok())??;
    }
    parts.next().is_none().then_some(numbers)
}

#[cfg(test)]
mod tests {
    use super::{is_day, is_time};

    #[test]
    fn days_are_those_of_the_calendar() {
        for (text, expected) in [
            ("2027-01-31", true),
            ("2024-02-29", true),
            ("2000-02-29", true),
            ("1900-02-29", false),
            ("2027-02-29", false),
            ("2027-04-31", false),
            ("2027-13-01", false),
            ("2027-01-00", false),
            ("2027-1-1", false),
            ("+027-01-01", false),
            ("2027-01-01-01", false),
            ("tomorrow", false),
            ("", false),
        ] {
            assert_eq!(is_day(text), expected, "{text}");
        }
    }

    #[test]
    fn times_are_those_of_rfc_3339() {
        for (text, expected) in [
            ("2027-01-31T23:59:59Z", true),
            ("2026-01-02T03:04:05.000Z", true),
            ("2026-12-31T23:59:59+02:00", true),
            ("2026-12-31t23:59:60-00:30", true),
            ("2026-12-31 23:59:59z", true),
            ("2026-12-31", false),
            ("2026-12-31T23:59:59", false),
            ("2026-12-31T24:00:00Z", false),
            ("2026-12-31T23:59Z", false),
            ("2026-12-31T23:59:59.Z", false),
            ("2026-12-31T23:59:59+2", false),
            ("2026-02-30T00:00:00Z", false),
            ("tomorrow", false),
        ] {
            assert_eq!(is_time(text), expected, "{text}");
        }
    }
}
