//! JSON with lines: `serde_json` reads from a reader that counts line feeds.

use std::{cell::Cell, fmt, io, path::Path};

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};

use super::{Data, Object, Value};
use crate::Error;

/// Reads JSON. `path` is for messages.
pub(super) fn parse(path: &Path, text: &str) -> Result<Value, Error> {
    let line = Cell::new(1);
    let reader = Lines {
        rest: text.as_bytes(),
        line: &line,
    };
    let mut json = serde_json::Deserializer::from_reader(reader);
    let value = Seed(&line).deserialize(&mut json);
    value
        .and_then(|value| json.end().map(|()| value))
        .map_err(|error| {
            let at = u32::try_from(error.line()).unwrap_or_default();
            let place = format!(" at line {} column {}", error.line(), error.column());
            Error::new(path, at, error.to_string().replace(&place, ""))
        })
}

/// A text that counts the lines it has been read to. `serde_json` reads one byte ahead at most.
struct Lines<'a> {
    rest: &'a [u8],
    line: &'a Cell<u32>,
}

impl io::Read for Lines<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (Some((&byte, rest)), Some(slot)) = (self.rest.split_first(), buffer.first_mut())
        else {
            return Ok(0);
        };
        *slot = byte;
        self.rest = rest;
        if byte == b'\n' {
            self.line.set(self.line.get() + 1);
        }
        Ok(1)
    }
}

struct Seed<'a>(&'a Cell<u32>);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        // The value has not been read yet, so this is where it starts.
        let line = self.0.get();
        let data = deserializer.deserialize_any(Reader(self.0))?;
        Ok(Value { line, data })
    }
}

struct Reader<'a>(&'a Cell<u32>);

impl<'de> Visitor<'de> for Reader<'_> {
    type Value = Data;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Data, E> {
        Ok(Data::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Data, E> {
        Ok(Data::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Data, E> {
        Ok(Data::Number(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Data, E> {
        Ok(Data::Number(value.into()))
    }

    fn visit_f64<E: serde::de::Error>(self, value: f64) -> Result<Data, E> {
        let number = serde_json::Number::from_f64(value);
        number
            .map(Data::Number)
            .ok_or_else(|| E::custom("the number is not finite"))
    }

    fn visit_str<E>(self, text: &str) -> Result<Data, E> {
        Ok(Data::Text(text.to_owned()))
    }

    fn visit_string<E>(self, text: String) -> Result<Data, E> {
        Ok(Data::Text(text))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Data, A::Error> {
        let mut list = Vec::new();
        while let Some(item) = items.next_element_seed(Seed(self.0))? {
            list.push(item);
        }
        Ok(Data::List(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Data, A::Error> {
        let mut object = Object::new();
        while let Some(name) = members.next_key::<String>()? {
            if object.contains_key(&name) {
                return Err(A::Error::custom(format_args!(
                    "the member `{name}` is there twice"
                )));
            }
            let value = members.next_value_seed(Seed(self.0))?;
            object.insert(name, value);
        }
        Ok(Data::Object(Box::new(object)))
    }
}
