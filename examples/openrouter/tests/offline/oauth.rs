//! An app gets a key that its user controls, and nobody else gets it.

use api_request::{Client, Secret};
use openrouter::{
    api_keys::{GetCurrentKey, GetKey, ListKeys},
    common::LimitReset,
    fake::Fake,
    oauth::{CodeChallengeMethod, CreateAuthCode, ExchangeAuthCode, Verifier},
};
use reqwest::{Response, redirect::Policy};
use url::Url;

use crate::{assert_refused, client, start};

/// The verifier and the challenge of RFC 7636, appendix B.
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";

/// The page where the stand-in lets users in.
fn page(fake: &Fake) -> Url {
    Url::parse(&fake.base_url()).unwrap().join("/auth").unwrap()
}

/// What a browser gets, before it goes where it is sent.
async fn browse(url: Url) -> Response {
    let http = reqwest::Client::builder().redirect(Policy::none());
    http.build().unwrap().get(url).send().await.unwrap()
}

fn exchange(code: &str) -> ExchangeAuthCode {
    ExchangeAuthCode {
        code: Secret::new(code.to_owned()),
        ..ExchangeAuthCode::default()
    }
}

fn code_for(callback_url: &str) -> CreateAuthCode {
    CreateAuthCode {
        callback_url: callback_url.to_owned(),
        ..CreateAuthCode::default()
    }
}

#[tokio::test]
async fn an_app_gets_a_key_by_way_of_the_page() {
    let (fake, _) = start().await;
    let verifier = Verifier::new().unwrap();
    let callback = "http://localhost:3000/callback?state=a%20b";
    let answer = browse(verifier.authorization_url_at(&page(&fake), callback)).await;
    assert_eq!(answer.status(), 303);
    let location = answer.headers()["location"].to_str().unwrap();
    let code = location
        .strip_prefix(&format!("{callback}&code="))
        .expect(location);
    // The app has no key yet.
    let app = Client::new(fake.base_url()).unwrap();
    let mut exchange = exchange(code);
    assert_refused(app.send(&exchange).await, 403);
    exchange.code_verifier = Some(verifier.secret().clone());
    exchange.code_challenge_method = CodeChallengeMethod::S256.into();
    let key = app.send(&exchange).await.unwrap().key;
    let current = client(&fake, key.expose()).send(&GetCurrentKey::default());
    assert_eq!(current.await.unwrap().data.limit, None);
    // A code works once.
    assert_refused(app.send(&exchange).await, 403);
}

#[tokio::test]
async fn a_key_is_as_the_app_asked_for_it() {
    let (_fake, api) = start().await;
    let cases = [(None, "app.example"), (Some("My key"), "My key")];
    for (label, name) in cases {
        let create = CreateAuthCode {
            key_label: label.map(str::to_owned),
            limit: Some(100.0),
            usage_limit_type: Some(LimitReset::Monthly),
            ..code_for("https://app.example/callback")
        };
        let code = api.send(&create).await.unwrap().data;
        let exchanged = api.send(&exchange(code.id.expose())).await.unwrap();
        assert_eq!(exchanged.user_id.as_deref(), Some("user_ada"));
        let last = api.send(&ListKeys::default()).await.unwrap().data;
        let get = GetKey {
            hash: last.last().unwrap().hash.clone(),
        };
        let key = api.send(&get).await.unwrap().data;
        assert_eq!(key.name, name);
        assert_eq!(key.limit_remaining, Some(100.0));
        assert_eq!(key.limit_reset.as_deref(), Some("monthly"));
    }
}

#[tokio::test]
async fn the_verifier_is_checked_by_the_method() {
    use CodeChallengeMethod::{Plain, S256};
    let (_fake, api) = start().await;
    // The challenge and its method; the verifier and the method that it comes with; the status.
    let cases = [
        (Some(CHALLENGE), Some(S256), Some(VERIFIER), Some(S256), 200),
        (Some(CHALLENGE), Some(S256), Some(VERIFIER), None, 200),
        (Some(CHALLENGE), Some(S256), Some(CHALLENGE), None, 403),
        (Some(CHALLENGE), Some(S256), None, None, 403),
        (
            Some(CHALLENGE),
            Some(S256),
            Some(VERIFIER),
            Some(Plain),
            400,
        ),
        (
            Some(VERIFIER),
            Some(Plain),
            Some(VERIFIER),
            Some(Plain),
            200,
        ),
        (Some(VERIFIER), None, Some(VERIFIER), None, 200),
        (Some(CHALLENGE), Some(Plain), Some(VERIFIER), None, 403),
        (None, None, None, None, 200),
        (None, None, Some(VERIFIER), None, 403),
    ];
    for (number, (challenge, method, verifier, sent, status)) in cases.into_iter().enumerate() {
        let create = CreateAuthCode {
            code_challenge: challenge.map(str::to_owned),
            code_challenge_method: method,
            ..code_for("https://app.example")
        };
        let code = api.send(&create).await.unwrap().data.id;
        let mut exchange = exchange(code.expose());
        exchange.code_verifier = verifier.map(|verifier| Secret::new(verifier.to_owned()));
        exchange.code_challenge_method = sent.map(Into::into).unwrap_or_default();
        let status_of = match api.send(&exchange).await {
            Ok(_) => 200,
            Err(error) => error.status().unwrap().as_u16(),
        };
        assert_eq!(status_of, status, "case {number}");
    }
    assert_refused(api.send(&exchange("auth_code_unknown")).await, 403);
}

#[tokio::test]
async fn users_come_back_to_https_or_to_their_machine() {
    let (fake, api) = start().await;
    let verifier = Verifier::from(VERIFIER.to_owned());
    let cases = [
        ("https://app.example/a?b=c", true),
        ("http://localhost", true),
        ("http://127.0.0.1:8000/callback", true),
        ("http://app.example", false),
        ("http://localhost.app.example", false),
        ("http://127.0.0.1@app.example", false),
        ("app://localhost", false),
        ("javascript:alert(1)", false),
        ("/callback", false),
        ("", false),
    ];
    for (callback, is_allowed) in cases {
        let answer = browse(verifier.authorization_url_at(&page(&fake), callback)).await;
        let expected = if is_allowed { 303 } else { 400 };
        assert_eq!(answer.status().as_u16(), expected, "{callback}");
        let created = api.send(&code_for(callback)).await;
        assert_eq!(created.is_ok(), is_allowed, "{callback}");
    }
    let answer = browse(page(&fake)).await;
    assert_eq!(answer.status().as_u16(), 400);
}

#[tokio::test]
async fn a_code_for_what_makes_no_sense_is_refused() {
    let (_fake, api) = start().await;
    let plain = code_for("https://app.example");
    let cases = [
        CreateAuthCode {
            code_challenge_method: Some(CodeChallengeMethod::S256),
            ..plain.clone()
        },
        CreateAuthCode {
            code_challenge: Some(CHALLENGE.to_owned()),
            code_challenge_method: Some(CodeChallengeMethod::Other("S1".to_owned())),
            ..plain.clone()
        },
        CreateAuthCode {
            key_label: Some("x".repeat(101)),
            ..plain.clone()
        },
        CreateAuthCode {
            usage_limit_type: Some(LimitReset::Other("hourly".to_owned())),
            ..plain.clone()
        },
        CreateAuthCode {
            workspace_id: Some("nowhere".to_owned()),
            ..plain
        },
    ];
    for create in cases {
        assert_refused(api.send(&create).await, 400);
    }
}

#[test]
fn the_page_of_the_api_is_the_one_unless_another_is_named() {
    let verifier = Verifier::from(VERIFIER.to_owned());
    let callback = "http://localhost:3000/a?b=c&d=e";
    let url = verifier.authorization_url(callback).unwrap();
    let authorize = Url::parse("https://openrouter.ai/auth").unwrap();
    assert_eq!(url, verifier.authorization_url_at(&authorize, callback));
    let expected = format!(
        "https://openrouter.ai/auth\
         ?callback_url=http%3A%2F%2Flocalhost%3A3000%2Fa%3Fb%3Dc%26d%3De\
         &code_challenge={CHALLENGE}&code_challenge_method=S256"
    );
    assert_eq!(url.as_str(), expected);
    let other = Url::parse("http://127.0.0.1:1/login?as=me").unwrap();
    let other = verifier.authorization_url_at(&other, callback);
    assert!(
        other
            .as_str()
            .starts_with("http://127.0.0.1:1/login?as=me&callback_url=http%3A")
    );
}
