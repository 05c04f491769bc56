//! The settings of one call, and how they and the client's complete a request.

use std::{sync::Arc, time::Duration};

use http::{Extensions, HeaderName, HeaderValue, header};

use super::{
    auth::CredentialSet, builder::USER_AGENT, groups::GroupValue, header::Headers, idempotency,
    progress::OnUpload, query::Query, retry::Retry, state::Inner,
};
#[cfg(feature = "server")]
use crate::transport::Added;
use crate::{
    BaseUrl, ConfigError,
    encoder::Encoded,
    operation::{Auth, Idempotency, Operation},
    response::Expected,
};

/// The settings of one call, without the type of its request.
#[derive(Clone, Default)]
pub(super) struct Settings {
    /// In place of the client's.
    pub(super) base: Option<Arc<BaseUrl>>,
    pub(super) timeout: Option<Duration>,
    pub(super) read_timeout: Option<Duration>,
    pub(super) retry: Option<Retry>,
    pub(super) headers: Headers,
    pub(super) query: Query,
    /// Whether the target was given by the API, with the parameters of the call in it or without.
    pub(super) has_given_target: bool,
    /// Whether the API has responded to an earlier request of the call.
    pub(super) is_answered: bool,
    pub(super) extensions: Extensions,
    pub(super) credentials: CredentialSet,
    pub(super) group: Option<GroupValue>,
    pub(super) on_upload: Option<OnUpload>,
    /// The error of the first setting that is not valid.
    pub(super) error: Option<ConfigError>,
}

/// What a call asks for, besides its request.
pub(super) struct Options {
    pub(super) expected: Expected,
    pub(super) timeout: Option<Duration>,
    pub(super) read_timeout: Duration,
    /// In place of the client's. Boxed, as most calls have none.
    pub(super) retry: Option<Box<Retry>>,
    pub(super) is_answered: bool,
    /// The call's own, which are on the request already. Boxed, as most calls have none.
    pub(super) credentials: Option<Box<CredentialSet>>,
    pub(super) on_upload: Option<OnUpload>,
}

impl Settings {
    /// Not `default`, which is inlined, with a store for each field, into each call of a program.
    #[inline(never)]
    pub(super) fn new() -> Self {
        Self::default()
    }

    pub(super) fn set(&mut self, set: impl FnOnce(&mut Self) -> Result<(), ConfigError>) {
        if let Err(error) = set(self) {
            self.error.get_or_insert(error);
        }
    }

    /// Returns how many headers the call and the client add at most, so that the map is allocated once.
    pub(super) fn headers(&self, client: &Inner, operation: &Operation) -> usize {
        let own = self.headers.len() + self.credentials.headers();
        let credentials = client.credentials_of(operation);
        let key = usize::from(matches!(operation.idempotency, Idempotency::Key(_)));
        own + client.headers.len() + credentials.map_or(0, CredentialSet::headers) + key
    }

    /// Adds the settings of the call and the client to a request, or returns why it cannot be sent.
    pub(super) fn complete(
        &self,
        client: &Inner,
        operation: &'static Operation,
        request: &mut Encoded,
    ) -> Result<(), String> {
        if let Some(error) = &self.error {
            return Err(error.to_string());
        }
        self.headers.put_on(&mut request.headers);
        self.credentials.put_on(request);
        let of_client = client.credentials_for(operation, request);
        if let Some(credentials) = of_client {
            credentials.fill(request);
        }
        let lacks = match operation.auth {
            Auth::Optional | Auth::None => false,
            Auth::Required => of_client.is_none_or(CredentialSet::is_empty),
            Auth::Named(_) => of_client.is_none(),
        };
        if lacks
            && self.credentials.is_empty()
            && !request.headers.contains_key(header::AUTHORIZATION)
        {
            return Err(no_credentials(client, operation, request));
        }
        if client.trusts(request) {
            client.headers.fill(&mut request.headers);
        } else {
            let user_agent = request.headers.entry(header::USER_AGENT);
            user_agent.or_insert(HeaderValue::from_static(USER_AGENT));
        }
        if let Idempotency::Key(name) = operation.idempotency {
            let name = HeaderName::from_static(name);
            if !request.headers.contains_key(&name) {
                request.headers.insert(name, idempotency::new_key()?);
            }
        }
        request.extensions.clone_from(&self.extensions);
        #[cfg(feature = "server")]
        if self.headers.len() > 0 || self.query.names().next().is_some() {
            request.extensions.insert(Added {
                headers: self.headers.iter().map(|(name, _)| name.clone()).collect(),
                query: self.query.names().map(str::to_owned).collect(),
            });
        }
        self.query
            .put_on(&mut request.target, self.has_given_target)
    }
}

/// Why a request that requires credentials has none.
fn no_credentials(client: &Inner, operation: &Operation, request: &Encoded) -> String {
    let (needed, given) = match operation.auth {
        Auth::Named(name) => (
            format!("the credentials `{name}`"),
            format!(
                "and the client has none of that name, `ClientBuilder::scheme(\"{name}\", …)` gives it some"
            ),
        ),
        _ => (
            "credentials".to_owned(),
            "and neither the client nor the call has any".to_owned(),
        ),
    };
    if client.trusts(request) {
        return format!("the operation requires {needed}, {given}");
    }
    format!(
        "the operation requires {needed}, and the other origin {} does not get the client's: give some to the call, or name the origin by `ClientBuilder::trust_origin`",
        request.base(&client.base).origin()
    )
}
