//! The values of groups: what operations share.

use std::{any::Any, fmt, sync::Arc};

/// A value of a group, whose type only those who ask for it know.
#[derive(Clone)]
pub(super) struct GroupValue(Arc<dyn Any + Send + Sync>);

impl GroupValue {
    pub(super) fn new<G: Send + Sync + 'static>(value: G) -> Self {
        Self(Arc::new(value))
    }

    pub(super) fn get<G: 'static>(&self) -> Option<&G> {
        self.0.downcast_ref()
    }
}

/// Values of groups, one of each type.
#[derive(Default)]
pub(super) struct Groups(Vec<GroupValue>);

impl Groups {
    /// Sets the value of a group, in place of an earlier one.
    pub(super) fn set<G: Send + Sync + 'static>(&mut self, value: G) {
        self.0.retain(|known| known.get::<G>().is_none());
        self.0.push(GroupValue::new(value));
    }

    pub(super) fn get<G: 'static>(&self) -> Option<&G> {
        self.0.iter().find_map(GroupValue::get)
    }
}

impl fmt::Debug for GroupValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // What it holds may be secret.
        f.debug_struct("GroupValue").finish_non_exhaustive()
    }
}
