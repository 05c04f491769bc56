//! Secrets are on the wire, and in nothing that a program can log.
//!
//! A canary is planted in each place where a secret can be. Calls are driven to each kind of end; all that they tell, by
//! spans, events, `Debug`, `Display` and sources, is collected and searched for the canaries in each encoding.

mod end;
mod origins;
mod planted;
mod table;
mod told;
mod ways;

use std::{fmt::Debug, time::Duration};

use api_request::{ApiRequest, Body, Client, Retry, testing::Script};
use futures_util::StreamExt;
use http::Response;

use self::{
    end::{ENDS, End, transport},
    planted::{
        Credentials, Nested, canary, declared, form, json, parts, streamed, text, token, whole,
    },
    told::{MARK, assert_kept, encodings, is_in, show, show_error},
};
use crate::{recorder::Recorder, server::Double};

/// Drives one call to one end, and compares what is told with what is sent.
async fn drive<R>(request: &R, planted: &[&str], credentials: Credentials, end: End)
where
    R: ApiRequest<Response = Nested> + Debug,
    R::Error: 'static,
{
    let of = format!("{} {credentials:?} {end:?}", R::OPERATION.name());
    let (recorder, _guard) = Recorder::start();
    let mut told = String::new();
    let (transport, wire) = transport(end);
    let builder = Client::builder("https://api.example.com/v1").transport(transport);
    let builder = credentials.of_client(builder.timeout(Duration::from_secs(20)));
    show(&mut told, &builder);
    let client: Client = builder.build().unwrap();
    show(&mut told, &client);
    show(&mut told, request);
    told.push_str(&request.to_curl(client.base_url()).unwrap());
    let http = request.to_http(client.base_url()).unwrap();
    show(&mut told, &http.headers());
    show(&mut told, &http.body());

    let retry = if end == End::Retried {
        Retry::default()
    } else {
        Retry::none()
    };
    let call = credentials.of_call(client.call(request).retry(retry));
    show(&mut told, &call);
    match call.send_full().await {
        Ok(response) => {
            assert!(response.body.json_secret.expose().starts_with(MARK));
            show(&mut told, &response);
        }
        Err(error) => show_error(&mut told, &error),
    }
    told.push_str(&recorder.all());
    assert_eq!(recorder.spans().len(), 1, "{of}");

    let wire = wire.lock().unwrap().join("\n");
    // A declared `Authorization` replaces that of client and call, except what is said for the call.
    let of_credentials = credentials.canaries().iter();
    let sent = of_credentials.filter(|(_, in_authorization)| {
        !in_authorization || !planted.contains(&token!("declared"))
    });
    let overridden = matches!(credentials, Credentials::Call | Credentials::CallBasic);
    for secret in planted.iter().chain(sent.map(|(secret, _)| secret)) {
        if overridden && *secret == token!("declared") {
            continue;
        }
        assert!(is_in(&wire, secret), "{of}: {secret} is not sent:\n{wire}");
    }
    let all: Vec<&str> = credentials
        .canaries()
        .iter()
        .map(|(secret, _)| *secret)
        .collect();
    assert_kept(&told, &[&all, planted].concat(), &of);
}

#[tokio::test(start_paused = true)]
async fn no_secret_is_told_however_a_call_ends() {
    let in_json = [
        canary!("path"),
        canary!("query"),
        token!("header"),
        canary!("cookie"),
        canary!("member"),
        canary!("nested"),
    ];
    let in_whole = [canary!("whole"), token!("declared")];
    let in_declared = [
        canary!("declared-path"),
        canary!("flat-query"),
        token!("flat-header"),
        token!("declared"),
        canary!("list"),
    ];
    let in_parts = [canary!("part"), canary!("json-part")];
    for end in ENDS {
        for credentials in Credentials::ALL {
            drive(&json(), &in_json, credentials, end).await;
            drive(&whole(), &in_whole, credentials, end).await;
            drive(&text(), &[canary!("text")], credentials, end).await;
            drive(&form(), &[canary!("form")], credentials, end).await;
            drive(&parts(), &in_parts, credentials, end).await;
            drive(&declared(), &in_declared, credentials, end).await;
            drive(&streamed(), &[canary!("stream")], credentials, end).await;
        }
    }
}

#[tokio::test]
async fn no_secret_of_an_event_stream_is_told() {
    let cases = [
        ("an item", "data: {\"json_secret\":\"CaNaRy event\"}\n\n"),
        (
            "an item of another type",
            "data: {\"json_secret\":{\"CaNaRy event\":1}}\n\n",
        ),
        (
            "a member of another type",
            "data: {\"json_secret\":\"\",\"count\":\"CaNaRy event\"}\n\n",
        ),
        ("no JSON", "data: CaNaRy event\n\n"),
        (
            "an error",
            "event: error\ndata: {\"key\":\"CaNaRy event\"}\n\n",
        ),
        (
            "an error member",
            "data: {\"error\":{\"key\":\"CaNaRy event\"}}\n\n",
        ),
        (
            "what repeats a key",
            "data: {\"error\":{\"message\":\"no CaNaRy-bearer-/+= here\"}}\n\n",
        ),
        ("an unfinished event", "data: CaNaRy event"),
        (
            "too large",
            "data: CaNaRy event that is longer than the limit of an event is\n\n",
        ),
    ];
    for (of, events) in cases {
        let (recorder, _guard) = Recorder::start();
        let transport = Double(move |_| async move {
            let answer = Response::builder().header("content-type", "text/event-stream");
            Ok(answer.body(Body::from(events))?)
        });
        let client = Client::builder("https://api.example.com/v1")
            .transport(transport)
            .bearer(token!("bearer"))
            .limits(api_request::Limits::default().event(60))
            .build()
            .unwrap();
        let mut told = String::new();
        let request = json();
        let mut stream = client.call(&request).events().await.unwrap();
        show(&mut told, &stream);
        while let Some(event) = stream.next().await {
            match event {
                Ok(item) => show(&mut told, &item),
                Err(error) => show_error(&mut told, &error),
            }
        }
        show(&mut told, &stream);
        told.push_str(&recorder.all());
        assert_kept(&told, &[token!("bearer")], of);
    }
}

/// What a script of a test shows of the requests that it has recorded.
#[tokio::test]
async fn no_secret_of_a_recorded_request_is_told() {
    async fn record<R: ApiRequest>(api: &Script, request: &R, told: &mut String)
    where
        R::Error: 'static,
    {
        for credentials in Credentials::ALL {
            let builder = Client::builder("https://api.example.com/v1").transport(api.clone());
            let client = credentials.of_client(builder).build().unwrap();
            let call = credentials.of_call(client.call(request));
            let Err(error) = call.send().await else {
                panic!("the script has no response");
            };
            show_error(told, &error);
        }
    }

    let (api, mut told) = (Script::new(), String::new());
    record(&api, &json(), &mut told).await;
    record(&api, &whole(), &mut told).await;
    record(&api, &text(), &mut told).await;
    record(&api, &form(), &mut told).await;
    record(&api, &parts(), &mut told).await;
    record(&api, &declared(), &mut told).await;
    record(&api, &streamed(), &mut told).await;
    record(&api, &origins::upload("https://other.example"), &mut told).await;
    show(&mut told, &api);
    show(&mut told, &api.requests());
    assert_eq!(api.requests().len(), 40);
    assert_kept(&told, &[], "a script");
}

/// The same over a connection: errors of reqwest know the URL.
#[tokio::test]
async fn no_secret_is_told_by_what_makes_connections() {
    let (recorder, _guard) = Recorder::start();
    let mut told = String::new();
    let (closed, _port) = crate::server::refusing();
    let hanging_up = crate::server::Server::start([crate::server::hang_up("")]).await;
    for origin in [&*closed, hanging_up.origin()] {
        for credentials in Credentials::ALL {
            let builder = credentials.of_client(Client::builder(origin));
            let client = builder.retry(Retry::none()).build().unwrap();
            let request = json();
            let error = credentials.of_call(client.call(&request)).send().await;
            show_error(&mut told, &error.unwrap_err());
        }
    }
    told.push_str(&recorder.all());
    let canaries = Credentials::ALL.iter().flat_map(|c| c.canaries());
    let all: Vec<&str> = canaries.map(|(secret, _)| *secret).collect();
    assert_kept(&told, &all, "a connection");
}

/// What would make the tests above pass whatever is told.
#[test]
fn a_canary_that_is_told_is_found() {
    for secret in [canary!("x"), token!("x")] {
        for encoded in encodings(secret) {
            let told = format!("… {encoded} …");
            let found = std::panic::catch_unwind(|| assert_kept(&told, &[secret], "it"));
            assert!(found.is_err(), "{encoded}");
        }
    }
}
