//! Groups of query parameters: those that several operations have together.

use indexmap::{IndexMap, IndexSet};

use super::{
    data::{Def, Input, Kind, Name, Operation, Spot, Ty},
    names::{self, Taken},
    naming::keep_shorter,
    operation::input,
    verbs::VERBS,
};
use crate::document::Place;

/// How many operations have a group at least.
const OPERATIONS: usize = 3;

/// Parameters of listings.
const PAGING: [&str; 16] = [
    "limit",
    "offset",
    "page",
    "cursor",
    "per_page",
    "after",
    "before",
    "page_size",
    "starting_after",
    "ending_before",
    "count",
    "skip",
    "top",
    "page_token",
    "next_token",
    "order",
];

/// Moves parameters that are often together into structs of their own, those first that save most fields.
pub(crate) fn groups(defs: &mut Vec<Def>, operations: &mut [Operation]) {
    while let Some((users, mut inputs)) = best(operations) {
        for input in &mut inputs {
            for user in &users {
                let fields = operations[*user].fields.iter();
                let same = fields.filter(|other| alike(other) == alike(input));
                let docs: Vec<_> = same.map(|other| other.field.docs.clone()).collect();
                for docs in docs {
                    keep_shorter(&mut input.field.docs, docs);
                }
            }
        }
        let names: Vec<&str> = users
            .iter()
            .map(|index| operations[*index].name.as_str())
            .collect();
        let name = name_of(&inputs, &names);
        let index = defs.len();
        for user in users {
            take(&mut operations[user], &inputs, index, &name);
        }
        defs.push(Def {
            name: String::new(),
            names: vec![Name::new(&name)],
            is_named: false,
            docs: None,
            place: Place::default(),
            kind: Kind::Group(inputs),
            is_sent: false,
            is_received: false,
            is_told_by_members: false,
            module: 0,
            has_default: true,
        });
    }
}

/// The operations and the parameters of the group that saves most fields.
fn best(operations: &[Operation]) -> Option<(Vec<usize>, Vec<Input>)> {
    let mut users: IndexMap<Input, Vec<usize>> = IndexMap::new();
    for (index, operation) in operations.iter().enumerate() {
        for input in operation.fields.iter().filter(|input| is_shared(input)) {
            users.entry(alike(input)).or_default().push(index);
        }
    }
    users.retain(|_, users| users.len() >= OPERATIONS);
    let candidates: IndexSet<&Vec<usize>> = users.values().collect();
    let groups = candidates.into_iter().map(|group| {
        let inputs = users.iter().filter(|(_, users)| {
            // What most other operations have too is not about these.
            users.len() * 2 <= group.len() * 3 && is_subset(group, users)
        });
        let inputs: Vec<&Input> = inputs.map(|(input, _)| input).collect();
        (
            (inputs.len().saturating_sub(1)) * group.len(),
            group,
            inputs,
        )
    });
    let (saved, group, inputs) = groups.rev().max_by_key(|(saved, ..)| *saved)?;
    (saved > 0).then(|| (group.clone(), inputs.into_iter().cloned().collect()))
}

/// What two parameters have in common if they are the same one: those of listings are, whatever is said about them.
fn alike(input: &Input) -> Input {
    let mut input = input.clone();
    if PAGING.contains(&input.field.name.as_str()) {
        input.field.docs = None;
    }
    input
}

/// Whether a sorted list is part of another one.
fn is_subset(part: &[usize], whole: &[usize]) -> bool {
    part.len() <= whole.len() && part.iter().all(|item| whole.binary_search(item).is_ok())
}

fn is_shared(input: &Input) -> bool {
    input.spot == Spot::Query && !input.field.required && !matches!(input.field.ty, Ty::Constant(_))
}

/// Replaces parameters of an operation by the group.
fn take(operation: &mut Operation, inputs: &[Input], index: usize, group: &str) {
    let all: Vec<Input> = inputs.iter().map(alike).collect();
    let is_taken = |input: &Input| all.contains(&alike(input));
    let at = operation
        .fields
        .iter()
        .position(is_taken)
        .unwrap_or_default();
    operation.fields.retain(|input| !is_taken(input));
    let mut taken = Taken::default();
    for input in &operation.fields {
        taken.take(&input.field.name);
    }
    let short = if group.ends_with("Options") {
        "options"
    } else {
        "paging"
    };
    let name = taken.first_of([short.to_owned(), names::field(group)]);
    if let Some(paginate) = &mut operation.paginate {
        let is_in_group = inputs
            .iter()
            .any(|input| Some(&input.field.name) == paginate.parameter.as_ref());
        if let Some(parameter) = paginate.parameter.as_mut().filter(|_| is_in_group) {
            *parameter = format!("{name}.{}", names::raw(parameter));
        }
    }
    let field = input(
        &name,
        "",
        Ty::Def(index),
        true,
        None,
        Spot::Group,
        Vec::new(),
    );
    operation
        .fields
        .insert(at.min(operation.fields.len()), field);
}

fn name_of(inputs: &[Input], operations: &[&str]) -> String {
    if inputs
        .iter()
        .all(|input| PAGING.contains(&input.field.name.as_str()))
    {
        return "Paging".to_owned();
    }
    let verb = VERBS
        .iter()
        .find(|verb| operations.iter().all(|name| name.starts_with(**verb)));
    match verb {
        Some(verb) => format!("{verb}Options"),
        None => format!("{}Options", names::pascal(&inputs[0].field.name)),
    }
}
