//! Keys for apps: a code that the user lets the app have, and the key that it is exchanged for
//! ([RFC 7636](https://www.rfc-editor.org/rfc/rfc7636)).

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::Redirect,
    routing::{get, post},
};
use serde::Deserialize;
use serde_json::{Value, json};
use url::Url;

use super::{
    Answer, keys,
    organization::OWNER,
    query::Query,
    refusal::Refusal,
    rules,
    state::{self, Shared, now},
};
use crate::oauth::Verifier;

pub(super) fn routes() -> Router<Shared> {
    Router::new()
        .route("/auth/keys", post(exchange))
        .route("/auth/keys/code", post(create))
}

/// The page where a user lets an app in, which is no operation of the API. Nobody is asked here.
pub(super) fn page() -> Router<Shared> {
    Router::new().route("/auth", get(authorize))
}

/// What an app asks for.
#[derive(Deserialize)]
struct Request {
    callback_url: String,
    code_challenge: Option<String>,
    code_challenge_method: Option<String>,
    expires_at: Option<String>,
    key_label: Option<String>,
    limit: Option<f64>,
    usage_limit_type: Option<String>,
    workspace_id: Option<String>,
}

impl Request {
    fn callback(&self) -> Result<Url, Refusal> {
        let url = Url::parse(&self.callback_url);
        let is_allowed = |url: &Url| match url.scheme() {
            "https" => true,
            "http" => matches!(url.host_str(), Some("localhost" | "127.0.0.1")),
            _ => false,
        };
        url.ok().filter(is_allowed).ok_or_else(|| {
            let message = "`callback_url` has to be an https URL, or one of this machine";
            Refusal::bad_request(message)
        })
    }

    /// The method of the code challenge, which is `plain` where none is named.
    fn method(&self) -> Result<Option<&str>, Refusal> {
        let method = self.code_challenge_method.as_deref();
        match (&self.code_challenge, method) {
            (None, None) => Ok(None),
            (Some(_), None) => Ok(Some("plain")),
            (Some(_), Some("S256" | "plain")) => Ok(method),
            (None, Some(_)) => Err(Refusal::bad_request("there is no `code_challenge`")),
            (Some(_), Some(method)) => {
                let message = format!("there is no method `{method}`");
                Err(Refusal::bad_request(message))
            }
        }
    }

    /// The members of the key that are asked for.
    fn key(&self, app: &str) -> Result<Value, Refusal> {
        let name = self.key_label.as_deref().unwrap_or(app);
        if name.chars().count() > 100 {
            let message = "`key_label` has to have 100 characters at most";
            return Err(Refusal::bad_request(message));
        }
        let reset = self.usage_limit_type.as_deref();
        if !matches!(reset, None | Some("daily" | "weekly" | "monthly")) {
            let message = "`usage_limit_type` has to be `daily`, `weekly` or `monthly`";
            return Err(Refusal::bad_request(message));
        }
        Ok(json!({
            "name": name,
            "creator_user_id": OWNER,
            "limit": self.limit,
            "limit_remaining": self.limit,
            "limit_reset": reset,
            "expires_at": self.expires_at,
        }))
    }
}

/// Makes a code, and keeps what it stands for. An app is known by the host that its users come back to.
fn make_code(state: &mut state::State, request: &Request) -> Result<Value, Refusal> {
    let callback = request.callback()?;
    let app = callback.host_str().unwrap_or_default();
    let app_id = i64::from_str_radix(&keys::hash(app)[..8], 16);
    let code = json!({
        "id": format!("auth_code_{}", state.new_id()),
        "app_id": app_id.unwrap_or_default(),
        "created_at": now(),
        "challenge": request.code_challenge,
        "method": request.method()?,
        "workspace_id": rules::workspace(state, request.workspace_id.as_deref())?,
        "key": request.key(app)?,
    });
    state.codes.insert(code).cloned()
}

async fn create(State(shared): State<Shared>, Json(request): Json<Request>) -> Answer {
    let code = make_code(&mut shared.lock(), &request)?;
    let [id, app_id, created_at] = ["id", "app_id", "created_at"].map(|name| &code[name]);
    let data = json!({"id": id, "app_id": app_id, "created_at": created_at});
    Ok(Json(json!({"data": data})))
}

async fn authorize(
    State(shared): State<Shared>,
    Query(request): Query<Request>,
) -> Result<Redirect, Refusal> {
    let mut callback = request.callback()?;
    let code = make_code(&mut shared.lock(), &request)?;
    let code = code["id"].as_str().unwrap_or_default();
    callback.query_pairs_mut().append_pair("code", code);
    Ok(Redirect::to(callback.as_str()))
}

#[derive(Deserialize)]
struct Exchange {
    code: String,
    code_challenge_method: Option<String>,
    code_verifier: Option<String>,
}

impl Exchange {
    /// Whether this is from the app that asked for the code.
    fn is_proven(&self, code: &Value) -> bool {
        match (code["challenge"].as_str(), &self.code_verifier) {
            (None, None) => true,
            (Some(challenge), Some(verifier)) if code["method"] == "plain" => challenge == verifier,
            (Some(challenge), Some(verifier)) => {
                challenge == Verifier::from(verifier.clone()).challenge()
            }
            _ => false,
        }
    }
}

async fn exchange(State(shared): State<Shared>, Json(exchange): Json<Exchange>) -> Answer {
    let mut state = shared.lock();
    let refuse = || Refusal::new(StatusCode::FORBIDDEN, "the code or its verifier is wrong");
    let code = state.codes.get(&exchange.code).map_err(|_| refuse())?;
    let method = exchange.code_challenge_method.as_deref();
    if method.is_some_and(|method| code["method"] != method) {
        let message = "the code was made with another `code_challenge_method`";
        return Err(Refusal::bad_request(message));
    }
    if !exchange.is_proven(code) {
        return Err(refuse());
    }
    let mut code = state.codes.remove(&exchange.code)?;
    let workspace = code["workspace_id"].as_str().unwrap_or_default();
    let key = state.new_key();
    state.keys.insert(keys::describe(&key, "", workspace))?;
    if let Value::Object(changes) = code["key"].take() {
        state.keys.update(&keys::hash(&key), changes)?;
    }
    Ok(Json(json!({"key": key, "user_id": OWNER})))
}
