//! A secret appears nowhere but on the wire.

use api_request::{ApiRequest, Secret};
use serde::{Deserialize, Serialize};

use crate::{
    values::Failing,
    wire::{base, http},
};

const CANARY: &str = "s3cret-canary";

#[derive(Debug, Serialize)]
struct Credentials {
    user: &'static str,
    password: Secret<String>,
    pin: Secret<u32>,
    backup: Vec<Secret<String>>,
    absent: Secret<Option<String>>,
}

fn credentials() -> Credentials {
    Credentials {
        user: "it's me",
        password: CANARY.into(),
        pin: Secret::new(90_210),
        backup: vec![CANARY.into()],
        absent: Secret::new(None),
    }
}

#[derive(Debug, ApiRequest)]
#[api(method = POST, path = "/bot{token}/{id}")]
struct Everywhere {
    token: Secret<String>,
    id: &'static str,
    #[api(query(name = "api-key"))]
    key: Option<Secret<String>>,
    #[api(query(secret))]
    plain: Vec<&'static str>,
    #[api(header = "X-Key")]
    header: Secret<String>,
    #[api(header)]
    authorization: &'static str,
    #[api(cookie)]
    session: Secret<String>,
    #[api(body)]
    body: Credentials,
}

fn everywhere() -> Everywhere {
    Everywhere {
        token: CANARY.into(),
        id: "7",
        key: Some(CANARY.into()),
        plain: vec!["not shown", "either"],
        header: CANARY.into(),
        authorization: "Bearer s3cret-canary",
        session: CANARY.into(),
        body: credentials(),
    }
}

#[test]
fn a_secret_is_sent_like_its_value() {
    let request = http(&everywhere()).unwrap();
    let target = request.uri().path_and_query().unwrap();
    let written = "/bots3cret-canary/7?api-key=s3cret-canary&plain=not%20shown&plain=either";
    assert_eq!(target, written);
    assert_eq!(request.headers()["x-key"], CANARY);
    assert_eq!(request.headers()["cookie"], "session=s3cret-canary");
    let written = r#"{"user":"it's me","password":"s3cret-canary","pin":90210,"backup":["s3cret-canary"],"absent":null}"#;
    assert_eq!(request.body().as_bytes().unwrap(), written);
}

#[test]
fn curl_shows_a_variable_for_each_secret() {
    let expected = r#"curl -X POST 'https://api.example.com/bot'"$TOKEN"'/7?api-key='"$API_KEY"'&plain='"$PLAIN" \
  -H 'x-key: '"$X_KEY" \
  -H 'authorization: '"$AUTHORIZATION" \
  -H 'accept: */*' \
  -H 'cookie: session='"$SESSION" \
  -H 'content-type: application/json' \
  --data-raw '{"user":"it'\''s me","password":"'"$PASSWORD"'","pin":'"$PIN"',"backup":["'"$BODY"'"],"absent":null}'"#;
    assert_eq!(everywhere().to_curl(&base()).unwrap(), expected);
}

#[test]
fn debug_shows_no_secret() {
    let request = http(&everywhere()).unwrap();
    let shown = format!(
        "{:?} {:?} {:?}",
        credentials(),
        request.headers(),
        request.body()
    );
    assert!(!shown.contains(CANARY), "{shown}");
    assert!(!shown.contains("90210"), "{shown}");
}

#[test]
fn an_error_of_a_secret_field_does_not_repeat_the_value() {
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Request<T> {
        #[api(query(secret))]
        value: T,
    }
    #[derive(ApiRequest)]
    #[api(method = POST, path = "/")]
    struct Whole<T> {
        #[api(body(secret))]
        value: T,
    }
    #[derive(ApiRequest)]
    #[api(method = GET, path = "/")]
    struct Header {
        #[api(header)]
        value: Secret<String>,
    }
    let errors = [
        http(&Request {
            value: Failing(CANARY),
        })
        .unwrap_err(),
        http(&Whole {
            value: Failing(CANARY),
        })
        .unwrap_err(),
        http(&Header {
            value: format!("{CANARY}\n").into(),
        })
        .unwrap_err(),
        http(&Header {
            value: format!(" {CANARY}").into(),
        })
        .unwrap_err(),
    ];
    for error in errors {
        assert!(error.starts_with("value: "), "{error}");
        assert!(!error.contains(CANARY), "{error}");
    }
}

#[test]
fn serde_reads_a_secret_and_does_not_repeat_it_in_an_error() {
    #[derive(Debug, Deserialize)]
    struct Answer {
        key: Secret<u64>,
    }
    let answer: Answer = serde_json::from_str(r#"{"key":7}"#).unwrap();
    assert_eq!(*answer.key.expose(), 7);
    let error = serde_json::from_str::<Answer>(r#"{"key":"s3cret-canary"}"#).unwrap_err();
    assert!(!error.to_string().contains(CANARY), "{error}");
}

#[test]
fn a_secret_can_be_cloned_defaulted_and_made_from_text() {
    let secret: Secret<String> = CANARY.into();
    assert_eq!(secret.clone().expose(), CANARY);
    assert_eq!(Secret::<String>::default().expose(), "");
    assert_eq!(Secret::new(1).expose(), Secret::from(1).expose());
    assert_eq!(format!("{secret:?}"), "Secret(…)");
}
