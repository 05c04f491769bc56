//! Each public type can be sent to another thread, and all but those of calls that run can be shared.

use std::collections::BTreeSet;

use api_request::{
    AnyOperation, AnyResponse, Auth, Authorization, BaseUrl, Body, BodyNames, ByteReader,
    ByteStream, Call, Client, ClientBuilder, ConfigError, ConstantParam, Content, Decide,
    Deprecation, EncodeError, Error, ErrorBody, EventStream, Events, Input, Items, Limits, Lines,
    Location, NamesKind, Next, Nullable, OpenEvents, Operation, Page, PageStyle, Pages, Pagination,
    Param, Part, Phase, Progress, Raw, Refusal, ReqwestTransport, Response, Retry, Scheme, Secret,
    Seen, Text, TransportError, Until, WithEvent, axum, blocking, events, testing,
};

use crate::versions::read;

#[derive(Clone, api_request::ApiRequest)]
#[api(method = GET, path = "/names", response = Vec<String>, paginate(link))]
struct ListNames;

type Done = fn(&Vec<String>) -> bool;

/// The names of types. It does not compile if one cannot be sent and shared.
macro_rules! shared {
    ($($ty:ty),* $(,)?) => {{
        fn check<T: Send + Sync>() {}
        $(check::<$ty>();)*
        [$(stringify!($ty)),*]
    }};
}

/// The same, without sharing.
macro_rules! sent {
    ($($ty:ty),* $(,)?) => {{
        fn check<T: Send>() {}
        $(check::<$ty>();)*
        [$(stringify!($ty)),*]
    }};
}

#[test]
fn each_public_type_can_be_sent_and_most_can_be_shared() {
    let shared = shared![
        AnyOperation, AnyResponse, Auth, Authorization, BaseUrl, Body, BodyNames, ByteReader, ByteStream,
        Call<'_, ListNames>, Client, ClientBuilder, ConfigError, ConstantParam, Content, Decide, Deprecation,
        EncodeError, Error<u32>, ErrorBody, EventStream<u32, u32>, Events, Input, Limits, Lines<u32, u32>, Location,
        NamesKind, Next<u32>, Nullable<u32>, Operation, Page<'_, u32>, PageStyle, Pagination, Param, Part, Phase,
        Progress, Raw, Refusal, ReqwestTransport, Response<u32>, Retry, Scheme, Secret<String>, Seen<'_>, Text,
        TransportError, Until<'_, ListNames, Done>, WithEvent<u32, u32>,
        axum::Api<u32>, axum::Router<u32>,
        blocking::ByteReader, blocking::ByteStream, blocking::Call<'_, ListNames>, blocking::Client,
        blocking::Iter<u32>, blocking::Until<'_, ListNames, Done>,
        events::Event, events::EventDecoder, events::EventError,
        testing::Fake, testing::Faults, testing::Recorded, testing::Script, testing::ScriptedResponse,
    ];
    // They hold a request that is being sent, which has one owner.
    let sent = sent![Items<ListNames, String>, OpenEvents<u32, u32>, Pages<ListNames>];
    let name = |ty: &str| {
        let name = ty.split('<').next().unwrap_or(ty);
        format!("api_request::{}", name.replace(' ', ""))
    };
    let checked: BTreeSet<String> = shared.into_iter().chain(sent).map(name).collect();

    let list = read("tests/public-api.txt");
    let types = list.lines().filter_map(|line| {
        let line = line.trim_start_matches("#[non_exhaustive] ");
        let rest = line
            .strip_prefix("struct ")
            .or(line.strip_prefix("enum "))?;
        rest.split(['<', ' ']).next()
    });
    let public: BTreeSet<String> = types.map(str::to_owned).collect();
    assert_eq!(checked, public);
}
