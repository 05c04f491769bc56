//! The names of types: those that the document has, and those that follow from where a type is.

use indexmap::IndexMap;

use super::{data::Name, names};
use crate::document::{Document, SchemaId};

/// Members around what a response is about.
pub(super) const ENVELOPES: [&str; 12] = [
    "data", "result", "results", "items", "records", "values", "entries", "resource", "object",
    "response", "list", "payload",
];

/// The name of a type that has no name in the document: the type around it, and its own.
#[derive(Debug, Clone)]
pub(crate) struct Hint {
    /// The names of what is around the type.
    around: Vec<String>,
    pub(crate) own: String,
    /// What a response is about, in a response and in what is around it.
    noun: Option<String>,
}

impl Hint {
    pub(crate) fn new(parent: &str, own: &str) -> Self {
        let parent = Some(parent.to_owned()).filter(|parent| !parent.is_empty());
        Self {
            around: parent.into_iter().collect(),
            own: own.to_owned(),
            noun: None,
        }
    }

    /// Names a type that is a part of this one.
    pub(super) fn inside(&self, own: &str) -> Self {
        Self {
            around: self.path(),
            own: own.to_owned(),
            noun: None,
        }
    }

    /// Names what a response is about.
    pub(crate) fn about(mut self, noun: String) -> Self {
        self.noun = Some(noun).filter(|noun| !noun.is_empty());
        self
    }

    pub(super) fn full(&self) -> String {
        self.path().concat()
    }

    /// The names of what is around the type, and its own.
    fn path(&self) -> Vec<String> {
        if let Some(noun) = self.noun.as_ref().filter(|_| self.is_envelope()) {
            return vec![noun.clone()];
        }
        let own = names::pascal(&self.own);
        // `KeyKeyStatus` says nothing that `KeyStatus` does not.
        match own.strip_prefix(&self.around.concat()) {
            Some(rest) if rest.starts_with(char::is_uppercase) => vec![own],
            _ => self.around.iter().cloned().chain([own]).collect(),
        }
    }

    fn is_envelope(&self) -> bool {
        let own = self.own.trim_end_matches(" item");
        ENVELOPES.contains(&own) && own != "response"
    }

    pub(crate) fn item(&self) -> Self {
        let noun = self.noun.as_ref().map(|noun| names::singular(noun));
        let own = match self.own.as_str() {
            "response" => "items".to_owned(),
            own if ENVELOPES.contains(&own) => own.to_owned(),
            own if names::singular(own) == own => format!("{own} item"),
            own => names::singular(own),
        };
        Self {
            around: self.around.clone(),
            own,
            noun,
        }
    }

    /// The name of a member of the type.
    pub(crate) fn member(&self, name: &str) -> Self {
        let is_around = self.own == "response" && ENVELOPES.contains(&name);
        // The members of a body are those of its operation.
        let around = if self.own == "body" {
            self.around.clone()
        } else {
            self.path()
        };
        Self {
            around,
            own: name.to_owned(),
            noun: self.noun.clone().filter(|_| is_around),
        }
    }

    /// Whether the document names the type.
    pub(super) fn is_named(&self) -> bool {
        self.around.is_empty()
    }

    /// The name that the type may have.
    pub(super) fn name(&self) -> Name {
        if self.is_named() {
            return Name::new(&names::type_name(&self.own));
        }
        // These say nothing without the type around them.
        let is_vague = self.is_envelope()
            || matches!(
                self.own.to_ascii_lowercase().as_str(),
                "response"
                    | "body"
                    | "failure"
                    | "event"
                    | "line"
                    | "type"
                    | "value"
                    | "object"
                    | "list"
                    | "text"
                    | "number"
                    | "variant"
                    | "kind"
                    | "name"
                    | "attributes"
                    | "properties"
            )
            || self.own.ends_with(" item");
        let full = names::type_name(&self.full());
        Name {
            own: if is_vague {
                full
            } else {
                names::type_name(&self.own)
            },
            path: self.path(),
        }
    }
}

/// The name of a schema in the document.
pub(super) fn own_name(id: &SchemaId) -> String {
    let mut steps = id.pointer.rsplit('/');
    let name = steps.find(|name| !matches!(*name, "schema" | "items" | "properties"));
    name.unwrap_or("root").replace("~1", "/")
}

/// The last words of names with dots, as many as tell them from all others: `Pod` of `io.k8s.api.core.v1.Pod`.
pub(super) fn short_names(document: &Document) -> IndexMap<&SchemaId, String> {
    let names: Vec<(&SchemaId, String)> = document
        .schemas
        .keys()
        .map(|id| (id, own_name(id)))
        .collect();
    let ends = |name: &str, count: usize| {
        let words: Vec<&str> = name.split('.').collect();
        names::pascal(&words[words.len().saturating_sub(count)..].join(" "))
    };
    let mut uses: IndexMap<String, usize> = IndexMap::new();
    for (_, name) in &names {
        for count in 1..=name.split('.').count() {
            *uses.entry(ends(name, count)).or_default() += 1;
        }
    }
    let dotted = names.iter().filter(|(_, name)| name.contains('.'));
    let short = dotted.map(|(id, name)| {
        let all = name.split('.').count();
        let distinct = (1..all).find(|count| uses[&ends(name, *count)] == 1);
        (*id, ends(name, distinct.unwrap_or(all)))
    });
    short.collect()
}
