//! Reads the document around the operations.

use indexmap::IndexMap;

use super::{
    Document, Location, Scheme, Server,
    operation::{Shared, follow, operation, security},
    schema::Schemas,
};
use crate::{
    Error, Sources,
    source::{Data, Node, Value},
};

/// The members of a path that are operations.
const METHODS: [&str; 9] = [
    "get", "put", "post", "delete", "options", "head", "patch", "trace", "query",
];

pub(super) fn document(sources: &Sources) -> Result<Document, Error> {
    let root = sources.root();
    check_version(sources, root)?;
    let mut schemas = Schemas::new(sources);
    let security = security(root).unwrap_or_default();
    let mut operations = Vec::new();
    for (path, item) in root.members("paths") {
        if path.starts_with("x-") {
            continue;
        }
        if !matches!(item.value.data, Data::Object(_)) {
            return Err(sources.error(
                item,
                format!("a path is an object, not {}", item.value.kind()),
            ));
        }
        let shared = Shared {
            path,
            item: follow(&schemas, item)?,
            security: &security,
        };
        for method in METHODS {
            if let Some(node) = shared.item.get(method) {
                operations.push(operation(
                    &mut schemas,
                    shared,
                    &method.to_uppercase(),
                    node,
                )?);
            }
        }
        for (method, node) in shared.item.members("additionalOperations") {
            operations.push(operation(&mut schemas, shared, method, node)?);
        }
    }
    let info = root.get("info");
    let text = |name: &str| info.and_then(|info| info.text(name)).map(str::to_owned);
    let tags = root.items("tags").filter_map(|tag| {
        let name = tag.text("name")?.to_owned();
        Some((
            name,
            tag.text("description").or(tag.text("summary"))?.to_owned(),
        ))
    });
    Ok(Document {
        title: text("title").unwrap_or_default(),
        description: text("description"),
        servers: root
            .get("servers")
            .map(|node| servers(node.value))
            .unwrap_or_default(),
        schemes: schemes(&schemas, root)?,
        tags: tags.collect(),
        operations,
        schemas: schemas.finish()?,
    })
}

fn check_version(sources: &Sources, root: Node<'_>) -> Result<(), Error> {
    if let Some(version) = root.get("swagger") {
        let message = "Swagger 2.0 is not supported: convert the document to OpenAPI 3, for example with `npx swagger2openapi`";
        return Err(sources.error(version, message));
    }
    let Some(version) = root.get("openapi") else {
        return Err(sources.error(root, "this is not an OpenAPI document: it has no `openapi`"));
    };
    let is_known = version.value.as_str().is_some_and(|text| {
        ["3.0", "3.1", "3.2"]
            .iter()
            .any(|known| text.starts_with(known))
    });
    if !is_known {
        return Err(sources.error(
            version,
            "this version of OpenAPI is not supported: 3.0, 3.1 and 3.2 are",
        ));
    }
    Ok(())
}

/// The URLs of a list of servers, with the default values of their variables.
pub(super) fn servers(list: &Value) -> Vec<Server> {
    let servers = list
        .as_list()
        .unwrap_or_default()
        .iter()
        .filter_map(|server| {
            let mut url = server.get("url")?.as_str()?.to_owned();
            let variables = server.get("variables").and_then(Value::as_object);
            for (name, variable) in variables.into_iter().flatten() {
                if let Some(default) = variable.get("default").and_then(Value::as_str) {
                    url = url.replace(&format!("{{{name}}}"), default);
                }
            }
            let description = server.get("description").and_then(Value::as_str);
            Some(Server {
                url,
                description: description.map(str::to_owned),
            })
        });
    servers.collect()
}

fn schemes<'a>(schemas: &Schemas<'a>, root: Node<'a>) -> Result<IndexMap<String, Scheme>, Error> {
    let Some(components) = root.get("components") else {
        return Ok(IndexMap::new());
    };
    let mut read = IndexMap::new();
    for (name, node) in components.members("securitySchemes") {
        let node = follow(schemas, node)?;
        let location = match node.text("in") {
            Some("query") => Some(Location::Query),
            Some("header") => Some(Location::Header),
            Some("cookie") => Some(Location::Cookie),
            _ => None,
        };
        let scheme = match (node.text("type"), location, node.text("name")) {
            (Some("apiKey"), Some(location), Some(name)) => Scheme::Key {
                location,
                name: name.to_owned(),
            },
            _ => Scheme::Other,
        };
        read.insert(name.to_owned(), scheme);
    }
    Ok(read)
}
