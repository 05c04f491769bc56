//! What a program can log, and whether there is a canary in it, in any encoding.

use std::{
    error::Error,
    fmt::{Debug, Write},
};

use base64::{Engine, prelude::BASE64_STANDARD};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

/// What each canary has in it, in every encoding but base64: letters are escaped nowhere.
pub(crate) const MARK: &str = "CaNaRy";

/// All that a value tells.
pub(crate) fn show(told: &mut String, value: &impl Debug) {
    writeln!(told, "{value:?}\n{value:#?}").unwrap();
}

pub(crate) fn show_error(told: &mut String, error: &(dyn Error + 'static)) {
    let mut next = Some(error);
    while let Some(error) = next {
        writeln!(told, "{error}\n{error:#}").unwrap();
        show(told, &error);
        next = error.source();
    }
}

/// The encodings of a secret.
pub(crate) fn encodings(secret: &str) -> Vec<String> {
    let json = serde_json::to_string(secret).unwrap();
    let percent = utf8_percent_encode(secret, NON_ALPHANUMERIC).to_string();
    vec![
        secret.to_owned(),
        json.trim_matches('"').to_owned(),
        percent.replace("%20", "+"),
        percent.replace("%2D", "-"),
        percent.replace("%2D", "-").replace("%20", "+"),
        percent,
        BASE64_STANDARD.encode(secret),
        BASE64_STANDARD.encode(format!("user:{secret}")),
    ]
}

pub(crate) fn assert_kept(told: &str, secrets: &[&str], of: &str) {
    let lower = told.to_ascii_lowercase();
    if let Some(at) = lower.find(&MARK.to_ascii_lowercase()) {
        let from = told[..at].char_indices().rev().nth(200).map_or(0, |c| c.0);
        let found: String = told[from..].chars().take(230).collect();
        panic!("{of} tells a canary: {found}");
    }
    for secret in secrets {
        for encoded in encodings(secret) {
            assert!(!told.contains(&encoded), "{of} tells {encoded}");
        }
    }
}

pub(crate) fn is_in(wire: &str, secret: &str) -> bool {
    encodings(secret).iter().any(|form| wire.contains(form))
}
