//! What the stand-in keeps while it runs.

use std::{convert::Infallible, sync::Arc, time::SystemTime};

use axum::{extract::FromRequestParts, http::request::Parts};
use tokio::sync::{Mutex, OwnedMutexGuard};

use super::{
    Fake, check::Caller, files, generations, keys, memberships, oauth, organization, prelude::*,
    refusal::unauthorized, scim, videos, workspaces,
};

/// What names the workspace that is there from the start.
pub(super) const DEFAULT_WORKSPACE: &str = "00000000-0000-4000-8000-000000000000";

/// The state, as all requests share it.
#[derive(Debug, Clone)]
pub(super) struct Shared(Arc<Mutex<State>>);

/// The state, for one request alone: what a handler takes before the request.
pub(super) type Held = OwnedMutexGuard<State>;

/// Declares the state, with its collections: of which type, what one is called, and which member names it.
macro_rules! state {
    ($($name:ident: $item:ty, $what:literal by $($id:ident).+;)+) => {
        /// All that is created.
        #[derive(Debug)]
        pub(super) struct State {
            $(pub(super) $name: Collection<$item>,)+
            /// The hash of the key that the request came with which holds the state.
            pub(super) caller: String,
            made: u64,
        }

        impl State {
            fn new() -> Self {
                Self {
                    $($name: Collection::new($what, |it| &it.$($id).+),)+
                    caller: String::new(),
                    made: 0,
                }
            }
        }
    };
}

state! {
    keys: crate::api_keys::KeyInfo, "key" by hash;
    workspaces: crate::workspaces::Workspace, "workspace" by id;
    budgets: crate::workspaces::WorkspaceBudget, "budget" by id;
    memberships: crate::workspaces::WorkspaceMember, "membership" by id;
    members: crate::organization::OrganizationMember, "member" by id;
    guardrails: crate::guardrails::Guardrail, "guardrail" by id;
    key_assignments: crate::guardrails::KeyAssignment, "assignment" by key_hash;
    member_assignments: crate::guardrails::MemberAssignment, "assignment" by id;
    presets: crate::presets::Preset, "preset" by slug;
    preset_versions: crate::presets::PresetVersion, "version" by id;
    byok: crate::byok::ByokKey, "credential" by id;
    destinations: crate::observability::ObservabilityDestination, "destination" by id;
    scim_groups: crate::scim::ScimGroup, "group" by id;
    scim_mappings: crate::scim::ScimGroupMapping, "mapping" by id;
    codes: oauth::Code, "code" by id;
    generations: generations::Kept, "generation" by data.id;
    videos: videos::Job, "video job" by id;
    files: files::Kept, "file" by id;
}

impl Shared {
    pub(super) fn new() -> Self {
        let mut state = State::new();
        state.keys.put(crate::api_keys::KeyInfo {
            name: "The key of the stand-in".to_owned(),
            ..keys::new(Fake::KEY, DEFAULT_WORKSPACE)
        });
        state.workspaces.put(crate::workspaces::Workspace {
            name: "Default".to_owned(),
            slug: "default".to_owned(),
            ..workspaces::new(DEFAULT_WORKSPACE)
        });
        organization::members().for_each(|it| state.members.put(it));
        scim::groups().for_each(|it| state.scim_groups.put(it));
        memberships::fill(&mut state);
        Self(Arc::new(Mutex::new(state)))
    }

    pub(super) async fn hold(&self) -> Held {
        Arc::clone(&self.0).lock_owned().await
    }
}

impl FromRequestParts<Shared> for Held {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, shared: &Shared) -> Result<Self, Infallible> {
        let mut state = shared.hold().await;
        let caller = parts.extensions.get::<Caller>();
        state.caller = caller.map(|caller| caller.0.clone()).unwrap_or_default();
        Ok(state)
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

    /// The workspace of this ID, or the default one. Not to know it is a mistake of the request, not of its path.
    pub(super) fn workspace(&self, id: Option<&str>) -> Result<String> {
        let found = self.workspaces.get(id.unwrap_or(DEFAULT_WORKSPACE));
        let found = found.map_err(|_| bad_request("there is no such workspace"))?;
        Ok(found.id.clone())
    }

    /// The hash of a key, which has to be one of these, switched on.
    pub(super) fn check_key(&self, key: &str) -> Result<String> {
        let found = self.keys.get(&keys::hash(key));
        let found = found.map_err(|_| unauthorized("there is no such key"))?;
        if found.disabled {
            return Err(unauthorized("the key is disabled"));
        }
        Ok(found.hash.clone())
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
    let elapsed = SystemTime::UNIX_EPOCH.elapsed();
    elapsed.unwrap_or_default().as_secs()
}
