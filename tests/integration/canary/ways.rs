//! The table of secrets and origins holds in each way that a request comes to an origin.

use std::{
    fmt::Write as _,
    sync::{Arc, Mutex},
};

use api_request::{
    BaseUrl, Body, BoxError, Call, Client, EncodeError, Error, Phase, Raw, Transport, blocking,
};
use futures_util::TryStreamExt as _;
use http::{Request, Response, Uri};
use http_body_util::BodyExt as _;

use super::table::{
    ByPath, ByUrl, CANARY, Ends, HOME, InAccount, InPath, NamedByPath, NamedByUrl, ORIGINS,
    OfClient, OfRequest, Plant, Probe, RequiredByPath, RequiredByUrl, TABLE,
};
use crate::server::Double;

/// How a call comes to its requests.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Way {
    Once,
    /// In another format than the declared one.
    Raw,
    Events,
    /// A stream of events that breaks off.
    Resumed,
    Retried,
    Redirected,
    Until,
    Pages,
    /// The first request gets a 401, after which a provider is asked for others.
    Unauthorized,
    /// The API leads to another origin, where nothing may arrive.
    RedirectedElsewhere,
    NextPageElsewhere,
    /// The second request is redirected there.
    ResumedElsewhere,
    RetriedElsewhere,
    UntilElsewhere,
}

impl Way {
    const ALL: [Self; 14] = [
        Self::Once,
        Self::Raw,
        Self::Events,
        Self::Resumed,
        Self::Retried,
        Self::Redirected,
        Self::Until,
        Self::Pages,
        Self::Unauthorized,
        Self::RedirectedElsewhere,
        Self::NextPageElsewhere,
        Self::ResumedElsewhere,
        Self::RetriedElsewhere,
        Self::UntilElsewhere,
    ];

    /// What comes before the redirect to another origin.
    fn before_elsewhere(self) -> Option<Self> {
        match self {
            Self::ResumedElsewhere => Some(Self::Resumed),
            Self::RetriedElsewhere => Some(Self::Retried),
            Self::UntilElsewhere => Some(Self::Until),
            _ => None,
        }
    }

    /// How many requests are sent, if credentials can be got again or not.
    fn requests(self, is_provided: bool) -> usize {
        match self {
            Self::Unauthorized => 1 + usize::from(is_provided),
            Self::Retried => 3,
            _ if self.before_elsewhere().is_some() => 2,
            Self::Resumed | Self::Redirected | Self::Until | Self::Pages => 2,
            _ => 1,
        }
    }

    /// The response to the request of this number.
    fn answer(self, number: usize, sent: &Uri) -> Result<Response<Body>, BoxError> {
        if let Some(before) = self.before_elsewhere() {
            let way = match number {
                0 => before,
                _ => Self::RedirectedElsewhere,
            };
            return way.answer(number, sent);
        }
        // What an API says of the request is part of where it leads.
        let again = match sent.query() {
            Some(query) => format!("{}?{query}&again", sent.path()),
            None => format!("{}?again", sent.path()),
        };
        let elsewhere = match sent.host() {
            Some("other.example") => format!("https://api.example.com{again}"),
            _ => format!("https://other.example{again}"),
        };
        let answer = Response::builder();
        let events = || Response::builder().header("content-type", "text/event-stream");
        let (answer, body) = match self {
            Self::Retried if number < 2 => (answer.status(503).header("retry-after", "0"), ""),
            Self::Redirected if number == 0 => (answer.status(307).header("location", again), ""),
            Self::Unauthorized if number == 0 => (answer.status(401), ""),
            Self::RedirectedElsewhere => (answer.status(307).header("location", elsewhere), ""),
            Self::Resumed if number == 0 => (events(), "retry: 0\nid: 7\ndata: 1\n\n"),
            Self::Events | Self::Resumed => (events(), "data: [DONE]\n\n"),
            Self::Until if number == 0 => (answer.header("retry-after", "0"), "[]"),
            Self::Pages if number == 0 => {
                let next = format!("<{again}>; rel=\"next\"");
                (answer.header("link", next), "[1]")
            }
            Self::NextPageElsewhere => {
                let next = format!("<{elsewhere}>; rel=\"next\"");
                (answer.header("link", next), "[1]")
            }
            _ => (answer, "[1]"),
        };
        Ok(answer.body(body.into())?)
    }

    async fn call<R: Probe>(self, call: Call<'_, R>) -> Result<(), Error> {
        match self {
            Self::Raw => call.send_with::<Raw>().await.map(drop),
            Self::Events | Self::Resumed | Self::ResumedElsewhere => call
                .events()
                .await?
                .try_collect::<Vec<u32>>()
                .await
                .map(drop),
            Self::Until | Self::UntilElsewhere => call
                .until(|numbers| !numbers.is_empty())
                .send()
                .await
                .map(drop),
            Self::Pages => call.items().try_collect::<Vec<u32>>().await.map(drop),
            Self::NextPageElsewhere => call.pages().try_collect::<Vec<_>>().await.map(drop),
            _ => call.send().await.map(drop),
        }
    }

    /// Checks how a call ended whose requests arrived.
    fn check(self, result: Result<(), Error>, is_provided: bool, about: &str) {
        let is_right = match (self, &result) {
            (Self::NextPageElsewhere, Err(error)) => error.is_page(),
            (Self::Unauthorized, Err(error)) => error.is_status() && !is_provided,
            (Self::RedirectedElsewhere, Err(error)) => error.is_redirect(),
            (way, Err(error)) => way.before_elsewhere().is_some() && error.is_redirect(),
            (way, Ok(())) => {
                let leads_away = matches!(way, Self::RedirectedElsewhere | Self::NextPageElsewhere);
                !leads_away && way.before_elsewhere().is_none()
            }
        };
        assert!(is_right, "{about}: {result:?}");
        if let Err(error) = result {
            assert!(
                !format!("{error} {error:?}").contains(CANARY),
                "{about}: {error:?}"
            );
        }
    }
}

/// The requests that were sent, as text.
type Log = Arc<Mutex<Vec<String>>>;

fn transport(way: Way) -> (impl Transport, Log) {
    let log = Log::default();
    let seen = log.clone();
    let double = Double(move |request: Request<Body>| {
        let seen = seen.clone();
        async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            let mut text = head.uri.to_string();
            for (name, value) in &head.headers {
                write!(
                    text,
                    "\n{name}: {}",
                    String::from_utf8_lossy(value.as_bytes())
                )?;
            }
            text.push_str(&String::from_utf8_lossy(&body));
            let mut seen = seen.lock().unwrap();
            seen.push(text);
            way.answer(seen.len() - 1, &head.uri)
        }
    });
    (double, log)
}

fn client(plant: Plant, transport: impl Transport) -> Client {
    let client = Client::builder(HOME).trust_origin("https://trusted.example");
    let client = plant.of_client(client.transport(transport));
    client.build().unwrap()
}

/// Whether the secret is in a request that was sent or built.
fn has(plant: Plant, sent: &str) -> bool {
    plant.mark().iter().any(|mark| sent.contains(mark))
}

fn check_refused(error: &Error, about: &str) {
    assert!(error.is_encode(), "{about}: {error:?}");
    assert_eq!(error.phase(), Phase::NotSent, "{about}");
    assert!(
        !format!("{error} {error:?}").contains(CANARY),
        "{about}: {error:?}"
    );
}

/// Checks one cell of the table, for one kind of request, in each way.
async fn check<R: Probe>(plant: Plant, ends: Ends, origin: &str, request: &R, base: Option<&str>) {
    for way in Way::ALL {
        let about = format!("{plant:?}, {origin}, {}, {way:?}", R::OPERATION.name());
        let (transport, log) = transport(way);
        let client = client(plant, transport);
        let call = || {
            let call = plant.of_call(client.call(request));
            match base {
                Some(base) => call.base_url(base),
                None => call,
            }
        };
        let built = call().build();
        let result = way.call(call()).await;
        let sent = std::mem::take(&mut *log.lock().unwrap());
        if ends == Ends::Refused {
            check_refused(&built.unwrap_err(), &about);
            check_refused(&result.unwrap_err(), &about);
            assert!(sent.is_empty(), "{about}: {sent:?}");
            continue;
        }
        let is_provided = plant.is_late() && ends == Ends::Arrives;
        way.check(result, is_provided, &about);
        assert_eq!(sent.len(), way.requests(is_provided), "{about}: {sent:?}");
        for sent in &sent {
            let (url, _) = sent.split_once('\n').unwrap();
            assert!(url.starts_with(origin), "{about}: {url}");
            assert_eq!(has(plant, sent), ends == Ends::Arrives, "{about}: {sent}");
        }
        let built = built.unwrap();
        let is_built = has(plant, &format!("{} {:?}", built.uri(), Shown(&built)));
        let is_there = ends == Ends::Arrives && !plant.is_late();
        assert_eq!(is_built, is_there, "{about}");
    }
}

/// A request as text, with its secrets.
struct Shown<'a>(&'a Request<Body>);

impl std::fmt::Debug for Shown<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        for (name, value) in self.0.headers() {
            writeln!(f, "{name}: {}", String::from_utf8_lossy(value.as_bytes()))?;
        }
        let body = self.0.body().as_bytes().unwrap();
        f.write_str(&String::from_utf8_lossy(body))
    }
}

#[tokio::test(start_paused = true)]
async fn each_secret_arrives_where_the_table_says_and_nowhere_else() {
    for (plant, row) in TABLE {
        for ((url, base), ends) in ORIGINS.into_iter().zip(row) {
            match plant {
                Plant::Request(OfRequest::Url) => {
                    let request = ByUrl::new(plant, &format!("{url}?sig={CANARY}"));
                    check(plant, ends, base, &request, None).await;
                }
                Plant::Request(OfRequest::Path) => {
                    check(plant, ends, base, &InPath::new(plant, CANARY), Some(base)).await;
                }
                Plant::Client(OfClient::PathOfGroup) => {
                    check(plant, ends, base, &InAccount::new(plant, ""), Some(base)).await;
                }
                Plant::Required(_) => {
                    check(plant, ends, base, &RequiredByUrl::new(plant, url), None).await;
                    let request = RequiredByPath::new(plant, "");
                    check(plant, ends, base, &request, Some(base)).await;
                }
                _ if plant.is_named() => {
                    check(plant, ends, base, &NamedByUrl::new(plant, url), None).await;
                    check(plant, ends, base, &NamedByPath::new(plant, ""), Some(base)).await;
                }
                _ => {
                    check(plant, ends, base, &ByUrl::new(plant, url), None).await;
                    check(plant, ends, base, &ByPath::new(plant, ""), Some(base)).await;
                }
            }
        }
    }
}

/// Checks one cell of the table for a client without async.
fn check_blocking<R: Probe>(plant: Plant, ends: Ends, request: &R, base: Option<&str>) {
    let about = format!("{plant:?}, {}, {base:?}", R::OPERATION.name());
    let (transport, log) = transport(Way::Once);
    let client = blocking::Client::builder(HOME).trust_origin("https://trusted.example");
    let client = plant.of_client(client.transport(transport));
    let client = client.build().unwrap();
    let call = plant.of_blocking_call(client.call(request));
    let call = match base {
        Some(base) => call.base_url(base),
        None => call,
    };
    let result = call.send();
    let sent = log.lock().unwrap();
    if ends == Ends::Refused {
        check_refused(&result.unwrap_err(), &about);
        assert!(sent.is_empty(), "{about}");
        return;
    }
    result.unwrap();
    assert_eq!(sent.len(), 1, "{about}");
    assert_eq!(
        has(plant, &sent[0]),
        ends == Ends::Arrives,
        "{about}: {sent:?}"
    );
}

#[test]
fn so_it_does_from_a_client_without_async() {
    for (plant, row) in TABLE {
        for ((url, base), ends) in ORIGINS.into_iter().zip(row) {
            match plant {
                Plant::Request(OfRequest::Path | OfRequest::Url)
                | Plant::Client(OfClient::PathOfGroup)
                | Plant::Required(_) => {}
                _ if plant.is_named() => {
                    check_blocking(plant, ends, &NamedByUrl::new(plant, url), None);
                }
                _ => {
                    check_blocking(plant, ends, &ByUrl::new(plant, url), None);
                    check_blocking(plant, ends, &ByPath::new(plant, ""), Some(base));
                }
            }
        }
    }
}

/// Whether a request that is built without a client is refused, and what becomes of its secret otherwise.
fn check_built<R: Probe>(plant: Plant, ends: Ends, request: &R, base: &BaseUrl) {
    let about = format!("{plant:?}, {ends:?}, {}", R::OPERATION.name());
    let built = [request.to_http(base), request.events_to_http(base)];
    for built in built {
        let is_there =
            built.map(|built| has(plant, &format!("{} {:?}", built.uri(), Shown(&built))));
        check_ends(is_there, ends, &about);
    }
    // A command tells no secret.
    let told = request.to_curl(base).map(|command| has(plant, &command));
    let ends = if ends == Ends::Arrives {
        Ends::Absent
    } else {
        ends
    };
    check_ends(told, ends, &about);
}

fn check_ends(is_there: Result<bool, EncodeError>, ends: Ends, about: &str) {
    match is_there {
        Ok(is_there) => assert_eq!(is_there, ends == Ends::Arrives, "{about}"),
        Err(error) => {
            assert_eq!(ends, Ends::Refused, "{about}: {error}");
            assert!(
                !format!("{error} {error:?}").contains(CANARY),
                "{about}: {error}"
            );
        }
    }
}

/// Without a client, nothing is trusted but the base URL, and there is nothing but the request.
#[test]
fn what_is_built_without_a_client_has_the_secrets_of_the_request_alone() {
    let home: BaseUrl = HOME.parse().unwrap();
    for (plant, row) in TABLE {
        let (transport, _) = transport(Way::Once);
        let client = client(plant, transport);
        for (at, ((url, base), ends)) in ORIGINS.into_iter().zip(row).enumerate() {
            let base: BaseUrl = base.parse().unwrap();
            match plant {
                Plant::Request(OfRequest::Url) => {
                    let request = ByUrl::new(plant, &format!("{url}?sig={CANARY}"));
                    check_built(plant, Ends::Arrives, &request, &home);
                }
                Plant::Request(OfRequest::Path) => {
                    check_built(plant, Ends::Arrives, &InPath::new(plant, CANARY), &base);
                }
                Plant::Request(_) => {
                    let of_url = if at < 2 { ends } else { Ends::Refused };
                    check_built(plant, of_url, &ByUrl::new(plant, url), client.base_url());
                    check_built(plant, Ends::Arrives, &ByPath::new(plant, ""), &base);
                }
                _ => {
                    check_built(
                        plant,
                        Ends::Absent,
                        &NamedByUrl::new(plant, url),
                        client.base_url(),
                    );
                    check_built(plant, Ends::Absent, &ByPath::new(plant, ""), &base);
                }
            }
        }
    }
}
