//! The steps before the exchange: a verifier, its challenge, and the code that the server issues for the challenge.

use std::error::Error;

use api_request::{ApiRequest, Client, Secret};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

use crate::OpenRouterError;

/// Creates an authorization code for a challenge.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/auth/keys/code", fields = json, response = CreatedCode, error = OpenRouterError)]
struct CreateAuthKeysCodeRequest<'a> {
    /// The URL that the service redirects its user to.
    callback_url: &'a str,
    /// The hash of the verifier.
    code_challenge: String,
    code_challenge_method: CodeChallengeMethod,
}

/// The method that derives a challenge from its verifier.
#[derive(Debug, Clone, Copy, Serialize)]
pub(crate) enum CodeChallengeMethod {
    /// SHA-256.
    S256,
}

/// The response to [`CreateAuthKeysCodeRequest`].
#[derive(Debug, Deserialize)]
struct CreatedCode {
    data: AuthCode,
}

/// An authorization code.
#[derive(Debug, Deserialize)]
struct AuthCode {
    id: Secret<String>,
}

/// Requests a code, and returns the code and its verifier.
pub(crate) async fn sign_in(
    client: &Client,
) -> Result<(Secret<String>, Secret<String>), Box<dyn Error>> {
    let verifier = new_verifier()?;
    let request = CreateAuthKeysCodeRequest {
        callback_url: "http://localhost:3000/callback",
        code_challenge: s256(&verifier),
        code_challenge_method: CodeChallengeMethod::S256,
    };
    let created = client.send(&request).await?;
    Ok((created.data.id, verifier))
}

/// Creates a verifier: 32 random octets as 43 characters
/// ([RFC 7636, section 4.1](https://www.rfc-editor.org/rfc/rfc7636#section-4.1)).
fn new_verifier() -> Result<Secret<String>, getrandom::Error> {
    let mut octets = [0; 32];
    getrandom::fill(&mut octets)?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(octets).into())
}

/// Returns the challenge for a verifier ([RFC 7636, section 4.2](https://www.rfc-editor.org/rfc/rfc7636#section-4.2)).
fn s256(verifier: &Secret<String>) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(verifier.expose()))
}
