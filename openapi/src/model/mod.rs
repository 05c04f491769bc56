//! What declarations need of a document: operations with their fields, Rust types, modules, names.

mod body;
mod boxes;
mod data;
mod envelopes;
mod finish;
mod flat;
mod groups;
mod hint;
mod inline;
mod names;
mod naming;
mod operation;
mod paging;
mod response;
mod shared;
mod tags;
mod types;
mod unions;
mod verbs;

use indexmap::{IndexMap, IndexSet};

pub(crate) use body::{Format, format_of};
pub use data::{
    Content, Def, Events, Field, Group, Input, Kind, Module, Name, Operation, Outcome, Paginate,
    Spot, Text, Ty, Variant,
};
pub(crate) use finish::has_default;
pub(crate) use names::{Rule, raw, singular};
pub(crate) use response::is_event;

use crate::{
    document::{self, Document},
    report::{Remark, Report},
};
use names::Taken;
use operation::{Named, Operations};
use types::Types;

/// What of a document is declared: all operations if both lists are empty.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Selection {
    /// The IDs of operations.
    pub operations: Vec<String>,
    /// Tags.
    pub tags: Vec<String>,
    /// Whether requests are also read by `FromHttp`, and responses written, as a server does.
    pub server: bool,
}

/// The declarations of a document, as data.
#[derive(Debug, Clone)]
pub struct Model {
    /// The title of the API.
    pub title: String,
    /// What the API is about.
    pub description: Option<String>,
    /// The URL of the API.
    pub base_url: Option<String>,
    /// What operations share.
    pub group: Option<Group>,
    /// The modules; the first one has the types of several modules.
    pub modules: Vec<Module>,
    /// The operations.
    pub operations: Vec<Operation>,
    /// The types. Only those with a name are declared.
    pub types: Vec<Def>,
    /// Whether requests are also read, and responses written.
    pub is_read: bool,
}

impl Model {
    /// Makes a model of the operations that are selected.
    #[must_use]
    pub fn new(document: &Document, selection: &Selection) -> (Self, Report) {
        let mut report = Report::default();
        let mut types = Types::new(document);
        let (modules, named) = name_operations(document);
        let mut operations = Vec::new();
        let mut sources: Vec<&document::Operation> = Vec::new();
        let mut errors = Vec::new();
        for (source, named) in document.operations.iter().zip(named) {
            let mut maker = Operations {
                types: &mut types,
                report: &mut report,
                current: source,
                id: named.id.clone(),
                name: named.name.clone(),
                taken: Taken::default(),
                fields: Vec::new(),
                headers: Vec::new(),
            };
            let own_errors = maker.errors();
            let id = named.id.clone();
            match maker.operation(named) {
                Ok(operation) => {
                    operations.push(operation);
                    sources.push(source);
                    errors.push(own_errors);
                }
                Err(reason) => report.left_out.push(Remark {
                    operation: id,
                    place: source.place,
                    text: reason,
                }),
            }
        }
        inline::bodies(&mut types.defs, &mut operations, &errors);
        let group = shared::group(&mut types, &mut operations, errors);
        shared::credentials(document, &sources, &mut operations);
        let mut model = Self {
            title: document.title.clone(),
            description: document.description.clone(),
            base_url: shared::base_url(document).map(str::to_owned),
            group,
            modules,
            operations,
            types: Vec::new(),
            is_read: selection.server,
        };
        finish::finish(&mut model, types, &sources, &mut report);
        model.select(document, selection, &mut report);
        (model, report)
    }

    /// Keeps what is selected. All is made before, so that a selection does not change names, groups or modules.
    fn select(&mut self, document: &Document, selection: &Selection, report: &mut Report) {
        let (_, named) = name_operations(document);
        let all = document.operations.iter().zip(named);
        let selected = all.filter(|(operation, named)| selection.has(operation, &named.id));
        let ids: IndexSet<String> = selected.map(|(_, named)| named.id).collect();
        self.operations
            .retain(|operation| ids.contains(&operation.id));
        report.declared.retain(|id| ids.contains(id));
        for remarks in [&mut report.guessed, &mut report.left_out, &mut report.notes] {
            remarks.retain(|remark| ids.contains(&remark.operation));
        }
        let used = inline::reached(&self.types, &self.operations, self.group.as_ref());
        for (index, def) in self.types.iter_mut().enumerate() {
            if !used.contains(&index) {
                def.name.clear();
            }
        }
    }
}

impl Selection {
    /// Checks that a document has all that is selected.
    ///
    /// # Errors
    ///
    /// Returns what it does not have.
    pub fn check(&self, document: &Document) -> Result<(), String> {
        let (_, named) = name_operations(document);
        for wanted in &self.operations {
            if named.iter().all(|named| named.id != *wanted) {
                return Err(format!("the document has no operation `{wanted}`"));
            }
        }
        for wanted in &self.tags {
            if document
                .operations
                .iter()
                .all(|operation| !operation.tags.contains(wanted))
            {
                return Err(format!("the document has no tag `{wanted}`"));
            }
        }
        Ok(())
    }

    fn has(&self, operation: &document::Operation, id: &str) -> bool {
        let is_all = self.operations.is_empty() && self.tags.is_empty();
        is_all
            || self.operations.iter().any(|wanted| wanted == id)
            || operation.tags.iter().any(|tag| self.tags.contains(tag))
    }
}

/// Names all operations of a document, so that a selection does not change names.
fn name_operations(document: &Document) -> (Vec<Module>, Vec<Named>) {
    let mut modules: IndexMap<String, Module> = IndexMap::new();
    modules.insert(String::new(), shared_module());
    let mut taken: IndexMap<usize, Taken> = IndexMap::new();
    let mut ids = IndexSet::new();
    let mut all = Vec::new();
    for operation in &document.operations {
        let tag = operation.tags.first().cloned();
        let key = tag
            .clone()
            .unwrap_or_else(|| first_word(&operation.path).to_owned());
        let name = names::module(&key);
        let docs = document
            .tags
            .get(&key)
            .cloned()
            .unwrap_or_else(|| format!("{}.", key.trim_end_matches('.')));
        let entry = modules.entry(name.clone());
        let index = entry.index();
        entry.or_insert(Module { name, docs });
        let taken = taken.entry(index).or_default();
        let id = operation
            .id
            .clone()
            .unwrap_or_else(|| format!("{} {}", operation.method, operation.path));
        let name = taken.first_of(candidates(operation, tag.as_deref()));
        // Two operations of one name do not compile.
        let route = || format!("{} {}", operation.method, operation.path);
        let wire_name = [id.clone(), name.clone(), route()]
            .into_iter()
            .skip(usize::from(operation.id.is_none()))
            .find(|id| ids.insert(id.clone()))
            .filter(|id| *id != name);
        all.push(Named {
            id,
            name,
            wire_name,
            module: index,
        });
    }
    let mut modules: Vec<Module> = modules.into_values().collect();
    if modules.iter().skip(1).any(|module| module.name == "types") {
        "common".clone_into(&mut modules[0].name);
    }
    (modules, all)
}

/// The names that an operation may have, the best first.
fn candidates(operation: &document::Operation, tag: Option<&str>) -> [String; 2] {
    let Some(id) = &operation.id else {
        let route = format!("{} {}", operation.method.to_lowercase(), operation.path);
        return [verbs::name_of(operation), route].map(|name| names::type_name(&name));
    };
    let own = tag.and_then(|tag| strip_tag(id, tag)).unwrap_or(id);
    [
        verbs::with_noun(names::type_name(own), operation),
        names::type_name(id),
    ]
}

fn shared_module() -> Module {
    Module {
        name: "types".to_owned(),
        docs: "Types that several modules use.".to_owned(),
    }
}

/// `repos/get` of the tag `repos` is `get`.
fn strip_tag<'a>(id: &'a str, tag: &str) -> Option<&'a str> {
    let rest = id
        .get(..tag.len())
        .filter(|start| start.eq_ignore_ascii_case(tag))
        .map(|_| &id[tag.len()..])?;
    rest.strip_prefix(['/', '.', '_', '-', ':'])
        .filter(|rest| !rest.is_empty())
}

/// The first segment of a path that says something.
fn first_word(path: &str) -> &str {
    let is_version = |segment: &str| {
        segment
            .strip_prefix('v')
            .is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()))
    };
    path.split(['/', '?', '#'])
        .find(|segment| {
            !segment.is_empty()
                && !segment.contains('{')
                && !is_version(segment)
                && *segment != "api"
                && segment.starts_with(|c: char| c.is_ascii_alphabetic())
        })
        .unwrap_or("root")
}

/// The name of the variant of a text.
pub(crate) fn variant(text: &str) -> String {
    names::pascal(text)
}
