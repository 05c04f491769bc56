//! Operations: their names, paths and parameters.

use indexmap::IndexSet;

use super::{
    data::{Content, Input, Kind, Operation, Spot, Ty},
    hint::Hint,
    names::{self, Taken},
    types::Types,
    verbs,
};
use crate::text::add;
use crate::{
    document::{self, Location, Parameter, Scheme},
    report::Report,
    text::{first_paragraph, repeats},
};

/// Why an operation is not declared.
pub(crate) type Reason = String;

/// Query parameters that are always the same; those without a value are a name alone.
type Constants = Vec<(String, Option<String>)>;

/// Headers that a request does not declare.
const FRAMING: [&str; 9] = [
    "host",
    "content-length",
    "transfer-encoding",
    "connection",
    "cookie",
    "upgrade",
    "te",
    "trailer",
    "keep-alive",
];

/// Makes operations, one after the other.
pub(crate) struct Operations<'a, 'm> {
    pub(crate) types: &'m mut Types<'a>,
    pub(crate) report: &'m mut Report,
    /// The operation that is being made.
    pub(crate) current: &'a document::Operation,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) taken: Taken,
    pub(crate) fields: Vec<Input>,
    pub(crate) headers: Vec<(String, String)>,
}

/// What tells an operation from the others.
pub(crate) struct Named {
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) wire_name: Option<String>,
    pub(crate) module: usize,
}

impl<'a> Operations<'a, '_> {
    pub(crate) fn operation(mut self, named: Named) -> Result<Operation, Reason> {
        let operation = self.current;
        if self.own_server().is_some() {
            self.note("a server of its own");
        }
        if !is_token(&operation.method) || operation.method.eq_ignore_ascii_case("connect") {
            return Err("a method that is not allowed".to_owned());
        }
        let (path, constants) = self.path()?;
        let mut idempotency_key = None;
        let mut seen = IndexSet::new();
        for parameter in &operation.parameters {
            let key = match parameter.location {
                Location::Path => continue,
                Location::Header => parameter.name.to_ascii_lowercase(),
                _ => parameter.name.clone(),
            };
            if parameter.location == Location::Header && key == "idempotency-key" {
                idempotency_key = Some(parameter.name.clone());
            } else if !seen.insert((parameter.location, key)) {
                self.note("a parameter that is there twice");
            } else {
                self.parameter(parameter)?;
            }
        }
        let (events, response, may_be_empty) = self.response();
        self.body()?;
        Ok(Operation {
            name: named.name,
            id: named.id,
            place: operation.place,
            wire_name: named.wire_name,
            docs: self.docs(),
            deprecated: operation.deprecated,
            method: operation.method.clone(),
            path,
            constants,
            fields_in: None,
            fields: self.fields,
            response,
            may_be_empty,
            error: None,
            events,
            paginate: None,
            auth: None,
            idempotency_key,
            headers: self.headers,
            is_second: false,
            module: named.module,
        })
    }

    /// What the operation is about.
    pub(crate) fn noun(&self) -> String {
        verbs::noun_of(&self.name, self.current)
    }

    /// The URL that the operation is at, if it is not that of the API.
    fn own_server(&self) -> Option<&'a str> {
        let own = self.current.servers.as_ref()?.first()?;
        let usual = super::shared::base_url(self.types.document)?;
        (own.url.trim_end_matches('/') != usual.trim_end_matches('/')).then_some(&own.url)
    }

    fn docs(&self) -> String {
        let docs = docs(self.current, &self.name);
        match self.own_server() {
            Some(url) => {
                format!("{docs}\n\nThe operation is at {url}: send it with `Call::base_url`.")
            }
            None => docs,
        }
    }

    pub(crate) fn note(&mut self, text: &str) {
        self.report.notes.push(crate::report::Remark {
            operation: self.id.clone(),
            place: self.current.place,
            text: text.to_owned(),
        });
    }

    /// The path with the names of fields, and what the path of the document has of a query.
    fn path(&mut self) -> Result<(String, Constants), Reason> {
        let (path, query) = self
            .current
            .path
            .split_once(['?', '#'])
            .unwrap_or((&self.current.path, ""));
        let is_fragment = self.current.path[path.len()..].starts_with('#');
        let mut built = String::new();
        let mut rest = path;
        while let Some((text, after)) = rest.split_once('{') {
            built.push_str(&escaped(text));
            let Some((name, after)) = after.split_once('}') else {
                return Err("a placeholder that is not closed".to_owned());
            };
            let field = self.placeholder(name)?;
            add!(built, "{{{field}}}");
            rest = after;
        }
        built.push_str(&escaped(rest));
        let built = if built.starts_with('/') || built.is_empty() {
            built
        } else {
            format!("/{built}")
        };
        if built.contains("//") {
            return Err("a path with an empty segment".to_owned());
        }
        let mut constants = Vec::new();
        for pair in query
            .split('&')
            .filter(|pair| !pair.is_empty() && !is_fragment)
        {
            if pair.contains('{') {
                return Err("a placeholder in the query of a path".to_owned());
            }
            let (name, value) = pair
                .split_once('=')
                .map_or((pair, None), |(name, value)| (name, Some(value.to_owned())));
            constants.push((name.to_owned(), value));
        }
        Ok((built, constants))
    }

    fn placeholder(&mut self, name: &str) -> Result<String, Reason> {
        // Some documents write `{path*}` for a value of several segments.
        let bare = name.trim_matches(['*', '+']);
        let found = self.current.parameters.iter().find(|parameter| {
            parameter.location == Location::Path && parameter.name.trim_matches(['*', '+']) == bare
        });
        let mut options = Vec::new();
        let (ty, docs) = match found {
            Some(parameter) => {
                match parameter.style.as_deref() {
                    None | Some("simple") => {}
                    Some(style) => return Err(format!("a path parameter of style `{style}`")),
                }
                let typed = self
                    .types
                    .ty(&parameter.schema, &Hint::new(&self.name, &parameter.name));
                if self.types.has_objects(&typed.ty) && parameter.explode == Some(true) {
                    options.push("explode".to_owned());
                }
                (typed.ty, parameter.description.clone())
            }
            None => (Ty::Text, None),
        };
        let ty = match ty {
            Ty::Any | Ty::Object | Ty::Maybe(_) | Ty::Constant(_) => Ty::Text,
            ty => ty,
        };
        let field = names::field(bare);
        if !self.taken.take(&field) {
            return Err("a placeholder that is in the path twice".to_owned());
        }
        self.fields
            .push(input(&field, &field, ty, true, docs, Spot::Path, options));
        Ok(field)
    }

    fn parameter(&mut self, parameter: &'a Parameter) -> Result<(), Reason> {
        let typed = self
            .types
            .ty(&parameter.schema, &Hint::new(&self.name, &parameter.name));
        let mut ty = typed.ty;
        let mut options = Vec::new();
        let spot = match parameter.location {
            Location::Query => {
                options.extend(self.query_style(&ty, parameter)?);
                Spot::Query
            }
            Location::Header => {
                if !is_token(&parameter.name)
                    || FRAMING.contains(&parameter.name.to_ascii_lowercase().as_str())
                {
                    self.note("a header that a request does not declare");
                    return Ok(());
                }
                if parameter.is_content {
                    options.push("json".to_owned());
                } else if self.types.has_objects(&ty) && parameter.explode == Some(true) {
                    options.push("explode".to_owned());
                }
                Spot::Header
            }
            Location::Cookie => {
                if !is_token(&parameter.name) {
                    self.note("a cookie whose name is not allowed");
                    return Ok(());
                }
                if !matches!(ty, Ty::Bool | Ty::I32 | Ty::I64 | Ty::U64 | Ty::Secret) {
                    ty = Ty::Text;
                }
                Spot::Cookie
            }
            Location::Path => return Ok(()),
        };
        if self.is_key(parameter) && ty == Ty::Text {
            ty = Ty::Secret;
        }
        self.add(parameter, ty, spot, options);
        Ok(())
    }

    /// Whether a parameter has the key of a security scheme.
    fn is_key(&self, parameter: &Parameter) -> bool {
        let mut schemes = self.types.document.schemes.values();
        schemes.any(|scheme| {
            matches!(scheme, Scheme::Key { location, name }
                if *location == parameter.location && *name == parameter.name)
        })
    }

    /// Adds the field of a parameter.
    fn add(&mut self, parameter: &'a Parameter, ty: Ty, spot: Spot, options: Vec<String>) {
        let field = self.taken.first_of([
            names::field(&parameter.name),
            format!("{}_{}", spot.word(), names::field(&parameter.name)),
        ]);
        let own = parameter.description.as_ref();
        let docs = self.types.described(
            own.or(parameter.schema.description.as_ref()),
            &parameter.schema,
            parameter.deprecated,
        );
        let required = parameter.required;
        let mut made = input(&field, &parameter.name, ty, required, docs, spot, options);
        made.field.deprecated = parameter.deprecated;
        self.fields.push(made);
    }

    /// The options by which a value is in a query.
    fn query_style(&self, ty: &Ty, parameter: &Parameter) -> Result<Option<String>, Reason> {
        if parameter.is_content {
            return Ok(Some("json".to_owned()));
        }
        self.types
            .style(ty, parameter.style.as_deref(), parameter.explode)
    }
}

impl Types<'_> {
    /// The option of a value in a query or a form, by the style of the document.
    pub(crate) fn style(
        &self,
        ty: &Ty,
        style: Option<&str>,
        explode: Option<bool>,
    ) -> Result<Option<String>, Reason> {
        let has_objects = self.has_objects(ty);
        let is_object = matches!(ty, Ty::Map(_) | Ty::Object)
            || matches!(ty, Ty::Def(index) if matches!(self.defs[*index].kind, Kind::Struct(_)));
        let is_list = matches!(ty, Ty::List(_));
        let word = match style.unwrap_or("form") {
            "form" if is_object && self.is_nested(ty) => "style = brackets",
            "form" if is_object && explode == Some(false) => "explode = false",
            "form" if is_object => "style = form",
            "form" if has_objects => "style = brackets",
            "form" if is_list && explode == Some(false) => "explode = false",
            "spaceDelimited" if is_list && explode != Some(true) => "style = space",
            "pipeDelimited" if is_list && explode != Some(true) => "style = pipe",
            "form" | "spaceDelimited" | "pipeDelimited" => return Ok(None),
            "deepObject" if is_object && !self.is_nested(ty) => "style = deep",
            "deepObject" => "style = brackets",
            other => return Err(format!("a query parameter of style `{other}`")),
        };
        Ok(Some(word.to_owned()))
    }

    /// Whether a value may have an object in it.
    pub(crate) fn has_objects(&self, ty: &Ty) -> bool {
        self.any_in(ty, 0, &|ty| matches!(ty, Ty::Map(_) | Ty::Object) || matches!(ty, Ty::Def(index) if matches!(self.defs[*index].kind, Kind::Struct(_) | Kind::Pending)))
    }

    /// Whether members of an object may be lists or objects.
    fn is_nested(&self, ty: &Ty) -> bool {
        let is_deep = |ty: &Ty| matches!(ty, Ty::List(_) | Ty::Any) || self.has_objects(ty);
        match ty {
            Ty::Map(values) => is_deep(values),
            Ty::Object => true,
            Ty::Def(index) => match &self.defs[*index].kind {
                Kind::Struct(fields) => fields.iter().any(|field| is_deep(&field.ty)),
                _ => true,
            },
            _ => false,
        }
    }

    fn any_in(&self, ty: &Ty, depth: usize, test: &dyn Fn(&Ty) -> bool) -> bool {
        if depth > 16 {
            return true;
        }
        test(ty)
            || match ty {
                Ty::List(inner) | Ty::Maybe(inner) => self.any_in(inner, depth + 1, test),
                Ty::Def(index) => match &self.defs[*index].kind {
                    Kind::Union { variants, .. } => variants
                        .iter()
                        .any(|variant| self.any_in(&variant.ty, depth + 1, test)),
                    _ => false,
                },
                _ => false,
            }
    }
}

/// Makes a field of an operation.
pub(crate) fn input(
    name: &str,
    wire: &str,
    ty: Ty,
    required: bool,
    docs: Option<String>,
    spot: Spot,
    options: Vec<String>,
) -> Input {
    Input {
        field: super::data::Field {
            name: name.to_owned(),
            wire: wire.to_owned(),
            ty,
            required,
            nullable: false,
            docs,
            deprecated: false,
            read_only: false,
            write_only: false,
            boxed: false,
            flatten: false,
        },
        spot,
        options,
    }
}

/// What the document says about an operation: the line, and the first paragraph of the description.
fn docs(operation: &document::Operation, name: &str) -> String {
    let summary = operation.summary.as_deref().unwrap_or_default().trim();
    let description = operation.description.as_deref().unwrap_or_default();
    let description = first_paragraph(description);
    match (summary, description) {
        ("", "") => format!("`{} {}`.", operation.method, operation.path),
        ("", only) | (only, "") => only.to_owned(),
        (summary, description)
            if description.starts_with(summary.trim_end_matches('.'))
                || repeats(summary, &[description, name]) =>
        {
            description.to_owned()
        }
        (summary, description) => {
            format!("{}.\n\n{description}", summary.trim_end_matches('.'))
        }
    }
}

/// Whether a text is a token of HTTP: a method, or the name of a header or a cookie.
pub(crate) fn is_token(text: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&byte);
    !text.is_empty() && text.bytes().all(is_allowed)
}

/// Text of a path, whose other characters are percent-encoded.
fn escaped(text: &str) -> String {
    let mut path = String::new();
    for (index, byte) in text.bytes().enumerate() {
        let is_escape = || {
            text.get(index + 1..index + 3)
                .is_some_and(|hex| hex.bytes().all(|byte| byte.is_ascii_hexdigit()))
        };
        let is_kept = byte.is_ascii_alphanumeric() || b"-._~!$&'()*+,;=:@/".contains(&byte);
        if is_kept || (byte == b'%' && is_escape()) {
            path.push(char::from(byte));
        } else {
            add!(path, "%{byte:02X}");
        }
    }
    path
}

impl Content {
    /// The types of the body.
    pub(crate) fn ty(&self) -> Option<&Ty> {
        match self {
            Self::Json(ty) | Self::Lines(ty) => Some(ty),
            _ => None,
        }
    }
}
