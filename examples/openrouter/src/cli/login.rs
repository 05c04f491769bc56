//! A key of the user, by the PKCE flow: the user lets the program in on a page of the API, which sends the browser back to
//! a page of this program.

use std::{net::Ipv4Addr, time::Duration};

use axum::{
    Router,
    extract::{Query, State},
    http::StatusCode,
    response::{Html, IntoResponse, Response},
    routing::get,
};
use openrouter::oauth::{CodeChallengeMethod, ExchangeAuthCode, Verifier};
use serde::Deserialize;
use tokio::{net::TcpListener, sync::mpsc, time::timeout};
use url::Url;

use super::{connection::Connection, failure::Failure, output};

/// Gets an API key of yours: you let the program in on a page of OpenRouter, and it prints the key
#[derive(Debug, clap::Args)]
#[command(
    after_help = "The key is all that goes to standard output: `export OPENROUTER_API_KEY=$(openrouter auth login)`"
)]
pub(super) struct Arguments {
    /// The port of this machine that the page leads back to; 0 is any free one
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// How many seconds to wait for you
    #[arg(long, value_name = "SECONDS", default_value_t = 300)]
    wait: u64,
}

/// What the page leads back with.
#[derive(Deserialize)]
struct Callback {
    code: Option<String>,
    error: Option<String>,
}

type Sender = mpsc::Sender<Result<String, String>>;

pub(super) async fn run(connection: &Connection, arguments: &Arguments) -> Result<(), Failure> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, arguments.port)).await;
    let listener = listener.map_err(Failure::io("cannot listen on this machine"))?;
    let address = listener
        .local_addr()
        .map_err(Failure::io("cannot listen on this machine"))?;
    let verifier = Verifier::new().map_err(|error| Failure::local(error.to_string()))?;
    // The path cannot be guessed, so nobody else can send a code of theirs.
    let secret = Verifier::new().map_err(|error| Failure::local(error.to_string()))?;
    let path = format!("/callback/{}", secret.challenge());
    let page = authorization_url(connection, &verifier, &format!("http://{address}{path}"))?;
    eprintln!("Open this page to let the program in:\n{page}");

    let (sender, mut codes) = mpsc::channel(1);
    let router = Router::new().route(&path, get(callback)).with_state(sender);
    let server = tokio::spawn(async move { axum::serve(listener, router).await });
    let code = timeout(Duration::from_secs(arguments.wait), codes.recv()).await;
    let code = code.ok().flatten();
    let code = code.ok_or_else(|| Failure::local("nobody came back from the page in time"))?;
    let code = code.map_err(|error| Failure::local(format!("the page says `{error}`")))?;

    let exchange = ExchangeAuthCode {
        code: code.into(),
        code_verifier: Some(verifier.secret().clone()),
        code_challenge_method: CodeChallengeMethod::S256.into(),
        ..ExchangeAuthCode::default()
    };
    let exchanged = connection.client.send(&exchange).await?;
    server.abort();
    output::line(exchanged.key.expose())
}

/// The page of the API, which is at the root of its host.
fn authorization_url(
    connection: &Connection,
    verifier: &Verifier,
    callback: &str,
) -> Result<Url, Failure> {
    let broken = |error| Failure::usage(format!("the base URL: {error}"));
    let base = Url::parse(connection.base_url()).map_err(broken)?;
    let page = base.join("/auth").map_err(broken)?;
    Ok(verifier.authorization_url_at(&page, callback))
}

/// The page of this program.
async fn callback(State(sender): State<Sender>, Query(callback): Query<Callback>) -> Response {
    let (code, status, said) = match callback {
        Callback {
            code: Some(code), ..
        } => (
            Ok(code),
            StatusCode::OK,
            "You are in. This page can be closed.",
        ),
        Callback { error, .. } => {
            let error = error.unwrap_or_else(|| "nothing".to_owned());
            (
                Err(error),
                StatusCode::BAD_REQUEST,
                "That did not work: the program says more.",
            )
        }
    };
    // The first one counts.
    let _ = sender.try_send(code);
    let page = format!("<!doctype html><meta charset=utf-8><title>openrouter</title><p>{said}</p>");
    (status, Html(page)).into_response()
}
