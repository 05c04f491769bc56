//! Unions: `oneOf`, `anyOf`, and several types.

use indexmap::IndexMap;

use super::{
    data::{Kind, Ty, Typed, Variant},
    flat::{Flat, Union, only_reference},
    hint::Hint,
    names::{self, Taken},
    types::Types,
};
use crate::document::{Schema, Type};

impl<'a> Types<'a> {
    /// The type of `oneOf` and `anyOf`.
    pub(super) fn union(
        &mut self,
        schema: &'a Schema,
        union: Union<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Typed {
        let mut nullable = false;
        let mut alternatives: Vec<&'a Schema> = Vec::new();
        for alternative in union.alternatives {
            if alternative.is_null() {
                nullable = true;
            } else {
                alternatives.push(alternative);
            }
        }
        if let [one] = alternatives.as_slice() {
            let mut typed = match slot {
                // The schema is its one alternative, under its own name.
                Some(_) if only_reference(one).is_none() => {
                    let flat = self.document.flat(one);
                    self.flat(one, &flat, hint, slot)
                }
                _ => self.ty(one, hint),
            };
            typed.nullable |= nullable;
            return typed;
        }
        if let Some(texts) = self.all_texts(&alternatives) {
            let ty = match texts.as_slice() {
                [] => Ty::Text,
                texts => self.texts(schema, texts, hint, slot),
            };
            return Typed { ty, nullable };
        }
        if let Some(tagged) = self.document.tagged(union)
            && self.tags.is_left(&tagged)
        {
            let ty = self.tagged(schema, &tagged, hint, slot);
            return Typed { ty, nullable };
        }
        let types: Vec<(Typed, String)> = alternatives
            .iter()
            .map(|alternative| {
                let own = alternative
                    .title
                    .as_deref()
                    .filter(|title| title.len() < 40)
                    .map_or_else(|| kind_of(alternative).to_owned(), names::pascal);
                (self.ty(alternative, &hint.inside(&own)), own)
            })
            .collect();
        nullable |= types.iter().any(|(typed, _)| typed.nullable);
        let types = types.into_iter().map(|(typed, own)| (typed.ty, own));
        let ty = self.untagged(schema, types, hint, slot);
        Typed { ty, nullable }
    }

    /// All texts of enums, if each alternative is a text. `Some` of nothing if one is any text and none is an enum.
    fn all_texts(&self, alternatives: &[&'a Schema]) -> Option<Vec<&'a str>> {
        let mut texts = Vec::new();
        for alternative in alternatives {
            let flat = self.document.flat(alternative);
            let inner: Vec<_> = flat
                .unions
                .iter()
                .flat_map(|union| union.alternatives)
                .collect();
            if !inner.is_empty() {
                if flat.properties.is_empty() {
                    texts.extend(self.all_texts(&inner)?);
                    continue;
                }
                return None;
            }
            let is_text = matches!(flat.types.as_slice(), [Type::String])
                || (flat.types.is_empty() && !flat.values.is_empty());
            if !is_text {
                return None;
            }
            for value in flat.values {
                texts.push(value.as_str()?);
            }
        }
        Some(texts)
    }

    fn tagged(
        &mut self,
        schema: &'a Schema,
        tagged: &super::tags::Tagged<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        let mut taken = Taken::default();
        taken.take("Other");
        let mut variants = Vec::new();
        for (tag, alternative) in &tagged.alternatives {
            let name = taken.first_of([names::pascal(tag)]);
            let typed = self.ty(alternative, &hint.inside(&name));
            variants.push(Variant {
                name,
                tag: Some(tag.clone()),
                ty: typed.ty,
                boxed: false,
            });
        }
        let kind = Kind::Union {
            tag: Some(tagged.property.to_owned()),
            variants,
        };
        self.declare(kind, schema, hint, slot)
    }

    /// Several types of scalars, lists and objects.
    pub(super) fn scalars(
        &mut self,
        schema: &'a Schema,
        kinds: &[Type],
        flat: &Flat<'a>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        let types: Vec<(Ty, String)> = kinds
            .iter()
            .map(|kind| (self.of_type(*kind, flat, hint), String::new()))
            .collect();
        self.untagged(schema, types.into_iter(), hint, slot)
    }

    /// The union of types that nothing tells apart. Each comes with what it is called in the union.
    fn untagged(
        &mut self,
        schema: &'a Schema,
        types: impl Iterator<Item = (Ty, String)>,
        hint: &Hint,
        slot: Option<usize>,
    ) -> Ty {
        // A text that may be any text needs no other text beside it.
        let mut distinct: IndexMap<Ty, String> = IndexMap::new();
        for (ty, own) in types {
            distinct.entry(ty).or_insert(own);
        }
        if distinct.contains_key(&Ty::Any) {
            return Ty::Any;
        }
        if distinct.contains_key(&Ty::F64) {
            distinct.retain(|ty, _| !matches!(ty, Ty::I32 | Ty::I64 | Ty::U64));
        }
        if let (1, Some((ty, _))) = (distinct.len(), distinct.first()) {
            return ty.clone();
        }
        // An object without declared members is every object, and an enum of texts every text.
        distinct.sort_by_cached_key(|ty, _| self.looseness(ty));
        let variants = self.variants(distinct, hint);
        for variant in &variants {
            if let Ty::Def(index) = variant.ty {
                self.defs[index].is_told_by_members = true;
            }
        }
        self.declare(
            Kind::Union {
                tag: None,
                variants,
            },
            schema,
            hint,
            slot,
        )
    }

    fn variants(&self, types: IndexMap<Ty, String>, hint: &Hint) -> Vec<Variant> {
        let mut taken = Taken::default();
        taken.take("Other");
        let names = types.iter();
        let mut names: Vec<String> = names
            .map(|(ty, own)| self.variant_name(ty, own, hint))
            .collect();
        let declared = |index: &usize| matches!(types.get_index(*index), Some((Ty::Def(_), _)));
        without_prefix(&mut names, (0..types.len()).filter(declared).collect());
        let types = types.into_keys();
        let variants = names.into_iter().zip(types).map(|(name, ty)| Variant {
            name: taken.first_of([name]),
            tag: None,
            ty,
            boxed: false,
        });
        variants.collect()
    }

    /// Types that take the values of others come later.
    fn looseness(&self, ty: &Ty) -> usize {
        match ty {
            Ty::Constant(_) => 0,
            Ty::Def(index) => match &self.defs[*index].kind {
                Kind::Struct(fields) => {
                    1000 - fields
                        .iter()
                        .filter(|field| field.required)
                        .count()
                        .min(900)
                }
                Kind::Texts(_) => 1001,
                _ => 1002,
            },
            Ty::Text | Ty::Secret => 1003,
            Ty::Map(_) => 1004,
            Ty::Object => 1005,
            Ty::List(item) => self.looseness(item),
            _ => 1,
        }
    }

    fn variant_name(&self, ty: &Ty, own: &str, hint: &Hint) -> String {
        match ty {
            Ty::Bool => "Bool".to_owned(),
            Ty::I32 | Ty::I64 | Ty::U64 => "Integer".to_owned(),
            Ty::F64 => "Number".to_owned(),
            Ty::Text | Ty::Secret => "Text".to_owned(),
            Ty::Constant(text) => names::pascal(text),
            Ty::List(item) => match self.variant_name(item, own, hint).as_str() {
                "Text" => "Texts".to_owned(),
                "Integer" | "Number" => "Numbers".to_owned(),
                _ => "List".to_owned(),
            },
            Ty::Map(_) => "Map".to_owned(),
            Ty::Def(index) if !self.defs[*index].is_named && !own.is_empty() => names::pascal(own),
            Ty::Def(index) => {
                let name = self.defs[*index].shortest().full();
                let parent = hint.full();
                match name.strip_prefix(&parent) {
                    Some(rest) if rest.starts_with(char::is_uppercase) => rest.to_owned(),
                    _ => name,
                }
            }
            _ => "Object".to_owned(),
        }
    }
}

/// A name for an alternative without one.
fn kind_of(schema: &Schema) -> &'static str {
    match schema.types.as_slice() {
        [Type::Array] => "list",
        [Type::String] => "text",
        [Type::Object] => "object",
        [Type::Boolean] => "flag",
        [_] => "number",
        _ => "variant",
    }
}

/// Removes the words that all of some names begin with: `ChatText` and `ChatImage` are `Text` and `Image`.
fn without_prefix(names: &mut [String], which: Vec<usize>) {
    let words = |name: &str| {
        let starts = name.char_indices().filter(|(_, c)| c.is_uppercase());
        starts.map(|(at, _)| at).collect::<Vec<_>>()
    };
    let [first, others @ ..] = which.as_slice() else {
        return;
    };
    if others.is_empty() {
        return;
    }
    let first = names[*first].clone();
    let is_common = |end: &usize| {
        which.iter().all(|index| {
            let rest = names[*index].strip_prefix(&first[..*end]);
            rest.is_some_and(|rest| rest.starts_with(char::is_uppercase))
        })
    };
    let end = words(&first)
        .into_iter()
        .filter(|end| *end > 0 && is_common(end))
        .max();
    if let Some(end) = end {
        for index in which {
            names[index].drain(..end);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::without_prefix;

    #[test]
    fn variants_leave_out_what_all_begin_with() {
        for (names, expected) in [
            (["ChatText", "ChatImage"], ["Text", "Image"]),
            (
                ["ChatContentText", "ChatContent"],
                ["ContentText", "Content"],
            ),
            (["Chatter", "Chat"], ["Chatter", "Chat"]),
            (["Text", "Image"], ["Text", "Image"]),
        ] {
            let mut names = names.map(str::to_owned);
            without_prefix(&mut names, vec![0, 1]);
            assert_eq!(names, expected);
        }
    }
}
