//! What the document says for an item, in an order that does not depend on that of the document, and without how the item
//! is written: the lock keeps a hash of it.
//!
//! A fact that does not hold is not written, so that a fact that is new here does not change the hashes of all items.

use super::item::Writer;
use crate::model::{Content, Def, Field, Group, Input, Kind, Model, Operation, Outcome};
use crate::text::add;

/// Facts, one a line.
#[derive(Default)]
struct Facts(String);

impl Facts {
    fn add(&mut self, name: &str, value: &str) {
        if !value.is_empty() {
            add!(self.0, "{name} {value}\n");
        }
    }

    fn maybe(&mut self, name: &str, value: Option<&str>) {
        self.add(name, value.unwrap_or_default());
    }

    fn flags(&mut self, flags: &[(&str, bool)]) {
        for (name, _) in flags.iter().filter(|(_, holds)| *holds) {
            add!(self.0, "{name}\n");
        }
    }

    /// Adds facts whose order means nothing.
    fn sorted(&mut self, facts: impl Iterator<Item = String>) {
        let mut facts: Vec<String> = facts.collect();
        facts.sort();
        self.0.extend(facts);
    }
}

impl Writer<'_> {
    pub(super) fn facts_of_operation(self, operation: &Operation, group: Option<&str>) -> String {
        let mut facts = Facts::default();
        facts.add("operation", &operation.name);
        facts.maybe("in", group);
        facts.add("docs", &operation.docs);
        facts.flags(&[
            ("deprecated", operation.deprecated),
            ("may be empty", operation.may_be_empty),
            ("server", self.is_read),
        ]);
        facts.add("route", &format!("{} {}", operation.method, operation.path));
        facts.maybe("name", operation.wire_name.as_deref());
        facts.maybe("auth", operation.auth.as_deref());
        facts.maybe("idempotency", operation.idempotency_key.as_deref());
        facts.add("response", &self.content(&operation.response));
        facts.maybe(
            "error",
            operation.error.as_ref().map(|ty| self.ty(ty)).as_deref(),
        );
        if let Some(events) = &operation.events {
            facts.add("events", &self.ty(&events.item));
            facts.maybe("flag", events.flag.as_deref());
            facts.maybe("done", events.done.as_deref());
        }
        if let Some(paginate) = &operation.paginate {
            facts.add("paginate", &self.paginate(paginate));
            facts.flags(&[("certain", paginate.is_certain)]);
        }
        let constants = operation.constants.iter();
        facts.sorted(constants.map(|(name, value)| format!("query {name} {value:?}\n")));
        let headers = operation.headers.iter();
        facts.sorted(headers.map(|(name, value)| format!("header {name} {value}\n")));
        self.inputs(&mut facts, &operation.fields);
        facts.0
    }

    pub(super) fn facts_of_group(self, group: &Group) -> String {
        let mut facts = Facts::default();
        facts.add("group", &group.name);
        facts.flags(&[("server", self.is_read)]);
        facts.maybe(
            "error",
            group.error.as_ref().map(|ty| self.ty(ty)).as_deref(),
        );
        self.inputs(&mut facts, &group.fields);
        facts.0
    }

    pub(super) fn facts_of_def(self, def: &Def) -> String {
        let mut facts = Facts::default();
        facts.add("type", &def.name);
        facts.maybe("docs", def.docs.as_deref());
        facts.flags(&[
            ("sent", def.is_sent),
            ("received", def.is_received),
            ("default", def.has_default),
            ("server", self.is_read),
        ]);
        match &def.kind {
            Kind::Pending => {}
            Kind::Struct(fields) => {
                facts.sorted(fields.iter().map(|field| self.field_facts(field)));
            }
            Kind::Texts(texts) => {
                let texts = texts.iter();
                facts.sorted(texts.map(|text| format!("text {} {}\n", text.name, text.wire)));
            }
            Kind::Constant(text) => facts.add("constant", text),
            Kind::Union { tag, variants } => {
                facts.maybe("tag", tag.as_deref());
                facts.sorted(variants.iter().map(|variant| {
                    let mut facts = Facts::default();
                    facts.add("variant", &variant.name);
                    facts.add("of", &self.boxed(&variant.ty, variant.boxed));
                    facts.maybe("tag", variant.tag.as_deref());
                    facts.0
                }));
            }
            Kind::Responses(outcomes) => self.outcome_facts(&mut facts, "response", outcomes),
            Kind::Errors(outcomes) => self.outcome_facts(&mut facts, "error", outcomes),
            Kind::Group(inputs) => self.inputs(&mut facts, inputs),
        }
        facts.0
    }

    fn inputs(self, facts: &mut Facts, inputs: &[Input]) {
        facts.sorted(inputs.iter().map(|input| {
            let mut facts = Facts(self.field_facts(&input.field));
            facts.add("in", input.spot.word());
            facts.add("options", &input.options.join(", "));
            facts.0
        }));
    }

    fn field_facts(self, field: &Field) -> String {
        let mut facts = Facts::default();
        facts.add("field", &field.name);
        facts.add("wire", &field.wire);
        facts.add("of", &self.boxed(&field.ty, field.boxed));
        facts.maybe("docs", field.docs.as_deref());
        facts.flags(&[
            ("required", field.required),
            ("nullable", field.nullable),
            ("deprecated", field.deprecated),
            ("read only", field.read_only),
            ("write only", field.write_only),
            ("flatten", field.flatten),
        ]);
        facts.0
    }

    fn outcome_facts(self, facts: &mut Facts, name: &str, outcomes: &[Outcome]) {
        facts.sorted(outcomes.iter().map(|outcome| {
            let mut facts = Facts::default();
            facts.add(name, &outcome.name);
            facts.add("status", &outcome.statuses.join(" "));
            facts.add("of", &self.content(&outcome.content));
            facts.maybe("docs", outcome.docs.as_deref());
            facts.flags(&[("boxed", outcome.boxed)]);
            facts.0
        }));
    }

    fn content(self, content: &Content) -> String {
        match content {
            Content::Empty => String::new(),
            Content::Json(ty) => self.ty(ty),
            Content::Text => "text".to_owned(),
            Content::Stream => "stream".to_owned(),
            Content::Lines(ty) => format!("lines of {}", self.ty(ty)),
            Content::Raw => "raw".to_owned(),
            Content::Location => "location".to_owned(),
        }
    }
}

/// What the list of operations says.
pub(super) fn of_list(model: &Model) -> String {
    let mut facts = Facts::default();
    let operations = model.operations.iter().filter(|it| !it.is_second);
    facts.sorted(operations.map(|operation| {
        let module = &model.modules[operation.module].name;
        let deprecated = if operation.deprecated {
            " deprecated"
        } else {
            ""
        };
        format!("{module}::{}{deprecated}\n", operation.name)
    }));
    facts.0
}
