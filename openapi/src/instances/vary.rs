//! The instances of a schema: the smallest, the fullest, and what differs from that in one place.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use crate::document::Schema;

use super::{
    Instance, Instances, Kind, Misfit, Values,
    choice::{Choice, Spot},
    make::Maker,
    walk::{at, parts, spelled},
};

/// How many instances a schema has at most.
const MAX_INSTANCES: usize = 200;
/// How many values all instances of a schema have together, about: with large ones, there are fewer.
const MAX_VALUES: usize = 10_000;
/// How many instances a schema has at least, if there are so many.
const MIN_INSTANCES: usize = 20;
/// How deep the fullest instance nests: as deep as it can be without growing too large.
const DEPTHS: [usize; 8] = [9, 7, 5, 4, 3, 2, 1, 0];

impl<'a> Values<'a> {
    /// Makes instances of a schema. Each is one that the schema allows.
    #[must_use]
    pub fn instances(&self, schema: &'a Schema) -> Instances {
        let mut found = Instances::default();
        let choice = Choice::default();
        let mut maker = Maker::new(self, false, 0, "");
        if let Some(value) = maker.make(&[schema], &choice) {
            let unsure = std::mem::take(&mut maker.unsure);
            self.keep(
                schema,
                &mut found,
                Kind::Smallest,
                String::new(),
                value,
                unsure,
            );
        }
        let (mut size, mut spots) = (0, Vec::new());
        for depth in DEPTHS {
            let mut maker = Maker::new(self, true, depth, "");
            let made = maker.make(&[schema], &choice);
            if maker.is_exhausted() {
                continue;
            }
            if let Some(value) = made {
                let unsure = std::mem::take(&mut maker.unsure);
                size = maker.steps;
                spots = maker.spots;
                self.keep(
                    schema,
                    &mut found,
                    Kind::Fullest,
                    String::new(),
                    value,
                    unsure,
                );
            }
            break;
        }
        self.shown(schema, &mut found);
        self.variations(schema, size, spots, &mut found);
        found
    }

    /// Keeps the values that the document shows for a schema, where they are right: in many documents they are not.
    fn shown(&self, schema: &'a Schema, found: &mut Instances) {
        for part in parts(self.document, [schema], false) {
            let examples = part
                .examples
                .iter()
                .filter(|it| it.is_object() || it.is_array());
            for value in examples.filter(|it| self.misfits(schema, it).is_empty()) {
                found.all.push(Instance {
                    kind: Kind::Example,
                    what: "an example of the document".to_owned(),
                    pointer: String::new(),
                    value: value.clone(),
                    unsure: Vec::new(),
                });
            }
        }
    }

    fn variations(
        &self,
        schema: &'a Schema,
        size: usize,
        spots: Vec<Spot<'a>>,
        found: &mut Instances,
    ) {
        let Some(fullest) = found.get(Kind::Fullest).map(|it| it.value.clone()) else {
            return;
        };
        // A variation may have places of its own where there is more to choose.
        let mut waiting = vec![(fullest, spots)];
        let mut seen = BTreeSet::new();
        let mut tried = 0;
        let most = (MAX_VALUES / size.max(1)).clamp(MIN_INSTANCES, MAX_INSTANCES);
        while let Some((base, mut spots)) = (!waiting.is_empty()).then(|| waiting.remove(0)) {
            spots.sort_by_key(|spot| spot.rank);
            for spot in spots {
                tried += 1;
                if tried > most {
                    return;
                }
                let Some((value, inner)) = self.vary(&base, &spot) else {
                    continue;
                };
                let changed = value.pointer(&spot.pointer).map(Json::to_string);
                if !seen.insert((spot.pointer.clone(), changed)) {
                    continue;
                }
                let next = (!inner.is_empty()).then(|| (value.clone(), inner));
                let is_kept = self.keep(
                    schema,
                    found,
                    Kind::Variation,
                    spot.pointer,
                    value,
                    Vec::new(),
                );
                waiting.extend(next.filter(|_| is_kept));
            }
        }
    }

    /// An instance with something else in one place, and the places below it where there is more to choose.
    fn vary(&self, base: &Json, spot: &Spot<'a>) -> Option<(Json, Vec<Spot<'a>>)> {
        let mut maker = Maker::new(self, true, 3, &spot.pointer);
        let mut made = maker.make(&spot.schemas, &spot.choice);
        if maker.is_exhausted() {
            maker = Maker::new(self, true, 1, &spot.pointer);
            made = maker.make(&spot.schemas, &spot.choice);
        }
        let mut value = base.clone();
        let place = value.pointer_mut(&spot.pointer)?;
        let made = made?;
        if *place == made {
            return None;
        }
        *place = made;
        let is_alternative = !spot.choice.picks.is_empty() || spot.choice.kind.is_some();
        let inner = if is_alternative {
            maker.spots
        } else {
            Vec::new()
        };
        Some((value, inner))
    }

    /// Keeps an instance if the schema allows it.
    fn keep(
        &self,
        schema: &'a Schema,
        found: &mut Instances,
        kind: Kind,
        pointer: String,
        value: Json,
        unsure: Vec<String>,
    ) -> bool {
        let what = match kind {
            Kind::Smallest => "the smallest".to_owned(),
            Kind::Fullest => "the fullest".to_owned(),
            Kind::Variation | Kind::Example => self.what(schema, &pointer, &value),
        };
        let (mut value, mut misfits) = self.check(schema, value);
        if kind == Kind::Fullest {
            (value, misfits) = self.mended(schema, value, misfits);
        }
        let instance = Instance {
            kind,
            what,
            pointer,
            value,
            unsure,
        };
        match misfits.into_iter().next() {
            None => {
                found.all.push(instance);
                true
            }
            Some(misfit) => {
                found.refused.push((instance, misfit));
                false
            }
        }
    }

    /// A value without members that exclude each other.
    fn mended(
        &self,
        schema: &'a Schema,
        mut value: Json,
        mut misfits: Vec<Misfit>,
    ) -> (Json, Vec<Misfit>) {
        for _ in 0..MIN_INSTANCES {
            let Some(misfit) = misfits.first() else { break };
            let place = value.pointer(&misfit.pointer).and_then(Json::as_object);
            let names = place
                .into_iter()
                .flat_map(|it| it.keys().rev())
                .take(MIN_INSTANCES);
            let less = names.filter_map(|name| {
                let mut less = value.clone();
                let place = less.pointer_mut(&misfit.pointer)?;
                place.as_object_mut()?.remove(name);
                Some(self.check(schema, less))
            });
            let mut better = less.filter(|(_, left)| left.len() < misfits.len());
            let Some(better) = better.next() else { break };
            (value, misfits) = better;
        }
        (value, misfits)
    }

    /// Says what a variation is. What it shows is what the document says.
    fn what(&self, schema: &Schema, pointer: &str, value: &Json) -> String {
        let value = value.pointer(pointer).unwrap_or(&Json::Null);
        let name = match spelled(pointer) {
            name if name.is_empty() => "the value".to_owned(),
            name => name,
        };
        let text = match value {
            Json::Null => "null".to_owned(),
            Json::Array(list) if list.is_empty() => "[]".to_owned(),
            Json::Object(members) if members.is_empty() => "{}".to_owned(),
            value => {
                let schemas = at(self.document, schema, pointer);
                let mut listed = schemas
                    .iter()
                    .flat_map(|schema| super::schema::allowed(schema));
                if listed.any(|it| it == *value) {
                    value.to_string()
                } else {
                    let members = value.as_object().into_iter().flat_map(|it| it.keys());
                    let members: Vec<&str> = members.map(String::as_str).take(4).collect();
                    match value {
                        Json::Object(_) => format!("an object with `{}`", members.join("`, `")),
                        Json::Array(_) => "a list".to_owned(),
                        Json::String(_) => "a text".to_owned(),
                        Json::Bool(_) => "a boolean".to_owned(),
                        _ => "a number".to_owned(),
                    }
                }
            }
        };
        format!("`{name}` = {text}")
    }
}
