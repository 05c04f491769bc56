//! What the stand-in has of a request, of which parameters are texts.

use api_request::{Body, BoxError, Client, Content, Events, Location};
use http::Request;
use serde_json::{Value, json};

pub(crate) use crate::named::Expected;
use crate::named::Named;

/// A value for a field.
pub(crate) enum Argument {
    Json(Value),
    /// A text, read as what is declared.
    Text(String),
}

pub(crate) enum Input {
    /// One value for each field: of a parameter, by its name in Rust, and of a member of the body, by that on the wire.
    Arguments(Vec<(String, Argument)>),
}

impl Named {
    /// Builds what a client would send.
    pub(crate) fn build(&self, client: &Client, input: &Input) -> Result<Request<Body>, BoxError> {
        let Input::Arguments(arguments) = input;
        let mut input = json!({"path": {}, "query": {}, "headers": {}});
        for (field, argument) in arguments {
            let value = match argument {
                Argument::Json(value) => Some(value.clone()),
                Argument::Text(text) => self.expected(field).read_text(text),
            };
            let Some(value) = value else { continue };
            let mut params = self.operation().params();
            if let Some(param) = params.find(|param| param.field() == field) {
                let location = match param.location() {
                    Location::Path => "path",
                    Location::Query => "query",
                    _ => "headers",
                };
                input[location][param.name()] = value;
            } else if self
                .operation()
                .content()
                .and_then(Content::field)
                .is_some()
            {
                input["body"] = value;
            } else {
                input["body"][field] = value;
            }
        }
        let flag = self.operation().events().and_then(Events::flag);
        let has_events = flag.is_some_and(|flag| input["body"][flag] == true);
        let input = input.into();
        Ok(if has_events {
            self.any().build_events(client, &input)?
        } else {
            self.any().build(client, &input)?
        })
    }
}
