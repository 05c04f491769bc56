//! An operation as a program has it, and what is known of its fields by their types.

mod expected;
mod secrets;

use api_request::{AnyOperation, Auth, Input, Operation};

pub use self::expected::Expected;
pub(crate) use self::{expected::expected, secrets::secrets};

/// An operation of the list.
#[derive(Debug, Clone, Copy)]
pub struct Named {
    pub(crate) resource: &'static str,
    pub(crate) verb: &'static str,
    pub(crate) any: &'static AnyOperation,
    pub(crate) expected: fn(&str) -> Expected,
    pub(crate) secrets: fn(&Input) -> Vec<String>,
}

impl Named {
    /// What it is about, as the command line has it: `keys`.
    #[must_use]
    pub const fn resource(&self) -> &'static str {
        self.resource
    }

    /// What it does, as the command line has it: `get-current`.
    #[must_use]
    pub const fn verb(&self) -> &'static str {
        self.verb
    }

    /// What can be done with it.
    #[must_use]
    pub const fn any(&self) -> &'static AnyOperation {
        self.any
    }

    /// What is declared.
    #[must_use]
    pub const fn operation(&self) -> &'static Operation {
        self.any.operation()
    }

    /// Whether the API refuses it without a key.
    #[must_use]
    pub fn needs_key(&self) -> bool {
        // It gives keys to those who have none.
        let gives_key = self.operation().name() == "exchangeAuthCodeForAPIKey";
        self.operation().auth() != Auth::None && !gives_key
    }

    /// What a field can be: of a parameter, by its name in Rust, and of a member of the body, by that on the wire.
    #[must_use]
    pub fn expected(&self, field: &str) -> Expected {
        (self.expected)(field)
    }

    /// The JSON pointers of the secrets in a body that is JSON, such as `/key`; of members that it does not have, too.
    #[must_use]
    pub fn secrets(&self, input: &Input) -> Vec<String> {
        (self.secrets)(input)
    }
}

/// The names that are nearest, the best first: those with what was written in them, then by their distance.
pub(crate) fn nearest<'n>(written: &str, names: impl Iterator<Item = &'n str>) -> Vec<&'n str> {
    let lower = written.to_lowercase();
    let mut names: Vec<&str> = names.collect();
    names.sort_by_cached_key(|name| {
        let name = name.to_lowercase();
        let is_part = !lower.is_empty() && name.contains(&lower);
        (!is_part, strsim::osa_distance(&lower, &name))
    });
    names.dedup();
    names.truncate(3);
    names
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn the_nearest_names_have_the_written_one_in_them() {
        let names = ["getKey", "list", "sendChatCompletionRequest"];
        assert_eq!(
            nearest("chat", names.into_iter())[0],
            "sendChatCompletionRequest"
        );
        assert_eq!(nearest("getKeys", names.into_iter())[0], "getKey");
    }
}
