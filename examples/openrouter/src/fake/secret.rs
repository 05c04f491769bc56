//! Secrets as answers show them.

/// The start and the end of a secret, which people know it by; nothing of one that is short.
pub(super) fn mask(secret: &str) -> String {
    let chars: Vec<char> = secret.chars().collect();
    if chars.len() < 16 {
        return "...".to_owned();
    }
    let (start, end) = (&chars[..4], &chars[chars.len() - 4..]);
    start.iter().chain(&['.'; 3]).chain(end).collect()
}
