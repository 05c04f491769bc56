//! A secret of a request goes to an origin that is not trusted in the `url` alone.

use std::collections::BTreeMap;

use api_request::{ApiRequest, BaseUrl, Body, EncodeError, Error, EventRequest, Part, Secret};
use bytes::Bytes;
use http::HeaderMap;
use serde::Serialize;

use crate::client_trust::{api, taken};

const OTHER: &str = "https://other.example/n";
const TRUSTED: &str = "https://trusted.example/n";

#[derive(Serialize)]
struct Nested {
    inner: Option<Secret<String>>,
}

fn nested(secret: Option<&str>) -> Nested {
    let inner = secret.map(Secret::from);
    Nested { inner }
}

macro_rules! declare {
    ($($name:ident $field:ident: $ty:ty, $method:ident, [$($attr:tt)*];)*) => {$(
        #[derive(ApiRequest)]
        #[api(method = $method, events = u8)]
        struct $name {
            #[api(url)]
            at: Secret<String>,
            #[api($($attr)*)]
            $field: $ty,
        }

        impl $name {
            async fn ends($field: $ty) -> Ends {
                Ends::of(|at| $name { at: at.into(), $field }, stringify!($field)).await
            }
        }
    )*};
}

declare! {
    InQuery a: Option<Secret<String>>, GET, [query];
    InList b: Vec<Secret<String>>, GET, [query];
    InFlattenedQuery c: BTreeMap<&'static str, Secret<String>>, GET, [query(flatten)];
    Declared d: &'static str, GET, [query(secret)];
    DeclaredMap e: BTreeMap<&'static str, &'static str>, GET, [query(flatten, secret)];
    InHeader f: Option<Secret<String>>, GET, [header];
    Credentials g: Option<&'static str>, GET, [header = "Authorization"];
    InHeaders h: BTreeMap<&'static str, &'static str>, GET, [header(flatten)];
    InHeaderMap i: HeaderMap, GET, [header(flatten)];
    InCookie j: Option<Secret<String>>, GET, [cookie];
    InMember k: Secret<String>, POST, [json];
    InNested l: Nested, POST, [json];
    InForm m: Option<Secret<u64>>, POST, [form];
    InBody n: Nested, POST, [body];
    InWholeForm o: Nested, POST, [body = form];
    InText p: Secret<String>, POST, [body = text];
    InBytes q: Secret<Vec<u8>>, POST, [body = bytes];
    InStream r: Option<Body>, POST, [body(stream, secret)];
    InPart s: Secret<String>, POST, [part];
    InParts t: Vec<Part>, POST, [part(secret)];
    InJsonPart u: Nested, POST, [part(content_type = "application/json")];
    InPartHeader v: Part, POST, [part];
}

/// What comes of a request to an origin that is not trusted: whether it is refused, how often it was sent there, and then
/// to one that is trusted; and the field that has the secret.
struct Ends((bool, usize, usize), &'static str);

const REFUSED: (bool, usize, usize) = (true, 0, 1);
const SENT: (bool, usize, usize) = (false, 1, 1);

impl Ends {
    async fn of<R>(make: impl FnOnce(&str) -> R, field: &'static str) -> Self
    where
        R: EventRequest<Response = ()> + SetUrl,
        R::Error: std::fmt::Debug,
    {
        let (client, log) = api();
        let client = client.build().unwrap();
        let mut request = make(OTHER);
        let refused = client
            .send(&request)
            .await
            .map_err(|error| error.to_string());
        let base = client.base_url();
        let built = [
            request.to_http(base).map(drop),
            request.events_to_http(base).map(drop),
            request.to_curl(base).map(drop),
        ];
        for built in built {
            let built: Result<(), EncodeError> = built;
            assert_eq!(built.is_err(), refused.is_err(), "{field}");
            if let Err(error) = built {
                assert_eq!(error.field(), Some(field), "{error}");
                assert_eq!(Some(error.to_string()), refused.clone().err());
                assert!(error.reason().starts_with(
                    "is a secret, and goes to the other origin https://other.example: "
                ));
                assert!(!error.to_string().contains("canary"), "{error}");
            }
        }
        let events = client.call(&request).events().await.map(drop);
        assert_eq!(events.is_err(), refused.is_err(), "{field}");
        let sent = taken(&log).len();
        request.set_url(TRUSTED);
        client.send(&request).await.unwrap();
        Self((refused.is_err(), sent / 2, taken(&log).len()), field)
    }
}

trait SetUrl {
    fn set_url(&mut self, url: &str);
}

macro_rules! set_url {
    ($($name:ident)*) => {$(
        impl SetUrl for $name {
            fn set_url(&mut self, url: &str) {
                self.at = url.into();
            }
        }
    )*};
}

set_url! {
    InQuery InList InFlattenedQuery Declared DeclaredMap InHeader Credentials InHeaders InHeaderMap InCookie InMember
    InNested InForm InBody InWholeForm InText InBytes InStream InPart InParts InJsonPart InPartHeader
}

#[tokio::test]
async fn it_is_refused_in_each_other_location_before_anything_is_sent() {
    let canary = || Secret::from("canary");
    let map = || BTreeMap::from([("x-a", "canary")]);
    let headers = |is_secret| {
        let mut value = http::HeaderValue::from_static("canary");
        value.set_sensitive(is_secret);
        HeaderMap::from_iter([(http::HeaderName::from_static("x-a"), value)])
    };
    let part = || Part::bytes("canary");
    for (Ends(ends, field), expected) in [
        (InQuery::ends(Some(canary())).await, REFUSED),
        (InQuery::ends(None).await, SENT),
        (InList::ends(vec![canary()]).await, REFUSED),
        (InList::ends(vec![]).await, SENT),
        (
            InFlattenedQuery::ends([("a", canary())].into()).await,
            REFUSED,
        ),
        (Declared::ends("canary").await, REFUSED),
        (DeclaredMap::ends(map()).await, REFUSED),
        (DeclaredMap::ends(BTreeMap::new()).await, SENT),
        (InHeader::ends(Some(canary())).await, REFUSED),
        (InHeader::ends(None).await, SENT),
        (Credentials::ends(Some("canary")).await, REFUSED),
        (Credentials::ends(None).await, SENT),
        (
            InHeaders::ends([("Authorization", "canary")].into()).await,
            REFUSED,
        ),
        (InHeaders::ends(map()).await, SENT),
        (InHeaderMap::ends(headers(true)).await, REFUSED),
        (InHeaderMap::ends(headers(false)).await, SENT),
        (InCookie::ends(Some(canary())).await, REFUSED),
        (InCookie::ends(None).await, SENT),
        (InMember::ends(canary()).await, REFUSED),
        (InNested::ends(nested(Some("canary"))).await, REFUSED),
        (InNested::ends(nested(None)).await, SENT),
        (InForm::ends(Some(7.into())).await, REFUSED),
        (InForm::ends(None).await, SENT),
        (InBody::ends(nested(Some("canary"))).await, REFUSED),
        (InBody::ends(nested(None)).await, SENT),
        (InWholeForm::ends(nested(Some("canary"))).await, REFUSED),
        (InText::ends(canary()).await, REFUSED),
        (InBytes::ends(b"canary".to_vec().into()).await, REFUSED),
        (
            InStream::ends(Some(Body::stream(|| {
                futures_util::stream::iter([Ok::<_, api_request::BoxError>(Bytes::from("canary"))])
            })))
            .await,
            REFUSED,
        ),
        (InStream::ends(None).await, SENT),
        (InPart::ends(canary()).await, REFUSED),
        (InParts::ends(vec![part(), part()]).await, REFUSED),
        (InParts::ends(vec![]).await, SENT),
        (InJsonPart::ends(nested(Some("canary"))).await, REFUSED),
        (InJsonPart::ends(nested(None)).await, SENT),
        (
            InPartHeader::ends(part().header("Authorization", "canary")).await,
            REFUSED,
        ),
        (InPartHeader::ends(part()).await, SENT),
    ] {
        assert_eq!(ends, expected, "{field}");
    }
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/{id}")]
struct InPath {
    id: Secret<String>,
}

#[derive(ApiRequest)]
#[api(method = GET, path = "/", header("Proxy-Authorization" = "Basic canary"))]
struct InConstant;

#[tokio::test]
async fn nor_is_it_sent_to_another_base_url() {
    let (client, log) = api();
    let client = client.build().unwrap();
    let id = InPath {
        id: "canary".into(),
    };
    for base in ["https://other.example", "http://api.example.com"] {
        let errors: [Error; 2] = [
            client.call(&id).base_url(base).send().await.unwrap_err(),
            client
                .call(&InConstant)
                .base_url(base)
                .send()
                .await
                .unwrap_err(),
        ];
        assert_eq!(errors[0].field(), Some("id"));
        assert_eq!(
            errors[1].to_string(),
            format!(
                "`InConstant` cannot be sent: the constant header `proxy-authorization` is a secret, and goes to the other origin {base}: a secret is sent there in the `url` alone, unless `ClientBuilder::trust_origin` names it"
            )
        );
        assert!(taken(&log).is_empty());
    }
    for base in ["https://trusted.example", "https://api.example.com/v3"] {
        client.call(&id).base_url(base).send().await.unwrap();
        client
            .call(&InConstant)
            .base_url(base)
            .send()
            .await
            .unwrap();
        assert_eq!(taken(&log).len(), 2);
        let base: BaseUrl = base.parse().unwrap();
        id.to_http(&base).unwrap();
    }
}

#[tokio::test]
async fn what_an_api_repeats_of_a_secret_url_is_hidden() {
    #[derive(ApiRequest)]
    #[api(method = GET)]
    struct Hook {
        #[api(url)]
        at: Secret<String>,
    }

    let url = "https://hooks.example/T0canary/B1canary?sig=can%2Bary%3D&x=1";
    let client = crate::server::double(|_| async {
        let message = "no T0canary, /B1canary, can+ary=, can%2bary%3D at https://hooks.example/T0canary/B1canary?sig=can%2Bary%3D&x=1";
        let body = serde_json::json!({"message": message}).to_string();
        Ok(http::Response::builder()
            .status(403)
            .body(Body::from(body))?)
    });
    let client = client.build().unwrap();
    let error = client.send(&Hook { at: url.into() }).await.unwrap_err();
    assert_eq!(
        error.to_string(),
        "`Hook`: 403 Forbidden: no (hidden), /(hidden), (hidden), (hidden) at (hidden)"
    );
    assert!(!format!("{error:?}").contains("can"), "{error:?}");
}
