//! Which operation a request is of, by method and path.
//!
//! Invariant: two operations that no request tells apart are never in one table.

use http::{HeaderMap, Method, Uri};

use super::{
    incoming::media_type_fit,
    refusal::Refusal,
    route::{Mismatch, find},
    unescape::Unescape,
};
use crate::operation::{Constant, Group, Operation, ParamKind, distinct::is_same_route};

/// Operations, each with what takes its requests.
#[derive(Debug, Clone)]
pub(crate) struct Table<T>(Vec<Route<T>>);

/// An operation and what takes its requests.
#[derive(Debug, Clone)]
pub(crate) struct Route<T> {
    pub(crate) operation: &'static Operation,
    pub(crate) handler: T,
    rank: Vec<Rank>,
}

/// How much a segment of a template leaves open: what is text is found before what is a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Text,
    Mixed,
    Field,
    Path,
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

#[cfg(feature = "axum")]
impl<T> IntoIterator for Table<T> {
    type Item = Route<T>;
    type IntoIter = std::vec::IntoIter<Route<T>>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<T> Table<T> {
    /// Adds an operation.
    ///
    /// # Panics
    ///
    /// Panics if the table has the operation, or one of the same method and path that neither constants nor the media type
    /// of the body tell apart.
    #[track_caller]
    pub(crate) fn add(&mut self, operation: &'static Operation, handler: T) {
        let same = self
            .0
            .iter()
            .find(|route| is_same_route(route.operation, operation));
        if let Some(Route { operation: old, .. }) = same {
            let Operation {
                name, method, path, ..
            } = operation;
            assert!(
                old.name != *name || old.path != *path,
                "the operation `{name}` has two handlers"
            );
            panic!(
                "the operations `{}` and `{name}` are both `{method} {path}`",
                old.name
            );
        }
        self.0.push(Route {
            operation,
            handler,
            rank: rank(operation),
        });
    }

    /// The operations, in the order in which they were added.
    pub(crate) fn routes(&self) -> impl Iterator<Item = &Route<T>> {
        self.0.iter()
    }

    pub(crate) fn routes_mut(&mut self) -> impl Iterator<Item = &mut Route<T>> {
        self.0.iter_mut()
    }

    /// Makes something else of what takes the requests.
    #[cfg(feature = "axum")]
    pub(crate) fn map<U>(self, mut change: impl FnMut(T) -> U) -> Table<U> {
        let routes = self.0.into_iter().map(|route| Route {
            operation: route.operation,
            handler: change(route.handler),
            rank: route.rank,
        });
        Table(routes.collect())
    }

    /// Finds the operation of a request whose path is relative to where the operations are mounted: of several, the one
    /// whose template says most, from the left.
    pub(crate) fn find(
        &self,
        method: &Method,
        uri: &Uri,
        headers: &HeaderMap,
    ) -> Result<&Route<T>, Refusal> {
        let of_path: Vec<_> = self
            .0
            .iter()
            .filter_map(|route| Some((fit(route.operation, uri.path())?, route)))
            .collect();
        if of_path.is_empty() {
            return Err(Refusal::not_found());
        }
        let is_of_method = |operation: &Operation| {
            operation.method == method.as_str()
                || (method == Method::HEAD && operation.method == "GET")
        };
        let of_method: Vec<_> = of_path
            .iter()
            .filter(|(_, route)| is_of_method(route.operation))
            .map(|(fit, route)| {
                (
                    (*fit, route.operation.method != method.as_str(), &route.rank),
                    *route,
                )
            })
            .collect();
        let Some(best) = of_method.iter().map(|(key, _)| *key).min() else {
            return Err(not_allowed(
                of_path.iter().map(|(_, route)| route.operation),
            ));
        };
        let mut best = of_method.iter().filter(|(key, _)| *key == best);
        let (first, second) = (best.next(), best.next());
        match (first, second) {
            (Some((_, only)), None) => Ok(only),
            // Constants tell them apart, the most of those that are all there, and then the media type of the body.
            _ => first
                .into_iter()
                .chain(second)
                .chain(best)
                .filter(|(_, route)| constants(route.operation).all(|it| has(uri, headers, it)))
                .max_by_key(|(_, Route { operation, .. })| {
                    (
                        constants(operation).count(),
                        media_type_fit(operation, headers),
                    )
                })
                .map(|(_, route)| *route)
                .ok_or_else(Refusal::not_found),
        }
    }
}

/// Says which methods the operations of a path have.
fn not_allowed(operations: impl Iterator<Item = &'static Operation>) -> Refusal {
    let methods = operations.map(|operation| operation.method);
    let mut methods: Vec<_> = methods.collect();
    if methods.contains(&"GET") {
        methods.push("HEAD");
    }
    methods.sort_unstable();
    methods.dedup();
    Refusal::methods(&methods)
}

/// Whether a path is of an operation: 0 if it is, 1 if a value in it is one that reading refuses.
fn fit(operation: &'static Operation, path: &str) -> Option<u8> {
    match find(operation, path) {
        Ok(_) => Some(0),
        Err(Mismatch::Value(..)) => Some(1),
        Err(Mismatch::Other) => None,
    }
}

fn rank(operation: &'static Operation) -> Vec<Rank> {
    let is_path = |name: &str| {
        let mut params = operation.params();
        params.any(|param| {
            param.name == name && matches!(param.kind, ParamKind::Path { segments: true, .. })
        })
    };
    let segments = operation.path.split('/').map(|segment| {
        let Some((before, rest)) = segment.split_once('{') else {
            return Rank::Text;
        };
        let name = rest.split('}').next().unwrap_or_default();
        if is_path(name) {
            Rank::Path
        } else if before.is_empty() && rest.len() == name.len() + 1 {
            Rank::Field
        } else {
            Rank::Mixed
        }
    });
    segments.collect()
}

fn constants(operation: &'static Operation) -> impl Iterator<Item = &'static Constant> {
    let of_group = operation.group.unwrap_or(Group::NONE).constants;
    operation.constants.iter().chain(of_group)
}

/// Whether a request has a constant.
fn has(uri: &Uri, headers: &HeaderMap, constant: &Constant) -> bool {
    let plain = |text| Unescape::Percent.name(text);
    let query = uri.query().unwrap_or_default();
    let mut pairs = query
        .split('&')
        .map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let mut has_pair = |name, value| {
        pairs.any(|(key, text)| plain(key) == plain(name) && plain(text) == plain(value))
    };
    match *constant {
        Constant::Query { name, value } => has_pair(name, value),
        Constant::Name(name) => has_pair(name, ""),
        Constant::Header { name, value } => headers.get_all(name).iter().any(|it| it == value),
    }
}
