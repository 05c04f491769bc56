//! Which operation of the document a declaration is: by its method and the shape of its path.
//!
//! Names of placeholders do not matter. The path may have the base path of a server before it, on either side.

use std::borrow::Cow;

use api_request::{Location, Operation};

use super::schema::percent_decoded;
use crate::document::{self, Document, Place};

/// What a declaration is in the document.
pub(super) enum Match {
    /// The operation of this index.
    Found(usize),
    /// None, but nearly this one.
    Near(Near),
    /// None.
    None,
    /// Somewhere else than the API of the document, for this reason.
    Elsewhere(&'static str),
}

/// How a declaration differs from the operation that is probably meant.
pub(super) struct Near {
    pub(super) index: usize,
    pub(super) place: Place,
    pub(super) at: String,
    pub(super) message: String,
    /// Whether the names are the same.
    pub(super) is_same_id: bool,
}

/// The operations of a document, by their paths.
pub(super) struct Routes<'a> {
    document: &'a Document,
    routes: Vec<Route<'a>>,
}

struct Route<'a> {
    operation: &'a document::Operation,
    /// The path, with and without the base paths of the servers.
    shapes: Vec<Vec<Piece>>,
    /// The pairs that the path has behind a `?`.
    query: Vec<(String, String)>,
}

/// A piece of a path template.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Piece {
    /// Text, percent-decoded, but for slashes.
    Text(String),
    /// A placeholder, whatever its name.
    Placeholder,
}

impl<'a> Routes<'a> {
    pub(super) fn new(document: &'a Document) -> Self {
        let routes = document.operations.iter().map(|operation| {
            let path = without_query(&operation.path);
            let mut shapes = vec![shape(path)];
            let servers = operation.servers.as_ref().unwrap_or(&document.servers);
            for base in servers.iter().filter_map(|server| base_path(&server.url)) {
                shapes.push(shape(&format!("{base}{path}")));
                if let Some(rest) = path.strip_prefix(base).filter(|it| it.starts_with('/')) {
                    shapes.push(shape(rest));
                }
            }
            Route {
                operation,
                shapes,
                query: query(&operation.path),
            }
        });
        Self {
            document,
            routes: routes.collect(),
        }
    }

    pub(super) fn find(&self, declared: &Operation) -> Match {
        if declared.url().is_some() {
            return Match::Elsewhere("its URL is a value, so it is in no document");
        }
        let path = shape(declared.path());
        let of_path = self
            .routes
            .iter()
            .enumerate()
            .filter(|(_, route)| route.shapes.contains(&path));
        let method = declared.method();
        let found = of_path
            .clone()
            .filter(|(_, route)| {
                let same = route.operation.method.eq_ignore_ascii_case(method.as_str());
                same && route.query.iter().all(|pair| has_constant(declared, pair))
            })
            // The path itself rather than one with a base path, then the most constants, then the name.
            .max_by_key(|(index, route)| {
                (
                    route.shapes[0] == path,
                    route.query.len(),
                    is_same_name(route.operation, declared),
                    usize::MAX - index,
                )
            });
        match found {
            Some((index, _)) => Match::Found(index),
            None => self.near(declared, &path),
        }
    }

    /// The operation of the same name, of the same path, or of the nearest path.
    fn near(&self, declared: &Operation, path: &[Piece]) -> Match {
        let routes = || self.routes.iter().enumerate();
        let by_name = routes().find(|(_, route)| is_same_name(route.operation, declared));
        let by_path = || routes().find(|(_, route)| route.shapes.iter().any(|it| it == path));
        let nearest = || {
            let text = text_of(path);
            let near = routes().filter_map(|(index, route)| {
                let other = text_of(&route.shapes[0]);
                let distance = distance(&text, &other)?;
                let has_method = route.operation.method == declared.method().as_str();
                Some(((distance, !has_method), (index, route)))
            });
            near.min_by_key(|(key, (index, _))| (*key, *index))
                .map(|(_, found)| found)
        };
        let Some((index, route)) = by_name.or_else(by_path).or_else(nearest) else {
            return Match::None;
        };
        let has_path = route.shapes.iter().any(|it| it == path);
        let method = declared.method();
        let has_method = route.operation.method == method.as_str();
        let (at, message) = match (has_path, has_method) {
            // The constants that the path has in its query are missing.
            (true, true) => (
                format!("path `{}`", declared.path()),
                format!(
                    "is `{}` in the document: declare its query as constants",
                    route.operation.path
                ),
            ),
            (true, false) => (
                format!("method `{method}`"),
                format!(
                    "is not that of the document, which has {} for this path",
                    self.methods(path)
                ),
            ),
            (false, true) => (
                format!("path `{}`", declared.path()),
                format!(
                    "is not in the document, which has `{}`",
                    route.operation.path
                ),
            ),
            (false, false) => (
                format!("operation `{method} {}`", declared.path()),
                format!(
                    "is not in the document, which has `{} {}`",
                    route.operation.method, route.operation.path
                ),
            ),
        };
        Match::Near(Near {
            index,
            place: self.document.operations[index].place,
            at,
            message,
            is_same_id: by_name.is_some(),
        })
    }

    /// The methods of a path, as a text.
    fn methods(&self, path: &[Piece]) -> String {
        let of_path = self
            .routes
            .iter()
            .filter(|route| route.shapes.iter().any(|it| it == path));
        let mut methods: Vec<String> = Vec::new();
        for route in of_path {
            let method = format!("`{}`", route.operation.method);
            if !methods.contains(&method) {
                methods.push(method);
            }
        }
        methods.join(", ")
    }
}

/// The names of placeholders, in the order of the path.
pub(super) fn placeholders(path: &str) -> impl Iterator<Item = &str> {
    without_query(path)
        .split('{')
        .skip(1)
        .map(|rest| rest.split('}').next().unwrap_or_default())
}

/// The pairs that a path of the document has behind a `?`.
pub(super) fn query(path: &str) -> Vec<(String, String)> {
    let path = path.split('#').next().unwrap_or_default();
    let query = path.split_once('?').map_or("", |(_, query)| query);
    let pairs = query.split('&').filter(|pair| !pair.is_empty());
    pairs
        .map(|pair| {
            let (name, value) = pair.split_once('=').unwrap_or((pair, ""));
            (
                percent_decoded(name).into_owned(),
                percent_decoded(value).into_owned(),
            )
        })
        .collect()
}

fn without_query(path: &str) -> &str {
    path.split(['?', '#']).next().unwrap_or_default()
}

fn has_constant(declared: &Operation, (name, value): &(String, String)) -> bool {
    declared.constants().any(|constant| {
        constant.location == Location::Query
            && percent_decoded(constant.name) == *name
            && percent_decoded(constant.value.unwrap_or_default()) == *value
    })
}

/// The path of a URL, without a slash at its end; none if it is empty.
fn base_path(url: &str) -> Option<&str> {
    let path = match url.split_once("://") {
        Some((_, rest)) => &rest[rest.find('/')?..],
        None => url,
    };
    let path = without_query(path).trim_end_matches('/');
    path.starts_with('/').then_some(path)
}

fn shape(path: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let text = |pieces: &mut Vec<Piece>, text: &str| {
        // A slash in the text of a segment is not one between segments.
        let segments = text
            .split('/')
            .map(|segment| match percent_decoded(segment) {
                decoded if decoded.contains('/') => Cow::Borrowed(segment),
                decoded => decoded,
            });
        let text = segments.collect::<Vec<_>>().join("/");
        if !text.is_empty() {
            pieces.push(Piece::Text(text));
        }
    };
    // The base URL itself.
    let mut rest = if path == "/" { "" } else { path };
    while let Some((before, after)) = rest.split_once('{') {
        text(&mut pieces, before);
        pieces.push(Piece::Placeholder);
        rest = after.split_once('}').map_or("", |(_, rest)| rest);
    }
    text(&mut pieces, rest);
    pieces
}

fn text_of(path: &[Piece]) -> String {
    let pieces = path.iter().map(|piece| match piece {
        Piece::Text(text) => text,
        Piece::Placeholder => "{}",
    });
    pieces.collect()
}

/// Whether the ID of an operation is the name of a declaration, in any case and with any separators.
fn is_same_name(operation: &document::Operation, declared: &Operation) -> bool {
    let letters = |text: &'_ str| -> String {
        let letters = text.chars().filter(|it| it.is_alphanumeric());
        letters.flat_map(char::to_lowercase).collect()
    };
    let id = operation.id.as_deref().map(letters).unwrap_or_default();
    !id.is_empty() && id == letters(declared.name())
}

/// How many letters differ, if that is few: at most a fourth.
pub(super) fn distance(a: &str, b: &str) -> Option<usize> {
    let most = a.chars().count().max(b.chars().count()) / 4;
    let mut row: Vec<usize> = (0..=b.chars().count()).collect();
    for (index, x) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = index + 1;
        for (at, y) in b.chars().enumerate() {
            let changed = diagonal + usize::from(x != y);
            diagonal = row[at + 1];
            row[at + 1] = changed.min(row[at] + 1).min(diagonal + 1);
        }
    }
    row.last().copied().filter(|distance| *distance <= most)
}
