//! What operations share: a group with the errors and headers of all, and the credentials that most of them need.

use indexmap::IndexMap;

use super::{
    data::{Content, Def, Group, Input, Kind, Name, Operation, Outcome, Spot, Ty},
    names,
    response::distinct,
    types::Types,
};
use crate::document::{self, Document};

/// Makes the group, and takes what is in it from the operations. `errors` has those of each operation.
pub(crate) fn group(
    types: &mut Types<'_>,
    operations: &mut [Operation],
    mut errors: Vec<Vec<Outcome>>,
) -> Option<Group> {
    let name = api_name(&types.document.title);
    let common = common_errors(&errors);
    let group_error = error_type(
        types,
        common.values().cloned().collect(),
        &format!("{name}Error"),
    );
    let mut equal: IndexMap<Vec<Outcome>, Ty> = IndexMap::new();
    for (operation, own) in operations.iter_mut().zip(&mut errors) {
        let is_common = own.iter().all(|outcome| {
            common
                .get(&outcome.statuses)
                .is_some_and(|other| other.content == outcome.content)
        });
        if is_common {
            continue;
        }
        let mut key = own.clone();
        for outcome in &mut key {
            outcome.docs = None;
        }
        if let Some(ty) = equal.get(&key) {
            operation.error = Some(ty.clone());
        } else if let Some(ty) = error_type(
            types,
            std::mem::take(own),
            &format!("{}Error", operation.name),
        ) {
            equal.insert(key, ty.clone());
            operation.error = Some(ty);
        }
    }
    let fields = common_headers(operations);
    if group_error.is_none() && fields.is_empty() {
        return None;
    }
    Some(Group {
        name,
        fields,
        error: group_error,
    })
}

/// The most frequent error of each status.
fn common_errors(errors: &[Vec<Outcome>]) -> IndexMap<Vec<String>, Outcome> {
    let mut counts: IndexMap<Vec<String>, IndexMap<Content, (usize, Outcome)>> = IndexMap::new();
    for outcome in errors.iter().flatten() {
        let contents = counts.entry(outcome.statuses.clone()).or_default();
        contents
            .entry(outcome.content.clone())
            .or_insert_with(|| (0, outcome.clone()))
            .0 += 1;
    }
    counts.sort_by(|a, _, b, _| (a.is_empty(), a).cmp(&(b.is_empty(), b)));
    let most = counts.into_iter().filter_map(|(statuses, contents)| {
        let (_, (_, mut outcome)) = contents
            .into_iter()
            .rev()
            .max_by_key(|(_, (count, _))| *count)?;
        // What one operation says of its error does not hold for all.
        outcome.docs = None;
        Some((statuses, outcome))
    });
    most.collect()
}

/// The type of errors: that of all statuses, or an enum.
fn error_type(types: &mut Types<'_>, mut outcomes: Vec<Outcome>, name: &str) -> Option<Ty> {
    outcomes.retain(|outcome| outcome.content != Content::Empty);
    let first = outcomes.first()?.content.clone();
    if outcomes.iter().all(|outcome| outcome.content == first) {
        return first.ty().cloned();
    }
    distinct(&mut outcomes);
    types.defs.push(Def {
        name: String::new(),
        names: vec![Name::new(name)],
        is_named: false,
        docs: Some(
            "What the API responds where it does not do what it was asked for, by status."
                .to_owned(),
        ),
        place: document::Place::default(),
        kind: Kind::Errors(outcomes),
        is_sent: false,
        is_received: false,
        is_told_by_members: false,
        module: 0,
        has_default: false,
    });
    Some(Ty::Def(types.defs.len() - 1))
}

/// Optional headers that nearly all operations have.
fn common_headers(operations: &mut [Operation]) -> Vec<Input> {
    let mut counts: IndexMap<String, (usize, Input)> = IndexMap::new();
    for input in operations.iter().flat_map(|operation| &operation.fields) {
        if is_shared(input) {
            let wire = input.field.wire.to_ascii_lowercase();
            counts.entry(wire).or_insert_with(|| (0, input.clone())).0 += 1;
        }
    }
    let all = operations.len();
    counts.retain(|_, (count, _)| all > 1 && *count * 10 >= all * 8);
    for operation in operations.iter_mut() {
        operation.fields.retain(|input| {
            !is_shared(input) || !counts.contains_key(&input.field.wire.to_ascii_lowercase())
        });
    }
    counts.into_values().map(|(_, input)| input).collect()
}

fn is_shared(input: &Input) -> bool {
    input.spot == Spot::Header
        && !input.field.required
        && matches!(input.field.ty, Ty::Text | Ty::Secret)
}

/// Says which credentials an operation needs, unless it is what most operations need.
pub(crate) fn credentials(
    document: &Document,
    sources: &[&document::Operation],
    operations: &mut [Operation],
) {
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for name in document
        .operations
        .iter()
        .flat_map(|operation| &operation.security)
        .flatten()
    {
        *counts.entry(name).or_default() += 1;
    }
    let usual = counts
        .iter()
        .max_by_key(|(_, count)| **count)
        .map(|(name, _)| *name);
    for (source, operation) in sources.iter().zip(operations) {
        let alternatives = &source.security;
        if alternatives.is_empty() {
            // No operation names credentials if the document does not.
            operation.auth = usual.map(|_| "none".to_owned());
            continue;
        }
        let is_usual = alternatives
            .iter()
            .any(|names| names.is_empty() || names.iter().any(|name| Some(name.as_str()) == usual));
        if let (false, Some([name])) = (is_usual, alternatives.first().map(Vec::as_slice)) {
            let name = names::field(name);
            // The words of `auth` are not names.
            let is_word = ["required", "optional", "none"].contains(&name.as_str());
            operation.auth = Some(if is_word {
                format!("{name}_scheme")
            } else {
                names::raw(&name)
            });
        }
    }
}

/// The URL of the API: that of the document, or else the one that most operations have.
pub(crate) fn base_url(document: &Document) -> Option<&str> {
    let is_whole = |url: &str| url.starts_with("https://") || url.starts_with("http://");
    let own = document.servers.first().map(|server| server.url.as_str());
    if own.is_some_and(is_whole) {
        return own;
    }
    let operations = document.operations.iter();
    let servers = operations.filter_map(|operation| operation.servers.as_ref()?.first());
    let mut counts: IndexMap<&str, usize> = IndexMap::new();
    for server in servers.filter(|server| is_whole(&server.url)) {
        *counts.entry(&server.url).or_default() += 1;
    }
    let most = counts.into_iter().rev().max_by_key(|(_, count)| *count);
    most.map(|(url, _)| url).or(own)
}

/// The name of the API.
pub(crate) fn api_name(title: &str) -> String {
    let title = title.replace("'s ", " ");
    let words = title.split(|c: char| !c.is_alphanumeric()).filter(|word| {
        let lower = word.to_ascii_lowercase();
        let is_version = lower
            .strip_prefix('v')
            .unwrap_or(&lower)
            .starts_with(|c: char| c.is_ascii_digit());
        !word.is_empty()
            && !is_version
            && !matches!(
                lower.as_str(),
                "api"
                    | "apis"
                    | "rest"
                    | "the"
                    | "public"
                    | "web"
                    | "documentation"
                    | "reference"
                    | "openapi"
                    | "spec"
                    | "specification"
                    | "official"
            )
    });
    let name = words.take(3).collect::<Vec<_>>().join(" ");
    if name.is_empty() {
        "Api".to_owned()
    } else {
        names::type_name(&name)
    }
}
