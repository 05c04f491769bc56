//! Serves declared requests with axum, and sends the same requests to the server.
//!
//! One declaration is both sides: the client encodes what the server reads, and decodes what the server writes.

use std::{error::Error, net::Ipv4Addr, sync::Arc};

use api_request::{ApiError, ApiRequest, Client, FromHttp, Secret, axum::Router};
use axum::extract::State;
use futures_util::TryStreamExt as _;
use serde::{Deserialize, Serialize};
use tokio::net::TcpListener;

// ANCHOR: declare
/// Exchanges an authorization code for a key.
#[derive(Debug, ApiRequest, FromHttp)]
#[api(method = POST, path = "/auth/keys")]
#[api(response = ExchangedKey, error = Failure, fields = json)]
struct ExchangeCode {
    #[api(header = "HTTP-Referer")]
    http_referer: Option<String>,
    #[api(secret)]
    code: String,
    #[api(secret)]
    code_verifier: String,
}

#[derive(Debug, Serialize, Deserialize)]
struct ExchangedKey {
    key: Secret<String>,
    user_id: Option<String>,
}

/// Lists the names of keys, page by page.
#[derive(Debug, Clone, ApiRequest, FromHttp)]
#[api(method = GET, path = "/keys", fields = query)]
#[api(response = KeyPage, error = Failure)]
#[api(paginate(offset = offset, limit = limit, items = data, item = String))]
struct ListKeys {
    offset: Option<usize>,
    limit: Option<usize>,
}

#[derive(Debug, Serialize, Deserialize)]
struct KeyPage {
    data: Vec<String>,
}

#[derive(Debug, ApiError)]
enum Failure {
    #[api(status = 403)]
    Forbidden(Reason),
    #[api(other)]
    Other(Reason),
}

#[derive(Debug, Serialize, Deserialize)]
struct Reason {
    message: String,
}
// ANCHOR_END: declare

// ANCHOR: handlers
/// What the handlers share.
struct Keys {
    names: Vec<String>,
}

async fn exchange_code(
    State(keys): State<Arc<Keys>>,
    request: ExchangeCode,
) -> Result<ExchangedKey, Failure> {
    if request.code != "auth_code_7" || request.code_verifier.len() < 43 {
        return Err(Failure::Forbidden(Reason {
            message: "the code is unknown, or not of this verifier".to_owned(),
        }));
    }
    Ok(ExchangedKey {
        key: Secret::new(format!("sk-{}", keys.names.len())),
        user_id: request.http_referer,
    })
}

async fn list_keys(State(keys): State<Arc<Keys>>, request: ListKeys) -> Result<KeyPage, Failure> {
    let names = keys.names.iter().skip(request.offset.unwrap_or(0));
    let data = names.take(request.limit.unwrap_or(2)).cloned().collect();
    Ok(KeyPage { data })
}
// ANCHOR_END: handlers

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    let names = ["build", "deploy", "test", "release", "audit"];
    let keys = Keys {
        names: names.map(str::to_owned).to_vec(),
    };
    // ANCHOR: serve
    let router = Router::new()
        .on(exchange_code)
        .on(list_keys)
        .with_state(Arc::new(keys));
    let app = axum::Router::new().nest("/api/v1", router.into());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
    let client = Client::new(format!("http://{}/api/v1", listener.local_addr()?))?;
    tokio::spawn(async move { axum::serve(listener, app).await });
    // ANCHOR_END: serve

    let mut request = ExchangeCode {
        http_referer: Some("https://sketch.example/".to_owned()),
        code: "auth_code_7".to_owned(),
        code_verifier: "v".repeat(43),
    };
    let exchanged = client.send(&request).await?;
    println!("The key is for {:?}", exchanged.user_id);
    assert_eq!(exchanged.key.expose(), "sk-5");

    "auth_code_8".clone_into(&mut request.code);
    let error = client.send(&request).await.expect_err("another code");
    println!("Refused: {error}");
    assert!(matches!(error.api(), Some(Failure::Forbidden(_))));

    let request = ListKeys {
        offset: None,
        limit: Some(2),
    };
    let listed: Vec<String> = client.call(&request).items().try_collect().await?;
    println!("All keys: {}", listed.join(", "));
    assert_eq!(listed, names);
    Ok(())
}
