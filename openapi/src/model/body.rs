//! Bodies of requests, by media type.

use indexmap::IndexMap;

use super::{
    data::{Field, Spot, Ty},
    flat::Flat,
    hint::Hint,
    names,
    operation::{Operations, Reason, input, is_token},
    types::maybe,
};
use crate::document::{Body, Encoding, Media, Schema, Type};

/// What a media type is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Format {
    /// JSON.
    Json,
    /// Lines of JSON.
    Lines,
    /// A form in a query's notation.
    Form,
    /// A form of parts.
    Multipart,
    /// Text.
    Text,
    /// Server-sent events.
    Events,
    /// Anything.
    Any,
    /// Bytes.
    Bytes,
}

/// Returns what a media type is, whatever its parameters.
pub(crate) fn format_of(media_type: &str) -> Format {
    let bare = media_type.split(';').next().unwrap_or_default().trim();
    match bare {
        "application/json" | "text/json" => Format::Json,
        "application/x-ndjson"
        | "application/jsonl"
        | "application/x-jsonl"
        | "application/ndjson"
        | "application/json-seq"
        | "application/x-json-stream" => Format::Lines,
        "application/x-www-form-urlencoded" => Format::Form,
        "multipart/form-data" => Format::Multipart,
        "text/event-stream" => Format::Events,
        "*/*" | "application/*" | "" => Format::Any,
        "application/xml"
        | "application/yaml"
        | "application/x-yaml"
        | "application/graphql"
        | "application/jwt"
        | "application/toml"
        | "application/sql" => Format::Text,
        _ if bare.ends_with("+json") => Format::Json,
        _ if bare.starts_with("text/") || bare.ends_with("+xml") || bare.ends_with("+yaml") => {
            Format::Text
        }
        _ => Format::Bytes,
    }
}

/// Whether a text is a type, a slash and a subtype, without wildcards.
fn is_media_type(text: &str) -> bool {
    let is_token = |text: &str| !text.contains('*') && is_token(text);
    text.split_once('/')
        .is_some_and(|(kind, subtype)| is_token(kind) && is_token(subtype))
}

/// The body that is declared, of several: `application/json` before other JSON, JSON before forms, forms before the rest, and
/// what says nothing last. The order of the document does not matter.
pub(crate) fn choose(content: &IndexMap<String, Media>) -> Option<(&str, &Media)> {
    let rank = |name: &str| {
        (
            format_of(name),
            !name.starts_with("application/json"),
            name.contains(';'),
            name == "application/octet-stream",
        )
    };
    let best = content.iter().min_by_key(|(name, _)| (rank(name), *name))?;
    Some((best.0, best.1))
}

impl<'a> Operations<'a, '_> {
    /// Adds the fields of the body.
    pub(super) fn body(&mut self) -> Result<(), Reason> {
        let Some(body) = &self.current.body else {
            return Ok(());
        };
        let Some((media_type, media)) = choose(&body.content) else {
            return Ok(());
        };
        if matches!(self.current.method.as_str(), "GET" | "HEAD" | "TRACE") {
            if body.required {
                return Err(format!("a body of {}", self.current.method));
            }
            self.note("a body that may be left out, of a method without one");
            return Ok(());
        }
        if body.content.len() > 1 {
            self.note("other media types of the body");
        }
        let schema = media.schema.as_ref();
        let format = match format_of(media_type) {
            Format::Any if schema.is_some_and(|schema| self.is_binary(schema)) => Format::Bytes,
            Format::Any => Format::Json,
            format => format,
        };
        match format {
            Format::Json => self.json(body, media_type, schema),
            Format::Form | Format::Multipart => self.form(body, format, media)?,
            Format::Lines => {
                let item = media.item_schema.as_ref().or(schema);
                let ty = item.map_or(Ty::Any, |schema| {
                    maybe(self.types.ty(schema, &Hint::new(&self.name, "line")))
                });
                self.whole(
                    body,
                    Ty::List(Box::new(ty)),
                    "lines",
                    media_type,
                    "application/x-ndjson",
                );
            }
            Format::Text | Format::Events => {
                self.whole(body, Ty::Text, "text", media_type, "text/plain");
            }
            Format::Bytes | Format::Any => self.whole(
                body,
                Ty::Body,
                "stream",
                media_type,
                "application/octet-stream",
            ),
        }
        Ok(())
    }

    fn json(&mut self, body: &'a Body, media_type: &str, schema: Option<&'a Schema>) {
        let ty = match schema {
            // A whole body that is `None` is not sent, which `null` would be.
            Some(schema) => self.types.ty(schema, &Hint::new(&self.name, "body")).ty,
            None => Ty::Any,
        };
        self.whole(body, ty, "", media_type, "application/json");
    }

    /// Adds a field that is the whole body.
    fn whole(&mut self, body: &Body, ty: Ty, kind: &str, media_type: &str, default: &str) {
        let bare = media_type.split(';').next().unwrap_or_default().trim();
        let mut options = Vec::new();
        if !kind.is_empty() {
            options.push(kind.to_owned());
        }
        if bare != default && is_media_type(bare) {
            options.push(format!("content_type = \"{bare}\""));
        }
        let name = self
            .taken
            .first_of(["body".to_owned(), "request_body".to_owned()]);
        self.fields.push(input(
            &name,
            "",
            ty,
            body.required,
            body.description.clone(),
            Spot::Body,
            options,
        ));
    }

    fn form(&mut self, body: &'a Body, format: Format, media: &'a Media) -> Result<(), Reason> {
        let Some(schema) = &media.schema else {
            return Err("a form without declared members".to_owned());
        };
        let flat = self.with_alternatives(schema);
        if flat.properties.is_empty() {
            if format == Format::Multipart {
                self.files();
                return Ok(());
            }
            let ty = Ty::Map(Box::new(Ty::Text));
            let name = self.taken.first_of(["body".to_owned(), "form".to_owned()]);
            self.fields.push(input(
                &name,
                "",
                ty,
                body.required,
                body.description.clone(),
                Spot::Body,
                vec!["form".to_owned()],
            ));
            return Ok(());
        }
        for (name, property) in &flat.properties {
            if property.read_only {
                continue;
            }
            let encoding = media.encoding.get(*name).cloned().unwrap_or_default();
            let required = flat.required.contains(name);
            if format == Format::Multipart {
                self.part(name, property, required, &encoding);
            } else {
                self.member(name, property, required, &encoding)?;
            }
        }
        Ok(())
    }

    /// A form of parts that the document does not name: most often files.
    fn files(&mut self) {
        let name = self.taken.first_of(["file".to_owned(), "files".to_owned()]);
        let ty = Ty::List(Box::new(Ty::Part));
        self.fields
            .push(input(&name, "file", ty, true, None, Spot::Part, Vec::new()));
        self.report.guessed.push(crate::report::Remark {
            operation: self.id.clone(),
            place: self.current.place,
            text: "the parts of the body: files, in parts called `file`".to_owned(),
        });
    }

    /// The members of a form, those of alternatives too.
    fn with_alternatives(&self, schema: &'a Schema) -> Flat<'a> {
        let document = self.types.document;
        let mut flat = document.flat(schema);
        for union in flat.unions.clone() {
            for alternative in union.alternatives {
                for (name, property) in document.flat(alternative).properties {
                    flat.properties.entry(name).or_insert(property);
                }
            }
        }
        flat
    }

    fn member(
        &mut self,
        name: &'a str,
        property: &'a Schema,
        required: bool,
        encoding: &Encoding,
    ) -> Result<(), Reason> {
        let field = self.named_field(name, property, "form", required);
        let is_json = encoding
            .content_type
            .as_deref()
            .is_some_and(|media| format_of(media) == Format::Json);
        let option = if is_json {
            Some("json".to_owned())
        } else {
            self.types
                .style(&field.ty, encoding.style.as_deref(), encoding.explode)?
        };
        self.fields.push(super::data::Input {
            field,
            spot: Spot::Form,
            options: option.into_iter().collect(),
        });
        Ok(())
    }

    /// The field of a member or part, under another name if a parameter has its own.
    fn named_field(
        &mut self,
        name: &'a str,
        property: &'a Schema,
        prefix: &str,
        required: bool,
    ) -> Field {
        let hint = Hint::new(&self.name, name);
        let mut field = self
            .types
            .field(name, property, &hint, &mut names::Taken::default());
        field.name = self
            .taken
            .first_of([field.name.clone(), format!("{prefix}_{}", field.name)]);
        field.required = required;
        field.nullable = false;
        field
    }

    fn part(&mut self, name: &'a str, property: &'a Schema, required: bool, encoding: &Encoding) {
        let items = self.types.document.flat(property).items;
        let mut field = self.named_field(name, property, "part", required);
        let mut options = Vec::new();
        if self.is_binary(property) {
            field.ty = Ty::Part;
        } else if items.is_some_and(|items| self.is_binary(items)) {
            field.ty = Ty::List(Box::new(Ty::Part));
        } else {
            let is_json = encoding
                .content_type
                .as_deref()
                .is_some_and(|media| format_of(media) == Format::Json);
            if is_json
                || field.ty == Ty::Any
                || self.types.has_objects(&field.ty)
                || matches!(&field.ty, Ty::List(item) if matches!(**item, Ty::List(_) | Ty::Any))
            {
                options.push("content_type = \"application/json\"".to_owned());
            }
        }
        self.fields.push(super::data::Input {
            field,
            spot: Spot::Part,
            options,
        });
    }

    /// Whether a value is bytes, or may be.
    fn is_binary(&self, schema: &'a Schema) -> bool {
        let flat = self.types.document.flat(schema);
        let is_text = matches!(flat.types.as_slice(), [] | [Type::String]);
        (is_text && flat.format == Some("binary"))
            || flat.unions.iter().any(|union| {
                union
                    .alternatives
                    .iter()
                    .any(|alternative| self.is_binary(alternative))
            })
    }
}
