//! Idempotency keys, by which an API recognizes a request that it received before.

use http::HeaderValue;

/// Makes a new key: a random UUID ([RFC 9562, section 5.4](https://www.rfc-editor.org/rfc/rfc9562#section-5.4)).
pub(super) fn new_key() -> Result<HeaderValue, String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes)
        .map_err(|error| format!("there are no random numbers for the idempotency key: {error}"))?;
    let number = u128::from_be_bytes(bytes);
    // The version, 4, and the variant, binary 10.
    let number = number & !(0xf << 76) | 4 << 76;
    let number = number & !(0b11 << 62) | 0b10 << 62;
    let digits = format!("{number:032x}");
    let (a, b, c, d) = (
        &digits[..8],
        &digits[8..12],
        &digits[12..16],
        &digits[16..20],
    );
    let key = format!("{a}-{b}-{c}-{d}-{}", &digits[20..]);
    HeaderValue::try_from(key).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::new_key;

    #[test]
    fn a_key_is_a_random_uuid() {
        let [a, b] = [new_key().unwrap(), new_key().unwrap()];
        assert_ne!(a, b);
        let text = a.to_str().unwrap();
        let shape: String = text
            .chars()
            .map(|c| if c == '-' { '-' } else { 'x' })
            .collect();
        assert_eq!(shape, "xxxxxxxx-xxxx-xxxx-xxxx-xxxxxxxxxxxx");
        assert!(text.chars().all(|c| c == '-' || c.is_ascii_hexdigit()));
        assert_eq!(&text[14..15], "4");
        assert!("89ab".contains(&text[19..20]));
    }
}
