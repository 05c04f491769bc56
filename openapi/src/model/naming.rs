//! Chooses the names of types: the same ones in whatever order the document has its parts.

use super::{
    Model,
    data::{Def, Kind, Name},
    names::{self, Taken},
};

/// No person would choose a name that is longer.
const LONG: usize = 40;

impl Name {
    /// A name that is the same wherever the type is.
    pub(super) fn new(name: &str) -> Self {
        Self {
            own: name.to_owned(),
            path: vec![name.to_owned()],
        }
    }

    /// The name with what is around it.
    pub(super) fn full(&self) -> String {
        names::type_name(&self.path.concat())
    }

    /// The last words of the place: as many as are not too long, then fewer, then more.
    fn shorter(&self) -> Vec<String> {
        let last = self.path.len().saturating_sub(2);
        let ends = (1..=last).map(|start| names::type_name(&self.path[start..].concat()));
        let (mut short, long): (Vec<_>, Vec<_>) = ends.partition(|name| name.len() <= LONG);
        // One word alone says too little.
        let words = self.own.chars().filter(char::is_ascii_uppercase).count();
        if words > 1 && self.own.len() <= LONG {
            short.push(self.own.clone());
        }
        short.extend(long.into_iter().rev());
        short
    }
}

impl Def {
    /// Adds another place of the type. What is said about it is the shorter of two: it holds in more places.
    pub(super) fn merge(&mut self, other: Self) {
        self.names.extend(other.names);
        keep_shorter(&mut self.docs, other.docs);
        if let (Kind::Struct(fields), Kind::Struct(others)) = (&mut self.kind, other.kind) {
            for other in others {
                let field = fields.iter_mut().find(|field| field.wire == other.wire);
                if let Some(field) = field {
                    keep_shorter(&mut field.docs, other.docs);
                }
            }
        }
    }

    /// The name of the place that has the shortest one.
    pub(super) fn shortest(&self) -> &Name {
        let key = |name: &&Name| (name.full().len(), name.full());
        // A type is made with a name.
        self.names.iter().min_by_key(key).unwrap_or(&self.names[0])
    }

    /// The names of a type without one in the document, the best first.
    fn candidates(&self, module: Option<&str>) -> Vec<String> {
        let shortest = self.shortest();
        let full = shortest.full();
        let mut all: Vec<String> = self.most_frequent().into_iter().collect();
        if full.len() > LONG {
            all.extend(shortest.shorter());
        }
        all.push(full.clone());
        if let Some(module) = module {
            all.push(format!("{}{full}", names::pascal(module)));
        }
        all
    }

    /// The own name that most places of a type have, if it is in several.
    fn most_frequent(&self) -> Option<String> {
        let own: Vec<&String> = self.names.iter().map(|name| &name.own).collect();
        let count = |name: &String| own.iter().filter(|other| **other == name).count();
        let best = own
            .iter()
            .min_by_key(|name| (own.len() - count(name), name.len(), **name))?;
        (own.len() > 1 && best.len() <= LONG).then(|| (*best).clone())
    }
}

pub(super) fn keep_shorter(docs: &mut Option<String>, other: Option<String>) {
    let key = |docs: &String| (docs.len(), docs.clone());
    *docs = docs.take().into_iter().chain(other).min_by_key(key);
}

/// Names the types that are used: first those that the document names.
pub(super) fn choose_names(model: &Model, defs: &mut [Def]) {
    let mut taken = Taken::default();
    for operation in &model.operations {
        taken.take(&operation.name);
    }
    if let Some(group) = &model.group {
        taken.take(&group.name);
    }
    let used = defs.iter_mut().filter(|def| def.is_sent || def.is_received);
    let (named, mut others): (Vec<&mut Def>, Vec<&mut Def>) = used.partition(|def| def.is_named);
    for def in named {
        let name = &def.names[0].own;
        def.name = taken.first_of([name.clone(), format!("{name}Data")]);
    }
    let module = |def: &Def| model.modules[def.module].name.as_str();
    others.sort_by_cached_key(|def| (def.shortest().full(), module(def).to_owned()));
    for def in others {
        let module = Some(module(def)).filter(|_| def.module != 0);
        def.name = taken.first_of(def.candidates(module));
    }
}

#[cfg(test)]
mod tests {
    use super::Name;

    #[test]
    fn long_names_are_the_last_words_of_the_place() {
        let name = Name {
            own: "RecurringPrice".to_owned(),
            path: [
                "PostSubscriptionsSubscriptionItems",
                "Items",
                "PriceData",
                "RecurringPrice",
            ]
            .map(str::to_owned)
            .to_vec(),
        };
        assert_eq!(
            name.shorter(),
            [
                "ItemsPriceDataRecurringPrice",
                "PriceDataRecurringPrice",
                "RecurringPrice"
            ]
        );
    }
}
