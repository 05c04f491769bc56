//! Declares one request of a real API, prints it as a `curl` command, sends it, and decodes the response and the error.
//!
//! The request exchanges an authorization code for an API key, the last step of signing a user in with PKCE (RFC 7636).
//! By default, the program calls a server of its own on loopback; `--help` explains how to call the real service.

mod authorization_server;
mod sign_in;

use std::{error::Error, process::ExitCode};

use api_request::{ApiRequest, BaseUrl, Client, Secret};
use clap::{Parser, error::ErrorKind};
use serde::{Deserialize, Serialize};

use sign_in::{CodeChallengeMethod, sign_in};

/// Exchange an authorization code from the PKCE flow for a user-controlled API key.
#[derive(Debug, Clone, ApiRequest)]
#[api(method = POST, path = "/auth/keys", response = ExchangedKey, error = OpenRouterError)]
struct ExchangeAuthCodeForApiKeyRequest {
    /// Your app's URL, the primary identifier for rankings.
    #[api(header = "HTTP-Referer")]
    http_referer: Option<String>,
    /// Your app's display name.
    #[api(header = "X-OpenRouter-Title")]
    app_title: Option<String>,
    /// Comma-separated app categories.
    #[api(header = "X-OpenRouter-Categories")]
    app_categories: Option<String>,
    #[api(body)]
    request_body: ExchangeAuthCodeForApiKeyRequestBody,
}

/// The body of [`ExchangeAuthCodeForApiKeyRequest`].
#[derive(Debug, Clone, Serialize)]
struct ExchangeAuthCodeForApiKeyRequestBody {
    code: Secret<String>,
    code_verifier: Secret<String>,
    code_challenge_method: CodeChallengeMethod,
}

/// The key and its owner.
#[derive(Debug, Deserialize)]
struct ExchangedKey {
    key: Secret<String>,
    user_id: Option<String>,
}

/// The body of an error response.
#[derive(Debug, Deserialize)]
struct OpenRouterError {
    error: OpenRouterErrorDetail,
}

/// The status code and the reason.
#[derive(Debug, Deserialize)]
struct OpenRouterErrorDetail {
    code: u16,
    message: String,
}

/// The real service.
const OPENROUTER: &str = "https://openrouter.ai/api/v1";

/// Exchanges an authorization code for an API key. By default, the program calls a server of its own, offline.
///
/// To call a real service, give all three options. The call uses the code up. Code, verifier and key are never shown.
#[derive(Parser)]
struct Args {
    /// The service to call, such as `https://openrouter.ai/api/v1`
    #[arg(long, value_name = "URL", requires_all = ["code", "verifier"])]
    base_url: Option<String>,
    /// The code that the service sent to your callback URL
    #[arg(long, requires_all = ["base_url", "verifier"], allow_hyphen_values = true)]
    code: Option<Secret<String>>,
    /// The verifier of the S256 challenge that the code was requested with
    #[arg(long, requires_all = ["base_url", "code"], allow_hyphen_values = true)]
    verifier: Option<Secret<String>>,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let args = match Args::try_parse() {
        Ok(args) => args,
        Err(error) if error.kind() == ErrorKind::DisplayHelp => error.exit(),
        // Clap's full message may repeat a misplaced code or verifier.
        Err(error) => {
            return failure(&format!(
                "{}: give --base-url, --code and --verifier, or none",
                error.kind()
            ));
        }
    };
    match run(args).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => failure(&chain(&*error)),
    }
}

/// Joins the messages of an error and its sources on one line.
fn chain(error: &dyn Error) -> String {
    let mut line = error.to_string();
    let mut next = error.source();
    while let Some(cause) = next {
        line = format!("{line}: {cause}");
        next = cause.source();
    }
    line
}

fn failure(reason: &str) -> ExitCode {
    eprintln!("error: {reason}");
    ExitCode::FAILURE
}

async fn run(args: Args) -> Result<(), Box<dyn Error>> {
    let offline = args.base_url.is_none();
    let service: BaseUrl = args.base_url.as_deref().unwrap_or(OPENROUTER).parse()?;
    let client = if offline {
        Client::new(authorization_server::start().await?)?
    } else {
        Client::new(&service)?
    };
    let (code, code_verifier) = match (args.code, args.verifier) {
        (Some(code), Some(verifier)) => (code, verifier),
        _ => sign_in(&client).await?,
    };
    let request = ExchangeAuthCodeForApiKeyRequest {
        http_referer: Some("https://sketch.example/".to_owned()),
        app_title: Some("Sketch".to_owned()),
        app_categories: None,
        request_body: ExchangeAuthCodeForApiKeyRequestBody {
            code,
            code_verifier,
            code_challenge_method: CodeChallengeMethod::S256,
        },
    };
    println!("The declared request as a curl command for {service}, secrets as shell variables:\n");
    println!("{}\n", request.to_curl(&service)?);

    if offline {
        println!("Sent to the server in this program instead:\n");
    }
    let exchanged = client.send(&request).await?;
    let user = exchanged.user_id.as_deref().unwrap_or("an unnamed user");
    println!("The key is for {user}: {}", redacted(&exchanged.key));

    // A service may revoke the key of a code that is used again (RFC 6749, section 4.1.2), so only the server of this
    // program gets it twice.
    if offline {
        let Err(error) = client.send(&request).await else {
            return Err("the server accepted the same code twice".into());
        };
        let (Some(status), Some(OpenRouterError { error: api })) = (error.status(), error.api())
        else {
            return Err(error.into());
        };
        println!("The same code again: {error}");
        println!(
            "That error in parts: status {status}, code {}, message {:?}",
            api.code, api.message
        );
    }
    Ok(())
}

/// Returns the prefix that all keys share; the rest is hidden.
fn redacted(key: &Secret<String>) -> &'static str {
    if key.expose().starts_with("sk-or-v1-") {
        "sk-or-v1-…"
    } else {
        "…"
    }
}
