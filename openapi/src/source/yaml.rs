//! YAML with lines, from the events of `saphyr-parser`: the JSON schema of YAML 1.2, anchors, and merge keys.

use std::{collections::BTreeMap, path::Path};

use saphyr_parser::{Event, Parser, ScalarStyle, Span, StrInput};

use super::{Data, Object, Value};
use crate::Error;

/// How deep a document nests: as deep as JSON may.
const MAX_DEPTH: usize = 128;
/// How many values aliases may repeat: a document of a few lines can ask for billions.
const MAX_REPEATED: usize = 2_000_000;

/// Reads one YAML document. `path` is for messages.
pub(super) fn parse(path: &Path, text: &str) -> Result<Value, Error> {
    let mut reader = Reader {
        events: Parser::new_from_str(text),
        path,
        anchors: BTreeMap::new(),
        repeated: 0,
    };
    loop {
        let (event, span) = reader.next()?;
        match event {
            Event::StreamStart | Event::DocumentStart(_) | Event::Nothing => {}
            Event::StreamEnd | Event::DocumentEnd => {
                return Err(reader.error(&span, "the document is empty"));
            }
            event => return reader.value(event, &span, 0),
        }
    }
}

struct Reader<'a> {
    events: Parser<'a, StrInput<'a>>,
    path: &'a Path,
    anchors: BTreeMap<usize, Value>,
    repeated: usize,
}

impl<'a> Reader<'a> {
    fn error(&self, span: &Span, message: impl Into<String>) -> Error {
        Error::new(self.path, line(span), message)
    }

    fn next(&mut self) -> Result<(Event<'a>, Span), Error> {
        match self.events.next() {
            Some(Ok(event)) => Ok(event),
            Some(Err(error)) => {
                let at = u32::try_from(error.marker().line()).unwrap_or_default();
                Err(Error::new(self.path, at, error.info()))
            }
            None => Err(Error::new(self.path, 0, "the document ends too early")),
        }
    }

    fn value(&mut self, event: Event<'a>, span: &Span, depth: usize) -> Result<Value, Error> {
        if depth > MAX_DEPTH {
            return Err(self.error(
                span,
                format!("the document nests deeper than {MAX_DEPTH} levels"),
            ));
        }
        let (data, anchor) = match event {
            Event::Alias(anchor) => return self.alias(anchor, span),
            Event::Scalar(text, style, anchor, tag) => {
                let is_text = tag.is_some_and(|tag| tag.suffix == "str");
                let data = if is_text || style != ScalarStyle::Plain {
                    Data::Text(text.into_owned())
                } else {
                    plain(&text)
                };
                (data, anchor)
            }
            Event::SequenceStart(anchor, _) => (self.list(depth)?, anchor),
            Event::MappingStart(anchor, _) => (self.object(depth)?, anchor),
            _ => return Err(self.error(span, "a value is missing")),
        };
        let value = Value {
            line: line(span),
            data,
        };
        if anchor > 0 {
            self.anchors.insert(anchor, value.clone());
        }
        Ok(value)
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<Value, Error> {
        let Some(value) = self.anchors.get(&anchor).cloned() else {
            return Err(self.error(span, "the alias is inside of the value that it repeats"));
        };
        self.repeated += count(&value);
        if self.repeated > MAX_REPEATED {
            return Err(self.error(
                span,
                format!("aliases repeat more than {MAX_REPEATED} values"),
            ));
        }
        Ok(value)
    }

    fn list(&mut self, depth: usize) -> Result<Data, Error> {
        let mut list = Vec::new();
        loop {
            match self.next()? {
                (Event::SequenceEnd, _) => return Ok(Data::List(list)),
                (event, span) => list.push(self.value(event, &span, depth + 1)?),
            }
        }
    }

    fn object(&mut self, depth: usize) -> Result<Data, Error> {
        let mut object = Object::new();
        let mut merged: Vec<Value> = Vec::new();
        loop {
            let (event, span) = self.next()?;
            let name = match event {
                Event::MappingEnd => break,
                Event::Scalar(text, style, ..) => (text.into_owned(), style),
                _ => return Err(self.error(&span, "the name of a member is not a text")),
            };
            let (event, value_span) = self.next()?;
            let value = self.value(event, &value_span, depth + 1)?;
            if name.0 == "<<" && name.1 == ScalarStyle::Plain {
                match value.data {
                    Data::List(list) => merged.extend(list),
                    _ => merged.push(value),
                }
            } else if object.contains_key(&name.0) {
                return Err(self.error(&span, format!("the member `{}` is there twice", name.0)));
            } else {
                object.insert(name.0, value);
            }
        }
        for value in merged {
            let Data::Object(members) = value.data else {
                return Err(Error::new(
                    self.path,
                    value.line,
                    "`<<` merges objects alone",
                ));
            };
            for (name, member) in *members {
                object.entry(name).or_insert(member);
            }
        }
        Ok(Data::Object(Box::new(object)))
    }
}

fn line(span: &Span) -> u32 {
    u32::try_from(span.start.line()).unwrap_or(u32::MAX)
}

fn count(value: &Value) -> usize {
    1 + match &value.data {
        Data::List(list) => list.iter().map(count).sum::<usize>(),
        Data::Object(object) => object.values().map(count).sum(),
        _ => 0,
    }
}

/// A scalar without quotes, by the core schema of YAML 1.2.
fn plain(text: &str) -> Data {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Data::Null,
        "true" | "True" | "TRUE" => return Data::Bool(true),
        "false" | "False" | "FALSE" => return Data::Bool(false),
        _ => {}
    }
    let digits = text.trim_start_matches(['-', '+']);
    // `+1` is a name of members at GitHub, and a phone number elsewhere.
    let is_number = digits.starts_with(|c: char| c.is_ascii_digit() || c == '.')
        && text.len() - digits.len() <= 1
        && !digits.starts_with("0x")
        && !digits.starts_with("0o");
    if is_number {
        if let Ok(number) = text.parse::<i64>() {
            return Data::Number(number.into());
        }
        if let Ok(number) = text.parse::<u64>() {
            return Data::Number(number.into());
        }
        if let Some(number) = text.parse().ok().and_then(serde_json::Number::from_f64) {
            return Data::Number(number);
        }
    }
    Data::Text(text.to_owned())
}
