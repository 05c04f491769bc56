//! The text of types.

use super::docs;
use crate::model::{Content, Def, Field, Kind, Outcome, Rule, Text, Ty, Variant, raw};
use crate::text::add;

/// Several arguments of an attribute that are wider are written below each other by rustfmt.
pub(super) const ATTRIBUTE_WIDTH: usize = 70;
/// What is wider is broken by rustfmt.
const WIDTH: usize = 100;

/// Writes types, with the names of others.
#[derive(Clone, Copy)]
pub(super) struct Writer<'a> {
    pub(super) types: &'a [Def],
    /// Whether requests are read too, and responses written.
    pub(super) is_read: bool,
}

impl Writer<'_> {
    /// Returns a type as it is written.
    pub(super) fn ty(self, ty: &Ty) -> String {
        match ty {
            Ty::Bool => "bool".to_owned(),
            Ty::I32 => "i32".to_owned(),
            Ty::I64 => "i64".to_owned(),
            Ty::U64 => "u64".to_owned(),
            Ty::F64 => "f64".to_owned(),
            Ty::Text | Ty::Constant(_) => "String".to_owned(),
            Ty::Secret => "Secret<String>".to_owned(),
            Ty::Any => "serde_json::Value".to_owned(),
            Ty::Object => "serde_json::Map<String, serde_json::Value>".to_owned(),
            Ty::Part => "Part".to_owned(),
            Ty::Body => "Body".to_owned(),
            Ty::List(item) => format!("Vec<{}>", self.ty(item)),
            Ty::Map(values) => format!("BTreeMap<String, {}>", self.ty(values)),
            Ty::Maybe(inner) => format!("Option<{}>", self.ty(inner)),
            Ty::Def(index) => self.types[*index].name.clone(),
            Ty::Of(index, inner) => format!("{}<{}>", self.types[*index].name, self.ty(inner)),
            Ty::Parameter => "T".to_owned(),
        }
    }

    pub(super) fn boxed(self, ty: &Ty, boxed: bool) -> String {
        match (boxed, ty) {
            (true, Ty::Maybe(inner)) => format!("Option<Box<{}>>", self.ty(inner)),
            (true, ty) => format!("Box<{}>", self.ty(ty)),
            (false, ty) => self.ty(ty),
        }
    }

    /// Returns the text of a type.
    pub(super) fn def(self, def: &Def) -> String {
        let mut out = String::new();
        docs::about(&mut out, def.docs.as_ref(), 0, &[&def.name]);
        match &def.kind {
            Kind::Struct(fields) => self.structure(&mut out, def, fields),
            Kind::Texts(texts) => open_enum(&mut out, def, texts),
            Kind::Constant(text) => self.constant(&mut out, def, text),
            Kind::Union { tag, variants } => self.union(&mut out, def, tag.as_deref(), variants),
            Kind::Responses(outcomes) => self.outcomes(&mut out, def, "ApiResponse", outcomes),
            Kind::Errors(outcomes) => self.outcomes(&mut out, def, "ApiError", outcomes),
            Kind::Group(inputs) => self.parameters(&mut out, &def.name, inputs),
            Kind::Pending => {}
        }
        out
    }

    /// Whether values are written as JSON.
    fn is_serialized(self, def: &Def) -> bool {
        def.is_sent || self.is_read
    }

    fn derives(self, def: &Def, default: bool) -> String {
        let mut derives = vec!["Debug", "Clone"];
        derives.extend(default.then_some("Default"));
        derives.extend(self.is_serialized(def).then_some("Serialize"));
        derives.extend((def.is_received || self.is_read).then_some("Deserialize"));
        format!("#[derive({})]\n", derives.join(", "))
    }

    fn structure(self, out: &mut String, def: &Def, fields: &[Field]) {
        out.push_str(&self.derives(def, def.is_sent && def.has_default));
        let is_here = |field: &&Field| {
            (def.is_received || !field.read_only) && (def.is_sent || !field.write_only)
        };
        let fields: Vec<&Field> = fields.iter().filter(is_here).collect();
        let names = fields
            .iter()
            .filter(|field| !field.flatten)
            .map(|field| (field.name.as_str(), field.wire.as_str()));
        let rule = Rule::best(&names, Rule::field);
        if let Some(rule) = rule {
            add!(out, "#[serde(rename_all = \"{}\")]\n", rule.word());
        }
        if fields.is_empty() {
            add!(out, "pub struct {} {{}}\n", def.name);
            return;
        }
        let parameter = if fields.iter().any(|field| field.ty.has_parameter()) {
            "<T>"
        } else {
            ""
        };
        open(out, "struct", &format!("{}{parameter}", def.name));
        for field in fields {
            docs::about(out, field.docs.as_ref(), 4, &[&def.name, &field.name]);
            let mut arguments = Vec::new();
            let wire = rule.map_or_else(|| field.name.clone(), |rule| rule.field(&field.name));
            if field.flatten {
                arguments.push("flatten".to_owned());
            } else if wire != field.wire {
                arguments.push(format!("rename = {}", literal(&field.wire)));
            }
            let ty = self.field(def, field, &mut arguments);
            attribute(out, 4, "serde", &arguments);
            member(out, &field.name, &ty);
        }
        out.push_str("}\n");
    }

    /// Returns the type of a field, and adds what serde is told of it.
    fn field(self, def: &Def, field: &Field, arguments: &mut Vec<String>) -> String {
        let is_one_way = (field.read_only || field.write_only) && def.is_sent && def.is_received;
        let optional = !field.required || is_one_way;
        let ty = self.boxed(&field.ty, field.boxed);
        let is_any = field.ty == Ty::Any;
        match (optional, field.nullable && !is_any) {
            (false, false) => ty,
            // What is only received, and written by a server, is left out if it is `None`.
            (true, true) if def.is_sent => {
                arguments.push("default".to_owned());
                arguments.push("skip_serializing_if = \"Nullable::is_absent\"".to_owned());
                format!("Nullable<{ty}>")
            }
            (optional, _) => {
                if optional && self.is_serialized(def) {
                    arguments.push("skip_serializing_if = \"Option::is_none\"".to_owned());
                }
                if ty.starts_with("Option<") {
                    ty
                } else {
                    format!("Option<{ty}>")
                }
            }
        }
    }

    fn union(self, out: &mut String, def: &Def, tag: Option<&str>, variants: &[Variant]) {
        out.push_str(&self.derives(def, false));
        match tag {
            Some(tag) => attribute(out, 0, "serde", &[format!("tag = {}", literal(tag))]),
            None => out.push_str("#[serde(untagged)]\n"),
        }
        open(out, "enum", &def.name);
        for variant in variants {
            if let Some(value) = variant.tag.as_ref().filter(|value| **value != variant.name) {
                attribute(out, 4, "serde", &[format!("rename = {}", literal(value))]);
            }
            let ty = self.boxed(&variant.ty, variant.boxed);
            variant_with(out, &variant.name, &ty);
        }
        if tag.is_some() {
            out.push_str("    #[serde(untagged)]\n");
        }
        out.push_str("    Other(serde_json::Value),\n}\n");
    }

    fn constant(self, out: &mut String, def: &Def, text: &str) {
        let derives = self.derives(def, true).replace("Clone, ", "Clone, Copy, ");
        out.push_str(&derives);
        add!(out, "pub enum {} {{\n    #[default]\n", def.name);
        let name = crate::model::variant(text);
        if name != text {
            attribute(out, 4, "serde", &[format!("rename = {}", literal(text))]);
        }
        add!(out, "    {name},\n}}\n");
    }

    fn outcomes(self, out: &mut String, def: &Def, derive: &str, outcomes: &[Outcome]) {
        add!(
            out,
            "#[derive(Debug, {derive})]\npub enum {} {{\n",
            def.name
        );
        for outcome in outcomes {
            docs::about(out, outcome.docs.as_ref(), 4, &[&outcome.name]);
            let mut keys: Vec<String> = outcome
                .statuses
                .iter()
                .map(|status| format!("status = {status}"))
                .collect();
            if keys.is_empty() {
                keys.push(
                    if derive == "ApiError" {
                        "other"
                    } else {
                        "status = \"2xx\""
                    }
                    .to_owned(),
                );
            }
            add!(out, "    #[api({})]\n", keys.join(", "));
            if let Content::Json(ty) = &outcome.content {
                variant_with(out, &outcome.name, &self.boxed(ty, outcome.boxed));
                continue;
            }
            add!(out, "    {}", outcome.name);
            match &outcome.content {
                Content::Empty | Content::Json(_) => out.push_str(",\n"),
                Content::Raw => out.push_str("(ErrorBody),\n"),
                Content::Text => field_of(out, "body = text", "text: String"),
                Content::Stream => field_of(out, "body = stream", "body: ByteStream"),
                Content::Lines(ty) => field_of(
                    out,
                    "body = lines",
                    &format!("lines: Lines<{}>", self.ty(ty)),
                ),
                Content::Location => {
                    field_of(out, "header = \"Location\"", "location: Option<String>");
                }
            }
        }
        out.push_str("}\n");
    }
}

fn field_of(out: &mut String, key: &str, field: &str) {
    add!(
        out,
        " {{\n        #[api({key})]\n        {field},\n    }},\n"
    );
}

/// Writes the head of an item.
pub(super) fn open(out: &mut String, kind: &str, name: &str) {
    let fits = kind.len() + name.len() + "pub   {".len() <= WIDTH;
    add!(
        out,
        "pub {kind} {name}{}",
        if fits { " {\n" } else { "\n{\n" }
    );
}

/// Writes a field.
pub(super) fn member(out: &mut String, name: &str, ty: &str) {
    let name = raw(name);
    let generic = ty.split_once('<');
    if name.len() + ty.len() + "    pub : ,".len() <= WIDTH {
        add!(out, "    pub {name}: {ty},\n");
    } else if ty.len() + "        ,".len() <= WIDTH {
        add!(out, "    pub {name}:\n        {ty},\n");
    } else if let Some((outer, inner)) = generic {
        let inner = inner.strip_suffix('>').unwrap_or(inner);
        let map = inner
            .strip_prefix("BTreeMap<")
            .and_then(|inner| inner.strip_suffix('>'));
        if let Some((key, value)) = map
            .and_then(|map| map.split_once(", "))
            .filter(|_| inner.len() + "        ,".len() > WIDTH)
        {
            add!(
                out,
                "    pub {name}: {outer}<\n        BTreeMap<\n            {key},\n            {value},\n        >,\n    >,\n"
            );
            return;
        }
        add!(out, "    pub {name}: {outer}<\n        {inner},\n    >,\n");
    } else {
        add!(out, "    pub {name}: {ty},\n");
    }
}

/// Writes a variant with a value.
fn variant_with(out: &mut String, name: &str, ty: &str) {
    if name.len() + ty.len() + "    (),".len() <= WIDTH {
        add!(out, "    {name}({ty}),\n");
    } else {
        add!(out, "    {name}(\n        {ty},\n    ),\n");
    }
}

fn open_enum(out: &mut String, def: &Def, texts: &[Text]) {
    out.push_str("#[derive(Debug, Clone, PartialEq, Eq, Hash, OpenEnum)]\n");
    let rule = Rule::best(
        &texts
            .iter()
            .map(|text| (text.name.as_str(), text.wire.as_str())),
        Rule::variant,
    );
    if let Some(rule) = rule {
        add!(out, "#[api(rename_all = \"{}\")]\n", rule.word());
    }
    open(out, "enum", &def.name);
    for text in texts {
        let wire = rule.map_or_else(|| text.name.clone(), |rule| rule.variant(&text.name));
        if wire != text.wire {
            attribute(out, 4, "api", &[format!("name = {}", literal(&text.wire))]);
        }
        add!(out, "    {},\n", text.name);
    }
    let other = if texts.iter().any(|text| text.name == "Other") {
        "Unlisted"
    } else {
        "Other"
    };
    add!(out, "    #[api(other)]\n    {other}(String),\n}}\n");
}

/// Writes an attribute, or one for each argument if rustfmt would break it.
pub(super) fn attribute(out: &mut String, indent: usize, name: &str, arguments: &[String]) {
    if arguments.is_empty() {
        return;
    }
    let all = arguments.join(", ");
    if all.len() <= ATTRIBUTE_WIDTH {
        add!(out, "{:indent$}#[{name}({all})]\n", "");
        return;
    }
    for argument in arguments {
        if indent + name.len() + argument.len() + "#[()]".len() <= WIDTH {
            add!(out, "{:indent$}#[{name}({argument})]\n", "");
        } else {
            add!(
                out,
                "{:indent$}#[{name}(\n{:indent$}    {argument}\n{:indent$})]\n",
                "",
                "",
                ""
            );
        }
    }
}

/// A text as a literal.
pub(super) fn literal(text: &str) -> String {
    let mut literal = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => {
                literal.push('\\');
                literal.push(c);
            }
            c if c.is_control() => literal.push_str(&c.escape_default().to_string()),
            c => literal.push(c),
        }
    }
    literal.push('"');
    literal
}
