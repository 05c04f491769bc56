//! Proof Key for Code Exchange: how a program without a secret gets a key of its user.

use api_request::Secret;
use base64::{Engine, prelude::BASE64_URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};
use url::Url;

/// Where a user is asked to let an app in.
const AUTHORIZE: &str = "https://openrouter.ai/auth";

/// A code verifier ([RFC 7636, section 4.1](https://www.rfc-editor.org/rfc/rfc7636#section-4.1)): a secret that proves,
/// when a code is exchanged, that it was this program that asked for it.
///
/// ```
/// use openrouter::oauth::Verifier;
///
/// let verifier = Verifier::new()?;
/// let url = verifier.authorization_url("http://localhost:3000/callback")?;
/// assert!(url.as_str().starts_with("https://openrouter.ai/auth?callback_url=http%3A%2F%2Flocalhost"));
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
#[derive(Debug, Clone)]
pub struct Verifier(Secret<String>);

impl Verifier {
    /// Makes one of 32 random bytes, 43 characters long.
    ///
    /// # Errors
    ///
    /// Fails if the system has no random bytes.
    pub fn new() -> Result<Self, getrandom::Error> {
        let mut bytes = [0; 32];
        getrandom::fill(&mut bytes)?;
        Ok(Self::from(BASE64_URL_SAFE_NO_PAD.encode(bytes)))
    }

    /// The verifier itself, for `code_verifier` of
    /// [`ExchangeAuthCode`](super::ExchangeAuthCode).
    #[must_use]
    pub fn secret(&self) -> &Secret<String> {
        &self.0
    }

    /// The code challenge of the method `S256`
    /// ([RFC 7636, section 4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2)).
    ///
    /// ```
    /// use openrouter::oauth::Verifier;
    ///
    /// // The example of RFC 7636, appendix B.
    /// let verifier = Verifier::from("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk".to_owned());
    /// assert_eq!(verifier.challenge(), "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
    /// ```
    #[must_use]
    pub fn challenge(&self) -> String {
        BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(self.0.expose().as_bytes()))
    }

    /// Where to send the user, who comes back to `callback_url` with a `code`.
    ///
    /// # Errors
    ///
    /// Never fails in practice: it would if the address of the API were no URL.
    pub fn authorization_url(&self, callback_url: &str) -> Result<Url, url::ParseError> {
        let authorize = Url::parse(AUTHORIZE)?;
        Ok(self.authorization_url_at(&authorize, callback_url))
    }

    /// The same, with the page of another host, such as that of a stand-in for the API.
    ///
    /// ```
    /// use openrouter::oauth::Verifier;
    /// use url::Url;
    ///
    /// let page = Url::parse("http://127.0.0.1:8080/auth")?;
    /// let url = Verifier::new()?.authorization_url_at(&page, "http://localhost:3000/callback");
    /// assert_eq!((url.port(), url.path()), (Some(8080), "/auth"));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn authorization_url_at(&self, authorize: &Url, callback_url: &str) -> Url {
        let mut url = authorize.clone();
        url.query_pairs_mut()
            .append_pair("callback_url", callback_url)
            .append_pair("code_challenge", &self.challenge())
            .append_pair("code_challenge_method", "S256");
        url
    }
}

impl From<String> for Verifier {
    /// Takes up one that was made before.
    fn from(verifier: String) -> Self {
        Self(Secret::new(verifier))
    }
}
