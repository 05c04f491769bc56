//! Responses: what a success is, which errors are declared, and events.

use super::{
    body::{Format, choose, format_of},
    data::{Content, Def, Events, Kind, Name, Outcome, Ty},
    flat::Flat,
    hint::Hint,
    names::{self, Taken},
    operation::Operations,
    types::maybe,
};
use crate::document::{Media, Response, Status, Type};

impl<'a> Operations<'a, '_> {
    /// The events, the response, and whether it may be empty.
    pub(super) fn response(&mut self) -> (Option<Events>, Content, bool) {
        let responses = &self.current.responses;
        let is_success =
            |status: Status| matches!(status, Status::Code(200..=299) | Status::Class(2));
        let mut successes: Vec<&Response> = responses
            .iter()
            .filter(|response| is_success(response.status))
            .collect();
        if successes.is_empty() {
            successes.extend(
                responses
                    .iter()
                    .filter(|response| response.status == Status::Default),
            );
        }
        if successes.is_empty() {
            successes.extend(responses.iter().filter(|response| {
                matches!(response.status, Status::Code(300..=399) | Status::Class(3))
            }));
            return self.redirects(&successes);
        }
        if responses
            .iter()
            .any(|response| matches!(response.status, Status::Code(300..=399)))
        {
            self.note("redirects and 304 beside a success");
        }
        if successes
            .iter()
            .any(|response| !response.headers.is_empty())
        {
            self.note("headers of the response");
        }
        // Several bodies are named by their statuses.
        let with_body = successes
            .iter()
            .filter(|response| !response.content.is_empty());
        let is_one = with_body.count() < 2;
        let mut events = None;
        let mut outcomes: Vec<(&Response, Content)> = Vec::new();
        for response in successes {
            events = self.events(response).or(events);
            let own = if is_one {
                "response"
            } else {
                status_name(response.status)
            };
            let content = self.content(response, own);
            outcomes.push((response, content));
        }
        let (content, may_be_empty) = self.one_of(outcomes);
        (events, content, may_be_empty)
    }

    /// What several responses are: an enum if they have several bodies. And whether there may be no body.
    fn one_of(&mut self, outcomes: Vec<(&Response, Content)>) -> (Content, bool) {
        let mut contents: Vec<Content> = Vec::new();
        for (_, content) in &outcomes {
            if *content != Content::Empty && !contents.contains(content) {
                contents.push(content.clone());
            }
        }
        let is_empty_too = outcomes
            .iter()
            .any(|(_, content)| *content == Content::Empty);
        match contents.as_slice() {
            [] => (Content::Empty, false),
            [one] => (one.clone(), is_empty_too),
            _ => {
                let outcomes = outcomes.into_iter();
                let outcomes = outcomes.map(|(response, content)| outcome(response, content));
                let ty = self.declare("Response", Kind::Responses(outcomes.collect()));
                (Content::Json(ty), false)
            }
        }
    }

    /// A redirect is the response if there is no success.
    fn redirects(&mut self, redirects: &[&Response]) -> (Option<Events>, Content, bool) {
        if redirects.is_empty() {
            return (None, Content::Empty, false);
        }
        let outcomes = redirects.iter().map(|response| {
            let has_location = matches!(
                response.status,
                Status::Code(301 | 302 | 303 | 307 | 308) | Status::Class(3)
            );
            outcome(
                response,
                if has_location {
                    Content::Location
                } else {
                    Content::Empty
                },
            )
        });
        let kind = Kind::Responses(outcomes.collect());
        let ty = self.declare("Response", kind);
        (None, Content::Json(ty), false)
    }

    fn declare(&mut self, suffix: &str, kind: Kind) -> Ty {
        let defs = &mut self.types.defs;
        defs.push(Def {
            name: String::new(),
            names: vec![Name::new(&format!("{}{suffix}", self.name))],
            is_named: false,
            docs: None,
            place: self.current.place,
            kind,
            is_sent: false,
            is_received: false,
            is_told_by_members: false,
            module: 0,
            has_default: false,
        });
        Ty::Def(defs.len() - 1)
    }

    fn content(&mut self, response: &'a Response, own: &str) -> Content {
        // These have no content, whatever the document says (RFC 9110).
        if matches!(response.status, Status::Code(204 | 205)) {
            return Content::Empty;
        }
        let streams = |name: &str| format_of(name) == Format::Events;
        let all: indexmap::IndexMap<String, Media> = response
            .content
            .iter()
            .filter(|(name, _)| !streams(name))
            .map(|(name, media)| (name.clone(), media.clone()))
            .collect();
        let Some((name, _)) = choose(&all) else {
            return Content::Empty;
        };
        // The media of the document itself live long enough.
        let media = &response.content[name];
        let Some(schema) = media.schema.as_ref().or(media.item_schema.as_ref()) else {
            return match format_of(name) {
                Format::Json => Content::Json(Ty::Any),
                Format::Text => Content::Text,
                Format::Any => Content::Empty,
                _ => Content::Stream,
            };
        };
        let flat = self.types.document.flat(schema);
        let is_text = flat.types == [Type::String] && flat.values.is_empty();
        match format_of(name) {
            Format::Any | Format::Json if is_text && flat.format == Some("binary") => {
                Content::Stream
            }
            Format::Any if is_text => Content::Text,
            Format::Json | Format::Any => Content::Json(maybe(
                self.types
                    .ty(schema, &Hint::new(&self.name, own).about(self.noun())),
            )),
            Format::Lines => {
                Content::Lines(maybe(self.types.ty(schema, &Hint::new(&self.name, "line"))))
            }
            Format::Text | Format::Form => Content::Text,
            Format::Multipart | Format::Bytes | Format::Events => Content::Stream,
        }
    }

    fn events(&mut self, response: &'a Response) -> Option<Events> {
        let (_, media) = response
            .content
            .iter()
            .find(|(name, _)| format_of(name) == Format::Events)?;
        let schema = media.item_schema.as_ref().or(media.schema.as_ref());
        let item = match schema {
            Some(schema) => {
                let flat = self.types.document.flat(schema);
                // Some documents describe the event around the value.
                let data = is_event(&flat).then(|| flat.properties["data"]);
                maybe(
                    self.types
                        .ty(data.unwrap_or(schema), &Hint::new(&self.name, "event")),
                )
            }
            None => Ty::Any,
        };
        if matches!(item, Ty::Text | Ty::Constant(_)) {
            self.note("events that are not JSON");
            return None;
        }
        Some(Events {
            item,
            flag: None,
            done: media.sentinel.clone(),
        })
    }

    /// The errors that the document declares, by status.
    pub(crate) fn errors(&mut self) -> Vec<Outcome> {
        let responses = self.current.responses.iter().filter(|response| {
            matches!(
                response.status,
                Status::Code(400..=599) | Status::Class(4 | 5) | Status::Default
            )
        });
        let has_success = self.current.responses.iter().any(|response| {
            matches!(
                response.status,
                Status::Code(200..=399) | Status::Class(2 | 3)
            )
        });
        let mut outcomes = Vec::new();
        for response in responses {
            if response.status == Status::Default && !has_success {
                continue;
            }
            if let Content::Json(ty) = self.error_content(response) {
                let content = if matches!(ty, Ty::Any | Ty::Text) {
                    Content::Raw
                } else {
                    Content::Json(ty)
                };
                outcomes.push(outcome(response, content));
            }
        }
        outcomes
    }

    fn error_content(&mut self, response: &'a Response) -> Content {
        let media = response
            .content
            .iter()
            .find(|(name, _)| matches!(format_of(name), Format::Json | Format::Any));
        match media.and_then(|(_, media)| media.schema.as_ref()) {
            Some(schema) => Content::Json(maybe(
                self.types.ty(schema, &Hint::new(&self.name, "failure")),
            )),
            None => Content::Empty,
        }
    }
}

/// Whether a schema describes an event rather than its data.
pub(crate) fn is_event(flat: &Flat<'_>) -> bool {
    flat.properties.contains_key("data")
        && flat
            .properties
            .keys()
            .all(|name| matches!(*name, "data" | "event" | "id" | "retry" | "comment"))
}

/// A variant of a response or an error.
fn outcome(response: &Response, content: Content) -> Outcome {
    let statuses = match response.status {
        Status::Code(code) => vec![code.to_string()],
        Status::Class(class) => vec![format!("\"{class}xx\"")],
        Status::Default => Vec::new(),
    };
    let name = match status_name(response.status) {
        "Unknown" => format!("Status{}", statuses.concat()),
        name => names::pascal(name),
    };
    Outcome {
        name,
        statuses,
        content,
        docs: response.description.clone(),
        boxed: false,
    }
}

/// What a status is called.
fn status_name(status: Status) -> &'static str {
    match status {
        Status::Code(code) => phrase(code),
        Status::Class(1) => "Informational",
        Status::Class(2) => "Success",
        Status::Class(3) => "Redirect",
        Status::Class(4) => "Client Error",
        Status::Class(_) => "Server Error",
        Status::Default => "Other",
    }
}

/// Makes the names of variants distinct.
pub(crate) fn distinct(outcomes: &mut [Outcome]) {
    let mut taken = Taken::default();
    for outcome in outcomes {
        outcome.name = taken.first_of([outcome.name.clone()]);
    }
}

/// The phrase of a status code, as registered at IANA.
fn phrase(code: u16) -> &'static str {
    match code {
        200 => "Ok",
        201 => "Created",
        202 => "Accepted",
        203 => "Non Authoritative Information",
        204 => "No Content",
        205 => "Reset Content",
        206 => "Partial Content",
        207 => "Multi Status",
        300 => "Multiple Choices",
        301 => "Moved Permanently",
        302 => "Found",
        303 => "See Other",
        304 => "Not Modified",
        307 => "Temporary Redirect",
        308 => "Permanent Redirect",
        400 => "Bad Request",
        401 => "Unauthorized",
        402 => "Payment Required",
        403 => "Forbidden",
        404 => "Not Found",
        405 => "Method Not Allowed",
        406 => "Not Acceptable",
        407 => "Proxy Authentication Required",
        408 => "Request Timeout",
        409 => "Conflict",
        410 => "Gone",
        411 => "Length Required",
        412 => "Precondition Failed",
        413 => "Payload Too Large",
        414 => "Uri Too Long",
        415 => "Unsupported Media Type",
        416 => "Range Not Satisfiable",
        417 => "Expectation Failed",
        418 => "Teapot",
        421 => "Misdirected Request",
        422 => "Unprocessable Entity",
        423 => "Locked",
        424 => "Failed Dependency",
        425 => "Too Early",
        426 => "Upgrade Required",
        428 => "Precondition Required",
        429 => "Too Many Requests",
        431 => "Request Header Fields Too Large",
        451 => "Unavailable For Legal Reasons",
        500 => "Internal Server Error",
        501 => "Not Implemented",
        502 => "Bad Gateway",
        503 => "Service Unavailable",
        504 => "Gateway Timeout",
        505 => "Http Version Not Supported",
        507 => "Insufficient Storage",
        508 => "Loop Detected",
        524 => "Timeout Occurred",
        529 => "Overloaded",
        _ => "Unknown",
    }
}
