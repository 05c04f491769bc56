//! The calls: requests of each kind, sent to each origin in each way, by clients that have secrets of each kind.

use std::{
    sync::{Arc, OnceLock},
    time::Duration,
};

use api_request::{
    ApiRequest, Authorization, Call, Client, ClientBuilder, Error, ErrorBody, Limits, Retry,
};

use crate::{
    fault::Place,
    secrets::{OF_CALL, OWN, PARTNER, Signer},
    server::Server,
};

macro_rules! declare {
    ($($name:ident $by_url:ident: $method:ident, [$($key:tt)*], {$($member:ident)?};)*) => {
        $(
            #[derive(ApiRequest)]
            #[api(method = $method, path = "/calls/{call}/{script}", response = u32, $($key)*)]
            struct $name {
                call: u32,
                script: String,
                $(#[api(json)] $member: u32,)?
            }

            #[derive(ApiRequest)]
            #[api(method = $method, response = u32, $($key)*)]
            struct $by_url {
                #[api(url)]
                at: String,
                $(#[api(json)] $member: u32,)?
            }
        )*

        /// The kinds of requests.
        #[derive(Debug, Clone, Copy, PartialEq)]
        pub(crate) enum Kind {
            $($name,)*
        }

        impl Kind {
            pub(crate) const ALL: [Self; 8] = [$(Self::$name,)*];
        }

        pub(crate) async fn send(at: &At, made: &Made) -> Result<u32, Error> {
            let client = at.client(made.to);
            let (call, script) = (made.call, made.script.clone());
            match (made.kind, made.url(at, "calls")) {
                $(
                    (Kind::$name, None) => {
                        let request = $name { call, script, $($member: call,)? };
                        one(client.call(&request), at, made).await
                    }
                    (Kind::$name, Some(url)) => {
                        let request = $by_url { at: url, $($member: call,)? };
                        one(client.call(&request), at, made).await
                    }
                )*
            }
        }
    };
}

declare! {
    Get GetUrl: GET, [], {};
    Put PutUrl: PUT, [], {number};
    Delete DeleteUrl: DELETE, [auth = required], {};
    Post PostUrl: POST, [], {number};
    Patch PatchUrl: PATCH, [], {number};
    Declared DeclaredUrl: POST, [idempotent], {number};
    Keyed KeyedUrl: POST, [idempotency_key = "Idempotency-Key"], {number};
    Named NamedUrl: POST, [auth = partner], {number};
}

impl Kind {
    pub(crate) fn is_idempotent(self) -> bool {
        !matches!(self, Self::Post | Self::Patch | Self::Named)
    }

    /// Whether the operation requires credentials.
    fn asks_for_credentials(self) -> bool {
        matches!(self, Self::Delete | Self::Named)
    }
}

/// Where a request goes, and how it is told to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum To {
    Own,
    OwnByUrl,
    Trusted,
    TrustedByUrl,
    Other,
    OtherByUrl,
}

impl To {
    pub(crate) const ALL: [Self; 6] = [
        Self::Own,
        Self::OwnByUrl,
        Self::Trusted,
        Self::TrustedByUrl,
        Self::Other,
        Self::OtherByUrl,
    ];

    /// The number of the client in [`At`].
    fn client(self) -> usize {
        match self {
            Self::Own | Self::OwnByUrl => 0,
            Self::Trusted | Self::TrustedByUrl => 1,
            Self::Other | Self::OtherByUrl => 2,
        }
    }

    /// Whether the origin gets what the client has.
    pub(crate) fn is_trusted(self) -> bool {
        !matches!(self, Self::Other | Self::OtherByUrl)
    }
}

/// A call as it is made.
#[derive(Debug, Clone)]
pub(crate) struct Made {
    pub(crate) kind: Kind,
    pub(crate) to: To,
    /// Whether it is repeated until a job is done.
    pub(crate) is_job: bool,
    pub(crate) call: u32,
    pub(crate) script: String,
}

impl Made {
    /// A call that asks for events.
    pub(crate) fn stream(to: To, call: u32, script: String) -> Self {
        Self {
            kind: Kind::Get,
            to,
            is_job: false,
            call,
            script,
        }
    }

    pub(crate) fn url(&self, at: &At, path: &str) -> Option<String> {
        let path = format!("{path}/{}/{}", self.call, self.script);
        match self.to {
            To::OwnByUrl => Some(path),
            To::TrustedByUrl | To::OtherByUrl => Some(format!("{}/{path}", at.origin)),
            _ => None,
        }
    }

    /// Whether the call has credentials of its own, without which the request could not be sent.
    pub(crate) fn has_own(&self) -> bool {
        self.kind.asks_for_credentials() && !self.to.is_trusted()
    }
}

async fn one<R>(call: Call<'_, R>, at: &At, made: &Made) -> Result<u32, Error>
where
    R: ApiRequest<Response = u32, Error = ErrorBody>,
{
    let call = with_settings(call, at, made);
    if made.is_job {
        let number = made.call;
        call.until(move |answer| *answer == number).send().await
    } else {
        call.send().await
    }
}

/// Says where the call goes, and what it has for there.
pub(crate) fn with_settings<'a, R: ApiRequest>(
    call: Call<'a, R>,
    at: &At,
    made: &Made,
) -> Call<'a, R> {
    let call = match made.to {
        To::Trusted | To::Other => call.base_url(&*at.origin),
        _ => call,
    };
    if made.has_own() {
        call.bearer(OF_CALL)
    } else {
        call
    }
}

/// Clients for a part of the server: one whose origin it is, and two whose origin is another, where nothing may arrive: one
/// that trusts this origin, and one that does not. Each is built when it is needed, because that takes a while.
#[derive(Clone)]
pub(crate) struct At {
    origin: String,
    trap: String,
    patience: Duration,
    clients: Arc<[OnceLock<Client>; 3]>,
}

impl At {
    fn new(origin: &str, trap: &str, patience: Duration) -> Self {
        Self {
            origin: origin.to_owned(),
            trap: trap.to_owned(),
            patience,
            clients: Arc::default(),
        }
    }

    pub(crate) fn client(&self, to: To) -> &Client {
        let number = to.client();
        self.clients[number].get_or_init(|| {
            let builder = match number {
                0 => Client::builder(&*self.origin),
                1 => Client::builder(&*self.trap).trust_origin(&self.origin),
                _ => Client::builder(&*self.trap),
            };
            let builder = with_secrets(builder).read_timeout(self.patience);
            builder.build().unwrap()
        })
    }
}

/// Clients for each part of the server.
#[derive(Clone)]
pub(crate) struct Clients {
    scripted: At,
    /// For scripts without an answer: no other call is so impatient.
    stalled: At,
    refused: At,
    unread: At,
}

impl Clients {
    pub(crate) fn new(server: &Server) -> Self {
        let at = |origin: &str, patience| At::new(origin, &server.trap, patience);
        let patience = Duration::from_secs(30);
        Self {
            scripted: at(&server.scripted, patience),
            stalled: at(&server.scripted, Duration::from_millis(50)),
            refused: at(&server.refusing, patience),
            unread: at(&server.resetting, patience),
        }
    }

    pub(crate) fn at(&self, place: Place) -> &At {
        match place {
            Place::Scripted => &self.scripted,
            Place::Impatient => &self.stalled,
            Place::Refusing => &self.refused,
            Place::Resetting => &self.unread,
        }
    }
}

fn with_secrets(client: ClientBuilder) -> ClientBuilder {
    client
        .retry(Retry::default().base_delay(Duration::from_millis(1)))
        .limits(Limits::default().body(64 * 1024))
        .credentials(Signer::new(OWN))
        .scheme("partner", Signer::new(PARTNER))
        .scheme(
            "partner",
            Authorization::api_key_header("X-Partner", PARTNER.token),
        )
        .api_key_header("X-Key", OWN.token)
        .api_key_query("key", OWN.token)
        .header("X-Default", OWN.token)
}
