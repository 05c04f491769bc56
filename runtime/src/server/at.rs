//! Where a member is in a body.

use serde_json::Value;

/// Where a member is, for people and as a pointer (RFC 6901).
#[derive(Default)]
pub(super) struct At {
    pub(super) name: String,
    pub(super) pointer: String,
}

impl At {
    /// Where a pointer leads to.
    pub(super) fn of(pointer: &str, json: &Value) -> Self {
        let mut at = Self::default();
        for segment in pointer.split('/').skip(1) {
            at = match (json.pointer(&at.pointer), segment.parse()) {
                (Some(Value::Array(_)), Ok(index)) => at.item(index),
                _ => at.member(&segment.replace("~1", "/").replace("~0", "~")),
            };
        }
        at
    }

    pub(super) fn member(&self, name: &str) -> Self {
        let dot = if self.name.is_empty() { "" } else { "." };
        let escaped = name.replace('~', "~0").replace('/', "~1");
        Self {
            name: format!("{}{dot}{name}", self.name),
            pointer: format!("{}/{escaped}", self.pointer),
        }
    }

    pub(super) fn item(&self, index: usize) -> Self {
        Self {
            name: format!("{}[{index}]", self.name),
            pointer: format!("{}/{index}", self.pointer),
        }
    }
}
