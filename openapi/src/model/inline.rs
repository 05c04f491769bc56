//! Makes the members of a body fields of the operation, where nothing else has a body of that type.

use indexmap::IndexSet;

use super::{
    data::{Content, Def, Group, Input, Kind, Operation, Outcome, Spot, Ty},
    names::Taken,
};

/// Moves the members of bodies into their operations.
pub(crate) fn bodies(defs: &mut [Def], operations: &mut [Operation], errors: &[Vec<Outcome>]) {
    let counts = references(defs, operations, errors);
    for operation in operations {
        let Some(at) = operation
            .fields
            .iter()
            .position(|input| input.spot == Spot::Body && !has_kind(&input.options))
        else {
            continue;
        };
        let Ty::Def(index) = operation.fields[at].field.ty else {
            continue;
        };
        let Kind::Struct(fields) = &defs[index].kind else {
            continue;
        };
        if counts[index] != 1 {
            continue;
        }
        let mut members = fields.clone();
        let body = operation.fields.remove(at);
        if let Some(content_type) = body
            .options
            .first()
            .and_then(|option| option.strip_prefix("content_type = \""))
        {
            operation.headers.push((
                "Content-Type".to_owned(),
                content_type.trim_end_matches('"').to_owned(),
            ));
        }
        if let Some(events) = operation
            .events
            .as_mut()
            .filter(|_| operation.response != Content::Empty)
        {
            let flag = members
                .iter()
                .position(|field| field.wire == "stream" && field.ty == Ty::Bool);
            events.flag = flag.map(|at| members.remove(at).wire);
        }
        let mut taken = Taken::default();
        for input in &operation.fields {
            taken.take(&input.field.name);
        }
        for mut field in members.into_iter().filter(|field| !field.read_only) {
            field.name = taken.first_of([field.name.clone(), format!("body_{}", field.name)]);
            let options = if field.required && field.nullable {
                vec!["null".to_owned()]
            } else {
                Vec::new()
            };
            operation.fields.push(Input {
                field,
                spot: Spot::Json,
                options,
            });
        }
    }
}

/// Whether the body is not JSON.
fn has_kind(options: &[String]) -> bool {
    options
        .iter()
        .any(|option| !option.starts_with("content_type"))
}

/// How often each type is used.
fn references(defs: &[Def], operations: &[Operation], errors: &[Vec<Outcome>]) -> Vec<usize> {
    let mut counts = vec![0; defs.len()];
    let mut count = |ty: &Ty| each_def(ty, &mut |index| counts[index] += 1);
    let mut reached = IndexSet::new();
    let mut waiting = Vec::new();
    let mut roots: Vec<&Ty> = Vec::new();
    for operation in operations {
        roots.extend(operation.fields.iter().map(|input| &input.field.ty));
        roots.extend(operation.response.ty());
        roots.extend(operation.events.as_ref().map(|events| &events.item));
    }
    roots.extend(
        errors
            .iter()
            .flatten()
            .filter_map(|outcome| outcome.content.ty()),
    );
    for ty in roots {
        count(ty);
        each_def(ty, &mut |index| waiting.push(index));
    }
    while let Some(index) = waiting.pop() {
        if reached.insert(index) {
            for ty in inner(&defs[index].kind) {
                count(ty);
                each_def(ty, &mut |index| waiting.push(index));
            }
        }
    }
    counts
}

/// The types that operations and their group use.
pub(crate) fn reached(
    defs: &[Def],
    operations: &[Operation],
    group: Option<&Group>,
) -> IndexSet<usize> {
    let mut waiting = Vec::new();
    let mut root = |ty: &Ty| each_def(ty, &mut |index| waiting.push(index));
    for operation in operations {
        operation
            .fields
            .iter()
            .for_each(|input| root(&input.field.ty));
        operation.response.ty().into_iter().for_each(&mut root);
        operation.error.iter().for_each(&mut root);
        operation
            .events
            .iter()
            .for_each(|events| root(&events.item));
    }
    group
        .and_then(|group| group.error.as_ref())
        .into_iter()
        .for_each(&mut root);
    let mut reached = IndexSet::new();
    while let Some(index) = waiting.pop() {
        if reached.insert(index) {
            for ty in inner(&defs[index].kind) {
                each_def(ty, &mut |index| waiting.push(index));
            }
        }
    }
    reached
}

/// Calls a function with each declared type in a type.
pub(crate) fn each_def(ty: &Ty, call: &mut dyn FnMut(usize)) {
    match ty {
        Ty::Def(index) => call(*index),
        Ty::List(inner) | Ty::Map(inner) | Ty::Maybe(inner) => each_def(inner, call),
        Ty::Of(index, inner) => {
            call(*index);
            each_def(inner, call);
        }
        _ => {}
    }
}

/// The types in a declared type.
pub(crate) fn inner(kind: &Kind) -> Vec<&Ty> {
    match kind {
        Kind::Struct(fields) => fields.iter().map(|field| &field.ty).collect(),
        Kind::Union { variants, .. } => variants.iter().map(|variant| &variant.ty).collect(),
        Kind::Responses(outcomes) | Kind::Errors(outcomes) => outcomes
            .iter()
            .filter_map(|outcome| outcome.content.ty())
            .collect(),
        Kind::Group(inputs) => inputs.iter().map(|input| &input.field.ty).collect(),
        Kind::Pending | Kind::Texts(_) | Kind::Constant(_) => Vec::new(),
    }
}
