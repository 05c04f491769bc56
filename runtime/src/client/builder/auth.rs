//! The credentials of a client.

use super::ClientBuilder;
use crate::{
    Secret,
    client::auth::{Authorization, Credentials, IntoScheme},
};

impl<C> ClientBuilder<C> {
    /// Sends these credentials with each request that does not set credentials of the same kind itself.
    ///
    /// ```
    /// use api_request::{Authorization, Client};
    ///
    /// let key = Authorization::header("ApiKey k-0e6f");
    /// let client = Client::builder("https://api.example.com/v1").authorization(key).build()?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    pub fn authorization(self, authorization: Authorization) -> Self {
        self.set(|config| config.credentials.authorization(authorization))
    }

    /// Sends a bearer token ([RFC 6750](https://www.rfc-editor.org/rfc/rfc6750#section-2.1)) with each request that
    /// does not set `Authorization` itself.
    pub fn bearer(self, token: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::bearer(token))
    }

    /// Sends a user name and password ([RFC 7617](https://www.rfc-editor.org/rfc/rfc7617#section-2)) with each request
    /// that does not set `Authorization` itself.
    pub fn basic(self, user: &str, password: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::basic(user, password))
    }

    /// Sends an API key in a header: the scheme `apiKey` of
    /// [OpenAPI](https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object).
    ///
    /// ```
    /// use api_request::{ApiRequest, Client};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/names")]
    /// struct ListNames;
    ///
    /// let client = Client::builder("https://api.example.com/v1").api_key_header("X-Api-Key", "k-0e6f").build()?;
    /// let request = client.call(&ListNames).build()?;
    /// assert_eq!(request.headers()["x-api-key"], "k-0e6f");
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn api_key_header<N>(self, name: N, key: impl Into<Secret<String>>) -> Self
    where
        N: AsRef<str>,
    {
        self.authorization(Authorization::api_key_header(name, key))
    }

    /// Sends an API key in the query: the scheme `apiKey` of
    /// [OpenAPI](https://spec.openapis.org/oas/v3.1.1.html#security-scheme-object).
    ///
    /// ```
    /// use api_request::{ApiRequest, Client};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/names")]
    /// struct ListNames;
    ///
    /// let client = Client::builder("https://api.example.com/v1").api_key_query("key", "k-0e6f").build()?;
    /// let request = client.call(&ListNames).build()?;
    /// assert_eq!(request.uri().query(), Some("key=k-0e6f"));
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn api_key_query(self, name: &str, key: impl Into<Secret<String>>) -> Self {
        self.authorization(Authorization::api_key_query(name, key))
    }

    /// Gets credentials from a provider when a call needs them, for each request that does not set `Authorization`
    /// itself. The provider is a closure that returns a future of a bearer token, or a type that implements
    /// [`Credentials`], where the rules are. It replaces a bearer token or basic credentials given before, and is
    /// replaced by those given after.
    ///
    /// The credentials are kept until a response of 401: then the client gets others and sends the request once more.
    ///
    /// ```
    /// use api_request::{Client, Secret};
    ///
    /// async fn log_in() -> Result<Secret<String>, std::io::Error> {
    ///     Ok(Secret::new("at-0e6f".to_owned()))
    /// }
    ///
    /// let client = Client::builder("https://api.example.com/v1").credentials(log_in).build()?;
    /// # Ok::<(), api_request::ConfigError>(())
    /// ```
    pub fn credentials(self, provider: impl Credentials) -> Self {
        self.with(|config| config.credentials.provider(provider))
    }

    /// Gives credentials a name, for the operations that declare `auth = name`: they get those and no others of the client.
    /// They are an [`Authorization`](crate::Authorization), or a provider as in [`credentials`](Self::credentials), each
    /// with a cache of its own.
    ///
    /// A name may be given again: like those without a name, credentials of another kind are sent as well, and those of
    /// the same kind are replaced. Names that no operation can declare are errors: `required`, `optional`, `none`, and what
    /// is not an identifier.
    ///
    /// ```
    /// use api_request::{ApiRequest, Authorization, Client};
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/models")]
    /// struct ListModels;
    ///
    /// #[derive(ApiRequest)]
    /// #[api(method = GET, path = "/keys", auth = management)]
    /// struct ListKeys;
    ///
    /// let client = Client::builder("https://api.example.com/v1")
    ///     .bearer("sk-0e6f")
    ///     .scheme("management", Authorization::bearer("mk-71aa"))
    ///     .build()?;
    /// assert_eq!(client.call(&ListModels).build()?.headers()["authorization"], "Bearer sk-0e6f");
    /// assert_eq!(client.call(&ListKeys).build()?.headers()["authorization"], "Bearer mk-71aa");
    ///
    /// let client = Client::builder("https://api.example.com/v1").bearer("sk-0e6f").build()?;
    /// let error = client.call(&ListKeys).build().unwrap_err();
    /// assert!(error.to_string().contains("requires the credentials `management`"));
    /// # Ok::<(), api_request::Error>(())
    /// ```
    pub fn scheme(self, name: &str, credentials: impl IntoScheme) -> Self {
        let credentials = credentials.into_scheme();
        self.set(|config| config.schemes.add(name, credentials))
    }
}
