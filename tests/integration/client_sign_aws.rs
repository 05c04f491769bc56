//! A provider that signs by HMAC: AWS Signature Version 4, in a header and in the query, against published signatures.

use std::fmt::Write as _;

use api_request::{
    ApiRequest, Authorization, BoxError, Client, Credentials,
    testing::{Script, ScriptedResponse},
};
use aws_lc_rs::{
    digest,
    hmac::{self, HMAC_SHA256, Tag},
};
use bytes::Bytes;
use http::request::Parts;

/// When the examples of the documentation were signed.
const DATE: &str = "20150830T123600Z";

#[derive(Clone, Copy)]
struct Sigv4 {
    service: &'static str,
    /// Whether the signature is in the query, as in a URL that is given away.
    presigns: bool,
}

impl Credentials for Sigv4 {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    fn sign(&self, parts: &mut Parts, body: Option<&Bytes>) -> Result<(), BoxError> {
        const ALGORITHM: &str = "AWS4-HMAC-SHA256";
        let body = body.ok_or("a stream cannot be signed")?;
        let host = parts.uri.host().ok_or("no host")?.to_owned();
        let scope = format!("{}/us-east-1/{}/aws4_request", &DATE[..8], self.service);
        let mut signed = vec![("host", host)];
        if self.presigns {
            let credential = format!("AKIDEXAMPLE/{scope}").replace('/', "%2F");
            let separator = parts.uri.query().map_or('?', |_| '&');
            let uri = format!(
                "{}{separator}X-Amz-Algorithm={ALGORITHM}&X-Amz-Credential={credential}&X-Amz-Date={DATE}&X-Amz-SignedHeaders=host",
                parts.uri
            );
            parts.uri = uri.parse()?;
        } else {
            parts.headers.insert("x-amz-date", DATE.parse()?);
            signed.push(("x-amz-date", DATE.to_owned()));
            if let Some(content_type) = parts.headers.get("content-type") {
                signed.insert(0, ("content-type", content_type.to_str()?.to_owned()));
            }
        }
        let signature = signature(&scope, parts, &signed, body);
        if self.presigns {
            parts.uri = format!("{}&X-Amz-Signature={signature}", parts.uri).parse()?;
        } else {
            let value = format!(
                "{ALGORITHM} Credential=AKIDEXAMPLE/{scope}, SignedHeaders={}, Signature={signature}",
                names(&signed)
            );
            parts.headers.insert("authorization", value.parse()?);
        }
        Ok(())
    }
}

fn names(signed: &[(&str, String)]) -> String {
    let names: Vec<&str> = signed.iter().map(|(name, _)| *name).collect();
    names.join(";")
}

fn signature(scope: &str, parts: &Parts, signed: &[(&str, String)], body: &[u8]) -> String {
    let mut query: Vec<&str> = parts.uri.query().unwrap_or_default().split('&').collect();
    query.sort_unstable();
    let mut request = format!(
        "{}\n{}\n{}\n",
        parts.method,
        parts.uri.path(),
        query.join("&")
    );
    for (name, value) in signed {
        writeln!(request, "{name}:{value}").unwrap();
    }
    write!(request, "\n{}\n{}", names(signed), sha256(body)).unwrap();
    let text = format!(
        "AWS4-HMAC-SHA256\n{DATE}\n{scope}\n{}",
        sha256(request.as_bytes())
    );
    let secret = b"AWS4wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    let key = scope.split('/').fold(secret.to_vec(), |key, part| {
        hmac_sha256(&key, part).as_ref().to_vec()
    });
    hex(hmac_sha256(&key, &text).as_ref())
}

fn hmac_sha256(key: &[u8], text: &str) -> Tag {
    hmac::sign(&hmac::Key::new(HMAC_SHA256, key), text.as_bytes())
}

fn sha256(bytes: &[u8]) -> String {
    hex(digest::digest(&digest::SHA256, bytes).as_ref())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::new(), |mut hex, byte| {
        write!(hex, "{byte:02x}").unwrap();
        hex
    })
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", query("Action" = "ListUsers", "Version" = "2010-05-08"), auth = aws)]
struct ListUsers;

#[derive(ApiRequest)]
#[api(method = GET, path = "/", auth = aws)]
struct Vanilla;

fn client(base: &str, signer: Sigv4) -> (Client, Script) {
    let api = Script::new().then(ScriptedResponse::new(204));
    let client = Client::builder(base)
        .scheme("aws", signer)
        .transport(api.clone());
    (client.build().unwrap(), api)
}

#[tokio::test]
async fn the_example_of_the_documentation_has_its_signature() {
    let signer = Sigv4 {
        service: "iam",
        presigns: false,
    };
    let (client, api) = client("https://iam.amazonaws.com", signer);
    let call = client.call(&ListUsers);
    let form = "application/x-www-form-urlencoded; charset=utf-8";
    call.header("Content-Type", form).send().await.unwrap();
    let authorization = &api.requests()[0].headers()["authorization"].clone();
    assert_eq!(
        authorization,
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/iam/aws4_request, SignedHeaders=content-type;host;x-amz-date, Signature=5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7"
    );
    assert!(authorization.is_sensitive());
}

#[tokio::test]
async fn get_vanilla_of_the_test_suite_has_its_signature() {
    let signer = Sigv4 {
        service: "service",
        presigns: false,
    };
    let (client, api) = client("https://example.amazonaws.com", signer);
    client.send(&Vanilla).await.unwrap();
    assert_eq!(
        api.requests()[0].headers()["authorization"],
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, SignedHeaders=host;x-amz-date, Signature=5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31"
    );
}

#[tokio::test]
async fn a_signature_in_the_query_arrives_as_it_was_signed() {
    let signer = Sigv4 {
        service: "iam",
        presigns: true,
    };
    let (client, api) = client("https://iam.amazonaws.com", signer);
    client.send(&ListUsers).await.unwrap();
    let sent = api.requests().remove(0);
    let (query, signature) = sent
        .uri()
        .query()
        .unwrap()
        .split_once("&X-Amz-Signature=")
        .unwrap();
    assert!(query.starts_with("Action=ListUsers&Version=2010-05-08&X-Amz-Algorithm="));
    let (mut parts, ()) = http::Request::new(()).into_parts();
    parts.uri = format!("https://iam.amazonaws.com/?{query}")
        .parse()
        .unwrap();
    let host = [("host", "iam.amazonaws.com".to_owned())];
    let scope = "20150830/us-east-1/iam/aws4_request";
    assert_eq!(
        self::signature(scope, &parts, &host, sent.body()),
        signature
    );
}
