//! Credentials by name: which operation gets which, and that nobody sees them.

use std::{
    sync::{
        Arc,
        atomic::{AtomicU32, Ordering},
    },
    time::Duration,
};

use api_request::{
    ApiGroup, ApiRequest, Auth, Authorization, BoxError, Client, ClientBuilder, Error, IntoScheme,
    Phase, Secret, blocking,
};

use crate::{
    client_provider::{Sent, TOKENS, api, lines, login},
    client_trust::{self, taken},
};

const BASE: &str = "https://api.example.com/v1";

#[derive(ApiRequest)]
#[api(method = GET, path = "/open")]
struct Open;

#[derive(ApiRequest)]
#[api(method = GET, path = "/keys", auth = management)]
struct Managed;

#[derive(ApiRequest)]
#[api(method = GET, path = "/own", auth = management)]
struct Own {
    #[api(header)]
    authorization: Secret<String>,
}

#[derive(ApiRequest)]
#[api(method = GET, auth = management)]
struct ByUrl {
    #[api(url)]
    at: &'static str,
}

#[derive(ApiGroup)]
#[api(path = "/admin", auth = r#type)]
struct Admin;

#[derive(ApiRequest)]
#[api(in = Admin, method = GET, path = "/users")]
struct Users;

#[derive(ApiRequest)]
#[api(in = Admin, method = GET, path = "/health", auth = none)]
struct Health;

fn builder() -> ClientBuilder {
    let client = Client::builder(BASE).bearer("own-token");
    client
        .api_key_header("X-Own", "own-key")
        .api_key_query("own", "own-query")
}

/// The headers of a request and its path and query, in order.
fn sent<R: ApiRequest>(client: &Client, request: &R) -> Vec<String> {
    let request = client
        .call(request)
        .build()
        .map_err(|error| error.to_string())
        .unwrap();
    let mut sent = vec![request.uri().path_and_query().unwrap().to_string()];
    for (name, value) in request.headers() {
        if value.is_sensitive() {
            sent.push(format!("{name}: {}", value.to_str().unwrap()));
        }
    }
    sent.sort();
    sent
}

#[test]
fn an_operation_tells_the_name() {
    assert_eq!(Managed::OPERATION.auth(), Auth::Named("management"));
    assert_eq!(Users::OPERATION.auth(), Auth::Named("type"));
    assert_eq!(Health::OPERATION.auth(), Auth::None);
}

#[test]
fn an_operation_gets_those_that_it_names_and_no_others() {
    let client = builder()
        .scheme("management", Authorization::bearer("managing-token"))
        .scheme(
            "type",
            Authorization::api_key_query("key", "managing-query"),
        )
        .build()
        .unwrap();
    assert_eq!(
        sent(&client, &Managed),
        ["/v1/keys", "authorization: Bearer managing-token"]
    );
    assert_eq!(
        sent(&client, &Open),
        [
            "/v1/open?own=own-query",
            "authorization: Bearer own-token",
            "x-own: own-key"
        ]
    );
    let own = Own {
        authorization: "Bearer declared".into(),
    };
    assert_eq!(
        sent(&client, &own),
        ["/v1/own", "authorization: Bearer declared"]
    );

    let client = builder()
        .scheme(
            "type",
            Authorization::api_key_query("key", "managing-query"),
        )
        .group(Admin)
        .build()
        .unwrap();
    assert_eq!(
        sent(&client, &Users),
        ["/v1/admin/users?key=managing-query"]
    );
    assert_eq!(sent(&client, &Health), ["/v1/admin/health"]);
}

#[test]
fn a_name_is_given_again_for_another_kind_or_in_place_of_one() {
    let client = builder()
        .scheme(
            "management",
            Authorization::api_key_header("X-Id", "managing-id"),
        )
        .scheme(
            "management",
            Authorization::api_key_query("key", "first-query"),
        )
        .scheme(
            "management",
            Authorization::api_key_query("key", "managing-query"),
        )
        .scheme("management", async || {
            Ok::<_, BoxError>(Secret::from("of-a-provider"))
        })
        .scheme("management", Authorization::basic("ada", "pw"))
        .build()
        .unwrap();
    assert_eq!(
        sent(&client, &Managed),
        [
            "/v1/keys?key=managing-query",
            "authorization: Basic YWRhOnB3",
            "x-id: managing-id"
        ]
    );
}

#[tokio::test]
async fn without_credentials_of_that_name_nothing_is_sent() {
    let (client, log) = client_trust::api();
    let client = client
        .bearer("own-token")
        .scheme("other", Authorization::bearer("o"))
        .build()
        .unwrap();
    let error = client.send(&Managed).await.unwrap_err();
    assert!(error.is_encode() && error.phase() == Phase::NotSent);
    let message = error.to_string();
    assert!(
        message.contains("Managed")
            && message.contains(
                "requires the credentials `management`, and the client has none of that name, `ClientBuilder::scheme(\"management\", …)` gives it some"
            ),
        "{message}"
    );
    assert!(taken(&log).is_empty());

    // Those of the call, or of the request, will do.
    client
        .call(&Managed)
        .bearer("of-the-call")
        .send()
        .await
        .unwrap();
    let own = Own {
        authorization: "Bearer declared".into(),
    };
    client.send(&own).await.unwrap();
    let log = taken(&log);
    assert!(
        log[0].contains("authorization: Bearer of-the-call"),
        "{log:?}"
    );
    assert!(log[1].contains("authorization: Bearer declared"), "{log:?}");
}

#[test]
fn a_name_that_no_operation_can_have_is_an_error() {
    for name in [
        "", "api-key", "1st", "a b", "_", "required", "optional", "none",
    ] {
        let client = Client::builder(BASE).scheme(name, Authorization::bearer("secret-token"));
        assert!(!format!("{client:?}").contains("secret-token"));
        let error = client.build().unwrap_err().to_string();
        assert!(
            error.contains(&format!("the credentials `{name}`: the name ")),
            "{error}"
        );
    }
    for name in ["management", "_a", "ключ", "r2"] {
        Client::builder(BASE)
            .scheme(name, Authorization::bearer("t"))
            .build()
            .unwrap();
    }
}

#[test]
fn credentials_that_cannot_be_sent_are_an_error_of_the_client() {
    let client = Client::builder(BASE).scheme("management", Authorization::bearer("two words"));
    assert!(
        client
            .build()
            .unwrap_err()
            .to_string()
            .contains("bearer token")
    );
}

#[tokio::test]
async fn another_origin_gets_none() {
    let (client, log) = client_trust::api();
    let client = client
        .scheme("management", Authorization::bearer("managing-token"))
        .build()
        .unwrap();
    client
        .send(&ByUrl {
            at: "https://trusted.example/n",
        })
        .await
        .unwrap();
    assert!(taken(&log)[0].contains("authorization: Bearer managing-token"));

    let other = ByUrl {
        at: "https://other.example/n",
    };
    let error = client.send(&other).await.unwrap_err().to_string();
    assert!(
        error.contains("the other origin https://other.example does not get"),
        "{error}"
    );
    assert!(taken(&log).is_empty());

    client
        .call(&other)
        .bearer("of-the-call")
        .send()
        .await
        .unwrap();
    let sent = taken(&log).remove(0);
    assert!(
        sent.contains("of-the-call") && !sent.contains("managing"),
        "{sent}"
    );
}

/// A client with a provider of a name, and one without.
fn with_providers(statuses: &[u16]) -> (Client, Sent, [Arc<AtomicU32>; 2]) {
    let (client, sent) = api(statuses);
    let (own, asked_own) = login(&[Ok("own-1"), Ok("own-2")]);
    let (managing, asked) = login(TOKENS);
    let client = client
        .credentials(own)
        .scheme("management", managing)
        .build()
        .unwrap();
    (client, sent, [asked_own, asked])
}

fn counts(asked: &[Arc<AtomicU32>; 2]) -> [u32; 2] {
    asked.each_ref().map(|count| count.load(Ordering::Relaxed))
}

#[tokio::test(start_paused = true)]
async fn a_401_gets_others_of_that_name_alone() {
    let (client, sent, asked) = with_providers(&[204, 401, 204]);
    for _ in 0..2 {
        client.send(&Managed).await.unwrap();
    }
    assert_eq!(
        lines(&sent),
        [
            "/v1/keys Bearer token-1",
            "/v1/keys Bearer token-1",
            "/v1/keys Bearer token-2"
        ]
    );
    assert_eq!(counts(&asked), [0, 2]);
    client.send(&Open).await.unwrap();
    assert_eq!(lines(&sent)[3], "/v1/open Bearer own-1");
    assert_eq!(counts(&asked), [1, 2]);
}

#[tokio::test(start_paused = true)]
async fn all_are_forgotten() {
    let (client, sent, asked) = with_providers(&[204]);
    for _ in 0..2 {
        client.send(&Managed).await.unwrap();
        client.send(&Open).await.unwrap();
        client.forget_credentials();
    }
    assert_eq!(counts(&asked), [2, 2]);
    assert_eq!(
        lines(&sent)[2..],
        ["/v1/keys Bearer token-2", "/v1/open Bearer own-2"]
    );
}

#[tokio::test]
async fn a_redirect_keeps_them() {
    let (client, sent) = api(&[307, 204]);
    let client = client
        .bearer("own-token")
        .scheme("management", Authorization::bearer("managing"))
        .build()
        .unwrap();
    client.send(&Managed).await.unwrap();
    assert_eq!(
        lines(&sent),
        ["/v1/keys Bearer managing", "/there Bearer managing"]
    );
}

#[tokio::test]
async fn nobody_sees_them() {
    const CANARIES: [&str; 3] = ["canary-token", "canary-header", "canary-query"];
    let client = crate::server::double(async |request: http::Request<api_request::Body>| {
        let repeated = format!(
            "{} {:?}",
            request.uri(),
            request.headers()["x-key"].to_str()
        );
        let auth = request.headers()["authorization"].to_str()?.to_owned();
        let response = http::Response::builder()
            .status(418)
            .header("x-note", &auth);
        Ok(response
            .body(format!(r#"{{"message": "{auth} {}"}}"#, repeated.replace('"', " ")).into())?)
    });
    let client = client
        .scheme("management", Authorization::bearer(CANARIES[0]))
        .scheme(
            "management",
            Authorization::api_key_header("X-Key", CANARIES[1]),
        )
        .scheme(
            "management",
            Authorization::api_key_query("key", CANARIES[2]),
        );
    let mut seen = vec![format!("{client:?}")];
    let client = client.build().unwrap();
    let error: Error = client.send(&Managed).await.unwrap_err();
    assert!(error.to_string().contains("(hidden)"), "{error}");
    seen.push(format!(
        "{client:?} {:?} {error} {error:?}",
        client.call(&Managed)
    ));
    let scheme = Authorization::bearer(CANARIES[0]).into_scheme();
    seen.push(format!("{scheme:?}"));
    let seen = seen.concat();
    for canary in CANARIES {
        assert!(!seen.contains(canary), "{canary} in {seen}");
    }
    assert!(seen.contains("management"));
}

#[test]
fn a_blocking_client_has_them_too() {
    let api = api_request::testing::Script::new();
    let api = api.then(api_request::testing::ScriptedResponse::new(204));
    let token = async || {
        tokio::time::sleep(Duration::from_millis(1)).await;
        Ok::<_, BoxError>(Secret::from("managing"))
    };
    let client = blocking::Client::builder(BASE)
        .bearer("own")
        .scheme("management", token);
    client
        .transport(api.clone())
        .build()
        .unwrap()
        .send(&Managed)
        .unwrap();
    assert_eq!(
        api.requests()[0].headers()["authorization"],
        "Bearer managing"
    );
}
