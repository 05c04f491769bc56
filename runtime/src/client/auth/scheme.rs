//! Credentials by name.

use std::fmt;

use super::{authorization::Authorization, credentials::CredentialSet, provider::Credentials};
use crate::ConfigError;

/// Credentials that get a name by [`ClientBuilder::scheme`](crate::ClientBuilder::scheme), of any type.
///
/// ```
/// use api_request::{Authorization, BoxError, Client, IntoScheme, Secret};
///
/// let token = || async { Ok::<_, BoxError>(Secret::new("at-0e6f".to_owned())) };
/// let schemes = [
///     ("management", Authorization::bearer("mk-71aa").into_scheme()),
///     ("session", token.into_scheme()),
/// ];
/// let client = Client::builder("https://api.example.com/v1");
/// let client = schemes.into_iter().fold(client, |client, (name, scheme)| client.scheme(name, scheme));
/// let client = client.build()?;
/// # Ok::<(), api_request::ConfigError>(())
/// ```
#[must_use = "credentials do nothing until they are given to a client"]
pub struct Scheme(Result<CredentialSet, ConfigError>);

/// What [`ClientBuilder::scheme`](crate::ClientBuilder::scheme) takes: an [`Authorization`], or a provider that implements
/// [`Credentials`], such as a closure.
///
/// ```
/// use api_request::{Authorization, IntoScheme};
///
/// let scheme = Authorization::bearer("mk-71aa").into_scheme();
/// assert!(!format!("{scheme:?}").contains("mk-71aa"));
/// ```
#[diagnostic::on_unimplemented(
    message = "`{Self}` is not credentials for a scheme",
    label = "neither an `Authorization` nor a provider of credentials",
    note = "give an `Authorization`, as in `Authorization::bearer(key)`, or a type that implements `Credentials`"
)]
pub trait IntoScheme {
    /// Makes credentials that can get a name.
    fn into_scheme(self) -> Scheme;
}

impl IntoScheme for Scheme {
    fn into_scheme(self) -> Scheme {
        self
    }
}

impl IntoScheme for Authorization {
    fn into_scheme(self) -> Scheme {
        let mut set = CredentialSet::default();
        Scheme(set.authorization(self).map(|()| set))
    }
}

impl<T: Credentials> IntoScheme for T {
    fn into_scheme(self) -> Scheme {
        let mut set = CredentialSet::default();
        set.provider(self);
        Scheme(Ok(set))
    }
}

impl fmt::Debug for Scheme {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("Scheme").field(&self.0).finish()
    }
}

/// The credentials of a client that have a name, each name once.
#[derive(Default)]
pub(crate) struct Schemes(Vec<(Box<str>, CredentialSet)>);

impl Schemes {
    /// Adds credentials to those of a name.
    pub(crate) fn add(&mut self, name: &str, Scheme(set): Scheme) -> Result<(), ConfigError> {
        check(name)?;
        let set = set?;
        match self.0.iter_mut().find(|(known, _)| **known == *name) {
            Some((_, known)) => known.add(set),
            None => self.0.push((name.into(), set)),
        }
        Ok(())
    }

    pub(crate) fn get(&self, name: &str) -> Option<&CredentialSet> {
        let found = self.0.iter().find(|(known, _)| **known == *name);
        found.map(|(_, set)| set)
    }

    /// Drops the cached credentials of all providers.
    pub(crate) fn forget(&self) {
        for (_, set) in &self.0 {
            set.forget();
        }
    }
}

/// Refuses a name that no operation can declare.
fn check(name: &str) -> Result<(), ConfigError> {
    let is_identifier = name.starts_with(|first: char| first.is_alphabetic() || first == '_')
        && name.chars().all(|c| c.is_alphanumeric() || c == '_')
        && name != "_";
    let why = if !is_identifier {
        "is not an identifier"
    } else if ["required", "optional", "none"].contains(&name) {
        "means something else in `auth`"
    } else {
        return Ok(());
    };
    let message = format!("no operation can name the credentials `{name}`: the name {why}");
    Err(ConfigError::new(message))
}

impl fmt::Debug for Schemes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let entries = self.0.iter().map(|(name, set)| (name, set));
        f.debug_map().entries(entries).finish()
    }
}
