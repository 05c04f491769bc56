//! What can only be said when all types are known: what is sent and received, constants, modules and names.

use indexmap::{IndexMap, IndexSet};

use super::{
    Model, boxes,
    data::{Content, Def, Field, Kind, Name, Operation, Spot, Ty},
    envelopes, groups,
    inline::{each_def, inner},
    names, naming, paging,
    types::Types,
};
use crate::{
    document::{self, Place},
    report::{Remark, Report},
    text::first_paragraph,
};

pub(crate) fn finish(
    model: &mut Model,
    mut types: Types<'_>,
    sources: &[&document::Operation],
    report: &mut Report,
) {
    replace_pending(&mut types.defs, &mut model.operations);
    for (operation, source) in model.operations.iter_mut().zip(sources) {
        operation.paginate = paging::paginate(&types, source, operation);
    }
    groups::groups(&mut types.defs, &mut model.operations);
    directions(model, &mut types.defs);
    constants(model, &mut types.defs);
    docs_of_fields(model, &mut types.defs);
    envelopes::envelopes(model, &mut types.defs);
    boxes::boxes(&mut types.defs);
    for index in 0..types.defs.len() {
        let has = has_default(&types.defs, &Ty::Def(index), 0);
        types.defs[index].has_default = has;
    }
    choose_modules(model, &mut types.defs);
    naming::choose_names(model, &mut types.defs);
    model.types = types.defs;
    let mut routes = IndexSet::new();
    for operation in &mut model.operations {
        operation.fields_in = fields_in(operation);
        operation.is_second = !routes.insert((
            operation.method.clone(),
            blank(&operation.path),
            operation.constants.clone(),
        ));
        report.declared.push(operation.id.clone());
        let mut guess = |text: String| {
            report.guessed.push(Remark {
                operation: operation.id.clone(),
                place: operation.place,
                text,
            });
        };
        if let Some(paginate) = operation
            .paginate
            .as_ref()
            .filter(|paginate| !paginate.is_certain)
        {
            let parameter = paginate.parameter.as_deref().unwrap_or_default();
            guess(format!("paging: {}", paginate.way.replace("{}", parameter)));
        }
        if operation.is_second {
            guess("the route of another operation: it is not in `OPERATIONS`".to_owned());
        }
    }
}

/// The path, whatever its placeholders are called.
fn blank(path: &str) -> String {
    let mut blank = String::new();
    let mut inside = false;
    for c in path.chars() {
        inside = (inside || c == '{') && c != '}';
        if !inside || c == '{' {
            blank.push(c);
        }
    }
    blank
}

/// A schema that is an alias of itself can be anything.
fn replace_pending(defs: &mut [Def], operations: &mut [Operation]) {
    let pending: Vec<bool> = defs.iter().map(|def| def.kind == Kind::Pending).collect();
    let mut replace = |ty: &mut Ty| {
        each_ty(ty, &mut |ty| {
            if matches!(ty, Ty::Def(index) if pending[*index]) {
                *ty = Ty::Any;
            }
        });
    };
    for def in defs {
        tys_of(&mut def.kind, &mut replace);
    }
    for operation in operations {
        tys_of_operation(operation, &mut replace);
    }
}

/// Calls a function with a type and all types in it.
pub(super) fn each_ty(ty: &mut Ty, call: &mut dyn FnMut(&mut Ty)) {
    call(ty);
    if let Ty::List(inner) | Ty::Map(inner) | Ty::Maybe(inner) | Ty::Of(_, inner) = ty {
        each_ty(inner, call);
    }
}

pub(super) fn tys_of(kind: &mut Kind, call: &mut dyn FnMut(&mut Ty)) {
    match kind {
        Kind::Struct(fields) => fields.iter_mut().for_each(|field| call(&mut field.ty)),
        Kind::Union { variants, .. } => variants
            .iter_mut()
            .for_each(|variant| call(&mut variant.ty)),
        Kind::Responses(outcomes) | Kind::Errors(outcomes) => {
            for outcome in outcomes {
                tys_of_content(&mut outcome.content, call);
            }
        }
        Kind::Group(inputs) => inputs
            .iter_mut()
            .for_each(|input| call(&mut input.field.ty)),
        Kind::Pending | Kind::Texts(_) | Kind::Constant(_) => {}
    }
}

fn tys_of_content(content: &mut Content, call: &mut dyn FnMut(&mut Ty)) {
    if let Content::Json(ty) | Content::Lines(ty) = content {
        call(ty);
    }
}

pub(super) fn tys_of_operation(operation: &mut Operation, call: &mut dyn FnMut(&mut Ty)) {
    operation
        .fields
        .iter_mut()
        .for_each(|input| call(&mut input.field.ty));
    tys_of_content(&mut operation.response, call);
    operation.error.iter_mut().for_each(&mut *call);
    if let Some(events) = &mut operation.events {
        call(&mut events.item);
    }
    if let Some(paginate) = &mut operation.paginate {
        call(&mut paginate.item);
    }
}

/// Leaves to a field what a type without a name says with the same words, if no other field has the type.
fn docs_of_fields(model: &Model, defs: &mut [Def]) {
    let mut uses: Vec<(usize, bool)> = vec![(0, false); defs.len()];
    let mut count = |field: &Field| {
        each_def(&field.ty, &mut |index| {
            let said = defs[index].docs.as_deref().map(first_paragraph);
            let is_same = said.is_some_and(|said| {
                let docs = field.docs.as_deref();
                docs.is_some_and(|docs| docs.starts_with(said))
            });
            uses[index].0 += 1;
            uses[index].1 = is_same;
        });
    };
    for def in defs.iter() {
        match &def.kind {
            Kind::Struct(fields) => fields.iter().for_each(&mut count),
            Kind::Group(inputs) => inputs.iter().for_each(|input| count(&input.field)),
            _ => {}
        }
    }
    let inputs = model.operations.iter().flat_map(|it| &it.fields);
    inputs.for_each(|input| count(&input.field));
    for (def, uses) in defs.iter_mut().zip(uses) {
        if uses == (1, true) && !def.is_named {
            def.docs = None;
        }
    }
}

/// Marks the types that requests and responses have.
fn directions(model: &Model, defs: &mut [Def]) {
    let mut sent = Vec::new();
    let mut received = Vec::new();
    for operation in &model.operations {
        operation
            .fields
            .iter()
            .for_each(|input| each_def(&input.field.ty, &mut |index| sent.push(index)));
        let response = operation.response.ty().into_iter().chain(&operation.error);
        let response = response.chain(operation.events.as_ref().map(|events| &events.item));
        response.for_each(|ty| each_def(ty, &mut |index| received.push(index)));
    }
    if let Some(error) = model.group.as_ref().and_then(|group| group.error.as_ref()) {
        each_def(error, &mut |index| received.push(index));
    }
    let reach = |defs: &mut [Def], mut waiting: Vec<usize>, mark: fn(&mut Def) -> &mut bool| {
        while let Some(index) = waiting.pop() {
            if !std::mem::replace(mark(&mut defs[index]), true) {
                for ty in inner(&defs[index].kind) {
                    each_def(ty, &mut |index| waiting.push(index));
                }
            }
        }
    };
    reach(defs, sent, |def| &mut def.is_sent);
    reach(defs, received, |def| &mut def.is_received);
}

/// Members that are always the same: left out of what is only received, types of their own elsewhere.
fn constants(model: &mut Model, defs: &mut Vec<Def>) {
    let mut indices: IndexMap<(String, String), usize> = IndexMap::new();
    let mut new: Vec<Def> = Vec::new();
    let first = defs.len();
    let mut make = |ty: &mut Ty, name: &str, (is_sent, is_received): (bool, bool)| {
        each_ty(ty, &mut |ty| {
            let Ty::Constant(text) = ty else { return };
            let index = *indices
                .entry((text.clone(), name.to_owned()))
                .or_insert_with(|| {
                    new.push(constant(text, name));
                    first + new.len() - 1
                });
            let def = &mut new[index - first];
            def.is_sent |= is_sent;
            def.is_received |= is_received;
            *ty = Ty::Def(index);
        });
    };
    for def in defs.iter_mut() {
        let directions = (def.is_sent, def.is_received);
        match &mut def.kind {
            Kind::Struct(fields) => {
                if !def.is_sent && !def.is_told_by_members && !model.is_read {
                    fields.retain(|field| !matches!(field.ty, Ty::Constant(_)));
                }
                for field in fields {
                    let name = field.name.clone();
                    make(&mut field.ty, &name, directions);
                }
            }
            kind => tys_of(kind, &mut |ty| make(ty, "value", directions)),
        }
    }
    for operation in &mut model.operations {
        constant_parameters(operation);
        for input in &mut operation.fields {
            let name = input.field.name.clone();
            make(&mut input.field.ty, &name, (true, false));
        }
        tys_of_content(&mut operation.response, &mut |ty| {
            make(ty, "response", (false, true));
        });
        if let Some(events) = &mut operation.events {
            make(&mut events.item, "event", (false, true));
        }
        if let Some(paginate) = &mut operation.paginate {
            make(&mut paginate.item, "item", (false, true));
        }
    }
    defs.extend(new);
}

/// Leaves to the attributes what is always the same in the query and in headers.
fn constant_parameters(operation: &mut Operation) {
    let mut constants = Vec::new();
    operation.fields.retain(|input| {
        let Ty::Constant(text) = &input.field.ty else {
            return true;
        };
        let is_constant = input.field.required
            && matches!(input.spot, Spot::Query | Spot::Header)
            && input.options.is_empty();
        if is_constant {
            constants.push((input.spot, input.field.wire.clone(), text.clone()));
        }
        !is_constant
    });
    for (spot, name, value) in constants {
        match spot {
            Spot::Query => operation.constants.push((name, Some(value))),
            _ => operation.headers.push((name, value)),
        }
    }
}

fn constant(text: &str, name: &str) -> Def {
    let best = names::type_name(&format!("{text} {name}"));
    Def {
        name: String::new(),
        names: vec![Name::new(&best)],
        is_named: false,
        docs: None,
        place: Place::default(),
        kind: Kind::Constant(text.to_owned()),
        is_sent: false,
        is_received: false,
        is_told_by_members: false,
        module: 0,
        has_default: true,
    }
}

/// Whether a type has a default value that a person would start from.
pub(crate) fn has_default(defs: &[Def], ty: &Ty, depth: usize) -> bool {
    match ty {
        Ty::Part | Ty::Constant(_) | Ty::Of(..) => false,
        Ty::Def(index) => match &defs[*index].kind {
            Kind::Struct(fields) => {
                depth < 16
                    && fields.iter().all(|field| {
                        !field.required
                            || field.nullable
                            || field.flatten
                            || (!field.boxed && has_default(defs, &field.ty, depth + 1))
                    })
            }
            Kind::Constant(_) | Kind::Group(_) => true,
            _ => false,
        },
        _ => true,
    }
}

/// A type is in the module that uses it, or in the first one if several do.
fn choose_modules(model: &Model, defs: &mut [Def]) {
    let mut of: Vec<Option<usize>> = vec![None; defs.len()];
    let mut roots: Vec<(usize, &Ty)> = Vec::new();
    for operation in &model.operations {
        let module = operation.module;
        roots.extend(
            operation
                .fields
                .iter()
                .map(|input| (module, &input.field.ty)),
        );
        roots.extend(operation.response.ty().map(|ty| (module, ty)));
        roots.extend(operation.error.as_ref().map(|ty| (module, ty)));
        roots.extend(
            operation
                .events
                .as_ref()
                .map(|events| (module, &events.item)),
        );
    }
    roots.extend(
        model
            .group
            .as_ref()
            .and_then(|group| group.error.as_ref())
            .map(|ty| (0, ty)),
    );
    let mut waiting: Vec<(usize, usize)> = Vec::new();
    for (module, ty) in roots {
        each_def(ty, &mut |index| waiting.push((module, index)));
    }
    while let Some((module, index)) = waiting.pop() {
        let before = of[index];
        let now = match before {
            None => module,
            Some(other) if other == module => module,
            Some(_) => 0,
        };
        if before != Some(now) {
            of[index] = Some(now);
            for ty in inner(&defs[index].kind) {
                each_def(ty, &mut |index| waiting.push((now, index)));
            }
        }
    }
    for (def, module) in defs.iter_mut().zip(of) {
        def.module = module.unwrap_or(0);
    }
}

/// The location that most fields have.
fn fields_in(operation: &Operation) -> Option<Spot> {
    let spots = [
        Spot::Json,
        Spot::Form,
        Spot::Part,
        Spot::Query,
        Spot::Header,
        Spot::Cookie,
    ];
    let count = |spot: Spot| {
        operation
            .fields
            .iter()
            .filter(|input| input.spot == spot)
            .count()
    };
    let best = spots.into_iter().rev().max_by_key(|spot| count(*spot))?;
    (count(best) > 0).then_some(best)
}
