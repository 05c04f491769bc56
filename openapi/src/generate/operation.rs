//! The text of operations and of the group.

use super::{
    docs,
    item::{ATTRIBUTE_WIDTH, Writer, attribute, literal, member, open},
};
use crate::model::{Content, Events, Group, Input, Operation, Paginate, Rule, Spot, Ty, raw};
use crate::text::add;

/// What is wider is broken into several lists.
const WIDTH: usize = 100;

impl Writer<'_> {
    /// Returns the text of an operation; `group` is the name of what operations share.
    pub(super) fn operation(self, operation: &Operation, group: Option<&str>) -> String {
        let mut out = String::new();
        docs::write(&mut out, &operation.docs, 0, "///");
        let is_clone = operation
            .fields
            .iter()
            .all(|input| input.field.ty != Ty::Body);
        let has_default = operation.fields.iter().all(|input| {
            is_optional(input) || crate::model::has_default(self.types, &input.field.ty, 0)
        });
        let mut derives = vec!["Debug"];
        derives.extend(is_clone.then_some("Clone"));
        derives.extend(has_default.then_some("Default"));
        derives.push("ApiRequest");
        derives.extend((self.is_read && can_be_read(&operation.path)).then_some("FromHttp"));
        add!(out, "#[derive({})]\n", derives.join(", "));
        let rule = rule(&operation.fields);
        lists(&mut out, &self.keys(operation, group, rule));
        if let Some(paginate) = operation.paginate.as_ref().filter(|it| !it.is_certain) {
            add!(out, "// Perhaps: {}\n", self.paginate(paginate));
        }
        if operation.deprecated {
            out.push_str("#[deprecated]\n");
        }
        self.fields(
            &mut out,
            &operation.name,
            &operation.fields,
            operation.fields_in,
            rule,
        );
        out
    }

    /// Writes a group of parameters.
    pub(super) fn parameters(self, out: &mut String, name: &str, fields: &[Input]) {
        out.push_str(self.derive_of_group());
        let rule = rule(fields);
        let mut keys = vec!["fields = query".to_owned()];
        keys.extend(rule.map(|rule| format!("rename_all = \"{}\"", rule.word())));
        lists(out, &keys);
        self.fields(out, name, fields, Some(Spot::Query), rule);
    }

    /// Returns the text of what operations share.
    pub(super) fn group(self, group: &Group) -> String {
        let mut out = String::new();
        docs::write(&mut out, "What all operations share.", 0, "///");
        out.push_str(self.derive_of_group());
        let mut keys = Vec::new();
        if let Some(error) = &group.error {
            keys.push(format!("error = {}", self.ty(error)));
        }
        lists(&mut out, &keys);
        self.fields(&mut out, &group.name, &group.fields, None, None);
        out
    }

    fn derive_of_group(self) -> &'static str {
        if self.is_read {
            "#[derive(Debug, Clone, Default, ApiGroup, FromHttp)]\n"
        } else {
            "#[derive(Debug, Clone, Default, ApiGroup)]\n"
        }
    }

    fn keys(self, operation: &Operation, group: Option<&str>, rule: Option<Rule>) -> Vec<String> {
        let mut keys = Vec::new();
        if let Some(group) = group {
            keys.push(format!("in = {group}"));
        }
        let is_word = matches!(
            operation.method.as_str(),
            "GET" | "HEAD" | "POST" | "PUT" | "DELETE" | "OPTIONS" | "TRACE" | "PATCH" | "QUERY"
        );
        keys.push(if is_word {
            format!("method = {}", operation.method)
        } else {
            format!("method = {}", literal(&operation.method))
        });
        keys.push(format!("path = {}", literal(&operation.path)));
        if let Some(name) = &operation.wire_name {
            keys.push(format!("name = {}", literal(name)));
        }
        if let Some(spot) = operation.fields_in {
            keys.push(format!("fields = {}", spot.word()));
        }
        if let Some(rule) = rule {
            keys.push(format!("rename_all = \"{}\"", rule.word()));
        }
        for (name, value) in &operation.constants {
            keys.push(match value {
                Some(value) => format!("query({} = {})", literal(name), literal(value)),
                None => format!("query({})", literal(name)),
            });
        }
        for (name, value) in &operation.headers {
            keys.push(format!("header({} = {})", literal(name), literal(value)));
        }
        if let Some(auth) = &operation.auth {
            keys.push(format!("auth = {auth}"));
        }
        if let Some(header) = &operation.idempotency_key {
            keys.push(format!("idempotency_key = {}", literal(header)));
        }
        keys.extend(self.response(operation));
        if let Some(error) = &operation.error {
            keys.push(format!("error = {}", self.ty(error)));
        }
        keys.extend(operation.events.as_ref().map(|events| self.events(events)));
        keys.extend(
            operation
                .paginate
                .as_ref()
                .filter(|it| it.is_certain)
                .map(|it| self.paginate(it)),
        );
        keys
    }

    fn events(self, events: &Events) -> String {
        let item = self.ty(&events.item);
        let option = |name: &str, value: &Option<String>| {
            let value = value.as_ref()?;
            Some(format!("{name} = {}", literal(value)))
        };
        let options = [option("flag", &events.flag), option("done", &events.done)];
        match options.into_iter().flatten().collect::<Vec<_>>().as_slice() {
            [] => format!("events = {item}"),
            options => format!("events(item = {item}, {})", options.join(", ")),
        }
    }

    fn response(self, operation: &Operation) -> Option<String> {
        Some(match &operation.response {
            Content::Json(ty @ Ty::Maybe(_)) => format!("response = {}", self.ty(ty)),
            Content::Json(ty) if operation.may_be_empty => {
                format!("response = Option<{}>", self.ty(ty))
            }
            Content::Json(ty) => format!("response = {}", self.ty(ty)),
            Content::Text => "response(text)".to_owned(),
            Content::Stream | Content::Raw => "response(stream)".to_owned(),
            Content::Lines(ty) => format!("response(lines = {})", self.ty(ty)),
            Content::Empty | Content::Location => return None,
        })
    }

    pub(super) fn paginate(self, paginate: &Paginate) -> String {
        let items = paginate
            .items
            .as_ref()
            .map_or_else(String::new, |items| format!("items = {}, ", raw(items)));
        let parameter = paginate
            .parameter
            .as_deref()
            .map_or_else(String::new, |name| {
                // The name of a field in a group is raw already.
                if name.contains('.') {
                    name.to_owned()
                } else {
                    raw(name)
                }
            });
        format!(
            "paginate({}, {items}item = {})",
            paginate.way.replace("{}", &parameter),
            self.ty(&paginate.item)
        )
    }

    fn fields(
        self,
        out: &mut String,
        name: &str,
        fields: &[Input],
        fields_in: Option<Spot>,
        rule: Option<Rule>,
    ) {
        if fields.is_empty() {
            add!(out, "pub struct {name};\n");
            return;
        }
        open(out, "struct", name);
        for input in fields {
            docs::about(
                out,
                input.field.docs.as_ref(),
                4,
                &[name, &input.field.name],
            );
            if input.field.flatten {
                out.push_str("    #[serde(flatten)]\n");
            }
            field_attribute(out, input, fields_in, rule);
            member(out, &input.field.name, &self.input(input));
        }
        out.push_str("}\n");
    }

    /// The type of a field of an operation.
    fn input(self, input: &Input) -> String {
        let ty = self.boxed(&input.field.ty, input.field.boxed);
        let is_list = matches!(input.field.ty, Ty::List(_))
            && matches!(input.spot, Spot::Query | Spot::Form | Spot::Part);
        let nullable = input.field.nullable && input.field.ty != Ty::Any;
        match (input.field.required, nullable) {
            (true, false) => ty,
            (false, true) if input.spot == Spot::Json => format!("Nullable<{ty}>"),
            // An empty list is left out.
            (false, _) if is_list => ty,
            _ if ty.starts_with("Option<") => ty,
            _ => format!("Option<{ty}>"),
        }
    }
}

/// Whether each value of a path is told from the next one.
fn can_be_read(path: &str) -> bool {
    !path.contains("}{")
}

/// Whether a field has a default value, whatever its type.
fn is_optional(input: &Input) -> bool {
    !input.field.required || input.field.nullable
}

/// The rule of names that saves most of them.
fn rule(fields: &[Input]) -> Option<Rule> {
    let renamed = |input: &&Input| {
        !matches!(
            input.spot,
            Spot::Path | Spot::Header | Spot::Body | Spot::Group
        ) && !input.field.flatten
    };
    let names = fields
        .iter()
        .filter(renamed)
        .map(|input| (input.field.name.as_str(), input.field.wire.as_str()));
    Rule::best(&names, Rule::field)
}

fn field_attribute(out: &mut String, input: &Input, fields_in: Option<Spot>, rule: Option<Rule>) {
    let Input {
        field,
        spot,
        options,
    } = input;
    if field.flatten && fields_in == Some(*spot) {
        return;
    }
    let own = match spot {
        Spot::Path | Spot::Body | Spot::Group => field.wire.clone(),
        Spot::Header => field.name.replace('_', "-"),
        _ => rule.map_or_else(|| field.name.clone(), |rule| rule.field(&field.name)),
    };
    let name = (own != field.wire && !field.flatten).then(|| literal(&field.wire));
    let key = match (spot, options.as_slice(), name) {
        (Spot::Path, [], _) => return,
        (Spot::Body, [kind], _) if !kind.contains('=') => format!("body = {kind}"),
        (spot, [], None) if fields_in == Some(*spot) => return,
        (spot, [], None) => spot.word().to_owned(),
        (spot, [], Some(name)) if fields_in == Some(*spot) => format!("name = {name}"),
        (spot, [], Some(name)) => format!("{} = {name}", spot.word()),
        (spot, options, name) => {
            let all: Vec<String> = name
                .map(|name| format!("name = {name}"))
                .into_iter()
                .chain(options.iter().cloned())
                .collect();
            // `json` alone is a location.
            let is_plain = !options.iter().any(|option| option == "json");
            if fields_in == Some(*spot) && *spot != Spot::Body && is_plain {
                all.join(", ")
            } else {
                format!("{}({})", spot.word(), all.join(", "))
            }
        }
    };
    attribute(out, 4, "api", &[key]);
}

/// Writes keys in as many lists as fit.
fn lists(out: &mut String, keys: &[String]) {
    let mut list: Vec<&str> = Vec::new();
    let mut length = "#[api()]".len();
    for key in keys {
        if !list.is_empty() && length + key.len() + 2 > WIDTH {
            write_list(out, &list);
            list.clear();
            length = "#[api()]".len();
        }
        length += key.len() + 2 * usize::from(!list.is_empty());
        list.push(key);
    }
    if !list.is_empty() {
        write_list(out, &list);
    }
}

/// rustfmt breaks lists that are long, and formats those alone that have nothing but texts.
fn write_list(out: &mut String, keys: &[&str]) {
    let is_formatted = keys.iter().all(|key| {
        let value = key.split_once(" = ").map(|(_, value)| value);
        !key.starts_with(['q', 'h', 'e']) && value.is_some_and(|value| value.starts_with('"'))
    });
    let line = keys.join(", ");
    let width = if keys.len() == 1 {
        WIDTH - "#[api()]".len()
    } else {
        ATTRIBUTE_WIDTH
    };
    if is_formatted && line.len() > width {
        add!(out, "#[api(\n    {}\n)]\n", keys.join(",\n    "));
    } else {
        add!(out, "#[api({line})]\n");
    }
}
