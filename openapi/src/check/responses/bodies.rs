//! Responses with a value as their body, as servers write them.

use std::fmt::Write as _;

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header::CONTENT_TYPE};
use serde_json::Value as Json;

/// How a value is written.
#[derive(Debug, Clone, Copy)]
pub(super) enum Form<'a> {
    Json,
    /// A line of JSON.
    Line,
    /// An event; its type, where the value does not say it.
    Event {
        /// The value is the event, rather than its data.
        is_whole: bool,
        default: Option<&'a str>,
        /// The data of the last event.
        end: Option<&'a str>,
    },
}

/// The head of responses that differ in their bodies.
#[derive(Debug, Clone)]
pub(super) struct Head<'a> {
    pub(super) status: u16,
    pub(super) media_type: Option<&'a str>,
    pub(super) headers: HeaderMap,
}

impl<'a> Head<'a> {
    pub(super) fn new(status: u16, media_type: Option<&'a str>) -> Self {
        Self {
            status,
            media_type,
            headers: HeaderMap::new(),
        }
    }

    pub(super) fn insert(&mut self, name: &str, value: &'static str) {
        if let Ok(name) = HeaderName::from_bytes(name.as_bytes()) {
            self.headers.insert(name, HeaderValue::from_static(value));
        }
    }

    pub(super) fn response(&self, body: impl Into<Bytes>) -> http::Response<Bytes> {
        let mut response = http::Response::new(body.into());
        *response.status_mut() = StatusCode::from_u16(self.status).unwrap_or_default();
        *response.headers_mut() = self.headers.clone();
        let media_type = self.media_type.map(|name| match name {
            "*/*" | "application/*" | "" => "application/json",
            "text/*" => "text/plain",
            name => name,
        });
        if let Some(Ok(value)) = media_type.map(HeaderValue::from_str) {
            response.headers_mut().insert(CONTENT_TYPE, value);
        }
        response
    }
}

impl Form<'_> {
    pub(super) fn write(self, value: &Json) -> String {
        match self {
            Self::Json => value.to_string(),
            Self::Line => format!("{value}\n"),
            Self::Event {
                is_whole,
                default,
                end,
            } => {
                let mut body = event(value, is_whole, default);
                if let Some(end) = end {
                    let _ = write!(body, "data: {end}\n\n");
                }
                body
            }
        }
    }
}

fn event(value: &Json, is_whole: bool, default: Option<&str>) -> String {
    let mut lines = String::new();
    let member = |name: &str| value.get(name).filter(|_| is_whole);
    let kind = member("event").and_then(Json::as_str).or(default);
    if let Some(kind) = kind {
        let _ = writeln!(lines, "event: {kind}");
    }
    if let Some(id) = member("id").and_then(Json::as_str) {
        let _ = writeln!(lines, "id: {id}");
    }
    let data = match (member("data"), is_whole) {
        (Some(Json::String(text)), _) => text.clone(),
        (Some(data), _) => data.to_string(),
        (None, false) => value.to_string(),
        // A comment, or an event without data.
        (None, true) => return format!("{lines}\n"),
    };
    for line in data.lines() {
        let _ = writeln!(lines, "data: {line}");
    }
    lines + "\n"
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn values_are_written_in_each_form() {
        let event = |is_whole| Form::Event {
            is_whole,
            default: Some("tick"),
            end: Some("[DONE]"),
        };
        for (form, value, text) in [
            (Form::Json, json!({"a": 1}), "{\"a\":1}"),
            (Form::Line, json!({"a": 1}), "{\"a\":1}\n"),
            (
                event(false),
                json!({"event": 1}),
                "event: tick\ndata: {\"event\":1}\n\ndata: [DONE]\n\n",
            ),
            (
                event(true),
                json!({"event": "end", "id": "7", "data": {"a": 1}}),
                "event: end\nid: 7\ndata: {\"a\":1}\n\ndata: [DONE]\n\n",
            ),
        ] {
            assert_eq!(form.write(&value), text);
        }
    }
}
