//! What a request is made of: values of the parameters and of the body, by the names of the declaration.

use api_request::{Input, Location};
use serde_json::{Map, Value as Json, json};

use super::super::{Pair, path};
use crate::{
    document::{self, Media, Parameter, Schema, Type},
    instances::{Kind, Values},
    model::{Format, format_of},
};

/// How many values of a parameter are tried.
const MAX_VALUES: usize = 12;

/// A parameter that the declaration has.
pub(super) struct Given<'a> {
    /// The parameter of the document, if it has it.
    pub(super) described: Option<&'a Parameter>,
    pub(super) location: Location,
    /// The name in the declaration.
    pub(super) name: &'static str,
    /// The values that it may have, the fullest first.
    pub(super) values: Vec<Json>,
}

/// The body of a media type, of the document.
#[derive(Clone, Copy)]
pub(super) struct Described<'a> {
    pub(super) media: &'a Media,
    pub(super) schema: &'a Schema,
    pub(super) format: Format,
}

/// The parameters of an operation, each with its values.
pub(super) fn parameters<'a>(pair: &Pair<'a>, all: &Values<'a>) -> Vec<Given<'a>> {
    let placeholders = |template: &str| -> Vec<String> {
        let pieces = template.split('{').skip(1);
        let names = pieces.filter_map(|piece| piece.split_once('}'));
        names.map(|(name, _)| name.to_owned()).collect()
    };
    let declared_names = placeholders(pair.declared.path());
    let described_names = placeholders(&pair.operation.path);
    let parameters = &pair.operation.parameters;
    let params = pair.declared.params().map(|param| {
        let name = param.name();
        let described = match param.location() {
            // By position, whatever the name is.
            Location::Path => {
                let index = declared_names.iter().position(|it| it == name);
                let other = index.and_then(|index| described_names.get(index));
                parameters
                    .iter()
                    .find(|it| it.location == document::Location::Path && Some(&it.name) == other)
            }
            location => parameters.iter().find(|it| match location {
                Location::Query => it.location == document::Location::Query && it.name == name,
                Location::Cookie => it.location == document::Location::Cookie && it.name == name,
                Location::Header => {
                    it.location == document::Location::Header && it.name.eq_ignore_ascii_case(name)
                }
                _ => false,
            }),
        };
        Given {
            described,
            location: param.location(),
            name,
            values: match described {
                Some(parameter) => values(all, parameter, param.location()),
                // One that the document does not have is sent if it has to be.
                None if param.required() => vec![
                    json!("a"),
                    json!(1),
                    json!(true),
                    json!(["a"]),
                    json!({"a": "a"}),
                ],
                None => Vec::new(),
            },
        }
    });
    params.collect()
}

fn values<'a>(all: &Values<'a>, parameter: &'a Parameter, location: Location) -> Vec<Json> {
    let mut all = all.instances(&parameter.schema).all;
    all.sort_by_key(|instance| instance.kind != Kind::Fullest);
    let mut values: Vec<Json> = Vec::new();
    for sample in all {
        let is_empty = match &sample.value {
            Json::Null => true,
            Json::String(text) => text.is_empty() && location == Location::Path,
            Json::Array(items) => items.is_empty(),
            Json::Object(members) => members.is_empty(),
            _ => false,
        };
        if !is_empty && !values.contains(&sample.value) {
            values.push(sample.value);
        }
    }
    values.truncate(MAX_VALUES);
    if let Some(twice) = values.first().and_then(twice) {
        values.insert(1, twice);
    }
    if values.is_empty() && parameter.schema.is_any() {
        values.push(json!("a"));
    }
    values
}

/// The body that the document has in place of the declared one.
pub(super) fn body<'a>(pair: &Pair<'a>) -> Option<Described<'a>> {
    let declared = bare(pair.declared.content_type()?);
    let content = &pair.operation.body.as_ref()?.content;
    let format = format_of(&declared);
    let named = content.iter().find(|(name, _)| bare(name) == declared);
    let like_it = || {
        let formats = content.iter().map(|(name, media)| (format_of(name), media));
        let mut formats = formats.filter(|(it, _)| *it == format || *it == Format::Any);
        formats.next()
    };
    let media = named
        .map(|(_, media)| media)
        .or_else(|| like_it().map(|it| it.1))?;
    let schema = match format {
        Format::Lines => media.item_schema.as_ref().or(media.schema.as_ref()),
        _ => media.schema.as_ref(),
    };
    Some(Described {
        media,
        schema: schema?,
        format,
    })
}

fn bare(media_type: &str) -> String {
    let bare = media_type.split(';').next().unwrap_or_default();
    bare.trim().to_ascii_lowercase()
}

/// A value of the body as an input has it.
pub(super) fn in_input(pair: &Pair<'_>, body: Described<'_>, value: &Json) -> Json {
    match body.format {
        Format::Lines => json!([value]),
        Format::Multipart => parts(pair, body.schema, value),
        Format::Form => in_form(value),
        Format::Bytes => json!("YQ=="),
        Format::Text | Format::Events if !value.is_string() => json!("a"),
        _ => value.clone(),
    }
}

/// A list with its one item twice: one item does not show how a list is written.
fn twice(value: &Json) -> Option<Json> {
    match value.as_array()?.as_slice() {
        [item] if !item.is_object() && !item.is_array() => Some(json!([item, item])),
        _ => None,
    }
}

/// The list that [`twice`] made, as it was: a set sends it like that.
pub(super) fn once(value: &Json) -> Option<Json> {
    match value.as_array()?.as_slice() {
        [a, b] if a == b => Some(json!([a])),
        _ => None,
    }
}

/// The members of a form, their lists with two items.
pub(super) fn in_form(value: &Json) -> Json {
    let Json::Object(members) = value else {
        return value.clone();
    };
    let members = members.iter().map(|(name, value)| {
        let value = twice(value).unwrap_or_else(|| value.clone());
        (name.clone(), value)
    });
    Json::Object(members.collect())
}

/// Bytes are files.
fn parts(pair: &Pair<'_>, schema: &Schema, value: &Json) -> Json {
    let Json::Object(members) = value else {
        return value.clone();
    };
    let file = || json!({"$file": {"filename": "a.bin", "bytes_b64": "YQ=="}});
    let is_binary = |pointer: &str| {
        path::at(pair.document, schema, value, pointer)
            .into_iter()
            .map(|schema| pair.document.flat(schema))
            .any(|flat| flat.types == [Type::String] && flat.format == Some("binary"))
    };
    let parts = members.iter().map(|(name, part)| {
        let pointer = path::join("", name);
        let part = match part {
            Json::String(_) if is_binary(&pointer) => file(),
            Json::Array(items) if !items.is_empty() && is_binary(&path::join(&pointer, "0")) => {
                json!([file()])
            }
            part => part.clone(),
        };
        (name.clone(), part)
    });
    Json::Object(parts.collect())
}

/// An input of these values.
pub(super) fn input(values: &[(&Given<'_>, &Json)], body: Option<&Json>) -> Input {
    let mut input = Map::new();
    for (given, value) in values {
        let location = match given.location {
            Location::Path => "path",
            Location::Query => "query",
            Location::Header => "headers",
            Location::Cookie => "cookies",
            _ => continue,
        };
        let values = input.entry(location).or_insert_with(|| json!({}));
        values[given.name] = (*value).clone();
    }
    if let Some(body) = body {
        input.insert("body".to_owned(), body.clone());
    }
    Input::new(input.into())
}

/// What a refusal is about.
#[derive(Debug, PartialEq)]
pub(super) enum Culprit {
    Parameter(Location, String),
    /// The path of a member of the body, or nothing.
    Body(String),
    Other,
}

impl Culprit {
    /// Reads a message: "`ListKeys` cannot be sent: the query parameter `limit` is missing".
    pub(super) fn of(message: &str) -> Self {
        let Some(rest) = reason(message).strip_prefix("the ") else {
            return Self::Other;
        };
        let locations = [
            ("path parameter `", Location::Path),
            ("query parameter `", Location::Query),
            ("header `", Location::Header),
            ("cookie `", Location::Cookie),
        ];
        let name = |rest: &str| rest.split('`').next().unwrap_or_default().to_owned();
        for (noun, location) in locations {
            if let Some(rest) = rest.strip_prefix(noun) {
                return Self::Parameter(location, name(rest));
            }
        }
        match rest.strip_prefix("member of the body `") {
            Some(rest) => Self::Body(name(rest)),
            None if rest.starts_with("body ") => Self::Body(String::new()),
            None => Self::Other,
        }
    }
}

/// The reason of a message, without the operation.
pub(super) fn reason(message: &str) -> &str {
    message
        .split_once(" cannot be sent: ")
        .map_or(message, |(_, reason)| reason)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_refusal_names_its_culprit() {
        for (message, culprit) in [
            (
                "`A` cannot be sent: the query parameter `limit` is missing",
                Culprit::Parameter(Location::Query, "limit".into()),
            ),
            (
                "`A` cannot be sent: the member of the body `a.b` does not fit the declared type: expected u8",
                Culprit::Body("a.b".into()),
            ),
            (
                "`A` cannot be sent: the body is missing",
                Culprit::Body(String::new()),
            ),
            ("`A` cannot be sent: it rained", Culprit::Other),
        ] {
            assert_eq!(Culprit::of(message), culprit);
        }
    }
}
