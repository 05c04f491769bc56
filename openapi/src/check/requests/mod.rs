//! Requests: whether what is sent is what the document allows. Requests are made from values of the document's schemas,
//! and their bytes are read as the document says.

mod inputs;
mod names;
mod sent;
mod styles;

use api_request::{BaseUrl, Body, Content, Location, NamesKind};
use http::Request;
use serde_json::Value as Json;

use self::inputs::{Culprit, Described, Given};
use super::{Pair, difference::Findings, path};
use crate::{
    document::{Place, Schema},
    instances::{Instance, Kind, Values, spelled},
    model::Format,
};

/// How often a value is changed until the declaration reads all of them.
const MAX_ATTEMPTS: usize = 80;

/// How many bodies are sent.
const MAX_BODIES: usize = 60;

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

impl<'a> Requests<'a, '_> {
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

    fn without_left_out(&self, body: &Json) -> Json {
        let mut body = body.clone();
        for pointer in &self.left_out {
            path::remove(&mut body, pointer);
        }
        body
    }

    /// Leaves out each member that the document requires: what is still sent need not be there.
    fn members_left_out(&mut self) {
        let (Some(body), Some(whole)) = (self.body, self.value.clone()) else {
            return;
        };
        if body.format != Format::Json {
            return;
        }
        let mut pointers = Vec::new();
        members_of(&whole, "", &mut pointers);
        for pointer in pointers.into_iter().take(MAX_BODIES) {
            let mut value = whole.clone();
            path::remove(&mut value, &pointer);
            let missing = self.missing(body, &value);
            let Some(misfit) = missing.filter(|it| *it.0 == *path::parent(&pointer)) else {
                continue;
            };
            self.value = Some(value);
            let Ok(http) = self.send() else { continue };
            let sent = http.body().as_bytes();
            let sent: Option<Json> = sent.and_then(|it| serde_json::from_slice(it).ok());
            if sent.is_some_and(|sent| sent.pointer(&pointer).is_none()) {
                let message = "is required, but may be left out";
                self.findings
                    .add_unless_known(self.pair, misfit.1, member(&pointer), message);
            }
        }
        self.value = Some(whole);
    }

    /// Where a member is missing.
    fn missing(&self, body: Described<'a>, value: &Json) -> Option<(String, Place)> {
        let misfits = self.values.misfits(body.schema, value);
        let misfit = misfits
            .into_iter()
            .find(|misfit| misfit.message.ends_with("is missing"))?;
        Some((misfit.pointer, misfit.place))
    }

    /// Looks for a value of each member that the declaration has with another type.
    fn mistyped(&mut self, bodies: &[Instance]) {
        let (Some(body), first) = (self.body, self.value.clone()) else {
            return;
        };
        for (pointer, reason) in std::mem::take(&mut self.mistyped) {
            let is_sent = bodies.iter().take(MAX_BODIES).any(|instance| {
                let mut value = self.without_left_out(&instance.value);
                let member = instance.value.pointer(&pointer);
                let is_there =
                    member.is_some_and(|member| path::insert(&mut value, &pointer, member));
                self.value = Some(value);
                is_there && self.send().is_ok()
            });
            if !is_sent {
                let found = path::at(self.pair.document, body.schema, &bodies[0].value, &pointer);
                let place = found.first().map_or(body.schema.place, |it| it.place);
                let reason = reason.split_once("` ").map_or(&*reason, |(_, it)| it);
                let message = format!("takes nothing that the document allows: it {reason}");
                self.findings
                    .add_unless_known(self.pair, place, member(&pointer), message);
            }
        }
        self.value = first;
    }

    /// Sends the other values of the body.
    fn bodies(&mut self, bodies: Vec<Instance>) {
        let first = self.value.clone();
        for body in bodies.into_iter().take(MAX_BODIES) {
            self.value = Some(self.without_left_out(&body.value));
            if let Ok(http) = self.send() {
                self.sent_body(&http);
            }
        }
        self.value = first;
    }

    fn sent_body(&mut self, http: &Request<Body>) {
        let (Some(body), Some(bytes)) = (self.body, http.body().as_bytes()) else {
            return;
        };
        if let (Format::Form, Some(value)) = (body.format, &self.value) {
            let wrong = sent::form(self.pair, http, body.media, body.schema, value);
            for (name, place, message) in wrong {
                let at = member(&path::join("", &name));
                self.findings
                    .add_unless_known(self.pair, place, at, message);
            }
        }
        if !matches!(body.format, Format::Json | Format::Lines) || bytes.is_empty() {
            return;
        }
        let values: Vec<Json> = match body.format {
            Format::Lines => serde_json::Deserializer::from_slice(bytes)
                .into_iter()
                .map_while(Result::ok)
                .collect(),
            _ => serde_json::from_slice(bytes).into_iter().collect(),
        };
        for value in &values {
            self.sent_value(body, value);
        }
    }

    /// Validates what is sent.
    fn sent_value(&mut self, body: Described<'a>, value: &Json) {
        for misfit in self.values.misfits(body.schema, value) {
            let missing = misfit.message.strip_prefix("the member `");
            let missing = missing.and_then(|rest| rest.strip_suffix("` is missing"));
            let (at, message) = match missing {
                Some(name) => {
                    let at = member(&path::join(&misfit.pointer, name));
                    if !is_described(self.pair, body.schema, value, &misfit.pointer, name) {
                        self.unchecked(format!(
                            "the {at} is required, but the document does not say what it is"
                        ));
                        continue;
                    }
                    (at, "is required, but not sent".to_owned())
                }
                None => (member(&misfit.pointer), format!(": {}", misfit.message)),
            };
            self.findings
                .add_unless_known(self.pair, misfit.place, at, message);
        }
    }

    /// What the type of the body has, and the document does not.
    fn body_names(&mut self) {
        let (Some(body), Some(value)) = (self.body, self.value.clone()) else {
            return;
        };
        if body.format != Format::Json {
            return;
        }
        let input = inputs::input(&self.chosen(), Some(&value));
        let Ok(all) = self.pair.any.body_names(&input) else {
            return;
        };
        for names in all {
            for unknown in names::unknown(self.pair.document, body.schema, &value, &names) {
                let (at, message) = match names.kind {
                    NamesKind::Fields => {
                        if !self.is_sent(&unknown.pointer) {
                            continue;
                        }
                        let at = member(&unknown.pointer);
                        (at, "is not in the document".to_owned())
                    }
                    _ => {
                        let at = member(&unknown.pointer);
                        let name = unknown.name;
                        (at, format!(": the value `{name}` is not in the document"))
                    }
                };
                self.findings
                    .add_unless_known(self.pair, unknown.place, at, message);
            }
        }
    }

    /// Whether a member is sent, if it has a value: not one that is only read, or that is the other name of another.
    fn is_sent(&mut self, pointer: &str) -> bool {
        let Some(value) = self.value.clone() else {
            return false;
        };
        let mut is_read = false;
        let mut is_sent = false;
        for value in names::with_member(&value, pointer) {
            self.value = Some(value);
            let http = match self.send() {
                Ok(http) => http,
                // It is the other name of a member that is there.
                Err(message) if message.contains("duplicate field") => {
                    is_read = true;
                    continue;
                }
                Err(_) => continue,
            };
            is_read = true;
            let sent = http
                .body()
                .as_bytes()
                .map(|it| serde_json::from_slice::<Json>(it));
            is_sent |= matches!(sent, Some(Ok(sent)) if sent.pointer(pointer).is_some());
        }
        self.value = Some(value);
        is_sent || !is_read
    }
}

/// The members of an object may be listed by another spelling than those that are required.
fn is_described(pair: &Pair<'_>, schema: &Schema, value: &Json, pointer: &str, name: &str) -> bool {
    let found = path::at(pair.document, schema, value, pointer);
    let all = found
        .into_iter()
        .flat_map(|schema| path::expand(pair.document, schema));
    let all: Vec<_> = all.filter(|schema| !schema.properties.is_empty()).collect();
    all.is_empty()
        || all
            .iter()
            .any(|schema| schema.properties.contains_key(name))
}

/// The pointers of all members of objects.
fn members_of(value: &Json, pointer: &str, all: &mut Vec<String>) {
    match value {
        Json::Object(members) => {
            for (name, member) in members {
                let pointer = path::join(pointer, name);
                members_of(member, &pointer, all);
                all.push(pointer);
            }
        }
        Json::Array(items) => {
            for (index, item) in items.iter().enumerate() {
                members_of(item, &path::join(pointer, &index.to_string()), all);
            }
        }
        _ => {}
    }
}

fn member(pointer: &str) -> String {
    match pointer {
        "" => "body".to_owned(),
        pointer => format!("member `{}` of the body", spelled(pointer)),
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
