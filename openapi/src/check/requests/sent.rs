//! Whether what is sent is what the document says: parameters by their styles, written here without the library.

use api_request::{Body, Location};
use http::{Request, header::COOKIE};
use serde_json::Value as Json;

use super::{
    super::{Pair, schema::percent_decoded},
    inputs::{Given, in_form, once},
    styles::{Pairs, Style, cut, is_same, pairs, text},
};
use crate::document::{Media, Parameter, Place, Schema, Type};

/// A parameter, or a member of a form, of the document.
struct Described<'a> {
    name: &'a str,
    schema: &'a Schema,
    style: Style<'a>,
    /// Whether the value is JSON text.
    is_json: bool,
    is_required: bool,
}

/// What is wrong with a parameter on the wire, if anything is.
pub(super) fn parameter(
    pair: &Pair<'_>,
    http: &Request<Body>,
    given: &Given<'_>,
    value: &Json,
) -> Option<String> {
    let parameter = given.described?;
    let header = parameter.name.to_ascii_lowercase();
    let described = Described {
        name: match given.location {
            Location::Header => &header,
            _ => &parameter.name,
        },
        schema: &parameter.schema,
        style: style(parameter, given.location),
        is_json: parameter.is_content,
        is_required: parameter.required,
    };
    let others = &pair.operation.parameters;
    let is_other = |name: &str| others.iter().any(|other| other.name == name);
    let sent = match given.location {
        Location::Query => cut(http.uri().query().unwrap_or_default()),
        Location::Cookie => cookies(http),
        Location::Header => headers(http),
        _ => return None,
    };
    let expected = |value: &Json| match given.location {
        Location::Header => described.text(value),
        _ => described.pairs(value, &is_other),
    };
    described.check(pair, &sent, value, &expected)
}

/// What is wrong with the members of a form, by their names.
pub(super) fn form(
    pair: &Pair<'_>,
    http: &Request<Body>,
    media: &Media,
    schema: &Schema,
    value: &Json,
) -> Vec<(String, Place, String)> {
    let value = in_form(value);
    let (Some(body), Json::Object(members)) = (http.body().as_bytes(), &value) else {
        return Vec::new();
    };
    let sent = cut(&String::from_utf8_lossy(body));
    let flat = pair.document.flat(schema);
    let is_other = |name: &str| flat.properties.contains_key(name);
    let wrong = members.iter().filter_map(|(name, value)| {
        let property = flat.properties.get(name.as_str())?;
        let encoding = media.encoding.get(name);
        let style = encoding.and_then(|it| it.style.as_deref());
        if value.is_object() && style.is_none() {
            // Versions of OpenAPI differ in what it is then.
            return None;
        }
        let explode = encoding.and_then(|it| it.explode);
        let described = Described {
            name,
            schema: property,
            style: Style {
                style: style.unwrap_or("form"),
                explode: explode.unwrap_or(matches!(style, None | Some("form"))),
            },
            is_json: false,
            is_required: flat.required.contains(name.as_str()),
        };
        let expected = |value: &Json| described.pairs(value, &is_other);
        let message = described.check(pair, &sent, value, &expected)?;
        Some((name.clone(), property.place, message))
    });
    wrong.collect()
}

fn style(parameter: &Parameter, location: Location) -> Style<'_> {
    let default = match location {
        Location::Path | Location::Header => "simple",
        _ => "form",
    };
    let style = parameter.style.as_deref().unwrap_or(default);
    let explode = parameter.explode.unwrap_or(style == "form");
    Style { style, explode }
}

impl Described<'_> {
    /// The value of a header. `None` is what is not defined.
    fn text(&self, value: &Json) -> Option<Pairs> {
        let text = if self.is_json {
            value.to_string()
        } else {
            text(self.name, value, self.style)?
        };
        Some(vec![(self.name.to_owned(), text)])
    }

    /// The pairs of a query or form. `None` is what is not defined, or has the names of others.
    fn pairs(&self, value: &Json, is_other: &dyn Fn(&str) -> bool) -> Option<Pairs> {
        if self.is_json {
            return Some(vec![(self.name.to_owned(), value.to_string())]);
        }
        let pairs = pairs(self.name, value, self.style)?;
        let is_ambiguous = pairs
            .iter()
            .any(|(name, _)| name != self.name && is_other(name));
        (!is_ambiguous).then_some(pairs)
    }

    /// Says what is wrong with a value. A set sends an item once.
    fn check(
        &self,
        pair: &Pair<'_>,
        sent: &Pairs,
        value: &Json,
        expected: &dyn Fn(&Json) -> Option<Pairs>,
    ) -> Option<String> {
        let wrong = |value: &Json| self.compare(pair, sent, &expected(value)?);
        let message = wrong(value)?;
        once(value)
            .is_none_or(|value| wrong(&value).is_some())
            .then_some(message)
    }

    fn compare(&self, pair: &Pair<'_>, sent: &Pairs, expected: &Pairs) -> Option<String> {
        let of_name = |pairs: &Pairs, name: &str| -> Vec<String> {
            let pairs = pairs.iter().filter(|(it, _)| it == name);
            pairs.map(|(_, value)| value.clone()).collect()
        };
        let is_sent = |(name, _): &(String, String)| !of_name(sent, name).is_empty();
        if !expected.iter().any(is_sent) {
            let other = sent.iter().map(|(it, _)| it).find(|it| {
                let rest = it.strip_prefix(self.name);
                rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['[', '.']))
            });
            let expected = expected.first().map_or(self.name, |(name, _)| name);
            return match other {
                Some(other) => Some(format!(
                    "is sent as `{other}`, but the document says `{expected}`"
                )),
                None if self.is_required => Some("is required, but not sent".to_owned()),
                // A default that is left out.
                None => None,
            };
        }
        let is_different = expected.iter().any(|(name, _)| {
            let (sent, expected) = (of_name(sent, name), of_name(expected, name));
            let is_spelled = sent.len() == expected.len() && may_be_spelled(pair, self.schema);
            !is_all_same(&sent, &expected, self.is_json) && !is_spelled
        });
        let Style { style, explode } = self.style;
        is_different.then(|| {
            if self.is_json {
                return "is not sent as the JSON that the document says".to_owned();
            }
            format!("is not sent as the document says: `style: {style}`, `explode: {explode}`")
        })
    }
}

/// Whether a value has several spellings, such as those of a date.
fn may_be_spelled(pair: &Pair<'_>, schema: &Schema) -> bool {
    let flat = pair.document.flat(schema);
    let is_text = flat.types.is_empty() || flat.types == [Type::String];
    is_text && (flat.format.is_some() || !flat.unions.is_empty())
}

fn is_all_same(sent: &[String], expected: &[String], is_json: bool) -> bool {
    let is_same_json = |a: &str, b: &str| {
        let json = |text: &str| serde_json::from_str::<Json>(text).ok();
        json(a).is_some_and(|a| Some(a) == json(b))
    };
    sent.len() == expected.len()
        && sent.iter().zip(expected).all(|(sent, expected)| {
            is_same(sent, expected)
                || is_json && is_same_json(sent, expected)
                || is_same_list(sent, expected)
        })
}

/// Whether items or members are the same, which may be numbers, or in another order.
fn is_same_list(sent: &str, expected: &str) -> bool {
    let items = |text: &str| -> Vec<String> {
        let items = text.split([',', ' ', '|']).filter(|item| !item.is_empty());
        let mut items: Vec<_> = items.map(str::to_owned).collect();
        items.sort();
        items
    };
    let separators = |text: &str| text.replace(|c| c != ',' && c != '|', "");
    let (a, b) = (items(sent), items(expected));
    separators(sent) == separators(expected)
        && a.len() == b.len()
        && a.iter().zip(&b).all(|(a, b)| is_same(a, b))
}

fn cookies(http: &Request<Body>) -> Pairs {
    let values = http.headers().get_all(COOKIE).into_iter();
    let texts = values.filter_map(|value| value.to_str().ok());
    let pairs = texts.flat_map(|text| text.split(';'));
    let pairs = pairs.filter_map(|pair| pair.trim().split_once('='));
    pairs
        .map(|(name, value)| (name.to_owned(), percent_decoded(value).into_owned()))
        .collect()
}

fn headers(http: &Request<Body>) -> Pairs {
    let mut pairs = Pairs::new();
    for (name, value) in http.headers() {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        match pairs.iter_mut().find(|(known, _)| known == name.as_str()) {
            Some((_, known)) => known.extend([",", &value]),
            None => pairs.push((name.as_str().to_owned(), value)),
        }
    }
    pairs
}

/// The path that the document says, with these values, decoded; `None` if it is not defined.
pub(super) fn path(pair: &Pair<'_>, values: &[(&Given<'_>, &Json)]) -> Option<String> {
    let template = pair.operation.path.split(['?', '#']).next()?;
    let mut path = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        path += &*percent_decoded(before);
        let (given, value) = values.iter().find(|(given, _)| {
            let parameter = given.described.map(|parameter| parameter.name.as_str());
            given.location == Location::Path && parameter == Some(name)
        })?;
        let parameter = given.described?;
        if may_be_spelled(pair, &parameter.schema) {
            return None;
        }
        path += &text(name, value, style(parameter, Location::Path))?;
        rest = after;
    }
    Some(path + &*percent_decoded(rest))
}

/// Whether a path is that of a request, perhaps behind that of a server.
pub(super) fn is_path(http: &Request<Body>, path: &str) -> bool {
    let sent = percent_decoded(http.uri().path());
    sent.ends_with(path) || path.ends_with(&*sent) || sent.trim_end_matches('/') == path
}
