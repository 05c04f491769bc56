//! The workspaces of the account.

use serde_json::{Value, json};

use super::state::now;

/// A workspace as it is when it is created.
pub(super) fn describe(id: &str) -> Value {
    json!({
        "id": id,
        "name": "Default",
        "slug": "default",
        "created_at": now(),
    })
}
