//! Reads operations: parameters, bodies, responses.

use indexmap::IndexMap;

use super::{
    Body, Encoding, Location, Media, Operation, Parameter, Response, Schema, Server, Status,
    read::servers,
    schema::{Schemas, place},
};
use crate::{Error, source::Node};

/// How many references may follow each other.
const MAX_STEPS: usize = 32;

/// What holds for all operations of a document or of a path, unless they say something else.
#[derive(Clone, Copy)]
pub(super) struct Shared<'a> {
    pub(super) path: &'a str,
    pub(super) item: Node<'a>,
    pub(super) security: &'a [Vec<String>],
}

/// Follows references, of anything that is not a schema.
pub(super) fn follow<'a>(schemas: &Schemas<'a>, mut node: Node<'a>) -> Result<Node<'a>, Error> {
    let start = node;
    for _ in 0..MAX_STEPS {
        let Some(reference) = node.text("$ref") else {
            return Ok(node);
        };
        node = schemas.sources.resolve(node, reference)?.node;
    }
    Err(schemas
        .sources
        .error(start, "the reference refers to itself"))
}

pub(super) fn operation<'a>(
    schemas: &mut Schemas<'a>,
    shared: Shared<'a>,
    method: &str,
    node: Node<'a>,
) -> Result<Operation, Error> {
    let text = |name: &str| {
        let own = node.text(name).or_else(|| shared.item.text(name));
        own.map(str::to_owned)
    };
    let mut parameters: Vec<Parameter> = Vec::new();
    for node in shared
        .item
        .items("parameters")
        .chain(node.items("parameters"))
    {
        let Some(parameter) = parameter(schemas, node)? else {
            continue;
        };
        let same = |other: &Parameter| {
            other.name == parameter.name && other.location == parameter.location
        };
        match parameters.iter_mut().find(|other| same(other)) {
            Some(other) => *other = parameter,
            None => parameters.push(parameter),
        }
    }
    let body = node
        .get("requestBody")
        .map(|node| body(schemas, node))
        .transpose()?;
    let mut responses = Vec::new();
    for (status, node) in node.members("responses") {
        if !status.starts_with("x-") {
            responses.push(response(schemas, status, node)?);
        }
    }
    let own = node.get("servers").or_else(|| shared.item.get("servers"));
    Ok(Operation {
        place: place(node),
        id: node
            .text("operationId")
            .filter(|id| !id.trim().is_empty())
            .map(str::to_owned),
        method: method.to_owned(),
        path: shared.path.to_owned(),
        tags: node
            .items("tags")
            .filter_map(|tag| tag.value.as_str())
            .map(str::to_owned)
            .collect(),
        summary: text("summary"),
        description: text("description"),
        deprecated: node.flag("deprecated"),
        parameters,
        body,
        responses,
        security: security(node).unwrap_or_else(|| shared.security.to_vec()),
        servers: own
            .map(|node| servers(node.value))
            .filter(|servers: &Vec<Server>| !servers.is_empty()),
    })
}

/// The alternatives of security schemes that a document or an operation names.
pub(super) fn security(node: Node<'_>) -> Option<Vec<Vec<String>>> {
    node.get("security")?;
    let alternatives = node.items("security").map(|alternative| {
        let names = alternative
            .value
            .as_object()
            .into_iter()
            .flat_map(|object| object.keys().cloned());
        names.collect()
    });
    Some(alternatives.collect())
}

fn parameter<'a>(schemas: &mut Schemas<'a>, node: Node<'a>) -> Result<Option<Parameter>, Error> {
    let node = follow(schemas, node)?;
    let (Some(name), Some(location)) = (node.text("name"), node.text("in")) else {
        return Err(schemas
            .sources
            .error(node, "a parameter has a `name`, and its location in `in`"));
    };
    let location = match location {
        "path" => Location::Path,
        "query" | "querystring" => Location::Query,
        "header" => Location::Header,
        "cookie" => Location::Cookie,
        other => {
            let message = format!(
                "`{other}` is not the location of a parameter: `path`, `query`, `header` or `cookie`"
            );
            return Err(schemas.sources.error(node, message));
        }
    };
    // OpenAPI: these headers are said elsewhere, so a parameter of that name is ignored.
    let is_ignored = ["accept", "content-type", "authorization"]
        .iter()
        .any(|header| header.eq_ignore_ascii_case(name));
    if location == Location::Header && is_ignored {
        return Ok(None);
    }
    let content = node.members("content").next();
    let schema = match content.map_or(node, |(_, media)| media).get("schema") {
        Some(schema) => schemas.schema(schema)?,
        None => Schema::default(),
    };
    Ok(Some(Parameter {
        place: place(node),
        name: name.to_owned(),
        location,
        required: location == Location::Path || node.flag("required"),
        deprecated: node.flag("deprecated"),
        description: node.text("description").map(str::to_owned),
        style: node.text("style").map(str::to_owned),
        explode: node.get("explode").and_then(|it| it.value.as_bool()),
        allow_empty: node.flag("allowEmptyValue"),
        is_content: content.is_some(),
        schema,
    }))
}

fn body<'a>(schemas: &mut Schemas<'a>, node: Node<'a>) -> Result<Body, Error> {
    let node = follow(schemas, node)?;
    Ok(Body {
        place: place(node),
        required: node.flag("required"),
        description: node.text("description").map(str::to_owned),
        content: content(schemas, node)?,
    })
}

fn response<'a>(
    schemas: &mut Schemas<'a>,
    status: &str,
    node: Node<'a>,
) -> Result<Response, Error> {
    let node = follow(schemas, node)?;
    let class = |class: &str| class.parse().ok().filter(|class| (1..=5).contains(class));
    let parsed = match status
        .strip_suffix("XX")
        .or_else(|| status.strip_suffix("xx"))
    {
        Some(text) => class(text).map(Status::Class),
        None if status == "default" => Some(Status::Default),
        None => status
            .parse()
            .ok()
            .filter(|code| (100..=599).contains(code))
            .map(Status::Code),
    };
    let Some(status) = parsed else {
        let message = format!(
            "`{status}` is not a status: write a code, a class such as `2XX`, or `default`"
        );
        return Err(schemas.sources.error(node, message));
    };
    Ok(Response {
        place: place(node),
        status,
        description: node.text("description").map(str::to_owned),
        headers: node
            .members("headers")
            .map(|(name, _)| name.to_owned())
            .collect(),
        content: content(schemas, node)?,
    })
}

fn content<'a>(
    schemas: &mut Schemas<'a>,
    node: Node<'a>,
) -> Result<IndexMap<String, Media>, Error> {
    let mut content = IndexMap::new();
    for (name, media) in node.members("content") {
        let media = follow(schemas, media)?;
        let schema = media
            .get("schema")
            .map(|node| schemas.schema(node))
            .transpose()?;
        let item_schema = media
            .get("itemSchema")
            .map(|node| schemas.schema(node))
            .transpose()?;
        let sentinel = media.text("x-speakeasy-sse-sentinel").map(str::to_owned);
        let encoding = media.members("encoding").map(|(name, node)| {
            let encoding = Encoding {
                content_type: node.text("contentType").map(str::to_owned),
                style: node.text("style").map(str::to_owned),
                explode: node.get("explode").and_then(|it| it.value.as_bool()),
            };
            (name.to_owned(), encoding)
        });
        let media = Media {
            schema,
            item_schema,
            sentinel,
            encoding: encoding.collect(),
        };
        content.insert(name.to_ascii_lowercase(), media);
    }
    Ok(content)
}
