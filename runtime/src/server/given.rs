//! A request that a program gives as JSON, by the names on the wire, cut into what its fields are read from.
//!
//! What a value is on the wire is written by the rules of its parameter, and read back as if it had been received. Three
//! things are known only where a field is read: that it is a flag, that it is JSON text, and the format of a whole body. So
//! the values are kept beside what is written of them.

use std::{
    borrow::Cow,
    cell::{Cell, OnceCell},
    fmt, ptr,
};

use bytes::Bytes;
use http::{HeaderMap, HeaderName, HeaderValue, Request, Uri, header::COOKIE};
use serde_json::{Map, Value};

#[cfg(feature = "multipart")]
use super::given_parts::GivenPart;
use super::{
    decoder::Decoder,
    fault::Fault,
    given_body::encode,
    incoming::{Body, Format, GivenValues, Incoming, kind},
    json::Object,
    pairs::Pairs,
    refusal::Refusal,
    request::FromHttp,
    route::Capture,
    undeclared::Undeclared,
};
use crate::{
    encoder::{write_given, write_header},
    operation::{Group, Location, Operation, Param, ParamKind},
    response::Notes,
};

/// The values of a request, and what they are on the wire.
pub(crate) struct Given<'v> {
    operation: &'static Operation,
    values: Vec<GivenValue<'v>>,
    /// What is in the path, by the index of the field and whether that is one of the group.
    captures: Vec<(bool, usize, String)>,
    query: String,
    headers: HeaderMap,
    cookies: String,
    body: Option<Cow<'v, Value>>,
    form: String,
    #[cfg(feature = "multipart")]
    parts: Vec<GivenPart>,
    /// The body, once its format is known.
    bytes: OnceCell<Result<Bytes, Fault>>,
    /// Whether events are asked for, if the body says so.
    flag: Option<bool>,
    /// There are values of the group that the operation is in.
    has_group: bool,
    /// What is told the names that are read in a JSON body.
    notes: Option<Notes<'v>>,
}

/// A value of a parameter, or of a member of a form.
struct GivenValue<'v> {
    param: &'static Param,
    value: &'v Value,
    /// Why it is not on the wire.
    fault: Cell<Option<Fault>>,
}

/// Where an input has the parameters of a location.
const LOCATIONS: [(&str, Location); 4] = [
    ("path", Location::Path),
    ("query", Location::Query),
    ("headers", Location::Header),
    ("cookies", Location::Cookie),
];

impl<'v> Given<'v> {
    /// Cuts an input. Fails with all that is not declared.
    pub(crate) fn new(operation: &'static Operation, input: &'v Value) -> Result<Self, String> {
        let mut given = Self {
            operation,
            values: Vec::new(),
            captures: Vec::new(),
            query: String::new(),
            headers: HeaderMap::new(),
            cookies: String::new(),
            body: None,
            form: String::new(),
            #[cfg(feature = "multipart")]
            parts: Vec::new(),
            bytes: OnceCell::new(),
            flag: None,
            has_group: false,
            notes: None,
        };
        let Value::Object(input) = input else {
            return Err("the input is not an object".to_owned());
        };
        let mut problems = Vec::new();
        for (name, values) in input {
            let location = LOCATIONS.into_iter().find(|(it, _)| it == name);
            match (location, values) {
                (_, Value::Null) => {}
                (Some((_, location)), Value::Object(values)) => {
                    given.params(location, values, &mut problems);
                }
                (Some(_), _) => problems.push(format!("`{name}` of the input is not an object")),
                (None, body) if name == "body" => given.put_body(body, &mut problems),
                (None, _) => problems.push(format!(
                    "the input has `{}`, but only `path`, `query`, `headers`, `cookies` and `body`",
                    name.escape_debug()
                )),
            }
        }
        if problems.is_empty() {
            Ok(given)
        } else {
            Err(problems.join("; "))
        }
    }

    /// Tells the names that are read in a JSON body.
    pub(crate) fn noting(self, notes: Option<Notes<'v>>) -> Self {
        Self { notes, ..self }
    }

    fn params(
        &mut self,
        location: Location,
        values: &'v Map<String, Value>,
        problems: &mut Vec<String>,
    ) {
        let operation = self.operation;
        let of_location = operation.declared().filter(|it| it.location() == location);
        let flattened = of_location.clone().find(|param| param.flatten);
        let named = of_location.filter(|param| !param.flatten);
        let mut rest = Map::new();
        for (name, value) in values.iter().filter(|(_, value)| !value.is_null()) {
            let is_it = |param: &&Param| match location {
                Location::Header => param.name.eq_ignore_ascii_case(name),
                _ => param.name == name,
            };
            match (named.clone().find(is_it), flattened) {
                (Some(param), _) => self.param(param, value),
                (None, Some(_)) => drop(rest.insert(name.clone(), value.clone())),
                (None, None) => {
                    let declared = named.clone().map(Param::name);
                    problems.push(Undeclared::new(location, name, declared).to_string());
                }
            }
        }
        if let Some(param) = flattened.filter(|_| !rest.is_empty()) {
            self.has_group |= self.is_of_group(param);
            self.flattened(location, param, rest, problems);
        }
    }

    fn is_of_group(&self, param: &Param) -> bool {
        let group = self.operation.group.unwrap_or(Group::NONE);
        group.fields.iter().any(|field| ptr::eq(field, param))
    }

    /// Writes a value. One that cannot be written may be read nevertheless.
    fn param(&mut self, param: &'static Param, value: &'v Value) {
        self.has_group |= self.is_of_group(param);
        let written = write_given(self.operation, param, value);
        let written = written
            .map_err(|problem| Fault::new(problem.into_reason(param.secret)))
            .and_then(|text| match text {
                Some(text) => self.put(param, text),
                None => Ok(()),
            });
        self.values.push(GivenValue {
            param,
            value,
            fault: Cell::new(written.err()),
        });
    }

    /// Puts what is written of a parameter where it is read from.
    fn put(&mut self, param: &'static Param, text: String) -> Result<(), Fault> {
        match param.kind {
            ParamKind::Query { .. } => join(&mut self.query, "&", &text),
            ParamKind::Form { .. } => join(&mut self.form, "&", &text),
            ParamKind::Cookie { .. } => join(&mut self.cookies, "; ", &text),
            ParamKind::Header { .. } => return self.header(param.name, text.as_bytes()),
            ParamKind::Path { .. } => {
                let is_it = |field: &Param| ptr::eq(field, param);
                let group = self.operation.group.unwrap_or(Group::NONE);
                let of_group = group.fields.iter().position(is_it);
                let own = self.operation.fields.iter().position(is_it);
                if let Some(index) = of_group.or(own) {
                    self.captures.push((of_group.is_some(), index, text));
                }
            }
            _ => {}
        }
        Ok(())
    }

    fn header(&mut self, name: &str, value: &[u8]) -> Result<(), Fault> {
        let name = HeaderName::from_bytes(name.as_bytes());
        let name = name.map_err(|_| Fault::new("is not a valid header name"))?;
        let value = HeaderValue::from_bytes(value);
        let value = value.map_err(|_| Fault::new("has a control character"))?;
        self.headers.append(name, value);
        Ok(())
    }

    /// Writes what no parameter is declared for, and a flattened field reads.
    fn flattened(
        &mut self,
        location: Location,
        param: &'static Param,
        rest: Map<String, Value>,
        problems: &mut Vec<String>,
    ) {
        if location == Location::Header {
            for (name, value) in rest {
                let written = write_header(&name, &value);
                let written = written
                    .map_err(|problem| Fault::new(problem.into_reason(param.secret)))
                    .and_then(|header| match header {
                        Some(header) => self.header(&name, &header.value),
                        None => Ok(()),
                    });
                let name = name.escape_debug();
                problems.extend(
                    written
                        .err()
                        .map(|fault| format!("the header `{name}` {fault}")),
                );
            }
            return;
        }
        let written = write_given(self.operation, param, &rest.into());
        match written.map_err(|problem| problem.into_reason(param.secret)) {
            Ok(text) => {
                // Pairs of a query or form are put anywhere.
                let _ = self.put(param, text.unwrap_or_default());
            }
            Err(reason) => problems.push(format!("what `{}` takes {reason}", param.field)),
        }
    }

    fn put_body(&mut self, body: &'v Value, problems: &mut Vec<String>) {
        let Some(content) = &self.operation.content else {
            problems.push("the operation has no body".to_owned());
            return;
        };
        let flag = self.operation.events.and_then(|events| events.flag());
        let flag = flag.filter(|flag| body.get(flag).is_some_and(Value::is_boolean));
        let mut body = Cow::Borrowed(body);
        if let Some(flag) = flag {
            self.flag = body[flag].as_bool();
            // A whole body may have the member too, and is sent with it where no events are asked for.
            if self.flag == Some(true) || content.field().is_none() {
                if let Value::Object(members) = body.to_mut() {
                    members.remove(flag);
                }
            }
        }
        if content.field().is_none() {
            match &body {
                Cow::Borrowed(Value::Object(members)) => self.members(members, problems),
                // Only JSON has a flag, and its members are read as they are.
                Cow::Owned(Value::Object(members)) => self.check_members(members, problems),
                _ => problems.push("the body is not an object".to_owned()),
            }
        }
        self.body = Some(body);
    }

    /// Writes the members of a form, and the parts.
    fn members(&mut self, members: &'v Map<String, Value>, problems: &mut Vec<String>) {
        self.check_members(members, problems);
        let declared = self.operation.content.map_or(&[][..], |it| it.members);
        let mut rest = Map::new();
        for (name, value) in members.iter().filter(|(_, value)| !value.is_null()) {
            let param = declared
                .iter()
                .find(|param| !param.flatten && param.name == name);
            match param.map(|param| (param, &param.kind)) {
                Some((param, ParamKind::Form { .. })) => self.param(param, value),
                #[cfg(feature = "multipart")]
                Some((param, ParamKind::Part { .. })) => match GivenPart::all(param, value) {
                    Ok(parts) => self.parts.extend(parts),
                    Err(fault) => {
                        problems.push(Refusal::param(fault, param).to_string());
                    }
                },
                _ => drop(rest.insert(name.clone(), value.clone())),
            }
        }
        let is_form =
            |param: &&Param| param.flatten && matches!(param.kind, ParamKind::Form { .. });
        if let Some(param) = declared.iter().find(is_form).filter(|_| !rest.is_empty()) {
            self.flattened(Location::Body, param, rest, problems);
        }
    }

    fn check_members(&self, members: &Map<String, Value>, problems: &mut Vec<String>) {
        let declared = self.operation.content.map_or(&[][..], |it| it.members);
        if declared.iter().any(|param| param.flatten) {
            return;
        }
        let names = declared.iter().map(|param| param.name);
        for name in members.keys() {
            if !names.clone().any(|it| it == name) {
                let undeclared = Undeclared::new(Location::Body, name, names.clone());
                problems.push(undeclared.to_string());
            }
        }
    }

    /// Fails if the body says otherwise whether events are asked for.
    pub(crate) fn check_flag(&self, asks_for_events: bool) -> Result<(), &'static str> {
        match (self.flag, asks_for_events) {
            (Some(true), false) => {
                Err("the body asks for events, which are received in another way")
            }
            (Some(false), true) => Err("the body says that no events are asked for"),
            _ => Ok(()),
        }
    }

    /// Reads the request, and the values of its group if there are any.
    pub(crate) fn read<R: FromHttp>(&self) -> Result<(R, Option<R::Group>), Refusal> {
        let incoming = self.incoming(R::ACCEPT)?;
        let decoder = Decoder::new(&incoming);
        let read = || {
            let group = self.has_group.then(|| R::read_group(&decoder.in_group()));
            let group = group.transpose()?;
            Ok((R::read_fields(&decoder)?, group))
        };
        self.checked(read())
    }

    /// What was read, unless there is a value that is not on the wire and was not read otherwise.
    fn checked<T>(&self, read: Result<T, Refusal>) -> Result<T, Refusal> {
        let mut unread = self.values.iter().filter_map(|given| {
            let fault = given.fault.take()?;
            Some(Refusal::param(fault, given.param))
        });
        match (read, unread.next()) {
            (Ok(_), Some(refusal)) => Err(refusal),
            (Err(read), Some(refusal)) if read.field() == refusal.field() => Err(refusal),
            (read, _) => read,
        }
    }

    fn incoming(&self, accept: &'static str) -> Result<Incoming<'_>, Refusal> {
        let captures = self.captures.iter();
        let captures = captures.map(|(of_group, index, text)| Capture {
            of_group: *of_group,
            index: *index,
            text,
        });
        let mut cookies = Pairs::default();
        cookies.add_cookies(&self.cookies);
        Ok(Incoming {
            operation: self.operation,
            accept,
            captures: captures.collect(),
            query: Pairs::cut(&self.query),
            headers: &self.headers,
            cookies,
            bytes: None,
            body: self.cut_body()?,
            given: Some(self),
        })
    }

    /// Cuts a body that is made of members.
    fn cut_body(&self) -> Result<Body<'_>, Refusal> {
        let content = self.operation.content.as_ref();
        let content = content.filter(|it| self.body.is_some() && it.field().is_none());
        let Some(content) = content else {
            return Ok(Body::Whole);
        };
        match kind(content) {
            Some(ParamKind::Form { .. }) => Ok(Body::Form(Pairs::cut(&self.form))),
            #[cfg(feature = "multipart")]
            Some(ParamKind::Part { .. }) => {
                Ok(Body::Parts(self.parts.iter().map(GivenPart::raw).collect()))
            }
            _ => {
                let object = self.body(Format::Json).and_then(|bytes| match bytes {
                    Some(bytes) => Object::cut(bytes),
                    None => Err(Fault::missing()),
                });
                let object = object.map_err(|fault| Refusal::body(fault, content));
                object.map(Body::Json)
            }
        }
    }

    /// What is sent, without the path, to be compared with what is read of it.
    pub(crate) fn sent(&self) -> Request<Bytes> {
        let bytes = self.bytes.get().and_then(|bytes| bytes.as_ref().ok());
        let form = || Bytes::from(self.form.clone());
        let mut request = Request::new(bytes.cloned().unwrap_or_else(form));
        let query = format!("/?{}", self.query);
        *request.uri_mut() = Uri::try_from(query).unwrap_or_default();
        request.headers_mut().clone_from(&self.headers);
        if let Ok(cookies) = HeaderValue::try_from(&self.cookies) {
            if !self.cookies.is_empty() {
                request.headers_mut().insert(COOKIE, cookies);
            }
        }
        request
    }
}

impl fmt::Debug for Given<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // There may be secrets among the values.
        f.debug_struct("Given").finish_non_exhaustive()
    }
}

impl GivenValues for Given<'_> {
    fn has(&self, param: &Param) -> bool {
        self.values.iter().any(|given| ptr::eq(given.param, param))
    }

    fn value(&self, param: &Param) -> Option<&Value> {
        let mut values = self.values.iter();
        let given = values.find(|given| ptr::eq(given.param, param))?;
        given.fault.take();
        Some(given.value)
    }

    fn has_body(&self) -> bool {
        self.body.is_some()
    }

    fn body(&self, format: Format) -> Result<Option<&Bytes>, Fault> {
        let Some(body) = &self.body else {
            return Ok(None);
        };
        match self.bytes.get_or_init(|| encode(body, format)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(fault) => Err(fault.clone()),
        }
    }

    fn notes(&self) -> Option<Notes<'_>> {
        self.notes
    }
}

fn join(out: &mut String, separator: &str, text: &str) {
    if !out.is_empty() && !text.is_empty() {
        out.push_str(separator);
    }
    out.push_str(text);
}
