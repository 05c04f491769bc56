//! What the stand-in keeps while it runs.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::SystemTime,
};

use axum::body::Bytes;

use super::{
    Fake, collection::Collection, keys, memberships, organization, refusal::Refusal, scim,
    workspaces,
};

/// What names the workspace that is there from the start.
pub(super) const DEFAULT_WORKSPACE: &str = "00000000-0000-4000-8000-000000000000";

/// The state, as all requests share it.
#[derive(Debug, Clone)]
pub(super) struct Shared(Arc<Mutex<State>>);

/// All that is created.
#[derive(Debug)]
pub(super) struct State {
    pub(super) keys: Collection,
    pub(super) workspaces: Collection,
    pub(super) budgets: Collection,
    pub(super) memberships: Collection,
    pub(super) members: Collection,
    pub(super) guardrails: Collection,
    pub(super) key_assignments: Collection,
    pub(super) member_assignments: Collection,
    pub(super) presets: Collection,
    pub(super) preset_versions: Collection,
    pub(super) byok: Collection,
    pub(super) destinations: Collection,
    pub(super) scim_groups: Collection,
    pub(super) scim_mappings: Collection,
    pub(super) codes: Collection,
    pub(super) generations: Collection,
    pub(super) videos: Collection,
    pub(super) files: Collection,
    /// What the files hold, by what names them.
    pub(super) contents: BTreeMap<String, Bytes>,
    made: u64,
}

impl Shared {
    pub(super) fn new() -> Self {
        let mut state = State {
            keys: Collection::new("key", "hash"),
            workspaces: Collection::new("workspace", "id"),
            budgets: Collection::new("budget", "id"),
            memberships: Collection::new("membership", "id"),
            members: organization::members(),
            guardrails: Collection::new("guardrail", "id"),
            key_assignments: Collection::new("assignment", "id"),
            member_assignments: Collection::new("assignment", "id"),
            presets: Collection::new("preset", "slug"),
            preset_versions: Collection::new("version", "id"),
            byok: Collection::new("credential", "id"),
            destinations: Collection::new("destination", "id"),
            scim_groups: scim::groups(),
            scim_mappings: Collection::new("mapping", "id"),
            codes: Collection::new("code", "id"),
            generations: Collection::new("generation", "id"),
            videos: Collection::new("video job", "id"),
            files: Collection::new("file", "id"),
            contents: BTreeMap::new(),
            made: 0,
        };
        let first = keys::describe(Fake::KEY, "The key of the stand-in", DEFAULT_WORKSPACE);
        // There are no other ones yet.
        let _ = state.keys.insert(first);
        let workspace = workspaces::describe(DEFAULT_WORKSPACE, "Default", "default");
        let _ = state.workspaces.insert(workspace);
        memberships::fill(&mut state);
        Self(Arc::new(Mutex::new(state)))
    }

    pub(super) fn lock(&self) -> MutexGuard<'_, State> {
        // A request that panicked did so before it changed anything.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl State {
    /// A UUID that nothing else is named by.
    pub(super) fn new_id(&mut self) -> String {
        self.made += 1;
        format!("00000000-0000-4000-8000-{:012x}", self.made)
    }

    /// An API key that no other one is like.
    pub(super) fn new_key(&mut self) -> String {
        self.made += 1;
        format!("sk-or-v1-{:064x}", self.made)
    }

    /// The workspace of this name, or the default one.
    pub(super) fn workspace(&self, id: Option<&str>) -> Result<String, Refusal> {
        let id = id.unwrap_or(DEFAULT_WORKSPACE);
        self.workspaces.get(id).map(|_| id.to_owned())
    }

    /// The key that a request came with has to be one of these, switched on.
    pub(super) fn check_key(&self, key: &str) -> Result<String, Refusal> {
        let hash = keys::hash(key);
        match self.keys.get(&hash) {
            Ok(key) if key["disabled"] == true => Err(Refusal::unauthorized("the key is disabled")),
            Ok(_) => Ok(hash),
            Err(_) => Err(Refusal::unauthorized("there is no such key")),
        }
    }
}

/// The start and the end of a key, which people know it by.
pub(super) fn label(key: &str) -> String {
    let end = key.len().saturating_sub(3);
    format!("{}...{}", &key[..end.min(12)], &key[end..])
}

/// The time, as an RFC 3339 date.
pub(super) fn now() -> String {
    humantime::format_rfc3339_millis(SystemTime::now()).to_string()
}

/// The time, in Unix seconds.
pub(super) fn seconds() -> u64 {
    SystemTime::UNIX_EPOCH
        .elapsed()
        .unwrap_or_default()
        .as_secs()
}
