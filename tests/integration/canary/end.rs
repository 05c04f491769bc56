//! The ends of calls, and a transport that brings them about.

use std::{
    fmt::Write,
    future::pending,
    sync::{Arc, Mutex},
};

use api_request::{Body, BoxError, Transport, TransportError};
use http::{HeaderName, Response};
use http_body_util::BodyExt;

use crate::server::Double;

/// How a call ends.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum End {
    Success,
    Status,
    Undecodable,
    OfAnotherType,
    NoJson,
    Unconnected,
    BrokenOff,
    Late,
    ElsewhereWithTarget,
    Retried,
    Redirected,
    /// The message repeats what was sent, from its start or its end.
    Repeated,
    RepeatedBackwards,
    /// The headers repeat it.
    InHeaders,
}

pub(crate) const ENDS: [End; 14] = [
    End::Success,
    End::Status,
    End::Undecodable,
    End::OfAnotherType,
    End::NoJson,
    End::Unconnected,
    End::BrokenOff,
    End::Late,
    End::ElsewhereWithTarget,
    End::Retried,
    End::Redirected,
    End::Repeated,
    End::RepeatedBackwards,
    End::InHeaders,
];

pub(crate) const SECRET_ANSWER: &str = r#"{"json_secret":"CaNaRy answer"}"#;

impl End {
    /// The answer to the request of this number.
    async fn answer(
        self,
        number: usize,
        target: &str,
        sent: &str,
    ) -> Result<Response<Body>, BoxError> {
        let answer = |status: u16, body: &'static str| {
            let answer = Response::builder().status(status);
            let answer = answer.header("set-cookie", "session=CaNaRy set");
            Ok(answer.body(Body::from(body))?)
        };
        match self {
            Self::Status => answer(400, r#"{"message": "not like this"}"#),
            Self::Undecodable => answer(200, r#"{"json_secret":["CaNaRy answer"]}"#),
            Self::OfAnotherType => answer(200, r#"{"json_secret":"","count":"CaNaRy answer"}"#),
            Self::NoJson => answer(200, "CaNaRy answer"),
            Self::Unconnected => Err(TransportError::connect("refused").into()),
            Self::BrokenOff => Err(TransportError::other("reset").into()),
            Self::Late => pending().await,
            // It repeats what let the client in.
            Self::ElsewhereWithTarget => Ok(Response::builder()
                .status(307)
                .header("location", format!("https://other.example{target}"))
                .body(Body::empty())?),
            Self::Repeated | Self::RepeatedBackwards => {
                let mut lines: Vec<&str> = sent.lines().collect();
                if self == Self::RepeatedBackwards {
                    lines.reverse();
                }
                let body = serde_json::json!({ "message": lines.join(" ") }).to_string();
                Ok(Response::builder().status(400).body(body.into())?)
            }
            Self::InHeaders => {
                let mut response = Response::new(Body::from(SECRET_ANSWER));
                for (number, line) in sent.lines().enumerate() {
                    let name = HeaderName::try_from(format!("x-line-{number}"))?;
                    response.headers_mut().insert(name, line.try_into()?);
                }
                Ok(response)
            }
            Self::Retried if number == 0 => answer(503, ""),
            Self::Redirected if number == 0 => Ok(Response::builder()
                .status(307)
                .header("location", format!("{target}&again=1"))
                .body(Body::empty())?),
            Self::Success | Self::Retried | Self::Redirected => answer(200, SECRET_ANSWER),
        }
    }
}

/// What is sent, as text.
pub(crate) type Wire = Arc<Mutex<Vec<String>>>;

pub(crate) fn transport(end: End) -> (impl Transport, Wire) {
    let wire = Wire::default();
    let sent = wire.clone();
    let double = Double(move |request: http::Request<Body>| {
        let sent = sent.clone();
        async move {
            let (head, body) = request.into_parts();
            let target = head.uri.path_and_query().unwrap().as_str().to_owned();
            let mut text = format!("{}\n", head.uri);
            for (name, value) in &head.headers {
                let value = String::from_utf8_lossy(value.as_bytes());
                writeln!(text, "{name}: {value}")?;
            }
            let body = body.collect().await?.to_bytes();
            text.push_str(&String::from_utf8_lossy(&body));
            let number = {
                let mut sent = sent.lock().unwrap();
                sent.push(text.clone());
                sent.len() - 1
            };
            end.answer(number, &target, &text).await
        }
    });
    (double, wire)
}
