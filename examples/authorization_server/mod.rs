//! Plays the authorization server of [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636) on loopback.
//!
//! The server issues a code for a challenge, and a key for that code and the verifier of the challenge. Paths and JSON
//! are those of the real service. The real service asks its user for consent in a browser; this one always consents.
//! Invariant: a code is valid for one attempt, successful or not, so verifiers cannot be guessed one after the other.

use std::{
    collections::BTreeMap,
    io,
    net::Ipv4Addr,
    sync::{Arc, Mutex},
};

use axum::{
    Json, Router,
    extract::{State, rejection::JsonRejection},
    http::StatusCode,
    response::{IntoResponse, Response},
    routing::post,
};
use base64::prelude::{BASE64_URL_SAFE_NO_PAD, Engine as _};
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use tokio::net::TcpListener;

/// The unused codes, each with its challenge.
type Codes = Arc<Mutex<BTreeMap<String, String>>>;

type Reply = Result<Json<Value>, Refusal>;

/// Starts the server on a free port and returns its base URL. The server runs until the tokio runtime ends.
pub(crate) async fn start() -> io::Result<String> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let base_url = format!("http://{}/api/v1", listener.local_addr()?);
    let router = Router::new()
        .route("/api/v1/auth/keys/code", post(create_code))
        .route("/api/v1/auth/keys", post(exchange_code))
        .with_state(Codes::default());
    tokio::spawn(async move { axum::serve(listener, router).await });
    Ok(base_url)
}

/// The body of a request for a code. `callback_url` is not read, because this server does not redirect.
#[derive(Deserialize)]
struct Creation {
    code_challenge: String,
    code_challenge_method: String,
}

async fn create_code(
    State(codes): State<Codes>,
    body: Result<Json<Creation>, JsonRejection>,
) -> Reply {
    let Json(body) = body?;
    if body.code_challenge_method != "S256" {
        return Err(bad_request("the code challenge method is not S256"));
    }
    let hash = BASE64_URL_SAFE_NO_PAD.decode(&body.code_challenge);
    if !hash.is_ok_and(|hash| hash.len() == Sha256::output_size()) {
        return Err(bad_request(
            "the code challenge is not a SHA-256 hash in base64url",
        ));
    }
    let code = random()?;
    let mut codes = codes.lock().expect("no handler panics with the lock");
    codes.insert(code.clone(), body.code_challenge);
    Ok(Json(json!({ "data": { "id": code } })))
}

/// The body of a request that exchanges a code.
#[derive(Deserialize)]
struct Exchange {
    code: String,
    code_verifier: String,
    code_challenge_method: Option<String>,
}

async fn exchange_code(
    State(codes): State<Codes>,
    body: Result<Json<Exchange>, JsonRejection>,
) -> Reply {
    let Json(body) = body?;
    if body
        .code_challenge_method
        .is_some_and(|method| method != "S256")
    {
        return Err(bad_request("the code challenge method is not S256"));
    }
    if !is_verifier(&body.code_verifier) {
        return Err(bad_request("the code verifier is malformed"));
    }
    let challenge = codes
        .lock()
        .expect("no handler panics with the lock")
        .remove(&body.code)
        .ok_or_else(|| forbidden("the code is unknown or was used before"))?;
    // RFC 7636, section 4.6.
    if BASE64_URL_SAFE_NO_PAD.encode(Sha256::digest(&body.code_verifier)) != challenge {
        return Err(forbidden("the code verifier does not match the challenge"));
    }
    let key = format!("sk-or-v1-{}", random()?);
    Ok(Json(
        json!({ "key": key, "user_id": "user_2mVq8RzKdLx5TnWb9HsYc3FgJtE" }),
    ))
}

/// Returns whether the text consists of 43 to 128 unreserved characters (RFC 7636, section 4.1).
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

fn random() -> Result<String, Refusal> {
    let mut octets = [0; 32];
    getrandom::fill(&mut octets).map_err(|_| {
        Refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "the system has no random octets",
        )
    })?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(octets))
}

/// An error response of the API.
struct Refusal(StatusCode, &'static str);

fn bad_request(message: &'static str) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, message)
}

fn forbidden(message: &'static str) -> Refusal {
    Refusal(StatusCode::FORBIDDEN, message)
}

impl From<JsonRejection> for Refusal {
    fn from(_: JsonRejection) -> Self {
        bad_request("the body does not match this operation")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, message) = self;
        let error = json!({ "error": { "code": status.as_u16(), "message": message } });
        (status, Json(error)).into_response()
    }
}
