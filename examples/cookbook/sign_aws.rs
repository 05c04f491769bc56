//! Signs each request by AWS Signature Version 4, with the crate `aws-sigv4`.
//!
//! ```console
//! cargo run -p api-request-cookbook --example sign_aws
//! ```
//!
//! First it signs requests of the published test suite, and compares the signatures. Then it sends one to a server in this
//! program, which computes the signature of what it got.

mod server;

use std::{
    borrow::Cow,
    time::{Duration, SystemTime},
};

use api_request::{
    ApiRequest, Authorization, BoxError, Client, Credentials,
    testing::{Script, ScriptedResponse},
};
use aws_sigv4::{
    http_request::{SignableBody, SignableRequest, SigningSettings, sign},
    sign::v4,
};
use axum::{Router, routing::post};
use bytes::Bytes;
use http::{HeaderMap, Method, StatusCode, Uri, request::Parts};

/// Credentials that are never sent: they sign.
struct Aws {
    keys: aws_credential_types::Credentials,
    now: fn() -> SystemTime,
}

impl Credentials for Aws {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    // Called for each attempt, so that the date is never old.
    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        let body = body.ok_or("a body that is a stream cannot be signed")?;
        let signed = self.headers(&parts.method, &parts.uri, &parts.headers, body)?;
        parts.headers.extend(signed);
        Ok(())
    }
}

impl Aws {
    /// Returns the headers that sign a request.
    fn headers(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<HeaderMap, BoxError> {
        // For S3, `percent_encoding_mode` is `Single`, paths are not normalized, and there is a checksum header.
        let mut settings = SigningSettings::default();
        // What a proxy may change is not signed; `User-Agent` is among them by default.
        let unsigned = settings.excluded_headers.get_or_insert_default();
        unsigned.extend(["accept", "accept-encoding"].map(Cow::Borrowed));
        let identity = self.keys.clone().into();
        let params = v4::SigningParams::builder()
            .identity(&identity)
            .region("us-east-1")
            .name("service")
            .time((self.now)())
            .settings(settings)
            .build()?;
        let headers = headers
            .iter()
            .map(|(name, value)| Ok((name.as_str(), value.to_str()?)));
        let headers: Vec<_> = headers.collect::<Result<_, BoxError>>()?;
        let request = SignableRequest::new(
            method.as_str(),
            uri.to_string(),
            headers.into_iter(),
            SignableBody::Bytes(body),
        )?;
        let (signed, _) = sign(request, &params.into())?.into_parts();
        let signed = signed
            .headers()
            .map(|(name, value)| Ok((name.parse()?, value.parse()?)));
        signed.collect()
    }
}

/// The key of the test suite, at its time, and with its session token or without.
fn suite(token: Option<&str>) -> Aws {
    let keys = aws_credential_types::Credentials::new(
        "AKIDEXAMPLE",
        "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY",
        token.map(str::to_owned),
        None,
        "suite",
    );
    // 2015-08-30T12:36:00Z; a program gives `SystemTime::now`.
    let now = || SystemTime::UNIX_EPOCH + Duration::from_mins((16_677 * 24 + 12) * 60 + 36);
    Aws { keys, now }
}

#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/", auth = required)]
struct Vanilla;

#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/", auth = required)]
#[api(query("Param-3" = "Value3", "Param" = "Value2", "ሴ" = "Value1"))]
struct QueryOrderEncoded;

#[derive(Debug, ApiRequest)]
#[api(method = GET, path = "/{text}", auth = required)]
struct Unreserved {
    text: &'static str,
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/", header("My-Header1" = "value1"), auth = required)]
struct HeaderKeySort;

/// Sends a message.
#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/queues/{queue}/messages", auth = required)]
struct SendMessage {
    queue: &'static str,
    #[api(json)]
    text: &'static str,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), BoxError> {
    let unreserved = Unreserved {
        text: "-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
    };
    let token = "6e86291e8372ff2a2260956d9b8aae1d763fbf315fa00fa31553b73ebf194267";
    // The names and signatures of <https://github.com/awslabs/aws-c-auth/tree/v0.9.0/tests/aws-signing-test-suite/v4>.
    let suite_of_aws = [
        (
            "get-vanilla",
            signature(&Vanilla, suite(None)).await?,
            "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
        ),
        (
            "get-vanilla-query-order-encoded",
            signature(&QueryOrderEncoded, suite(None)).await?,
            "371d3713e185cc334048618a97f809c9ffe339c62934c032af5a0e595648fcac",
        ),
        (
            "get-unreserved",
            signature(&unreserved, suite(None)).await?,
            "07ef7494c76fa4850883e2b006601f940f8a34d404d0cfa977f52a65bbf5f24f",
        ),
        (
            "post-header-key-sort",
            signature(&HeaderKeySort, suite(None)).await?,
            "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
        ),
        (
            "get-vanilla-with-session-token",
            signature(&Vanilla, suite(Some(token))).await?,
            "07ec1639c89043aa0e3e2de82b96708f198cceab042d4a97044c66dd9f74e7f8",
        ),
    ];
    for (name, signature, published) in suite_of_aws {
        assert_eq!(signature, published, "{name}");
        println!("{name}: {signature}");
    }

    let api = Router::new().route("/queues/{queue}/messages", post(receive));
    let url = server::start(api).await?;
    let client = Client::builder(&*url).credentials(suite(None)).build()?;
    let message = SendMessage {
        queue: "tea & co",
        text: "Earl Grey",
    };
    client.send(&message).await?;
    println!("The server computes the same signature of what it got.");
    Ok(())
}

/// Returns the signature of a request to the host of the test suite.
async fn signature<R>(request: &R, signer: Aws) -> Result<String, BoxError>
where
    R: ApiRequest<Response = (), Error = api_request::ErrorBody>,
{
    let network = Script::new().then(ScriptedResponse::new(204));
    let client = Client::builder("https://example.amazonaws.com").credentials(signer);
    client
        .transport(network.clone())
        .build()?
        .send(request)
        .await?;
    let sent = network.requests().remove(0);
    let authorization = sent.headers()["authorization"].to_str()?;
    let (_, signature) = authorization
        .split_once("Signature=")
        .ok_or("there is no signature")?;
    Ok(signature.to_owned())
}

/// Signs what came, and compares.
async fn receive(method: Method, uri: Uri, mut headers: HeaderMap, body: Bytes) -> StatusCode {
    let Some(authorization) = headers.remove("authorization") else {
        return StatusCode::FORBIDDEN;
    };
    let text = authorization.to_str().unwrap_or_default();
    let names = text
        .split(", ")
        .find_map(|part| part.strip_prefix("SignedHeaders="));
    let names: Vec<&str> = names.unwrap_or_default().split(';').collect();
    let given = headers
        .iter()
        .filter(|(name, _)| names.contains(&name.as_str()));
    let given = given
        .map(|(name, value)| (name.clone(), value.clone()))
        .collect();
    match suite(None).headers(&method, &uri, &given, &body) {
        Ok(signed) if signed["authorization"] == authorization => StatusCode::NO_CONTENT,
        _ => StatusCode::FORBIDDEN,
    }
}
