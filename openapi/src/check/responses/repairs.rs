//! What is changed in a value that does not fit, so that what else does not fit shows.

use serde_json::{Value as Json, json};

use super::{
    super::path,
    misfit::{Misfit, Reason, Tried},
};
use crate::document::{Document, Schema};

/// Decodes a value, and says why it cannot be.
pub(super) type Decode<'d> = &'d dyn Fn(&Json) -> Option<Reason>;

/// What was changed in the fullest value.
#[derive(Debug, Default)]
pub(super) struct Repairs {
    /// The pointers to what was left out.
    left_out: Vec<String>,
    /// What has to be there has another value, which the document may not allow.
    replaced: Vec<(String, Json)>,
    /// Where nothing helps, so that what differs further down shows nothing.
    failed: Option<String>,
}

impl Repairs {
    /// Changes what is at a pointer, where a value does not fit. Returns whether that helps.
    pub(super) fn add(
        &mut self,
        document: &Document,
        schema: &Schema,
        value: &mut Json,
        pointer: String,
        decode: Decode<'_>,
    ) -> bool {
        let mut shorter = value.clone();
        let outer = path::without(document, schema, &mut shorter, &pointer);
        if outer.as_ref() != Some(&pointer)
            && let Some(other) = replacement(document, schema, value, &pointer, decode)
        {
            self.replaced.push((pointer, other));
            return true;
        }
        let Some(outer) = outer else {
            self.failed = Some(pointer);
            return false;
        };
        *value = shorter;
        self.left_out.push(outer);
        true
    }

    /// Makes the same changes to a value that differs from the fullest at a pointer. Returns whether it still does.
    pub(super) fn apply(&self, value: &mut Json, changed: &str) -> bool {
        let replaced = self.replaced.iter().map(|(pointer, _)| pointer);
        let mut all = self.left_out.iter().chain(replaced);
        if all.any(|pointer| path::is_within(changed, pointer)) {
            return false;
        }
        for pointer in &self.left_out {
            path::remove(value, pointer);
        }
        for (pointer, other) in &self.replaced {
            if let Some(place) = value.pointer_mut(pointer) {
                place.clone_from(other);
            }
        }
        true
    }

    /// Whether nothing helps around a pointer.
    pub(super) fn failed_around(&self, pointer: &str) -> bool {
        let failed = self.failed.as_deref();
        failed.is_some_and(|outer| pointer != outer && path::is_within(pointer, outer))
    }
}

/// Puts another value at a pointer, with which the misfit there is gone.
fn replacement(
    document: &Document,
    schema: &Schema,
    value: &mut Json,
    pointer: &str,
    decode: Decode<'_>,
) -> Option<Json> {
    let before = value.pointer(pointer)?.clone();
    let others = [
        json!(1),
        json!("a"),
        json!(true),
        json!(null),
        json!([]),
        json!({}),
    ];
    for other in others {
        value.pointer_mut(pointer)?.clone_from(&other);
        let is_gone = decode(value).is_none_or(|reason| {
            let misfit = Misfit::new(document, Tried::new(schema, value), reason);
            !path::is_within(&misfit.pointer, pointer) && !path::is_within(pointer, &misfit.pointer)
        });
        if is_gone {
            return Some(other);
        }
    }
    *value.pointer_mut(pointer)? = before;
    None
}
