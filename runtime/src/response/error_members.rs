//! Whether JSON inside a 2xx is an error of the API: whether it has a member that says so.
//!
//! Most items of a stream are not even parsed for it: they have neither the name in quotes, nor an escape that may stand
//! for a character of the name.

use std::str;

use memchr::{
    memchr,
    memmem::{Finder, find_iter},
};
use serde::de::IgnoredAny;

use crate::json_members::Members;

/// The members at the top of an object that make it an error, unless they are `null`.
pub(super) struct ErrorMembers {
    error: Member,
    declared: Option<Member>,
}

struct Member {
    name: &'static str,
    quoted: Finder<'static>,
}

impl ErrorMembers {
    /// `error`, and the one that the error type declares.
    pub(super) fn new(declared: Option<&'static str>) -> Self {
        Self {
            error: Member::new("error"),
            declared: declared.map(Member::new),
        }
    }

    /// Whether it is an object with such a member.
    pub(super) fn are_in(&self, json: &[u8]) -> bool {
        let names = [Some(&self.error), self.declared.as_ref()];
        let names = names.into_iter().flatten();
        if !names.clone().any(|name| name.may_be_in(json)) {
            return false;
        }
        let is_meant = |found: &str| names.clone().any(|name| name.name == found);
        let found = Members::<Option<IgnoredAny>>::find(json, is_meant);
        // What is no object, or no JSON, is for the type that is expected to judge.
        found.is_ok_and(|members| members.values.iter().any(Option::is_some))
    }
}

impl Member {
    fn new(name: &'static str) -> Self {
        let quoted = format!("\"{name}\"");
        Self {
            name,
            quoted: Finder::new(&quoted).into_owned(),
        }
    }

    fn may_be_in(&self, json: &[u8]) -> bool {
        self.quoted.find(json).is_some()
            || memchr(b'\\', json).is_some_and(|at| self.may_be_escaped_in(&json[at..]))
    }

    /// Whether there is an escape of a character of the name.
    fn may_be_escaped_in(&self, json: &[u8]) -> bool {
        let name = self.name.as_bytes();
        let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.".contains(byte);
        if !name.iter().all(is_plain) {
            return true;
        }
        // A letter or digit has one escape only, if one leaves the case of its digits aside.
        let mut escapes = find_iter(json, r"\u00");
        escapes.any(|at| {
            let digits = json
                .get(at + 4..at + 6)
                .and_then(|hex| str::from_utf8(hex).ok());
            let byte = digits.and_then(|hex| u8::from_str_radix(hex, 16).ok());
            byte.is_some_and(|byte| name.contains(&byte))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::ErrorMembers;

    #[test]
    fn only_what_may_be_a_member_is_parsed() {
        let members = ErrorMembers::new(Some("fäult"));
        let plain = ErrorMembers::new(None);
        let cases = [
            (r#"{"error":1}"#, true),
            (r#"{"\u0065rror":1}"#, true),
            (r#"{"err\u006Fr":1}"#, true),
            (r#"{"a":"an \"error\" in \u003cp\u003e, \u00e9"}"#, false),
            (r#"{"errors":1,"a":"error"}"#, true),
            (r#"{"a":"\u00"#, false),
        ];
        for (json, expected) in cases {
            assert_eq!(plain.error.may_be_in(json.as_bytes()), expected, "{json}");
        }
        assert!(members.are_in(r#"{"f\u00e4ult":1}"#.as_bytes()));
        assert!(members.are_in(r#"{"fäult":[]}"#.as_bytes()));
        assert!(!members.are_in(r#"{"fäult":null,"error":null,"a":"\n"}"#.as_bytes()));
    }
}
