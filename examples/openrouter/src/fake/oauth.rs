//! Keys for apps: a code that the user lets the app have, and the key that it is exchanged for
//! ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)).

use axum::extract::Query;
use axum::response::{IntoResponse, Redirect, Response};
use url::Url;

use super::{keys, prelude::*, refusal::respond};
use crate::{api_keys::KeyInfo, oauth as api, oauth::CodeChallengeMethod};

/// A code, and the key that it is exchanged for.
#[derive(Debug)]
pub(super) struct Code {
    pub(super) id: String,
    challenge: Option<String>,
    method: Option<CodeChallengeMethod>,
    secret: String,
    pub(super) key: KeyInfo,
}

pub(super) fn add(router: Router<Shared>) -> Router<Shared> {
    router.on(redeem).on(create)
}

/// The page where a user lets an app in, which is not an operation of the API. Nobody is asked here.
pub(super) fn page() -> axum::Router<Shared> {
    axum::Router::new().route("/auth", axum::routing::get(authorize))
}

/// Where the user comes back to.
fn callback(url: &str) -> Result<Url> {
    let is_allowed = |url: &Url| match url.scheme() {
        "https" => true,
        "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1")),
        _ => false,
    };
    let url = Url::parse(url).ok().filter(is_allowed);
    let message = "`callback_url` has to be an https URL, or one of this machine";
    url.ok_or_else(|| bad_request(message))
}

/// Makes a code, and keeps what it stands for. An app is known by the host that its users come back to.
fn make_code(state: &mut State, request: api::CreateAuthCode) -> Result<(api::AuthCode, Url)> {
    let callback = callback(&request.callback_url)?;
    let app = callback.host_str().unwrap_or_default();
    let app_id = i64::from_str_radix(&keys::hash(app)[..8], 16);
    rules::length("key_label", request.key_label.as_deref(), 0..=100)?;
    let method = match (&request.code_challenge, request.code_challenge_method) {
        (None, Some(_)) => return Err(bad_request("there is no `code_challenge`")),
        (Some(_), None) => Some(CodeChallengeMethod::Plain),
        (_, method) => method,
    };
    let workspace = state.workspace(request.workspace_id.as_deref())?;
    let secret = state.new_key();
    let key = KeyInfo {
        name: request.key_label.unwrap_or_else(|| app.to_owned()),
        creator_user_id: Some(OWNER.to_owned()),
        limit: request.limit,
        limit_remaining: request.limit,
        limit_reset: request.usage_limit_type.map(|reset| reset.to_string()),
        expires_at: request.expires_at.into_option(),
        ..keys::new(&secret, &workspace)
    };
    let code = state.codes.insert(Code {
        id: format!("auth_code_{}", key.hash),
        challenge: request.code_challenge,
        method,
        secret,
        key,
    })?;
    let code = api::AuthCode {
        app_id: app_id.unwrap_or_default(),
        created_at: now(),
        id: code.id.clone().into(),
    };
    Ok((code, callback))
}

async fn create(mut state: Held, request: api::CreateAuthCode) -> Answer<api::CreateAuthCode> {
    let (data, _) = make_code(&mut state, request)?;
    Ok(api::CreateAuthCodeResponse { data })
}

async fn authorize(mut state: Held, Query(request): Query<api::CreateAuthCode>) -> Response {
    match make_code(&mut state, request) {
        Ok((code, mut callback)) => {
            let code = code.id.expose();
            callback.query_pairs_mut().append_pair("code", code);
            Redirect::to(callback.as_str()).into_response()
        }
        Err(error) => respond(error),
    }
}

async fn redeem(mut state: Held, request: api::ExchangeAuthCode) -> Answer<api::ExchangeAuthCode> {
    let refuse = || forbidden("the code or its verifier is wrong");
    let id = request.code.expose();
    let code = state.codes.get(id).map_err(|_| refuse())?;
    let method = request.code_challenge_method.as_ref();
    let message = "the code was made with another `code_challenge_method`";
    ensure(method.is_none() || method == code.method.as_ref(), message)?;
    let verifier = request.code_verifier.as_ref().map(|it| it.expose().clone());
    let proof = match code.method {
        Some(CodeChallengeMethod::S256) => verifier.map(|it| api::Verifier::from(it).challenge()),
        _ => verifier,
    };
    if code.challenge != proof {
        return Err(refuse());
    }
    let code = state.codes.remove(id)?;
    state.keys.insert(code.key)?;
    let (key, user_id) = (code.secret.into(), Some(OWNER.to_owned()));
    Ok(api::ExchangeAuthCodeResponse { key, user_id })
}
