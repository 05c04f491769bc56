//! The kinds of secrets, and where each arrives: one table, and the requests, calls and clients that it speaks of.

use api_request::{
    ApiGroup, ApiRequest, Authorization, BoxError, Call, ClientBuilder, Credentials, ErrorBody,
    EventRequest, PageItems, Secret, blocking,
};
use bytes::Bytes;
use http::request::Parts;

pub(super) const CANARY: &str = "CaNaRy";
pub(super) const HOME: &str = "https://api.example.com/v1";

/// Where a request goes: a value of the field that is the URL, and a base URL.
pub(super) const ORIGINS: [(&str, &str); 4] = [
    ("n", HOME),
    ("/v9/n", "https://api.example.com/v9"),
    ("https://trusted.example/n", "https://trusted.example"),
    ("https://other.example/n", "https://other.example"),
];

/// What becomes of a secret on the way to an origin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Ends {
    Arrives,
    /// The request arrives without it.
    Absent,
    /// Nothing is sent.
    Refused,
}

use Ends::{Absent, Arrives, Refused};

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Plant {
    /// In the client.
    Client(OfClient),
    /// The same, and the operation requires credentials.
    Required(OfClient),
    /// In the call.
    Call(OfCall),
    /// The same, and the operation asks for credentials by name.
    InsteadOfNamed(OfCall),
    Request(OfRequest),
    /// Nobody plants it: the key that the client makes.
    IdempotencyKey,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum OfClient {
    Bearer,
    Basic,
    HeaderKey,
    QueryKey,
    Provider,
    Signature,
    Header,
    Cookie,
    Agent,
    HeaderOfGroup,
    QueryOfGroup,
    CookieOfGroup,
    PathOfGroup,
    Named,
    NamedInQuery,
    NamedProvider,
    NamedSignature,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum OfCall {
    Bearer,
    Basic,
    Any,
    HeaderKey,
    QueryKey,
    Header,
    Cookie,
    Group,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum OfRequest {
    Header,
    Query,
    Cookie,
    Body,
    Authorization,
    Path,
    Url,
}

const CLIENT: [Ends; 4] = [Arrives, Arrives, Arrives, Absent];
const REQUEST: [Ends; 4] = [Arrives, Arrives, Arrives, Refused];
const CALL: [Ends; 4] = [Arrives; 4];

/// What becomes of each kind at the origin of the client, under another path there, at a trusted origin, and at any other.
pub(super) const TABLE: [(Plant, [Ends; 4]); 39] = [
    (Plant::Client(OfClient::Bearer), CLIENT),
    (Plant::Client(OfClient::Basic), CLIENT),
    (Plant::Client(OfClient::HeaderKey), CLIENT),
    (Plant::Client(OfClient::QueryKey), CLIENT),
    (Plant::Client(OfClient::Provider), CLIENT),
    (Plant::Client(OfClient::Signature), CLIENT),
    (Plant::Client(OfClient::Header), CLIENT),
    (Plant::Client(OfClient::Cookie), CLIENT),
    (Plant::Client(OfClient::Agent), CLIENT),
    (Plant::Client(OfClient::HeaderOfGroup), CLIENT),
    (Plant::Client(OfClient::QueryOfGroup), CLIENT),
    (Plant::Client(OfClient::CookieOfGroup), CLIENT),
    // What the operation requires, and the client does not give away.
    (Plant::Client(OfClient::PathOfGroup), REQUEST),
    (Plant::Required(OfClient::Bearer), REQUEST),
    (Plant::Required(OfClient::HeaderKey), REQUEST),
    (Plant::Required(OfClient::QueryKey), REQUEST),
    (Plant::Required(OfClient::Provider), REQUEST),
    (Plant::Required(OfClient::Signature), REQUEST),
    (Plant::Client(OfClient::Named), REQUEST),
    (Plant::Client(OfClient::NamedInQuery), REQUEST),
    (Plant::Client(OfClient::NamedProvider), REQUEST),
    (Plant::Client(OfClient::NamedSignature), REQUEST),
    (Plant::Request(OfRequest::Header), REQUEST),
    (Plant::Request(OfRequest::Query), REQUEST),
    (Plant::Request(OfRequest::Cookie), REQUEST),
    (Plant::Request(OfRequest::Body), REQUEST),
    (Plant::Request(OfRequest::Authorization), REQUEST),
    (Plant::Request(OfRequest::Path), REQUEST),
    (Plant::Call(OfCall::Group), REQUEST),
    // What the request or the call sends to this origin knowingly.
    (Plant::Request(OfRequest::Url), CALL),
    (Plant::IdempotencyKey, CALL),
    (Plant::Call(OfCall::Bearer), CALL),
    (Plant::Call(OfCall::Basic), CALL),
    (Plant::Call(OfCall::Any), CALL),
    (Plant::Call(OfCall::HeaderKey), CALL),
    (Plant::Call(OfCall::QueryKey), CALL),
    (Plant::Call(OfCall::Header), CALL),
    (Plant::Call(OfCall::Cookie), CALL),
    (Plant::InsteadOfNamed(OfCall::Bearer), CALL),
];

fn secret() -> Secret<String> {
    CANARY.into()
}

/// What many operations share.
#[derive(Default, ApiGroup)]
pub(super) struct Shared {
    #[api(header)]
    x_app: Option<Secret<String>>,
    #[api(query)]
    app: Option<Secret<String>>,
    #[api(cookie)]
    app_session: Option<Secret<String>>,
}

#[derive(ApiGroup)]
#[api(path = "/accounts/{account}")]
pub(super) struct Account {
    account: Secret<String>,
}

/// Gives a token.
struct Provider;

impl Credentials for Provider {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::bearer(CANARY))
    }
}

struct Signer;

impl Credentials for Signer {
    async fn get(&self) -> Result<Authorization, BoxError> {
        Ok(Authorization::none())
    }

    fn sign(&self, parts: &mut Parts, _: Option<&Bytes>) -> Result<(), BoxError> {
        parts.headers.insert("x-signature", CANARY.parse()?);
        Ok(())
    }
}

impl Plant {
    pub(super) fn of_client<C>(self, client: ClientBuilder<C>) -> ClientBuilder<C> {
        let (Self::Client(kind) | Self::Required(kind)) = self else {
            return client;
        };
        let shared = Shared::default();
        match kind {
            OfClient::Bearer => client.bearer(CANARY),
            OfClient::Basic => client.basic("u", CANARY),
            OfClient::HeaderKey => client.api_key_header("X-Key", CANARY),
            OfClient::QueryKey => client.api_key_query("key", CANARY),
            OfClient::Provider => client.credentials(Provider),
            OfClient::Signature => client.credentials(Signer),
            OfClient::Header => client.header("X-Default", CANARY),
            OfClient::Cookie => client.header("Cookie", format!("a={CANARY}")),
            OfClient::Agent => client.user_agent(CANARY),
            OfClient::HeaderOfGroup => client.group(Shared {
                x_app: Some(secret()),
                ..shared
            }),
            OfClient::QueryOfGroup => client.group(Shared {
                app: Some(secret()),
                ..shared
            }),
            OfClient::CookieOfGroup => client.group(Shared {
                app_session: Some(secret()),
                ..shared
            }),
            OfClient::PathOfGroup => client.group(Account { account: secret() }),
            OfClient::Named => client.scheme("partner", Authorization::bearer(CANARY)),
            OfClient::NamedInQuery => {
                client.scheme("partner", Authorization::api_key_query("key", CANARY))
            }
            OfClient::NamedProvider => client.scheme("partner", Provider),
            OfClient::NamedSignature => client.scheme("partner", Signer),
        }
    }

    /// Whether the operation asks for credentials by name.
    pub(super) fn is_named(self) -> bool {
        use OfClient::{Named, NamedInQuery, NamedProvider, NamedSignature};
        match self {
            Self::Client(kind) => {
                matches!(kind, Named | NamedInQuery | NamedProvider | NamedSignature)
            }
            Self::InsteadOfNamed(_) => true,
            _ => false,
        }
    }

    /// Whether it is on the request only when that is sent.
    pub(super) fn is_late(self) -> bool {
        use OfClient::{NamedProvider, NamedSignature, Provider, Signature};
        let (Self::Client(kind) | Self::Required(kind)) = self else {
            return false;
        };
        matches!(kind, Provider | Signature | NamedProvider | NamedSignature)
    }

    /// What of a request arrives if it arrives.
    pub(super) fn mark(self) -> [&'static str; 2] {
        match self {
            Self::IdempotencyKey => ["idempotency-key: ", "idempotency-key: "],
            // Or the end of it, of `u:CaNaRy` in base64.
            _ => [CANARY, "dTpDYU5hUnk="],
        }
    }

    fn field(self, of: OfRequest) -> Option<Secret<String>> {
        (self == Self::Request(of)).then(secret)
    }
}

macro_rules! said {
    ($call:ident, $plant:ident) => {{
        let (Plant::Call(kind) | Plant::InsteadOfNamed(kind)) = $plant else {
            return $call;
        };
        match kind {
            OfCall::Bearer => $call.bearer(CANARY),
            OfCall::Basic => $call.basic("u", CANARY),
            OfCall::Any => $call.authorization(Authorization::header(CANARY)),
            OfCall::HeaderKey => $call.api_key_header("X-Key", CANARY),
            OfCall::QueryKey => $call.api_key_query("key", CANARY),
            OfCall::Header => $call.header("X-Call", CANARY),
            OfCall::Cookie => $call.header("Cookie", format!("b={CANARY}")),
            OfCall::Group => $call.group(R::group()),
        }
    }};
}

impl Plant {
    pub(super) fn of_call<R: Probe>(self, call: Call<'_, R>) -> Call<'_, R> {
        said!(call, self)
    }

    pub(super) fn of_blocking_call<R: Probe>(
        self,
        call: blocking::Call<'_, R>,
    ) -> blocking::Call<'_, R> {
        said!(call, self)
    }
}

/// A request of the table.
pub(super) trait Probe:
    Clone
    + EventRequest<Event = u32>
    + ApiRequest<Response = Vec<u32>, Error = ErrorBody, Group: Send + Sync>
    + PageItems<u32>
{
    /// A value of its group that is a secret.
    fn group() -> Self::Group;

    fn new(plant: Plant, at: &str) -> Self;
}

macro_rules! declare {
    ($($name:ident: [$($key:tt)*], {$($at:ident: $path:tt)?}, $group:ty, $value:expr;)*) => {$(
        #[derive(Clone, ApiRequest)]
        #[api(method = POST, response = Vec<u32>, paginate(link))]
        #[api(events(item = u32, done = "[DONE]", resume))]
        #[api(idempotency_key = "Idempotency-Key", $($key)*)]
        pub(super) struct $name {
            $(#[api($path)] $at: Secret<String>,)?
            #[api(header)]
            x_secret: Option<Secret<String>>,
            #[api(query)]
            query_secret: Option<Secret<String>>,
            #[api(cookie)]
            session: Option<Secret<String>>,
            #[api(header)]
            authorization: Option<Secret<String>>,
            #[api(json)]
            member: Option<Secret<String>>,
        }

        impl Probe for $name {
            fn group() -> $group {
                $value
            }

            #[allow(unused_variables, reason = "not each of them has a target of its own")]
            fn new(plant: Plant, at: &str) -> Self {
                Self {
                    $($at: at.into(),)?
                    x_secret: plant.field(OfRequest::Header),
                    query_secret: plant.field(OfRequest::Query),
                    session: plant.field(OfRequest::Cookie),
                    authorization: plant.field(OfRequest::Authorization),
                    member: plant.field(OfRequest::Body),
                }
            }
        }
    )*};
}

fn shared() -> Shared {
    Shared {
        x_app: Some(secret()),
        ..Shared::default()
    }
}

fn account() -> Account {
    Account { account: secret() }
}

declare! {
    ByPath: [in = Shared, path = "/n"], {}, Shared, shared();
    ByUrl: [in = Shared], {at: url}, Shared, shared();
    RequiredByPath: [in = Shared, path = "/n", auth = required], {}, Shared, shared();
    RequiredByUrl: [in = Shared, auth = required], {at: url}, Shared, shared();
    NamedByPath: [path = "/n", auth = partner], {}, (), ();
    NamedByUrl: [auth = partner], {at: url}, (), ();
    InAccount: [in = Account, path = "/n"], {}, Account, account();
    InPath: [path = "/n/{at}"], {at: path}, (), ();
}
