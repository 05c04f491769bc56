//! Requests: whether what is sent is what the document allows. Requests are made from values of the document's schemas,
//! and their bytes are read as the document says.

mod body;
mod inputs;
mod names;
mod sent;
mod styles;

use api_request::{BaseUrl, Body, Content, Location};
use http::Request;
use serde_json::Value as Json;

use self::inputs::{Culprit, Described, Given};
use super::{Pair, difference::Findings, path};
use crate::{
    instances::{Instance, Kind, Values},
    model::Format,
};

/// How often a value is changed until the declaration reads all of them.
const MAX_ATTEMPTS: usize = 80;

/// Makes requests, and reads them as the document says.
pub(super) fn compare<'a>(pair: &Pair<'a>, values: &Values<'a>, findings: &mut Findings) {
    let name = pair.declared.name();
    if pair.declared.url().is_some() {
        return;
    }
    if !pair.any.is_read() {
        findings.unchecked(
            name,
            "no requests are made, because it does not derive `FromHttp`",
        );
        return;
    }
    let Ok(base) = "https://api.example.com".parse() else {
        return;
    };
    let body = inputs::body(pair);
    if pair.declared.content().is_some_and(Content::required) && body.is_none() {
        findings.unchecked(
            name,
            "no requests are made, because the document has no such body",
        );
        return;
    }
    let mut requests = Requests {
        pair,
        values,
        findings,
        base,
        body,
        given: inputs::parameters(pair, values),
        at: Vec::new(),
        value: None,
        left_out: Vec::new(),
        mistyped: Vec::new(),
    };
    requests.at = vec![Some(0); requests.given.len()];
    requests.check();
}

struct Requests<'a, 'f> {
    pair: &'f Pair<'a>,
    values: &'f Values<'a>,
    findings: &'f mut Findings,
    base: BaseUrl,
    body: Option<Described<'a>>,
    given: Vec<Given<'a>>,
    /// The index of the value of each parameter; none if it is left out.
    at: Vec<Option<usize>>,
    /// The value of the body.
    value: Option<Json>,
    /// The pointers of what no body has, because the declaration does not read it.
    left_out: Vec<String>,
    /// Those of them that the declaration has, with another type, and why they are not read.
    mistyped: Vec<(String, String)>,
}

impl Requests<'_, '_> {
    fn check(&mut self) {
        let bodies = match self.body {
            Some(body) => self.values.instances(body.schema).all,
            None => Vec::new(),
        };
        let fullest = bodies
            .iter()
            .find(|it| it.kind == Kind::Fullest)
            .or(bodies.first());
        self.value = fullest.map(|it| it.value.clone());
        if self.body.is_some() && self.value.is_none() {
            self.unchecked(
                "no requests are made, because no value was made of the schema of the body",
            );
            return;
        }
        let http = match self.first(&bodies) {
            Ok(http) => http,
            Err(Some((at, reason))) => {
                let place = match (&self.body, at.as_str()) {
                    (Some(body), "body") => body.schema.place,
                    _ => self.pair.operation.place,
                };
                let message = format!(": nothing that the document allows can be sent: {reason}");
                self.findings
                    .add_unless_known(self.pair, place, at, message);
                return;
            }
            Err(None) => return,
        };
        self.path(&http);
        self.parameters(&http);
        self.body_names();
        self.sent_body(&http);
        self.members_left_out();
        self.mistyped(&bodies);
        self.bodies(bodies);
    }

    fn unchecked(&mut self, reason: impl Into<String>) {
        self.findings.unchecked(self.pair.declared.name(), reason);
    }

    fn chosen(&self) -> Vec<(&Given<'_>, &Json)> {
        let values = self.given.iter().zip(&self.at);
        let values = values.filter_map(|(given, at)| Some((given, given.values.get((*at)?)?)));
        values.collect()
    }

    fn send(&self) -> Result<Request<Body>, String> {
        let body = self.value.as_ref().zip(self.body);
        let body = body.map(|(value, body)| inputs::in_input(self.pair, body, value));
        let input = inputs::input(&self.chosen(), body.as_ref());
        let http = self.pair.any.to_http(&self.base, &input);
        http.map_err(|error| error.to_string())
    }

    /// Finds values that can be sent, from the fullest on. Fails with where nothing can be sent and why, or with nothing
    /// if another check says it.
    fn first(&mut self, bodies: &[Instance]) -> Result<Request<Body>, Option<(String, String)>> {
        let mut bodies = bodies.iter().map(|it| &it.value);
        for _ in 0..MAX_ATTEMPTS {
            let message = match self.send() {
                Ok(http) => return Ok(http),
                Err(message) => message,
            };
            let reason = inputs::reason(&message).to_owned();
            match Culprit::of(&message) {
                Culprit::Parameter(location, name) => {
                    let at = format!("{} `{name}`", noun(location));
                    if !self.next(location, &name) {
                        self.unchecked(format!("no requests are made: {reason}"));
                        return Err(None);
                    }
                    if self.is_exhausted(location, &name) {
                        self.refused(location, &name, at, &reason);
                    }
                }
                Culprit::Body(shown) => {
                    if !self.shrink(&shown, &reason) {
                        // The declaration may need what the document only offers, and knows only some alternatives.
                        match bodies.next() {
                            Some(body) => self.value = Some(self.without_left_out(body)),
                            None => return Err(Some(("body".to_owned(), reason))),
                        }
                    }
                }
                Culprit::Other => {
                    self.unchecked(format!("no requests are made: {reason}"));
                    return Err(None);
                }
            }
        }
        self.unchecked("no requests are made, because too many values cannot be sent");
        Err(None)
    }

    /// Takes the next value of a parameter, or none.
    fn next(&mut self, location: Location, name: &str) -> bool {
        let Some(index) = self.index(location, name) else {
            return false;
        };
        let last = self.given[index].values.len();
        match &mut self.at[index] {
            Some(at) if *at < last => {
                *at += 1;
                true
            }
            _ => false,
        }
    }

    fn index(&self, location: Location, name: &str) -> Option<usize> {
        self.given
            .iter()
            .position(|given| given.location == location && given.name.eq_ignore_ascii_case(name))
    }

    fn is_exhausted(&self, location: Location, name: &str) -> bool {
        let index = self.index(location, name);
        index.is_some_and(|index| self.at[index] == Some(self.given[index].values.len()))
    }

    /// No value of a parameter can be sent.
    fn refused(&mut self, location: Location, name: &str, at: String, reason: &str) {
        let Some(given) = self.index(location, name).map(|index| &self.given[index]) else {
            return;
        };
        if let Some(parameter) = given.described.filter(|_| !given.values.is_empty()) {
            let reason = reason
                .rsplit_once("` ")
                .map_or(reason, |(_, reason)| reason);
            let message = format!("takes no value that the document allows: it {reason}");
            self.findings
                .add_unless_known(self.pair, parameter.place, at, message);
        }
    }

    /// Leaves out what the declaration does not read of the body. What it does not have is left out even if it is
    /// required, which the body that is sent shows.
    fn shrink(&mut self, shown: &str, reason: &str) -> bool {
        let is_undeclared = reason.contains("is not declared");
        let (Some(body), Some(value)) = (self.body, &mut self.value) else {
            return false;
        };
        let shown = match body.format {
            Format::Lines => shown.trim_start_matches("[0]").trim_start_matches('.'),
            _ => shown,
        };
        let pointer = path::pointer_of(value, shown);
        let left_out = if is_undeclared {
            path::remove(value, &pointer).then_some(pointer)
        } else {
            path::without(self.pair.document, body.schema, value, &pointer)
        };
        let Some(left_out) = left_out else {
            return false;
        };
        // A type may take some texts and some numbers alone, and send no others.
        if reason.contains("invalid type: ") && !reason.contains("floating point") {
            self.mistyped.push((left_out.clone(), reason.to_owned()));
        }
        self.left_out.push(left_out);
        true
    }

    fn path(&mut self, http: &Request<Body>) {
        let Some(path) = sent::path(self.pair, &self.chosen()) else {
            return;
        };
        if !sent::is_path(http, &path) {
            let names = self.given.iter().filter(|it| it.location == Location::Path);
            let names: Vec<_> = names.map(|given| format!("`{}`", given.name)).collect();
            let at = format!("path parameter {}", names.join(", "));
            let message = "is not sent in the style that the document says";
            self.findings
                .add_unless_known(self.pair, self.pair.operation.place, at, message);
        }
    }

    fn parameters(&mut self, http: &Request<Body>) {
        for index in 0..self.given.len() {
            let Some(first) = self.at[index].filter(|at| *at < self.given[index].values.len())
            else {
                continue;
            };
            if self.parameter(index, http) {
                continue;
            }
            for at in 0..self.given[index].values.len() {
                if at == first || self.given[index].location == Location::Path {
                    continue;
                }
                self.at[index] = Some(at);
                // What cannot be sent is not sent.
                if let Ok(http) = self.send()
                    && self.parameter(index, &http)
                {
                    break;
                }
            }
            self.at[index] = Some(first);
        }
    }

    fn parameter(&mut self, index: usize, http: &Request<Body>) -> bool {
        let given = &self.given[index];
        let value = self.at[index].and_then(|at| given.values.get(at));
        let (Some(value), Some(parameter)) = (value, given.described) else {
            return false;
        };
        let Some(message) = sent::parameter(self.pair, http, given, value) else {
            return false;
        };
        let at = format!("{} `{}`", noun(given.location), given.name);
        self.findings
            .add_unless_known(self.pair, parameter.place, at, message);
        true
    }
}

fn noun(location: Location) -> &'static str {
    match location {
        Location::Path => "path parameter",
        Location::Header => "header",
        Location::Cookie => "cookie",
        _ => "query parameter",
    }
}
