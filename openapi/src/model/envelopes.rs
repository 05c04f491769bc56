//! Types with a parameter: what is around the data of several responses, such as `Page<Key>`.

use indexmap::{IndexMap, IndexSet};

use super::{
    Model,
    data::{Def, Field, Kind, Name, Ty},
    finish::{each_ty, tys_of, tys_of_operation},
    hint::ENVELOPES,
    inline::{each_def, inner},
    names,
};
use crate::document::Place;

/// How many types become one at least.
const TYPES: usize = 3;

/// What is the same in several types, and in which member they differ.
#[derive(PartialEq, Eq, Hash)]
struct Shape {
    kind: Kind,
    member: String,
}

/// Declares what differs in the type of one member once, with a parameter.
pub(super) fn envelopes(model: &mut Model, defs: &mut Vec<Def>) {
    let mut shapes: IndexMap<Shape, Vec<(usize, Ty)>> = IndexMap::new();
    for index in 0..defs.len() {
        if let Some((shape, parameter)) = shape(defs, index) {
            shapes.entry(shape).or_default().push((index, parameter));
        }
    }
    let mut instances: IndexMap<usize, (usize, Ty)> = IndexMap::new();
    for (shape, types) in shapes {
        let distinct: IndexSet<&Ty> = types.iter().map(|(_, ty)| ty).collect();
        if distinct.len() < TYPES {
            continue;
        }
        let envelope = envelope(defs, &shape, &types);
        for (index, ty) in types {
            // Nothing refers to the type anymore.
            defs[index].is_received = false;
            instances.insert(index, (defs.len(), ty));
        }
        defs.push(envelope);
    }
    let mut replace = |ty: &mut Ty| {
        each_ty(ty, &mut |ty| {
            if let Ty::Def(index) = ty
                && let Some((envelope, parameter)) = instances.get(index)
            {
                *ty = Ty::Of(*envelope, Box::new(parameter.clone()));
            }
        });
    };
    for def in defs.iter_mut() {
        tys_of(&mut def.kind, &mut replace);
    }
    for operation in &mut model.operations {
        tys_of_operation(operation, &mut replace);
    }
    if let Some(error) = model.group.as_mut().and_then(|group| group.error.as_mut()) {
        replace(error);
    }
}

/// What a type that is only received is without the data in it, and the type of the data.
fn shape(defs: &[Def], index: usize) -> Option<(Shape, Ty)> {
    let def = &defs[index];
    let is_candidate = def.is_received && !def.is_sent && !def.is_told_by_members;
    let Kind::Struct(mut fields) = def.kind.without_docs() else {
        return None;
    };
    let is_alone = fields.len() == 1;
    let field = fields
        .iter_mut()
        .find(|field| is_candidate && ENVELOPES.contains(&field.wire.as_str()) && !field.boxed)?;
    let parameter = match &mut field.ty {
        // `Data<Vec<Key>>`, but `Page<Key>`.
        Ty::List(item) if !is_alone => std::mem::replace(&mut **item, Ty::Parameter),
        ty => std::mem::replace(ty, Ty::Parameter),
    };
    let member = field.wire.clone();
    let is_data = matches!(&parameter, Ty::Def(_) | Ty::List(_));
    if !is_data || leads_to(defs, &parameter, index) {
        return None;
    }
    let kind = Kind::Struct(fields);
    Some((Shape { kind, member }, parameter))
}

/// Whether a type has another one somewhere in it.
fn leads_to(defs: &[Def], ty: &Ty, wanted: usize) -> bool {
    let mut seen = IndexSet::new();
    let mut waiting = Vec::new();
    each_def(ty, &mut |index| waiting.push(index));
    while let Some(index) = waiting.pop() {
        if seen.insert(index) {
            for ty in inner(&defs[index].kind) {
                each_def(ty, &mut |index| waiting.push(index));
            }
        }
    }
    seen.contains(&wanted)
}

/// The type with a parameter, with the fields in the order of the first one.
fn envelope(defs: &[Def], shape: &Shape, types: &[(usize, Ty)]) -> Def {
    let mut def = Def {
        name: String::new(),
        names: Vec::new(),
        is_named: false,
        docs: None,
        place: Place::default(),
        kind: defs[types[0].0].kind.clone(),
        is_sent: false,
        is_received: true,
        is_told_by_members: false,
        module: 0,
        has_default: false,
    };
    let data_docs = |def: &Def| match &def.kind {
        Kind::Struct(fields) => {
            let data = fields.iter().find(|field| field.wire == shape.member);
            data.and_then(|field| field.docs.clone())
        }
        _ => None,
    };
    let docs: IndexSet<_> = types
        .iter()
        .map(|(index, _)| data_docs(&defs[*index]))
        .collect();
    for (index, _) in &types[1..] {
        def.merge(defs[*index].clone());
    }
    let names: Vec<&str> = types
        .iter()
        .map(|(index, _)| defs[*index].names[0].own.as_str())
        .collect();
    let mut is_list = false;
    let mut is_alone = false;
    if let (Kind::Struct(fields), Kind::Struct(shaped)) = (&mut def.kind, &shape.kind) {
        is_alone = fields.len() == 1;
        let of_shape = |field: &Field| shaped.iter().find(|other| other.wire == field.wire);
        for field in fields {
            if let Some(shaped) = of_shape(field) {
                field.ty = shaped.ty.clone();
                // What is said about some data does not hold for all.
                if field.wire == shape.member && docs.len() > 1 {
                    field.docs = None;
                }
                is_list |= matches!(&field.ty, Ty::List(item) if **item == Ty::Parameter);
            }
        }
    }
    def.docs = None;
    let name = match () {
        () if names.iter().all(|name| name.ends_with("List")) => "List".to_owned(),
        () if is_list && !is_alone => "Page".to_owned(),
        () => names::type_name(&shape.member),
    };
    def.names = vec![Name::new(&name)];
    def
}

impl Ty {
    /// Whether the parameter of the type around it is in a type.
    pub(crate) fn has_parameter(&self) -> bool {
        match self {
            Self::Parameter => true,
            Self::List(inner) | Self::Map(inner) | Self::Maybe(inner) => inner.has_parameter(),
            _ => false,
        }
    }
}
