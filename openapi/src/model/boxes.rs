//! Boxes: where a type has itself as a part, and where a variant of an enum is much larger than the others.

use super::data::{Content, Def, Kind, Ty};

/// Variants from this size on are boxed: clippy's `large_enum_variant` compares with it.
const LARGE: usize = 200;

/// Boxes what has to be.
pub(crate) fn boxes(defs: &mut [Def]) {
    recursion(defs);
    let mut sizes = vec![None; defs.len()];
    for index in 0..defs.len() {
        size_of_def(defs, index, &mut sizes);
    }
    let size = |index: &usize, sizes: &[Option<usize>]| sizes[*index].unwrap_or_default();
    let is_large = |ty: &Ty, sizes: &[Option<usize>]| match ty {
        Ty::Def(index) => size(index, sizes) >= LARGE,
        Ty::Of(index, inner) => match &**inner {
            Ty::Def(inner) => size(index, sizes) + size(inner, sizes) >= LARGE,
            _ => size(index, sizes) >= LARGE,
        },
        _ => false,
    };
    for def in defs.iter_mut() {
        match &mut def.kind {
            Kind::Union { variants, .. } => {
                for variant in variants {
                    variant.boxed |= is_large(&variant.ty, &sizes);
                }
            }
            Kind::Responses(outcomes) | Kind::Errors(outcomes) => {
                for outcome in outcomes {
                    outcome.boxed |=
                        matches!(&outcome.content, Content::Json(ty) if is_large(ty, &sizes));
                }
            }
            _ => {}
        }
    }
}

/// Boxes the edges of types that lead back to where they start.
fn recursion(defs: &mut [Def]) {
    for index in 0..defs.len() {
        for edge in 0..edges(&defs[index].kind).len() {
            let Some(target) = edges(&defs[index].kind)[edge] else {
                continue;
            };
            if reaches(defs, target, index) {
                set_boxed(&mut defs[index].kind, edge);
            }
        }
    }
}

/// The types that are parts of a type by value; none where a part is not.
fn edges(kind: &Kind) -> Vec<Option<usize>> {
    let edge = |ty: &Ty, boxed: bool| match ty {
        // The parameter of a type does not lead back to it.
        Ty::Def(index) | Ty::Of(index, _) if !boxed => Some(*index),
        Ty::Maybe(inner) if !boxed => match **inner {
            Ty::Def(index) => Some(index),
            _ => None,
        },
        _ => None,
    };
    match kind {
        Kind::Struct(fields) => fields
            .iter()
            .map(|field| edge(&field.ty, field.boxed))
            .collect(),
        Kind::Union { variants, .. } => variants
            .iter()
            .map(|variant| edge(&variant.ty, variant.boxed))
            .collect(),
        Kind::Responses(outcomes) | Kind::Errors(outcomes) => outcomes
            .iter()
            .map(|outcome| outcome.content.ty().and_then(|ty| edge(ty, outcome.boxed)))
            .collect(),
        Kind::Pending | Kind::Texts(_) | Kind::Constant(_) | Kind::Group(_) => Vec::new(),
    }
}

fn set_boxed(kind: &mut Kind, edge: usize) {
    match kind {
        Kind::Struct(fields) => fields[edge].boxed = true,
        Kind::Union { variants, .. } => variants[edge].boxed = true,
        Kind::Responses(outcomes) | Kind::Errors(outcomes) => outcomes[edge].boxed = true,
        Kind::Pending | Kind::Texts(_) | Kind::Constant(_) | Kind::Group(_) => {}
    }
}

fn reaches(defs: &[Def], from: usize, wanted: usize) -> bool {
    let mut seen = vec![false; defs.len()];
    let mut waiting = vec![from];
    while let Some(index) = waiting.pop() {
        if index == wanted {
            return true;
        }
        if !std::mem::replace(&mut seen[index], true) {
            waiting.extend(edges(&defs[index].kind).into_iter().flatten());
        }
    }
    false
}

/// The size in bytes, or more.
fn size_of_def(defs: &[Def], index: usize, sizes: &mut [Option<usize>]) -> usize {
    if let Some(size) = sizes[index] {
        return size;
    }
    // A type in itself is boxed.
    sizes[index] = Some(8);
    let size = match &defs[index].kind {
        Kind::Struct(fields) => fields
            .iter()
            .map(|field| {
                if field.boxed {
                    8
                } else {
                    8 + size_of(defs, &field.ty, sizes)
                }
            })
            .sum(),
        Kind::Union { variants, .. } => {
            let largest = variants
                .iter()
                .map(|variant| {
                    if variant.boxed {
                        8
                    } else {
                        size_of(defs, &variant.ty, sizes).min(LARGE)
                    }
                })
                .max();
            8 + largest.unwrap_or_default().max(32)
        }
        Kind::Texts(_) => 24,
        Kind::Pending => 32,
        Kind::Constant(_) => 0,
        Kind::Responses(_) | Kind::Errors(_) | Kind::Group(_) => LARGE,
    };
    sizes[index] = Some(size);
    size
}

fn size_of(defs: &[Def], ty: &Ty, sizes: &mut [Option<usize>]) -> usize {
    match ty {
        Ty::Bool | Ty::I32 | Ty::I64 | Ty::U64 | Ty::F64 | Ty::Constant(_) => 8,
        Ty::Text | Ty::Secret | Ty::List(_) | Ty::Map(_) => 24,
        Ty::Any | Ty::Object => 32,
        Ty::Part | Ty::Body => 128,
        Ty::Maybe(inner) => 8 + size_of(defs, inner, sizes),
        Ty::Parameter => 0,
        Ty::Of(index, inner) => size_of_def(defs, *index, sizes) + size_of(defs, inner, sizes),
        Ty::Def(index) => size_of_def(defs, *index, sizes),
    }
}
