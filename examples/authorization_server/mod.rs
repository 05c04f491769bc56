//! Plays the authorization server of [RFC 7636](https://www.rfc-editor.org/rfc/rfc7636) on loopback.
//!
//! It gives a code for a challenge, and a key for that code and the verifier behind the challenge, at the paths and in
//! the JSON shapes of the real service. It agrees at once where the real one asks its user in a browser. Invariant: a
//! code is good for one attempt, right or wrong, so nobody can try one verifier after another.

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

/// The codes that nobody has tried yet, each with its challenge.
type Codes = Arc<Mutex<BTreeMap<String, String>>>;

type Answer = Result<Json<Value>, Refusal>;

/// Serves on a free port for as long as the tokio runtime lives, and returns the base URL.
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

/// The body of a request for a code. Nobody is redirected here, so `callback_url` is not read.
#[derive(Deserialize)]
struct Creation {
    code_challenge: String,
    code_challenge_method: String,
}

async fn create_code(
    State(codes): State<Codes>,
    body: Result<Json<Creation>, JsonRejection>,
) -> Answer {
    let Json(body) = body?;
    if body.code_challenge_method != "S256" {
        return Err(bad_request("the code challenge method is not S256"));
    }
    let hash = BASE64_URL_SAFE_NO_PAD.decode(&body.code_challenge);
    if !hash.is_ok_and(|hash| hash.len() == Sha256::output_size()) {
        return Err(bad_request("the code challenge is no SHA-256 in base64url"));
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
) -> Answer {
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

/// Whether the text is 43 to 128 unreserved characters (RFC 7636, section 4.1).
fn is_verifier(text: &str) -> bool {
    let unreserved = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~".contains(&byte);
    (43..=128).contains(&text.len()) && text.bytes().all(unreserved)
}

fn random() -> Result<String, Refusal> {
    let mut octets = [0; 32];
    getrandom::fill(&mut octets).map_err(|_| {
        Refusal(
            StatusCode::INTERNAL_SERVER_ERROR,
            "no random octets to be had",
        )
    })?;
    Ok(BASE64_URL_SAFE_NO_PAD.encode(octets))
}

/// An error in the API's shape.
struct Refusal(StatusCode, &'static str);

fn bad_request(message: &'static str) -> Refusal {
    Refusal(StatusCode::BAD_REQUEST, message)
}

fn forbidden(message: &'static str) -> Refusal {
    Refusal(StatusCode::FORBIDDEN, message)
}

impl From<JsonRejection> for Refusal {
    fn from(_: JsonRejection) -> Self {
        bad_request("the body is not the JSON that this operation takes")
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let Self(status, message) = self;
        let error = json!({ "error": { "code": status.as_u16(), "message": message } });
        (status, Json(error)).into_response()
    }
}
